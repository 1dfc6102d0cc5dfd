//! What an identity says of the figures it is about.

use super::fact::Facts;
use crate::finding::Code;
use crate::value::decimal::Decimal;

/// Which identity an instance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Instance<'p> {
    pub of: Of,
    pub shape: Shape<&'p [u32]>,
}

/// What must hold; `P` is how the parts of a sum are given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<P> {
    Sum {
        total: u32,
        parts: P,
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
    /// `one_unit`: both print the same unit, so that neither can be the other rounded.
    Equal {
        first: u32,
        other: u32,
        one_unit: bool,
    },
    Score {
        score: u32,
        weight: u32,
        rate: u32,
        rule: Rule,
    },
}

/// Why a form's score should follow its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Every form of the kind has the rule.
    Always,
    /// This form says so itself, in the text at this place of its texts.
    Stated(u32),
    /// Forms of the kind often have the rule; this one does not say.
    Unstated,
    /// Whether it has the rule makes no difference: its figures prove nothing either way.
    Moot,
}

/// What an identity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds.
    Holds(Held),
    /// It does not hold.
    Fails,
    /// It does not hold, but this form does not say that it must.
    Off,
    /// A term cannot be read, or all are zero, or rounding hides the answer.
    Silent,
}

/// Which of its terms an identity that holds speaks for: a bit for each of them, in the order of [`Instance::terms`], the
/// last bit for all from there on. Only a sum has so many, and it speaks for all alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pinned: u8,
    matched: u8,
}

impl Held {
    const ALL: Held = Held { pinned: u8::MAX, matched: 0 };

    /// Whether no other printable value could stand for the term at this place.
    pub fn pins(self, nth: usize) -> bool {
        self.pinned >> nth.min(7) & 1 == 1
    }

    /// Whether a coarse rate of 100% and its being equal to the last digit speak for the term at this place, although a
    /// neighbour would not break it.
    pub fn matches(self, nth: usize) -> bool {
        self.matched >> nth.min(7) & 1 == 1
    }
}

impl<P> Shape<P> {
    /// The same over parts given otherwise.
    pub fn map<Q>(self, parts_of: impl FnOnce(P) -> Q) -> Shape<Q> {
        match self {
            Shape::Sum { total, parts } => Shape::Sum { total, parts: parts_of(parts) },
            Shape::Bound { whole, part } => Shape::Bound { whole, part },
            Shape::Ratio { ratio, of, to, rounded } => Shape::Ratio { ratio, of, to, rounded },
            Shape::Equal { first, other, one_unit } => Shape::Equal { first, other, one_unit },
            Shape::Score { score, weight, rate, rule } => Shape::Score { score, weight, rate, rule },
        }
    }
}

impl Instance<'_> {
    /// Every fact it is about.
    pub fn terms(&self) -> impl Iterator<Item = u32> + '_ {
        let (first, rest): (&[u32], &[u32]) = match &self.shape {
            Shape::Sum { total, parts } => (std::slice::from_ref(total), parts),
            Shape::Bound { whole, part } => (std::slice::from_ref(whole), std::slice::from_ref(part)),
            Shape::Ratio { ratio, of, .. } => (std::slice::from_ref(ratio), std::slice::from_ref(of)),
            Shape::Equal { first, other, .. } => (std::slice::from_ref(first), std::slice::from_ref(other)),
            Shape::Score { score, weight, .. } => (std::slice::from_ref(score), std::slice::from_ref(weight)),
        };
        let third = match &self.shape {
            Shape::Ratio { to, .. } => Some(*to),
            Shape::Score { rate, .. } => Some(*rate),
            _ => None,
        };
        first.iter().chain(rest).copied().chain(third)
    }

    /// Whether it holds and speaks for a fact.
    pub fn speaks_for(&self, at: u32, outcome: Outcome) -> bool {
        let Outcome::Holds(held) = outcome else { return false };
        self.terms().enumerate().any(|(nth, term)| term == at && (held.pins(nth) || held.matches(nth)))
    }

    /// What it says of the facts as they stand. A figure whose reading nothing settled speaks neither for nor against
    /// others; one that no reading reconciles with them does.
    pub fn evaluate(&self, facts: &Facts) -> Outcome {
        self.evaluate_with(|at| {
            Some(&facts.all[at as usize])
                .filter(|fact| fact.is_firm() || fact.undecided)
                .and_then(|fact| fact.value)
        })
    }

    /// Evaluates it over the values that `value` gives.
    pub fn evaluate_with(&self, value: impl Fn(u32) -> Option<Decimal>) -> Outcome {
        #[cfg(test)]
        crate::dump::steps::add(self.terms().count());
        let outcome = match self.shape {
            Shape::Sum { total, parts } => sum(value, total, parts),
            Shape::Bound { whole, part } => bound(value, whole, part),
            Shape::Ratio { ratio, of, to, rounded } => rate(value, [ratio, of, to], rounded),
            Shape::Equal { first, other, one_unit } => equal(value, first, other, one_unit),
            Shape::Score { score, weight, rate, rule } => scored(value, [score, weight, rate], rule),
        };
        outcome.unwrap_or(Outcome::Silent)
    }

    /// Whether it can decide between the readings of a figure: a bound that is kept, or a rule that the form does not
    /// state, cannot.
    pub fn decides(&self) -> bool {
        !matches!(self.shape, Shape::Bound { .. } | Shape::Score { rule: Rule::Unstated | Rule::Moot, .. })
    }

    /// Whether it is a sum whose parts add up to less than its total.
    pub fn falls_short(&self, facts: &Facts) -> bool {
        let value = |at: u32| facts.all[at as usize].value;
        match &self.shape {
            Shape::Sum { total, parts } => {
                value(*total).zip(add(value, parts)).is_some_and(|(total, sum)| sum < total)
            }
            _ => false,
        }
    }

    /// Whether it is of the totals of weights or scores.
    pub fn is_of_totals(&self) -> bool {
        matches!(self.of, Of::Weights | Of::Scores)
    }

    /// The code of the finding when it fails.
    pub fn code(&self) -> Code {
        match (self.of, &self.shape) {
            (Of::Scores, _) => Code::ScoreSumMismatch,
            (Of::Weights | Of::Level | Of::Levels, _) => Code::WeightSumMismatch,
            (Of::Score, _) => Code::ScoreAboveWeight,
            (Of::Grammar(_), Shape::Ratio { .. }) => Code::RateMismatch,
            (Of::Grammar(_), Shape::Score { .. }) => Code::ScoreRateMismatch,
            (Of::Grammar(_), _) => Code::SumMismatch,
        }
    }

    /// Disputes the facts that could have broken it: what it says something of (the total, the rate), and of the others
    /// those that no identity that holds clears. Of two that should be equal neither is suspected before the other: both are
    /// disputed where both are cleared.
    pub fn dispute(&self, facts: &mut Facts) {
        let cleared = |facts: &Facts, at: u32| {
            let fact = &facts.all[at as usize];
            fact.proofs > 0 || fact.repaired
        };
        let terms: Vec<u32> = self.terms().collect();
        let anchor = match self.shape {
            Shape::Sum { total, .. } => Some(total),
            Shape::Bound { part, .. } => Some(part),
            Shape::Ratio { ratio, .. } => Some(ratio),
            Shape::Score { score, .. } => Some(score),
            Shape::Equal { .. } => None,
        };
        let all = anchor.is_none() && terms.iter().all(|&at| cleared(facts, at));
        for at in terms {
            if all || Some(at) == anchor || !cleared(facts, at) {
                facts.all[at as usize].count_against();
            }
        }
    }
}

/// The sum of values; `None` where one is missing or it does not fit.
pub(super) fn add(value: impl Fn(u32) -> Option<Decimal>, parts: &[u32]) -> Option<Decimal> {
    let mut values = parts.iter().map(|&part| value(part));
    let first = values.next()??;
    // Beginning with the first part keeps the sum at the parts' own printed digits.
    values.try_fold(first, |sum, part| sum.checked_add(part?))
}

fn sum(value: impl Fn(u32) -> Option<Decimal>, total: u32, parts: &[u32]) -> Option<Outcome> {
    let (printed, added) = (value(total)?, add(&value, parts)?);
    if printed != added {
        return Some(Outcome::Fails);
    }
    let zeros = printed.is_zero() && parts.iter().all(|&part| value(part).is_some_and(Decimal::is_zero));
    Some(if zeros { Outcome::Silent } else { Outcome::Holds(Held::ALL) })
}

fn bound(value: impl Fn(u32) -> Option<Decimal>, whole: u32, part: u32) -> Option<Outcome> {
    // That a bound is kept proves neither side.
    Some(if value(part)? > value(whole)? { Outcome::Fails } else { Outcome::Silent })
}

/// A printed rate holds within half its last digit. It pins what no neighbouring printable value could replace; of two
/// sums that only a coarse rate compares it pins neither, unless it says that they are equal and they are.
fn rate(value: impl Fn(u32) -> Option<Decimal>, [ratio, of, to]: [u32; 3], rounded: bool) -> Option<Outcome> {
    let (r, a, b) = (value(ratio)?, value(of)?, value(to)?);
    if b.is_zero() {
        return None;
    }
    let holds = |r: Decimal, a: Decimal, b: Decimal| -> Option<bool> {
        let off = a.checked_sub(r.checked_mul(b)?)?.abs();
        Some(off <= r.half_unit().checked_mul(b.abs())?)
    };
    if holds(r, a, b)? {
        let step = |x: Decimal, up: bool| x.checked_add(if up { x.step() } else { x.step().neg() });
        let alone = |vary_a: bool| -> Option<bool> {
            let mut broken = true;
            for up in [true, false] {
                let (a, b) = if vary_a { (step(a, up)?, b) } else { (a, step(b, up)?) };
                broken &= !holds(r, a, b)?;
            }
            Some(broken)
        };
        let pinned = 0b001 | u8::from(alone(true)?) << 1 | u8::from(alone(false)?) << 2;
        let matched = if a == b && r == Decimal::from(1) { 0b110 } else { 0 };
        return Some(Outcome::Holds(Held { pinned, matched }));
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

/// Two figures that should be the same. Both zero proves nothing.
fn equal(value: impl Fn(u32) -> Option<Decimal>, first: u32, other: u32, one_unit: bool) -> Option<Outcome> {
    let (a, b) = (value(first)?, value(other)?);
    if a == b {
        return Some(if a.is_zero() { Outcome::Silent } else { Outcome::Holds(Held::ALL) });
    }
    let coarser = if a.scale() <= b.scale() { a } else { b };
    let within = !one_unit && a.checked_sub(b)?.abs() <= coarser.half_unit();
    Some(if within { Outcome::Silent } else { Outcome::Fails })
}

/// A score that should be its weight times a rate, at most the weight: within half the last printed digit of the score and
/// of the rate. Full score for a full rate is printed whatever the rule, and nothing for nothing too: neither proves
/// anything.
fn scored(
    value: impl Fn(u32) -> Option<Decimal>,
    [score, weight, rate]: [u32; 3],
    rule: Rule,
) -> Option<Outcome> {
    let given = [value(score)?, value(weight)?, value(rate)?];
    let one = Decimal::from(1);
    if given[1] <= Decimal::ZERO || given[2] < Decimal::ZERO {
        return None;
    }
    let holds = |[s, w, r]: [Decimal; 3]| -> Option<bool> {
        let (due, rounding) = if r < one { (w.checked_mul(r)?, r.half_unit()) } else { (w, Decimal::ZERO) };
        let slack = s.half_unit().checked_add(w.abs().checked_mul(rounding)?)?;
        Some(s.checked_sub(due)?.abs() <= slack)
    };
    match (holds(given)?, rule) {
        (false, Rule::Unstated) => return Some(Outcome::Off),
        (false, _) => return Some(Outcome::Fails),
        (true, Rule::Unstated | Rule::Moot) => return Some(Outcome::Silent),
        (true, _) if given[2] >= one || given[2].is_zero() => return Some(Outcome::Silent),
        (true, _) => {}
    }
    // What it says something of is the score. Weight and rate have sums and sums of money of their own to hold them.
    Some(Outcome::Holds(Held { pinned: 0b001, matched: 0 }))
}
