//! Headers in a source, and the cells under them: how far apart two headers stand is how far apart the cells of a row
//! under them do.

use super::super::form::FormRows;
use super::super::labels;
use super::super::place::Placed;
use super::super::rows::Indicator;
use super::super::sheet::Sheet;
use super::Scored;
use crate::grammar::{Grammars, Holds, Role, fold};
use std::collections::BTreeMap;

/// Cells that a row of these forms has at most.
pub(super) const WIDEST: usize = 24;
/// Bytes that a header has at most.
const LONGEST: usize = 300;

/// The cells of a form that head columns, each with the blocks and what their columns hold.
pub(super) type Headers = BTreeMap<usize, Vec<(u8, Holds)>>;

/// Every header of a form: each cell is looked up once.
pub(super) fn headers(form: &FormRows<'_>, sheet: &Sheet<'_>, grammars: &Grammars) -> Headers {
    let first = sheet.pieces(form.row.line).first().map_or(0, |piece| piece.cell);
    let last = sheet.pieces(form.row.line_last).last().map_or(0, |piece| piece.cell);
    let column = |role: &Role| match role {
        Role::Column { block, column } => {
            let of = &form.grammar.blocks[usize::from(*block)];
            Some((*block, of.columns[usize::from(*column)].holds))
        }
        _ => None,
    };
    let heads = |cell: usize| {
        let text = Some(sheet.cell(cell)).filter(|text| text.len() <= LONGEST)?;
        let heads: Vec<(u8, Holds)> =
            labels::label(form, grammars, text)?.roles.iter().filter_map(column).collect();
        (!heads.is_empty()).then_some((cell, heads))
    };
    (first..=last).filter_map(heads).collect()
}

impl Scored<'_, '_, '_> {
    /// How many cells behind a scored line's name a column of it stands, by the header above.
    pub(super) fn offset(&self, row: &Indicator, holds: Holds) -> Option<isize> {
        let from = self.sheet.pieces(row.line).first()?.cell;
        let name = self.header(from, |held| held == Holds::Level3)?;
        let by = self.beside(name, holds)?;
        // In a header of two rows a target has a label in each, and labels of the first stand before those of the second:
        // how far they lie apart says nothing of the cells below.
        let targets = self
            .headers
            .range(name..=name + WIDEST)
            .filter(|(_, heads)| heads.iter().any(|(_, held)| *held == Holds::Target));
        (by > 0 && targets.count() < 2).then_some(by)
    }

    /// The nearest cell before `from` that heads a column.
    fn header(&self, from: usize, wanted: impl Fn(Holds) -> bool) -> Option<usize> {
        let before = self.headers.range(..from).rev();
        before
            .into_iter()
            .find(|(_, heads)| heads.iter().any(|(_, holds)| wanted(*holds)))
            .map(|(cell, _)| *cell)
    }

    /// How far from a header cell the header of another column of its block stands.
    fn beside(&self, name: usize, wanted: Holds) -> Option<isize> {
        let blocks: Vec<u8> = self.heads(name).iter().map(|(block, _)| *block).collect();
        let is = |cell: usize| {
            self.heads(cell).iter().any(|(block, holds)| blocks.contains(block) && *holds == wanted)
        };
        let behind = (1..=WIDEST).find(|&by| is(name + by)).map(|by| by as isize);
        let before = || (1..=WIDEST.min(name)).find(|&by| is(name - by)).map(|by| -(by as isize));
        behind.or_else(before)
    }

    /// What columns a cell may head.
    fn heads(&self, cell: usize) -> &[(u8, Holds)] {
        self.headers.get(&cell).map_or(&[], Vec::as_slice)
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
