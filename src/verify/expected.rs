//! The findings that figures call for: each with its proof, and the proof's terms in the tables at their places.

mod cross;
mod reading;
mod shift;

use super::certificate::{Identity, Term};
use super::claims::Claims;
use super::facts::{Facts, Place, Verdict};
use super::form::DocumentRows;
use super::law::{Outcome, Rule, Shape, total_of};
use super::lay::Laid;
use super::number::exact;
use super::report::{At, Check, Sink};
use super::rows::Finding;
use super::term::resolve;
use super::unit::equals;
use super::verdict;
use crate::grammar::Grammars;
use crate::value::decimal::Decimal;

/// Calls for the findings of a document, form by form.
pub(super) struct Expected<'a, 'r> {
    pub document: &'a DocumentRows<'r>,
    pub facts: &'a mut Vec<Facts<'r>>,
    pub claims: &'a mut Vec<Claims<'r>>,
    pub grammars: &'a Grammars,
    pub sink: &'a mut Sink,
}

impl<'r> Expected<'_, 'r> {
    /// What the identities of a form say of its figures, and the findings of those that fail.
    pub fn form(&mut self, nth: usize, laid: &[Laid<'_>]) {
        let facts = &self.facts[nth];
        let value = |at: usize| facts.telling(at);
        let outcomes: Vec<Outcome> = laid.iter().map(|laid| laid.shape.outcome(&value)).collect();
        for outcome in &outcomes {
            if let Outcome::Holds(pinned) = outcome {
                pinned.iter().for_each(|&at| self.facts[nth].all[at].verdict.proofs += 1);
            }
        }
        for (laid, outcome) in laid.iter().zip(&outcomes) {
            if matches!(outcome, Outcome::Fails | Outcome::Off) {
                self.failing(nth, laid, *outcome == Outcome::Fails);
            }
        }
        for at in 0..self.facts[nth].all.len() {
            self.reading(nth, at, laid);
        }
    }

    /// An identity that does not hold; `must` where the form has it.
    fn failing(&mut self, nth: usize, laid: &Laid<'_>, must: bool) {
        let form = &self.document.forms[nth];
        let anchor = laid.shape.anchor();
        let finding = self.finding(nth, laid);
        let headless = nth == 0 && form.is_untitled();
        let cut = verdict::may_be_cut_off(form, &self.facts[nth], laid, headless);
        let of_totals = matches!(self.facts[nth].all[anchor].place, Place::WeightTotal | Place::ScoreTotal);
        if finding.is_none() && cut && !(headless && of_totals) {
            return;
        }
        // What fell short because lines above a cut are lost is told of, and no reason to distrust.
        let must = must && !(headless && cut);
        if must {
            self.dispute(nth, laid);
        }
        let fact = &self.facts[nth].all[anchor];
        let (table, field) = fact.place.column();
        let Some((finding, proof)) = finding else {
            let what = format!("{} fails for this {field}, and no {} says so", laid.id, laid.code);
            return self.sink.fault(Check::Identity, form.at(table, fact.line), what);
        };
        let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
        self.sink.checked().certificates += 1;
        let here = proof.terms().and_then(|terms| terms.into_iter().find(|term| is_anchor(term, &proof)));
        let sound = here.is_some_and(|term| {
            finding.table.as_deref() == Some(table)
                && finding.field.as_deref() == Some(field)
                && finding.line == Some(term.line)
                && finding.raw.as_deref() == Some(term.raw.as_str()).filter(|raw| !raw.is_empty())
                && equals(finding.value.as_deref(), fact.value)
        });
        self.sink.demand(sound, Check::Certificate, at, || {
            format!("{} is not at the figure that {} speaks of", finding.code, laid.id)
        });
        let severity = if must { "warning" } else { "info" };
        self.sink.demand(
            finding.severity == severity && self.states(nth, &proof, laid),
            Check::Certificate,
            at,
            || format!("{} does not weigh as much as what is stated", laid.id),
        );
        self.identity(nth, &proof, laid, at);
        if let Some(row) = &proof.shifted_row {
            self.shifted(nth, row, laid, at);
        }
    }

    /// Whether a proof shows the text that states the rule of a score, where there is one.
    fn states(&self, nth: usize, proof: &Identity, laid: &Laid<'_>) -> bool {
        let due = match laid.shape {
            Shape::Score { rule: Rule::Stated(text), .. } => Some(self.document.forms[nth].texts[text]),
            _ => None,
        };
        let given = proof.stated.as_ref();
        match (given, due) {
            (Some(given), Some(due)) => {
                given.table == "texts" && given.field == due.field && given.line == due.line
            }
            (given, due) => given.is_none() && due.is_none(),
        }
    }

    /// Disputes the figures that could have broken an identity. What holds elsewhere is not what is wrong here, but for
    /// the figure that the identity speaks of; of two that should be the same it speaks of neither.
    fn dispute(&mut self, nth: usize, laid: &Laid<'_>) {
        let facts = &mut self.facts[nth].all;
        let terms = laid.shape.terms();
        let doubted = |verdict: &Verdict| verdict.proofs == 0 && !verdict.repaired;
        let is_pair = matches!(laid.shape, Shape::Equal { .. });
        let both = is_pair && !terms.iter().any(|&at| doubted(&facts[at].verdict));
        for at in terms {
            let named = !is_pair && at == laid.shape.anchor();
            let verdict = &mut facts[at].verdict;
            if both || named || doubted(verdict) {
                verdict.disputes += 1;
            }
        }
    }

    /// The open finding of an identity that fails, with its proof.
    fn finding(&mut self, nth: usize, laid: &Laid<'_>) -> Option<(&'r Finding, Identity)> {
        let (document, facts) = (self.document, &*self.facts);
        let proof_of =
            |finding: &Finding| -> Option<Identity> { serde_json::from_str(finding.proof.as_deref()?).ok() };
        let finding = self.claims[nth].take(|finding| {
            let proof =
                proof_of(finding).filter(|proof| finding.code == laid.code && proof.identity == laid.id);
            let terms = proof.as_ref().and_then(|proof| Some((proof, proof.terms()?)));
            terms.is_some_and(|(proof, terms)| {
                let anchor = terms.iter().find(|term| is_anchor(term, proof));
                anchor.is_some_and(|term| {
                    let places = resolve(document, facts, Some(nth), term, |at| value_of(facts, at));
                    places.contains(&(nth, laid.shape.anchor()))
                })
            })
        })?;
        Some((finding, proof_of(finding)?))
    }

    /// Checks the figures that a proof offers as one slip away: each is a term, and its value needed makes the sum.
    fn slips(&mut self, nth: usize, proof: &Identity, laid: &Laid<'_>, at: At<'_>) {
        let Shape::Sum { total, parts } = &laid.shape else { return };
        for slip in proof.one_slip_away.iter().flatten() {
            let facts = &*self.facts;
            let places = resolve(self.document, facts, Some(nth), &slip.term, |at| value_of(facts, at));
            let needed = exact(&slip.needed);
            let mends = places.iter().any(|&(_, fact)| {
                let given = needed.and_then(|needed| needed.shifted(facts[nth].all[fact].power));
                let value = |at: usize| if at == fact { given } else { facts[nth].value(at) };
                laid.shape.terms().contains(&fact)
                    && value(*total).is_some()
                    && value(*total) == total_of(&value, parts)
            });
            self.sink.demand(mends, Check::Certificate, at, || {
                format!("{} would not make {} hold", slip.needed, laid.id)
            });
        }
    }

    /// Checks a proof's identity against the one laid over the rows.
    fn identity(&mut self, nth: usize, proof: &Identity, laid: &Laid<'_>, at: At<'_>) {
        self.slips(nth, proof, laid, at);
        let facts = &*self.facts;
        let value = |at: usize| facts[nth].value(at);
        let outcome = laid.shape.outcome(&|at| facts[nth].telling(at));
        let sound = proof.identity == laid.id && proof.because == laid.because;
        self.sink.demand(
            sound && proof.agrees(&laid.shape, &outcome, &value),
            Check::Certificate,
            at,
            || format!("the proof does not say of {} what is so", laid.id),
        );
        let (terms, due) = (proof.terms().unwrap_or_default(), laid.shape.terms());
        self.sink.demand(terms.len() == due.len(), Check::Certificate, at, || {
            format!("the proof of {} has {} terms, the rows {}", laid.id, terms.len(), due.len())
        });
        for (term, due) in terms.into_iter().zip(due) {
            let places = resolve(self.document, facts, Some(nth), term, |at| value_of(facts, at));
            self.sink.demand(places.contains(&(nth, due)), Check::Certificate, at, || {
                let (table, field) = facts[nth].all[due].place.column();
                format!("a term of {} is not the {table}.{field} that it should be: {term:?}", laid.id)
            });
        }
    }
}

fn value_of(facts: &[Facts<'_>], (form, at): (usize, usize)) -> Option<Decimal> {
    facts[form].value(at)
}

/// Whether a term is the one its identity speaks of.
fn is_anchor(term: &Term, proof: &Identity) -> bool {
    let named = [&proof.total, &proof.ratio, &proof.other, &proof.score].into_iter().flatten().next();
    let anchor = named.or(proof.part.as_ref());
    anchor.is_some_and(|anchor| std::ptr::eq(anchor, term))
}
