//! Rows of dialects that show where each begins and ends: merged cells stand once with blank cells behind them, or are
//! repeated, or their continuation is missing, so that the row begins further left than its header.

use super::matrix::Labelled;
use super::{Binder, Open};
use crate::dump::{Dialect, holds_its_label};
use crate::form::flow::Placed;
use crate::form::label::is_figure;
use crate::form::row::Slot;
use crate::grammar::{Kinds, Role, fold};

impl<'g> Binder<'_, 'g, '_> {
    /// Whether a cell says what the one before it says, in a dialect that may repeat a merged cell.
    pub(super) fn is_repeated(&self, row: &[Slot<'g>], at: usize) -> bool {
        if !self.may_repeat() || at == 0 || at >= row.len() {
            return false;
        }
        let own = self.own(&row[at]);
        // Equal figures stand side by side in columns of their own, unless their header is repeated as well.
        let merged = || self.open.as_ref().is_some_and(|open| open.repeated.contains(&at));
        own == self.own(&row[at - 1]) && (!self.is_sum(own) || merged())
    }

    /// The same, or whether it repeats a label with its sum, which no form prints twice side by side, in any dialect.
    pub(super) fn says_again(&self, row: &[Slot<'g>], at: usize) -> bool {
        let own = self.own(&row[at]);
        self.is_repeated(row, at) || (at > 0 && own == self.own(&row[at - 1]) && holds_its_label(own))
    }

    /// Whether the dialect is one of those in which programs repeat a merged cell for each column that it spans.
    pub(super) fn may_repeat(&self) -> bool {
        self.grid.dialect.shows_rows() || self.grid.dialect == Dialect::Tsv
    }

    /// Whether a cell that stands where labels do is a figure, of a row that lost the cell of its label.
    pub(super) fn is_shown_figure(&self, row: &[Slot<'g>], at: usize) -> bool {
        self.grid.dialect.shows_rows() && self.is_sum(self.own(&row[at]))
    }

    fn own(&self, slot: &Slot<'g>) -> &str {
        self.grid.trimmed(&slot.cell)
    }

    /// How many places behind the label at `at` are its own: blank, or saying it again.
    pub(super) fn continued(&self, row: &[Slot<'g>], at: usize) -> usize {
        if !self.grid.dialect.shows_rows() {
            return self.blanks_before_value(row, at);
        }
        let label = self.own(&row[at]);
        row[at + 1..].iter().take_while(|slot| slot.sight.blank || self.own(slot) == label).count()
    }

    /// A spreadsheet leaves blank cells where a merged one goes on, and some programs repeat it there; the value behind them is the
    /// label's if it is nobody's.
    fn blanks_before_value(&self, row: &[Slot<'g>], at: usize) -> usize {
        if self.grid.dialect != Dialect::Tsv {
            return 0;
        }
        let label = self.own(&row[at]);
        let again = |slot: &&Slot<'g>| slot.sight.blank || self.own(slot) == label;
        let blanks = row[at + 1..].iter().take_while(again).count();
        let value = row.get(at + 1 + blanks).filter(|slot| slot.sight.label.is_none());
        if value.is_some() { blanks } else { 0 }
    }

    /// Whether the totals stand where the header has their columns.
    pub(super) fn totals_stand(&self, row: &[Slot<'g>], open: &Open<'_>) -> bool {
        let figure = |place: Option<usize>| {
            let slot = place.and_then(|place| row.get(place)).filter(|slot| !slot.sight.blank);
            slot.is_some_and(|slot| is_figure(self.own(slot)))
        };
        // Of two figures the second is what was reached.
        let figures = (0..row.len()).filter(|&at| figure(Some(at)));
        let second = figures.clone().nth(1).filter(|_| figures.count() == 2);
        let moved = open.places.weight.is_some() && second.is_some() && second != open.places.score;
        !self.grid.dialect.shows_rows()
            || (!moved && (figure(open.places.weight) || figure(open.places.score)))
    }

    /// By how much a matrix's row begins further left than its header; `None` where it is no row of it.
    pub(super) fn shown_shift(
        &mut self,
        row: &[Slot<'g>],
        open: &Open<'_>,
        label: Option<&Labelled<'g>>,
    ) -> Option<isize> {
        let full = row.len() == open.width;
        let Some(label) = label else {
            // A row without a label of its own: whole, or without the place of the label.
            let figures = row.iter().all(|slot| slot.sight.blank || self.is_sum(self.own(slot)));
            let lost = open.width.checked_sub(row.len()).filter(|&lost| lost <= open.first)?;
            let blank = row.first().is_some_and(|slot| slot.sight.blank);
            // Blank cells at its end may fill it up again.
            let lost = if figures && !blank { lost.max(open.first) } else { lost };
            return (full || figures).then_some(if blank { 0 } else { lost as isize });
        };
        let by = open.first as isize - 1 - label.at as isize;
        // A full row's name stands under its own header, and what is between it and the figures is prose.
        let named = full && self.place_of_names(open) == Some(label.at);
        if by <= 0 || named {
            return Some(if full { 0 } else { by });
        }
        let printed = self.own(&row[label.at]);
        let between = row.get(label.at + 1..open.first.min(row.len())).unwrap_or(&[]);
        let own = between.iter().all(|slot| slot.sight.blank || self.own(slot) == printed);
        // Blank cells before the label are the merge that it stands in; where it is repeated up to the columns none is missing.
        let before = &row[..label.at];
        let repeated = !between.is_empty() && between.iter().all(|slot| self.own(slot) == printed);
        let kept = full
            && label.at > 0
            && (repeated || before.iter().all(|slot| slot.sight.blank || slot.sight.has(Kinds::OPENS)));
        let lost = !kept && (!own || row.len() + by as usize == open.width || (open.shifted && full));
        if lost && let Some(open) = &mut self.open {
            open.shifted = true;
        }
        // Blank cells at the end may be columns, or fill a row up that lost its beginning.
        let filled_up = || row[open.width - by as usize..].iter().all(|slot| slot.sight.blank);
        if !lost
            && !kept
            && full
            && own
            && filled_up()
            && row.iter().filter(|slot| !slot.sight.blank).count() > 1
        {
            self.rows.placed = Placed::Not;
        }
        Some(if lost { by } else { 0 })
    }

    /// By how much a scored line begins further left than its header: the place where its levels and figures fit best.
    pub(super) fn shown_scored_shift(&mut self, row: &[Slot<'g>], open: &Open<'_>) -> Option<isize> {
        let first = row.iter().position(|slot| !slot.sight.blank)?;
        let last = row.iter().rposition(|slot| !slot.sight.blank)?;
        let most = open.places.level3.or(open.places.level2).unwrap_or(open.first);
        // A row that lost its beginning begins with a level or the indicator; one that begins with a blank cell lost none.
        let places = [open.places.level1, open.places.level2, open.places.level3];
        let whole = self.grid.dialect.keeps_merges() && first > 0 && row.len() >= open.width;
        let begins =
            |shift: &isize| *shift == 0 || (!whole && places.contains(&Some(first + *shift as usize)));
        let shifts = (0..=most as isize).filter(begins);
        let misspelled = self.misspelled_level(row, first, open);
        // A row that begins with a blank cell lost none; among equals the one that fills the header's width.
        let even = if first > 0 { 0 } else { open.width as isize - row.len() as isize };
        // Where it has its last cells, its length tells how many it lost before its first.
        let joins = self.grid.dialect.joins_cells();
        let length = |shift: isize| if joins && first == 0 && shift == even { EVEN } else { 0 };
        let fits = shifts.map(|shift| (self.fit(row, open, shift, last, misspelled) + length(shift), shift));
        let best = fits.max_by_key(|&(fit, shift)| (fit, -(shift - even).abs()))?;
        (best.0 > 0).then_some(best.1)
    }

    /// The cell before the indicator that names a second level with a character missing or mistaken.
    fn misspelled_level(&mut self, row: &[Slot<'g>], first: usize, open: &Open<'_>) -> Option<usize> {
        let until = open.places.level3.unwrap_or(0).min(row.len());
        (first..until).find(|&at| {
            let slot = &row[at];
            if slot.sight.blank || slot.sight.label.is_some() {
                return false;
            }
            let text = self.grid.trimmed(&slot.cell);
            let guess = self.rows.guess(text);
            guess.is_some_and(|guess| guess.found.roles.iter().any(|role| matches!(role, Role::Level2(_))))
                || self.rows.looker.is_near_level(text)
        })
    }

    /// How well a scored line fits under its header, were it shifted.
    fn fit(
        &self,
        row: &[Slot<'g>],
        open: &Open<'_>,
        shift: isize,
        last: usize,
        misspelled: Option<usize>,
    ) -> i32 {
        let at = |place: Option<usize>| place.and_then(|place| place.checked_add_signed(-shift));
        let slot = |place| at(place).and_then(|at| row.get(at)).filter(|slot| !slot.sight.blank);
        let mut fit = 0;
        // Where its cells only fill the columns in their order, its weight and score fit.
        let ordered = self.order_of_line(row, open, shift, false).is_some();
        for place in [open.places.weight, open.places.score] {
            fit += match slot(place) {
                _ if ordered => 3,
                Some(slot) if is_figure(self.own(slot)) => 3,
                Some(slot) if self.own(slot).chars().count() > 2 => -4,
                _ => 0,
            };
        }
        let figure = |place| slot(place).is_some_and(|slot| is_figure(self.own(slot)));
        let scored = figure(open.places.weight) && figure(open.places.score);
        fit += match slot(open.places.level3) {
            Some(slot) if is_target(self.own(slot)) => -5,
            // Indicators may be called like a level, where weight and score stand right behind them.
            Some(slot) if slot.sight.has(Kinds::LEVEL) => {
                if scored {
                    1
                } else {
                    -2
                }
            }
            Some(_) => 2,
            None => -1,
        };
        for (place, first) in [(open.places.level1, true), (open.places.level2, false)] {
            let level = |role: &Role| match role {
                Role::Level1(_) => first,
                Role::Level2(_) => !first,
                _ => false,
            };
            fit += if slot(place).is_some_and(|slot| slot.sight.is(level)) { 5 } else { 0 };
        }
        fit += match misspelled {
            Some(level) if at(open.places.level2) == Some(level) => 5,
            Some(level) if at(open.places.level3) == Some(level) => -2,
            _ => 0,
        };
        // A second level that the grammar does not know is rarer than one that was lost.
        let unknown = slot(open.places.level2).is_some_and(|slot| slot.sight.label.is_none());
        fit -= i32::from(unknown);
        // What would stand beyond the header.
        let beyond = (last as isize + shift) >= open.width as isize;
        fit - if beyond { 6 } else { 0 }
    }
}

/// How much it speaks for a place of a row that its last cell then stands under the header's.
const EVEN: i32 = 3;

/// Whether a cell reads like a target or a value rather than an indicator: it begins with a digit or an operator.
fn is_target(text: &str) -> bool {
    is_figure(text)
        || text
            .starts_with(|c: char| c.is_numeric() || matches!(fold::narrow(c), '<' | '>' | '=' | '≤' | '≥'))
}
