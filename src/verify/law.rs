//! What an identity says of numbers: that it holds and which of them it pins, that it fails, or nothing.
//!
//! The rules are the contract's. Sums are exact. Zeros alone prove nothing, and a bound that is kept proves neither
//! side. A printed rate is rounded to its last digit, so a coarse one pins itself but not the sums it compares: a sum
//! is pinned only where the next printable value to either side would break the rate, or where the rate says that both
//! are equal and they are.

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
}

/// What an identity says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds, and no other printable value could stand for these.
    Holds(Vec<usize>),
    Fails,
    /// A term cannot be read, or nothing but zeros, or rounding hides the answer.
    Silent,
}

impl Shape {
    /// The fact it says something of: what is disputed first where it fails.
    pub const fn anchor(&self) -> usize {
        match self {
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
        }
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
    fn a_bound_speaks_only_when_it_is_broken() {
        let bound = Shape::Bound { whole: 0, part: 1 };
        assert_eq!(said(&bound, &[(5, 0), (5, 0)]), Outcome::Silent);
        assert_eq!(said(&bound, &[(5, 0), (51, 1)]), Outcome::Fails);
    }
}
