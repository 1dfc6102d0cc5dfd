//! The chunk of a column in a row group: dictionary keys page by page, or plain values once the dictionary has grown too
//! large to pay.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, PageType, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::schema::types::ColumnDescPtr;

use super::dictionary::Dictionary;
use super::hybrid;
use super::page::{Pages, ZSTD_LEVEL};

/// Rows a page holds at most. A page under construction costs up to eight bytes a row and column, in every file that is
/// open: a run over many years has dozens of those.
const PAGE_ROWS: u32 = 8_192;
/// Bytes of plain values after which a page ends.
const PAGE_BYTES: usize = 1 << 20;
/// Bytes of a dictionary after which it is given up.
const DICTIONARY_BYTES: usize = 1 << 20;

/// An encoded column as it stands in a file, and what the file's metadata says of it.
pub(in crate::dataset) type EncodedColumn = (Bytes, ColumnCloseResult);

/// A key that stands for no value.
const NULL: u32 = u32::MAX;

/// One column of a row group.
pub(super) struct Chunk<D> {
    descr: ColumnDescPtr,
    is_nullable: bool,
    dictionary: D,
    /// Whether the dictionary was given up; later values are written plain.
    is_plain: bool,
    /// Runs of the page under construction: a key or `NULL`, and its rows. Where values are plain, any key but `NULL`.
    page: Vec<(u32, u32)>,
    page_rows: u32,
    /// Plain values of the page under construction.
    values: Vec<u8>,
    pages: Pages,
    plain_pages: usize,
    rows: u64,
    nulls: u64,
}

impl<D: Dictionary> Chunk<D> {
    pub fn new(descr: &ColumnDescPtr, dictionary: D) -> Self {
        Chunk {
            descr: ColumnDescPtr::clone(descr),
            is_nullable: descr.max_def_level() > 0,
            dictionary,
            is_plain: false,
            page: Vec::new(),
            page_rows: 0,
            values: Vec::new(),
            pages: Pages::default(),
            plain_pages: 0,
            rows: 0,
            nulls: 0,
        }
    }

    /// Adds `rows` rows of one value.
    pub fn push(&mut self, value: Option<D::Value<'_>>, mut rows: u32) -> Result<(), ParquetError> {
        self.rows += u64::from(rows);
        let key = match value {
            None if !self.is_nullable => {
                return Err(ParquetError::General("a column that has every value lacks one".to_owned()));
            }
            None => {
                self.nulls += u64::from(rows);
                NULL
            }
            Some(value) if !self.is_plain => self.dictionary.key(value),
            Some(_) => 0,
        };
        while rows > 0 {
            let step = match value {
                // Plain values are written one by one, so that no page outgrows its size by more than one.
                Some(value) if self.is_plain => {
                    self.dictionary.plain(value, &mut self.values);
                    1
                }
                _ => rows.min(PAGE_ROWS - self.page_rows),
            };
            self.push_key(key, step);
            rows -= step;
            if self.page_rows == PAGE_ROWS || self.values.len() >= PAGE_BYTES {
                self.end_page()?;
            }
        }
        if !self.is_plain && self.dictionary.page().len() > DICTIONARY_BYTES {
            self.end_page()?;
            self.is_plain = true;
        }
        Ok(())
    }

    fn push_key(&mut self, key: u32, rows: u32) {
        self.page_rows += rows;
        match self.page.last_mut() {
            Some(last) if last.0 == key => last.1 += rows,
            _ => self.page.push((key, rows)),
        }
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        self.pages.bytes.len() + self.dictionary.page().len() + self.values.len() + self.page.len() * 2
    }

    fn end_page(&mut self) -> Result<(), ParquetError> {
        if self.page_rows == 0 {
            return Ok(());
        }
        let mut body = Vec::with_capacity(64 + self.page.len() * 2 + self.values.len());
        if self.is_nullable {
            body.extend_from_slice(&[0; 4]);
            hybrid::encode(self.page.iter().map(|&(key, rows)| (u32::from(key != NULL), rows)), 1, &mut body);
            let length = body.len() as u32 - 4;
            body[..4].copy_from_slice(&length.to_le_bytes());
        }
        // A page of nothing but nulls has no dictionary to refer to, and readers look for one.
        let encoding = if self.is_plain || self.dictionary.len() == 0 {
            body.append(&mut self.values);
            self.plain_pages += 1;
            Encoding::PLAIN
        } else {
            let width = hybrid::width_of(self.dictionary.len()).max(1);
            body.push(width);
            hybrid::encode(self.page.iter().copied().filter(|&(key, _)| key != NULL), width, &mut body);
            Encoding::RLE_DICTIONARY
        };
        self.pages.push_data(&body, self.page_rows, encoding)?;
        self.page.clear();
        self.page_rows = 0;
        Ok(())
    }

    /// Ends the chunk and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        self.end_page()?;
        let mut dictionary = Pages::default();
        if self.dictionary.len() > 0 {
            dictionary.push_dictionary(self.dictionary.page(), self.dictionary.len())?;
        }
        let data = std::mem::take(&mut self.pages);
        let metadata = self.describe(&dictionary, &data)?;
        let rows_written = std::mem::take(&mut self.rows);
        (self.nulls, self.plain_pages, self.is_plain) = (0, 0, false);
        self.dictionary.clear();
        let mut bytes = dictionary.bytes;
        bytes.extend_from_slice(&data.bytes);
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((Bytes::from(bytes), close))
    }

    /// What the file's metadata says of the chunk; places count from its own start.
    fn describe(&self, dictionary: &Pages, data: &Pages) -> Result<ColumnChunkMetaData, ParquetError> {
        let keyed_pages = data.count - self.plain_pages;
        let pages = [
            (PageType::DICTIONARY_PAGE, Encoding::PLAIN, dictionary.count),
            (PageType::DATA_PAGE, Encoding::RLE_DICTIONARY, keyed_pages),
            (PageType::DATA_PAGE, Encoding::PLAIN, self.plain_pages),
        ];
        let pages = pages.into_iter().filter(|page| page.2 > 0);
        let pages = pages.map(|(page_type, encoding, count)| {
            let count = i32::try_from(count).unwrap_or(i32::MAX);
            PageEncodingStats { page_type, encoding, count }
        });
        let mut encodings = vec![Encoding::PLAIN, Encoding::RLE];
        encodings.extend((keyed_pages > 0).then_some(Encoding::RLE_DICTIONARY));
        ColumnChunkMetaData::builder(ColumnDescPtr::clone(&self.descr))
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
            .set_encodings(encodings)
            .set_page_encoding_stats(pages.collect())
            .set_num_values(self.rows as i64)
            .set_total_compressed_size((dictionary.bytes.len() + data.bytes.len()) as i64)
            .set_total_uncompressed_size((dictionary.uncompressed + data.uncompressed) as i64)
            .set_dictionary_page_offset((dictionary.count > 0).then_some(0))
            .set_data_page_offset(dictionary.bytes.len() as i64)
            .set_statistics(self.dictionary.statistics(self.nulls))
            .build()
    }
}
