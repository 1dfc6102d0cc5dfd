//! Sums that several forms of a document print and that together are at most one of another form.

use super::counterpart::Wholes;
use super::facts::Facts;
use super::form::DocumentRows;
use super::pairs::sums;
use super::verdict::firm;
use crate::grammar::{Grammars, Measure, Relation, RelationKind, Term};
use crate::value::decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Sums of forms, each by its form and fact, and the one they are held against.
#[derive(Clone, Debug)]
pub(super) struct Together<'g> {
    pub relation: &'g Relation,
    pub whole: (usize, usize),
    pub parts: Vec<(usize, usize)>,
    pub sum: Decimal,
    /// How much of the difference the rounding of all of them may explain.
    rounding: Decimal,
}

impl Together<'_> {
    /// Whether they are more than the whole.
    pub fn exceed(&self, facts: &[Facts<'_>]) -> bool {
        let whole = firm(facts, self.whole).filter(|whole| !whole.is_zero());
        let allowed = whole.and_then(|whole| whole.checked_add(self.rounding));
        allowed.is_some_and(|allowed| self.sum > allowed)
    }
}

/// Everything that the relations add up in a document.
pub(super) fn together<'g>(
    document: &DocumentRows<'_>,
    facts: &[Facts<'_>],
    grammars: &'g Grammars,
) -> Vec<Together<'g>> {
    let summed = grammars.relations.iter().filter(|relation| relation.kind == RelationKind::SumAtMost);
    let mut out = Vec::new();
    for relation in summed {
        let on = |term: &Term| -> Vec<usize> {
            (0..document.forms.len()).filter(|&at| term.row_in(document.forms[at].nth).is_some()).collect()
        };
        let (parts, wholes) = (on(&relation.part), Wholes::new(document, on(&relation.whole)));
        let mut of_whole: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for part in parts {
            if let Some(whole) = wholes.of(part) {
                of_whole.entry(whole).or_default().push(part);
            }
        }
        let adder = Adder { document, facts, relation };
        out.extend(of_whole.into_iter().filter_map(|(whole, parts)| adder.add(whole, &parts)));
    }
    out
}

struct Adder<'a, 'r, 'g> {
    document: &'a DocumentRows<'r>,
    facts: &'a [Facts<'r>],
    relation: &'g Relation,
}

impl<'g> Adder<'_, '_, 'g> {
    fn add(&self, whole: usize, forms: &[usize]) -> Option<Together<'g>> {
        let rows = || forms.iter().chain([&whole]).map(|&at| self.document.forms[at].row);
        let years: BTreeSet<_> = rows().filter_map(|row| row.year).collect();
        let departments: BTreeSet<_> = rows().filter_map(|row| row.department.as_deref()).collect();
        let upper = self.only(whole, &self.relation.whole)?;
        if years.len() > 1 || departments.len() > 1 {
            return None;
        }
        // One project counts once, whatever forms are about it; those without a name may all be one.
        let mut largest: BTreeMap<&str, ((usize, usize), Decimal)> = BTreeMap::new();
        for &form in forms {
            let Some((at, value)) = self.only(form, &self.relation.part) else { continue };
            let name = self.document.forms[form].row.project.as_deref().unwrap_or_default();
            let known = largest.entry(name).or_insert((at, value));
            if known.1 < value {
                *known = (at, value);
            }
        }
        let mut terms: Vec<_> = largest.into_values().collect();
        terms.sort_by_key(|(at, _)| *at);
        let (mut sum, mut rounding) = (Decimal::ZERO, upper.1.half_unit());
        for (_, value) in &terms {
            sum = sum.checked_add(*value).filter(|_| !value.is_negative())?;
            rounding = rounding.checked_add(value.half_unit())?;
        }
        let parts: Vec<_> = terms.into_iter().map(|(at, _)| at).collect();
        let laid = Together { relation: self.relation, whole: upper.0, parts, sum, rounding };
        (!laid.parts.is_empty()).then_some(laid)
    }

    /// The sum on a term's row in the first measure that is printed, where it is the only one and firm.
    fn only(&self, form: usize, term: &Term) -> Option<((usize, usize), Decimal)> {
        let of = |&measure: &Measure| {
            Some(sums(self.document, form, term, measure)).filter(|sums| !sums.is_empty())
        };
        let [row] = term.measures.iter().find_map(of)?[..] else { return None };
        let at = (form, self.facts[form].amount(row));
        Some((at, firm(self.facts, at)?))
    }
}
