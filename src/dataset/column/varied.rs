//! The chunk of a column whose values seldom stand in two rows: pages of the values themselves, without a dictionary.

use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;

use super::bounds::{NumberBounds, TextBounds};
use super::delta;
use super::encoded::{EncodedColumn, encoded};
use super::levels::{self, Levels};
use super::page::{Content, PAGE_BYTES, PAGE_ROWS, Pages};
use crate::table::{VariedNumbers, VariedTexts};

/// The values of a page under construction.
pub(super) trait Sheet {
    /// A batch's values.
    type Batch;
    /// Takes values of at most `rows` rows from where `place` stands in the batch, and moves it on: fewer rows if the
    /// page has grown to its size, or the batch ends. Says of the rows, run by run, whether they have a value.
    fn take(&mut self, batch: &Self::Batch, place: &mut Place, rows: u32, levels: &mut Levels);
    /// Bytes of its values.
    fn bytes(&self) -> usize;
    /// What the values are to a compressor.
    fn content(&self) -> Content {
        Content::Figures
    }
    /// Appends the values to the body of a page, and starts the next page.
    fn encode(&mut self, body: &mut Vec<u8>) -> Encoding;
    /// Least and greatest value since it was asked last.
    fn statistics(&mut self, nulls: u64) -> Statistics;
}

/// A place in the values of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    row: usize,
    /// Where the text of the row begins.
    byte: usize,
}

/// One column of a row group.
pub(super) struct VariedChunk<S> {
    descr: ColumnDescPtr,
    is_nullable: bool,
    sheet: S,
    levels: Levels,
    page_rows: u32,
    pages: Pages,
    place: Place,
    rows: u64,
    nulls: u64,
}

impl<S: Sheet> VariedChunk<S> {
    pub fn new(descr: &ColumnDescPtr, sheet: S) -> Self {
        VariedChunk {
            descr: ColumnDescPtr::clone(descr),
            is_nullable: descr.max_def_level() > 0,
            sheet,
            levels: Levels::default(),
            page_rows: 0,
            pages: Pages::default(),
            place: Place::default(),
            rows: 0,
            nulls: 0,
        }
    }

    /// Says that a new batch begins.
    pub fn begin_batch(&mut self) {
        self.place = Place::default();
    }

    /// Takes the next `rows` rows of the batch.
    pub fn take(&mut self, batch: &S::Batch, mut rows: u32) -> Result<(), ParquetError> {
        while rows > 0 {
            let before = self.place.row;
            let room = rows.min(PAGE_ROWS - self.page_rows);
            self.sheet.take(batch, &mut self.place, room, &mut self.levels);
            let taken = (self.place.row - before) as u32;
            if taken == 0 {
                return Err(ParquetError::General("a column has fewer rows than its table".to_owned()));
            }
            if self.levels.nulls > 0 && !self.is_nullable {
                return Err(levels::missing());
            }
            rows -= taken;
            self.page_rows += taken;
            if self.page_rows == PAGE_ROWS || self.sheet.bytes() >= PAGE_BYTES {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        self.pages.len() + self.sheet.bytes()
    }

    fn end_page(&mut self) -> Result<(), ParquetError> {
        if self.page_rows == 0 {
            return Ok(());
        }
        let mut body = Vec::with_capacity(64 + self.page_rows as usize * 4 + self.sheet.bytes());
        if self.is_nullable {
            levels::encode(self.levels.runs.iter().copied(), &mut body);
        }
        let content = self.sheet.content();
        // There is nothing to encode where no row has a value.
        let encoding = match self.levels.nulls == self.page_rows {
            true => Encoding::PLAIN,
            false => self.sheet.encode(&mut body),
        };
        self.pages.push_data(&body, self.page_rows, encoding, content)?;
        self.rows += u64::from(self.page_rows);
        self.nulls += u64::from(self.levels.nulls);
        self.levels.clear();
        self.page_rows = 0;
        Ok(())
    }

    /// Ends the chunk and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        self.end_page()?;
        let data = std::mem::take(&mut self.pages);
        let statistics = self.sheet.statistics(self.nulls);
        let column = encoded(&self.descr, &Pages::default(), &data, self.rows, statistics)?;
        (self.rows, self.nulls) = (0, 0);
        Ok(column)
    }
}

/// Texts: their lengths, then all of them behind each other.
#[derive(Default)]
pub(super) struct TextSheet {
    lengths: Vec<i32>,
    text: Vec<u8>,
    bounds: TextBounds,
}

impl Sheet for TextSheet {
    type Batch = VariedTexts;

    fn take(&mut self, batch: &VariedTexts, place: &mut Place, rows: u32, levels: &mut Levels) {
        let (room, start) = (PAGE_BYTES - self.text.len(), place.byte);
        for length in batch.lengths(place.row).take(rows as usize) {
            place.row += 1;
            levels.push(length.is_some());
            let Some(length) = length else { continue };
            let end = place.byte + length as usize;
            self.bounds.add(&batch.text()[place.byte..end]);
            self.lengths.push(length as i32);
            place.byte = end;
            if end - start >= room {
                break;
            }
        }
        self.text.extend_from_slice(&batch.text()[start..place.byte]);
    }

    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn content(&self) -> Content {
        Content::of_texts(self.text.len(), self.lengths.len())
    }

    fn encode(&mut self, body: &mut Vec<u8>) -> Encoding {
        delta::encode(&self.lengths, body);
        body.append(&mut self.text);
        self.lengths.clear();
        Encoding::DELTA_LENGTH_BYTE_ARRAY
    }

    fn statistics(&mut self, nulls: u64) -> Statistics {
        std::mem::take(&mut self.bounds).statistics(nulls)
    }
}

/// As [`Sheet::take`], each number to `keep`.
fn take_numbers(
    batch: &VariedNumbers,
    place: &mut Place,
    rows: u32,
    levels: &mut Levels,
    bounds: &mut NumberBounds,
    mut keep: impl FnMut(i64),
) {
    // Kept apart while it grows: what may lie anywhere is written back row by row.
    let mut grown = *bounds;
    for value in batch.from(place.row).take(rows as usize) {
        place.row += 1;
        levels.push(value.is_some());
        if let Some(value) = value {
            grown.add(value);
            keep(value);
        }
    }
    *bounds = grown;
}

/// Numbers of 32 bits, mostly places that grow from row to row.
#[derive(Default)]
pub(super) struct PlaceSheet {
    values: Vec<i32>,
    bounds: NumberBounds,
}

impl Sheet for PlaceSheet {
    type Batch = VariedNumbers;

    fn take(&mut self, batch: &VariedNumbers, place: &mut Place, rows: u32, levels: &mut Levels) {
        // What was pushed came from an `i32`.
        let keep = |value| self.values.push(value as i32);
        take_numbers(batch, place, rows, levels, &mut self.bounds, keep);
    }

    fn bytes(&self) -> usize {
        self.values.len()
    }

    fn encode(&mut self, body: &mut Vec<u8>) -> Encoding {
        delta::encode(&self.values, body);
        self.values.clear();
        Encoding::DELTA_BINARY_PACKED
    }

    fn statistics(&mut self, nulls: u64) -> Statistics {
        std::mem::take(&mut self.bounds).statistics(4, nulls)
    }
}

/// Numbers of 64 bits, one behind the other.
#[derive(Default)]
pub(super) struct NumberSheet {
    values: Vec<u8>,
    bounds: NumberBounds,
}

impl Sheet for NumberSheet {
    type Batch = VariedNumbers;

    fn take(&mut self, batch: &VariedNumbers, place: &mut Place, rows: u32, levels: &mut Levels) {
        let keep = |value: i64| self.values.extend_from_slice(&value.to_le_bytes());
        take_numbers(batch, place, rows, levels, &mut self.bounds, keep);
    }

    fn bytes(&self) -> usize {
        self.values.len()
    }

    fn encode(&mut self, body: &mut Vec<u8>) -> Encoding {
        body.append(&mut self.values);
        Encoding::PLAIN
    }

    fn statistics(&mut self, nulls: u64) -> Statistics {
        std::mem::take(&mut self.bounds).statistics(8, nulls)
    }
}
