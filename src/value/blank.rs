//! Whether a cell holds anything at all.

use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use std::borrow::Cow;

/// Whether `text` is empty, or holds only white space, a placeholder (`-`, `——`, `/`, `……`, `无`) or an
/// extractor's mark. `0` and `0.00` are figures.
pub fn is_blank(text: &str, lexicon: &Lexicon) -> bool {
    let Some(first) = text.chars().next() else { return true };
    // Most cells show in their first character that they hold something.
    if !is_filler(first, lexicon) && first != '[' && !lexicon.placeholder_words.may_begin_with(first) {
        return false;
    }
    match fold::strip_marks(text) {
        Cow::Borrowed(text) => is_bare_blank(text, lexicon),
        Cow::Owned(bare) => is_bare_blank(&bare, lexicon),
    }
}

/// The same for a text whose marks have been taken out.
pub(super) fn is_bare_blank(text: &str, lexicon: &Lexicon) -> bool {
    let word = text.trim_start_matches(|c| is_filler(c, lexicon));
    if word.is_empty() {
        return true;
    }
    let word = word.trim_end_matches(|c| lexicon.stops.has(c) || fold::is_space(c));
    lexicon.placeholder_words.whole(word).is_some()
}

/// White space, or a character that placeholders are made of.
fn is_filler(c: char, lexicon: &Lexicon) -> bool {
    !c.is_ascii_digit() && (fold::is_space(c) || lexicon.placeholder_marks.has(c))
}
