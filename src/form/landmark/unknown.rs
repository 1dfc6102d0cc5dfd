//! Titles that no grammar has, above a form that one of them reads all the same.

use super::{Finder, LONGEST_TITLE, Seen, is_lead, strip_brackets};
use crate::dump::{Cell, Opens};
use crate::form::label::names_form;

/// Cells behind such a title in which its form's first field must stand: what a heading has between them.
const FIELD_WITHIN: usize = 8;

impl Finder<'_, '_, '_> {
    /// Whether a text may be a title that no grammar has.
    pub(super) fn may_title(&mut self, text: &str) -> bool {
        let labelling = &self.grammars.labelling;
        if text.len() > LONGEST_TITLE || !labelling.may_be_form_name(text) {
            return false;
        }
        let key = strip_brackets(self.memory.fold(text));
        is_lead(key, "") && labelling.is_form_name(key)
    }

    /// Whether a cell is the label of the field that names what some form is about, as its first row does.
    pub(super) fn names_form(&mut self, cell: &Cell) -> bool {
        names_form(self.grid.trimmed(cell), self.grammars, self.memory)
    }

    /// Whether a cell is a title that no grammar has: it stands for itself, and the field that names a form follows it.
    pub(super) fn is_unknown_title(&mut self, cells: &[Cell], seen: &[Seen], at: usize) -> bool {
        if seen[at].is_label()
            || !self.may_title(self.grid.trimmed(&cells[at]))
            || !self.begins_line(&cells[at])
        {
            return false;
        }
        let behind = at + 1..cells.len().min(at + 1 + FIELD_WITHIN);
        let label = behind.into_iter().find(|&next| seen[next].is_label());
        label.is_some_and(|next| cells[next].opens != Opens::Next && self.names_form(&cells[next]))
    }
}
