//! Labels of a stream that lost a character: without them the cells behind are nobody's.

use crate::form::label::begins_as_figure;
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::{BlockKind, Holds, Kinds, Role};

impl<'g> Rows<'_, 'g, '_> {
    /// The row of a field or text whose label lost a character.
    pub(super) fn mended_label(
        &mut self,
        first: &Slot<'g>,
        next: usize,
        expected: &Expected,
        row: &mut Vec<Slot<'g>>,
    ) -> bool {
        // Among lines and passages any words may stand where a label does.
        let free = matches!(expected.kind, Some(BlockKind::ScoredLines | BlockKind::Passages));
        if free || begins_as_figure(self.grid.trimmed(&first.cell)) {
            return false;
        }
        match self.mend(first, Kinds::PAIR) {
            Some(label) if !label.sight.has(Kinds::ROW) => self.pair(label, next, row),
            _ => false,
        }
    }

    /// A matrix's header behind a label that the grammar does not know: it stands in the corner.
    pub(super) fn unknown_corner(&mut self, first: &Slot<'g>, next: usize, row: &mut Vec<Slot<'g>>) -> bool {
        if first.sight.label.is_some() || self.is_value(first) || !self.may_be_label(first) {
            return false;
        }
        // No corner is a heading with its value.
        if self.opens_form(first) {
            return false;
        }
        let mut at = next;
        let mut corner = vec![*first];
        if let Some((slot, behind)) = self.token(at).filter(|(slot, _)| slot.sight.blank) {
            corner.push(slot);
            at = behind;
        }
        let Some((column, _)) = self.token(at).filter(|(slot, _)| slot.sight.has(Kinds::COLUMN)) else {
            return false;
        };
        let heads_figures = column.sight.is(|role| match role {
            Role::Column { block, column } => {
                let holds = self.looker.holds(*block, *column);
                self.looker.is_matrix(*block) && !matches!(holds, Holds::Item | Holds::Text(_))
            }
            _ => false,
        });
        let from = std::mem::replace(&mut self.at, at);
        let mut header = Vec::new();
        if !heads_figures || !self.header(&mut header) {
            self.at = from;
            return false;
        }
        row.append(&mut corner);
        row.append(&mut header);
        true
    }

    /// Whether a cell is no longer than labels are.
    fn may_be_label(&self, slot: &Slot<'g>) -> bool {
        !self.looker.is_too_long(self.grid.trimmed(&slot.cell))
    }
}
