//! Cells that are no slices of the dump: a dialect that breaks a cell over lines between its neighbours, or writes markup
//! into it, is copied to a text of its own in which every cell stands in one piece.

use super::Dialect;
use super::absent::is_absent;
use super::grid::{Cell, Grid, Opens, is_filled};
use crate::source::Kept;

/// Collects copied cells while a reader walks the lines of a dump.
pub(super) struct CopyBuilder<'t> {
    source: &'t str,
    text: String,
    cells: Vec<Cell>,
    filled: Vec<bool>,
    drawn: Vec<u32>,
}

impl<'t> CopyBuilder<'t> {
    pub fn new(source: &'t str) -> Self {
        CopyBuilder {
            source,
            text: String::with_capacity(source.len()),
            cells: Vec::with_capacity(source.len() / 24),
            filled: Vec::with_capacity(source.len() / 40),
            drawn: Vec::new(),
        }
    }

    /// Notes the next line of the dump and gives its number, from 0.
    pub fn line(&mut self, line: &str) -> u32 {
        self.filled.push(is_filled(line));
        self.filled.len() as u32 - 1
    }

    /// Notes that nothing stands on a line but what draws a table.
    pub fn drawn(&mut self, line: u32) {
        if self.filled.get(line as usize) == Some(&true) {
            self.drawn.push(line);
        }
    }

    /// Adds a cell with `text` that stands on the lines `first..=last` (from 0).
    pub fn cell(&mut self, text: &str, (first, last): (u32, u32), opens: Opens) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        let cell =
            Cell { start, end, line: first, last_line: last, opens, quoted: false, trimmed: (start, end) };
        self.cells.push(cell.over(&self.text, start, end));
        // A break between cells, so that two that are read together stay apart.
        self.text.push('\n');
    }

    /// Adds a paragraph outside tables.
    pub fn body(&mut self, text: &str, line: u32) {
        if is_filled(text) {
            self.cell(text, (line, line), Opens::Body);
        }
    }

    /// Adds a row of cells that stand on the same lines.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S], lines: (u32, u32)) {
        let cells: Vec<(&str, (u32, u32))> = cells.iter().map(|cell| (cell.as_ref(), lines)).collect();
        self.row_of(&cells);
    }

    /// Adds a row of cells, each with its lines; one that says the same in each of its cells is one cell, merged over all
    /// columns.
    pub fn row_of<S: AsRef<str>>(&mut self, cells: &[(S, (u32, u32))]) {
        let cells = if says_one_thing(cells) { &cells[..1] } else { cells };
        if cells.iter().all(|(cell, _)| !is_filled(said(cell))) {
            cells.iter().for_each(|&(_, (first, last))| (first..=last).for_each(|line| self.drawn(line)));
        }
        for (nth, (text, lines)) in cells.iter().enumerate() {
            self.cell(said(text), *lines, if nth == 0 { Opens::Row } else { Opens::Next });
        }
    }

    pub fn finish(self, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
        let CopyBuilder { source, text, cells, filled, drawn } = self;
        Grid {
            source,
            text: kept.keep(text),
            dialect,
            cells,
            filled,
            drawn,
            keeps_breaks: false,
            parted: false,
        }
    }
}

/// What a cell says: nothing, where a program printed a word for an empty one.
fn said<S: AsRef<str>>(cell: &S) -> &str {
    let text = cell.as_ref();
    if is_absent(text.trim()) { "" } else { text }
}

/// Whether a row is one cell merged over all columns: repeated, or followed by blanks. Figures are never taken for that.
fn says_one_thing<S: AsRef<str>>(cells: &[(S, (u32, u32))]) -> bool {
    let Some((first, others)) = cells.split_first() else { return false };
    let first = said(&first.0).trim();
    let figure = first.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation() || b == b' ');
    let mut others = others.iter().map(|other| said(&other.0).trim());
    !figure && others.all(|other| other.is_empty() || other == first)
}
