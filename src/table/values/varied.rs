//! Values that seldom stand in two rows: neither compared nor hashed, but laid behind each other.

use super::{ROOM, room_of};

/// What stands for no value where a text's length is expected.
const NO_TEXT: u32 = u32::MAX;
/// What stands for no value where a number is expected: one of 19 digits, and the contract's have at most 18.
const NO_NUMBER: i64 = i64::MIN;

/// Texts, of less than 4 GiB together.
#[derive(Clone, Debug)]
pub(crate) struct VariedTexts {
    text: Vec<u8>,
    /// One a row; `NO_TEXT` for a row without a value.
    lengths: Vec<u32>,
}

impl Default for VariedTexts {
    fn default() -> Self {
        VariedTexts { text: Vec::with_capacity(ROOM * 8), lengths: Vec::with_capacity(ROOM) }
    }
}

impl VariedTexts {
    /// Takes all rows out, and keeps their room.
    pub fn clear(&mut self) {
        self.text.clear();
        self.lengths.clear();
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<&str>) {
        let Some(value) = value else { return self.lengths.push(NO_TEXT) };
        self.text.extend_from_slice(value.as_bytes());
        self.lengths.push(value.len() as u32);
    }

    /// The lengths of the texts from row `from` on; `None` for rows without a value.
    pub fn lengths(&self, from: usize) -> impl Iterator<Item = Option<u32>> {
        let lengths = self.lengths.get(from..).unwrap_or_default();
        lengths.iter().map(|&length| (length != NO_TEXT).then_some(length))
    }

    /// All texts behind each other, in UTF-8.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Bytes that it may grow to without asking for room.
    pub fn room(&self) -> usize {
        self.text.capacity() + room_of(&self.lengths)
    }

    pub fn rows(&self) -> usize {
        self.lengths.len()
    }

    pub fn values(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let mut rest = self.text.as_slice();
        self.lengths(0).map(move |length| {
            let (value, behind) = rest.split_at(length? as usize);
            rest = behind;
            Some(value)
        })
    }
}

/// Numbers of at most 18 digits.
#[derive(Clone, Debug)]
pub(crate) struct VariedNumbers {
    /// `NO_NUMBER` for a row without a value.
    numbers: Vec<i64>,
}

impl Default for VariedNumbers {
    fn default() -> Self {
        VariedNumbers { numbers: Vec::with_capacity(ROOM) }
    }
}

impl VariedNumbers {
    /// Takes all rows out, and keeps their room.
    pub fn clear(&mut self) {
        self.numbers.clear();
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<i64>) {
        self.numbers.push(value.unwrap_or(NO_NUMBER));
    }

    /// The numbers from row `from` on; `None` for rows without a value.
    pub fn from(&self, from: usize) -> impl Iterator<Item = Option<i64>> {
        let numbers = self.numbers.get(from..).unwrap_or_default();
        numbers.iter().map(|&number| (number != NO_NUMBER).then_some(number))
    }

    /// Bytes that it may grow to without asking for room.
    pub fn room(&self) -> usize {
        room_of(&self.numbers)
    }

    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    pub fn values(&self) -> impl Iterator<Item = Option<i64>> {
        self.from(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_values() {
        let given = [Some("甲乙"), None, Some(""), Some("甲乙"), None];
        let mut texts = VariedTexts::default();
        given.iter().for_each(|value| texts.push(*value));
        assert!(texts.values().eq(given.map(|value| value.map(str::as_bytes))));
        assert!(texts.lengths(2).eq([Some(0), Some(6), None]));
        let given = [Some(0), None, Some(-999_999_999_999_999_999), Some(0)];
        let mut numbers = VariedNumbers::default();
        given.iter().for_each(|value| numbers.push(*value));
        assert!(numbers.values().eq(given));
        assert_eq!((texts.rows(), numbers.rows()), (5, 4));
    }
}
