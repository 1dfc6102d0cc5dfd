//! A line of a matrix: its label, and figures under the header's columns or behind the label in its own cell.

use super::{Binder, Open, is_overfull};
use crate::form::label::is_figure;
use crate::form::row::Slot;
use crate::form::{Figure, Item, Loose, Printed, ScoredLine};
use crate::grammar::{Found, Holds, Role, fold};

/// Where a row's label was found.
struct Labelled<'g> {
    at: usize,
    found: Option<Found<'g>>,
    row: Option<u16>,
}

impl<'g, 't> Binder<'_, 'g, 't> {
    pub(super) fn bind_item(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(open) = self.open.clone() else { return false };
        self.note_corner(row, &open);
        let block = &self.grammar.blocks[usize::from(open.block)];
        if block.inline.is_some() && self.bind_inline_items(row, &open) {
            return true;
        }
        let label = self.label_of(row, &open);
        let Some(shift) = self.shift_of(row, &open, label.as_ref()) else { return false };
        let item = match label {
            Some(label) => {
                let known = label.row.or_else(|| self.free_row(&open));
                self.push_item(&open, known, self.printed(row, label.at), label.found)
            }
            None => match block.bare_row {
                Some(bare) => self.push_item(&open, Some(bare), None, None),
                None => return false,
            },
        };
        self.bind_figures(row, &open, item, shift);
        true
    }

    /// The corner label may stand in the first row under the header instead of in it.
    fn note_corner(&mut self, row: &[Slot<'g>], open: &Open<'t>) {
        let at = row.iter().position(|slot| slot.sight.is(|role| *role == Role::Opens(open.block)));
        let Some(at) = at else { return };
        let printed = self.printed(row, at);
        let unit = row[at].sight.label.and_then(|label| label.unit);
        let section = &mut self.form.sections[open.section as usize];
        if section.corner.is_none() {
            section.corner = printed;
            section.unit = unit;
        }
    }

    /// The label nearest before the first column; a label the block knows wins over one it does not.
    fn label_of(&self, row: &[Slot<'g>], open: &Open<'t>) -> Option<Labelled<'g>> {
        let known = row.iter().enumerate().find_map(|(at, slot)| {
            let row = slot.sight.roles().iter().find_map(|role| match role {
                Role::Row { block, row } if *block == open.block => Some(*row),
                _ => None,
            })?;
            Some(Labelled { at, found: slot.sight.label, row: Some(row) })
        });
        known.or_else(|| {
            // Where a column's header was not understood, its figure stands between the label and the first column.
            let is_figure = |at: usize| self.printed(row, at).is_some_and(|printed| is_figure(printed.text));
            let unknown =
                |at: &usize| !row[*at].sight.blank && row[*at].sight.label.is_none() && !is_figure(*at);
            let at = (0..open.first.min(row.len())).rev().find(unknown)?;
            Some(Labelled { at, found: None, row: None })
        })
    }

    /// By how much a row is shorter at its start than a full one. `None` where it is no row of this section.
    fn shift_of(&self, row: &[Slot<'g>], open: &Open<'t>, label: Option<&Labelled<'g>>) -> Option<isize> {
        if row.len() == open.width {
            return Some(0);
        }
        // Only a label that the block knows tells where the columns of a misshapen row are.
        let label = label.filter(|label| label.row.is_some())?;
        Some(open.first as isize - 1 - label.at as isize)
    }

    /// The free row that the last known row allows below itself.
    fn free_row(&self, open: &Open<'t>) -> Option<u16> {
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        let last = open.last_row?;
        let free = rows.iter().position(|row| row.free && row.within == Some(last)).map(|at| at as u16);
        free.or_else(|| rows[usize::from(last)].free.then_some(last))
    }

    fn push_item(
        &mut self,
        open: &Open<'t>,
        row: Option<u16>,
        label: Option<Printed<'t>>,
        found: Option<Found<'g>>,
    ) -> u32 {
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        let within = row.and_then(|row| rows[usize::from(row)].within);
        let parent = within.and_then(|within| self.latest[usize::from(within)]);
        self.form.items.push(Item {
            section: open.section,
            row,
            label,
            unit: found.and_then(|found| found.unit),
            parent,
            overfull: false,
        });
        if let Some(row) = row {
            self.latest[usize::from(row)] = Some(self.form.items.len() as u32 - 1);
        }
        if let Some(open) = &mut self.open {
            open.last_row = row;
        }
        self.filled_blocks[usize::from(open.block)] = true;
        self.form.items.len() as u32 - 1
    }

    fn bind_figures(&mut self, row: &[Slot<'g>], open: &Open<'t>, item: u32, shift: isize) {
        let mut used = vec![false; row.len()];
        let overfull = is_overfull(row, open.width, shift);
        self.form.items[item as usize].overfull |= overfull;
        let mut line = ScoredLine { execution: true, overfull, ..ScoredLine::default() };
        for nth in 0..self.form.sections[open.section as usize].columns.len() {
            let header = &self.form.sections[open.section as usize].columns[nth];
            let (column, place) = (usize::from(header.column), header.place);
            let Some(at) = place.checked_add_signed(-shift) else { continue };
            let Some(printed) = self.printed(row, at) else { continue };
            used[at] = true;
            let holds = self.grammar.blocks[usize::from(open.block)].columns[column].holds;
            if matches!(holds, Holds::Weight | Holds::Score) {
                self.form.loose.push(Loose { item, place, printed });
            }
            match holds {
                Holds::Weight => line.weight = Some(printed),
                Holds::Score => line.score = Some(printed),
                holds => {
                    if holds == Holds::Ratio {
                        line.actual = Some(printed);
                    }
                    self.form.figures.push(Figure { item, header: Some(nth as u32), printed });
                }
            }
        }
        self.bind_execution(open, item, line);
        self.report_unbound(row, open, item, &used, shift);
    }

    /// The weight and score on a matrix's line are those of the form's execution line.
    fn bind_execution(&mut self, open: &Open<'t>, item: u32, line: ScoredLine<'t>) {
        let scored = line.weight.or(line.score);
        let Some(printed) = scored else { return };
        let row = self.form.items[item as usize].row;
        let rows = &self.grammar.blocks[usize::from(open.block)].rows;
        let is_scored = row.is_some_and(|row| rows[usize::from(row)].scored.is_some());
        if is_scored && !self.form.lines.iter().any(|line| line.execution) {
            let label = self.form.items[item as usize].label;
            self.form.lines.push(ScoredLine { line: label.unwrap_or(printed).line, ..line });
            return;
        }
        for printed in [line.weight, line.score].into_iter().flatten() {
            // A merged cell that an extractor repeats says nothing new; a placeholder says nothing at all.
            let repeats = self.form.lines.iter().filter(|line| line.execution).any(|line| {
                [line.weight, line.score].into_iter().flatten().any(|known| known.text == printed.text)
            });
            if !repeats && printed.text.contains(|c: char| c.is_ascii_digit()) {
                self.misshapen(
                    printed,
                    "This weight or score stands on a line that has none; it is kept here only.",
                );
            }
        }
    }

    fn report_unbound(&mut self, row: &[Slot<'g>], open: &Open<'t>, item: u32, used: &[bool], shift: isize) {
        let first = open.first.checked_add_signed(-shift).unwrap_or(0);
        for at in first..row.len() {
            let known = used[at] || row[at].sight.label.is_some();
            if let Some(printed) = self.printed(row, at).filter(|_| !known) {
                let place = at.saturating_add_signed(shift);
                self.form.loose.push(Loose { item, place, printed });
                self.misshapen(
                    printed,
                    "No header stands above this cell, so nothing says what it is; it is kept here only.",
                );
            }
        }
        // Before the columns stand labels; a figure there has lost its header.
        for at in 0..first.min(row.len()) {
            if let Some(printed) = self.printed(row, at).filter(|printed| is_figure(printed.text)) {
                self.misshapen(
                    printed,
                    "No header that is understood stands above this figure; it is kept here only.",
                );
            }
        }
    }

    /// Cells that hold a label and its sum, `label: sum`; false where the row has none.
    fn bind_inline_items(&mut self, row: &[Slot<'g>], open: &Open<'t>) -> bool {
        let mut first = None;
        for at in 0..row.len() {
            let Some(printed) = self.printed(row, at) else { continue };
            let Some((label, value)) = self.split_item(row, at, printed, open) else { continue };
            let Some(known) = label.row else { continue };
            let value = value.filter(|value| !value.text.is_empty());
            let text = printed.text;
            let label_text = match value {
                Some(value) => &text[..value.text.as_ptr() as usize - text.as_ptr() as usize],
                None => text,
            };
            let label_text = fold::trim(label_text).trim_end_matches(['：', ':']);
            let printed_label = Printed { text: fold::trim(label_text), ..printed };
            let item = self.push_item(open, Some(known), Some(printed_label), label.found);
            if let Some(value) = value {
                self.form.figures.push(Figure { item, header: None, printed: value });
            }
            first.get_or_insert((item, at));
        }
        let Some((item, at)) = first else { return false };
        // Only the row that has every column has figures under them: beside the first label.
        if row.len() == open.width && at < open.first {
            self.bind_figures(row, open, item, 0);
        }
        true
    }

    /// A cell as a label of the block and what stands behind its colon.
    fn split_item(
        &mut self,
        row: &[Slot<'g>],
        at: usize,
        printed: Printed<'t>,
        open: &Open<'t>,
    ) -> Option<(Labelled<'g>, Option<Printed<'t>>)> {
        let row_of = |found: &Found<'g>| {
            found.roles.iter().find_map(|role| match role {
                Role::Row { block, row } if *block == open.block => Some(*row),
                _ => None,
            })
        };
        if let Some(found) = row[at].sight.label.filter(|found| row_of(found).is_some()) {
            let row = row_of(&found);
            return Some((Labelled { at, found: Some(found), row }, None));
        }
        for (colon, mark) in printed.text.match_indices(['：', ':']) {
            let label = &printed.text[..colon];
            let Some(found) = self.rows.label(fold::trim(label)).filter(|found| row_of(found).is_some())
            else {
                continue;
            };
            let row = row_of(&found);
            let behind = &printed.text[colon + mark.len()..];
            let text = fold::trim(behind);
            let before = text.as_ptr() as usize - printed.text.as_ptr() as usize;
            let newlines = memchr::memchr_iter(b'\n', &printed.text.as_bytes()[..before]).count() as u32;
            let value = Printed { text, line: printed.line + newlines, cell: printed.cell };
            return Some((Labelled { at, found: Some(found), row }, Some(value)));
        }
        None
    }
}
