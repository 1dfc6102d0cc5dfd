//! What the projects of a document add up to, held against what their department spent on projects.

use super::fact::Fact;
use super::identity::add;
use super::relation::{counterpart, figures, firm_value};
use super::{Judged, at_fact, certificate};
use crate::finding::{Code, Finding};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{FieldColumn, Grammars, Relation, RelationKind, fold};
use crate::value::decimal::Decimal;
use crate::value::form::{field, filled};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The law in words.
pub(super) const LAW: &str = "sum of parts <= whole";

/// Sums of several forms that together are at most one of another.
#[derive(Clone, Debug)]
pub(super) struct SumBound {
    /// The relation, by its place in the grammar.
    pub relation: usize,
    /// Form and fact of the bound.
    pub whole: (usize, u32),
    /// Form and fact of each project, in the order of the forms; a project that several forms are about stands here once.
    pub parts: Vec<(usize, u32)>,
    /// What the parts add up to.
    pub sum: Decimal,
}

impl SumBound {
    /// Whether the parts exceed the whole by more than the rounding of what is printed. Each form rounds for itself, so
    /// that many rounded parts may come to a little more than the rounded whole.
    pub fn fails(&self, forms: &[Judged<'_>]) -> bool {
        let Some(whole) = firm_value(forms, self.whole).filter(|whole| !whole.is_zero()) else {
            return false;
        };
        let printed = self.parts.iter().filter_map(|&part| firm_value(forms, part));
        let slack = printed
            .chain([whole])
            .try_fold(Decimal::ZERO, |slack, value| slack.checked_add(value.half_unit()));
        let over = self.sum.checked_sub(whole);
        over.zip(slack).is_some_and(|(over, slack)| over > slack)
    }

    /// The bound as evidence, with all of its parts: for the form of the whole.
    fn certificate(&self, forms: &[Judged<'_>], grammars: &Grammars) -> Value {
        let mut out = self.frame(forms, grammars);
        out["parts"] = self.parts.iter().map(|&part| term(forms, part)).collect();
        out
    }

    /// The bound as evidence with one of its parts: all of them in each of their forms would grow with the square of the
    /// forms.
    fn certificate_of(&self, part: (usize, u32), forms: &[Judged<'_>], grammars: &Grammars) -> Value {
        let mut out = self.frame(forms, grammars);
        out["part"] = term(forms, part);
        out
    }

    fn frame(&self, forms: &[Judged<'_>], grammars: &Grammars) -> Value {
        let relation = &grammars.relations[self.relation];
        json!({
            "identity": relation.id,
            "because": relation.because,
            "law": LAW,
            "sum": self.sum.to_string(),
            "whole": term(forms, self.whole),
        })
    }
}

fn term(forms: &[Judged<'_>], (form, fact): (usize, u32)) -> Value {
    let judged = &forms[form];
    let mut term = certificate::term(judged, &judged.facts.all[fact as usize]);
    term["form"] = json!(form + 1);
    term
}

/// Every bound on sums of several forms that a document has.
pub(super) fn sum_bounds(forms: &[Judged<'_>], grammars: &Grammars) -> Vec<SumBound> {
    let relations = grammars.relations.iter().enumerate();
    let mut relations = relations.filter(|(_, relation)| relation.kind == RelationKind::SumAtMost).peekable();
    if forms.len() < 2 || relations.peek().is_none() {
        return Vec::new();
    }
    let departments: Vec<_> = forms.iter().map(|form| form.department(&grammars.lexicon)).collect();
    let mut out = Vec::new();
    for (nth, relation) in relations {
        let has =
            |row: &crate::grammar::Term, at: &usize| row.row_in(forms[*at].valued.form.grammar).is_some();
        let wholes: Vec<usize> = (0..forms.len()).filter(|at| has(&relation.whole, at)).collect();
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for part in (0..forms.len()).filter(|at| has(&relation.part, at)) {
            if let Some(whole) = counterpart(forms, part, &wholes, &departments) {
                groups.entry(whole).or_default().push(part);
            }
        }
        for (whole, parts) in groups {
            // A form that names no department or year goes with any, but two that name different ones do not go together.
            let group = || parts.iter().copied().chain([whole]);
            let one_department = all_same(group().filter_map(|at| departments[at].as_deref()));
            let one_year = all_same(group().filter_map(|at| forms[at].valued.fiscal_year));
            if one_department && one_year {
                out.extend(lay(forms, (nth, relation), &grammars.lexicon, whole, &parts));
            }
        }
    }
    out
}

fn all_same<T: PartialEq>(mut all: impl Iterator<Item = T>) -> bool {
    let first = all.next();
    all.all(|other| Some(other) == first)
}

/// A bound over the projects whose sum is firm; those left out could only add to it. Nothing is said where a sum is
/// negative, for then they could lessen it too.
fn lay(
    forms: &[Judged<'_>],
    (nth, relation): (usize, &Relation),
    lexicon: &Lexicon,
    whole: usize,
    projects: &[usize],
) -> Option<SumBound> {
    let [(_, upper)] = figures(&forms[whole], &relation.whole, true)[..] else { return None };
    firm_value(forms, (whole, upper))?;
    let mut parts: Vec<((usize, u32), Decimal)> = Vec::new();
    let mut named: HashMap<String, usize> = HashMap::new();
    for &form in projects {
        let [(_, fact)] = figures(&forms[form], &relation.part, true)[..] else { continue };
        let Some(value) = firm_value(forms, (form, fact)) else { continue };
        // Forms of one name, or without any, may be about one project: their largest sum is the least they stand for.
        let name = filled(field(&forms[form].valued.form, FieldColumn::Project), lexicon);
        let name = name.map(|name| fold::name(name.text).into_owned()).unwrap_or_default();
        match named.get(&name) {
            Some(&at) if parts[at].1 < value => parts[at] = ((form, fact), value),
            Some(_) => {}
            None => {
                named.insert(name, parts.len());
                parts.push(((form, fact), value));
            }
        }
    }
    if parts.iter().any(|(_, value)| value.is_negative()) {
        return None;
    }
    parts.sort_unstable_by_key(|(part, _)| *part);
    let values: Vec<Decimal> = parts.iter().map(|(_, value)| *value).collect();
    let places: Vec<u32> = (0..values.len() as u32).collect();
    let sum = add(&|at| values.get(at as usize).copied(), &places)?;
    let parts = parts.into_iter().map(|(part, _)| part).collect();
    Some(SumBound { relation: nth, whole: (whole, upper), parts, sum })
}

/// Reports the bounds that do not hold. As of a sum within a form, what the bound speaks of is disputed always, and of its
/// parts those that nothing clears.
pub(super) fn compare(forms: &mut [Judged<'_>], grammars: &Grammars) {
    let mut failing = sum_bounds(forms, grammars);
    failing.retain(|bound| bound.fails(forms));
    for bound in failing {
        let (form, fact) = bound.whole;
        let finding = mismatch(forms, &bound, grammars);
        let whole = &mut forms[form];
        whole.facts.all[fact as usize].contradicted = true;
        whole.findings.push(finding);
        for &(form, fact) in &bound.parts {
            let cleared = |fact: &Fact| fact.proofs > 0 || fact.repaired;
            if !cleared(&forms[form].facts.all[fact as usize]) {
                let finding = mismatch_of(forms, &bound, (form, fact), grammars);
                forms[form].facts.all[fact as usize].contradicted = true;
                forms[form].findings.push(finding);
            }
        }
    }
}

/// The finding of a bound at its whole.
fn mismatch(forms: &[Judged<'_>], bound: &SumBound, grammars: &Grammars) -> Finding {
    let (form, fact) = bound.whole;
    let fact = &forms[form].facts.all[fact as usize];
    let message = format!(
        "{} yuan on line {} is below {} yuan, what the sums of {} project form{} add up to. {}",
        fact.value.unwrap_or(Decimal::ZERO),
        fact.line,
        bound.sum,
        bound.parts.len(),
        if bound.parts.len() == 1 { "" } else { "s" },
        grammars.relations[bound.relation].because,
    );
    finding(&forms[form], fact, message, &bound.certificate(forms, grammars))
}

/// The finding of a bound at a part that nothing clears.
fn mismatch_of(forms: &[Judged<'_>], bound: &SumBound, part: (usize, u32), grammars: &Grammars) -> Finding {
    let fact = |(form, fact): (usize, u32)| &forms[form].facts.all[fact as usize];
    let (own, whole) = (fact(part), fact(bound.whole));
    let message = format!(
        "{} yuan on line {} is one of {} project sums that add up to {} yuan, above {} yuan on line {} of form {}, and \
         nothing else speaks for it. {}",
        own.value.unwrap_or(Decimal::ZERO),
        own.line,
        bound.parts.len(),
        bound.sum,
        whole.value.unwrap_or(Decimal::ZERO),
        whole.line,
        bound.whole.0 + 1,
        grammars.relations[bound.relation].because,
    );
    finding(&forms[part.0], own, message, &bound.certificate_of(part, forms, grammars))
}

fn finding(form: &Judged<'_>, fact: &Fact, message: String, proof: &Value) -> Finding {
    let finding = at_fact(Code::CrossFormMismatch, fact, message).raw(certificate::raw_of(form, fact));
    let finding = match fact.value {
        Some(value) => finding.value(value),
        None => finding,
    };
    finding.proof(proof.to_string())
}
