//! Columns into the encoded chunks of a row group.
//!
//! The pages are this crate's own work because it knows the runs of a column: a form's id stands in hundreds of rows and
//! is looked up once, not once a row. Files, metadata and page headers are the `parquet` crate's.

mod bits;
mod bounds;
mod chunk;
mod delta;
mod dictionary;
mod encoded;
mod hybrid;
mod levels;
mod page;
mod varied;

use parquet::basic::Type;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use chunk::Chunk;
use dictionary::{Numbers, Texts};
pub(super) use encoded::EncodedColumn;
use varied::{NumberSheet, PlaceSheet, TextSheet, VariedChunk};

use crate::table::Values;

/// One column of the row group that is being written.
pub(super) struct Column {
    kind: Kind,
}

enum Kind {
    Text(Chunk<Texts>),
    Number(Chunk<Numbers>),
    VariedText(VariedChunk<TextSheet>),
    Place(VariedChunk<PlaceSheet>),
    VariedNumber(VariedChunk<NumberSheet>),
}

impl Column {
    /// An empty column for values such as `like`; `descr` tells its physical type.
    pub fn new(descr: &ColumnDescPtr, like: &Values) -> Result<Self, ParquetError> {
        let kind = match (like, descr.physical_type()) {
            (Values::Text(_), Type::BYTE_ARRAY) => Kind::Text(Chunk::new(descr, Texts::default())),
            (Values::VariedText(_), Type::BYTE_ARRAY) => {
                Kind::VariedText(VariedChunk::new(descr, TextSheet::default()))
            }
            (Values::Number(_), Type::INT32) => Kind::Number(Chunk::new(descr, Numbers::of_bytes(4))),
            (Values::Number(_), Type::INT64) => Kind::Number(Chunk::new(descr, Numbers::of_bytes(8))),
            (Values::VariedNumber(_), Type::INT32) => {
                Kind::Place(VariedChunk::new(descr, PlaceSheet::default()))
            }
            (Values::VariedNumber(_), Type::INT64) => {
                Kind::VariedNumber(VariedChunk::new(descr, NumberSheet::default()))
            }
            _ => return Err(strange()),
        };
        Ok(Column { kind })
    }

    /// Says that what is taken next are the first rows of `batch`.
    pub fn begin_batch(&mut self, batch: &Values) {
        match (&mut self.kind, batch) {
            (Kind::Text(chunk), Values::Text(runs)) => chunk.begin_batch(runs),
            (Kind::Number(chunk), Values::Number(runs)) => chunk.begin_batch(runs),
            (Kind::VariedText(chunk), _) => chunk.begin_batch(),
            (Kind::Place(chunk), _) => chunk.begin_batch(),
            (Kind::VariedNumber(chunk), _) => chunk.begin_batch(),
            _ => {}
        }
    }

    /// Takes the next `rows` rows of `batch`.
    pub fn take(&mut self, batch: &Values, rows: u32) -> Result<(), ParquetError> {
        match (&mut self.kind, batch) {
            (Kind::Text(chunk), Values::Text(runs)) => chunk.take(runs, rows),
            (Kind::Number(chunk), Values::Number(runs)) => chunk.take(runs, rows),
            (Kind::VariedText(chunk), Values::VariedText(texts)) => chunk.take(texts, rows),
            (Kind::Place(chunk), Values::VariedNumber(numbers)) => chunk.take(numbers, rows),
            (Kind::VariedNumber(chunk), Values::VariedNumber(numbers)) => chunk.take(numbers, rows),
            _ => Err(strange()),
        }
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        match &self.kind {
            Kind::Text(chunk) => chunk.bytes(),
            Kind::Number(chunk) => chunk.bytes(),
            Kind::VariedText(chunk) => chunk.bytes(),
            Kind::Place(chunk) => chunk.bytes(),
            Kind::VariedNumber(chunk) => chunk.bytes(),
        }
    }

    /// Ends the row group's part of the column and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        match &mut self.kind {
            Kind::Text(chunk) => chunk.finish(),
            Kind::Number(chunk) => chunk.finish(),
            Kind::VariedText(chunk) => chunk.finish(),
            Kind::Place(chunk) => chunk.finish(),
            Kind::VariedNumber(chunk) => chunk.finish(),
        }
    }
}

fn strange() -> ParquetError {
    ParquetError::General("the batch is not in the table's schema".to_owned())
}
