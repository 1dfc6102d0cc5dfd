//! What an identity says of numbers: that it holds and which of them it pins, that it fails, or nothing.
//!
//! The rules are the contract's. Sums are exact. Zeros alone prove nothing, and a bound that is kept proves neither
//! side. A printed rate is rounded to its last digit, so a coarse one pins itself but not the sums it compares: a sum
//! is pinned only where the next printable value to either side would break the rate, or where the rate says that both
//! are equal and they are.

use super::pairs::{Agreement, agreement};
use crate::value::decimal::Decimal;

/// An identity over facts, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The total is the sum of the parts.
    Sum { total: usize, parts: Vec<usize> },
    /// The part is at most the whole.
    Bound { whole: usize, part: usize },
    /// The ratio is `of` over `to`; `rounded` where the two are sums that may have been rounded for print, not counts.
    Ratio { ratio: usize, of: usize, to: usize, rounded: bool },
    /// Both are the same figure; `one_unit` where neither can be the other rounded.
    Equal { first: usize, other: usize, one_unit: bool },
    /// The score is the weight times the rate, at most the weight. `decimals` are those the score is printed with.
    Score { score: usize, weight: usize, rate: usize, decimals: u8, rule: Rule },
}

/// Why a form's score should follow its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// All forms of the kind have the rule.
    Always,
    /// The text in this row of the form says so.
    Stated(usize),
    /// Nothing says so.
    Unstated,
}

/// What an identity says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds, and no other printable value could stand for these.
    Holds(Vec<usize>),
    Fails,
    /// It does not hold, but nothing says that it must.
    Off,
    /// A term cannot be read, or nothing but zeros, or rounding hides the answer.
    Silent,
}

impl Shape {
    /// The fact it says something of: what is disputed first where it fails.
    pub const fn anchor(&self) -> usize {
        match self {
            Shape::Equal { other, .. } => *other,
            Shape::Score { score, .. } => *score,
            Shape::Sum { total, .. } => *total,
            Shape::Bound { part, .. } => *part,
            Shape::Ratio { ratio, .. } => *ratio,
        }
    }

    /// Every fact it is about.
    pub fn terms(&self) -> Vec<usize> {
        match self {
            Shape::Sum { total, parts } => std::iter::once(*total).chain(parts.iter().copied()).collect(),
            Shape::Bound { whole, part } => vec![*whole, *part],
            Shape::Ratio { ratio, of, to, .. } => vec![*ratio, *of, *to],
            Shape::Equal { first, other, .. } => vec![*first, *other],
            Shape::Score { score, weight, rate, .. } => vec![*score, *weight, *rate],
        }
    }

    /// Whether it can tell the readings of a figure apart.
    pub const fn decides(&self) -> bool {
        !matches!(self, Shape::Bound { .. } | Shape::Score { rule: Rule::Unstated, .. })
    }

    /// What it says of the values that `value` gives; a number too long to be worked with says nothing.
    pub fn outcome(&self, value: &dyn Fn(usize) -> Option<Decimal>) -> Outcome {
        let said = match self {
            Shape::Sum { total, parts } => sum(value, *total, parts),
            Shape::Bound { whole, part } => {
                let above = value(*part).zip(value(*whole)).map(|(part, whole)| part > whole);
                above.map(|above| if above { Outcome::Fails } else { Outcome::Silent })
            }
            Shape::Ratio { ratio, of, to, rounded } => rate(value, [*ratio, *of, *to], *rounded),
            Shape::Equal { first, other, one_unit } => same(value, [*first, *other], *one_unit),
            Shape::Score { score, weight, rate, decimals, rule } => {
                follows(value, [*score, *weight, *rate], *decimals, *rule)
            }
        };
        said.unwrap_or(Outcome::Silent)
    }

    /// Whether it is a sum that is larger than its parts together.
    pub fn falls_short(&self, value: &dyn Fn(usize) -> Option<Decimal>) -> bool {
        let Shape::Sum { total, parts } = self else { return false };
        value(*total).zip(total_of(value, parts)).is_some_and(|(total, sum)| sum < total)
    }
}

/// The sum of facts; `None` where one cannot be read.
pub(super) fn total_of(value: &dyn Fn(usize) -> Option<Decimal>, parts: &[usize]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for &part in parts {
        sum = sum.checked_add(value(part)?)?;
    }
    Some(sum)
}

fn sum(value: &dyn Fn(usize) -> Option<Decimal>, total: usize, parts: &[usize]) -> Option<Outcome> {
    let printed = value(total)?;
    if total_of(value, parts)? != printed {
        return Some(Outcome::Fails);
    }
    let terms: Vec<usize> = std::iter::once(total).chain(parts.iter().copied()).collect();
    let any = terms.iter().any(|&term| value(term).is_some_and(|value| !value.is_zero()));
    Some(if any { Outcome::Holds(terms) } else { Outcome::Silent })
}

fn rate(
    value: &dyn Fn(usize) -> Option<Decimal>,
    [ratio, of, to]: [usize; 3],
    rounded: bool,
) -> Option<Outcome> {
    let (r, a, b) = (value(ratio)?, value(of)?, value(to)?);
    if b.is_zero() {
        return None;
    }
    let near = |a: Decimal, b: Decimal| Some(distance(r, a, b)? <= r.half_unit().checked_mul(b.abs())?);
    if !near(a, b)? {
        if !rounded {
            return Some(Outcome::Fails);
        }
        let rounding = a.half_unit().checked_add(r.checked_mul(b.half_unit())?)?;
        let reach = r.half_unit().checked_mul(b.abs())?.checked_add(rounding)?;
        return Some(if distance(r, a, b)? <= reach { Outcome::Silent } else { Outcome::Fails });
    }
    let mut pinned = vec![ratio];
    let equal = a == b && r == Decimal::from(1);
    let (below, above) = (|x: Decimal| x.checked_sub(x.step()), |x: Decimal| x.checked_add(x.step()));
    if equal || (!near(below(a)?, b)? && !near(above(a)?, b)?) {
        pinned.push(of);
    }
    if equal || (!near(a, below(b)?)? && !near(a, above(b)?)?) {
        pinned.push(to);
    }
    Some(Outcome::Holds(pinned))
}

fn same(
    value: &dyn Fn(usize) -> Option<Decimal>,
    [first, other]: [usize; 2],
    one_unit: bool,
) -> Option<Outcome> {
    let (a, b) = (value(first)?, value(other)?);
    Some(match agreement(a, b, one_unit) {
        Agreement::Exact if !a.is_zero() => Outcome::Holds(vec![first, other]),
        Agreement::Exact | Agreement::Rounded => Outcome::Silent,
        Agreement::Differ => Outcome::Fails,
    })
}

/// The score is rounded to its decimals and the rate to its own. A full rate says nothing of the score that nobody
/// would have printed anyway.
fn follows(
    value: &dyn Fn(usize) -> Option<Decimal>,
    [score, weight, rate]: [usize; 3],
    decimals: u8,
    rule: Rule,
) -> Option<Outcome> {
    let (s, w, r) = (value(score)?, value(weight)?, value(rate)?);
    if w.is_zero() || w < Decimal::ZERO || r < Decimal::ZERO {
        return None;
    }
    let full = r >= Decimal::from(1);
    let mut reach = Decimal::new(5, decimals + 1);
    let mut due = w;
    if !full {
        due = w.checked_mul(r)?;
        reach = reach.checked_add(w.checked_mul(r.half_unit())?)?;
    }
    let off = s.checked_sub(due)?.abs() > reach;
    Some(match (off, rule) {
        (true, Rule::Unstated) => Outcome::Off,
        (true, _) => Outcome::Fails,
        (false, Rule::Unstated) => Outcome::Silent,
        (false, _) if full || r.is_zero() => Outcome::Silent,
        (false, _) => Outcome::Holds(vec![score]),
    })
}

/// How far `a` is from what the rate makes of `b`.
fn distance(r: Decimal, a: Decimal, b: Decimal) -> Option<Decimal> {
    Some(a.checked_sub(r.checked_mul(b)?)?.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(shape: &Shape, values: &[(i128, u8)]) -> Outcome {
        let values: Vec<Decimal> =
            values.iter().map(|&(mantissa, scale)| Decimal::new(mantissa, scale)).collect();
        shape.outcome(&|at| Some(values[at]))
    }

    #[test]
    fn sums_are_exact_and_zeros_say_nothing() {
        let sum = Shape::Sum { total: 0, parts: vec![1, 2] };
        assert_eq!(said(&sum, &[(300, 2), (1, 0), (2, 0)]), Outcome::Holds(vec![0, 1, 2]));
        assert_eq!(said(&sum, &[(300, 2), (1, 0), (201, 2)]), Outcome::Fails);
        assert_eq!(said(&sum, &[(0, 2), (0, 0), (0, 0)]), Outcome::Silent);
    }

    #[test]
    fn a_coarse_rate_pins_itself_alone() {
        let rate = Shape::Ratio { ratio: 0, of: 1, to: 2, rounded: true };
        assert_eq!(said(&rate, &[(95, 2), (380_004, 2), (400_000, 2)]), Outcome::Holds(vec![0]));
        assert_eq!(said(&rate, &[(9423, 4), (49, 0), (52, 0)]), Outcome::Holds(vec![0, 1, 2]));
        assert_eq!(said(&rate, &[(100, 2), (5, 0), (5, 0)]), Outcome::Holds(vec![0, 1, 2]));
        assert_eq!(said(&rate, &[(100, 2), (400, 2), (500, 2)]), Outcome::Fails);
        assert_eq!(said(&rate, &[(100, 2), (0, 0), (0, 0)]), Outcome::Silent);
    }

    #[test]
    fn a_score_follows_its_rate_where_the_form_says_so() {
        let score = |decimals, rule| Shape::Score { score: 0, weight: 1, rate: 2, decimals, rule };
        let given = |score: (i128, u8), rate: (i128, u8)| [score, (10, 0), rate];
        let (stated, unstated) = (Rule::Stated(0), Rule::Unstated);
        assert_eq!(said(&score(2, stated), &given((805, 2), (8045, 4))), Outcome::Holds(vec![0]));
        assert_eq!(said(&score(0, stated), &given((8, 0), (8045, 4))), Outcome::Holds(vec![0]));
        assert_eq!(said(&score(2, stated), &given((800, 2), (8045, 4))), Outcome::Fails);
        assert_eq!(said(&score(0, stated), &given((10, 0), (8045, 4))), Outcome::Fails);
        assert_eq!(said(&score(0, unstated), &given((10, 0), (8045, 4))), Outcome::Off);
        assert_eq!(said(&score(2, unstated), &given((805, 2), (8045, 4))), Outcome::Silent);
        assert_eq!(said(&score(0, stated), &given((10, 0), (12, 1))), Outcome::Silent);
        assert_eq!(said(&score(0, Rule::Always), &given((9, 0), (100, 2))), Outcome::Fails);
        assert_eq!(said(&score(0, stated), &given((0, 0), (0, 2))), Outcome::Silent);
    }

    #[test]
    fn the_same_figure_twice() {
        let equal = |one_unit| Shape::Equal { first: 0, other: 1, one_unit };
        assert_eq!(said(&equal(true), &[(500, 2), (5, 0)]), Outcome::Holds(vec![0, 1]));
        assert_eq!(said(&equal(true), &[(501, 2), (5, 0)]), Outcome::Fails);
        assert_eq!(said(&equal(false), &[(501, 2), (5, 0)]), Outcome::Silent);
        assert_eq!(said(&equal(true), &[(0, 2), (0, 0)]), Outcome::Silent);
    }

    #[test]
    fn a_bound_speaks_only_when_it_is_broken() {
        let bound = Shape::Bound { whole: 0, part: 1 };
        assert_eq!(said(&bound, &[(5, 0), (5, 0)]), Outcome::Silent);
        assert_eq!(said(&bound, &[(5, 0), (51, 1)]), Outcome::Fails);
    }
}
