//! Figures and the words behind them, which some programs part with a space: `62 台`, `2022 年 12 月底前`, `2021 年决算数`.

use super::Token;
use crate::dump::{Cell, Dialect, Grid, Opens};
use crate::form::label::{Sight, is_figure};
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::{BlockKind, Holds, Kinds};

/// Words of a date behind its first figure, and more.
const LONGEST_DATE: usize = 6;

/// Digits of a year.
const YEAR: usize = 4;

/// For each place at which a digit touches Chinese text, as many at which a space stands between, where that is no sign of a cell's end.
const PARTED: usize = 4;

/// Characters of a form that are looked at for that.
const LONGEST_LOOK: usize = 8_192;

/// Whether a dump parts digits from the Chinese text behind them with a space, as pdftotext does.
pub(in crate::form) fn parts_digits(grid: &Grid<'_>, cells: &[Slot<'_>]) -> bool {
    let Some(first) = cells.first().filter(|_| grid.dialect == Dialect::Words) else { return false };
    let text = &grid.text[first.cell.start as usize..];
    let (mut parted, mut touching) = (0, 0);
    let mut before = [' '; 2];
    for c in text.chars().take(LONGEST_LOOK) {
        if c.is_alphabetic() && c > '\u{2e7f}' {
            touching += usize::from(before[1].is_ascii_digit());
            parted += usize::from(before[1] == ' ' && before[0].is_ascii_digit());
        }
        before = [before[1], c];
    }
    parted > touching * PARTED
}

impl<'g> Rows<'_, 'g, '_> {
    /// Notes whether figures take in measure words: among scored lines, unless units stand in a column of their own.
    pub(super) fn note_units(&mut self, expected: &Expected) {
        let lines = expected.kind == Some(BlockKind::ScoredLines);
        let apart = || expected.place(|holds| holds == Holds::TargetUnit).is_some();
        self.joins_measures = self.parts_digits && lines && !apart();
    }

    /// A figure with the measure word that a space parts from it, on one line: both are one cell. A date goes on with its month
    /// and day, and a year with the label that it begins.
    pub(super) fn with_measure(&mut self, mut slot: Slot<'g>, mut next: usize) -> Token<'g> {
        if !self.parts_digits {
            return (slot, next);
        }
        if self.grid.trimmed(&slot.cell).len() == YEAR && self.word_of(&slot, next).is_some() {
            let whole = self.joined(&slot, next);
            let sight = self.looker.look(self.grid, &whole.cell);
            if sight.has(Kinds::COLUMN) {
                return (Slot { sight, ..whole }, next + 1);
            }
        }
        for _ in 0..LONGEST_DATE {
            if !self.joins_measures || !self.goes_on_behind(&slot, next) {
                break;
            }
            slot = self.joined(&slot, next);
            next += 1;
        }
        (slot, next)
    }

    /// Whether the word at a place goes on with the figure before it.
    fn goes_on_behind(&self, slot: &Slot<'g>, next: usize) -> bool {
        let text = self.grid.trimmed(&slot.cell);
        let Some(word) = self.word_of(slot, next) else { return false };
        if text.ends_with(|c: char| c.is_ascii_digit()) {
            return self.looker.is_measure(word) || self.looker.is_day(word);
        }
        let part = word.len() <= 2 && is_figure(word) && text.contains(|c: char| c.is_ascii_digit());
        let behind = part.then(|| self.word_of(slot, next + 1)).flatten();
        behind.is_some_and(|behind| self.looker.is_day(behind))
    }

    /// A cell with the one behind it.
    fn joined(&self, slot: &Slot<'g>, next: usize) -> Slot<'g> {
        let end = self.cells[next].cell.end;
        let whole = Cell { last_line: slot.cell.last_line, ..slot.cell };
        let cell = whole.over(self.grid.text, slot.cell.start, end);
        Slot { cell, sight: Sight { end: cell.trimmed.1, ..slot.sight } }
    }

    /// The word at a place on the line of a cell, if it is no label.
    fn word_of(&self, slot: &Slot<'g>, at: usize) -> Option<&str> {
        let word = &self.cells.get(at)?;
        let same = word.cell.opens == Opens::Next && word.cell.line == slot.cell.line;
        (same && word.sight.label.is_none()).then(|| self.grid.trimmed(&word.cell))
    }
}
