//! Rows whose cells cannot all stand where they are put, or may as well stand elsewhere. An additive identity holds in any
//! column, so where all rows of a table are off by the same it proves their sums but not what they are sums of.

use super::fact::{Fact, Facts, Place};
use super::identity::{Instance, Outcome, Shape};
use super::laid::Laid;
use super::{Judged, Trust, at_fact};
use crate::finding::Code;
use crate::value::form::Valued;

/// Believes those rows that an identity ties to their columns: a ratio, which holds between columns of their own only, or a
/// sum with a figure of a row that stands for certain. What is unsure for another reason stays so.
pub(super) fn settle(form: &mut Judged<'_>, instances: &Laid) {
    if !form.valued.form.items.iter().any(|item| item.astray) {
        return;
    }
    let mut placed: Vec<u32> = Vec::new();
    for instance in instances.iter().filter(|instance| ties(instance, &form.facts)) {
        if matches!(instance.evaluate(&form.facts), Outcome::Holds(_)) {
            placed.extend(
                instance.terms().filter_map(|at| item_of(&form.valued, &form.facts.all[at as usize])),
            );
        }
    }
    placed.sort_unstable();
    for fact in &mut form.facts.all {
        let item = item_of(&form.valued, fact);
        let unsure = |item: u32| form.valued.form.items[item as usize].unsure;
        fact.torn &= item.is_none_or(|item| unsure(item) || placed.binary_search(&item).is_err());
    }
}

/// Whether an identity, if it holds, says where its figures stand.
fn ties(instance: &Instance<'_>, facts: &Facts) -> bool {
    let stands = |fact: &Fact| !fact.torn && fact.value.is_some_and(|value| !value.is_zero());
    match instance.shape {
        // Equal sums have the same rate in any two columns.
        Shape::Ratio { of, to, .. } => facts.all[of as usize].value != facts.all[to as usize].value,
        Shape::Sum { .. } => instance.terms().any(|at| stands(&facts.all[at as usize])),
        _ => false,
    }
}

fn item_of(valued: &Valued<'_>, fact: &Fact) -> Option<u32> {
    match fact.place {
        Place::Amount(at) | Place::Measure(at) => Some(valued.figures[at as usize].item),
        _ => None,
    }
}

/// Reports each row whose places nothing decided, at its first figure.
pub(super) fn report(form: &mut Judged<'_>) {
    let mut last = None;
    let mut found = Vec::new();
    for fact in form.facts.all.iter().filter(|fact| fact.torn) {
        let Some(item) = item_of(&form.valued, fact).filter(|item| last != Some(*item)) else { continue };
        if !matches!(fact.trust, Trust::Assumed | Trust::Disputed) {
            continue;
        }
        last = Some(item);
        let message = "The cells of this row do not fit the columns that they stand under, or may as well stand under others, and \
                       nothing in the document decides: each of its figures may belong to another column.";
        let finding = at_fact(Code::RowMisshapen, fact, message);
        found.push(finding.field(fact.place.column().0, "row").raw(form.raw_of(fact)));
    }
    form.findings.extend(found);
}
