//! Repair: a malformed figure takes the one of its readings that the form's identities leave.

use super::fact::{Fact, Facts};
use super::identity::{Instance, Outcome};
use super::laid::Laid;
use super::{Judged, at_fact, certificate};
#[cfg(test)]
use crate::dump::steps;
use crate::finding::{Code, Severity};
use crate::grammar::Grammars;
use crate::value::decimal::Decimal;
use std::collections::HashMap;

/// Repairs what can be repaired. A repair makes its figure firm, so that others may be checked against it; this goes on
/// until nothing changes, at most once a malformed figure.
pub(super) fn repair(facts: &mut Facts, instances: &Laid) {
    let malformed: Vec<u32> =
        (0..facts.all.len() as u32).filter(|&at| facts.all[at as usize].is_malformed()).collect();
    if malformed.is_empty() {
        return;
    }
    let mut open = malformed;
    let mut deciding = Deciding::new(facts, instances);
    loop {
        let before = open.len();
        open.retain(|&at| match verdict(facts, &deciding, at) {
            Verdict::One(value) => {
                let fact = &mut facts.all[at as usize];
                (fact.value, fact.repaired) = (Some(value), true);
                deciding.settle(at);
                false
            }
            _ => true,
        });
        if open.len() == before {
            break;
        }
    }
    for at in open {
        facts.all[at as usize].undecided = matches!(verdict(facts, &deciding, at), Verdict::Contradicted);
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

fn verdict(facts: &Facts, deciding: &Deciding<'_>, at: u32) -> Verdict {
    let over: Vec<Instance<'_>> = deciding.of(facts, at).collect();
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

/// The identities that can decide malformed figures, looked up by figure: a form with thousands of them would otherwise
/// be walked once for each.
pub(super) struct Deciding<'i> {
    instances: &'i Laid,
    /// For each malformed figure, the instances over it that could decide, by their places.
    over: HashMap<u32, Vec<u32>>,
    /// For each instance, how many of its terms are not firm.
    unsettled: Vec<u32>,
}

impl<'i> Deciding<'i> {
    pub fn new(facts: &Facts, instances: &'i Laid) -> Self {
        let mut over: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut unsettled = vec![0; instances.len()];
        for (nth, instance) in instances.iter().enumerate().filter(|(_, instance)| instance.decides()) {
            for at in instance.terms() {
                let fact = &facts.all[at as usize];
                unsettled[nth] += u32::from(!fact.is_firm());
                if fact.is_malformed() {
                    over.entry(at).or_default().push(nth as u32);
                }
            }
        }
        Deciding { instances, over, unsettled }
    }

    /// Those that can decide a malformed figure: every other term is firm, and they are no mere bounds.
    pub fn of<'a>(&'a self, facts: &Facts, at: u32) -> impl Iterator<Item = Instance<'i>> + use<'a, 'i> {
        let own = u32::from(!facts.all[at as usize].is_firm());
        let over = self.over.get(&at).map(Vec::as_slice).unwrap_or_default();
        #[cfg(test)]
        steps::add(over.len());
        over.iter()
            .filter(move |&&nth| self.unsettled[nth as usize] == own)
            .map(|&nth| self.instances.get(nth as usize))
    }

    /// Notes that a figure is firm now.
    fn settle(&mut self, at: u32) {
        for &nth in self.over.get(&at).into_iter().flatten() {
            self.unsettled[nth as usize] -= 1;
        }
    }
}

/// Whether a reading contradicts no identity and is pinned by at least one.
fn satisfies(facts: &Facts, over: &[Instance<'_>], at: u32, reading: Decimal) -> bool {
    let value = |term: u32| if term == at { Some(reading) } else { facts.all[term as usize].value };
    let mut pinned = false;
    for instance in over {
        let outcome = instance.evaluate_with(value);
        if outcome == Outcome::Fails {
            return false;
        }
        pinned |= instance.speaks_for(at, outcome);
    }
    pinned
}

/// Reports every malformed figure: what was read, and what settles it.
pub(super) fn report(form: &mut Judged<'_>, instances: &Laid, grammars: &Grammars) {
    if !form.facts.all.iter().any(Fact::is_malformed) {
        return;
    }
    let deciding = Deciding::new(&form.facts, instances);
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
            (fact.repaired || fact.undecided).then(|| certificate::reading(form, at, &deciding, grammars));
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
