//! Everything that the digits of a badly written number could mean. No reading is preferred: the one a dataset gives
//! must be among them, and where it is called the only one, it must be the only one of these.

use super::number::{Printed, sign, tail};
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::{Decimal, MAX_SCALE};

/// More characters than this are no slip in a number.
const LONGEST: usize = 64;
const DIGITS: usize = 30;

/// A character inside a number.
#[derive(Clone, Copy)]
enum Mark {
    Digit(u8),
    /// It may be the decimal point.
    Point,
    /// It can only be dropped.
    Dropped,
}

/// The readings of a trimmed text without marks; none where it is no number.
pub(super) fn candidates(text: &str, lexicon: &Lexicon) -> Vec<Printed> {
    let (text, bracketed) = bare(text, lexicon);
    let (negative, text) = sign(text, lexicon);
    let marks: Vec<(Mark, usize)> =
        text.chars().map_while(|c| Some((mark(c, lexicon)?, c.len_utf8()))).collect();
    let length: usize = marks.iter().map(|(_, bytes)| bytes).sum();
    let marks: Vec<Mark> = marks.into_iter().map(|(mark, _)| mark).collect();
    let Some(tail) = tail(fold::trim(&text[length..]), lexicon) else { return Vec::new() };
    if marks.len() > LONGEST {
        return Vec::new();
    }
    let points = (0..marks.len()).filter(|&at| matches!(marks[at], Mark::Point)).map(Some);
    let mut values: Vec<Decimal> = points.chain([None]).filter_map(|point| value(&marks, point)).collect();
    if negative {
        values = values.into_iter().map(Decimal::neg).collect();
    }
    if bracketed {
        values = values.into_iter().flat_map(|value| [value, value.neg()]).collect();
    }
    values.into_iter().map(|value| Printed { value, tail }).collect()
}

/// The text without the words before a number and the brackets around it.
fn bare<'t>(mut text: &'t str, lexicon: &Lexicon) -> (&'t str, bool) {
    while let Some(((), rest)) = lexicon.before_number.strip(text).or_else(|| lexicon.approximate.strip(text))
    {
        text = fold::trim(rest);
    }
    let inner = text.strip_prefix(['(', '\u{ff08}']).and_then(|text| text.strip_suffix([')', '\u{ff09}']));
    inner.map_or((text, false), |inner| (fold::trim(inner), true))
}

fn mark(c: char, lexicon: &Lexicon) -> Option<Mark> {
    let narrow = fold::narrow(c);
    if let Some(digit) = narrow.to_digit(10) {
        return u8::try_from(digit).ok().map(Mark::Digit);
    }
    if matches!(narrow, '.' | ',') || lexicon.point_alike.has(c) {
        return Some(Mark::Point);
    }
    if fold::is_space(c) || lexicon.separator_alike.has(c) {
        return Some(Mark::Dropped);
    }
    lexicon.look_alike(c).map(Mark::Digit)
}

fn value(marks: &[Mark], point: Option<usize>) -> Option<Decimal> {
    let digit = |mark: &Mark| if let Mark::Digit(digit) = mark { Some(i128::from(*digit)) } else { None };
    let digits: Vec<i128> = marks.iter().filter_map(digit).collect();
    let scale = point.map_or(0, |point| marks[point..].iter().filter_map(digit).count());
    let fits = !digits.is_empty() && digits.len() <= DIGITS && scale <= usize::from(MAX_SCALE);
    if !fits || (point.is_some() && scale == 0) {
        return None;
    }
    Some(Decimal::new(digits.iter().fold(0, |all, digit| all * 10 + digit), u8::try_from(scale).ok()?))
}
