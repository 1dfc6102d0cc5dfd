//! Personal values show nowhere unless the run asks for them: not in a finding's raw text either.

use crate::finding::Finding;
use crate::form::inline_fields;
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;

/// What stands where a personal value stood.
const MASK: &str = "***";
/// A single character is no name; masking it would garble everything.
const SHORTEST: usize = 2;

/// Masks every personal value of the forms, and of signature lines outside them, in the findings' texts.
pub(super) fn mask(findings: &mut [Finding], forms: &[Judged<'_>], grammars: &Grammars) {
    if findings.is_empty() {
        return;
    }
    let mut values: Vec<String> = Vec::new();
    for judged in forms {
        let personal = judged.valued.form.fields.iter().filter(|(column, _)| column.is_personal());
        values.extend(personal.map(|(_, printed)| printed.text.to_owned()));
    }
    for finding in findings.iter() {
        for line in finding.raw.iter().flat_map(|raw| raw.lines()) {
            for grammar in &grammars.forms {
                let found = inline_fields(line, grammar, &grammars.labelling);
                values.extend(
                    found
                        .into_iter()
                        .filter(|(column, _)| column.is_personal())
                        .map(|(_, value)| value.to_owned()),
                );
            }
        }
    }
    let folded: Vec<String> = values.iter().map(|value| fold::name(value).into_owned()).collect();
    values.extend(folded);
    values.retain(|value| value.chars().count() >= SHORTEST);
    // Longer values first, so that none is left half masked.
    values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    values.dedup();
    for finding in findings {
        for value in &values {
            let texts = [&mut finding.raw, &mut finding.value, &mut finding.proof].into_iter().flatten();
            for text in texts.chain(std::iter::once(&mut finding.message)) {
                if text.contains(value.as_str()) {
                    *text = text.replace(value.as_str(), MASK);
                }
            }
        }
    }
}
