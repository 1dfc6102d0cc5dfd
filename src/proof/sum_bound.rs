//! What the projects of a document add up to, held against what their department spent on projects.

use super::called::Called;
use super::counterpart::Wholes;
use super::fact::Fact;
use super::identity::add;
use super::relation::{firm_value, first_figure, having};
use super::{Judged, certificate};
use crate::finding::{Code, Finding};
use crate::grammar::{Grammars, Relation, RelationKind};
use crate::value::decimal::Decimal;
use serde_json::{Value, json};

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
pub(super) fn sum_bounds(forms: &[Judged<'_>], called: &Called<'_>, grammars: &Grammars) -> Vec<SumBound> {
    let mut out = Vec::new();
    if forms.len() < 2 {
        return out;
    }
    let departments = &called.departments;
    let relations = grammars.relations.iter().enumerate();
    for (nth, relation) in relations.filter(|(_, relation)| relation.kind == RelationKind::SumAtMost) {
        let wholes = Wholes::having(forms, departments, &relation.whole);
        if wholes.is_empty() {
            continue;
        }
        let parts = having(forms, &relation.part);
        let mut groups: Vec<(usize, usize)> = Vec::with_capacity(parts.len());
        groups.extend(parts.into_iter().filter_map(|part| Some((wholes.of(part)?, part))));
        groups.sort_unstable();
        for group in groups.chunk_by(|a, b| a.0 == b.0) {
            // A form that names no department or year goes with any, but two that name different ones do not go together.
            let whole = group[0].0;
            let all = || group.iter().map(|(_, part)| *part).chain([whole]);
            let one_department = all_same(all().filter_map(|at| departments[at].as_deref()));
            let one_year = all_same(all().filter_map(|at| forms[at].valued.fiscal_year));
            if one_department && one_year {
                out.extend(lay(forms, (nth, relation), called, whole, group));
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
    called: &Called<'_>,
    whole: usize,
    projects: &[(usize, usize)],
) -> Option<SumBound> {
    let (upper, true) = first_figure(&forms[whole], &relation.whole)? else { return None };
    firm_value(forms, (whole, upper))?;
    let of_one = projects.iter().filter_map(|&(_, form)| {
        let (fact, true) = first_figure(&forms[form], &relation.part)? else { return None };
        Some((called.firsts[form], (form, fact), firm_value(forms, (form, fact))?))
    });
    let mut sums: Vec<(usize, (usize, u32), Decimal)> = Vec::with_capacity(projects.len());
    sums.extend(of_one);
    // Forms of one name, or without any, may be about one project: their largest sum is the least they stand for.
    sums.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.2.cmp(&a.2)));
    sums.dedup_by_key(|(project, ..)| *project);
    if sums.iter().any(|(.., value)| value.is_negative()) {
        return None;
    }
    sums.sort_unstable_by_key(|(_, part, _)| *part);
    let places: Vec<u32> = (0..sums.len() as u32).collect();
    let sum = add(|at| sums.get(at as usize).map(|(.., value)| *value), &places)?;
    let parts = sums.into_iter().map(|(_, part, _)| part).collect();
    Some(SumBound { relation: nth, whole: (whole, upper), parts, sum })
}

/// Reports the bounds that do not hold. As of a sum within a form, what the bound speaks of is disputed always, and of its
/// parts those that nothing clears.
pub(super) fn compare(forms: &mut [Judged<'_>], called: &Called<'_>, grammars: &Grammars) {
    let mut failing = sum_bounds(forms, called, grammars);
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
    form.at_figure(Code::CrossFormMismatch, fact, message).proof(proof.to_string())
}
