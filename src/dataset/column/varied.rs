//! The chunk of a column whose values seldom stand in two rows: pages of the values themselves, without a dictionary.

use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;

use super::bounds::{NumberBounds, TextBounds};
use super::encoded::{EncodedColumn, encoded};
use super::page::{Content, PAGE_BYTES, PAGE_ROWS, Pages};
use super::{delta, levels};
use crate::table::{VariedNumbers, VariedTexts};

/// The values of a page under construction.
pub(super) trait Sheet {
    /// A batch's values.
    type Batch;
    /// Takes values of at most `rows` rows from where `place` stands in the batch, and moves it on: fewer rows if the
    /// page has grown to its size, or the batch ends. Says of each row whether it has a value.
    fn take(&mut self, batch: &Self::Batch, place: &mut Place, rows: u32, level: impl FnMut(bool));
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
    /// Runs of the page's rows with a value and without.
    levels: Vec<(bool, u32)>,
    page_rows: u32,
    page_nulls: u32,
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
            levels: Vec::new(),
            page_rows: 0,
            page_nulls: 0,
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
            let (before, mut nulls) = (self.place.row, 0);
            let levels = &mut self.levels;
            let level = |has_value: bool| {
                nulls += u32::from(!has_value);
                match levels.last_mut() {
                    Some(last) if last.0 == has_value => last.1 += 1,
                    _ => levels.push((has_value, 1)),
                }
            };
            self.sheet.take(batch, &mut self.place, rows.min(PAGE_ROWS - self.page_rows), level);
            let taken = (self.place.row - before) as u32;
            if taken == 0 {
                return Err(ParquetError::General("a column has fewer rows than its table".to_owned()));
            }
            if nulls > 0 && !self.is_nullable {
                return Err(levels::missing());
            }
            rows -= taken;
            self.page_rows += taken;
            self.page_nulls += nulls;
            if self.page_rows == PAGE_ROWS || self.sheet.bytes() >= PAGE_BYTES {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        self.pages.bytes.len() + self.sheet.bytes()
    }

    fn end_page(&mut self) -> Result<(), ParquetError> {
        if self.page_rows == 0 {
            return Ok(());
        }
        let mut body = Vec::with_capacity(64 + self.page_rows as usize * 4 + self.sheet.bytes());
        if self.is_nullable {
            levels::encode(self.levels.iter().copied(), &mut body);
        }
        let content = self.sheet.content();
        // There is nothing to encode where no row has a value.
        let encoding = match self.page_nulls == self.page_rows {
            true => Encoding::PLAIN,
            false => self.sheet.encode(&mut body),
        };
        self.pages.push_data(&body, self.page_rows, encoding, content)?;
        self.rows += u64::from(self.page_rows);
        self.nulls += u64::from(self.page_nulls);
        self.levels.clear();
        (self.page_rows, self.page_nulls) = (0, 0);
        Ok(())
    }

    /// Ends the chunk and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        self.end_page()?;
        let data = std::mem::take(&mut self.pages);
        let statistics = self.sheet.statistics(self.nulls);
        let column = encoded(&self.descr, Pages::default(), &data, self.rows, statistics)?;
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

    fn take(&mut self, batch: &VariedTexts, place: &mut Place, rows: u32, mut level: impl FnMut(bool)) {
        let (room, start) = (PAGE_BYTES - self.text.len(), place.byte);
        for length in batch.lengths(place.row).take(rows as usize) {
            place.row += 1;
            level(length.is_some());
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

/// Numbers of 32 bits, mostly places that grow from row to row.
#[derive(Default)]
pub(super) struct PlaceSheet {
    values: Vec<i32>,
    bounds: NumberBounds,
}

impl Sheet for PlaceSheet {
    type Batch = VariedNumbers;

    fn take(&mut self, batch: &VariedNumbers, place: &mut Place, rows: u32, mut level: impl FnMut(bool)) {
        for value in batch.from(place.row).take(rows as usize) {
            place.row += 1;
            level(value.is_some());
            if let Some(value) = value {
                self.bounds.add(value);
                // What was pushed came from an `i32`.
                self.values.push(value as i32);
            }
        }
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

    fn take(&mut self, batch: &VariedNumbers, place: &mut Place, rows: u32, mut level: impl FnMut(bool)) {
        for value in batch.from(place.row).take(rows as usize) {
            place.row += 1;
            level(value.is_some());
            if let Some(value) = value {
                self.bounds.add(value);
                self.values.extend_from_slice(&value.to_le_bytes());
            }
        }
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
