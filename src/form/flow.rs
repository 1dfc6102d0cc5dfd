//! Rows cut from a stream of cells by what the form expects next: for dialects that lose where rows end.
//!
//! Where empty cells are lost as well, a row is only placed under its header if it has a value for each of its columns,
//! or for each that can have one. What is not certain is given as a loose row, to be reported cell by cell.

mod bare;
mod measure;
mod mend;
mod place;
mod scored;
mod storeys;
mod unscored;

use super::label::{Sight, begins_as_figure, is_figure};
use super::row::{Expected, Rows, Slot, is_heading};
use crate::dump::{Cell, Dialect, Opens};
use crate::grammar::{BlockKind, Holds, Kinds, Role, fold};

/// Cells that one label may be broken over.
const LABEL_CELLS: usize = 8;

/// Cells of one passage, or of one loose row.
const LONGEST: usize = 60;

/// How sure it is that the cells of a row stand under the columns they are put under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Placed {
    /// Certain.
    #[default]
    Surely,
    /// The only placement that makes sense, though an empty cell may have been lost elsewhere.
    Likely,
    /// Not certain at all.
    Not,
}

pub(super) use measure::parts_digits;
pub(super) use unscored::Cut;

/// A cell of the stream and the place behind it.
type Token<'g> = (Slot<'g>, usize);

impl<'g> Rows<'_, 'g, '_> {
    /// Fills `row` with the next row's cells; false at the end of the form.
    pub(super) fn next_of_stream(&mut self, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        row.clear();
        self.note_units(expected);
        self.placed = Placed::Surely;
        let below_level = std::mem::take(&mut self.below_level);
        while let Some(blank) = self.token(self.at).filter(|(slot, _)| slot.sight.blank) {
            self.at = blank.1;
        }
        if let Some(end) = self.second.take() {
            return self.below(end, row);
        }
        let Some((first, next)) = self.token(self.at) else { return false };
        if first.cell.opens == Opens::Body {
            row.push(first);
            self.at = next;
            return true;
        }
        if first.sight.has(Kinds::TOTAL) && expected.kind != Some(BlockKind::Matrix) {
            return self.total(first, next, expected, row);
        }
        if self.header(row) {
            return true;
        }
        if first.sight.has(Kinds::PAIR) && !in_block(&first, expected) {
            return self.pair(first, next, row);
        }
        if self.mended_label(&first, next, expected, row) || self.unknown_corner(&first, next, row) {
            return true;
        }
        if self.opens_bare(&first, next, expected) {
            return self.bare(first, next, row);
        }
        match expected.kind {
            Some(BlockKind::Matrix) if expected.width.is_none() => self.bare_item(expected, row),
            Some(BlockKind::Matrix) => self.item(expected, row),
            Some(BlockKind::ScoredLines) => self.line(expected, below_level, row),
            Some(BlockKind::Passages) => self.passages(expected, row),
            None => self.alone(row),
        }
    }

    /// The cell at a place, joined with those behind it where they are the pieces of one label.
    fn token(&mut self, at: usize) -> Option<Token<'g>> {
        #[cfg(test)]
        crate::dump::steps::add(1);
        let mut slot = *self.cells.get(at)?;
        let cell = slot.cell;
        let mut next = at + 1;
        let spaced = self.grid.dialect.breaks_labels() || self.grid.dialect == Dialect::Layout;
        if slot.sight.blank || cell.opens == Opens::Body || !spaced {
            return Some((slot, next));
        }
        if is_figure(self.grid.trimmed(&cell)) {
            let (slot, next) = self.with_unit(slot, next);
            return Some(self.with_measure(slot, next));
        }
        if self.joins_measures && self.looker.is_bound(self.grid.trimmed(&cell)) {
            return Some(self.with_measure(slot, next));
        }
        if !self.grid.dialect.breaks_labels() {
            return Some((slot, next));
        }
        for to in at + 1..(at + LABEL_CELLS).min(self.cells.len()) {
            // The figure behind a label and its colon is no piece of it.
            if slot.sight.label.is_some() && begins_as_figure(self.grid.trimmed(&self.cells[to].cell)) {
                break;
            }
            let whole = Cell { last_line: self.cells[to].cell.last_line, ..cell };
            let whole = whole.over(self.grid.text, cell.start, self.cells[to].cell.end);
            let text = self.grid.trimmed(&whole);
            let sight = self.looker.look(self.grid, &whole);
            if sight.label.is_some() {
                (slot, next) = (Slot { cell: whole, sight }, to + 1);
            } else if !self.looker.begins(text) {
                break;
            }
        }
        Some((slot, next))
    }

    /// A figure and the unit of money that white space alone parts from it, on one line: both are one cell.
    fn with_unit(&self, slot: Slot<'g>, next: usize) -> Token<'g> {
        let unit = self.cells.get(next).map(|slot| slot.cell);
        let unit = unit.filter(|unit| unit.opens == Opens::Next && unit.line == slot.cell.line);
        let Some(unit) = unit.filter(|unit| self.looker.is_unit(self.grid.trimmed(unit))) else {
            return (slot, next);
        };
        let whole = Cell { last_line: unit.last_line, ..slot.cell };
        let cell = whole.over(self.grid.text, slot.cell.start, unit.end);
        (Slot { cell, sight: Sight { end: cell.trimmed.1, ..slot.sight } }, next + 1)
    }

    /// Whether blank cells leave no trace: in the dialect, or in this form, which has not one.
    fn loses_blanks(&self) -> bool {
        self.grid.dialect.loses_blanks() || !self.has_blanks
    }

    /// Whether a cell is a figure or says that there is none.
    fn is_value(&self, slot: &Slot<'g>) -> bool {
        let text = self.grid.trimmed(&slot.cell);
        if slot.sight.label.is_some() {
            return false;
        }
        if slot.sight.blank {
            return !self.loses_blanks();
        }
        let wide = text.chars().filter(|&c| c > '\u{2e7f}' && c.is_alphabetic()).count();
        let digits = text.chars().any(|c| fold::narrow(c).is_ascii_digit());
        (digits && wide <= 2 && text.len() < 40)
            || wide + usize::from(digits) == 0
            || (!digits && wide <= 2 && self.looker.is_misread_rest(text))
    }

    /// The cells from `at` on that are values; `most` of them, but for more that hold something.
    fn values(&mut self, mut at: usize, most: usize) -> (Vec<Slot<'g>>, usize) {
        let mut values = Vec::new();
        while values.len() < most || self.token(at).is_some_and(|(slot, _)| !slot.sight.blank) {
            if values.len() >= LONGEST {
                break;
            }
            let Some((slot, next)) = self.token(at).filter(|(slot, _)| self.is_value(slot)) else { break };
            // Where lines are held by columns, what stands on the next one is another row's, or broken off.
            if self.grid.dialect == Dialect::Layout && slot.cell.opens == Opens::Row && !values.is_empty() {
                break;
            }
            values.push(slot);
            at = next;
        }
        (values, at)
    }

    fn alone(&mut self, row: &mut Vec<Slot<'g>>) -> bool {
        let Some((slot, next)) = self.token(self.at) else { return false };
        row.push(slot);
        self.at = next;
        true
    }

    /// The second row of a header, which ends at `end`.
    fn below(&mut self, end: usize, row: &mut Vec<Slot<'g>>) -> bool {
        while let Some((slot, next)) = self.token(self.at).filter(|_| self.at < end) {
            row.push(slot);
            self.at = next;
        }
        !row.is_empty()
    }

    /// A total with its numbers.
    fn total(&mut self, label: Slot<'g>, next: usize, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        row.push(label);
        let (mut values, next) = self.values(next, 3);
        values.retain(|slot| !slot.sight.blank);
        if values.len() > 2 {
            self.placed = Placed::Not;
        }
        row.extend(values);
        self.at = next;
        let grade = self.token(next).filter(|(slot, _)| self.looker.is_grade(self.grid.trimmed(&slot.cell)));
        if let Some((slot, next)) = grade.filter(|(slot, _)| slot.cell.opens != Opens::Body) {
            row.push(slot);
            self.at = next;
        }
        // A row of the header's width would be read by its columns.
        if expected.width == Some(row.len()) {
            row.push(blank_at(&label));
        }
        true
    }

    /// A header: the corner and the columns of one block, or two of its columns.
    fn header(&mut self, row: &mut Vec<Slot<'g>>) -> bool {
        let mut best: Option<(usize, u8, Vec<Token<'g>>)> = None;
        let Some((first, _)) = self.token(self.at) else { return false };
        let blocks = first.sight.roles().iter().filter_map(|role| match role {
            Role::Opens(block) | Role::Column { block, .. } => Some(*block),
            _ => None,
        });
        for block in blocks {
            let (columns, slots) = self.columns(block);
            let opens = first.sight.opens(block);
            let enough = columns >= if opens { 1 } else { 2 };
            if enough && best.as_ref().is_none_or(|best| columns > best.0) {
                best = Some((columns, block, slots));
            }
        }
        let Some((_, block, mut slots)) = best else { return false };
        let end = slots.last().map_or(self.at, |(_, next)| *next);
        if let Some((first, end)) = self.second_row(block, &slots, end) {
            slots.truncate(first);
            self.second = Some(end);
        }
        self.at = slots.last().map_or(self.at, |(_, next)| *next);
        self.after_line = false;
        row.extend(slots.into_iter().map(|(slot, _)| slot));
        true
    }

    /// The cells of a header of `block`, and how many columns they head.
    fn columns(&mut self, block: u8) -> (usize, Vec<Token<'g>>) {
        let (mut slots, mut seen): (Vec<Token<'g>>, Vec<(Role, Option<i32>)>) = (Vec::new(), Vec::new());
        let (mut at, mut kept) = (self.at, 0);
        while slots.len() < LONGEST {
            let Some((slot, next)) = self.token(at) else { break };
            let column = slot
                .sight
                .roles()
                .iter()
                .find(|role| matches!(role, Role::Column { block: b, .. } if *b == block));
            let year = slot.sight.label.and_then(|label| label.year);
            let corner = slots.is_empty() && slot.sight.opens(block);
            match column {
                Some(column) if !seen.contains(&(*column, year)) => seen.push((*column, year)),
                Some(_) => break,
                None if corner || slot.sight.blank => {}
                // One label that the grammar does not know may stand between columns.
                None if slot.sight.label.is_none()
                    && !self.is_value(&slot)
                    && kept == slots.len()
                    && !seen.is_empty() => {}
                None => break,
            }
            slots.push((slot, next));
            at = next;
            if column.is_some() {
                kept = slots.len();
            }
        }
        slots.truncate(kept);
        (seen.len(), slots)
    }

    /// A label with its value, and the columns of a header that stand in the same row.
    fn pair(&mut self, label: Slot<'g>, next: usize, row: &mut Vec<Slot<'g>>) -> bool {
        row.push(label);
        self.at = next;
        let Some((value, next)) = self.token(next) else { return true };
        // Behind the label of a field that is blank the heading goes on with its next field.
        let field = self.grid.dialect == Dialect::Words && self.opens_form(&value);
        if is_heading(&value.sight) || value.cell.opens == Opens::Body || field {
            return true;
        }
        let prose = label.sight.is(|role| matches!(role, Role::Text(_)));
        row.push(value);
        self.at = next;
        if self.grid.dialect.breaks_labels() {
            self.extend_value(row, prose);
        }
        let mut header = Vec::new();
        if !prose && self.header(&mut header) {
            row.extend(header);
        }
        true
    }

    /// Lets the row's last cell take in what stands up to the next label: on its line, and for prose on those below.
    fn extend_value(&mut self, row: &mut [Slot<'g>], prose: bool) {
        for _ in 0..LONGEST {
            let Some((slot, next)) = self.token(self.at) else { return };
            let ends = slot.cell.opens == Opens::Body || is_heading(&slot.sight) || self.opens_form(&slot);
            let ends = ends || (!prose && slot.cell.opens == Opens::Row);
            if ends {
                return;
            }
            if let Some(last) = row.last_mut() {
                let whole = Cell { last_line: slot.cell.last_line, ..last.cell };
                last.cell = whole.over(self.grid.text, last.cell.start, slot.cell.end);
                last.sight = Sight { end: slot.sight.end, ..last.sight };
            }
            self.at = next;
        }
    }

    /// Whether a line is a heading or a signature line: a field's label and a colon.
    fn opens_form(&mut self, slot: &Slot<'g>) -> bool {
        let text = self.grid.text_of(&slot.cell);
        text.find(['：', ':']).is_some_and(|colon| self.looker.find(fold::trim(&text[..colon])).is_some())
    }

    /// A matrix's row: its label, and its values if they can be placed.
    fn item(&mut self, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        let Some((mut label, mut next)) = self.token(self.at) else { return false };
        let mut corner = None;
        if label.sight.is(|role| Some(role) == expected.block.map(Role::Opens).as_ref()) {
            corner = Some(label);
            let Some(behind) = self.token(next) else { return self.alone(row) };
            (label, next) = behind;
            while label.sight.blank {
                let Some(behind) = self.token(next) else { return self.alone(row) };
                (label, next) = behind;
            }
        }
        let (Some(width), columns) = (expected.width, expected.columns()) else { return self.alone(row) };
        if let Some(place) = expected.place(|holds| holds == Holds::Item).filter(|at| at + 1 < expected.first)
        {
            return self.item_of_words(expected, (place, width), row);
        }
        let bare = self.is_value(&label);
        let (values, end) = if bare { self.values(self.at, columns) } else { self.values(next, columns) };
        if bare && values.len() != columns {
            self.placed = Placed::Not;
            row.extend(values);
            self.at = end.max(self.at + 1);
            return true;
        }
        let known = in_block(&label, expected)
            || (expected.inline && self.grid.text_of(&label.cell).contains(['：', ':']));
        if !bare && !known && values.is_empty() {
            return self.alone(row);
        }
        let label = (!bare).then_some(label);
        self.at = end;
        let mut values = values;
        values.extend(self.reason_of_item(expected, values.len()));
        self.place_values(expected, width, (corner, label), values, row);
        true
    }

    /// A matrix's row that begins with several columns of words, one of them what the line is called: with fewer of them
    /// nothing says which one is missing.
    fn item_of_words(
        &mut self,
        expected: &Expected,
        (place, width): (usize, usize),
        row: &mut Vec<Slot<'g>>,
    ) -> bool {
        let mut words = Vec::new();
        let wanted = expected.first - place;
        let mut at = self.at;
        while words.len() < LONGEST {
            let word = self.token(at).filter(|(slot, _)| !self.is_value(slot) || slot.sight.blank);
            let ends = |slot: &Slot<'g>| slot.cell.opens == Opens::Body || is_heading(&slot.sight);
            let Some((slot, next)) = word.filter(|(slot, _)| !ends(slot)) else { break };
            if words.len() == wanted && slot.sight.blank {
                break;
            }
            words.push(slot);
            at = next;
        }
        let (mut values, end) = self.values(at, expected.columns());
        if words.is_empty() || values.is_empty() {
            return self.alone(row);
        }
        self.at = end;
        // As many words as a row begins with are the next row's.
        if self.words_ahead(wanted + 1) != wanted {
            values.extend(self.reason_of_item(expected, values.len()));
        }
        let lead = words.len() - 1;
        let label = words.pop();
        if lead + 1 == wanted {
            self.place_values(expected, width, (None, label), values, row);
            if row.len() == width && self.placed != Placed::Not {
                row[place..place + lead].copy_from_slice(&words);
                return true;
            }
        } else {
            row.extend(label.into_iter().chain(values));
            self.placed = Placed::Not;
        }
        row.splice(0..0, words);
        true
    }

    /// How many cells of words stand before the next value, up to `most`; none where a label or the end comes first.
    fn words_ahead(&mut self, most: usize) -> usize {
        let (mut at, mut words) = (self.at, 0);
        while let Some((slot, next)) = self.token(at) {
            if is_heading(&slot.sight) || slot.cell.opens == Opens::Body {
                return 0;
            }
            if self.is_value(&slot) || words == most {
                return words;
            }
            (at, words) = (next, words + 1);
        }
        0
    }

    /// Words in the last column of a matrix, behind as many values as it has others: why money was not spent.
    fn reason_of_item(&mut self, expected: &Expected, values: usize) -> Option<Slot<'g>> {
        let last = expected.width?.checked_sub(1)?;
        let wanted = matches!(expected.holds(last), Some(Holds::Reason | Holds::Text(_)));
        if !wanted || values + 1 != expected.columns() {
            return None;
        }
        let (slot, next) = self.token(self.at)?;
        let words = slot.sight.label.is_none() && !slot.sight.blank && slot.cell.opens != Opens::Body;
        let row = self.token(next).is_none_or(|(slot, _)| !self.is_value(&slot) || slot.sight.blank);
        (words && row && !self.opens_form(&slot)).then(|| self.at = next)?;
        Some(slot)
    }

    /// Whether passages are those of several years, a row each, which begins with its year: nothing else among them is a figure.
    fn are_by_years(&self, slots: &[Slot<'g>], columns: usize) -> bool {
        let is_year = |slot: &Slot<'g>| {
            let text = self.grid.trimmed(&slot.cell);
            text.len() == 4 && is_figure(text) && text.starts_with(['1', '2'])
        };
        columns > 1
            && slots.len() > columns
            && slots.len().is_multiple_of(columns)
            && slots.iter().enumerate().all(|(at, slot)| is_year(slot) == at.is_multiple_of(columns))
    }

    /// Prose under its header: as many passages as columns, or none can be told from another.
    fn passages(&mut self, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        let (Some(width), columns) = (expected.width, expected.columns()) else { return self.alone(row) };
        let mut at = self.at;
        let mut slots: Vec<Slot<'g>> = Vec::new();
        while slots.len() < LONGEST {
            let Some((slot, next)) = self.token(at) else { break };
            if is_heading(&slot.sight) || slot.cell.opens == Opens::Body || self.opens_form(&slot) {
                break;
            }
            at = next;
            slots.push(slot);
            if !self.loses_blanks() && slots.len() == columns {
                break;
            }
        }
        if slots.is_empty() {
            return self.alone(row);
        }
        if self.are_by_years(&slots, columns) {
            slots.truncate(columns);
            while let Some((_, next)) =
                self.token(self.at).filter(|(slot, _)| slot.cell.end <= slots[columns - 1].cell.end)
            {
                self.at = next;
            }
        } else {
            self.at = at;
        }
        if slots.len() != columns {
            self.placed = Placed::Not;
            row.extend(slots);
            return true;
        }
        row.resize(width - columns, blank_at(&slots[0]));
        row.extend(slots);
        true
    }
}

/// Whether a cell is a label of the open block's rows.
fn in_block(slot: &Slot<'_>, expected: &Expected) -> bool {
    expected.block.is_some_and(|block| slot.sight.row_of(block).is_some())
}

/// A blank cell that stands where `slot` begins.
fn blank_at<'g>(slot: &Slot<'g>) -> Slot<'g> {
    let start = slot.cell.start;
    let cell = Cell { end: start, last_line: slot.cell.line, trimmed: (start, start), ..slot.cell };
    Slot { cell, sight: Sight { blank: true, start: cell.start, end: cell.start, ..Sight::default() } }
}
