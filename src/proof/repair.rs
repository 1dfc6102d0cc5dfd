//! Repair: a malformed figure takes the one of its readings that the form's identities leave.

use super::fact::{Fact, Facts};
use super::identity::{Instance, Outcome};
use super::{Judged, at_fact, certificate};
use crate::finding::{Code, Severity};
use crate::grammar::Grammars;
use crate::value::decimal::Decimal;

/// Repairs what can be repaired. A repair makes its figure firm, so that others may be checked against it; this goes on
/// until nothing changes, at most once a malformed figure.
pub(super) fn repair(facts: &mut Facts, instances: &[Instance]) {
    let malformed: Vec<u32> =
        (0..facts.all.len() as u32).filter(|&at| facts.all[at as usize].is_malformed()).collect();
    if malformed.is_empty() {
        return;
    }
    let mut open = malformed;
    loop {
        let before = open.len();
        open.retain(|&at| match verdict(facts, instances, at) {
            Verdict::One(value) => {
                let fact = &mut facts.all[at as usize];
                (fact.value, fact.repaired) = (Some(value), true);
                false
            }
            _ => true,
        });
        if open.len() == before {
            break;
        }
    }
    for at in open {
        facts.all[at as usize].undecided = matches!(verdict(facts, instances, at), Verdict::Contradicted);
    }
}

/// What identities over firm figures say of a malformed one.
enum Verdict {
    /// Exactly one reading satisfies them all.
    One(Decimal),
    /// None does, or several do.
    Contradicted,
    /// None speaks about it.
    Unheard,
}

fn verdict(facts: &Facts, instances: &[Instance], at: u32) -> Verdict {
    let over: Vec<&Instance> = deciding(facts, instances, at).collect();
    if over.is_empty() {
        return Verdict::Unheard;
    }
    let mut satisfying =
        facts.all[at as usize].readings.iter().filter(|(reading, _)| satisfies(facts, &over, at, *reading));
    match (satisfying.next(), satisfying.next()) {
        (Some((value, _)), None) => Verdict::One(*value),
        _ => Verdict::Contradicted,
    }
}

/// The identities that can decide a malformed figure: every other term is firm, and they are no mere bounds.
pub(super) fn deciding<'i>(
    facts: &'i Facts,
    instances: &'i [Instance],
    at: u32,
) -> impl Iterator<Item = &'i Instance> {
    instances.iter().filter(move |instance| {
        instance.decides()
            && instance.terms().any(|term| term == at)
            && instance.terms().all(|term| term == at || facts.all[term as usize].is_firm())
    })
}

/// Whether a reading contradicts no identity and is pinned by at least one.
fn satisfies(facts: &Facts, over: &[&Instance], at: u32, reading: Decimal) -> bool {
    let value = |term: u32| if term == at { Some(reading) } else { facts.all[term as usize].value };
    let mut pinned = false;
    for instance in over {
        match instance.evaluate_with(&value) {
            Outcome::Fails => return false,
            Outcome::Holds { pinned: terms, matched } => {
                pinned |= terms.contains(&at) || matched.contains(&at)
            }
            Outcome::Off | Outcome::Silent => {}
        }
    }
    pinned
}

/// Reports every malformed figure: what was read, and what settles it.
pub(super) fn report(form: &mut Judged<'_>, instances: &[Instance], grammars: &Grammars) {
    for at in 0..form.facts.all.len() as u32 {
        let fact = &form.facts.all[at as usize];
        let Some(value) = fact.value.filter(|_| fact.is_malformed()) else { continue };
        let raw = certificate::raw_of(form, fact);
        let given = certificate::printed_scale(fact, value);
        let repairs = reading_of(fact, value);
        let message = if fact.repaired {
            format!(
                "`{raw}` is malformed ({repairs}); it is read as {given}, the only reading that the form's arithmetic allows."
            )
        } else if fact.undecided {
            let others: Vec<String> = fact
                .readings
                .iter()
                .map(|(value, _)| certificate::printed_scale(fact, *value).to_string())
                .collect();
            format!(
                "`{raw}` is malformed ({repairs}) and the form's arithmetic does not single out one of its readings \
                 ({}); {given} is given. Look it up in the original.",
                others.join(", ")
            )
        } else {
            format!(
                "`{raw}` is malformed ({repairs}); {given} is its likeliest reading, and nothing in the document decides it."
            )
        };
        let proof =
            (fact.repaired || fact.undecided).then(|| certificate::reading(form, at, instances, grammars));
        let mut finding = at_fact(Code::NumberMalformed, fact, message).raw(raw).value(value);
        finding.proof = proof;
        if fact.repaired {
            finding = finding.severity(Severity::Info);
        }
        form.findings.push(finding);
    }
}

/// What has to be set right to read a malformed figure so.
fn reading_of(fact: &Fact, value: Decimal) -> String {
    fact.readings
        .iter()
        .find(|(reading, _)| *reading == value)
        .map(|(_, repairs)| repairs.to_string())
        .unwrap_or_default()
}
