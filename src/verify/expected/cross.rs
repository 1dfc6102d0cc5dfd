//! The findings of sums that differ between the forms of a document.

use super::super::certificate::{Identity, Term};
use super::super::claims::is_masked;
use super::super::pairs::Pair;
use super::super::report::Check;
use super::super::rows::{Amount, Finding};
use super::super::term::resolve;
use super::super::together::Together;
use super::super::unit::equals;
use super::super::verdict::Differing;
use super::{Expected, value_of};
use crate::grammar::RelationKind;
use crate::value::decimal::Decimal;

impl Expected<'_, '_> {
    /// The findings of sums that differ between forms, on either side.
    pub fn pairs(&mut self, differing: &[Differing<'_>]) {
        for Differing { pair, slip } in differing {
            self.side(law(pair), pair.part, *pair);
            if *slip || !pair.near {
                self.side(law(pair), pair.whole, *pair);
            }
        }
    }

    /// What several forms print is more than the one sum it should be within: that is disputed, and of the others those
    /// that nothing clears. Has to come last, when everything that clears them has been looked at.
    pub fn together(&mut self, all: &[Together<'_>]) {
        for together in all {
            if !together.exceed(self.facts) {
                continue;
            }
            let doubted = |&&(form, at): &&(usize, usize)| {
                let verdict = &self.facts[form].all[at].verdict;
                verdict.proofs == 0 && !verdict.repaired
            };
            let doubted: Vec<(usize, usize)> = together.parts.iter().filter(doubted).copied().collect();
            for at in std::iter::once(together.whole).chain(doubted) {
                self.facts[at.0].all[at.1].verdict.contradicted = true;
                self.exceeding(together, at);
            }
        }
    }

    /// The finding at one of the sums: at the whole it names all parts, at a part itself.
    fn exceeding(&mut self, together: &Together<'_>, (form, at): (usize, usize)) {
        let (document, facts) = (self.document, &*self.facts);
        let fact = &facts[form].all[at];
        let is = |term: &Term, due: (usize, usize)| {
            resolve(document, facts, None, term, |at| value_of(facts, at)).contains(&due)
        };
        let parts = |proof: &Identity| {
            if (form, at) != together.whole {
                return proof.parts.is_none() && proof.part.as_ref().is_some_and(|part| is(part, (form, at)));
            }
            let given = proof.parts.as_deref().unwrap_or_default();
            proof.part.is_none()
                && given.len() == together.parts.len()
                && given.iter().zip(&together.parts).all(|(given, &due)| is(given, due))
        };
        let row = document.forms[form].amounts[at];
        let finding = self.claims[form].take(|finding| {
            is_about(finding, row, fact.value)
                && proof_of(finding).is_some_and(|proof| {
                    proof.identity == together.relation.id
                        && proof.because == together.relation.because
                        && proof.law == "sum of parts <= whole"
                        && equals(proof.sum.as_deref(), Some(together.sum))
                        && proof.whole.as_ref().is_some_and(|whole| is(whole, together.whole))
                        && parts(&proof)
                })
        });
        self.sink.checked().certificates += usize::from(finding.is_some());
        let here = document.forms[form].at("amounts", row.line);
        self.sink.demand(finding.is_some(), Check::Identity, here, || {
            format!("{} fails over this sum, and no cross_form.mismatch proves it", together.relation.id)
        });
    }

    fn side(&mut self, law: &str, (form, at): (usize, usize), pair: Pair<'_>) {
        let (document, facts) = (self.document, &*self.facts);
        let fact = &facts[form].all[at];
        let found = |term: &Option<Term>, due: (usize, usize)| {
            term.as_ref().is_some_and(|term| {
                resolve(document, facts, None, term, |at| value_of(facts, at)).contains(&due)
            })
        };
        let row = document.forms[form].amounts[at];
        let finding = self.claims[form].take(|finding| {
            is_about(finding, row, fact.value)
                && proof_of(finding).is_some_and(|proof| {
                    proof.identity == pair.relation
                        && proof.because == pair.because
                        && proof.law == law
                        && found(&proof.part, pair.part)
                        && found(&proof.whole, pair.whole)
                })
        });
        self.sink.checked().certificates += usize::from(finding.is_some());
        self.sink.demand(
            finding.is_some(),
            Check::Identity,
            document.forms[form].at("amounts", row.line),
            || format!("{} fails for this sum, and no cross_form.mismatch proves it", pair.relation),
        );
    }
}

/// Whether a finding is at a sum.
fn is_about(finding: &Finding, row: &Amount, value: Option<Decimal>) -> bool {
    finding.code == "cross_form.mismatch"
        && (finding.table.as_deref(), finding.field.as_deref()) == (Some("amounts"), Some("amount_yuan"))
        && finding.line == Some(row.line)
        && finding.raw.as_deref().is_some_and(|raw| is_masked(raw, &row.raw))
        && equals(finding.value.as_deref(), value)
}

fn proof_of(finding: &Finding) -> Option<Identity> {
    serde_json::from_str(finding.proof.as_deref()?).ok()
}

/// The words of a relation's law in a proof.
const fn law(pair: &Pair<'_>) -> &'static str {
    match pair.kind {
        RelationKind::AtMost | RelationKind::SumAtMost => "part <= whole",
        RelationKind::Equal | RelationKind::SameName => "part = whole",
    }
}
