//! What stands before the number of a target: its subject, and a comparison.

use super::super::decimal::Decimal;
use super::behind::Behind;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::{Op, Percent};

/// All that stands before the number.
pub(super) struct Before {
    /// The comparison right before it.
    pub op: Option<Op>,
    /// The words that make it a percentage.
    pub percent: Option<Percent>,
    /// Whether there is neither a subject nor a comparison.
    pub is_empty: bool,
}

/// Reads all of `text`; `None` when the number may be something else than its subject's measure.
pub(super) fn before(text: &str, behind: &Behind<'_>, number: Decimal, lexicon: &Lexicon) -> Option<Before> {
    let is_empty = text.is_empty();
    let (percent, text) = match lexicon.percent_before.strip(text) {
        Some((percent, rest)) => (Some(percent), rest),
        None => (None, text),
    };
    // Words before the number that make it a percentage leave nothing to be said behind it.
    if percent.is_some() && !(behind.word.is_empty() && behind.power == 0 && behind.percent.is_none()) {
        return None;
    }
    let (op, subject) = match lexicon.operator_before.strip(text) {
        Some((op, rest)) => (Some(op), without_repetition(op, rest, lexicon)?),
        None => (None, text),
    };
    let linked = lexicon.links.strip(subject);
    let bare = linked.map_or(subject, |(_, rest)| rest);
    if [subject, bare].into_iter().any(|text| lexicon.refuse_before.strip(text).is_some()) {
        return None;
    }
    if !is_subject(subject, lexicon) || is_negated(bare, lexicon) || is_negated(subject, lexicon) {
        return None;
    }
    let is_rate = percent.is_some() || behind.percent.is_some();
    let printed = op.is_some() || is_rate;
    let quantity = behind.known && (!behind.word.is_empty() || behind.power > 0);
    let sound = match (subject.is_empty(), behind.word.is_empty()) {
        // Nothing but the number.
        (true, true) => true,
        // `2000家` and `0投诉`, but not `110服务`.
        (true, false) => printed || quantity || number.is_zero(),
        // `满意度为95`, but not `科技110`.
        (false, true) => printed || linked.is_some() || behind.power > 0,
        // `培训2800人次`, but not `科技110服务`.
        (false, false) => printed || quantity,
    };
    sound.then_some(Before { op, percent, is_empty })
}

/// `rest` without a second operator that says the same; `None` when it says another thing.
fn without_repetition<'t>(op: Op, rest: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    match lexicon.operator_before.strip(rest) {
        None => Some(rest),
        Some((again, rest)) => (again == op).then_some(rest),
    }
}

/// Whether `text` can be what a number is of: one statement, no other number, no name that runs into the
/// number.
fn is_subject(text: &str, lexicon: &Lexicon) -> bool {
    let Some(last) = text.chars().next_back() else {
        return true;
    };
    let joins = last.is_alphabetic() && !last.is_ascii_alphabetic() && !last.is_numeric();
    let introduces = lexicon.links.strip(text).is_some();
    let alone = !text.chars().any(char::is_numeric) && !lexicon.breaks.within(text);
    // `高于上年5%` compares with something else than the number.
    (joins || introduces) && alone && !lexicon.operator_before.within(text)
}

/// Whether a negation, auxiliaries aside, ends `text`: it turns the sense of what follows.
fn is_negated(text: &str, lexicon: &Lexicon) -> bool {
    text.chars().rev().find(|&c| !lexicon.auxiliaries.has(c)).is_some_and(|c| lexicon.negations.has(c))
}
