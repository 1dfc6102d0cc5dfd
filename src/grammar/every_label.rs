//! The labels of all forms together: whether a text is a label at all is asked before whose it is, and most texts are none.

use super::form::Grammar;
use super::labels::{BehindNumber, Labelling, Labels, NUMBERS};
use super::lexicon::Lexicon;
use super::openings::{Opening, Openings};

/// Numbers before a label that are looked behind.
const NUMBERED: usize = 3;

/// The labels of a set of grammars, without what they mean.
#[derive(Clone, Debug)]
pub struct EveryLabel {
    labels: Labels,
    openings: Openings,
}

impl EveryLabel {
    /// The labels of `forms`.
    pub(super) fn of(forms: &[Grammar], labelling: &Labelling) -> Self {
        let (mut labels, mut openings) = (Labels::default(), Openings::default());
        for form in forms {
            labels.take_texts(&form.labels);
            form.labels.iter().for_each(|(label, _)| openings.add(label));
        }
        labelling.of_which.iter().for_each(|word| openings.add(word));
        labelling.numerals.chars().chain(NUMBERS.chars()).for_each(|c| openings.allow_number(c));
        EveryLabel { labels, openings }
    }

    /// Whether a text may be a label of some form, told by how it begins and by its length; `false` is certain.
    pub fn may_hold(&self, text: &str, labelling: &Labelling) -> bool {
        if self.labels.too_long(text) {
            return false;
        }
        let mut rest = text;
        for _ in 0..NUMBERED {
            rest = match self.openings.of(rest) {
                Opening::Label => return true,
                Opening::Other => return false,
                Opening::Number => match labelling.behind_number(rest) {
                    BehindNumber::NoNumber => return false,
                    BehindNumber::Text(rest) => rest,
                    BehindNumber::Unsure => return true,
                },
            };
        }
        true
    }

    /// Whether a text (folded by [`super::fold::key_into`]) is a label of some form, as [`Labels::find`] finds it there.
    pub fn holds(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> bool {
        self.labels.spot(key, labelling, lexicon).is_some()
    }
}
