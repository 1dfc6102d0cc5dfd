//! A label and its value: in two cells, or in one behind a colon.

use super::Binder;
use super::header::Stated;
use crate::dump::Cell;
use crate::form::label::Sight;
use crate::form::row::{Slot, is_heading};
use crate::form::{Printed, inline};
use crate::grammar::{FieldColumn, Holds, Role, fold};

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Binds labels to the values behind them; false where the row holds no label at all.
    pub(super) fn bind_pairs(&mut self, row: &[Slot<'g>]) -> bool {
        let mut any = false;
        let mut left: Vec<Printed<'t>> = Vec::new();
        let mut at = 0;
        while at < row.len() {
            let slot = &row[at];
            let Some(printed) = self.printed(row, at) else {
                at += 1;
                continue;
            };
            let is_target = |role: &&Role| matches!(role, Role::Field(_) | Role::Text(_));
            let target = slot.sight.roles().iter().find(is_target).copied();
            // Only the first cell of a row must be a label.
            let may_guess = !any && left.is_empty() && row.len() > 1;
            let guess = || may_guess.then(|| self.guess_target(slot, printed)).flatten();
            if let Some(target) = target.or_else(guess) {
                any = true;
                at += 1 + self.bind_value(row, at, target);
                continue;
            }
            if slot.sight.is(|role| matches!(role, Role::Opens(_))) {
                // The label of a block whose header or rows follow.
                any = true;
                self.open = None;
                self.stated = Stated::of(slot, printed);
            } else if self.bind_inline(&slot.cell, at as u32 + 1) || self.bind_inline_text(printed) {
                any = true;
            } else if !self.is_repeated(row, at) {
                left.push(printed);
            }
            at += 1;
        }
        if any {
            for printed in left {
                self.misshapen(printed, "No label in this row says what this cell is; it is kept here only.");
            }
        }
        any
    }

    /// The field or text that a row's first cell is guessed to name.
    fn guess_target(&mut self, slot: &Slot<'g>, printed: Printed<'t>) -> Option<Role> {
        if slot.sight.label.is_some() {
            return None;
        }
        let guess = self.rows.guess(printed.text)?;
        let target = guess.found.roles.iter().find(|role| matches!(role, Role::Field(_) | Role::Text(_)))?;
        self.report_guess(printed, &guess.meant);
        Some(*target)
    }

    /// Binds the value behind the label at `at`; gives how many slots the value takes.
    fn bind_value(&mut self, row: &[Slot<'g>], at: usize, target: Role) -> usize {
        self.open = None;
        if let Role::Text(text) = target {
            self.seen_texts[usize::from(text)] = true;
        }
        let taken = 1 + self.continued(row, at);
        let Some(next) = row.get(at + taken) else { return taken - 1 };
        if is_heading(&next.sight) {
            return taken - 1;
        }
        let Some(value) = self.printed(row, at + taken) else { return taken };
        match target {
            Role::Field(column) => {
                let text = inline::without_noise(value.text, self.grammar);
                self.field(column, Printed { text, ..value });
            }
            Role::Text(text) => {
                self.form.texts.push((text, value));
                return taken + self.bind_beside(row, at + taken + 1, text);
            }
            _ => {}
        }
        taken
    }

    /// Binds a second passage behind a label; gives how many slots it takes.
    fn bind_beside(&mut self, row: &[Slot<'g>], at: usize, text: u16) -> usize {
        let beside = self.grammar.beside.iter().find(|(of, _)| *of == text);
        let Some(&(_, beside)) =
            beside.filter(|_| row.get(at).is_some_and(|slot| slot.sight.label.is_none()))
        else {
            return 0;
        };
        let printed = self.printed(row, at).filter(|_| !self.is_repeated(row, at));
        self.form.texts.extend(printed.map(|printed| (beside, printed)));
        1
    }

    /// Binds the fields inside one line or cell; false where there is none.
    pub(super) fn bind_inline(&mut self, cell: &Cell, nth: u32) -> bool {
        let text = self.grid.text_of(cell);
        let mut found = self.rows.looker.fields(text);
        // In its tables a day of some year is a target or an outcome.
        if !self.form.sections.is_empty() {
            let year = FieldColumn::FiscalYear;
            let dated = |end: u32| inline::is_dated(&text[end as usize..], self.grammars);
            found.retain(|(column, place)| *column != year || !dated(place.end));
        }
        let any = !found.is_empty();
        for (column, place) in found {
            let (start, end) = (place.start as usize, place.end as usize);
            let one_line = cell.line == cell.last_line;
            let line = cell.line + 1 + if one_line { 0 } else { self.breaks_in(&text[..start]) };
            self.field(column, Printed { text: &text[start..end], line, cell: nth });
        }
        any
    }

    /// Binds prose that stands in one cell with its label, `label: prose`; false where it does not.
    pub(super) fn bind_inline_text(&mut self, printed: Printed<'t>) -> bool {
        let Some((label, rest)) = printed.text.split_once(['：', ':']) else { return false };
        let found = self.rows.label(fold::trim(label));
        let text = found.and_then(|found| {
            found.roles.iter().find_map(|role| if let Role::Text(text) = role { Some(*text) } else { None })
        });
        let Some(text) = text else { return false };
        self.seen_texts[usize::from(text)] = true;
        let value = fold::trim(rest);
        if !value.is_empty() {
            let before = &printed.text[..value.as_ptr() as usize - printed.text.as_ptr() as usize];
            let line = printed.line + self.breaks_in(before);
            self.form.texts.push((text, Printed { text: value, line, ..printed }));
        }
        true
    }

    /// Binds prose under a header of prose fields.
    pub(super) fn bind_passages(&mut self, row: &[Slot<'g>]) -> bool {
        let Some(open) = self.open.clone() else { return false };
        let known = self.form.sections[open.section as usize].corner.map(|corner| corner.text);
        let corner = |at: usize| {
            let opens = row[at].sight.opens(open.block);
            let again = !row[at].sight.blank && known == Some(self.grid.trimmed(&row[at].cell));
            at < open.first && (opens || again)
        };
        // Blank cells behind the last text make no row too wide.
        let filled = row.iter().rposition(|slot| !slot.sight.blank).map_or(0, |at| at + 1);
        if filled > open.width || (0..row.len()).any(|at| is_heading(&row[at].sight) && !corner(at)) {
            return false;
        }
        // A row that lost the empty cell below the corner is shorter at its start.
        let shift = match row[0].sight {
            Sight { blank: true, .. } => 0,
            // Blank cells may fill such a row up again at its end.
            _ if self.grid.dialect.shows_rows() && !corner(0) => open.first,
            _ => open.width.saturating_sub(row.len()),
        };
        let mut any = false;
        for nth in 0..self.form.sections[open.section as usize].columns.len() {
            let header = &self.form.sections[open.section as usize].columns[nth];
            let (column, place) = (header.column, header.place);
            let holds = self.grammar.blocks[usize::from(open.block)].columns[usize::from(column)].holds;
            let value = place.checked_sub(shift).and_then(|place| self.printed(row, place));
            if let (Holds::Text(text), Some(value)) = (holds, value) {
                self.form.texts.push((text, value));
                any = true;
            }
        }
        self.filled_blocks[usize::from(open.block)] |= any;
        let headers = &self.form.sections[open.section as usize].columns;
        let places: Vec<usize> = headers.iter().map(|header| header.place).collect();
        for at in open.first.saturating_sub(shift)..row.len() {
            let free = any && !places.contains(&(at + shift)) && !self.is_repeated(row, at);
            if let Some(printed) = self.printed(row, at).filter(|_| free) {
                self.unheaded(printed);
            }
        }
        any
    }
}
