//! Rows that lost blank cells before their first, or have no more than their first cells yet.

use super::header::stands_beside;
use super::{Expected, Rows, Slot};
use crate::dump::Opens;
use crate::form::label::is_figure;
use crate::grammar::{BlockKind, Holds, Kinds, Role, fold};

impl<'g> Rows<'_, 'g, '_> {
    /// How many blank cells a row lost before its first, where cells break over lines and blank ones may be lost: what its first
    /// cell is says where it stands, and where else it may.
    pub(super) fn lost_before(&mut self, row: &[Slot<'g>], expected: &Expected) -> (usize, Option<usize>) {
        let Some(first) = row.first().filter(|slot| self.grid.dialect.joins_cells() && !slot.sight.blank)
        else {
            return (0, None);
        };
        let label = first.sight.label.or_else(|| {
            let text = self.grid.trimmed(&first.cell);
            self.looker.guess(text).map(|guess| guess.found)
        });
        let roles = label.map_or(&[][..], |label| label.roles);
        let is = |wanted: fn(&Role) -> bool| roles.iter().any(wanted);
        let place = |holds: Holds| expected.place(|held| held == holds).unwrap_or(0);
        let level1 = is(|role| matches!(role, Role::Level1(_)));
        match expected.kind {
            Some(BlockKind::Matrix) if is(|role| matches!(role, Role::Row { .. })) => {
                (expected.first.saturating_sub(1), None)
            }
            // Figures alone stand under the columns.
            Some(BlockKind::Matrix) if self.is_sum(self.grid.trimmed(&first.cell)) => {
                (expected.first, Some(0))
            }
            // Some names are both: before a second level it is the first.
            Some(BlockKind::ScoredLines) if level1 => {
                let level2 = |role: &Role| matches!(role, Role::Level2(_));
                let either = is(level2) && !row.get(1).is_some_and(|slot| slot.sight.is(level2));
                (place(Holds::Level1), either.then(|| place(Holds::Level2)))
            }
            Some(BlockKind::ScoredLines) if is(|role| matches!(role, Role::Level2(_))) => {
                (place(Holds::Level2), None)
            }
            Some(BlockKind::ScoredLines) if roles.is_empty() => (place(Holds::Level3), None),
            // Passages stand beside the blank cell below their corner.
            Some(BlockKind::Passages) if roles.is_empty() => (expected.first, Some(0)),
            _ => (0, None),
        }
    }

    /// In a dialect whose cells break over lines: whether a row is but the blank cells before its label, or the label alone before
    /// a stretch that has none, so that no other row begins before its cells are full.
    pub(super) fn is_begun(&self, row: &[Slot<'g>], expected: &Expected) -> bool {
        if !self.grid.dialect.joins_cells() {
            return false;
        }
        let labelled = expected.kind == Some(BlockKind::Matrix) && expected.first == 1;
        match row {
            [only] if !only.sight.blank => {
                let bare = |slot: &Slot<'g>| slot.sight.blank;
                let corner = expected.block.is_some_and(|block| only.sight.opens(block));
                (corner || (labelled && !is_figure(self.grid.trimmed(&only.cell))))
                    && self.cells.get(self.at).is_some_and(bare)
            }
            row => row.iter().all(|slot| slot.sight.blank),
        }
    }

    /// Whether a row is the label in a block's corner with blank cells behind it, and a label of that block stands ahead.
    pub(super) fn is_corner_before(&mut self, row: &[Slot<'g>]) -> bool {
        let Some((corner, rest)) = row.split_first() else { return false };
        let Some(corner) = corner.sight.label.filter(|_| rest.iter().all(|slot| slot.sight.blank)) else {
            return false;
        };
        corner.opened().is_some() && self.label_ahead(0).is_some_and(|found| stands_beside(&found, &corner))
    }

    /// Whether the row ends with the label of a matrix' line, and holds no sum, while one stands ahead.
    pub(super) fn lacks_sum(&self, row: &[Slot<'g>]) -> bool {
        let figure = |slot: &Slot<'g>| {
            let text = fold::strip_marks(self.grid.trimmed(&slot.cell));
            let text = fold::trim(&text);
            !text.is_empty() && (is_figure(text) || self.is_sum(text))
        };
        // The rest of the label's own cell comes first where cells break over lines.
        let joins = self.grid.dialect.joins_cells();
        let met = joins && self.cells[self.at].sight.blank;
        let next =
            self.cells.get(self.at + usize::from(met)).filter(|slot| !met || slot.cell.opens == Opens::Next);
        row.last().is_some_and(|slot| slot.sight.has(Kinds::ROW) && !slot.sight.has(Kinds::COLUMN))
            && next.is_some_and(figure)
            && !row.iter().any(figure)
    }
}
