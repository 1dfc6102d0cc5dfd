//! Pages: what is compressed and written at a time.

use std::cell::RefCell;

use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use zstd::bulk::Compressor;

/// The level of ZSTD: the higher ones cost more time than they save space on columns that are mostly dictionary keys.
pub(in crate::dataset) const ZSTD_LEVEL: i32 = 1;

thread_local! {
    /// A compressor is half a megabyte of tables; a thread needs one, however many columns are open.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

fn compress(bytes: &[u8]) -> Result<Bytes, ParquetError> {
    COMPRESSOR.with_borrow_mut(|slot| {
        let compressor = match slot {
            Some(compressor) => compressor,
            None => slot.insert(Compressor::new(ZSTD_LEVEL)?),
        };
        Ok(Bytes::from(compressor.compress(bytes)?))
    })
}

/// The pages of a column, one behind the other.
#[derive(Default)]
pub(super) struct Pages {
    /// Headers and compressed bodies, as they stand in the file.
    pub bytes: Vec<u8>,
    /// What they would come to if the bodies were not compressed.
    pub uncompressed: usize,
    /// How many there are.
    pub count: usize,
}

impl Pages {
    /// Adds a page of `rows` rows whose values are written in `encoding`.
    pub fn push_data(&mut self, body: &[u8], rows: u32, encoding: Encoding) -> Result<(), ParquetError> {
        let page = Page::DataPage {
            buf: compress(body)?,
            num_values: rows,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        self.push(CompressedPage::new(page, body.len()))
    }

    /// Adds a page of `keys` dictionary values in PLAIN encoding.
    pub fn push_dictionary(&mut self, body: &[u8], keys: usize) -> Result<(), ParquetError> {
        let page = Page::DictionaryPage {
            buf: compress(body)?,
            num_values: keys as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        self.push(CompressedPage::new(page, body.len()))
    }

    fn push(&mut self, page: CompressedPage) -> Result<(), ParquetError> {
        let mut sink = TrackedWrite::new(std::mem::take(&mut self.bytes));
        let written = SerializedPageWriter::new(&mut sink).write_page(page)?;
        self.bytes = sink.into_inner()?;
        self.uncompressed += written.uncompressed_size;
        self.count += 1;
        Ok(())
    }
}
