//! Personal values show nowhere unless the run asks for them: not in a finding's raw text either.

use crate::finding::Finding;
use crate::form::inline_fields;
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;
use memchr::memmem::Finder;
use std::borrow::Cow;

/// What stands where a personal value stood.
const MASK: &str = "***";
/// A single character is no name.
const SHORTEST: usize = 2;
/// Digits of the shortest telephone number.
const TELEPHONE: usize = 7;

/// The personal values of a document, to be taken out of whatever is shown of it.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    /// The longest first, so that none is left half masked.
    values: Vec<Finder<'static>>,
}

impl Mask {
    /// The personal values of the forms, and of signature lines outside them among `lines`.
    pub fn of<'l>(
        forms: &[Judged<'_>],
        lines: impl IntoIterator<Item = &'l str>,
        grammars: &Grammars,
    ) -> Self {
        let mut values: Vec<String> = Vec::new();
        for judged in forms {
            let personal = judged.valued.form.fields.iter().filter(|(column, _)| column.is_personal());
            values.extend(personal.map(|(_, printed)| printed.text.to_owned()));
        }
        for line in lines {
            for grammar in &grammars.forms {
                let found = inline_fields(line, grammar, &grammars.labelling).into_iter();
                let personal = found.filter(|(column, _)| column.is_personal());
                values.extend(personal.map(|(_, value)| value.to_owned()));
            }
        }
        let folded: Vec<String> = values.iter().map(|value| fold::name(value).into_owned()).collect();
        values.extend(folded);
        let public = public_names(forms);
        values.retain(|value| is_telling(value) && !public.contains(value));
        values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        values.dedup();
        Mask { values: values.iter().map(|value| Finder::new(value).into_owned()).collect() }
    }

    /// `text` with three asterisks where a personal value stands.
    pub fn over<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for value in &self.values {
            if let Some(without) = without(&masked, value) {
                masked = Cow::Owned(without);
            }
        }
        masked
    }
}

/// Names of bodies and projects: who signs with their department's name says nothing personal.
fn public_names(forms: &[Judged<'_>]) -> Vec<String> {
    let fields = forms.iter().flat_map(|judged| &judged.valued.form.fields);
    let public = fields.filter(|(column, _)| !column.is_personal());
    public.flat_map(|(_, printed)| [printed.text.to_owned(), fold::name(printed.text).into_owned()]).collect()
}

/// Whether a value can be told from everything else: a name, or a number as long as a telephone's. Masking one character
/// or a short number would garble other people's figures.
fn is_telling(value: &str) -> bool {
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    letters >= SHORTEST || (letters == 0 && digits >= TELEPHONE)
}

/// `text` with every occurrence of `value` masked, unless it is a part of a longer number; `None` where there is none.
fn without(text: &str, value: &Finder<'_>) -> Option<String> {
    let is_figure = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut out = String::new();
    let mut from = 0;
    for at in value.find_iter(text.as_bytes()) {
        let end = at + value.needle().len();
        let (before, behind) = (text[..at].chars().next_back(), text[end..].chars().next());
        let (first, last) = (text[at..end].chars().next(), text[at..end].chars().next_back());
        let joins = |edge: Option<char>, next: Option<char>| {
            edge.is_some_and(is_figure) && next.is_some_and(is_figure)
        };
        if joins(first, before) || joins(last, behind) {
            continue;
        }
        out.push_str(&text[from..at]);
        out.push_str(MASK);
        from = end;
    }
    (from > 0).then(|| out + &text[from..])
}

/// Masks personal values in the texts of findings.
pub(crate) fn mask(findings: &mut [Finding], mask: &Mask) {
    for finding in findings {
        let texts = [&mut finding.raw, &mut finding.value, &mut finding.proof].into_iter().flatten();
        for text in texts.chain(std::iter::once(&mut finding.message)) {
            if let Cow::Owned(masked) = mask.over(text) {
                *text = masked;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_not_taken_for_telephones() {
        assert!(
            is_telling("2886936")
                && is_telling("张某")
                && !is_telling("0.00")
                && !is_telling("12")
                && !is_telling("张")
        );
        assert_eq!(without("电话2886936。", &Finder::new("2886936")).as_deref(), Some("电话***。"));
        assert_eq!(without("共12886936元，2886936.50", &Finder::new("2886936")), None);
    }
}
