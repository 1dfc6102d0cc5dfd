//! Lines of indicators without weights and scores, cut from a stream. Nothing in such a line says where it ends, so all lines up
//! to the next label are cut together: into as many cells each as the header has, or into none.

use super::{LONGEST, Placed, blank_at, scored::begins_as_target};
use crate::dump::Opens;
use crate::form::label::is_figure;
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::{Holds, Kinds};

/// Cells up to the next label that are cut together.
const LONGEST_RUN: usize = 8 * LONGEST;

/// Lines that were cut together and not given yet.
#[derive(Default)]
pub(in crate::form) struct Cut {
    /// The places behind their last cells, the next line's last.
    ends: Vec<usize>,
    placed: Placed,
}

/// Cells of a run, with the places behind them.
type Run<'g> = Vec<(Slot<'g>, usize)>;

impl<'g> Rows<'_, 'g, '_> {
    pub(super) fn unscored(&mut self, expected: &Expected, width: usize, row: &mut Vec<Slot<'g>>) -> bool {
        let Some((first, last)) = expected.core() else { return self.loose(expected, row) };
        if self.cut.ends.is_empty() {
            let mut run = self.run();
            let mut cut = self.cut(expected, (first, last), width, &run);
            if cut.is_none()
                && let Some((at, level)) = self.mended_level(&run)
            {
                if at == 0 {
                    return self.levels((level, run[0].1), expected, width, row);
                }
                run.truncate(at);
                cut = self.cut(expected, (first, last), width, &run);
            }
            let Some(cut) = cut else { return self.loose(expected, row) };
            self.cut = cut;
        }
        let Some(end) = self.cut.ends.pop() else { return false };
        self.placed = self.cut.placed;
        let Some((from, _)) = self.token(self.at) else { return false };
        row.resize(first, blank_at(&from));
        while let Some((slot, next)) = self.token(self.at).filter(|_| self.at < end) {
            row.push(slot);
            self.at = next;
        }
        if let Some(unit) = self.lacks_unit(expected, |place| row.get(place)) {
            row.insert(unit, blank_at(&from));
        }
        // A reason need not stand right behind the last figure.
        let reason = expected.place(|holds| holds == Holds::Reason).filter(|&place| place > last + 1);
        if let Some(place) = reason.filter(|_| row.len() == last + 2) {
            let blanks = place - last - 1;
            row.splice(last + 1..last + 1, std::iter::repeat_n(blank_at(&from), blanks));
        }
        row.resize(width.max(row.len()), blank_at(&from));
        true
    }

    /// Whether a label of a level begins a line without scores, as its indicator's name: what stands behind it says so. How many
    /// cells there are up to the next label does not, as a lost label makes them odd as well.
    pub(super) fn begins_unscored(&mut self, label: &Slot<'g>, next: usize, expected: &Expected) -> bool {
        !expected.has_points() && self.is_named(label, next)
    }

    /// The cells up to the next label; the first may be one.
    fn run(&mut self) -> Run<'g> {
        let Some(first) = self.token(self.at) else { return Run::new() };
        let mut run = if first.0.sight.has(Kinds::LEVEL) { vec![first] } else { Run::new() };
        let from = run.first().map_or(self.at, |first| first.1);
        run.append(&mut self.run_from(from));
        run
    }

    /// The cells from a place on up to the next label.
    fn run_from(&mut self, from: usize) -> Run<'g> {
        let label = Kinds::LEVEL.or(Kinds::TOTAL).or(Kinds::PAIR).or(Kinds::OPENS);
        let mut run = Run::new();
        let mut at = from;
        while let Some((slot, next)) = self.token(at).filter(|_| run.len() < LONGEST_RUN) {
            let column = |(slot, _): &(Slot<'g>, usize)| slot.sight.has(Kinds::COLUMN);
            // An indicator may be called like a level.
            let ends = slot.sight.has(label) && !self.is_named(&slot, next);
            if slot.cell.opens == Opens::Body || ends || self.opens_form(&slot) {
                break;
            }
            // Two labels of columns: the header again, at the top of a page.
            if column(&(slot, next)) && run.last().is_some_and(column) {
                run.pop();
                break;
            }
            run.push((slot, next));
            at = next;
        }
        run
    }

    /// The first cell of a run that is a level whose label lost a character.
    fn mended_level(&mut self, run: &Run<'g>) -> Option<(usize, Slot<'g>)> {
        run.iter().enumerate().find_map(|(at, (slot, _))| Some((at, self.mend(slot, Kinds::LEVEL)?)))
    }

    /// The place of the unit that a line's cells, given by the places of their columns, lack where blank ones are lost: what is not
    /// compared has none.
    fn lacks_unit<'s>(
        &self,
        expected: &Expected,
        slot: impl Fn(usize) -> Option<&'s Slot<'g>>,
    ) -> Option<usize>
    where
        'g: 's,
    {
        let sign = expected.place(|holds| holds == Holds::TargetOp).filter(|_| self.loses_blanks())?;
        let unit = expected.place(|holds| holds == Holds::TargetUnit)?;
        let (sign, printed) = (slot(sign)?, slot(unit)?);
        let compared = self.looker.is_operator(self.grid.trimmed(&sign.cell));
        (!compared && !self.looker.is_measure(self.grid.trimmed(&printed.cell))).then_some(unit)
    }

    /// Cuts a run into lines, if all of it is lines.
    fn cut(&mut self, expected: &Expected, core: (usize, usize), width: usize, run: &Run<'g>) -> Option<Cut> {
        if self.loses_blanks() {
            return self.cut_without_blanks(expected, core, run);
        }
        let cells = width - core.0;
        let names =
            |from: usize| !run[from].0.sight.blank && !is_figure(self.grid.trimmed(&run[from].0.cell));
        let whole = run.len().is_multiple_of(cells) && (0..run.len()).step_by(cells).all(names);
        let ends = (0..run.len() / cells).rev().map(|nth| run[nth * cells + cells - 1].1).collect();
        whole.then_some(Cut { ends, placed: Placed::Surely })
    }

    /// Cuts a run that lost its blank cells, with as few reasons as it can have.
    fn cut_without_blanks(
        &mut self,
        expected: &Expected,
        (first, last): (usize, usize),
        run: &Run<'g>,
    ) -> Option<Cut> {
        let cells = last - first + 1;
        let reason = expected.place(|holds| holds == Holds::Reason).is_some_and(|place| place > last);
        let sign =
            expected.place(|holds| holds == Holds::TargetOp).and_then(|place| place.checked_sub(first));
        let can_be = self.can_be(expected, (first, reason), run);
        // A sign of comparison stands under its own header, and nowhere else in a line.
        let is_line = |at: usize, end: usize| {
            !can_be[at].torn && (at..end).all(|cell| !can_be[cell].sign || Some(cell - at) == sign)
        };
        // From the end: with how few reasons what is left can be cut, and how long its first line is.
        let mut fewest: Vec<Option<(usize, usize)>> = vec![None; run.len() + 1];
        fewest[run.len()] = Some((0, 0));
        for at in (0..run.len()).rev().filter(|&at| can_be[at].name) {
            let rest = |end: usize| fewest.get(end).copied().flatten().map(|(reasons, _)| reasons);
            let cells = cells - usize::from(can_be[at].unitless);
            let without =
                rest(at + cells).filter(|_| is_line(at, at + cells)).map(|reasons| (reasons, cells));
            let with = rest(at + cells + 1)
                .filter(|_| reason && can_be[at + cells].name && is_line(at, at + cells + 1))
                .map(|reasons| (reasons + 1, cells + 1));
            fewest[at] = without.into_iter().chain(with).min();
        }
        let (mut at, mut ends) = (0, Vec::new());
        while at < run.len() {
            at += fewest[at]?.1;
            ends.push(run[at - 1].1);
        }
        ends.reverse();
        (!ends.is_empty()).then_some(Cut { ends, placed: Placed::Likely })
    }

    /// What each cell of a run can be; `first` is the place of a line's first cell, and a level is no name where there are reasons.
    fn can_be(&mut self, expected: &Expected, (first, reasons): (usize, bool), run: &Run<'g>) -> Vec<CanBe> {
        let signs = expected.place(|holds| holds == Holds::TargetOp).is_some();
        let unit = expected.place(|holds| holds == Holds::TargetUnit);
        let mut can_be = Vec::with_capacity(run.len());
        for (at, (slot, _)) in run.iter().enumerate() {
            let level = reasons && self.mend(slot, Kinds::LEVEL).is_some();
            let text = self.grid.trimmed(&slot.cell);
            let below = |place: usize| run.get((at + place).checked_sub(first)?).map(|(slot, _)| slot);
            let unitless = self.lacks_unit(expected, below).is_some();
            let figured =
                |slot: &Slot<'g>| self.grid.trimmed(&slot.cell).contains(|c: char| c.is_ascii_digit());
            can_be.push(CanBe {
                name: !level && !begins_as_target(text),
                sign: signs && self.looker.is_operator(text),
                unitless,
                torn: !unitless && unit.and_then(below).is_some_and(figured),
            });
        }
        can_be
    }
}

/// What a cell of a run can be in a line, and what a line that begins with it would be.
struct CanBe {
    /// Words: the name of an indicator, or a reason.
    name: bool,
    /// A sign of comparison.
    sign: bool,
    /// The line lacks the cell of its unit.
    unitless: bool,
    /// The line's unit holds a figure: what is left of two cells.
    torn: bool,
}
