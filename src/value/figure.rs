//! The reader of a cell that should hold one number: the hot path of a conversion.

use super::blank::is_bare_blank;
use super::decimal::{Decimal, MAX_SCALE};
use super::number::{Figure, Notation, Number, Unit};
use super::piece::{one_of, refused, spaces, spelled, unsigned};
use super::{repair, unit};
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Percent;
use nom::branch::alt;
use nom::combinator::{opt, value};
use nom::multi::many0_count;
use nom::{IResult, Parser};
use std::borrow::Cow;

/// The one number that `text`, a cell's text, should hold. A malformed number is read as the likeliest of its
/// readings and says so; nothing else than a number, its sign and its unit is tolerated.
pub fn figure<'t>(text: &'t str, lexicon: &Lexicon) -> Figure<'t> {
    // Most cells are trimmed already, and hold nothing but digits.
    if let Some(number) = ascii(text) {
        return Figure::Number(number);
    }
    let text = fold::trim(text);
    // Marks are taken out once: what their taking out leaves may look like a mark, but is the document's text.
    match fold::strip_marks(text) {
        Cow::Borrowed(text) => unmarked(text, lexicon),
        Cow::Owned(bare) => relocated(unmarked(fold::trim(&bare), lexicon), text),
    }
}

fn unmarked<'t>(text: &'t str, lexicon: &Lexicon) -> Figure<'t> {
    if is_bare_blank(text, lexicon) {
        return Figure::Blank;
    }
    match well_formed(text, lexicon) {
        Ok((_, number)) => Figure::Number(number),
        Err(_) => repair::likeliest(text, lexicon).map_or(Figure::Unreadable, Figure::Number),
    }
}

/// Digits that surely fit 64 bits, so that the loop needs no check.
const FAST_DIGITS: usize = 18;

/// The notation of nine figures in ten: an optional minus, ASCII digits, a point, a percent sign. Anything
/// else, well-formed or not, is left to the other readers.
pub(super) fn ascii(text: &str) -> Option<Number<'static>> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    let (percent, bytes) = match bytes {
        [rest @ .., b'%'] => (Some(Percent::Hundredth), rest),
        _ => (None, bytes),
    };
    if bytes.len() > FAST_DIGITS || matches!(bytes, [b'0', b'0'..=b'9', ..]) {
        return None;
    }
    let mut mantissa = 0i64;
    let mut point = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let scale = match point {
        Some(at) if at + 1 < bytes.len() => u8::try_from(bytes.len() - at - 1).ok()?,
        None if !bytes.is_empty() => 0,
        _ => return None,
    };
    debug_assert!(scale <= MAX_SCALE);
    let value = Decimal::new(i128::from(if negative { -mantissa } else { mantissa }), scale);
    Some(Number { value, percent, unit: None, notation: Notation::Plain })
}

/// A whole text that is a well-formed number, with its sign, its unit and the words around it.
pub(super) fn well_formed<'t>(text: &'t str, lexicon: &Lexicon) -> IResult<&'t str, Number<'t>> {
    let (rest, _) = many0_count((spelled(&lexicon.before_number), spaces)).parse(text)?;
    let (rest, negative) = sign(rest, lexicon)?;
    let (rest, value) = unsigned(rest)?;
    let (rest, _) = spaces(rest)?;
    let (percent, unit) = unit::behind(rest, lexicon).ok_or_else(|| refused(rest))?;
    let value = if negative { value.neg() } else { value };
    Ok(("", Number { value, percent, unit, notation: Notation::Plain }))
}

/// A sign, if there is one: whether it is a minus.
pub(super) fn sign<'t>(input: &'t str, lexicon: &Lexicon) -> IResult<&'t str, bool> {
    let minus = value(true, (one_of(&lexicon.minus), spaces));
    let plus = value(false, (one_of(&lexicon.plus), spaces));
    opt(alt((minus, plus))).map(|sign| sign.unwrap_or(false)).parse(input)
}

/// `figure`, read from `text` without its marks, with its unit borrowed from `text` itself.
fn relocated<'t>(figure: Figure<'_>, text: &'t str) -> Figure<'t> {
    let number = match figure {
        Figure::Blank => return Figure::Blank,
        Figure::Unreadable => return Figure::Unreadable,
        Figure::Number(number) => number,
    };
    let unit = match number.unit {
        None => None,
        Some(Unit::Money(unit)) => Some(Unit::Money(unit)),
        // A word that a mark stands in the middle of cannot be borrowed.
        Some(Unit::Word { power, word }) => match text.rfind(word) {
            Some(at) => Some(Unit::Word { power, word: &text[at..at + word.len()] }),
            None => return Figure::Unreadable,
        },
    };
    Figure::Number(Number { value: number.value, percent: number.percent, unit, notation: number.notation })
}
