//! The reader of indicator targets and actual values: prose that may state one number.
//!
//! A wrong value is far worse than none: a value is given only when the text holds exactly one well-formed
//! number, when all that stands behind it is a unit and a comparison, and when what stands before it can only
//! be what the number is of.

mod before;
mod behind;
mod calendar;
mod misread;

use super::decimal::Decimal;
use super::figure::sign;
use super::form::filled;
use super::piece::unsigned;
use crate::form::ScoredLine;
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::{Op, Percent};
use std::borrow::Cow;

pub use misread::{before_misread_weight, is_misread};

/// What a target or an actual value says in figures; all `None` when it says nothing, or not clearly enough.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Target<'t> {
    /// The comparison that is printed.
    pub op: Option<Op>,
    /// The number with its multiplier applied; a percentage is a fraction.
    pub value: Option<Decimal>,
    /// The unit: `ratio` for a percentage, else the words behind the number.
    pub unit: Option<Cow<'t, str>>,
}

/// The unit of a rate.
const RATIO: &str = "ratio";

/// What `text` says in figures: `≥95%`, `2000家`, `1.2万亩`, `每年引进青年人才1万人以上。`, `城镇登记失业率低于5%`.
pub fn target<'t>(text: &'t str, lexicon: &Lexicon) -> Target<'t> {
    // Most are bare figures, which hold neither marks nor white space.
    if let Some(target) = bare(text) {
        return target;
    }
    match fold::strip_marks(fold::trim(text)) {
        Cow::Borrowed(bare) => unmarked(bare, lexicon),
        Cow::Owned(bare) => unmarked(fold::trim(&bare), lexicon).into_owned(),
    }
}

/// A target whose comparison and unit stand in cells of their own, put together as it would be printed in one. What says
/// of which kind the target is, but compares nothing, is no part of it.
pub fn put_together<'t>(
    number: Option<Cow<'t, str>>,
    line: &ScoredLine<'t>,
    lexicon: &Lexicon,
) -> Option<Cow<'t, str>> {
    let op = filled(line.target_op, lexicon).map(|printed| fold::strip_marks(printed.text));
    let unit = filled(line.target_unit, lexicon).map(|printed| fold::strip_marks(printed.text));
    let number = number?;
    let op = op.as_deref().map(fold::trim);
    let op = op.filter(|op| lexicon.operator(op).is_some() && !number.contains(op)).unwrap_or_default();
    let unit = unit.as_deref().map(fold::trim);
    let unit = unit.filter(|unit| !number.ends_with(unit)).unwrap_or_default();
    if op.is_empty() && unit.is_empty() {
        return Some(number);
    }
    let behind = lexicon.operator_after.whole(op).is_some();
    Some(if behind { format!("{number}{unit}{op}") } else { format!("{op}{number}{unit}") }.into())
}

fn unmarked<'t>(text: &'t str, lexicon: &Lexicon) -> Target<'t> {
    // A digit is ASCII, or full-width and then led by 0xEF.
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xef) {
        return Target::default();
    }
    if let Some(target) = bare(text).or_else(|| signed(text, lexicon)) {
        return target;
    }
    if !text.contains(fold::is_space) {
        return statement(text, lexicon).unwrap_or_default();
    }
    match joined(text) {
        Some(text) => statement(&text, lexicon).unwrap_or_default().into_owned(),
        None => Target::default(),
    }
}

/// What most figures in targets are, read at once: up to three digits, and nothing else but a percent sign.
fn bare(text: &str) -> Option<Target<'_>> {
    let (digits, is_percent) = match text.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let padded = digits.len() > 1 && digits.starts_with('0');
    if digits.is_empty() || digits.len() > 3 || padded || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = Decimal::from(digits.parse::<i64>().ok()?);
    let value = if is_percent { number.shifted(Percent::Hundredth.power())? } else { number };
    Some(Target { op: None, value: Some(value), unit: is_percent.then_some(Cow::Borrowed(RATIO)) })
}

/// The same behind the word or sign of a comparison: `≥95%`.
fn signed<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Target<'t>> {
    let (sign, number) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let op = lexicon.operator_before.whole(sign)?;
    bare(number).map(|target| Target { op: Some(op), ..target })
}

impl Target<'_> {
    fn into_owned<'o>(self) -> Target<'o> {
        Target { op: self.op, value: self.value, unit: self.unit.map(|unit| Cow::Owned(unit.into_owned())) }
    }
}

/// Longer texts are prose with a number in it; the cap also keeps the work on one cell small.
const MAX_BYTES: usize = 600;

/// `text` without white space, unless it stands between two digits: then two numbers would become one.
fn joined(text: &str) -> Option<String> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let is_figure = |c: char| matches!(fold::narrow(c), '0'..='9' | '.' | ',');
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if fold::is_space(c) {
            gap = true;
            continue;
        }
        if gap && is_figure(c) && out.chars().next_back().is_some_and(is_figure) {
            return None;
        }
        gap = false;
        out.push(c);
    }
    Some(out)
}

fn statement<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Target<'t>> {
    if text.len() > MAX_BYTES || lexicon.refuse_within.within(text) || is_misread(text, lexicon) {
        return None;
    }
    let at = text.find(|c: char| fold::narrow(c).is_ascii_digit())?;
    let (rest, number) = unsigned(&text[at..]).ok()?;
    let printed = &text[at..text.len() - rest.len()];
    // A point behind the last digit is no stop: more of them may have been cut off.
    if matches!(rest, "." | "\u{ff0e}") {
        return None;
    }
    // In prose a full-width comma parts two numbers as well as two groups of digits.
    if printed.contains('\u{ff0c}') || calendar::is_date(text, lexicon) {
        return None;
    }
    let behind = behind::behind(rest, lexicon)?;
    let (before, negative) = before_sign(&text[..at], lexicon);
    let before = before::before(before, &behind, number, lexicon)?;
    let percent = agree(before.percent, behind.percent)?;
    let op = agree(before.op, behind.op)?;
    if op.is_none() && before.is_empty && calendar::is_bare_date(printed, number, rest, percent) {
        return None;
    }
    let number = if negative { number.neg() } else { number };
    let power = percent.map_or(i8::try_from(behind.power).ok()?, Percent::power);
    Some(Target { op, value: Some(number.shifted(power)?), unit: unit(percent, behind.word) })
}

/// The text before the number's own sign. Behind a subject a dash is no sign: it is taken for what it looks
/// like only at the very start, or behind an operator.
fn before_sign<'t>(text: &'t str, lexicon: &Lexicon) -> (&'t str, bool) {
    let Some(last) = text.chars().next_back().filter(|&c| lexicon.minus.has(c) || lexicon.plus.has(c)) else {
        return (text, false);
    };
    let before = &text[..text.len() - last.len_utf8()];
    if !before.is_empty() && lexicon.operator_before.strip(before).is_none() {
        return (text, false);
    }
    (before, sign(&text[before.len()..], lexicon).is_ok_and(|(_, negative)| negative))
}

fn unit(percent: Option<Percent>, word: &str) -> Option<Cow<'_, str>> {
    match (percent, word) {
        (Some(_), _) => Some(Cow::Borrowed(RATIO)),
        (None, "") => None,
        (None, word) => Some(fold::name(word)),
    }
}

/// What two places say together: either alone, or both the same. The outer `None` is a contradiction.
fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (Some(a), _) => Some(Some(a)),
        (None, b) => Some(b),
    }
}
