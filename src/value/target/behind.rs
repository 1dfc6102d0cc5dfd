//! What stands behind the number of a target: a multiplier, a percent sign or a unit, a comparison, a stop.

use super::super::unit::counted;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::{Op, Percent};

/// All that stands behind the number.
pub(super) struct Behind<'t> {
    /// The power of ten of the multiplier.
    pub power: u8,
    /// The percent sign.
    pub percent: Option<Percent>,
    /// The unit's words, possibly none.
    pub word: &'t str,
    /// Whether the unit begins with a measure word that the lexicon knows.
    pub known: bool,
    /// The comparison behind the unit.
    pub op: Option<Op>,
}

/// Reads all of `text`; `None` when the sentence goes on.
pub(super) fn behind<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Behind<'t>> {
    let text = text.trim_end_matches(|c| lexicon.stops.has(c));
    let (op, quantity) = match lexicon.operator_after.strip(text) {
        Some((op, rest)) => (Some(op), rest),
        None => (None, text),
    };
    if let Some(percent) = lexicon.percent_after.whole(quantity) {
        return Some(Behind { power: 0, percent: Some(percent), word: "", known: true, op });
    }
    let counted = counted(quantity, lexicon)?;
    // `个以内` and `天内`, but not the `内` that ends a name of a place.
    let one_character = op.is_some() && text[quantity.len()..].chars().nth(1).is_none();
    if one_character && !counted.bare {
        return None;
    }
    Some(Behind { power: counted.power, percent: None, word: counted.word, known: counted.known, op })
}
