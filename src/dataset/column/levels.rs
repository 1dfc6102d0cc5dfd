//! Which rows of a page have a value.

use parquet::errors::ParquetError;

use super::hybrid;

/// Which rows of a page under construction have a value.
#[derive(Default)]
pub(super) struct Levels {
    /// Runs of rows with a value and without.
    pub runs: Vec<(bool, u32)>,
    /// Rows without.
    pub nulls: u32,
}

impl Levels {
    /// Adds a row.
    pub fn push(&mut self, has_value: bool) {
        self.nulls += u32::from(!has_value);
        match self.runs.last_mut() {
            Some(last) if last.0 == has_value => last.1 += 1,
            _ => self.runs.push((has_value, 1)),
        }
    }

    /// Starts the next page.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.nulls = 0;
    }
}

/// Appends the levels of a nullable column's page, given as runs of (whether there is a value, rows), to its body.
pub(super) fn encode(runs: impl Iterator<Item = (bool, u32)>, body: &mut Vec<u8>) {
    let start = body.len();
    body.extend_from_slice(&[0; 4]);
    hybrid::encode(runs.map(|(has_value, rows)| (u32::from(has_value), rows)), 1, body);
    let length = body.len() - start - 4;
    body[start..start + 4].copy_from_slice(&(length as u32).to_le_bytes());
}

/// A row without a value came in a column that has every value.
pub(super) fn missing() -> ParquetError {
    ParquetError::General("a column that has every value lacks one".to_owned())
}
