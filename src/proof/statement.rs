//! What the identities and relations say, for people who ask: laid over judged forms anew, on demand.

use super::called::Called;
use super::certificate::{self, law_of};
use super::identity::{Instance, Of, Outcome, Shape, add};
use super::relation::{self, Agreement, Pair};
use super::sum_bound::{self, SumBound};
use super::{Fact, Judged, is_cut_off, lay};
use crate::grammar::{Grammars, RelationKind};
use crate::value::decimal::Decimal;
use serde_json::Value;

/// An identity or relation laid over printed figures, and what it says of one of them.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its name in the grammar; `scores.total` and the like for those that every form has.
    pub id: String,
    /// Why it must hold.
    pub because: String,
    /// What must hold, over the roles of its terms.
    pub law: &'static str,
    /// The figures it is about.
    pub terms: Vec<Term>,
    /// What the terms on one side come to, where they are added up.
    pub sum: Option<Decimal>,
    /// What it says of the figure asked about.
    pub verdict: Verdict,
}

/// A figure in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is there: `total`, `part`, `whole`, `ratio`, `of`, `to`.
    pub role: &'static str,
    /// Its form, from 0.
    pub form: usize,
    /// Its place in [`super::Facts::all`].
    pub fact: u32,
}

/// What a statement says of the figure it was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, and would not with another figure in the place of the one asked about.
    Holds,
    /// It does not hold.
    Fails,
    /// It says nothing, for this reason.
    Silent(&'static str),
}

impl Term {
    /// The figure itself.
    pub fn fact<'f>(&self, forms: &'f [Judged<'_>]) -> &'f Fact {
        &forms[self.form].facts.all[self.fact as usize]
    }

    /// The figure as findings print it in their proofs: its place, its raw text and its value.
    pub fn to_json(&self, forms: &[Judged<'_>]) -> Value {
        certificate::term(&forms[self.form], self.fact(forms))
    }
}

/// Every identity and relation that the fact `at` of a form (from 0) is a term of.
pub fn statements(forms: &[Judged<'_>], form: usize, at: u32, grammars: &Grammars) -> Vec<Statement> {
    let judged = &forms[form];
    let grammar = &grammars.forms[usize::from(judged.valued.form.grammar)];
    let instances = lay::instances(&judged.valued, &judged.standing, &judged.facts, grammar);
    let own = instances.iter().filter(|instance| instance.terms().any(|term| term == at));
    let mut out: Vec<Statement> =
        own.map(|instance| of_instance(&instance, forms, (form, at), grammars)).collect();
    let mut called = Called::of(forms, grammars);
    let pairs = relation::pairs(forms, &mut called, grammars);
    let across = pairs.iter().filter(|pair| [pair.part, pair.whole].contains(&(form, at)));
    out.extend(across.map(|pair| of_pair(pair, forms, grammars)));
    let bounds = sum_bound::sum_bounds(forms, &called, grammars);
    let over = bounds.iter().filter(|bound| bound.whole == (form, at) || bound.parts.contains(&(form, at)));
    out.extend(over.map(|bound| of_bound(bound, forms, grammars)));
    out
}

fn of_instance(
    instance: &Instance<'_>,
    forms: &[Judged<'_>],
    (form, at): (usize, u32),
    grammars: &Grammars,
) -> Statement {
    let judged = &forms[form];
    let term = |role, fact| Term { role, form, fact };
    let (law, terms, sum) = match &instance.shape {
        Shape::Sum { total, parts } => {
            let terms = std::iter::once(term("total", *total));
            let terms = terms.chain(parts.iter().map(|&part| term("part", part))).collect();
            let sum = add(|at| judged.facts.all[at as usize].value, parts);
            ("total = sum of parts", terms, sum)
        }
        Shape::Bound { whole, part } => {
            ("part <= whole", vec![term("part", *part), term("whole", *whole)], None)
        }
        Shape::Ratio { ratio, of, to, .. } => {
            let terms = vec![term("ratio", *ratio), term("of", *of), term("to", *to)];
            ("ratio = of / to, within half the ratio's last printed digit", terms, None)
        }
        Shape::Equal { first, other, .. } => {
            (certificate::EQUAL, vec![term("first", *first), term("other", *other)], None)
        }
        Shape::Score { score, weight, rate, .. } => {
            let terms = vec![term("score", *score), term("weight", *weight), term("rate", *rate)];
            (certificate::SCORE, terms, None)
        }
    };
    let (id, because) = law_of(judged, instance, grammars);
    let verdict = of_outcome(instance, judged, at);
    Statement { id: id.to_owned(), because: because.to_owned(), law, terms, sum, verdict }
}

/// What an identity says of the fact `at`, one of its terms.
fn of_outcome(instance: &Instance<'_>, judged: &Judged<'_>, at: u32) -> Verdict {
    let value = |at: u32| judged.facts.all[at as usize].value;
    match instance.evaluate(&judged.facts) {
        outcome if instance.speaks_for(at, outcome) => Verdict::Holds,
        Outcome::Holds(_) => Verdict::Silent("it holds, but would with a neighbouring figure too"),
        Outcome::Fails if is_cut_off(judged, instance) => {
            Verdict::Silent("it falls short, but the form is cut off among its parts")
        }
        Outcome::Fails => Verdict::Fails,
        Outcome::Off => Verdict::Silent("it does not hold, but this form does not say that it must"),
        Outcome::Silent if instance.terms().any(|at| value(at).is_none()) => {
            Verdict::Silent("one of its terms cannot be read")
        }
        Outcome::Silent => Verdict::Silent(match (&instance.shape, instance.of) {
            (Shape::Bound { .. }, Of::Score) => "it is kept, which proves neither the score nor the weight",
            (Shape::Bound { .. }, _) => "it is kept, which proves neither side",
            (Shape::Sum { .. }, _) => "it holds among zeros alone, which proves nothing",
            (Shape::Ratio { to, .. }, _) if value(*to).is_some_and(|to| to <= Decimal::ZERO) => {
                "it would divide by nothing"
            }
            (Shape::Ratio { .. }, _) => "it holds only if the sums it compares are rounded",
            (Shape::Equal { .. }, _) => "both are zero, or one is the other rounded, which proves nothing",
            (Shape::Score { .. }, _) => {
                "full score for a full rate, and a rule that is not stated, prove nothing"
            }
        }),
    }
}

fn of_pair(pair: &Pair, forms: &[Judged<'_>], grammars: &Grammars) -> Statement {
    let relation = &grammars.relations[pair.relation];
    let term = |role, (form, fact): (usize, u32)| Term { role, form, fact };
    let firm = |side| relation::firm_value(forms, side);
    let verdict = match firm(pair.part).zip(firm(pair.whole)) {
        None => Verdict::Silent("a figure of it, or the unit of one, is not settled"),
        Some((part, whole)) => match compared(pair.kind, part, whole, pair.in_one_unit(forms)) {
            // Names that are only nearly the same are a reason to look, not to distrust.
            Verdict::Fails if pair.near => Verdict::Silent("the two differ, but so do their names"),
            verdict => verdict,
        },
    };
    let law = match pair.kind {
        RelationKind::AtMost | RelationKind::SumAtMost => "part <= whole",
        RelationKind::Equal | RelationKind::SameName => "part = whole",
    };
    Statement {
        id: relation.id.clone(),
        because: relation.because.clone(),
        law,
        terms: vec![term("part", pair.part), term("whole", pair.whole)],
        sum: None,
        verdict,
    }
}

fn of_bound(bound: &SumBound, forms: &[Judged<'_>], grammars: &Grammars) -> Statement {
    let relation = &grammars.relations[bound.relation];
    let term = |role, (form, fact): (usize, u32)| Term { role, form, fact };
    let parts = bound.parts.iter().map(|&part| term("part", part));
    Statement {
        id: relation.id.clone(),
        because: relation.because.clone(),
        law: sum_bound::LAW,
        terms: parts.chain([term("whole", bound.whole)]).collect(),
        sum: Some(bound.sum),
        verdict: if bound.fails(forms) {
            Verdict::Fails
        } else {
            Verdict::Silent("it is kept, which proves neither side")
        },
    }
}

fn compared(kind: RelationKind, part: Decimal, whole: Decimal, same_unit: bool) -> Verdict {
    match (kind, relation::agreement(part, whole, same_unit)) {
        (RelationKind::AtMost | RelationKind::SumAtMost, _) if whole.is_zero() => {
            Verdict::Silent("the whole is zero")
        }
        (RelationKind::AtMost | RelationKind::SumAtMost, _) if part > whole => Verdict::Fails,
        (RelationKind::AtMost | RelationKind::SumAtMost, _) => {
            Verdict::Silent("it is kept, which proves neither side")
        }
        (_, Agreement::Exact) if part.is_zero() => Verdict::Silent("both are zero, which proves nothing"),
        (_, Agreement::Exact) => Verdict::Holds,
        (_, Agreement::Rounded) => Verdict::Silent("the two agree only within the last printed digit"),
        (_, Agreement::Differ) => Verdict::Fails,
    }
}
