//! Readings of a number that is written against the rules, the likeliest first.
//!
//! Each reading takes one character as the decimal point, or none, and drops the other separators; every
//! departure from the rules costs, and the costs rank the readings. They are an order, not a measure: which
//! reading is right is for the identities of the form to say.

mod cost;
mod kind;

use super::date;
use super::decimal::{Decimal, MAX_SCALE};
use super::figure::{sign, well_formed};
use super::number::{Notation, Number};
use super::token::{Token, tokens};
use super::unit;
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
pub use kind::{Repair, Repairs};

/// One way to read a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value, before any unit.
    pub value: Decimal,
    /// What has to be set right to read it so; empty for a well-formed number.
    pub repairs: Repairs,
    /// The sum of what the repairs cost; the least is the likeliest.
    pub cost: u8,
}

/// A reading that costs this much more than the likeliest is not worth an identity's time.
const WINDOW: u8 = 2;

/// Every plausible reading of `text`, a cell's text, the likeliest first: one for a well-formed number, none for
/// what is no number.
pub fn readings(text: &str, lexicon: &Lexicon) -> Vec<Reading> {
    let bare = fold::strip_marks(fold::trim(text));
    let text = fold::trim(&bare);
    if let Ok((_, number)) = well_formed(text, lexicon) {
        return vec![Reading { value: number.value, repairs: Repairs::NONE, cost: 0 }];
    }
    malformed(text, lexicon).map_or_else(Vec::new, |(readings, _)| readings)
}

/// The likeliest reading of a trimmed text that is no well-formed number.
pub(super) fn likeliest<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Number<'t>> {
    let (readings, tail) = malformed(text, lexicon)?;
    let first = readings.first()?;
    let (percent, unit) = unit::behind(tail, lexicon)?;
    let rivals = u8::try_from(readings.len() - 1).unwrap_or(u8::MAX);
    Some(Number {
        value: first.value,
        percent,
        unit,
        notation: Notation::Malformed { repairs: first.repairs, rivals },
    })
}

/// The readings, and the unit that stands behind the number.
fn malformed<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(Vec<Reading>, &'t str)> {
    let (text, approximate) = without_words(text, lexicon);
    let (text, bracketed) = without_brackets(text);
    let (text, negative) = sign(text, lexicon).ok()?;
    let (tokens, rest) = tokens(text, lexicon)?;
    let tail = fold::trim(rest);
    unit::behind(tail, lexicon)?;
    if date::date(text, lexicon).is_some() {
        return None;
    }
    let mut found = candidates(&tokens);
    for reading in &mut found {
        if approximate {
            reading.pay(Repair::Approximate, 1);
        }
        if negative {
            reading.value = reading.value.neg();
        }
    }
    if bracketed {
        found = found.into_iter().flat_map(Reading::out_of_brackets).collect();
    }
    // A number by the rules was refused for another reason, which no reading can set right.
    found.retain(|reading| !reading.repairs.is_empty());
    Some((ranked(found), tail))
}

impl Reading {
    /// Adds a repair and its cost.
    fn pay(&mut self, repair: Repair, cost: u8) {
        self.repairs = self.repairs.with(repair);
        self.cost = self.cost.saturating_add(cost);
    }

    /// Brackets mean minus in printed accounts, and nothing elsewhere.
    fn out_of_brackets(self) -> [Reading; 2] {
        let (mut minus, mut same) = (self, self);
        minus.value = minus.value.neg();
        minus.pay(Repair::BracketsForMinus, 1);
        same.pay(Repair::Brackets, 2);
        [minus, same]
    }
}

/// None when a plain point has more decimals behind it than any figure: to read it as another mark would turn
/// noise into a number of another size.
fn candidates(tokens: &[Token]) -> Vec<Reading> {
    let point = tokens.iter().position(|&token| token == Token::Point);
    let decimals = point.map_or(0, |at| tokens[at..].iter().filter(|token| token.digit().is_some()).count());
    if decimals > usize::from(MAX_SCALE) {
        return Vec::new();
    }
    let points = tokens.iter().enumerate().filter(|(_, token)| token.may_be_point()).map(|(at, _)| Some(at));
    points.chain([None]).filter_map(|point| cost::reading(tokens, point)).collect()
}

/// Sorted by cost, each value once, without those far behind the first.
fn ranked(mut readings: Vec<Reading>) -> Vec<Reading> {
    readings.sort_by_key(|reading| reading.cost);
    let limit = readings.first().map_or(0, |first| first.cost.saturating_add(WINDOW));
    let mut kept: Vec<Reading> = Vec::with_capacity(readings.len());
    for reading in readings.into_iter().filter(|reading| reading.cost <= limit) {
        if kept.iter().all(|earlier| earlier.value != reading.value) {
            kept.push(reading);
        }
    }
    kept
}

/// `text` behind the words that may stand before a number, and whether one of them makes it approximate.
fn without_words<'t>(mut text: &'t str, lexicon: &Lexicon) -> (&'t str, bool) {
    let mut approximate = false;
    loop {
        let (rest, makes_approximate) =
            match (lexicon.before_number.strip(text), lexicon.approximate.strip(text)) {
                (Some(((), rest)), _) => (rest, false),
                (None, Some(((), rest))) => (rest, true),
                (None, None) => return (text, approximate),
            };
        approximate |= makes_approximate;
        text = fold::trim(rest);
    }
}

/// What stands between round brackets of either width, if they enclose the whole text.
fn without_brackets(text: &str) -> (&str, bool) {
    let inner = text.strip_prefix(['(', '\u{ff08}']).and_then(|text| text.strip_suffix([')', '\u{ff09}']));
    inner.map_or((text, false), |inner| (fold::trim(inner), true))
}
