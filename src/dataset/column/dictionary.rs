//! The distinct values of a column in a row group: each is kept once and has a key.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use parquet::file::statistics::Statistics;

use super::bounds::{NumberBounds, TextBounds};
use super::page::Content;
use crate::table::{NumberRuns, Run, TextRuns};

/// The distinct values of a column.
pub(super) trait Dictionary {
    /// A batch's values.
    type Batch;
    /// A value as its batch's runs give it.
    type Value: Copy + Eq;
    /// What stands for no value there.
    const ABSENT: Self::Value;
    /// The runs of a batch.
    fn runs(batch: &Self::Batch) -> &[Run<Self::Value>];
    /// Bytes that the values of a batch add to the page of the dictionary at most.
    fn most_bytes(batch: &Self::Batch) -> usize;
    /// Says that a batch begins.
    fn begin_batch(&mut self, batch: &Self::Batch);
    /// The key of a value of the batch; keys count up from 0 in the order in which values are first met.
    fn key(&mut self, batch: &Self::Batch, value: Self::Value) -> u32;
    /// How many keys there are.
    fn len(&self) -> usize;
    /// All values by their keys, in Parquet's PLAIN encoding.
    fn page(&self) -> &[u8];
    /// What the values are to a compressor.
    fn content(&self) -> Content;
    /// Appends one value in PLAIN encoding.
    fn plain(&mut self, batch: &Self::Batch, value: Self::Value, out: &mut Vec<u8>);
    /// Least and greatest value met, whether they have a key or were written plain.
    fn statistics(&self, nulls: u64) -> Statistics;
    /// Forgets every value and gives back the room they took: files end their groups at different times, and what one gives
    /// back another takes.
    fn forget(&mut self);
    /// Begins anew: least and greatest value are forgotten as well.
    fn clear(&mut self);
}

/// Texts; a byte array is its length in four bytes, then its bytes.
#[derive(Default)]
pub(super) struct Texts {
    table: HashTable<u32>,
    page: Vec<u8>,
    /// By key.
    known: Vec<Known>,
    /// The keys of the batch's codes, `UNMET` before the first.
    keys: Vec<u32>,
    bounds: TextBounds,
}

/// A text that has a key; it begins four bytes behind the end of the one before. There are as many as there are forms, in
/// every file that is open, so that half of a hash has to do.
struct Known {
    hash: u32,
    end: u32,
}

impl Known {
    /// What stands for its hash in the table, which looks at the first and the last bits.
    fn spread(&self) -> u64 {
        spread(self.hash)
    }
}

/// Half of a hash as both halves of another one.
fn spread(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

/// The key of a code that was not met yet.
const UNMET: u32 = u32::MAX;

impl Texts {
    /// The key of a text that was not met in its batch.
    #[inline(never)]
    fn look_up(&mut self, hash: u64, value: &[u8]) -> u32 {
        match hash {
            TextRuns::UNHASHED => self.key_of_id(value),
            hash => self.key_of_text(hash as u32, value),
        }
    }

    /// The key of an id. It is that of the row before, where its rows were divided into batches, or new: ids do not come again.
    fn key_of_id(&mut self, value: &[u8]) -> u32 {
        let Texts { page, known, .. } = self;
        match known.len().checked_sub(1) {
            Some(last) if Texts::text(page, known, last as u32) == value => last as u32,
            _ => self.add(0, value),
        }
    }

    fn key_of_text(&mut self, hash: u32, value: &[u8]) -> u32 {
        let Texts { table, page, known, .. } = self;
        let is_value =
            |&key: &u32| known[key as usize].hash == hash && Texts::text(page, known, key) == value;
        if let Some(&key) = table.find(spread(hash), is_value) {
            return key;
        }
        let key = self.add(hash, value);
        let Texts { table, known, .. } = self;
        table.insert_unique(spread(hash), key, |&key| known[key as usize].spread());
        key
    }

    /// Gives a text the next key.
    fn add(&mut self, hash: u32, value: &[u8]) -> u32 {
        let key = self.known.len() as u32;
        push_text(value, &mut self.page);
        self.known.push(Known { hash, end: self.page.len() as u32 });
        self.bounds.add(value);
        key
    }

    fn text<'p>(page: &'p [u8], known: &[Known], key: u32) -> &'p [u8] {
        let before = key.checked_sub(1).map_or(0, |before| known[before as usize].end as usize);
        &page[before + 4..known[key as usize].end as usize]
    }
}

fn push_text(text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text);
}

impl Dictionary for Texts {
    type Batch = TextRuns;
    type Value = u32;
    const ABSENT: u32 = TextRuns::ABSENT;

    fn runs(batch: &TextRuns) -> &[Run<u32>] {
        batch.runs()
    }

    fn most_bytes(batch: &TextRuns) -> usize {
        batch.bytes() + batch.distinct() * 4
    }

    fn begin_batch(&mut self, batch: &TextRuns) {
        self.keys.clear();
        self.keys.resize(batch.distinct(), UNMET);
    }

    #[inline]
    fn key(&mut self, batch: &TextRuns, code: u32) -> u32 {
        let key = self.keys[code as usize];
        if key != UNMET {
            return key;
        }
        let key = self.look_up(batch.hash(code), batch.text(code));
        self.keys[code as usize] = key;
        key
    }

    fn len(&self) -> usize {
        self.known.len()
    }

    fn page(&self) -> &[u8] {
        &self.page
    }

    fn content(&self) -> Content {
        Content::of_texts(self.page.len() - self.known.len() * 4, self.known.len())
    }

    fn plain(&mut self, batch: &TextRuns, code: u32, out: &mut Vec<u8>) {
        let text = batch.text(code);
        push_text(text, out);
        self.bounds.add(text);
    }

    fn statistics(&self, nulls: u64) -> Statistics {
        self.bounds.statistics(nulls)
    }

    fn forget(&mut self) {
        (self.table, self.page, self.known) = Default::default();
        self.keys.fill(UNMET);
    }

    fn clear(&mut self) {
        self.forget();
        self.bounds = TextBounds::default();
    }
}

/// Numbers; little-endian in four or eight bytes.
pub(super) struct Numbers {
    width: usize,
    hasher: RandomState,
    table: HashTable<(i64, u32)>,
    /// Numbers met lately with their keys, each in the place that its digits give: most of a column are a few.
    lately: Box<[(i64, u32); LATELY]>,
    page: Vec<u8>,
    bounds: NumberBounds,
}

/// Numbers remembered besides the table of all.
const LATELY: usize = 64;

impl Numbers {
    /// For a column of numbers of so many bytes, four or eight.
    pub fn of_bytes(width: usize) -> Self {
        let (hasher, table, page, bounds) = Default::default();
        Numbers { width, hasher, table, lately: Box::new([(NumberRuns::ABSENT, 0); LATELY]), page, bounds }
    }

    /// The key of a number that was not met lately.
    #[inline(never)]
    fn look_up(&mut self, value: i64) -> u32 {
        let hash = self.hasher.hash_one(value);
        if let Some(&(_, key)) = self.table.find(hash, |known| known.0 == value) {
            return key;
        }
        let key = self.len() as u32;
        self.page.extend_from_slice(&value.to_le_bytes()[..self.width]);
        let hasher = &self.hasher;
        self.table.insert_unique(hash, (value, key), |known| hasher.hash_one(known.0));
        self.bounds.add(value);
        key
    }
}

impl Dictionary for Numbers {
    type Batch = NumberRuns;
    type Value = i64;
    const ABSENT: i64 = NumberRuns::ABSENT;

    fn runs(batch: &NumberRuns) -> &[Run<i64>] {
        batch.runs()
    }

    fn most_bytes(batch: &NumberRuns) -> usize {
        batch.runs().len() * size_of::<i64>()
    }

    fn begin_batch(&mut self, _: &NumberRuns) {}

    #[inline]
    fn key(&mut self, _: &NumberRuns, value: i64) -> u32 {
        // The golden ratio spreads numbers over the upper bits, whatever their last digits.
        let place = (value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - LATELY.ilog2());
        let (known, key) = self.lately[place as usize];
        if known == value {
            return key;
        }
        let key = self.look_up(value);
        self.lately[place as usize] = (value, key);
        key
    }

    fn len(&self) -> usize {
        self.page.len() / self.width
    }

    fn page(&self) -> &[u8] {
        &self.page
    }

    fn content(&self) -> Content {
        Content::Figures
    }

    fn plain(&mut self, _: &NumberRuns, value: i64, out: &mut Vec<u8>) {
        out.extend_from_slice(&value.to_le_bytes()[..self.width]);
        self.bounds.add(value);
    }

    fn statistics(&self, nulls: u64) -> Statistics {
        self.bounds.statistics(self.width, nulls)
    }

    fn forget(&mut self) {
        (self.table, self.page) = Default::default();
        self.lately.fill((NumberRuns::ABSENT, 0));
    }

    fn clear(&mut self) {
        self.forget();
        self.bounds = NumberBounds::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_key() {
        let mut texts = Texts::default();
        let batches = [["乙", "甲", "乙", "", ""], ["", "丙", "甲", "甲", "乙"]].map(|texts| {
            let mut batch = TextRuns::default();
            texts.iter().for_each(|text| batch.push(Some(text)));
            batch
        });
        let mut keys = |batch: &TextRuns| {
            texts.begin_batch(batch);
            batch.runs().iter().map(|run| texts.key(batch, run.value)).collect::<Vec<u32>>()
        };
        assert_eq!(keys(&batches[0]), [0, 1, 0, 2]);
        assert_eq!(keys(&batches[1]), [2, 3, 1, 0]);
        assert_eq!(
            texts.page(),
            b"\x03\0\0\0\xe4\xb9\x99\x03\0\0\0\xe7\x94\xb2\0\0\0\0\x03\0\0\0\xe4\xb8\x99"
        );
        let mut ids = Texts::default();
        let mut keys = |given: [&str; 3]| {
            let mut batch = TextRuns::default();
            given.iter().for_each(|id| batch.push_id(Some((*id).into())));
            ids.begin_batch(&batch);
            batch.runs().iter().map(|run| ids.key(&batch, run.value)).collect::<Vec<u32>>()
        };
        assert_eq!(keys(["甲", "乙", "丙"]), [0, 1, 2]);
        assert_eq!(keys(["丙", "丙", "丁"]), [2, 3], "the rows of an id may be divided into batches");
        let mut numbers = Numbers::of_bytes(4);
        let batch = NumberRuns::default();
        assert_eq!([7, -1, 7].map(|number| numbers.key(&batch, number)), [0, 1, 0]);
        assert_eq!(numbers.page(), [7, 0, 0, 0, 255, 255, 255, 255]);
        // More than are remembered lately, twice over.
        let keys: Vec<u32> =
            (0..2).flat_map(|_| 0..1_000).map(|number| numbers.key(&batch, number * 10)).collect();
        assert_eq!(keys[..1_000], keys[1_000..]);
        assert_eq!(numbers.len(), 1_002);
    }
}
