//! A column's values as runs of equal neighbours: hundreds of rows in a row share their form, document and department,
//! and whoever encodes a run once need not look at its rows.

use std::sync::Arc;

use arrow_array::builder::{StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, Int32Array, Int64Array};

use super::column::ColumnType;

/// A column's values, in the order of their rows.
#[derive(Clone, Debug)]
pub(crate) enum Runs {
    /// Of a column of text or words.
    Text(TextRuns),
    /// Of any other column: integers, days since 1970-01-01, or the digits of a decimal at its column's scale.
    Number(NumberRuns),
}

impl Runs {
    /// How many rows the runs come to.
    pub fn rows(&self) -> usize {
        match self {
            Runs::Text(runs) => runs.runs.iter().map(|run| run.rows as usize).sum(),
            Runs::Number(runs) => runs.runs.iter().map(|run| run.rows as usize).sum(),
        }
    }

    /// The column as an Arrow array of its own type.
    pub fn array(&self, kind: ColumnType) -> ArrayRef {
        match self {
            Runs::Text(runs) => runs.array(kind),
            Runs::Number(runs) => runs.array(kind),
        }
    }
}

/// Runs of text; the texts lie behind each other in one buffer of less than 4 GiB.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextRuns {
    text: Vec<u8>,
    runs: Vec<TextRun>,
    /// Where the last few distinct texts lie: a column of few words repeats them in turn.
    lately: [(u32, u32); LATELY],
    next: usize,
}

/// How many texts are remembered.
const LATELY: usize = 4;

#[derive(Clone, Copy, Debug)]
struct TextRun {
    /// Where its text lies; `None` for rows without a value.
    place: Option<(u32, u32)>,
    rows: u32,
}

impl TextRuns {
    /// Adds a row.
    pub fn push(&mut self, value: Option<&str>) {
        if let Some(last) = self.runs.last_mut()
            && last.place.map(|place| text_at(&self.text, place)) == value.map(str::as_bytes)
        {
            last.rows += 1;
            return;
        }
        let place = value.map(|value| self.place(value.as_bytes()));
        self.runs.push(TextRun { place, rows: 1 });
    }

    fn place(&mut self, value: &[u8]) -> (u32, u32) {
        let is_value = |&&place: &&(u32, u32)| text_at(&self.text, place) == value;
        if let Some(&place) = self.lately.iter().find(is_value) {
            return place;
        }
        let start = self.text.len() as u32;
        self.text.extend_from_slice(value);
        let place = (start, self.text.len() as u32);
        self.lately[self.next % LATELY] = place;
        self.next += 1;
        place
    }

    /// Whether the row before has this value.
    pub fn is_last(&self, value: &str) -> bool {
        let place = self.runs.last().and_then(|run| run.place);
        place.is_some_and(|place| text_at(&self.text, place) == value.as_bytes())
    }

    /// Adds a row with the value of the row before; without one, a row without a value.
    pub fn repeat(&mut self) {
        match self.runs.last_mut() {
            Some(last) => last.rows += 1,
            None => self.push(None),
        }
    }

    /// The value of a run, in UTF-8, and how many rows have it.
    pub fn get(&self, run: usize) -> Option<(Option<&[u8]>, u32)> {
        let run = self.runs.get(run)?;
        Some((run.place.map(|place| text_at(&self.text, place)), run.rows))
    }

    fn array(&self, kind: ColumnType) -> ArrayRef {
        // Only whole strings were pushed.
        let text = |value| std::str::from_utf8(value).unwrap_or_default();
        let rows = (0..).map_while(|run| self.get(run)).map(|(value, rows)| (value.map(text), rows));
        if kind == ColumnType::Word {
            let mut words = StringDictionaryBuilder::<Int32Type>::new();
            rows.for_each(|(value, rows)| (0..rows).for_each(|_| words.append_option(value)));
            return Arc::new(words.finish());
        }
        let mut texts = StringBuilder::new();
        rows.for_each(|(value, rows)| (0..rows).for_each(|_| texts.append_option(value)));
        Arc::new(texts.finish())
    }
}

fn text_at(text: &[u8], (start, end): (u32, u32)) -> &[u8] {
    &text[start as usize..end as usize]
}

/// Runs of numbers. Every number of the contract has at most 18 digits.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberRuns {
    runs: Vec<NumberRun>,
}

#[derive(Clone, Copy, Debug)]
struct NumberRun {
    value: Option<i64>,
    rows: u32,
}

impl NumberRuns {
    /// Adds a row.
    pub fn push(&mut self, value: Option<i64>) {
        match self.runs.last_mut() {
            Some(last) if last.value == value => last.rows += 1,
            _ => self.runs.push(NumberRun { value, rows: 1 }),
        }
    }

    /// The value of a run and how many rows have it.
    pub fn get(&self, run: usize) -> Option<(Option<i64>, u32)> {
        self.runs.get(run).map(|run| (run.value, run.rows))
    }

    fn array(&self, kind: ColumnType) -> ArrayRef {
        let rows = self.runs.iter().flat_map(|run| std::iter::repeat_n(run.value, run.rows as usize));
        // What was pushed came from an `i32` wherever the column is one.
        let narrow = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        match kind {
            ColumnType::Date => Arc::new(rows.map(narrow).collect::<Date32Array>()),
            ColumnType::Int64 => Arc::new(rows.collect::<Int64Array>()),
            ColumnType::Decimal(_) => {
                let digits: Decimal128Array = rows.map(|value| value.map(i128::from)).collect();
                Arc::new(digits.with_data_type(kind.arrow()))
            }
            ColumnType::Int32 | ColumnType::Text | ColumnType::Word => {
                Arc::new(rows.map(narrow).collect::<Int32Array>())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_are_one_run() {
        let mut texts = TextRuns::default();
        for value in [Some("甲"), Some("甲"), None, None, Some(""), Some("甲")] {
            texts.push(value);
        }
        let runs: Vec<_> = (0..).map_while(|run| texts.get(run)).collect();
        let text = "甲".as_bytes();
        assert_eq!(runs, [(Some(text), 2), (None, 2), (Some(&[][..]), 1), (Some(text), 1)]);
        let mut numbers = NumberRuns::default();
        for value in [Some(1), Some(1), None, Some(0)] {
            numbers.push(value);
        }
        let runs: Vec<_> = (0..).map_while(|run| numbers.get(run)).collect();
        assert_eq!(runs, [(Some(1), 2), (None, 1), (Some(0), 1)]);
    }
}
