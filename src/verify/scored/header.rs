//! Headers in a source, and the cells under them: how far apart two headers stand is how far apart the cells of a row
//! under them do.

use super::super::labels;
use super::super::place::Placed;
use super::super::rows::Indicator;
use super::Scored;
use crate::grammar::{Holds, Role, fold};

/// Cells that a row of these forms has at most.
pub(super) const WIDEST: usize = 24;
/// Bytes that a header has at most.
const LONGEST: usize = 300;

impl Scored<'_, '_, '_> {
    /// How many cells behind a scored line's name a column of it stands, by the header above.
    pub(super) fn offset(&self, row: &Indicator, holds: Holds) -> Option<isize> {
        let from = self.sheet.pieces(row.line).first()?.cell;
        let name = self.header(from, |held| held == Holds::Level3)?;
        self.beside(name, holds)
    }

    /// The nearest cell before `from` that heads a column.
    fn header(&self, from: usize, wanted: impl Fn(Holds) -> bool) -> Option<usize> {
        let first = self.sheet.pieces(self.form.row.line).first()?.cell;
        (first..from).rev().find(|&cell| self.heads(cell).into_iter().any(|(_, holds)| wanted(holds)))
    }

    /// How far from a header cell the header of another column of its block stands.
    fn beside(&self, name: usize, wanted: Holds) -> Option<isize> {
        let blocks: Vec<u8> = self.heads(name).into_iter().map(|(block, _)| block).collect();
        let is = |cell: usize| {
            self.heads(cell).into_iter().any(|(block, holds)| blocks.contains(&block) && holds == wanted)
        };
        let behind = (1..=WIDEST).find(|&by| is(name + by)).map(|by| by as isize);
        let before = || (1..=WIDEST.min(name)).find(|&by| is(name - by)).map(|by| -(by as isize));
        behind.or_else(before)
    }

    /// What columns a cell may head.
    fn heads(&self, cell: usize) -> Vec<(u8, Holds)> {
        let text = self.sheet.cell(cell);
        if text.len() > LONGEST {
            return Vec::new();
        }
        let found = labels::label(self.form, self.grammars, text);
        let roles = found.map_or(&[][..], |found| found.roles);
        let column = |role: &Role| match role {
            Role::Column { block, column } => {
                let of = &self.form.grammar.blocks[usize::from(*block)];
                Some((*block, of.columns[usize::from(*column)].holds))
            }
            _ => None,
        };
        roles.iter().filter_map(column).collect()
    }

    /// The cell under a header in the row of the scored line at a source line.
    pub(super) fn under(&self, line: i32, holds: Holds) -> Option<usize> {
        let row = *self.form.scored_at(line).first()?;
        let row = self.form.indicators[row];
        if row.kind != "execution" {
            let name = self.begins(row).filter(|_| row.level3.is_some())?;
            return name.checked_add_signed(self.offset(row, holds)?);
        }
        // The execution line is the row of a matrix; one of its figures and that figure's header measure the distance.
        let begin = self.begins(row)?;
        let in_row = |placed: &&Placed<'_>| placed.cell >= begin && placed.line < self.next_begin(row.line);
        let figure = self.placed.iter().filter(in_row).find(|placed| placed.label.is_some())?;
        let label = figure.label?;
        let first = self.sheet.pieces(self.form.row.line).first()?.cell;
        let name = (first..figure.cell).rev().find(|&cell| fold::name(self.sheet.cell(cell)) == label)?;
        figure.cell.checked_add_signed(self.beside(name, holds)?)
    }

    fn next_begin(&self, line: i32) -> i32 {
        let next = self.form.indicators.iter().map(|row| row.line).filter(|&other| other > line).min();
        next.unwrap_or(self.form.row.line_last + 1)
    }
}
