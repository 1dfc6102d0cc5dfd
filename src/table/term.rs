//! Texts of rows that may be known by a number, so that a column need not read them again.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

/// A text of a row. Two with the same number are the same text; one without a number is known by its letters alone.
#[derive(Clone, Copy, Debug)]
pub struct Term<'a> {
    /// What the text lies in. It is taken out only where it is asked for: most terms are known by their numbers.
    within: &'a str,
    start: u32,
    end: u32,
    /// 0 for none.
    number: u64,
}

impl<'a> Term<'a> {
    /// A text in a place of a longer one, of less than 4 GiB, that is known by a number in a series.
    pub(crate) fn known(within: &'a str, place: Range<u32>, series: Series, number: u32) -> Self {
        Term { within, start: place.start, end: place.end, number: series.0 << 32 | u64::from(number) }
    }

    /// The text.
    pub fn as_str(self) -> &'a str {
        match self.number {
            0 => self.within,
            _ => &self.within[self.start as usize..self.end as usize],
        }
    }

    /// Its number, 0 for none.
    pub(crate) fn number(self) -> u64 {
        self.number
    }
}

impl<'a> From<&'a str> for Term<'a> {
    fn from(text: &'a str) -> Self {
        Term { within: text, start: 0, end: 0, number: 0 }
    }
}

/// Numbers for texts that nobody else in the process gives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Series(u64);

impl Series {
    /// A series that nobody has.
    pub fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        // Nothing but the number itself is told from thread to thread. After four thousand million of them the upper half of a term's
        // number begins anew, long after the batches that knew the first ones are written.
        Series(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl Default for Series {
    fn default() -> Self {
        Series::new()
    }
}
