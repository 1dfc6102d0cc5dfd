//! Rows that lost some of their blank cells, or kept those that their header lost: no shift puts their cells where they belong,
//! but as many as there are columns, each of them what its column is for, can only stand in their order.

use super::torn::{is_measured, may_be_points};
use super::{Binder, Open};
use crate::form::label::{begins_as_figure, is_figure};
use crate::form::row::Slot;
use crate::grammar::{Holds, fold};

/// Places of columns, each with the place in the row of the cell that stands under it.
pub(super) type Order = Vec<(usize, usize)>;

/// The place in the row of what stands under the column at `place`: by the order, or else by the shift.
pub(super) fn stands_at(order: Option<&Order>, place: usize, shift: isize) -> Option<usize> {
    match order {
        Some(order) => order.iter().find(|(column, _)| *column == place).map(|(_, at)| *at),
        None => place.checked_add_signed(-shift),
    }
}

impl<'g> Binder<'_, 'g, '_> {
    /// Whether blank cells may be missing from rows that are shown.
    fn may_lack_blanks(&self) -> bool {
        self.grid.dialect.shows_rows() && !self.grid.dialect.keeps_merges()
    }

    /// The order of a matrix's row, whose label stands at `at`, below a header whose every column is money, a rate or points.
    pub(super) fn order_of_item(&self, row: &[Slot<'g>], open: &Open<'_>, at: usize) -> Option<Order> {
        let section = &self.form.sections[open.section as usize];
        let columns = &self.grammar.blocks[usize::from(open.block)].columns;
        let heads: Vec<(usize, Holds)> = section
            .columns
            .iter()
            .map(|header| (header.place, columns[usize::from(header.column)].holds))
            .collect();
        let filled: Vec<usize> = (at + 1..row.len()).filter(|&at| !row[at].sight.blank).collect();
        let whole = self.may_lack_blanks() && filled.len() == heads.len() && heads.len() > 3;
        let fits = |(&(_, holds), &at): (&(usize, Holds), &usize)| self.fits_exactly(holds, &row[at]);
        if !whole || !heads.iter().zip(&filled).all(fits) {
            return None;
        }
        // Dashes alone tell no column from another.
        let rate = heads.iter().zip(&filled).any(|((_, holds), &at)| {
            *holds == Holds::Ratio && self.grid.trimmed(&row[at].cell).contains(['%', '％'])
        });
        rate.then(|| heads.into_iter().map(|(place, _)| place).zip(filled).collect())
    }

    /// Whether a cell is what a matrix's column holds: a dash may stand for points, and for nothing else.
    fn fits_exactly(&self, holds: Holds, slot: &Slot<'g>) -> bool {
        let text = self.grid.trimmed(&slot.cell);
        let percent = text.contains(['%', '％']);
        let digits = text.contains(|c| fold::narrow(c).is_ascii_digit());
        match holds {
            Holds::Money(_) => !percent && digits && self.is_sum(text),
            Holds::Ratio => percent,
            Holds::Weight | Holds::Score => !percent && may_be_points(text, &self.grammars.lexicon),
            _ => false,
        }
    }

    /// The order of a scored line that stands `shift` cells further left than its header, where a column of it would be left
    /// without its cell, and the cells in their order fill all.
    /// Only where the place of the row is known may the unit of a target be missing too: what has no sign of comparison has none.
    pub(super) fn order_of_line(
        &self,
        row: &[Slot<'g>],
        open: &Open<'_>,
        shift: isize,
        placed: bool,
    ) -> Option<Order> {
        if !self.may_lack_blanks() {
            return None;
        }
        let (first, last) = open.expected.core()?;
        if !matches!(open.expected.holds(last), Some(Holds::Weight | Holds::Score)) {
            return None;
        }
        let core: Vec<usize> = (first..=last).filter(|&place| open.expected.holds(place).is_some()).collect();
        let own = |place: usize| {
            place.checked_add_signed(-shift).and_then(|at| row.get(at)).filter(|slot| !slot.sight.blank)
        };
        let from = first.checked_add_signed(-shift)?;
        let unit = core.iter().position(|&place| open.expected.holds(place) == Some(Holds::TargetUnit));
        let compared = core.iter().any(|&place| {
            let sign = open.expected.holds(place) == Some(Holds::TargetOp);
            sign && own(place).is_some_and(|slot| self.rows.looker.is_operator(self.grid.trimmed(&slot.cell)))
        });
        let stands = core.iter().enumerate().all(|(nth, &place)| match own(place) {
            Some(slot) => self.fits_line(open.expected.holds(place), slot),
            None => Some(nth) == unit && !compared,
        });
        if stands {
            return None;
        }
        let filled: Vec<usize> = (from..row.len()).filter(|&at| !row[at].sight.blank).collect();
        let reason = open.expected.place(|holds| holds == Holds::Reason).filter(|&place| place > last);
        let bare: Vec<usize> = unit
            .filter(|_| placed && !compared)
            .map(|unit| core.iter().enumerate().filter(|(nth, _)| *nth != unit).map(|(_, at)| *at).collect())
            .unwrap_or_default();
        [core, bare].into_iter().filter(|places| places.len() > 3).find_map(|mut places| {
            if filled.len() == places.len() + 1 {
                places.extend(reason);
            }
            let fits = |(&place, &at): (&usize, &usize)| self.fits_line(open.expected.holds(place), &row[at]);
            let whole = filled.len() == places.len() && places.iter().zip(&filled).all(fits);
            whole.then(|| places.into_iter().zip(filled.iter().copied()).collect())
        })
    }

    /// Whether a cell may stand in a column of scored lines.
    fn fits_line(&self, holds: Option<Holds>, slot: &Slot<'g>) -> bool {
        let (text, lexicon) = (self.grid.trimmed(&slot.cell), &self.grammars.lexicon);
        match holds {
            Some(Holds::Level3) => !is_figure(text),
            Some(Holds::Weight | Holds::Score) => {
                begins_as_figure(text) && may_be_points(text, lexicon) && !is_measured(text, lexicon)
            }
            Some(Holds::TargetUnit) => !text.starts_with(|c| fold::narrow(c).is_ascii_digit()),
            Some(Holds::Reason) => !is_figure(text),
            _ => true,
        }
    }
}
