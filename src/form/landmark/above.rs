//! What stands above a title and belongs to its form.

use super::{Finder, HEADING_CELLS, Printed, inline, printed};
use crate::dump::{Cell, Dialect, Opens};
use crate::grammar::{FieldColumn, fold};
use std::ops::Range;

/// Cells before the first title among which words over a list of forms are looked for.
const LIST_CELLS: usize = 256;
/// Bytes of the longest words over a list.
const LONGEST_HEAD: usize = 48;

impl<'t> Finder<'_, '_, 't> {
    /// What stands above a title and belongs to its form: an annex line, and lines that hold nothing but the fields of a
    /// heading. Gives the first cell of it all and the annex.
    pub(super) fn above(
        &mut self,
        cells: &[Cell],
        floor: usize,
        title: usize,
        grammar: u16,
    ) -> (usize, Option<Printed<'t>>) {
        let floor = if floor == 0 { self.behind_list(cells, title) } else { floor };
        let (mut first, mut annex) = (title, None);
        for at in (floor..title).rev().take(HEADING_CELLS) {
            let text = self.grid.trimmed(&cells[at]);
            if text.is_empty() || (text.starts_with('[') && fold::trim(&fold::strip_marks(text)).is_empty()) {
                continue;
            }
            if self.ends_row(&cells[floor..=at]) {
                break;
            } else if annex.is_none() && self.is_annex(text) {
                annex = Some(printed(self.grid.text_of(&cells[at]), cells[at].line, 1));
            } else if !self.is_heading(text, grammar) {
                break;
            }
            first = at;
        }
        // What stands beside a title is a part of it, unless it may be figures.
        let lines_are_rows = !self.grid.dialect.loses_rows();
        let tags = self.grid.dialect == Dialect::Html;
        let beside = |first: usize| {
            cells[first - 1].line == cells[first].line && (!tags || cells[first].opens == Opens::Next)
        };
        while lines_are_rows && first > floor && beside(first) {
            if self.grid.text_of(&cells[first - 1]).contains(|c: char| c.is_ascii_digit()) {
                break;
            }
            first -= 1;
        }
        (first, annex)
    }

    /// Where a list of forms before the first title ends: with the first empty line below the words over it. What it lists is no
    /// heading of the form behind it. 0 where there is no list, or no empty line tells where it ends.
    fn behind_list(&self, cells: &[Cell], title: usize) -> usize {
        let above = &cells[title.saturating_sub(LIST_CELLS)..title];
        let heads = |cell: &Cell| {
            let text = self.grid.trimmed(cell);
            text.len() <= LONGEST_HEAD && self.grammars.labelling.heads_list(&fold::name(text))
        };
        let Some(head) = above.iter().rposition(heads) else { return 0 };
        let lines = &cells[title - (above.len() - head)..=title];
        let ends = lines.windows(2).position(|pair| pair[1].line > pair[0].last_line + 1);
        // Where empty lines part all of them, none ends the list.
        ends.filter(|&end| end > 0).map_or(0, |end| title - (above.len() - head) + end + 1)
    }

    /// The annex line that some templates print below the title instead, alone on its line.
    pub(super) fn below(&mut self, cells: &[Cell], at: usize) -> Option<Printed<'t>> {
        let cell = cells.get(at).filter(|cell| cell.opens != Opens::Next)?;
        let alone = cells.get(at + 1).is_none_or(|next| next.opens != Opens::Next);
        let annex = alone && self.is_annex(self.grid.trimmed(cell));
        annex.then(|| printed(self.grid.text_of(cell), cell.line, 1))
    }

    /// Whether the last of some cells stands behind others in a row: the form above ends with it, and its target may be a year.
    fn ends_row(&self, cells: &[Cell]) -> bool {
        if self.grid.dialect.loses_rows() {
            return false;
        }
        let behind = cells.iter().rev().take_while(|cell| cell.opens == Opens::Next).count();
        let begin = cells.len().saturating_sub(behind.min(HEADING_CELLS) + 1);
        let before = &cells[begin..cells.len() - 1];
        behind > 0 && before.iter().any(|cell| !self.grid.trimmed(cell).is_empty())
    }

    /// Whether a line holds fields of a heading and no others; a signature line belongs to the form before, and so does a target
    /// that is a day of some year.
    fn is_heading(&mut self, text: &str, grammar: u16) -> bool {
        let fields = inline::remembered(text, usize::from(grammar), self.grammars, self.memory);
        let dated = |(column, place): &(FieldColumn, Range<u32>)| {
            *column == FieldColumn::FiscalYear && inline::is_dated(&text[place.end as usize..], self.grammars)
        };
        !fields.is_empty()
            && !fields.iter().any(dated)
            && fields.iter().all(|(column, _)| {
                matches!(column, FieldColumn::ReportingOrg | FieldColumn::Unit | FieldColumn::FiscalYear)
            })
    }
}
