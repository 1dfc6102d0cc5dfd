//! The numbers of targets and outcomes: whatever number is given must be printed in the text, if only in another unit.
//! Which of several numbers is meant, and how it compares, is not read again here.

use super::claims::Claims;
use super::form::FormRows;
use super::number::exact;
use super::report::{Check, Sink};
use super::rows::Indicator;
use crate::finding::Code;
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::Decimal;

/// The powers of ten of percent and permille signs, and of multipliers.
const POWERS: [i8; 9] = [0, -2, -3, 2, 3, 4, 6, 7, 8];

/// Accounts for the weights behind first levels that hold a letter for a digit: they are told of, and none is given.
pub(super) fn level_weights(form: &FormRows<'_>, claims: &mut Claims<'_>) {
    let field = "level1_weight";
    // Nearly every form has none, and many lines without such a weight.
    if !claims.is_open(field) {
        return;
    }
    for row in form.indicators.iter().filter(|row| row.level1_weight.is_none()) {
        let Some(level) = row.level1.as_deref() else { continue };
        claims.take(|finding| {
            finding.code == Code::NumberMalformed.as_str()
                && finding.field.as_deref() == Some(field)
                && finding.raw.as_deref().is_some_and(|raw| fold::name(raw).starts_with(level))
        });
    }
}

/// Checks the numbers of a scored line.
pub(super) fn check(
    form: &FormRows<'_>,
    row: &Indicator,
    claims: &mut Claims<'_>,
    lexicon: &Lexicon,
    sink: &mut Sink,
) {
    for (field, text, value, op) in [
        ("target", &row.target, row.target_value, &row.target_op),
        ("actual", &row.actual, row.actual_value, &row.actual_op),
    ] {
        // A figure with a letter for a digit is told of, and no number given for it.
        if let Some(text) = text.as_deref().filter(|text| value.is_none() && may_be_misread(text, lexicon)) {
            let own = |raw: &str| text.contains(fold::trim(raw));
            claims.take(|finding| {
                finding.code == Code::NumberMalformed.as_str()
                    && finding.field.as_deref() == Some(field)
                    && finding.line.is_some_and(|line| line >= row.line)
                    && finding.raw.as_deref().is_some_and(own)
            });
        }
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

/// Whether a letter or sign that looks like a digit or a point stands in a text with digits.
fn may_be_misread(text: &str, lexicon: &Lexicon) -> bool {
    let odd = |c: char| lexicon.look_alike(c).is_some() || lexicon.point_alike.has(c);
    text.contains(odd) && text.contains(|c: char| fold::narrow(c).is_ascii_digit())
}

fn prints(text: &str, value: Decimal) -> bool {
    let narrow: String = text.chars().map(fold::narrow).filter(|&c| c != ',' && !fold::is_space(c)).collect();
    let numbers = narrow.split(|c: char| !c.is_ascii_digit() && c != '.');
    let same = |number: Decimal| POWERS.iter().any(|&power| number.shifted(power) == Some(value.abs()));
    numbers.filter_map(|number| exact(number.trim_matches('.'))).any(same)
}
