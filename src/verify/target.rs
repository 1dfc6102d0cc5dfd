//! The numbers of targets and outcomes: whatever number is given must be printed in the text, if only in another unit.
//! Which of several numbers is meant, and how it compares, is not read again here.

use super::form::FormRows;
use super::number::exact;
use super::report::{Check, Sink};
use super::rows::Indicator;
use crate::grammar::fold;
use crate::value::decimal::Decimal;

/// The powers of ten of percent and permille signs, and of multipliers.
const POWERS: [i8; 9] = [0, -2, -3, 2, 3, 4, 6, 7, 8];

/// Checks the numbers of a scored line.
pub(super) fn check(form: &FormRows<'_>, row: &Indicator, sink: &mut Sink) {
    for (text, value, op) in
        [(&row.target, row.target_value, &row.target_op), (&row.actual, row.actual_value, &row.actual_op)]
    {
        let printed = match value {
            Some(value) => text.as_deref().is_some_and(|text| prints(text, value)),
            None => op.is_none(),
        };
        sink.demand(printed, Check::Figure, form.at("indicators", row.line), || {
            format!("{value:?} with {op:?} is not printed in `{}`", text.as_deref().unwrap_or_default())
        });
    }
}

/// Whether a line has its full score for a target that it missed, or lost points on one that it met.
pub(super) fn is_unfit(row: &Indicator) -> bool {
    let (Some(weight), Some(score)) = (row.weight, row.score) else { return false };
    let (Some(wanted), Some(reached)) = (row.target_value, row.actual_value) else { return false };
    let comparable = row.target_unit == row.actual_unit && row.actual_op.is_none();
    let assumed = row.trust == "assumed" || row.weight_trust == "assumed";
    if row.kind != "indicator" || !comparable || assumed {
        return false;
    }
    let met = match row.target_op.as_deref() {
        // More than was named may be good or bad.
        Some("=") if reached > wanted => return false,
        Some(">=" | "=") => reached >= wanted,
        Some(">") => reached > wanted,
        Some("<=") => reached <= wanted,
        Some("<") => reached < wanted,
        _ => return false,
    };
    if met { score < weight } else { score == weight }
}

fn prints(text: &str, value: Decimal) -> bool {
    let narrow: String = text.chars().map(fold::narrow).filter(|&c| c != ',' && !fold::is_space(c)).collect();
    let numbers = narrow.split(|c: char| !c.is_ascii_digit() && c != '.');
    let same = |number: Decimal| POWERS.iter().any(|&power| number.shifted(power) == Some(value.abs()));
    numbers.filter_map(|number| exact(number.trim_matches('.'))).any(same)
}
