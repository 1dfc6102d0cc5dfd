//! Where another form runs on from one without a title.

use super::{Binder, Outline, Slot};
use crate::dump::Cell;
use crate::form::headless;
use crate::form::label::names_form;
use crate::grammar::{About, BlockKind, FieldColumn, Kinds, Role, fold};

impl<'g> Binder<'_, 'g, '_> {
    /// Whether a row names another project, or department, than the one whose scored lines were read: another form ran on
    /// from this one.
    pub(super) fn begins_another(&mut self, row: &[Slot<'g>], outline: &Outline, place: usize) -> bool {
        self.names_another(row, outline)
            || ((self.has_total || self.is_of_words(row, outline) || self.heads_below(row, outline))
                && self.heads_another_kind(row, outline, place))
    }

    /// Whether a row below the header of sums has neither a label of the form nor a figure.
    fn is_of_words(&self, row: &[Slot<'g>], outline: &Outline) -> bool {
        outline.filled > 1
            && row[outline.first].sight.label.is_none()
            && self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Matrix)
            && self.is_figureless(row)
    }

    /// Whether a row as long as a header, without a figure, stands below the scored lines and the passages behind them, and begins
    /// with no label of the form.
    fn heads_below(&self, row: &[Slot<'g>], outline: &Outline) -> bool {
        outline.filled > 2
            && row[outline.first].sight.label.is_none()
            && self.open.is_none()
            && !self.form.lines.is_empty()
            && self.is_figureless(row)
    }

    fn is_figureless(&self, row: &[Slot<'g>]) -> bool {
        !row.iter().any(|slot| !slot.sight.blank && self.is_sum(self.grid.trimmed(&slot.cell)))
    }

    /// Whether a row is the field that names a form, with another name than this one's.
    fn names_another(&self, row: &[Slot<'g>], outline: &Outline) -> bool {
        if !outline.kinds.has(Kinds::PAIR) {
            return false;
        }
        let named = match self.grammar.about {
            About::Project => FieldColumn::Project,
            About::Department => FieldColumn::Department,
        };
        let first = outline.first;
        if !row[first].sight.is(|role| *role == Role::Field(named)) {
            return false;
        }
        let known = self.form.fields.iter().find(|(column, _)| *column == named);
        let scored = || {
            let mut kinds = self.form.sections.iter().map(|s| self.grammar.blocks[usize::from(s.block)].kind);
            self.has_total || kinds.any(|kind| kind == BlockKind::ScoredLines)
        };
        // Blank cells may stand between a label and its value.
        let place = first + 1 + self.continued(row, first);
        let value = row.get(place).filter(|slot| place == first + 1 || slot.sight.label.is_none());
        let Some(again) = value.and_then(|_| self.printed(row, place)) else { return false };
        match known {
            Some((_, known)) => fold::name(known.text) != fold::name(again.text) && scored(),
            // The head of the form that ends here was cut off.
            None => scored(),
        }
    }

    /// Whether a row below the total, or one that nothing of the form is, is the first of a form of another kind: the field that names
    /// some form, with a value, above a table of its own.
    pub(super) fn heads_another_kind(&mut self, row: &[Slot<'g>], outline: &Outline, place: usize) -> bool {
        let first = outline.first;
        if outline.filled < 2 || row.get(first + 1).is_none() {
            return false;
        }
        let text = self.grid.trimmed(&row[first].cell);
        let named = names_form(text, self.grammars, self.rows.looker.memory);
        // A header below the total, or below all that the form has, is that of another table.
        let header = (self.has_total && outline.kinds.has(Kinds::COLUMN)) || self.heads_below(row, outline);
        if !named && !header {
            return false;
        }
        let cells = self.rows.cells.get(place..).unwrap_or(&[]).iter().take(headless::BEHIND);
        let cells: Vec<Cell> = cells.map(|slot| slot.cell).collect();
        let start = headless::find(self.grid, self.grammars, &cells, None, self.rows.looker.memory);
        start.is_some_and(|start| {
            let own = std::ptr::eq(&raw const self.grammars.forms[usize::from(start.grammar)], self.grammar);
            start.first_cell <= first && (named || !own)
        })
    }
}
