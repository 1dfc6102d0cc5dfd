//! Dates as targets: `2022年12月31日`, `12月底前`, `2022.12`, `12.31` say when, not how much.

use super::super::date::date;
use super::super::decimal::Decimal;
use crate::grammar::fold;
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
    let digits: String = printed.chars().map(fold::narrow).collect();
    match digits.split_once('.') {
        None => is_year_or_month(&digits),
        Some((first, second)) => {
            let compact = format!("{first}{second:0>2}");
            (first.len() == 4 && is_year_or_month(&compact)) || is_month_end(number)
        }
    }
}

fn is_year_or_month(digits: &str) -> bool {
    let Ok(number) = digits.parse::<u32>() else {
        return false;
    };
    match digits.len() {
        4 => (2001..=2099).contains(&number),
        6 => (1990..=2099).contains(&(number / 100)) && (1..=12).contains(&(number % 100)),
        8 => (1990..=2099).contains(&(number / 10_000)) && (1..=12).contains(&(number / 100 % 100)),
        _ => false,
    }
}

/// `12.31`, `6.30`: deadlines are ends of months.
fn is_month_end(number: Decimal) -> bool {
    let (month, day) = (number.mantissa() / 100, number.mantissa() % 100);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    number.scale() == 2 && day == last
}
