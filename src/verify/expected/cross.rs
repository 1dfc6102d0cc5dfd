//! The findings of sums that differ between the forms of a document.

use super::super::certificate::{Identity, Term};
use super::super::claims::is_masked;
use super::super::pairs::Pair;
use super::super::report::Check;
use super::super::term::resolve;
use super::super::unit::equals;
use super::super::verdict::Differing;
use super::{Expected, value_of};
use crate::grammar::RelationKind;

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
            let proof = finding.proof.as_deref().and_then(|text| serde_json::from_str::<Identity>(text).ok());
            finding.code == "cross_form.mismatch"
                && (finding.table.as_deref(), finding.field.as_deref())
                    == (Some("amounts"), Some("amount_yuan"))
                && finding.line == Some(row.line)
                && finding.raw.as_deref().is_some_and(|raw| is_masked(raw, &row.raw))
                && equals(finding.value.as_deref(), fact.value)
                && proof.is_some_and(|proof| {
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

/// The words of a relation's law in a proof.
const fn law(pair: &Pair<'_>) -> &'static str {
    match pair.kind {
        RelationKind::AtMost => "part <= whole",
        RelationKind::Equal | RelationKind::SameName => "part = whole",
    }
}
