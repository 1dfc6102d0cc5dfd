//! Which rows of a page have a value.

use parquet::errors::ParquetError;

use super::hybrid;

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
