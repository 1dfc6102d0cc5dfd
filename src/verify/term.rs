//! Terms of proofs, found again in the tables.

use super::certificate::Term;
use super::facts::{Fact, Facts, Place};
use super::form::{DocumentRows, FormRows};
use super::number::exact;
use crate::grammar::fold;
use crate::value::decimal::Decimal;

/// The facts that a term can be: form and fact. `form` is the form of the proof where it is about one alone; `value`
/// gives the values as the proof has them.
pub(super) fn resolve(
    document: &DocumentRows<'_>,
    facts: &[Facts<'_>],
    form: Option<usize>,
    term: &Term,
    value: impl Fn((usize, usize)) -> Option<Decimal>,
) -> Vec<(usize, usize)> {
    let nth = match (form, term.form) {
        (Some(form), None) => form,
        (None, Some(ordinal)) if (1..=document.forms.len()).contains(&ordinal) => ordinal - 1,
        _ => return Vec::new(),
    };
    let form = &document.forms[nth];
    let given = term.value.as_deref().map(exact);
    // Nearly all facts stand on other lines.
    let same = |(at, fact): &(usize, &Fact<'_>)| {
        stands(form, fact, term)
            && fact.place.column() == (term.table.as_str(), term.field.as_str())
            && given == value((nth, *at)).map(Some)
    };
    facts[nth].all.iter().enumerate().filter(same).map(|(at, _)| (nth, at)).collect()
}

/// Whether a fact stands where the term says, with the text it says.
fn stands(form: &FormRows<'_>, fact: &Fact<'_>, term: &Term) -> bool {
    let scored = |row: usize| form.indicators[row].line..=form.scored_end(row);
    match fact.place {
        Place::Amount(row) => {
            let row = form.amounts[row];
            row.line == term.line && term.cell == Some(row.cell) && row.raw == term.raw
        }
        Place::Measure(row) => {
            let row = form.measures[row];
            row.line == term.line && term.cell == Some(row.cell) && row.raw == term.raw
        }
        // What a whole block is worth is printed in its corner, above the line that has it.
        Place::Weight(row) if form.indicators[row].kind == "execution" => {
            (form.row.line..=form.scored_end(row)).contains(&term.line) && prints(fact, term)
        }
        Place::Weight(row) | Place::Score(row) => scored(row).contains(&term.line) && prints(fact, term),
        Place::Level(row) => {
            let before = row.checked_sub(1).map_or(form.row.line, |before| form.indicators[before].line);
            (before..=form.indicators[row].line).contains(&term.line) && prints(fact, term)
        }
        Place::WeightTotal | Place::ScoreTotal => form.foot().contains(&term.line) && prints(fact, term),
    }
}

/// Whether the term's text prints the fact's value: the last number in it, unless a finding reads the text otherwise.
fn prints(fact: &Fact<'_>, term: &Term) -> bool {
    if let Some(odd) = &fact.odd {
        return odd.finding.raw.as_deref() == Some(term.raw.as_str()) && odd.finding.line == Some(term.line);
    }
    let narrow: String =
        fold::strip_marks(&term.raw).chars().map(fold::narrow).filter(|c| *c != ',').collect();
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let end = narrow.trim_end_matches(|c| !is_digit(c));
    let number = &end[end.trim_end_matches(is_digit).len()..];
    let negative = end[..end.len() - number.len()].trim_end().ends_with(['-', '\u{2212}', '\u{2013}']);
    let printed = exact(number.trim_matches('.')).map(|value| if negative { value.neg() } else { value });
    match fact.value {
        Some(value) => printed.is_some_and(|printed| printed == value),
        // What could not be read prints nothing that could be compared.
        None => true,
    }
}
