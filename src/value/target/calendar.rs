//! Dates as targets: `2022年12月31日`, `12月底前`, `2022.12`, `12.31` say when, not how much.

use super::super::date::date;
use super::super::decimal::Decimal;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Percent;

/// Whether a year is named in `text`.
pub(super) fn is_date(text: &str, lexicon: &Lexicon) -> bool {
    super::super::date::year(text, lexicon).is_some() || (text.len() > 6 && date(text, lexicon).is_some())
}

/// Whether a number that stands alone may be a year, a month or a day. Losing a count of 2,022 costs less than
/// a year that passes for a count.
pub(super) fn is_bare_date(printed: &str, number: Decimal, rest: &str, percent: Option<Percent>) -> bool {
    if percent.is_some() || !rest.is_empty() || printed.contains(',') {
        return false;
    }
    let digits = number.mantissa();
    let is_month = |year, month| (1990..=2099).contains(&year) && (1..=12).contains(&month);
    match number.scale() {
        0 if digits < 10_000 => (2001..=2099).contains(&digits),
        0 if digits < 1_000_000 => is_month(digits / 100, digits % 100),
        0 => is_month(digits / 10_000, digits / 100 % 100),
        1 => is_month(digits / 10, digits % 10),
        2 => is_month(digits / 100, digits % 100) || is_month_end(digits / 100, digits % 100),
        _ => false,
    }
}

/// `12.31`, `6.30`: deadlines are ends of months.
fn is_month_end(month: i128, day: i128) -> bool {
    match month {
        4 | 6 | 9 | 11 => day == 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => day == 31,
        _ => false,
    }
}
