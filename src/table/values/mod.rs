//! A column's values under construction, as whoever encodes them needs them: runs of equal neighbours where values come
//! again (hundreds of rows in a row share their form, document and department), and the bare values behind each other
//! where they seldom do.

mod fixed;
mod runs;
mod varied;

use arrow_array::ArrayRef;

pub(crate) use fixed::FixedRuns;
pub(crate) use runs::{NumberRuns, Run, TextRuns};
pub(crate) use varied::{VariedNumbers, VariedTexts};

use super::column::ColumnType;

/// Room that a column begins with, in rows. A batch has some hundred rows of a year, and a column that began with none
/// would move its values seven times until it holds those.
const ROOM: usize = 128;

/// Bytes of the room that a list has.
fn room_of<T>(list: &Vec<T>) -> usize {
    list.capacity() * size_of::<T>()
}

/// A column's values, in the order of their rows.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// Of a column of text or words that come again.
    Text(TextRuns),
    /// Of a column of text that seldom stands in two rows.
    VariedText(VariedTexts),
    /// Of a column of numbers that come again: integers, days since 1970-01-01, or the digits of a decimal at its
    /// column's scale.
    Number(NumberRuns),
    /// The same of a column of numbers that seldom stand in two rows.
    VariedNumber(VariedNumbers),
}

impl Values {
    /// How many rows they are of.
    pub fn rows(&self) -> usize {
        match self {
            Values::Text(texts) => texts.rows(),
            Values::VariedText(texts) => texts.rows(),
            Values::Number(numbers) => numbers.rows(),
            Values::VariedNumber(numbers) => numbers.rows(),
        }
    }

    /// Bytes that they may grow to without asking for room.
    pub fn room(&self) -> usize {
        match self {
            Values::Text(texts) => texts.room(),
            Values::VariedText(texts) => texts.room(),
            Values::Number(numbers) => numbers.room(),
            Values::VariedNumber(numbers) => numbers.room(),
        }
    }

    /// Takes all values out, and keeps their room.
    pub fn clear(&mut self) {
        match self {
            Values::Text(texts) => texts.clear(),
            Values::VariedText(texts) => texts.clear(),
            Values::Number(numbers) => numbers.clear(),
            Values::VariedNumber(numbers) => numbers.clear(),
        }
    }

    /// The column as an Arrow array of its own type.
    pub fn array(&self, kind: ColumnType) -> ArrayRef {
        match self {
            Values::Text(texts) => arrays::texts(texts.values(), kind),
            Values::VariedText(texts) => arrays::texts(texts.values(), kind),
            Values::Number(numbers) => arrays::numbers(numbers.values(), kind),
            Values::VariedNumber(numbers) => arrays::numbers(numbers.values(), kind),
        }
    }
}

/// Values as Arrow arrays, for the library's callers.
mod arrays {
    use std::sync::Arc;

    use arrow_array::builder::{StringBuilder, StringDictionaryBuilder};
    use arrow_array::types::Int32Type;
    use arrow_array::{ArrayRef, Date32Array, Decimal128Array, Int32Array, Int64Array};

    use crate::table::column::ColumnType;

    pub fn texts<'a>(values: impl Iterator<Item = Option<&'a [u8]>>, kind: ColumnType) -> ArrayRef {
        // Only whole strings were pushed.
        let values = values.map(|value| value.map(|value| std::str::from_utf8(value).unwrap_or_default()));
        if kind == ColumnType::Word {
            let mut words = StringDictionaryBuilder::<Int32Type>::new();
            values.for_each(|value| words.append_option(value));
            return Arc::new(words.finish());
        }
        let mut texts = StringBuilder::new();
        values.for_each(|value| texts.append_option(value));
        Arc::new(texts.finish())
    }

    pub fn numbers(values: impl Iterator<Item = Option<i64>>, kind: ColumnType) -> ArrayRef {
        // What was pushed came from an `i32` wherever the column is one.
        let narrow = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        match kind {
            ColumnType::Date => Arc::new(values.map(narrow).collect::<Date32Array>()),
            ColumnType::Int64 => Arc::new(values.collect::<Int64Array>()),
            ColumnType::Decimal(_) => {
                let digits: Decimal128Array = values.map(|value| value.map(i128::from)).collect();
                Arc::new(digits.with_data_type(kind.arrow()))
            }
            ColumnType::Int32 | ColumnType::Text | ColumnType::Word => {
                Arc::new(values.map(narrow).collect::<Int32Array>())
            }
        }
    }
}
