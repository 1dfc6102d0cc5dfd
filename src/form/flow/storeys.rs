//! Headers of two rows in a stream: the labels of the second follow those of the first without a sign, and each stands below
//! one of them. Which one it is follows from the columns that both head together.

use super::{LONGEST, Token};
use crate::form::row::{Rows, Slot};
use crate::grammar::{Found, Holds, fold};

impl<'g, 't> Rows<'_, 'g, 't> {
    /// Where the second row of a header of `block` begins and ends, whose cells so far are `slots`: its first labels may be
    /// among these, where they head columns by themselves.
    pub(super) fn second_row(&mut self, block: u8, slots: &[Token<'g>], at: usize) -> Option<(usize, usize)> {
        let upper: Vec<Slot<'g>> = slots.iter().map(|(slot, _)| *slot).collect();
        let (mut at, mut lower) = (at, Vec::new());
        let (mut first_over, mut from) = (None, 0);
        while lower.len() < LONGEST {
            let Some((slot, next)) = self.token(at) else { break };
            from = self.behind_same(from, &lower, &slot);
            let Some(above) = self.over(block, &upper, from, &slot) else { break };
            first_over.get_or_insert(above);
            lower.push((slot, above));
            (at, from) = (next, above);
        }
        let (over, count) = (first_over.unwrap_or(0), lower.len());
        let mut first = slots.len();
        // The first labels of the second row may stand below those before.
        for under in (0..=over).rev() {
            while first > over + 1 && self.heads_with(block, &upper[under], &upper[first - 1]) {
                first -= 1;
            }
        }
        // The levels behind all other columns stand below the corner; without others they are the only row.
        let other = first_over.is_some() || first > 1;
        (other && count + slots.len() - first > 1).then_some((first, at))
    }

    /// For each label of a header's second row the place of the one in the first that it stands below.
    pub(in crate::form) fn overs(
        &mut self,
        block: u8,
        upper: &[Slot<'g>],
        lower: &[Slot<'g>],
    ) -> Option<Vec<usize>> {
        let mut from = 0;
        let mut below: Vec<(Slot<'g>, usize)> = Vec::with_capacity(lower.len());
        for slot in lower {
            from = self.behind_same(from, &below, slot);
            from = self.over(block, upper, from, slot)?;
            below.push((*slot, from));
        }
        Some(below.into_iter().map(|(_, over)| over).collect())
    }

    /// The place of the first label that `slot` may stand below: at `from`, or behind it where the same label stands below that
    /// one already.
    fn behind_same(&self, from: usize, below: &[(Slot<'g>, usize)], slot: &Slot<'g>) -> usize {
        let text = self.grid.trimmed(&slot.cell);
        let mut under = below.iter().rev().take_while(|(_, over)| *over == from);
        let same = under.any(|(other, _)| self.grid.trimmed(&other.cell) == text);
        from + usize::from(same)
    }

    /// The place of the label that `lower` stands below, from `from` on.
    fn over(&mut self, block: u8, upper: &[Slot<'g>], from: usize, lower: &Slot<'g>) -> Option<usize> {
        (from..upper.len()).find(|&at| self.heads_with(block, &upper[at], lower))
    }

    /// Whether two labels one above the other head a column together, or the lower a part of what the upper heads: the sign,
    /// the number or the unit of a target, or a level of the indicators.
    fn heads_with(&mut self, block: u8, upper: &Slot<'g>, lower: &Slot<'g>) -> bool {
        if upper.sight.blank || lower.sight.blank {
            return false;
        }
        let holds = |slot: &Slot<'g>| Some(self.looker.holds(block, slot.sight.column_of(block)?));
        let part = matches!(holds(lower), Some(Holds::Target | Holds::TargetOp | Holds::TargetUnit));
        if part && holds(upper) == Some(Holds::Target) {
            return true;
        }
        let level = matches!(holds(lower), Some(Holds::Level1 | Holds::Level2 | Holds::Level3));
        if level && upper.sight.opens(block) {
            return true;
        }
        let (above, below) = (self.grid.trimmed(&upper.cell), self.grid.trimmed(&lower.cell));
        self.column_of_both(above, below, block).is_some()
    }

    /// The column of `block` that a label heads together with the one above it.
    pub(in crate::form) fn column_of_both(
        &mut self,
        above: &str,
        label: &str,
        block: u8,
    ) -> Option<(u8, Found<'g>)> {
        if !self.looker.has_lower_storey(label) {
            return None;
        }
        let found = self.looker.find_composed(&format!("{}/{label}", fold::trim(above)))?;
        Some((found.column_of(block)?, found))
    }
}
