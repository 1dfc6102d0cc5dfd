//! Columns into the encoded chunks of a row group.
//!
//! The pages are this crate's own work because it knows the runs of a column: a form's id stands in hundreds of rows and
//! is looked up once, not once a row. Files, metadata and page headers are the `parquet` crate's.

mod chunk;
mod dictionary;
mod hybrid;
mod page;

use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use chunk::Chunk;
pub(super) use chunk::EncodedColumn;
use dictionary::{Numbers, Texts};

use crate::table::Runs;

/// One column of the row group that is being written.
pub(super) struct Column(Kind);

enum Kind {
    Text(Chunk<Texts>),
    Number(Chunk<Numbers>),
}

impl Column {
    /// An empty column; `descr` tells its physical type.
    pub fn new(descr: &ColumnDescPtr) -> Self {
        Column(match Numbers::of(descr.physical_type()) {
            Some(numbers) => Kind::Number(Chunk::new(descr, numbers)),
            None => Kind::Text(Chunk::new(descr, Texts::default())),
        })
    }

    /// Takes the next `rows` rows of `runs` from where `cursor` stands.
    pub fn take(&mut self, runs: &Runs, cursor: &mut Cursor, rows: u32) -> Result<(), ParquetError> {
        match (&mut self.0, runs) {
            (Kind::Text(chunk), Runs::Text(runs)) => {
                cursor.step(rows, |run| runs.get(run), |value, rows| chunk.push(value, rows))
            }
            (Kind::Number(chunk), Runs::Number(runs)) => {
                cursor.step(rows, |run| runs.get(run), |value, rows| chunk.push(value, rows))
            }
            _ => Err(ParquetError::General("the batch is not in the table's schema".to_owned())),
        }
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        match &self.0 {
            Kind::Text(chunk) => chunk.bytes(),
            Kind::Number(chunk) => chunk.bytes(),
        }
    }

    /// Ends the row group's part of the column and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        match &mut self.0 {
            Kind::Text(chunk) => chunk.finish(),
            Kind::Number(chunk) => chunk.finish(),
        }
    }
}

/// A place in the runs of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    run: usize,
    /// Rows of the run that were taken already.
    taken: u32,
}

impl Cursor {
    /// Gives the next `rows` rows, run by run.
    fn step<V>(
        &mut self,
        mut rows: u32,
        get: impl Fn(usize) -> Option<(Option<V>, u32)>,
        mut give: impl FnMut(Option<V>, u32) -> Result<(), ParquetError>,
    ) -> Result<(), ParquetError> {
        while rows > 0 {
            let Some((value, length)) = get(self.run) else {
                return Err(ParquetError::General("a column has fewer rows than its table".to_owned()));
            };
            let step = rows.min(length - self.taken);
            give(value, step)?;
            rows -= step;
            self.taken += step;
            if self.taken == length {
                *self = Cursor { run: self.run + 1, taken: 0 };
            }
        }
        Ok(())
    }
}
