//! Identities laid over the facts of a form.

use super::fact::Facts;
use crate::finding::Code;
use crate::grammar::{Grammar, Holds, Identity, Law, Measure};
use crate::value::decimal::Decimal;
use crate::value::form::Valued;

/// Which identity an instance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The grammar's, by its place.
    Grammar(u16),
    /// The lines' scores are the total.
    Scores,
    /// The lines' weights are the total.
    Weights,
    /// The weights of a first level's lines are the weight it prints.
    Level,
    /// The weights of the first levels and of the execution line are the total.
    Levels,
    /// A score is at most its line's weight.
    Score,
}

/// An identity over facts, by their places in [`Facts::all`].
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub of: Of,
    pub shape: Shape,
}

/// What must hold.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Sum {
        total: u32,
        parts: Vec<u32>,
    },
    Bound {
        whole: u32,
        part: u32,
    },
    /// `rounded`: the two are sums that may have been rounded for print, not counts.
    Ratio {
        ratio: u32,
        of: u32,
        to: u32,
        rounded: bool,
    },
}

/// What an identity says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds. `pinned` are the facts that no other printable value could stand for; `matched` those that a coarse rate
    /// of 100% and their being equal to the last digit speak for, although a neighbour would not break it.
    Holds { pinned: Vec<u32>, matched: Vec<u32> },
    /// It does not hold.
    Fails,
    /// A term cannot be read, or all are zero, or rounding hides the answer.
    Silent,
}

impl Instance {
    /// Every fact it is about.
    pub fn terms(&self) -> impl Iterator<Item = u32> + '_ {
        let (first, rest): (&[u32], &[u32]) = match &self.shape {
            Shape::Sum { total, parts } => (std::slice::from_ref(total), parts),
            Shape::Bound { whole, part } => (std::slice::from_ref(whole), std::slice::from_ref(part)),
            Shape::Ratio { ratio, of, .. } => (std::slice::from_ref(ratio), std::slice::from_ref(of)),
        };
        let third = match &self.shape {
            Shape::Ratio { to, .. } => Some(*to),
            _ => None,
        };
        first.iter().chain(rest).copied().chain(third)
    }

    /// What it says of the facts as they stand. A figure whose reading nothing settled speaks neither for nor against
    /// others; one that no reading reconciles with them does.
    pub fn evaluate(&self, facts: &Facts) -> Outcome {
        self.evaluate_with(&|at| {
            Some(&facts.all[at as usize])
                .filter(|fact| fact.is_firm() || fact.undecided)
                .and_then(|fact| fact.value)
        })
    }

    /// Evaluates it over the values that `value` gives.
    pub fn evaluate_with(&self, value: &dyn Fn(u32) -> Option<Decimal>) -> Outcome {
        let outcome = match &self.shape {
            Shape::Sum { total, parts } => sum(value, *total, parts),
            Shape::Bound { whole, part } => bound(value, *whole, *part),
            Shape::Ratio { ratio, of, to, rounded } => rate(value, [*ratio, *of, *to], *rounded),
        };
        outcome.unwrap_or(Outcome::Silent)
    }

    /// Whether it is a sum whose parts add up to less than its total.
    pub fn falls_short(&self, facts: &Facts) -> bool {
        let value = |at: u32| facts.all[at as usize].value;
        match &self.shape {
            Shape::Sum { total, parts } => {
                value(*total).zip(add(&value, parts)).is_some_and(|(total, sum)| sum < total)
            }
            _ => false,
        }
    }

    /// The code of the finding when it fails.
    pub fn code(&self) -> Code {
        match (self.of, &self.shape) {
            (Of::Scores, _) => Code::ScoreSumMismatch,
            (Of::Weights | Of::Level | Of::Levels, _) => Code::WeightSumMismatch,
            (Of::Score, _) => Code::ScoreAboveWeight,
            (Of::Grammar(_), Shape::Ratio { .. }) => Code::RateMismatch,
            (Of::Grammar(_), _) => Code::SumMismatch,
        }
    }

    /// Disputes the facts that could have broken it: what it says something of (the total, the rate), and of the others
    /// those that no identity that holds clears.
    pub fn dispute(&self, facts: &mut Facts) {
        let anchor = match self.shape {
            Shape::Sum { total, .. } => total,
            Shape::Bound { part, .. } => part,
            Shape::Ratio { ratio, .. } => ratio,
        };
        let terms: Vec<u32> = self.terms().collect();
        for at in terms {
            let fact = &mut facts.all[at as usize];
            let cleared = fact.proofs > 0 || fact.repaired;
            if at == anchor || !cleared {
                fact.disputes += 1;
            }
        }
    }
}

/// The sum of values; `None` where one is missing or it does not fit.
pub(super) fn add(value: &dyn Fn(u32) -> Option<Decimal>, parts: &[u32]) -> Option<Decimal> {
    let mut values = parts.iter().map(|&part| value(part));
    let first = values.next()??;
    // Beginning with the first part keeps the sum at the parts' own printed digits.
    values.try_fold(first, |sum, part| sum.checked_add(part?))
}

fn sum(value: &dyn Fn(u32) -> Option<Decimal>, total: u32, parts: &[u32]) -> Option<Outcome> {
    let (printed, added) = (value(total)?, add(value, parts)?);
    if printed != added {
        return Some(Outcome::Fails);
    }
    let zeros = printed.is_zero() && parts.iter().all(|&part| value(part).is_some_and(Decimal::is_zero));
    Some(if zeros {
        Outcome::Silent
    } else {
        let pinned = std::iter::once(total).chain(parts.iter().copied()).collect();
        Outcome::Holds { pinned, matched: Vec::new() }
    })
}

fn bound(value: &dyn Fn(u32) -> Option<Decimal>, whole: u32, part: u32) -> Option<Outcome> {
    // That a bound is kept proves neither side.
    Some(if value(part)? > value(whole)? { Outcome::Fails } else { Outcome::Silent })
}

/// A printed rate holds within half its last digit. It pins what no neighbouring printable value could replace; of two
/// sums that only a coarse rate compares it pins neither, unless it says that they are equal and they are.
fn rate(value: &dyn Fn(u32) -> Option<Decimal>, [ratio, of, to]: [u32; 3], rounded: bool) -> Option<Outcome> {
    let (r, a, b) = (value(ratio)?, value(of)?, value(to)?);
    if b.is_zero() {
        return None;
    }
    let holds = |r: Decimal, a: Decimal, b: Decimal| -> Option<bool> {
        let off = a.checked_sub(r.checked_mul(b)?)?.abs();
        Some(off <= r.half_unit().checked_mul(b.abs())?)
    };
    if holds(r, a, b)? {
        let mut pinned = vec![ratio];
        let step = |x: Decimal, up: bool| x.checked_add(if up { x.step() } else { x.step().neg() });
        let alone = |vary_a: bool| -> Option<bool> {
            let mut broken = true;
            for up in [true, false] {
                let (a, b) = if vary_a { (step(a, up)?, b) } else { (a, step(b, up)?) };
                broken &= !holds(r, a, b)?;
            }
            Some(broken)
        };
        pinned.extend(alone(true)?.then_some(of));
        pinned.extend(alone(false)?.then_some(to));
        let matched = if a == b && r == Decimal::from(1) { vec![of, to] } else { Vec::new() };
        return Some(Outcome::Holds { pinned, matched });
    }
    if !rounded {
        return Some(Outcome::Fails);
    }
    // The sums themselves may be rounded; a rate of the unrounded ones may differ by that much.
    let off = a.checked_sub(r.checked_mul(b)?)?.abs();
    let rounding = a.half_unit().checked_add(r.checked_mul(b.half_unit())?)?;
    let slack = r.half_unit().checked_mul(b.abs())?.checked_add(rounding)?;
    Some(if off <= slack { Outcome::Silent } else { Outcome::Fails })
}

/// Every identity that can be laid over a form.
pub(super) fn instances(valued: &Valued<'_>, facts: &Facts, grammar: &Grammar) -> Vec<Instance> {
    let mut out = Vec::new();
    for (nth, identity) in grammar.identities.iter().enumerate() {
        for section in 0..valued.form.sections.len() as u32 {
            if valued.form.sections[section as usize].block == identity.block {
                Layer { valued, grammar, section, identity, of: Of::Grammar(nth as u16) }.lay(&mut out);
            }
        }
    }
    points(valued, facts, &mut out);
    out
}

/// A figure on a line: its place, its header, and what it is.
type Placed = (u32, Option<u32>, Holds);

/// Lays one identity over one section.
struct Layer<'a, 't> {
    valued: &'a Valued<'t>,
    grammar: &'a Grammar,
    section: u32,
    identity: &'a Identity,
    of: Of,
}

impl Layer<'_, '_> {
    fn lay(&self, out: &mut Vec<Instance>) {
        match &self.identity.law {
            Law::Sum { total, parts } => {
                for (total, key) in self.money_on(*total) {
                    let parts: Vec<u32> = parts.iter().flat_map(|&row| self.part(row, key)).collect();
                    let parts = self.on_side(total, key, parts);
                    if !parts.is_empty() {
                        out.push(Instance { of: self.of, shape: Shape::Sum { total, parts } });
                    }
                }
                self.lay_inline_parts(*total, parts, out);
            }
            Law::Bound { whole, parts } => {
                for (whole, key) in self.money_on(*whole) {
                    for part in parts.iter().flat_map(|&row| self.money_under(row, key)) {
                        out.push(Instance { of: self.of, shape: Shape::Bound { whole, part } });
                    }
                }
            }
            Law::Across { total, parts } => {
                for line in self.lines(None) {
                    let parts: Option<Vec<u32>> =
                        parts.iter().map(|&column| self.figure(&line, column)).collect();
                    if let (Some(total), Some(parts)) = (self.figure(&line, *total), parts) {
                        out.push(Instance { of: self.of, shape: Shape::Sum { total, parts } });
                    }
                }
            }
            Law::Ratio { row, ratio, of, to } => {
                for line in self.lines(*row) {
                    let first =
                        |columns: &[u8]| columns.iter().find_map(|&column| self.figure(&line, column));
                    let terms = (self.figure(&line, *ratio), first(of), first(to));
                    let (Some(ratio), Some(of), Some(to)) = terms else { continue };
                    let rounded = [of, to]
                        .iter()
                        .all(|&at| matches!(self.valued.figures[at as usize].holds, Holds::Money(_)));
                    out.push(Instance { of: self.of, shape: Shape::Ratio { ratio, of, to, rounded } });
                }
            }
        }
    }

    /// The figures of the lines on which an identity between columns is laid: that of a row of the block, or all of the
    /// section's.
    fn lines(&self, row: Option<u16>) -> Vec<Vec<Placed>> {
        if let Some(row) = row {
            return vec![self.on(row).collect()];
        }
        let mut lines = vec![Vec::new(); self.valued.form.items.len()];
        for (at, figure) in self.valued.figures.iter().enumerate() {
            if self.valued.form.items[figure.item as usize].section == self.section {
                lines[figure.item as usize].push((at as u32, figure.header, figure.holds));
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Of parts without a header that are printed for several totals side by side, those below their own: where a line is
    /// printed twice, the cells of one list stand in one column.
    fn on_side(&self, total: u32, key: Option<u32>, parts: Vec<u32>) -> Vec<u32> {
        let figure = |at: u32| &self.valued.figures[at as usize];
        let row = |at: u32| self.valued.form.items[figure(at).item as usize].row;
        let twice = |at: &u32| parts.iter().filter(|&&other| row(other) == row(*at)).count() > 1;
        if key.is_some() || !parts.iter().any(twice) {
            return parts;
        }
        let side = figure(total).cell.printed.cell;
        parts.iter().copied().filter(|&at| figure(at).cell.printed.cell == side).collect()
    }

    /// Parts in one cell with their labels, under a total that stands in a column: the column of the budget, where there is
    /// only one or all of them print the same.
    fn lay_inline_parts(&self, total: u16, parts: &[u16], out: &mut Vec<Instance>) {
        let parts: Vec<u32> = parts.iter().flat_map(|&row| self.part(row, None)).collect();
        let inline = self.grammar.blocks[usize::from(self.identity.block)].inline;
        let totals: Vec<Placed> =
            self.on(total).filter(|(.., holds)| matches!(holds, Holds::Money(_))).collect();
        if parts.is_empty()
            || !inline.is_some_and(Measure::is_budget)
            || totals.iter().any(|of| of.1.is_none())
        {
            return;
        }
        let is_budget =
            |of: &&(u32, Option<u32>, Holds)| matches!(of.2, Holds::Money(measure) if measure.is_budget());
        let budgets: Vec<u32> = totals.iter().filter(is_budget).map(|of| of.0).collect();
        let number = |at: &u32| self.valued.figures[*at as usize].cell.number.map(|number| number.value);
        let same = budgets.iter().all(|at| number(at).is_some() && number(at) == number(&budgets[0]));
        for total in budgets.into_iter().filter(|_| same) {
            out.push(Instance { of: self.of, shape: Shape::Sum { total, parts: parts.clone() } });
        }
    }

    /// The figures on a row of the block.
    fn on(&self, row: u16) -> impl Iterator<Item = Placed> + '_ {
        self.valued.figures.iter().enumerate().filter_map(move |(at, figure)| {
            let item = &self.valued.form.items[figure.item as usize];
            let here = item.section == self.section && item.row == Some(row);
            here.then_some((at as u32, figure.header, figure.holds))
        })
    }

    fn money_on(&self, row: u16) -> Vec<(u32, Option<u32>)> {
        let money = self.on(row).filter(|(_, _, holds)| matches!(holds, Holds::Money(_)));
        money.map(|(at, header, _)| (at, header)).collect()
    }

    fn money_under(&self, row: u16, key: Option<u32>) -> Vec<u32> {
        let under =
            self.on(row).filter(|(_, header, holds)| matches!(holds, Holds::Money(_)) && *header == key);
        under.map(|(at, _, _)| at).collect()
    }

    /// The figures that are a part of a sum: the row's own, or else those of the rows within it, which some editions
    /// print in its place.
    fn part(&self, row: u16, key: Option<u32>) -> Vec<u32> {
        let own = self.money_under(row, key);
        if !own.is_empty() {
            return own;
        }
        let rows = &self.grammar.blocks[usize::from(self.identity.block)].rows;
        let within = (0..rows.len() as u16).filter(|&at| rows[usize::from(at)].within == Some(row));
        within.flat_map(|at| self.money_under(at, key)).collect()
    }

    /// The figure of a row in a column, or in one cell with its label where that holds the same.
    fn figure(&self, line: &[Placed], column: u8) -> Option<u32> {
        let headers = &self.valued.form.sections[self.section as usize].columns;
        let holds = self.grammar.blocks[usize::from(self.identity.block)].columns[usize::from(column)].holds;
        let heads = |placed: &&Placed| match placed.1 {
            Some(header) => headers[header as usize].column == column,
            None => placed.2 == holds,
        };
        line.iter().find(heads).map(|placed| placed.0)
    }
}

/// The identities of weights and scores, which are the same in every form that has them.
fn points(valued: &Valued<'_>, facts: &Facts, out: &mut Vec<Instance>) {
    let weights: Vec<u32> = facts.lines.iter().filter_map(|(weight, _)| *weight).collect();
    let scores: Vec<u32> = facts.lines.iter().filter_map(|(_, score)| *score).collect();
    for (of, total, parts) in
        [(Of::Weights, facts.weight_total, &weights), (Of::Scores, facts.score_total, &scores)]
    {
        if let Some(total) = total.filter(|_| !parts.is_empty()) {
            out.push(Instance { of, shape: Shape::Sum { total, parts: parts.clone() } });
        }
    }
    for level in 0..valued.levels.len() as u32 {
        let on_level = valued.lines.iter().zip(&facts.lines).filter(|(line, _)| line.level == Some(level));
        let parts: Vec<u32> = on_level.filter_map(|(_, (weight, _))| *weight).collect();
        if !parts.is_empty() {
            let total = facts.first_level + level;
            out.push(Instance { of: Of::Level, shape: Shape::Sum { total, parts } });
        }
    }
    levels(valued, facts, out);
    for (weight, score) in &facts.lines {
        if let (Some(whole), Some(part)) = (*weight, *score) {
            out.push(Instance { of: Of::Score, shape: Shape::Bound { whole, part } });
        }
    }
}

/// Where every indicator stands under a level that prints its weight, the levels add up to the total too.
fn levels(valued: &Valued<'_>, facts: &Facts, out: &mut Vec<Instance>) {
    let Some(total) = facts.weight_total else { return };
    let all_levelled = valued
        .form
        .lines
        .iter()
        .zip(&valued.lines)
        .all(|(line, value)| line.execution || value.level.is_some());
    if valued.levels.is_empty() || !all_levelled {
        return;
    }
    let execution = valued.form.lines.iter().zip(&facts.lines).filter(|(line, _)| line.execution);
    let mut parts: Vec<u32> = execution.filter_map(|(_, (weight, _))| *weight).collect();
    parts.extend((0..valued.levels.len() as u32).map(|level| facts.first_level + level));
    out.push(Instance { of: Of::Levels, shape: Shape::Sum { total, parts } });
}
