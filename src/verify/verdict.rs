//! What identities and relations say of each figure.

use super::facts::{Facts, Place};
use super::form::FormRows;
use super::law::Outcome;
use super::lay::Laid;
use super::pairs::{Agreement, Pair, agreement, is_slip, power_between};
use super::report::{Check, Sink};
use crate::grammar::RelationKind;
use crate::value::decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Which malformed figures an identity settles. A settled one is firm, so that others may be held against it; this goes
/// on until nothing changes.
pub(super) fn repair(form: &FormRows<'_>, facts: &mut Facts<'_>, laid: &[Laid<'_>], sink: &mut Sink) {
    let mut open: Vec<usize> = (0..facts.all.len()).filter(|&at| facts.all[at].odd.is_some()).collect();
    loop {
        let before = open.len();
        open.retain(|&at| match said(facts, laid, at) {
            Said::One(reading) if Some(reading) == facts.value(at) => {
                facts.all[at].verdict.repaired = true;
                false
            }
            _ => true,
        });
        if open.len() == before {
            break;
        }
    }
    for at in open {
        let said = said(facts, laid, at);
        facts.all[at].verdict.undecided = !matches!(said, Said::Nothing);
        if let Said::One(reading) = said {
            let fact = &facts.all[at];
            let what = format!("the identities single out {reading}, but {:?} is given", fact.value);
            sink.fault(Check::Trust, form.at(fact.place.column().0, fact.line), what);
        }
    }
    only(form, facts, laid, sink);
}

/// A repaired figure must be the only thing its digits could mean, of all they could.
fn only(form: &FormRows<'_>, facts: &Facts<'_>, laid: &[Laid<'_>], sink: &mut Sink) {
    for (at, fact) in facts.all.iter().enumerate().filter(|(_, fact)| fact.verdict.repaired) {
        let Some(odd) = &fact.odd else { continue };
        let over = deciding(facts, laid, at);
        let mut fitting = odd.all.iter().filter(|&&reading| satisfies(facts, &over, at, reading));
        let other = fitting.find(|&&reading| Some(reading) != fact.value);
        if let Some(other) = other {
            let what = format!("is called repaired, but {other} would satisfy the identities as well");
            sink.fault(Check::Trust, form.at(fact.place.column().0, fact.line), what);
        }
    }
}

enum Said {
    /// One reading satisfies every identity.
    One(Decimal),
    /// None does, or several do.
    Several,
    /// No identity speaks about it.
    Nothing,
}

fn said(facts: &Facts<'_>, laid: &[Laid<'_>], at: usize) -> Said {
    let over = deciding(facts, laid, at);
    let Some(odd) = facts.all[at].odd.as_ref().filter(|_| !over.is_empty()) else { return Said::Nothing };
    // A figure whose finding weighs no reading is held against everything that its digits could mean.
    let readings = if odd.weighed.is_empty() { &odd.all } else { &odd.weighed };
    let mut fitting = readings.iter().filter(|&&reading| satisfies(facts, &over, at, reading));
    match (fitting.next(), fitting.next()) {
        (Some(reading), None) => Said::One(*reading),
        _ => Said::Several,
    }
}

/// The identities that can decide a malformed figure: every other term is firm, and they are no mere bounds.
pub(super) fn deciding<'l, 'g>(facts: &Facts<'_>, laid: &'l [Laid<'g>], at: usize) -> Vec<&'l Laid<'g>> {
    let decides = |laid: &&Laid<'_>| {
        let terms = laid.shape.terms();
        laid.shape.decides()
            && terms.contains(&at)
            && terms.iter().all(|&term| term == at || facts.all[term].is_firm())
    };
    laid.iter().filter(decides).collect()
}

/// Whether a reading contradicts none of the identities and is pinned by one.
fn satisfies(facts: &Facts<'_>, over: &[&Laid<'_>], at: usize, reading: Decimal) -> bool {
    let value = |term: usize| if term == at { Some(reading) } else { facts.value(term) };
    let outcomes: Vec<Outcome> = over.iter().map(|laid| laid.shape.outcome(&value)).collect();
    let pinned = |outcome: &Outcome| matches!(outcome, Outcome::Holds(pinned) if pinned.contains(&at));
    !outcomes.contains(&Outcome::Fails) && outcomes.iter().any(pinned)
}

/// Two sums of two forms that do not agree, and whether they differ as units do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing<'g> {
    pub pair: Pair<'g>,
    pub slip: bool,
}

/// Lets equal sums of different forms prove each other and gives the pairs that differ.
pub(super) fn compare<'g>(facts: &mut [Facts<'_>], pairs: &[Pair<'g>]) -> Vec<Differing<'g>> {
    let mut vouched = vec![false; facts.len()];
    let mut differing = Vec::new();
    for &pair in pairs {
        let (Some(part), Some(whole)) = (firm(facts, pair.part), firm(facts, pair.whole)) else { continue };
        let power = |(form, fact): (usize, usize)| facts[form].all[fact].power;
        let one_unit = power(pair.part) == power(pair.whole);
        let differs = match (pair.kind, agreement(part, whole, one_unit)) {
            (RelationKind::AtMost, _) => !whole.is_zero() && part > whole,
            (_, Agreement::Exact) if !part.is_zero() => {
                for (form, fact) in [pair.part, pair.whole] {
                    facts[form].all[fact].verdict.proofs += 1;
                    vouched[form] = true;
                }
                false
            }
            (_, agreement) => agreement == Agreement::Differ,
        };
        if differs {
            differing.push(Differing { pair, slip: false });
        }
    }
    let shared = shared(facts, pairs);
    for Differing { pair, slip } in &mut differing {
        let values = firm(facts, pair.part).zip(firm(facts, pair.whole));
        let all = shared.get(&(pair.part.0, pair.whole.0)).map(Vec::as_slice).unwrap_or_default();
        *slip = values.is_some_and(|(part, whole)| is_slip(pair.kind, part, whole, all));
    }
    let mut against: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); facts.len()];
    for Differing { pair, .. } in differing.iter().filter(|differing| differing.slip) {
        against[pair.part.0].insert(pair.whole.0);
        against[pair.whole.0].insert(pair.part.0);
    }
    for differing in &differing {
        contradict(facts, differing, &vouched, &against);
    }
    differing
}

/// For two forms, the powers of ten between the sums that they should share.
fn shared(facts: &[Facts<'_>], pairs: &[Pair<'_>]) -> BTreeMap<(usize, usize), Vec<Option<i8>>> {
    let mut shared: BTreeMap<(usize, usize), Vec<Option<i8>>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.kind != RelationKind::AtMost) {
        let values = firm(facts, pair.part).zip(firm(facts, pair.whole));
        if let Some((part, whole)) = values.filter(|(part, whole)| !(part.is_zero() && whole.is_zero())) {
            shared.entry((pair.part.0, pair.whole.0)).or_default().push(power_between(part, whole));
        }
    }
    shared
}

/// The value of a fact against which another form may be held.
pub(super) fn firm(facts: &[Facts<'_>], (form, fact): (usize, usize)) -> Option<Decimal> {
    let fact = &facts[form].all[fact];
    fact.value.filter(|_| fact.is_firm() && !fact.doubtful)
}

/// Disputes what differs. Where two forms differ by their units, the one whose unit is wrong is the one nobody confirms,
/// else the one that more forms contradict, else either may be.
fn contradict(
    facts: &mut [Facts<'_>],
    Differing { pair, slip }: &Differing<'_>,
    vouched: &[bool],
    against: &[BTreeSet<usize>],
) {
    let (part, whole) = (pair.part.0, pair.whole.0);
    let doubts = |form: usize| (!vouched[form], against[form].len());
    let (of_part, of_whole) = (doubts(part), doubts(whole));
    let is_blamed =
        |form: usize| !slip || (if form == part { of_part >= of_whole } else { of_whole >= of_part });
    if *slip {
        for form in [part, whole].into_iter().filter(|&form| is_blamed(form)) {
            let amounts = facts[form].amounts;
            facts[form].all[..amounts].iter_mut().for_each(|fact| fact.verdict.contradicted = true);
        }
    }
    if !pair.near {
        for (form, fact) in [pair.part, pair.whole].into_iter().filter(|&(form, _)| is_blamed(form)) {
            facts[form].all[fact].verdict.contradicted = true;
        }
    }
}

/// Whether a sum may fall short only because its form was cut off among its parts: then a converter that sees the rows
/// may keep silent. Rows without any figure stand in no table, so it cannot be told which of the last two printed ones
/// the cut went through; of one that is `headless`, any part may have stood above it.
pub(super) fn may_be_cut_off(
    form: &FormRows<'_>,
    facts: &Facts<'_>,
    laid: &Laid<'_>,
    headless: bool,
) -> bool {
    if form.is_complete() || !laid.shape.falls_short(&|at| facts.value(at)) {
        return false;
    }
    if headless {
        return true;
    }
    let mut rows: Vec<(&str, i32)> =
        form.amounts.iter().map(|row| (row.item_path.as_str(), row.line)).collect();
    rows.dedup_by_key(|row| row.0);
    let last = rows.len().checked_sub(2).and_then(|at| rows.get(at)).map_or(form.row.line, |row| row.1);
    laid.shape.terms().into_iter().any(|at| match facts.all[at].place {
        Place::Amount(row) => form.amounts[row].line >= last,
        Place::Weight(row) | Place::Score(row) => row + 2 >= form.indicators.len(),
        _ => false,
    })
}
