//! The findings of figures that are written against the rules.

use super::super::certificate::Reading;
use super::super::facts::Facts;
use super::super::law::Outcome;
use super::super::lay::Laid;
use super::super::number;
use super::super::report::{At, Check};
use super::super::rows::Finding;
use super::super::unit::equals;
use super::super::verdict;
use super::Expected;

impl Expected<'_, '_> {
    /// Checks the proof of a malformed figure's reading.
    pub(super) fn reading(&mut self, nth: usize, at: usize, laid: &[Laid<'_>]) {
        let fact = &self.facts[nth].all[at];
        let Some(finding) = fact.odd.as_ref().map(|odd| odd.finding) else { return };
        let form = &self.document.forms[nth];
        let here = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        let due = fact.verdict.repaired || fact.verdict.undecided;
        let severity = if fact.verdict.repaired { "info" } else { "warning" };
        self.sink.demand(finding.severity == severity, Check::Certificate, here, || {
            format!("number.malformed weighs {}, not {severity}", finding.severity)
        });
        let Some(text) = &finding.proof else {
            return self.sink.demand(!due, Check::Certificate, here, || {
                "identities speak about this figure, but its finding has no proof".to_owned()
            });
        };
        self.sink.checked().certificates += 1;
        let Ok(proof) = serde_json::from_str::<Reading>(text) else {
            return self.sink.fault(Check::Certificate, here, "the proof cannot be read");
        };
        let over: Vec<&Laid<'_>> = verdict::deciding(&self.facts[nth], laid, at);
        if let Err(what) = weighs(&proof, &self.facts[nth], at, &over, finding) {
            self.sink.fault(Check::Certificate, here, what);
        }
        for (proof, laid) in proof.identities.iter().zip(over) {
            self.identity(nth, proof, laid, here);
        }
    }
}

/// Whether a proof weighs the readings as the identities do.
fn weighs(
    proof: &Reading,
    facts: &Facts<'_>,
    at: usize,
    over: &[&Laid<'_>],
    finding: &Finding,
) -> Result<(), String> {
    let fact = &facts.all[at];
    if !equals(proof.value.as_deref(), fact.value) || Some(proof.raw.as_str()) != finding.raw.as_deref() {
        return Err("the proof is about another figure than its finding".to_owned());
    }
    if proof.identities.len() != over.len() {
        let (given, due) = (proof.identities.len(), over.len());
        return Err(format!("the proof names {given} identities, the rows have {due} that decide"));
    }
    if over.iter().any(|laid| !laid.shape.decides()) {
        return Err("a bound decides nothing".to_owned());
    }
    for candidate in &proof.candidates {
        let Some(reading) = number::exact(&candidate.value) else {
            return Err(format!("`{}` is no number", candidate.value));
        };
        let value = |term: usize| if term == at { Some(reading) } else { facts.value(term) };
        let fails = |laid: &&&Laid<'_>| laid.shape.outcome(&value) == Outcome::Fails;
        let refuting: Vec<&str> = over.iter().filter(fails).map(|laid| laid.id).collect();
        if refuting != candidate.refuted_by {
            return Err(format!("{reading} is refuted by {refuting:?}, not by {:?}", candidate.refuted_by));
        }
    }
    let given = proof.candidates.iter().any(|candidate| equals(Some(&candidate.value), fact.value));
    if given { Ok(()) } else { Err("the value given is none of the readings weighed".to_owned()) }
}
