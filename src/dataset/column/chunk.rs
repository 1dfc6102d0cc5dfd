//! The chunk of a column whose values come again: dictionary keys page by page, or plain values once the dictionary has
//! grown too large to pay.

use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::dictionary::Dictionary;
use super::encoded::{EncodedColumn, encoded};
use super::page::{Content, PAGE_BYTES, PAGE_ROWS, Pages};
use super::{hybrid, levels};
use crate::table::Run;

/// Bytes of a dictionary after which it is given up.
const DICTIONARY_BYTES: usize = 1 << 20;

/// What stands for no value where a key is expected, and for one without a key.
const NULL: u32 = u32::MAX;
const PLAIN: u32 = 0;

/// One column of a row group.
pub(super) struct Chunk<D> {
    descr: ColumnDescPtr,
    is_nullable: bool,
    dictionary: D,
    /// The page of the dictionary, once it was given up: later values are written plain.
    given_up: Option<Pages>,
    /// Runs of the page under construction: a key, `NULL` or `PLAIN`, and its rows.
    page: Vec<(u32, u32)>,
    page_rows: u32,
    /// Plain values of the page under construction.
    values: Vec<u8>,
    pages: Pages,
    rows: u64,
    nulls: u64,
    cursor: Cursor,
}

/// A place in the runs of a batch.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    run: usize,
    /// Rows of the run that were taken already.
    taken: u32,
}

impl<D: Dictionary> Chunk<D> {
    pub fn new(descr: &ColumnDescPtr, dictionary: D) -> Self {
        Chunk {
            descr: ColumnDescPtr::clone(descr),
            is_nullable: descr.max_def_level() > 0,
            dictionary,
            given_up: None,
            page: Vec::new(),
            page_rows: 0,
            values: Vec::new(),
            pages: Pages::default(),
            rows: 0,
            nulls: 0,
            cursor: Cursor::default(),
        }
    }

    /// Says that what is taken next are the first rows of `batch`.
    pub fn begin_batch(&mut self, batch: &D::Batch) {
        self.cursor = Cursor::default();
        self.dictionary.begin_batch(batch);
    }

    /// Takes the next `rows` rows of `batch`.
    pub fn take(&mut self, batch: &D::Batch, mut rows: u32) -> Result<(), ParquetError> {
        let runs = D::runs(batch);
        let Cursor { mut run, mut taken } = self.cursor;
        while rows > 0 {
            if taken == 0 {
                let (whole, taken_rows) =
                    self.push_whole(batch, runs.get(run..).unwrap_or_default(), rows)?;
                (run, rows) = (run + whole, rows - taken_rows);
                if rows == 0 {
                    break;
                }
            }
            let Some(next) = runs.get(run) else {
                return Err(ParquetError::General("a column has fewer rows than its table".to_owned()));
            };
            let step = rows.min(next.rows - taken);
            self.push(batch, next.value, step)?;
            rows -= step;
            taken += step;
            if taken == next.rows {
                (run, taken) = (run + 1, 0);
            }
        }
        self.cursor = Cursor { run, taken };
        Ok(())
    }

    /// Adds runs while they fit into the page under construction and into `rows`; how many runs and rows they are.
    fn push_whole(
        &mut self,
        batch: &D::Batch,
        runs: &[Run<D::Value>],
        rows: u32,
    ) -> Result<(usize, u32), ParquetError> {
        if self.given_up.is_some() {
            return Ok((0, 0));
        }
        let room = rows.min(PAGE_ROWS - 1 - self.page_rows);
        let Chunk { is_nullable, ref mut dictionary, ref mut page, .. } = *self;
        let may_grow_large = dictionary.page().len() + D::most_bytes(batch) > DICTIONARY_BYTES;
        let (begun, mut added) = (page.len(), 0);
        for run in runs {
            let is_absent = run.value == D::ABSENT;
            if added + run.rows > room || (is_absent && !is_nullable) {
                break;
            }
            let key = if is_absent { NULL } else { dictionary.key(batch, run.value) };
            page.push((key, run.rows));
            added += run.rows;
            if may_grow_large && dictionary.page().len() > DICTIONARY_BYTES {
                break;
            }
        }
        let count = page.len() - begun;
        self.page_rows += added;
        self.join(begun);
        self.give_up_large()?;
        Ok((count, added))
    }

    /// Makes one run of two equal neighbours, the second in this place of the page. Neighbours in a batch differ, but its first
    /// value may be the last of the batch before.
    fn join(&mut self, place: usize) {
        let Some(before) = place.checked_sub(1) else { return };
        if let Some(&[(key, _), (next, rows)]) = self.page.get(before..=place)
            && key == next
        {
            self.page.remove(place);
            self.page[before].1 += rows;
        }
    }

    /// Gives the dictionary up once it has grown too large.
    fn give_up_large(&mut self) -> Result<(), ParquetError> {
        if self.dictionary.page().len() > DICTIONARY_BYTES && self.given_up.is_none() {
            self.end_page()?;
            self.given_up = Some(dictionary_page(&self.dictionary)?);
            self.dictionary.forget();
        }
        Ok(())
    }

    /// Adds `rows` rows of one value.
    fn push(&mut self, batch: &D::Batch, value: D::Value, rows: u32) -> Result<(), ParquetError> {
        if value == D::ABSENT {
            return if self.is_nullable { self.push_rows(NULL, rows) } else { Err(levels::missing()) };
        }
        if self.given_up.is_some() {
            return self.push_plain(batch, value, rows);
        }
        let key = self.dictionary.key(batch, value);
        self.push_rows(key, rows)?;
        self.give_up_large()
    }

    /// Adds values one by one, so that no page outgrows its size by more than one.
    #[cold]
    fn push_plain(&mut self, batch: &D::Batch, value: D::Value, rows: u32) -> Result<(), ParquetError> {
        for _ in 0..rows {
            self.dictionary.plain(batch, value, &mut self.values);
            self.push_rows(PLAIN, 1)?;
            if self.values.len() >= PAGE_BYTES {
                self.end_page()?;
            }
        }
        Ok(())
    }

    fn push_rows(&mut self, key: u32, rows: u32) -> Result<(), ParquetError> {
        if rows < PAGE_ROWS - self.page_rows {
            self.push_run(key, rows);
            return Ok(());
        }
        self.push_over_pages(key, rows)
    }

    /// Adds rows that fill the page under construction, and perhaps further ones.
    #[cold]
    fn push_over_pages(&mut self, key: u32, mut rows: u32) -> Result<(), ParquetError> {
        while rows > 0 {
            let step = rows.min(PAGE_ROWS - self.page_rows);
            self.push_run(key, step);
            rows -= step;
            if self.page_rows == PAGE_ROWS {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// Adds rows for which the page has room.
    fn push_run(&mut self, key: u32, rows: u32) {
        match self.page.last_mut() {
            Some(last) if last.0 == key => last.1 += rows,
            _ => self.page.push((key, rows)),
        }
        self.page_rows += rows;
    }

    /// About how many bytes the column holds.
    pub fn bytes(&self) -> usize {
        let given_up = self.given_up.as_ref().map_or(0, |pages| pages.uncompressed);
        self.pages.len() + given_up + self.dictionary.page().len() + self.values.len() + self.page.len() * 2
    }

    fn end_page(&mut self) -> Result<(), ParquetError> {
        if self.page_rows == 0 {
            return Ok(());
        }
        let nulls: u32 = self.page.iter().map(|&(key, rows)| if key == NULL { rows } else { 0 }).sum();
        let mut body = Vec::with_capacity(64 + self.page.len() * 2 + self.values.len());
        if self.is_nullable && nulls == 0 {
            levels::encode(std::iter::once((true, self.page_rows)), &mut body);
        } else if self.is_nullable {
            levels::encode(self.page.iter().map(|&(key, rows)| (key != NULL, rows)), &mut body);
        }
        // A page of nothing but nulls has no dictionary to refer to, and readers look for one.
        let encoding = if self.given_up.is_some() || self.dictionary.len() == 0 {
            body.append(&mut self.values);
            Encoding::PLAIN
        } else {
            let width = hybrid::width_of(self.dictionary.len()).max(1);
            body.push(width);
            hybrid::encode(self.page.iter().copied().filter(|&(key, _)| key != NULL), width, &mut body);
            Encoding::RLE_DICTIONARY
        };
        self.pages.push_data(&body, self.page_rows, encoding, Content::Figures)?;
        self.rows += u64::from(self.page_rows);
        self.nulls += u64::from(nulls);
        self.page.clear();
        self.page_rows = 0;
        Ok(())
    }

    /// Ends the chunk and starts anew.
    pub fn finish(&mut self) -> Result<EncodedColumn, ParquetError> {
        self.end_page()?;
        let dictionary = match self.given_up.take() {
            Some(pages) => pages,
            None => dictionary_page(&self.dictionary)?,
        };
        let data = std::mem::take(&mut self.pages);
        let statistics = self.dictionary.statistics(self.nulls);
        let column = encoded(&self.descr, &dictionary, &data, self.rows, statistics)?;
        (self.rows, self.nulls) = (0, 0);
        self.dictionary.clear();
        Ok(column)
    }
}

/// The page of a dictionary; none for one without values.
fn dictionary_page(dictionary: &impl Dictionary) -> Result<Pages, ParquetError> {
    let mut pages = Pages::default();
    if dictionary.len() > 0 {
        pages.push_dictionary(dictionary.page(), dictionary.len(), dictionary.content())?;
    }
    Ok(pages)
}
