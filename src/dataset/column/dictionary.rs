//! The distinct values of a column in a row group: each is kept once and has a key.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use parquet::basic::Type;
use parquet::data_type::ByteArray;
use parquet::file::statistics::{Statistics, ValueStatistics};

/// Bytes of a text that statistics keep.
const STATISTICS_BYTES: usize = 64;

/// The distinct values of a column.
pub(super) trait Dictionary {
    /// A value as its column's runs give it.
    type Value<'a>: Copy;
    /// The value's key; keys count up from 0 in the order in which values are first met.
    fn key(&mut self, value: Self::Value<'_>) -> u32;
    /// How many keys there are.
    fn len(&self) -> usize;
    /// All values by their keys, in Parquet's PLAIN encoding.
    fn page(&self) -> &[u8];
    /// Appends one value in PLAIN encoding.
    fn plain(&mut self, value: Self::Value<'_>, out: &mut Vec<u8>);
    /// Least and greatest value met, whether they have a key or were written plain.
    fn statistics(&self, nulls: u64) -> Statistics;
    /// Forgets everything.
    fn clear(&mut self);
}

/// Texts; a byte array is its length in four bytes, then its bytes.
#[derive(Default)]
pub(super) struct Texts {
    hasher: RandomState,
    table: HashTable<u32>,
    page: Vec<u8>,
    /// Where each key's text ends in the page.
    ends: Vec<u32>,
    /// Least and greatest of those written plain.
    bounds: Option<(Vec<u8>, Vec<u8>)>,
}

impl Texts {
    fn start(ends: &[u32], key: u32) -> usize {
        key.checked_sub(1).map_or(0, |before| ends[before as usize] as usize) + 4
    }

    fn text<'p>(page: &'p [u8], ends: &[u32], key: u32) -> &'p [u8] {
        &page[Texts::start(ends, key)..ends[key as usize] as usize]
    }

    fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len() as u32).map(|key| Texts::text(&self.page, &self.ends, key))
    }
}

fn push_text(text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text);
}

impl Dictionary for Texts {
    type Value<'a> = &'a [u8];

    fn key(&mut self, value: &[u8]) -> u32 {
        let Texts { hasher, table, page, ends, .. } = self;
        let is_value = |key: &u32| Texts::text(page, ends, *key) == value;
        let hash = hasher.hash_one(value);
        if let Some(&key) = table.find(hash, is_value) {
            return key;
        }
        let key = ends.len() as u32;
        push_text(value, page);
        ends.push(page.len() as u32);
        table.insert_unique(hash, key, |&key| hasher.hash_one(Texts::text(page, ends, key)));
        key
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn page(&self) -> &[u8] {
        &self.page
    }

    fn plain(&mut self, value: &[u8], out: &mut Vec<u8>) {
        push_text(value, out);
        match &mut self.bounds {
            Some((least, _)) if value < least.as_slice() => value.clone_into(least),
            Some((_, greatest)) if value > greatest.as_slice() => value.clone_into(greatest),
            Some(_) => {}
            None => self.bounds = Some((value.to_vec(), value.to_vec())),
        }
    }

    fn statistics(&self, nulls: u64) -> Statistics {
        let plain = self.bounds.iter().flat_map(|(least, greatest)| [least.as_slice(), greatest]);
        let all = || self.texts().chain(plain.clone());
        let least = all().min().map(|text| lower_bound(text).to_vec());
        let greatest = all().max().map(|text| (text, upper_bound(text)));
        let is_exact = |bound: Option<usize>| bound.is_none_or(|length| length < STATISTICS_BYTES + 1);
        let least_exact = is_exact(all().min().map(<[u8]>::len));
        let greatest_exact = is_exact(greatest.as_ref().map(|(text, _)| text.len()));
        let greatest = greatest.and_then(|(_, bound)| bound);
        Statistics::from(
            ValueStatistics::new(
                least.map(ByteArray::from),
                greatest.map(ByteArray::from),
                None,
                Some(nulls),
                false,
            )
            .with_min_is_exact(least_exact)
            .with_max_is_exact(greatest_exact),
        )
    }

    fn clear(&mut self) {
        self.table.clear();
        self.page.clear();
        self.ends.clear();
        self.bounds = None;
    }
}

/// The text, or its beginning where it is long: nothing is less that is not less than the text too.
fn lower_bound(text: &[u8]) -> &[u8] {
    let mut end = text.len().min(STATISTICS_BYTES);
    while end < text.len() && text[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    &text[..end]
}

/// The text, or where it is long the least text of few characters that is greater; `None` where there is none.
fn upper_bound(text: &[u8]) -> Option<Vec<u8>> {
    let cut = lower_bound(text);
    if cut.len() == text.len() {
        return Some(text.to_vec());
    }
    let mut kept = std::str::from_utf8(cut).ok()?.to_owned();
    while let Some(last) = kept.pop() {
        // The range skips the surrogates, as `char` does.
        if let Some(next) = (last..=char::MAX).nth(1) {
            kept.push(next);
            return Some(kept.into_bytes());
        }
    }
    None
}

/// Numbers; little-endian in four or eight bytes.
pub(super) struct Numbers {
    width: usize,
    hasher: RandomState,
    table: HashTable<(i64, u32)>,
    page: Vec<u8>,
    bounds: Option<(i64, i64)>,
}

impl Numbers {
    /// For a column of numbers of a physical type; `None` for any other type.
    pub fn of(physical: Type) -> Option<Self> {
        let width = match physical {
            Type::INT32 => 4,
            Type::INT64 => 8,
            _ => return None,
        };
        let (hasher, table, page, bounds) = Default::default();
        Some(Numbers { width, hasher, table, page, bounds })
    }

    fn widen(&mut self, value: i64) {
        let (least, greatest) = self.bounds.unwrap_or((value, value));
        self.bounds = Some((least.min(value), greatest.max(value)));
    }
}

impl Dictionary for Numbers {
    type Value<'a> = i64;

    fn key(&mut self, value: i64) -> u32 {
        let hash = self.hasher.hash_one(value);
        if let Some(&(_, key)) = self.table.find(hash, |known| known.0 == value) {
            return key;
        }
        let key = self.len() as u32;
        self.page.extend_from_slice(&value.to_le_bytes()[..self.width]);
        let hasher = &self.hasher;
        self.table.insert_unique(hash, (value, key), |known| hasher.hash_one(known.0));
        self.widen(value);
        key
    }

    fn len(&self) -> usize {
        self.page.len() / self.width
    }

    fn page(&self) -> &[u8] {
        &self.page
    }

    fn plain(&mut self, value: i64, out: &mut Vec<u8>) {
        out.extend_from_slice(&value.to_le_bytes()[..self.width]);
        self.widen(value);
    }

    fn statistics(&self, nulls: u64) -> Statistics {
        let (least, greatest) = self.bounds.unzip();
        if self.width == 8 {
            return Statistics::from(ValueStatistics::new(least, greatest, None, Some(nulls), false));
        }
        let narrow = |bound: Option<i64>| bound.map(|bound| bound as i32);
        Statistics::from(ValueStatistics::new(narrow(least), narrow(greatest), None, Some(nulls), false))
    }

    fn clear(&mut self) {
        self.table.clear();
        self.page.clear();
        self.bounds = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_one_key() {
        let mut texts = Texts::default();
        assert_eq!(["乙", "甲", "乙", "", ""].map(|text| texts.key(text.as_bytes())), [0, 1, 0, 2, 2]);
        assert_eq!(texts.page(), b"\x03\0\0\0\xe4\xb9\x99\x03\0\0\0\xe7\x94\xb2\0\0\0\0");
        let mut numbers = Numbers::of(Type::INT32).unwrap();
        assert_eq!([7, -1, 7].map(|number| numbers.key(number)), [0, 1, 0]);
        assert_eq!(numbers.page(), [7, 0, 0, 0, 255, 255, 255, 255]);
    }

    #[test]
    fn long_texts_are_bounded_by_short_ones() {
        let text = "表".repeat(40);
        let bound = |text: &str| String::from_utf8(upper_bound(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(lower_bound(text.as_bytes()), "表".repeat(21).as_bytes());
        assert_eq!(bound(&text), format!("{}衩", "表".repeat(20)));
        assert!(bound(&text) > text);
        assert_eq!(bound("短"), "短");
        assert_eq!(upper_bound("\u{10ffff}".repeat(20).as_bytes()), None);
        assert_eq!(bound(&"\u{d7ff}".repeat(30)), format!("{}\u{e000}", "\u{d7ff}".repeat(20)));
    }
}
