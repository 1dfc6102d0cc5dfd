//! Rows of a block without a header, cut from a stream: each is a label and its one sum.

use super::{Placed, in_block};
use crate::dump::Opens;
use crate::form::label::begins_as_figure;
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::{BlockKind, Role, fold};

impl<'g> Rows<'_, 'g, '_> {
    /// Whether a label opens a block without a header: one of its rows follows.
    pub(super) fn opens_bare(&mut self, corner: &Slot<'g>, next: usize, expected: &Expected) -> bool {
        let opened = corner.sight.roles().iter().find_map(|role| match role {
            Role::Opens(block) if self.looker.is_inline(*block) => Some(*block),
            _ => None,
        });
        let Some(opened) = opened else { return false };
        // The row's sum may stand in its label's own cell, where the block has no header yet.
        let headed = expected.kind == Some(BlockKind::Matrix) && expected.width.is_some();
        if !headed && self.token(next).is_some_and(|(slot, _)| self.is_labelled_sum(&slot, opened)) {
            return true;
        }
        let is_row = |slot: &Slot<'g>| slot.sight.row_of(opened).is_some();
        let Some((_, behind)) = self.token(next).filter(|(slot, _)| is_row(slot)) else { return false };
        self.token(behind).is_some_and(|(slot, _)| self.is_value(&slot) || is_row(&slot))
    }

    /// Whether a cell is the label of a row of a block and its sum behind a colon.
    fn is_labelled_sum(&mut self, slot: &Slot<'g>, block: u8) -> bool {
        let text = self.grid.trimmed(&slot.cell);
        text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')).any(|(colon, c)| {
            let sum = fold::trim(&text[colon + c.len_utf8()..]);
            begins_as_figure(sum)
                && !sum.is_empty()
                && self
                    .looker
                    .find(fold::trim(&text[..colon]))
                    .is_some_and(|found| found.row_of(block).is_some())
        })
    }

    /// The row that opens a block without a header: the label in its corner, and its first row.
    pub(super) fn bare(&mut self, corner: Slot<'g>, next: usize, row: &mut Vec<Slot<'g>>) -> bool {
        row.push(corner);
        self.labelled_sum(next, row)
    }

    /// A row of a block without a header.
    pub(super) fn bare_item(&mut self, expected: &Expected, row: &mut Vec<Slot<'g>>) -> bool {
        let Some((label, next)) = self.token(self.at) else { return false };
        let known = in_block(&label, expected)
            || expected.block.is_some_and(|block| {
                self.is_labelled_sum(&label, block) || self.is_misspelled_before_sum(&label, next, block)
            });
        if known { self.labelled_sum(self.at, row) } else { self.alone(row) }
    }

    /// Whether a cell is the label of a row of a block but for one character, and its sum stands behind it.
    fn is_misspelled_before_sum(&mut self, label: &Slot<'g>, next: usize, block: u8) -> bool {
        let text = self.grid.trimmed(&label.cell);

        label.sight.label.is_none()
            && !label.sight.blank
            && label.cell.opens != Opens::Body
            && !begins_as_figure(text)
            && self.token(next).is_some_and(|(slot, _)| {
                begins_as_figure(self.grid.trimmed(&slot.cell)) && !slot.sight.blank && self.is_value(&slot)
            })
            && self.looker.guess(text).is_some_and(|guess| guess.found.row_of(block).is_some())
    }

    /// The label at a place with its sum; with more than one nothing says which is its own.
    fn labelled_sum(&mut self, at: usize, row: &mut Vec<Slot<'g>>) -> bool {
        let Some((label, next)) = self.token(at) else { return false };
        let (values, next) = self.values(next, 1);
        if values.len() > 1 {
            self.placed = Placed::Not;
        }
        row.push(label);
        row.extend(values);
        self.at = next;
        true
    }
}
