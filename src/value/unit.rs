//! What stands behind a number: a percent sign, a unit of money, a multiplier and a measure word.

use super::number::Unit;
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Percent;

/// A unit is a word, not a sentence.
const MAX_CHARACTERS: usize = 8;

/// A measure word with its multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted<'t> {
    /// The power of ten of the multiplier.
    pub power: u8,
    /// The word, possibly empty.
    pub word: &'t str,
    /// Whether the word begins with a measure word that the lexicon knows.
    pub known: bool,
    /// Whether it is that measure word and nothing more, but for what it is measured by: `元/人`.
    pub bare: bool,
}

/// All of `text`, which stands behind a number, as a percent sign or a unit; the outer `None` when it is
/// neither.
pub(super) fn behind<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(Option<Percent>, Option<Unit<'t>>)> {
    if text.is_empty() {
        return Some((None, None));
    }
    if let Some(percent) = lexicon.percent_after.whole(text) {
        return Some((Some(percent), None));
    }
    if let Some(unit) = lexicon.money.whole(text) {
        return Some((None, Some(Unit::Money(unit))));
    }
    // Typed by whoever did not see that the form prints it: `12万元万元`.
    let twice = text.len().is_multiple_of(2).then(|| text.split_at_checked(text.len() / 2)).flatten();
    if let Some((one, other)) = twice
        && one == other
        && let Some(unit) = lexicon.money.whole(one)
    {
        return Some((None, Some(Unit::Money(unit))));
    }
    if text.contains(fold::is_space) {
        return lexicon.money_unit(text).map(|unit| (None, Some(Unit::Money(unit))));
    }
    let counted = counted(text, lexicon)?;
    // A figure's cell holds no noun: `2022年决算数` is a label.
    let sound = counted.bare || (counted.word.is_empty() && counted.power > 0);
    sound.then_some((None, Some(Unit::Word { power: counted.power, word: counted.word })))
}

/// All of `text` as a multiplier and a measure word, each of which may be missing; `None` when the sentence
/// goes on, or when the number before it names a day or a rank.
pub(super) fn counted<'t>(text: &'t str, lexicon: &Lexicon) -> Option<Counted<'t>> {
    if let Some((_, rest)) = lexicon.whole_unit.strip(text) {
        let whole = rest.is_empty() || rest.starts_with('/');
        return (whole && is_word(text, lexicon)).then_some(Counted {
            power: 0,
            word: text,
            known: true,
            bare: true,
        });
    }
    let (power, word) = lexicon.multiplier.strip(text).unwrap_or((0, text));
    if !is_word(word, lexicon) {
        return None;
    }
    let measure = lexicon.measure.strip(word).filter(|(_, rest)| ends_at_boundary(word, rest));
    let bare = measure.is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with('/'));
    Some(Counted { power, word, known: measure.is_some(), bare })
}

/// Whether `text` can be a unit: short, without another number, and counting rather than ranking.
fn is_word(text: &str, lexicon: &Lexicon) -> bool {
    let short = text.chars().take(MAX_CHARACTERS + 1).count() <= MAX_CHARACTERS;
    let counts = lexicon.ordinal.strip(text).is_none() && !text.chars().any(is_figure);
    short && counts && !lexicon.running_on.within(text)
}

/// Whether `c` would make the text hold another number; the exponents of square and cubic metres do not.
fn is_figure(c: char) -> bool {
    c.is_numeric() && !matches!(c, '\u{b2}' | '\u{b3}')
}

/// A Latin unit is all of the word, or its numerator: `m` is no part of `mobile`, nor `kV` of `kV变电站`, which
/// is the name of a thing.
fn ends_at_boundary(word: &str, rest: &str) -> bool {
    let last = word[..word.len() - rest.len()].chars().next_back();
    let is_latin = last.is_some_and(|c| c.is_ascii_alphabetic());
    !is_latin || rest.is_empty() || rest.starts_with('/')
}
