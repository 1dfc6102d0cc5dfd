//! Under which columns the cells of a matrix's row stand where merged cells lost only some of their continuations: then
//! neither the row's length nor its label tells, but what a cell holds must be what its column is for.

use super::{Binder, Open};
use crate::dump::Dialect;
use crate::finding::{Code, Finding, Severity};
use crate::form::Printed;
use crate::form::label::begins_as_figure;
use crate::form::row::Slot;
use crate::grammar::{Holds, fold};

/// By how much a row is tried to stand elsewhere, to either side.
const FARTHEST: isize = 4;

/// Rows of a table that begin elsewhere than its header: where their label stands and how long they are, and by how much
/// they begin further left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    label: usize,
    width: usize,
    shift: isize,
}

impl<'g> Binder<'_, 'g, '_> {
    /// By how much the row of `item` begins further left than its header. `shift` says so by its label and length; where that
    /// puts cells under columns they cannot belong to, the only other shift that does not. Where there is none, or are
    /// several, the row stays as it is and its places are doubtful.
    pub(super) fn fitting_shift(
        &mut self,
        row: &[Slot<'g>],
        open: &Open<'_>,
        item: u32,
        shift: isize,
        taken: &[usize],
    ) -> isize {
        let dialect = self.grid.dialect;
        let label = self.form.items[item as usize].label;
        let Some(label) = label.filter(|_| dialect.shows_rows() || dialect == Dialect::Tsv) else {
            return shift;
        };
        let at = label.cell as usize - 1;
        let misfits = |this: &Self, shift: isize| this.misfits(row, open, at, shift, taken);
        let here = misfits(self, shift);
        let known = open.settled.filter(|known| (known.label, known.width) == (at, row.len()));
        if let Some(known) = known.filter(|known| misfits(self, known.shift) == 0) {
            return known.shift;
        }
        if here == 0 {
            let stands = shift == 0 && row.len() == open.width;
            if let Some(open) = &mut self.open {
                // Rows of one shape stand alike: one that shows it speaks for those behind it.
                open.settled = known.is_none().then_some(open.settled).flatten();
                open.stands = open.stands.or(stands.then_some((at, row.len())));
            }
            return shift;
        }
        // One cell alone is no evidence of where a row begins.
        if (at + 1..row.len()).filter(|&nth| !row[nth].sight.blank).count() < 2 {
            return shift;
        }
        // The label stays before the first column.
        let shifts = (-(at as isize)).max(-FARTHEST)..(open.first as isize - at as isize).min(FARTHEST + 1);
        let fits: Vec<isize> = shifts.filter(|&shift| misfits(self, shift) == 0).collect();
        let even = open.width as isize - row.len() as isize;
        // Blank cells at its end may have filled a row up, so that its length says nothing.
        let ends = row.last().is_some_and(|slot| !slot.sight.blank);
        let decided = match fits.as_slice() {
            [only] => Some(*only),
            _ => fits.iter().copied().find(|&shift| ends && shift == even),
        };
        match decided.filter(|&decided| decided == shift || open.stands != Some((at, row.len()))) {
            Some(decided) if decided != shift => {
                self.settle(label, Settled { label: at, width: row.len(), shift: decided });
                decided
            }
            Some(_) => shift,
            None => {
                // One odd cell in a row that is as long as its header is more likely odd itself, unless it stands under none.
                let astray = here > 1 || !fits.is_empty() || even != shift || self.has_gap(row, open, shift);
                self.form.items[item as usize].astray = astray;
                shift
            }
        }
    }

    /// Notes how the rows of a table stand, and says so once.
    fn settle(&mut self, label: Printed<'_>, settled: Settled) {
        let Some(open) = &mut self.open else { return };
        // Rows that stand as their header does need no word.
        if open.settled.replace(settled).is_some() || settled.shift == 0 {
            return;
        }
        let side = if settled.shift < 0 { "right" } else { "left" };
        let message = format!(
            "From this row on the cells of this table stand {} further {side} than its header, which is the only place where \
             each of them holds what its column is for; they are read so.",
            if settled.shift.abs() == 1 {
                "one cell".to_owned()
            } else {
                format!("{} cells", settled.shift.abs())
            }
        );
        let finding = Finding::new(Code::RowMisshapen, message).severity(Severity::Info);
        self.form.findings.push(finding.line(label.line).raw(label.text));
    }

    /// Whether a number stands under a blank cell of the header.
    fn has_gap(&self, row: &[Slot<'g>], open: &Open<'_>, shift: isize) -> bool {
        let under = open.gaps.iter().filter_map(|place| row.get(place.checked_add_signed(-shift)?));
        under.into_iter().any(|slot| !slot.sight.blank && begins_as_figure(self.grid.trimmed(&slot.cell)))
    }

    /// How many cells behind the label at `at` cannot stand where a shift puts them.
    fn misfits(&self, row: &[Slot<'g>], open: &Open<'_>, at: usize, shift: isize, taken: &[usize]) -> usize {
        let section = &self.form.sections[open.section as usize];
        let columns = &self.grammar.blocks[usize::from(open.block)].columns;
        let last = section.columns.last().map_or(0, |header| header.place);
        let label = self.grid.trimmed(&row[at].cell);
        let holds = |place: usize| {
            let header = section.columns.iter().find(|header| header.place == place)?;
            Some(columns[usize::from(header.column)].holds)
        };
        let behind = (at + 1..row.len()).filter(|&nth| !row[nth].sight.blank && !taken.contains(&nth));
        let misfit = |nth: &usize| {
            let text = self.grid.trimmed(&row[*nth].cell);
            if text == label || self.is_repeated(row, *nth) {
                return false;
            }
            let Some(place) = nth.checked_add_signed(shift) else { return true };
            match holds(place) {
                Some(holds) => !may_hold(holds, text),
                None if place < open.first || open.gaps.contains(&place) => begins_as_figure(text),
                None => place > last && row[*nth].sight.label.is_none(),
            }
        };
        let named =
            section.columns.iter().find(|header| columns[usize::from(header.column)].holds == Holds::Item);
        let elsewhere = named.is_some_and(|header| at.checked_add_signed(shift) != Some(header.place));
        behind.filter(misfit).count() + usize::from(elsewhere)
    }
}

/// Whether a cell under a column may hold a text: no percentage is a sum, no words are a figure. Dashes may stand anywhere.
fn may_hold(holds: Holds, text: &str) -> bool {
    let percent = || text.contains(['%', '％', '‰']);
    let words = || {
        !text.contains(|c| fold::narrow(c).is_ascii_digit())
            && text.chars().filter(|c| c.is_alphanumeric()).count() > 2
    };
    match holds {
        Holds::Money(_) | Holds::Person | Holds::Weight | Holds::Score => !percent() && !words(),
        Holds::Ratio => !words(),
        Holds::Reason => !begins_as_figure(text),
        _ => true,
    }
}
