//! Cells of a matrix that hold their label beside their sum: `label: sum`.

use super::matrix::Labelled;
use super::{Binder, Open};
use crate::dump::Dialect;
use crate::form::flow::Placed;
use crate::form::row::Slot;
use crate::form::{Figure, Printed, Section};
use crate::grammar::{Found, Role, fold};

/// Characters of the longest unit of money behind a sum.
const LONGEST_UNIT: usize = 4;

/// The label of a cell, before the value that stands in the same cell.
fn before_value<'t>(cell: Printed<'t>, value: Option<Printed<'t>>) -> Printed<'t> {
    let end =
        value.map_or(cell.text.len(), |value| value.text.as_ptr() as usize - cell.text.as_ptr() as usize);
    let label = fold::trim(&cell.text[..end]).trim_end_matches(['：', ':']);
    Printed { text: fold::trim(label), ..cell }
}

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Opens a block without a header, at a row that holds the label in its corner and one of its lines: each line then
    /// has one sum, in its own cell or the one behind it.
    pub(super) fn open_bare(&mut self, row: &[Slot<'g>]) -> bool {
        let opened = row.iter().enumerate().find_map(|(at, slot)| {
            slot.sight.roles().iter().find_map(|role| match role {
                Role::Opens(block) if self.grammar.blocks[usize::from(*block)].inline.is_some() => {
                    Some((at, *block))
                }
                _ => None,
            })
        });
        let Some((corner, block)) = opened else { return false };
        let is_line = |slot: &Slot<'g>| slot.sight.row_of(block).is_some();
        let colon = |at: usize| self.printed(row, at).is_some_and(|cell| cell.text.contains(['：', ':']));
        if !(corner + 1..row.len()).any(|at| is_line(&row[at]) || colon(at)) {
            return false;
        }
        self.form.sections.push(Section {
            block,
            corner: self.printed(row, corner),
            unit: row[corner].sight.label.and_then(|label| label.unit),
            rival: None,
            columns: Vec::new(),
        });
        self.open_section(block, None, row.len(), Vec::new(), Vec::new(), Vec::new());
        let bound = self.open.clone().is_some_and(|open| self.bind_inline_items(row, &open));
        if !bound {
            self.form.sections.pop();
            self.open = None;
        }
        bound
    }

    /// Cells that hold a label and its sum, `label: sum`, or a label alone; false where the row has none.
    pub(super) fn bind_inline_items(&mut self, row: &[Slot<'g>], open: &Open<'t>) -> bool {
        let bare = self.form.sections[open.section as usize].columns.is_empty();
        let (mut first, mut beyond) = (None, false);
        let (mut taken, mut parted) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < row.len() {
            let nth = at;
            at += 1;
            let Some(printed) = self.printed(row, nth).filter(|_| !self.says_again(row, nth)) else {
                continue;
            };
            if let Some(item) = self.bind_several(row, nth, printed, open) {
                taken.push(nth);
                first.get_or_insert((item, nth));
                beyond |= nth >= open.first;
                continue;
            }
            let found = self.split_item(row, nth, printed, open);
            let guess = || bare && first.is_none() && self.is_beside_sum(row, nth);
            let found = if found.is_none() && guess() { self.guessed_item(row, nth, open) } else { found };
            let found = found.or_else(|| self.guessed_split(nth, printed, open));
            let Some((label, value)) = found else { continue };
            let Some(known) = label.row else { continue };
            let value = value.filter(|value| !value.text.is_empty());
            let named = before_value(printed, value);
            if let Some(item) = self.said_last(named, value) {
                taken.push(nth);
                first.get_or_insert((item, nth));
                continue;
            }
            let item = self.push_item(open, Some(known), Some(named), label.found);
            self.form.items[item as usize].guessed = label.guessed;
            taken.push(nth);
            if bare && value.is_none() {
                // Cells where the label's own goes on.
                at += self.continued(row, nth);
            }
            let beside =
                value.is_none() && bare && row.get(at).is_some_and(|slot| slot.sight.label.is_none());
            let value = if beside { self.printed(row, at) } else { value };
            if beside {
                taken.push(at);
                at += 1;
                // A merged cell that is repeated holds one sum.
                let same = |again: &Printed<'_>| Some(again.text) == value.map(|value| value.text);
                while self.may_repeat() && self.printed(row, at).is_some_and(|again| same(&again)) {
                    taken.push(at);
                    at += 1;
                }
            }
            if let Some(value) = value {
                self.form.figures.push(Figure { item, header: None, printed: value });
                self.form.items[item as usize].unsure |= self.is_begun(row, nth, value);
                parted.extend(self.goes_on(row, nth, value).then_some(item));
            }
            first.get_or_insert((item, nth));
            beyond |= nth >= open.first;
        }
        let Some((item, at)) = first else { return false };
        // Only the row that has every column has figures under them: beside the first label.
        let short = open.width.saturating_sub(row.len());
        // What the label was merged with may stand behind it, blank.
        let merged = (at + 1..open.first.saturating_sub(short)).all(|at| row[at].sight.blank);
        let merged = short > 0 && at + short < open.first && merged;
        let shift = if merged { short as isize } else { open.first as isize - 1 - at as isize };
        let joins = self.grid.dialect.joins_cells();
        let loses = joins || self.grid.dialect.shows_rows();
        // Or its header lost one of them behind a broken label.
        let more = joins && shift < 0 && row[..at].iter().all(|slot| slot.sight.blank);
        let whole = row.len().checked_add_signed(shift) == Some(open.width);
        let begins = loses && taken.len() == 1 && whole && (shift >= 0 || more);
        if self.rows.placed != Placed::Not && self.is_full(row, open) && at < open.first && !beyond {
            self.bind_beside_label(row, open, (item, at), &taken);
        } else if self.rows.placed != Placed::Not && begins {
            // The row lost the empty cells in front of its label.
            self.bind_figures(row, open, item, shift, &taken);
        } else {
            self.report_left(row, &taken);
            parted.into_iter().for_each(|item| self.form.items[item as usize].unsure = true);
        }
        true
    }

    /// The item bound last, where a label with its sum in one cell says the same on its line: a merged cell that a program repeats in
    /// each column, where every cell begins a row.
    fn said_last(&self, label: Printed<'t>, value: Option<Printed<'t>>) -> Option<u32> {
        let (last, figure) = (self.form.items.len().checked_sub(1)?, self.form.figures.last()?);
        let known = self.form.items[last].label.is_some_and(|known| known.text == label.text);
        let same =
            value.is_some_and(|sum| (sum.text, sum.line) == (figure.printed.text, figure.printed.line));
        (known && same && figure.item as usize == last).then_some(last as u32)
    }

    /// Whether the cell behind one is the row's last that holds something, and a sum.
    fn is_beside_sum(&self, row: &[Slot<'g>], at: usize) -> bool {
        let behind = row.iter().skip(at + 1).all(|slot| slot.sight.blank || slot.sight.label.is_none());
        let mut filled = (at + 1..row.len()).filter_map(|at| self.printed(row, at));
        behind && filled.next().is_some_and(|sum| self.is_sum(sum.text)) && filled.next().is_none()
    }

    /// A cell that no label is as the label of a line that it is printed for, before its sum where no header stands.
    fn guessed_item(
        &mut self,
        row: &[Slot<'g>],
        at: usize,
        open: &Open<'t>,
    ) -> Option<(Labelled<'g>, Option<Printed<'t>>)> {
        let unknown = Labelled { at, found: None, row: None, guessed: false };
        let label = self.guessed_row(row, unknown, open);
        label.row.is_some().then_some((label, None))
    }

    /// A cell as a label of the block that lacks a character, and the sum behind its colon.
    fn guessed_split(
        &mut self,
        at: usize,
        printed: Printed<'t>,
        open: &Open<'t>,
    ) -> Option<(Labelled<'g>, Option<Printed<'t>>)> {
        let colon = printed.text.find(['：', ':'])?;
        let (label, behind) = printed.text.split_at(colon);
        let value = fold::trim(behind.trim_start_matches(['：', ':']));
        let label = fold::trim(label);
        if !value.starts_with(|c| fold::narrow(c).is_ascii_digit()) || self.rows.label(label).is_some() {
            return None;
        }
        let guess = self.rows.guess(label)?;
        let row = guess.found.row_of(open.block)?;
        self.report_guess(Printed { text: label, ..printed }, &guess.meant);
        let before = value.as_ptr() as usize - printed.text.as_ptr() as usize;
        let line = printed.line + self.breaks_in(&printed.text[..before]);
        let value = Printed { text: value, line, ..printed };
        Some((Labelled { at, found: Some(guess.found), row: Some(row), guessed: true }, Some(value)))
    }

    /// Binds a cell of several lines, each of which is a label and its sum, and perhaps joined to the one before; gives the first of
    /// them.
    fn bind_several(
        &mut self,
        row: &[Slot<'g>],
        at: usize,
        printed: Printed<'t>,
        open: &Open<'t>,
    ) -> Option<u32> {
        let lines = self.labelled_lines(printed.text, open)?;
        let mut pieces = Vec::new();
        for line in lines.into_iter().map(fold::trim).filter(|line| !line.is_empty()) {
            let before = line.as_ptr() as usize - printed.text.as_ptr() as usize;
            let piece = Printed {
                text: line,
                line: printed.line + self.breaks_in(&printed.text[..before]),
                ..printed
            };
            let (label, value) = self.split_item(row, at, piece, open)?;
            let value = value.filter(|value| self.is_sum(value.text))?;
            pieces.push((label, piece, value));
        }
        let mut first = None;
        for (label, piece, value) in pieces.iter().filter(|_| pieces.len() > 1) {
            let end = value.text.as_ptr() as usize - piece.text.as_ptr() as usize;
            let text = fold::trim(&piece.text[..end]).trim_end_matches(['：', ':']);
            let named = Printed { text: fold::trim(text), ..*piece };
            let item = self.push_item(open, label.row, Some(named), label.found);
            self.form.figures.push(Figure { item, header: None, printed: *value });
            first = first.or(Some(item));
        }
        first
    }

    /// The lines of a cell that has several, each a label and its sum.
    fn labelled_lines(&mut self, text: &'t str, open: &Open<'t>) -> Option<Vec<&'t str>> {
        // Where cells were copied into one piece, nothing but their paragraphs tells their lines apart.
        let paragraphs = matches!(self.grid.dialect, Dialect::Html | Dialect::Grid | Dialect::Markdown);
        if (self.grid.keeps_breaks || paragraphs) && text.contains('\n') {
            return Some(text.lines().collect());
        }
        text.matches(['：', ':']).nth(1)?;
        let (mut lines, mut rest) = (Vec::new(), text);
        while let Some(end) = self.end_of_sum(rest, open) {
            let (line, behind) = rest.split_at(end);
            lines.push(line);
            rest = behind;
        }
        lines.push(rest);
        Some(lines)
    }

    /// Where the first sum of a text ends, if the label of another line is joined to it: `a:0.00b:1.5`, and with a unit behind it.
    fn end_of_sum(&mut self, text: &'t str, open: &Open<'t>) -> Option<usize> {
        let digit = |c: char| fold::narrow(c).is_ascii_digit();
        let mut colons = text.match_indices(['：', ':']);
        let mut from = colons.next().map(|(at, colon)| at + colon.len())?;
        for (colon, mark) in colons {
            let (at, last) = text[from..colon].match_indices(digit).next_back().unwrap_or_default();
            let end = from + at + last.len();
            let joined = &text[end..colon];
            let units = joined.char_indices().take(LONGEST_UNIT).map(|(at, c)| at + c.len_utf8());
            let unit = units.filter(|&at| self.grammars.lexicon.money_unit(&joined[..at]).is_some()).last();
            for skipped in [Some(0), unit].into_iter().flatten().filter(|_| !last.is_empty()) {
                let label = self.rows.label(fold::trim(&joined[skipped..]));
                if label.is_some_and(|found| found.row_of(open.block).is_some()) {
                    return Some(end + skipped);
                }
            }
            from = colon + mark.len();
        }
        None
    }

    /// Binds what stands under the columns of a full row, its label at `at`; blank cells at its end may fill up one that begins
    /// further left than its header.
    pub(super) fn bind_beside_label(
        &mut self,
        row: &[Slot<'g>],
        open: &Open<'t>,
        (item, at): (u32, usize),
        taken: &[usize],
    ) {
        let label = Labelled { at, found: None, row: None, guessed: false };
        let shown = self.grid.dialect.shows_rows();
        let shift = if shown { self.shown_shift(row, open, Some(&label)) } else { None };
        if self.rows.placed == Placed::Not {
            self.report_left(row, taken);
        } else {
            self.bind_figures(row, open, item, shift.unwrap_or(0), taken);
        }
    }

    /// A cell as a label of the block and what stands behind its colon.
    pub(super) fn split_item(
        &mut self,
        row: &[Slot<'g>],
        at: usize,
        printed: Printed<'t>,
        open: &Open<'t>,
    ) -> Option<(Labelled<'g>, Option<Printed<'t>>)> {
        let row_of = |found: &Found<'g>| found.row_of(open.block);
        if let Some(found) = row[at].sight.label.filter(|found| row_of(found).is_some()) {
            let row = row_of(&found);
            return Some((Labelled { at, found: Some(found), row, guessed: false }, None));
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
            let newlines = self.breaks_in(&printed.text[..before]);
            let value = Printed { text, line: printed.line + newlines, cell: printed.cell };
            return Some((Labelled { at, found: Some(found), row, guessed: false }, Some(value)));
        }
        None
    }
}
