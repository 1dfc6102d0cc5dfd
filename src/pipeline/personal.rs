//! Personal values show nowhere unless the run asks for them: not in a finding's raw text either.

use crate::finding::Finding;
use crate::form::inline_fields;
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;
use std::borrow::Cow;

/// What stands where a personal value stood.
const MASK: &str = "***";
/// A single character is no name; masking it would garble everything.
const SHORTEST: usize = 2;

/// The personal values of a document, to be taken out of whatever is shown of it.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    /// The longest first, so that none is left half masked.
    values: Vec<String>,
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
        values.retain(|value| value.chars().count() >= SHORTEST);
        values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        values.dedup();
        Mask { values }
    }

    /// `text` with three asterisks where a personal value stands.
    pub fn over<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for value in &self.values {
            if masked.contains(value.as_str()) {
                masked = Cow::Owned(masked.replace(value.as_str(), MASK));
            }
        }
        masked
    }
}

/// Masks every personal value of the forms, and of signature lines outside them, in the findings' texts.
pub(super) fn mask(findings: &mut [Finding], forms: &[Judged<'_>], grammars: &Grammars) {
    if findings.is_empty() {
        return;
    }
    let lines = findings.iter().flat_map(|finding| finding.raw.iter().flat_map(|raw| raw.lines()));
    let mask = Mask::of(forms, lines, grammars);
    for finding in findings {
        let texts = [&mut finding.raw, &mut finding.value, &mut finding.proof].into_iter().flatten();
        for text in texts.chain(std::iter::once(&mut finding.message)) {
            if let Cow::Owned(masked) = mask.over(text) {
                *text = masked;
            }
        }
    }
}
