//! The grid: cells in reading order, as places in the text.

use super::Dialect;
use crate::grammar::fold;

/// What stands before a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A paragraph outside tables.
    Body,
    /// A cell that may be the first of its row.
    Row,
    /// A cell in the row of the one before it.
    Next,
}

/// A cell as a place in the text: bytes `start..end`, lines `line..=last_line` (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// First byte of the cell's text.
    pub start: u32,
    /// The byte behind its text.
    pub end: u32,
    /// The line (from 0) on which it begins.
    pub line: u32,
    /// The line (from 0) on which it ends.
    pub last_line: u32,
    /// What stands before it.
    pub opens: Opens,
    /// Whether the source quotes it, so that `""` inside means `"`.
    pub quoted: bool,
    /// Where its text begins and ends without the white space around it; equal where it is blank.
    pub(crate) trimmed: (u32, u32),
}

impl Cell {
    /// The cell over bytes `start..end` of `text` instead.
    pub(crate) fn over(self, text: &str, start: u32, end: u32) -> Cell {
        let (from, to) = fold::trimmed(text, start as usize, end as usize);
        Cell { start, end, trimmed: (from as u32, to as u32), ..self }
    }
}

/// A dump cut into cells. Texts are slices of the dump: nothing is copied.
#[derive(Clone, Debug)]
pub struct Grid<'t> {
    /// The whole dump, as it stands in its document.
    pub source: &'t str,
    /// The text that its cells are slices of: the dump itself, or a copy without what stands between and inside cells.
    pub text: &'t str,
    /// The dialect it was read in.
    pub dialect: Dialect,
    /// Its cells, in reading order.
    pub cells: Vec<Cell>,
    /// For each line of the dump, whether anything but white space stands on it.
    pub filled: Vec<bool>,
    /// Filled lines (from 0) on which nothing stands but what draws a table.
    pub drawn: Vec<u32>,
    /// Whether the line breaks of the text are those of the dump.
    pub keeps_breaks: bool,
    /// Whether cells were parted between which nothing stands in the dump, so that none of their figures is certain.
    pub parted: bool,
}

impl<'t> Grid<'t> {
    /// The cell's own text, untrimmed.
    pub fn text_of(&self, cell: &Cell) -> &'t str {
        #[cfg(test)]
        super::steps::add(1);
        &self.text[cell.start as usize..cell.end as usize]
    }

    /// The cell's text without the white space around it.
    pub(crate) fn trimmed(&self, cell: &Cell) -> &'t str {
        #[cfg(test)]
        super::steps::add(1);
        &self.text[cell.trimmed.0 as usize..cell.trimmed.1 as usize]
    }

    /// How many lines hold anything but white space.
    pub fn filled_lines(&self) -> usize {
        self.filled.iter().filter(|&&filled| filled).count()
    }
}

/// Collects cells while a reader walks the lines of a dump.
pub(super) struct GridBuilder<'t> {
    text: &'t str,
    pub(super) cells: Vec<Cell>,
    filled: Vec<bool>,
    drawn: Vec<u32>,
}

impl<'t> GridBuilder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // A cell a dozen bytes is what dense dumps come to; the vectors grow where a dump is denser.
        GridBuilder {
            text,
            cells: Vec::with_capacity(text.len() / 12),
            filled: Vec::with_capacity(text.len() / 10),
            drawn: Vec::new(),
        }
    }

    /// Notes the next line of the dump.
    pub(super) fn line(&mut self, line: &str) {
        self.filled.push(is_filled(line));
    }

    /// Notes the next line of the dump, and whether anything stands on it.
    pub(super) fn line_filled(&mut self, filled: bool) {
        self.filled.push(filled);
    }

    /// How many lines have been noted: the number of the next one, from 0.
    pub(super) fn lines(&self) -> u32 {
        self.filled.len() as u32
    }

    /// Notes that nothing stands on the line last noted but what parts cells.
    pub(super) fn drawn(&mut self) {
        self.drawn.push(self.current_line());
    }

    /// The line last noted, from 0.
    pub(super) fn current_line(&self) -> u32 {
        (self.filled.len() as u32).saturating_sub(1)
    }

    /// Whether the line last noted holds anything.
    pub(super) fn current_filled(&self) -> bool {
        self.filled.last().copied().unwrap_or(false)
    }

    /// Adds a cell that holds `slice`, a part of the line last noted.
    pub(super) fn open(&mut self, slice: &str, opens: Opens) {
        let start = self.offset(slice) as usize;
        let end = start + slice.len();
        self.push((start, end), self.trim(start, end), self.current_line(), opens);
    }

    /// Lets the last cell run to the end of `slice`, a part of the line last noted.
    pub(super) fn extend(&mut self, slice: &str) {
        let start = self.offset(slice) as usize;
        let end = start + slice.len();
        self.extend_to(end, self.trim(start, end), self.current_line());
    }

    /// Adds a cell over bytes `start..end`, given with the place of its trimmed text, on a line.
    #[inline]
    pub(super) fn push(
        &mut self,
        (start, end): (usize, usize),
        trimmed: (u32, u32),
        line: u32,
        opens: Opens,
    ) {
        let (start, end) = (start as u32, end as u32);
        self.cells.push(Cell { start, end, line, last_line: line, opens, quoted: false, trimmed });
    }

    /// Lets the last cell run to byte `end`, on a line; `trimmed` is the place of what is added to it, trimmed.
    #[inline]
    pub(super) fn extend_to(&mut self, end: usize, trimmed: (u32, u32), line: u32) {
        if let Some(cell) = self.cells.last_mut() {
            cell.end = end as u32;
            cell.last_line = line;
            if trimmed.0 < trimmed.1 {
                let begun = cell.trimmed.0 < cell.trimmed.1;
                cell.trimmed = (if begun { cell.trimmed.0 } else { trimmed.0 }, trimmed.1);
            }
        }
    }

    /// Where the text between two bytes stands without the white space around it.
    #[inline(always)]
    pub(super) fn trim(&self, start: usize, end: usize) -> (u32, u32) {
        let (start, end) = fold::trimmed(self.text, start, end);
        (start as u32, end as u32)
    }

    pub(super) fn finish(self, dialect: Dialect) -> Grid<'t> {
        Grid {
            source: self.text,
            text: self.text,
            dialect,
            cells: self.cells,
            filled: self.filled,
            drawn: self.drawn,
            keeps_breaks: true,
            parted: false,
        }
    }

    /// Where `slice` begins in the text it is a part of. Sources are capped far below 4 GiB.
    fn offset(&self, slice: &str) -> u32 {
        (slice.as_ptr() as usize - self.text.as_ptr() as usize) as u32
    }
}

/// Whether a line holds anything but white space; decided by its first byte in all but rare cases.
pub(super) fn is_filled(line: &str) -> bool {
    match line.bytes().find(|byte| !matches!(byte, b'\t' | b' ')) {
        None => false,
        // An ASCII graphic, or the lead of a CJK ideograph: nothing that could be white space.
        Some(b'!'..=b'~' | 0xe4..=0xe9) => true,
        Some(_) => line.chars().any(|c| !fold::is_space(c)),
    }
}
