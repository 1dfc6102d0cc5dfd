//! Pages: what is compressed and written at a time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

/// Rows a page holds at most. A page under construction costs up to eight bytes a row and column, and its texts, in every
/// file that is open: a run over many years has dozens of those.
pub(super) const PAGE_ROWS: u32 = 8_192;
/// Bytes of values after which a page ends.
pub(super) const PAGE_BYTES: usize = 1 << 20;

/// Bytes that the header of a page takes at most: it has no statistics.
const HEADER_BYTES: usize = 64;

/// The level of ZSTD; what follows of it is changed below.
pub(super) const LEVEL: i32 = 1;
/// As many places of the input are remembered, as a power of two. Twice or four times what the level would: two to seven
/// parts in a hundred smaller for no time that could be measured.
const REMEMBERED: u32 = 15;

/// What a page mostly holds, which tells how short a repetition is worth finding.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// Keys, numbers and short texts.
    Figures,
    /// Texts of some length: finding repeated words of two characters takes a third more time and saves a tenth.
    Prose,
}

/// Bytes of a text, on average, from which on it counts as prose.
const PROSE_BYTES: usize = 12;

impl Content {
    /// What `count` texts of so many bytes are.
    pub fn of_texts(bytes: usize, count: usize) -> Self {
        if bytes >= count * PROSE_BYTES { Content::Prose } else { Content::Figures }
    }

    /// Bytes of the shortest repetition that is looked for.
    fn shortest(self) -> u32 {
        match self {
            Content::Figures => 6,
            Content::Prose => 5,
        }
    }

    fn compressor(self) -> io::Result<Compressor<'static>> {
        let mut compressor = Compressor::new(LEVEL)?;
        compressor.set_parameter(CParameter::HashLog(REMEMBERED))?;
        compressor.set_parameter(CParameter::MinMatch(self.shortest()))?;
        Ok(compressor)
    }
}

thread_local! {
    /// One for each content. A compressor is some hundred kilobytes of tables; a thread needs no more, however many
    /// columns are open.
    static COMPRESSORS: RefCell<[Option<Compressor<'static>>; 2]> = const { RefCell::new([None, None]) };
}

fn compress(bytes: &[u8], content: Content) -> Result<Bytes, ParquetError> {
    COMPRESSORS.with_borrow_mut(|slots| {
        let slot = &mut slots[content as usize];
        let compressor = match slot {
            Some(compressor) => compressor,
            None => slot.insert(content.compressor()?),
        };
        Ok(Bytes::from(compressor.compress(bytes)?))
    })
}

/// The pages of a column, one behind the other.
#[derive(Default)]
pub(super) struct Pages {
    /// Headers and compressed bodies, as they stand in the file: each page by itself, for a list of bytes that grows has room
    /// for as much again.
    written: Vec<Vec<u8>>,
    /// What they would come to if the bodies were not compressed.
    pub uncompressed: usize,
    /// How many there are, by the encoding of their values.
    pub counts: BTreeMap<Encoding, usize>,
}

impl Pages {
    /// Adds a page of `rows` rows whose values are written in `encoding`.
    pub fn push_data(
        &mut self,
        body: &[u8],
        rows: u32,
        encoding: Encoding,
        content: Content,
    ) -> Result<(), ParquetError> {
        let page = Page::DataPage {
            buf: compress(body, content)?,
            num_values: rows,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        self.push(CompressedPage::new(page, body.len()), encoding)
    }

    /// Adds a page of `keys` dictionary values in PLAIN encoding.
    pub fn push_dictionary(
        &mut self,
        body: &[u8],
        keys: usize,
        content: Content,
    ) -> Result<(), ParquetError> {
        let page = Page::DictionaryPage {
            buf: compress(body, content)?,
            num_values: keys as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        self.push(CompressedPage::new(page, body.len()), Encoding::PLAIN)
    }

    /// How many bytes they take in the file.
    pub fn len(&self) -> usize {
        self.written.iter().map(Vec::len).sum()
    }

    /// The bytes of each, as they stand in the file.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.written.iter().map(Vec::as_slice)
    }

    fn push(&mut self, page: CompressedPage, encoding: Encoding) -> Result<(), ParquetError> {
        let room = page.compressed_size() + HEADER_BYTES;
        let mut sink = TrackedWrite::new(Vec::with_capacity(room));
        let written = SerializedPageWriter::new(&mut sink).write_page(page)?;
        self.written.push(sink.into_inner()?);
        self.uncompressed += written.uncompressed_size;
        *self.counts.entry(encoding).or_default() += 1;
        Ok(())
    }
}
