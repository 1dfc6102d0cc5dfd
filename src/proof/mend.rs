//! What one slip would mend a sum that does not add up. It is offered, never applied: a well-formed figure stays as it is
//! printed.

use super::certificate::{printed_scale, term};
use super::fact::Fact;
use super::identity::add;
use super::{Judged, Trust};
use crate::value::decimal::Decimal;
use serde_json::{Value, json};

/// Terms beyond which a sum is not searched: with so many, some term is always one slip away.
const TERMS: usize = 40;

/// A figure that one slip away from what is printed would make a sum add up.
pub(super) struct Mend {
    /// The fact.
    pub at: u32,
    /// What it would have to be, in the unit it is printed in.
    pub needed: Decimal,
}

impl Mend {
    /// The candidate as a part of a certificate.
    pub fn certificate(&self, form: &Judged<'_>) -> Value {
        let mut term = term(form, &form.facts.all[self.at as usize]);
        term["needed"] = json!(self.needed.to_string());
        term
    }
}

/// Every term of `total = parts` that one slip would turn into what the others need.
pub(super) fn candidates(form: &Judged<'_>, total: u32, parts: &[u32]) -> Vec<Mend> {
    let facts = &form.facts.all;
    let value = |at: u32| facts[at as usize].value;
    let Some((printed, sum)) = value(total).zip(add(value, parts)) else { return Vec::new() };
    if parts.len() > TERMS {
        return Vec::new();
    }
    let needed_of = |at: u32| {
        if at == total {
            return Some(sum);
        }
        printed.checked_sub(sum)?.checked_add(value(at)?)
    };
    std::iter::once(total)
        .chain(parts.iter().copied())
        .filter_map(|at| {
            let fact = &facts[at as usize];
            // What another identity holds in its place cannot have slipped alone.
            let free = fact.proofs == 0 && !fact.is_malformed() && fact.trust != Trust::Repaired;
            let needed = printed_scale(fact, needed_of(at).filter(|_| free)?);
            is_one_slip(fact, needed).then_some(Mend { at, needed })
        })
        .collect()
}

/// Whether `needed` differs from what a fact prints by one digit replaced, dropped or added, two neighbours swapped, the
/// sign, or the place of the decimal point (which is how a slip between 元 and 万元 looks, too).
fn is_one_slip(fact: &Fact, needed: Decimal) -> bool {
    let Some(printed) = fact.value.map(|value| printed_scale(fact, value)) else { return false };
    if needed == printed.neg() || is_shifted(printed, needed) {
        return true;
    }
    let Ok(scale) = u8::try_from(printed.scale()) else { return false };
    match needed.at_scale(scale) {
        Some((mantissa, false)) if mantissa >= 0 => {
            one_edit(&digits(printed.mantissa(), scale), &digits(mantissa, scale))
        }
        _ => false,
    }
}

/// Whether two numbers have the same digits and the point in different places, four apart at most.
fn is_shifted(printed: Decimal, needed: Decimal) -> bool {
    !printed.is_zero()
        && (1i8..=4).any(|by| [by, -by].into_iter().any(|by| printed.shifted(by) == Some(needed)))
}

/// The digits of a number with `scale` of them behind the point, with the zero before it.
fn digits(mantissa: i128, scale: u8) -> Vec<u8> {
    format!("{mantissa:0width$}", width = usize::from(scale) + 1).into_bytes()
}

fn one_edit(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([x, y, a @ ..], [v, w, b @ ..]) if (x, y) == (w, v) && a == b => true,
        ([_, rest @ ..], _) if rest == b => true,
        (_, [_, rest @ ..]) if rest == a => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_slip() {
        for (a, b) in [("4672", "4675"), ("2248", "2245"), ("123", "132"), ("123", "1234"), ("1234", "134")] {
            assert!(one_edit(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        for (a, b) in [("4672", "4685"), ("123", "321"), ("123", "12345")] {
            assert!(!one_edit(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        assert_eq!(digits(3, 2), b"003");
        let number = Decimal::new;
        assert!(is_shifted(number(3770, 0), number(3770, 2)) && is_shifted(number(15, 1), number(15_000, 0)));
        assert!(!is_shifted(number(3770, 0), number(377, 4)) && !is_shifted(number(0, 0), number(0, 2)));
        assert!(!is_shifted(number(3770, 0), number(3771, 1)));
    }
}
