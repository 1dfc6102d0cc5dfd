//! Headers that a dump breaks: their second rows, labels over several lines, and the labels in their corners.

use super::{Rows, Slot, begins_header};
use crate::grammar::{Found, Kinds, Role, fold};

/// Stretches below a header among which is a whole row, where rows are broken as well.
const ROWS_AHEAD: usize = 24;

/// Cells by which even the widest of them may be narrower than its header: where merged cells go on, or broken ones part it.
pub(super) const CELLS_LOST: usize = 2;

/// Lines over which a label is broken at most, beyond its first.
const LONGEST_BREAK: usize = 4;

impl<'g, 't> Rows<'_, 'g, 't> {
    /// Whether the stretch ahead goes on with a header's second row, which an empty paragraph in a cell parts: both hold nothing
    /// but labels of second rows and blank cells, as many as there is room for under a first row of `upper` cells.
    pub(super) fn continues_lower(&mut self, row: &[Slot<'g>], end: usize, upper: usize) -> bool {
        let joins = self.grid.dialect.joins_cells();
        let (mut lower, mut begun) = (0, false);
        for (nth, slot) in row.iter().enumerate() {
            let broken = joins && nth + 1 == row.len();
            let text = self.grid.trimmed(&slot.cell);
            match self.is_lower(text) {
                _ if slot.sight.blank => {}
                true => lower += 1,
                // Its label may go on in the stretch.
                false if broken => begun = true,
                false => return false,
            }
        }
        let mut ahead = 0;
        for at in self.at..end {
            let met = joins && at == self.at;
            let start =
                row.last().filter(|_| met && begun).map_or(self.cells[at].cell.start, |last| last.cell.start);
            let text = fold::trim(&self.grid.text[start as usize..self.cells[at].cell.end as usize]);
            match self.is_lower(text) {
                _ if text.is_empty() => {}
                true => ahead += 1,
                false => return false,
            }
        }
        let cells = row.len() + (end - self.at) - usize::from(joins);
        lower + ahead > 0 && (lower > 0 || row[0].sight.blank) && (ahead > 0 || cells < upper + lower)
    }

    /// Whether a text is a label in the second row of some header.
    pub(super) fn is_lower(&mut self, text: &'t str) -> bool {
        self.looker.has_lower_storey(text)
            || self.looker.find(text).is_some_and(|found| found.kinds.has(Kinds::COLUMN))
    }

    /// Whether the row is the label in a table's corner alone, perhaps misspelled, and what stands beside it lies ahead: the label of
    /// one of its lines, or its header.
    pub(super) fn is_corner_alone(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let joins = self.grid.dialect.joins_cells();
        let Some((corner, rest)) = row.split_first() else { return false };
        let alone = rest.iter().all(|slot| joins && slot.sight.blank);
        let known = corner.sight.has(Kinds::OPENS);
        if !alone || corner.sight.blank || (corner.sight.label.is_some() && !known) {
            return false;
        }
        // Where cells break over lines, blank ones may come first.
        let blanks = self.cells[self.at..end].iter().take_while(|slot| joins && slot.sight.blank).count();
        let line = match self.at + blanks < end {
            true => self.cells[self.at..end][blanks].sight.label,
            false => self.label_from(end, 0),
        };
        let Some(line) = line.filter(|line| line.kinds.has(Kinds::ROW.or(Kinds::COLUMN))) else {
            return false;
        };
        if known {
            let cut = line.kinds.has(Kinds::COLUMN) && self.at + blanks == end;
            let beside = corner.sight.label.is_some_and(|corner| stands_beside(&line, &corner));
            return (line.kinds.has(Kinds::ROW) || cut) && beside;
        }
        let columns = self.cells[self.at..end].iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count();
        if line.kinds.has(Kinds::COLUMN) && columns < 2 {
            return false;
        }
        let guess = self.looker.guess(self.grid.trimmed(&corner.cell));
        guess.is_some_and(|guess| stands_beside(&line, &guess.found)) && !self.is_heading_alone(row, end)
    }

    /// Whether the stretch ahead is the rest of a header broken behind an empty paragraph, not its second row: with it the
    /// header is no wider than the rows below.
    pub(super) fn is_rest(&self, length: usize, end: usize) -> bool {
        length + (end - self.at) - 1 <= self.widest(end) + CELLS_LOST
    }

    /// Whether the stretch ahead is the second row of a header of `length` cells, where cells break over lines: it begins with the
    /// blank cells below merged ones.
    pub(super) fn is_below(&mut self, length: usize, end: usize) -> bool {
        let blanks = self.cells[self.at..end].iter().take_while(|slot| slot.sight.blank).count();
        blanks > 1 && blanks < length.min(end - self.at)
    }

    /// Whether the stretch ahead, which no blank cell begins, is the second row of a header: with it the header would be wider than
    /// any row below, and each of its labels stands below one of the first row.
    pub(super) fn is_storey(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let labels: Vec<Slot<'g>> =
            self.cells[self.at..end].iter().copied().filter(|slot| !slot.sight.blank).collect();
        if labels.len() < 2 || row.len() + (end - self.at) <= self.widest(end) + CELLS_LOST {
            return false;
        }
        let blocks = row.iter().flat_map(|slot| slot.sight.roles()).filter_map(|role| match role {
            Role::Column { block, .. } => Some(*block),
            _ => None,
        });
        let blocks: Vec<u8> = blocks.collect();
        blocks.into_iter().any(|block| self.overs(block, row, &labels).is_some())
    }

    /// Whether the stretch ahead goes on with a header, or with the label in its corner, in a column's label that is broken
    /// over the next lines.
    pub(super) fn breaks_column(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let corner = row.len() == 1 && row[0].sight.has(Kinds::OPENS);
        let filled = (self.at..end).find(|at| !self.cells[*at].sight.blank);
        // A broken label ends its stretch.
        let Some(broken) = filled.filter(|at| at + 1 == end && (corner || self.begins_header(row))) else {
            return false;
        };
        if !self.is_rest(row.len(), end) {
            return false;
        }
        let start = self.cells[broken].cell.start as usize;
        for at in end..end + LONGEST_BREAK {
            let Some(Slot { cell, .. }) = self.row_at(at) else { return false };
            let text = fold::trim(&self.grid.text[start..cell.end as usize]);
            if self.looker.find(text).is_some_and(|found| found.kinds.has(Kinds::COLUMN)) {
                return true;
            }
            if self.stretch_end(at) > at + 1 {
                return false;
            }
        }
        false
    }

    /// Whether the stretch ahead holds nothing but the empty paragraph before a header's next label.
    pub(super) fn breaks_blank(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let blank = end - self.at == 2 && self.first_filled(end).is_none() && self.begins_header(row);
        blank
            && self.is_rest(row.len(), end)
            && row.len() < self.widest(end) + CELLS_LOST
            && self.label_from(end, 0).is_some_and(|found| found.kinds.has(Kinds::COLUMN))
    }

    /// Whether a cell is the label of a field, perhaps misspelled.
    pub(super) fn is_field(&mut self, slot: &Slot<'g>) -> bool {
        match slot.sight.label {
            Some(label) => label.kinds.has(Kinds::PAIR),
            None => {
                let guess = self.looker.guess(self.grid.trimmed(&slot.cell));
                guess.is_some_and(|guess| guess.found.kinds.has(Kinds::PAIR))
            }
        }
    }

    /// Whether a row is the misspelled label of a field alone, and its value lies ahead, perhaps with the columns of a table.
    pub(super) fn is_field_alone(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let [label] = row else { return false };
        let [value, rest @ ..] = &self.cells[self.at..end] else { return false };
        let beside = rest.first().is_none_or(|slot| slot.sight.has(Kinds::COLUMN.or(Kinds::PAIR)));
        let bare = !value.sight.blank && value.sight.label.is_none();
        label.sight.label.is_none() && !label.sight.blank && bare && beside && self.is_field(label)
    }

    /// Whether a row has a column's label beside the label in a table's corner, perhaps misspelled, or two of them.
    pub(super) fn begins_header(&mut self, row: &[Slot<'g>]) -> bool {
        if begins_header(row) {
            return true;
        }
        let [corner, column, ..] = row else { return false };
        if corner.sight.blank || corner.sight.label.is_some() || !column.sight.has(Kinds::COLUMN) {
            return false;
        }
        let guess = self.looker.guess(self.grid.trimmed(&corner.cell));
        guess.zip(column.sight.label).is_some_and(|(guess, column)| stands_beside(&column, &guess.found))
    }

    /// In a dialect whose cells break over lines: whether the row is a field that ends with a blank cell, and the columns that the
    /// stretch ahead begins with are those of a table whose lines need cells before them. Its first label was broken off.
    pub(super) fn goes_on_in_columns(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let [label, .., value, last] = row else { return false };
        if !last.sight.blank || value.sight.blank || begins_header(row) {
            return false;
        }
        let ahead = &self.cells[self.at..end];
        let looker = &self.looker;
        let matrix = |role: &Role| match role {
            Role::Column { block, .. } => looker.is_matrix(*block),
            _ => false,
        };
        ahead.len() > 1 && ahead.iter().take(2).all(|slot| slot.sight.is(matrix)) && self.is_field(label)
    }

    /// The cells of the widest of the next stretches from `at` on.
    pub(super) fn widest(&self, mut at: usize) -> usize {
        let mut widest = 0;
        for _ in 0..ROWS_AHEAD {
            if self.row_at(at).is_none() {
                break;
            }
            let next = self.stretch_end(at);
            widest = widest.max(next - at);
            at = next;
        }
        widest
    }

    /// Whether a row of one label is the heading over a table and not its corner: it is numbered, or the rows that follow
    /// the header have no cell below it.
    pub(super) fn is_heading_alone(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let Some((only, rest)) = row.split_first() else { return false };
        let header = &self.cells[self.at..end];
        // A spreadsheet fills the heading's row up with blank cells.
        let filled = self.grid.dialect.joins_cells()
            && row.len() == header.len()
            && rest.iter().all(|slot| slot.sight.blank);
        if !(rest.is_empty() || filled) {
            return false;
        }
        if header.iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count() < 2 {
            return false;
        }
        let text = fold::name(self.grid.text_of(&only.cell));
        let numbered = self.looker.is_numbered(&text);
        let Some(below) = self.row_at(end).filter(|_| !numbered && !filled) else { return numbered };
        // An empty cell in front lies below the corner, and a label goes on with the header.
        let next = self.stretch_end(end);
        next - end == end - self.at && !below.sight.blank && !below.sight.has(Kinds::COLUMN)
    }
}

/// Whether a label is that of a line or a column of the block in whose corner another stands.
pub(super) fn stands_beside(label: &Found<'_>, corner: &Found<'_>) -> bool {
    corner.opened().is_some_and(|block| label.row_of(block).is_some() || label.column_of(block).is_some())
}
