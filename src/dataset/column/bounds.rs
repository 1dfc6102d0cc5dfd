//! Least and greatest value of a chunk, for the file's statistics.

use parquet::data_type::ByteArray;
use parquet::file::statistics::{Statistics, ValueStatistics};

/// Bytes of a text that statistics keep.
const STATISTICS_BYTES: usize = 64;

/// Least and greatest of texts.
#[derive(Default)]
pub(super) struct TextBounds {
    /// None before the first text.
    bounds: Option<(Vec<u8>, Vec<u8>)>,
    /// How the two begin: most texts are told from them by their first bytes.
    heads: (u64, u64),
}

impl TextBounds {
    /// Takes a text into account.
    #[inline]
    pub fn add(&mut self, text: &[u8]) {
        let head = head(text);
        if head <= self.heads.0 || self.heads.1 <= head {
            self.add_near(text, head);
        }
    }

    /// Takes a text into account that is not told from the least and the greatest by its first bytes, `head`.
    #[inline(never)]
    fn add_near(&mut self, text: &[u8], head: u64) {
        match &mut self.bounds {
            Some((least, _)) if text < least.as_slice() => {
                text.clone_into(least);
                self.heads.0 = head;
            }
            Some((_, greatest)) if text > greatest.as_slice() => {
                text.clone_into(greatest);
                self.heads.1 = head;
            }
            Some(_) => {}
            None => {
                self.bounds = Some((text.to_vec(), text.to_vec()));
                self.heads = (head, head);
            }
        }
    }

    /// The statistics of a chunk with so many rows without a value.
    pub fn statistics(&self, nulls: u64) -> Statistics {
        let (least, greatest) = self.bounds.as_ref().map(|(least, greatest)| (least, greatest)).unzip();
        let is_exact = |bound: Option<&Vec<u8>>| bound.is_none_or(|text| text.len() <= STATISTICS_BYTES);
        let (least_exact, greatest_exact) = (is_exact(least), is_exact(greatest));
        let least = least.map(|text| lower_bound(text).to_vec());
        let greatest = greatest.and_then(|text| upper_bound(text));
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
}

/// The first eight bytes as a number that orders as they do; a shorter text counts as filled up with zeros.
fn head(text: &[u8]) -> u64 {
    if let Some(whole) = text.first_chunk::<8>() {
        return u64::from_be_bytes(*whole);
    }
    let Some((first, last)) = text.first_chunk::<4>().zip(text.last_chunk::<4>()) else {
        return text.iter().zip([56, 48, 40]).map(|(byte, place)| u64::from(*byte) << place).sum();
    };
    // The two overlap or meet.
    let [first, last] = [first, last].map(|part| u64::from(u32::from_be_bytes(*part)));
    first << 32 | last << (64 - 8 * text.len())
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

/// Least and greatest of numbers.
#[derive(Clone, Copy, Default)]
pub(super) struct NumberBounds(Option<(i64, i64)>);

impl NumberBounds {
    /// Takes a number into account.
    pub fn add(&mut self, value: i64) {
        let (least, greatest) = self.0.unwrap_or((value, value));
        self.0 = Some((least.min(value), greatest.max(value)));
    }

    /// The statistics of a chunk of numbers of so many bytes, four or eight, with so many rows without a value.
    pub fn statistics(&self, width: usize, nulls: u64) -> Statistics {
        let (least, greatest) = self.0.unzip();
        if width == 8 {
            return Statistics::from(ValueStatistics::new(least, greatest, None, Some(nulls), false));
        }
        let narrow = |bound: Option<i64>| bound.map(|bound| bound as i32);
        Statistics::from(ValueStatistics::new(narrow(least), narrow(greatest), None, Some(nulls), false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn no_text_is_beyond_its_bounds(texts in proptest::collection::vec("[ab\\x00甲]{0,10}", 1..30)) {
            let mut bounds = TextBounds::default();
            texts.iter().for_each(|text| bounds.add(text.as_bytes()));
            let (least, greatest) = bounds.bounds.unwrap();
            prop_assert_eq!(&least, texts.iter().min().unwrap().as_bytes());
            prop_assert_eq!(&greatest, texts.iter().max().unwrap().as_bytes());
        }
    }
}
