//! What the forms of one document say of the same money.

use super::called::Called;
use super::counterpart::Wholes;
use super::fact::Place;
use super::{Judged, at_fact, certificate};
use crate::finding::{Code, Finding};
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{Grammars, Holds, Measure, RelationKind, Term};
use crate::value::decimal::Decimal;
use foldhash::fast::RandomState;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

/// How many characters a name may lack to be taken for another, and how many it must have.
const NAME_SLACK: usize = 3;
const NAME_LENGTH: usize = 6;
/// Rows of a form whose names are compared one by one; in longer lists only equal names meet.
pub(super) const NAMES_COMPARED: usize = 500;

/// Two figures of two forms that a relation compares.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The relation, by its place in the grammar.
    pub relation: usize,
    pub kind: RelationKind,
    /// Form and fact on the smaller or equal side.
    pub part: (usize, u32),
    /// Form and fact on the other side.
    pub whole: (usize, u32),
    /// Whether the two only have nearly the same name.
    pub near: bool,
}

impl Pair {
    /// The side that is not `form`.
    pub fn other(&self, form: usize) -> (usize, u32) {
        if self.part.0 == form { self.whole } else { self.part }
    }

    /// The two values, with `form` read in `unit`.
    fn values(&self, form: usize, unit: MoneyUnit, forms: &[Judged<'_>]) -> Option<(Decimal, Decimal)> {
        let value = |(at, fact): (usize, u32)| {
            let judged = &forms[at];
            let fact_ref = &judged.facts.all[fact as usize];
            let value = fact_ref.value?;
            let contested = at == form && judged.unit.hangs(fact);
            if contested { value.shifted(unit.power() - fact_ref.power) } else { Some(value) }
        };
        Some((value(self.part)?, value(self.whole)?))
    }

    /// Whether both sides print the same unit, so that neither can be the other rounded.
    pub fn in_one_unit(&self, forms: &[Judged<'_>]) -> bool {
        let power = |(form, fact): (usize, u32)| forms[form].facts.all[fact as usize].power;
        power(self.part) == power(self.whole)
    }

    /// Whether `form` cannot be in `unit`: its part would exceed the other form's whole.
    pub fn refutes(&self, form: usize, unit: MoneyUnit, forms: &[Judged<'_>]) -> bool {
        self.kind == RelationKind::AtMost
            && self.values(form, unit, forms).is_some_and(|(part, whole)| !whole.is_zero() && part > whole)
    }

    /// Whether both print the same money when `form` is in `unit`.
    pub fn matches(&self, form: usize, unit: MoneyUnit, forms: &[Judged<'_>]) -> bool {
        let equal = matches!(self.kind, RelationKind::Equal | RelationKind::SameName);
        equal
            && self.values(form, unit, forms).is_some_and(|(part, whole)| {
                !part.is_zero() && agreement(part, whole, false) != Agreement::Differ
            })
    }

    /// Whether the two would print the same money if `form` were in neither this unit nor any that is stated.
    pub fn belies(&self, form: usize, unit: MoneyUnit, forms: &[Judged<'_>]) -> bool {
        let equal = matches!(self.kind, RelationKind::Equal | RelationKind::SameName);
        let values = self.values(form, unit, forms).filter(|_| equal);
        values.is_some_and(|(part, whole)| !part.is_zero() && powers_apart(part, whole).is_some())
    }

    /// The pair as evidence, with `form` read in `unit`.
    pub fn certificate(
        &self,
        form: usize,
        unit: MoneyUnit,
        forms: &[Judged<'_>],
        grammars: &Grammars,
    ) -> Value {
        let values = self.values(form, unit, forms);
        self.terms(forms, grammars, values)
    }

    fn terms(&self, forms: &[Judged<'_>], grammars: &Grammars, values: Option<(Decimal, Decimal)>) -> Value {
        let relation = &grammars.relations[self.relation];
        let side = |(at, fact): (usize, u32), value: Option<Decimal>| {
            let judged = &forms[at];
            let mut term = certificate::term(judged, &judged.facts.all[fact as usize]);
            term["form"] = json!(at + 1);
            if let Some(value) = value {
                term["value"] = json!(value.to_string());
            }
            term
        };
        let law = match self.kind {
            RelationKind::AtMost | RelationKind::SumAtMost => "part <= whole",
            RelationKind::Equal | RelationKind::SameName => "part = whole",
        };
        json!({
            "identity": relation.id,
            "because": relation.because,
            "law": law,
            "part": side(self.part, values.map(|(part, _)| part)),
            "whole": side(self.whole, values.map(|(_, whole)| whole)),
        })
    }
}

/// How two sums compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// To the last digit of both.
    Exact,
    /// Within half the last digit of the coarser: one prints 万元 where the other prints 元.
    Rounded,
    Differ,
}

pub(super) fn agreement(a: Decimal, b: Decimal, same_unit: bool) -> Agreement {
    if a == b {
        return Agreement::Exact;
    }
    if same_unit {
        return Agreement::Differ;
    }
    let coarser = if a.scale() <= b.scale() { a } else { b };
    match a.checked_sub(b).map(Decimal::abs) {
        Some(off) if off <= coarser.half_unit() => Agreement::Rounded,
        _ => Agreement::Differ,
    }
}

/// Every pair of figures that the relations compare.
pub(super) fn pairs<'t>(forms: &[Judged<'t>], called: &mut Called<'t>, grammars: &Grammars) -> Vec<Pair> {
    let mut out = Vec::new();
    if forms.len() < 2 {
        return out;
    }
    let Called { departments, projects, rows, .. } = called;
    let relations = grammars.relations.iter().enumerate();
    for (nth, relation) in relations.filter(|(_, relation)| relation.kind != RelationKind::SumAtMost) {
        let wholes = Wholes::having(forms, departments, &relation.whole);
        if wholes.is_empty() {
            continue;
        }
        // A document may have thousands of projects and a department with thousands of lines.
        let mut uppers: Vec<Option<Vec<(u32, u32)>>> = vec![None; forms.len()];
        for part in having(forms, &relation.part) {
            let Some(whole) = wholes.of(part) else { continue };
            let upper = uppers[whole].get_or_insert_with(|| {
                let mut upper = figures(&forms[whole], &relation.whole, true);
                if relation.kind == RelationKind::SameName {
                    // They are looked up by item.
                    upper.sort_unstable();
                }
                upper
            });
            let mut add = |part_fact, whole_fact, near| {
                let (part, whole) = ((part, part_fact), (whole, whole_fact));
                out.push(Pair { relation: nth, kind: relation.kind, part, whole, near });
            };
            match (relation.kind, upper.as_slice()) {
                (RelationKind::AtMost, [(_, upper), ..]) => {
                    let parts = figures(&forms[part], &relation.part, false);
                    parts.into_iter().for_each(|(_, fact)| add(fact, *upper, false));
                }
                (RelationKind::Equal, [(_, upper)]) => {
                    if let Some((fact, true)) = first_figure(&forms[part], &relation.part) {
                        add(fact, *upper, false);
                    }
                }
                (RelationKind::SameName, named) => {
                    let Some(project) = &projects[part] else { continue };
                    let Some((fact, _)) = first_figure(&forms[part], &relation.part) else { continue };
                    let here = (whole, &relation.whole);
                    if let Some((same, near)) = rows.find(here, named, project, forms, grammars) {
                        add(fact, same, near);
                    }
                }
                // Nothing to be held against, or no two figures to be compared.
                _ => {}
            }
        }
    }
    out
}

/// The forms that have a term's row.
pub(super) fn having(forms: &[Judged<'_>], term: &Term) -> Vec<usize> {
    let mut having = Vec::with_capacity(forms.len());
    having.extend((0..forms.len()).filter(|&at| term.row_in(forms[at].valued.form.grammar).is_some()));
    having
}

/// The sums of a form on a term's row, of its own year: item and fact. With `first_only` those of the first measure printed.
pub(super) fn figures(form: &Judged<'_>, term: &Term, first_only: bool) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    for &measure in &term.measures {
        let from = out.len();
        out.extend(figures_of(form, term, measure));
        out[from..].sort_unstable_by_key(|(_, fact)| *fact);
        if first_only && !out.is_empty() {
            break;
        }
    }
    out
}

/// Of the sums that [`figures`] gives of the first measure printed, the fact of the first, and whether it is the only one.
pub(super) fn first_figure(form: &Judged<'_>, term: &Term) -> Option<(u32, bool)> {
    term.measures.iter().find_map(|&measure| {
        let mut facts = figures_of(form, term, measure).map(|(_, fact)| fact);
        let first = facts.next()?;
        let (rest, least) = facts.fold((0, first), |(rest, least), fact| (rest + 1, least.min(fact)));
        Some((least, rest == 0))
    })
}

/// The sums of a form on a term's row, of its own year and one measure: item and fact.
fn figures_of(form: &Judged<'_>, term: &Term, measure: Measure) -> impl Iterator<Item = (u32, u32)> {
    let valued = &form.valued;
    let row = term.row_in(valued.form.grammar);
    let sections = valued.form.sections.iter().zip(0..);
    let here = sections.filter_map(move |(section, at)| {
        let (block, row) = row?;
        (section.block == block).then_some((at, row))
    });
    here.flat_map(|(section, row)| form.standing.on(section, row, 0)).filter_map(move |at| {
        let figure = &valued.figures[at as usize];
        let own = figure.holds == Holds::Money(measure) && figure.year == valued.fiscal_year;
        own.then_some((figure.item, at))
    })
}

/// Whether the shorter of two names is the longer with a few characters left out.
pub(super) fn nearly_same(a: &str, b: &str) -> bool {
    // Nearly all names differ by more, and most of the others at one of their first characters.
    if a.len().abs_diff(b.len()) > NAME_SLACK * char::MAX.len_utf8() {
        return false;
    }
    let (n, m) = (a.chars().count(), b.chars().count());
    let (short, long, n, m) = if n <= m { (a, b, n, m) } else { (b, a, m, n) };
    if n < NAME_LENGTH || m - n > NAME_SLACK {
        return false;
    }
    let (mut rest, mut to_leave_out) = (long.chars(), m - n);
    short.chars().all(|c| {
        loop {
            match rest.next() {
                Some(d) if d == c => break true,
                Some(_) if to_leave_out > 0 => to_leave_out -= 1,
                _ => break false,
            }
        }
    })
}

/// Compares the forms of a document: equal figures prove each other, unequal ones are reported.
pub(super) fn compare(forms: &mut [Judged<'_>], pairs: &[Pair], grammars: &Grammars) {
    let mut vouched = vec![false; forms.len()];
    let mut failing = Vec::new();
    for pair in pairs {
        let (Some(part), Some(whole)) = (firm_value(forms, pair.part), firm_value(forms, pair.whole)) else {
            continue;
        };
        match pair.kind {
            RelationKind::AtMost | RelationKind::SumAtMost => {
                if !whole.is_zero() && part > whole {
                    failing.push((pair, part, whole));
                }
            }
            RelationKind::Equal | RelationKind::SameName => {
                match agreement(part, whole, pair.in_one_unit(forms)) {
                    Agreement::Exact if part.is_zero() => {}
                    Agreement::Exact => {
                        for (form, fact) in [pair.part, pair.whole] {
                            let fact = &mut forms[form].facts.all[fact as usize];
                            fact.count_for(1);
                            fact.pinned = true;
                            vouched[form] = true;
                        }
                    }
                    Agreement::Rounded => {}
                    Agreement::Differ => failing.push((pair, part, whole)),
                }
            }
        }
    }
    let apart = apart(forms, pairs);
    let slips: Vec<bool> =
        failing.iter().map(|(pair, part, whole)| unit_slip(pair, *part, *whole, &apart)).collect();
    let mut witnesses = Witnesses { vouched, against: vec![BTreeSet::new(); forms.len()] };
    for ((pair, ..), slip) in failing.iter().zip(&slips) {
        if *slip {
            witnesses.against[pair.part.0].insert(pair.whole.0);
            witnesses.against[pair.whole.0].insert(pair.part.0);
        }
    }
    for ((pair, part, whole), slip) in failing.into_iter().zip(slips) {
        contradict(forms, pair, [part, whole], slip, &witnesses, grammars);
    }
}

/// What the forms of a document say of each other's units.
struct Witnesses {
    /// Forms with a sum that another form confirms to the last digit.
    vouched: Vec<bool>,
    /// For each form, those whose sums differ from its own like two units do.
    against: Vec<BTreeSet<usize>>,
}

impl Witnesses {
    /// Which of two forms has its unit wrong: the one nobody confirms, else the one that more forms contradict, else
    /// either.
    fn blamed(&self, [a, b]: [usize; 2]) -> Vec<usize> {
        match (self.vouched[a], self.vouched[b]) {
            (true, false) => vec![b],
            (false, true) => vec![a],
            _ => match self.against[a].len().cmp(&self.against[b].len()) {
                Ordering::Greater => vec![a],
                Ordering::Less => vec![b],
                Ordering::Equal => vec![a, b],
            },
        }
    }
}

/// The value of a fact that other forms may be held against.
pub(super) fn firm_value(forms: &[Judged<'_>], (form, fact): (usize, u32)) -> Option<Decimal> {
    let fact = &forms[form].facts.all[fact as usize];
    fact.value.filter(|_| fact.is_firm() && !fact.unit_doubtful && !fact.torn)
}

fn contradict(
    forms: &mut [Judged<'_>],
    pair: &Pair,
    [part, whole]: [Decimal; 2],
    slip: bool,
    witnesses: &Witnesses,
    grammars: &Grammars,
) {
    let sides = [pair.part, pair.whole];
    let blamed = if slip {
        witnesses.blamed(sides.map(|(form, _)| form))
    } else {
        sides.map(|(form, _)| form).to_vec()
    };
    if slip {
        // Then every sum of the form is off by the same factor.
        for &form in &blamed {
            for fact in &mut forms[form].facts.all {
                fact.contradicted |= matches!(fact.place, Place::Amount(_));
            }
        }
    }
    // Names that are only nearly the same are a reason to look, not to distrust.
    if !pair.near {
        for (form, fact) in sides.into_iter().filter(|(form, _)| blamed.contains(form)) {
            forms[form].facts.all[fact as usize].contradicted = true;
        }
    }
    let (here, there) = (Side { at: pair.part, value: part }, Side { at: pair.whole, value: whole });
    let finding = mismatch(forms, pair, [here, there], slip, grammars);
    forms[pair.part.0].findings.push(finding);
    if slip || !pair.near {
        let finding = mismatch(forms, pair, [there, here], slip, grammars);
        forms[pair.whole.0].findings.push(finding);
    }
}

/// One side of a pair: form and fact, and its value.
#[derive(Clone, Copy)]
struct Side {
    at: (usize, u32),
    value: Decimal,
}

/// By how many powers of ten two sums are apart that should be the same; `None` where by no unit's. What is rounded has to
/// have three digits at least, for of fewer some power nearly always fits.
fn powers_apart(part: Decimal, whole: Decimal) -> Option<i8> {
    if part == whole && !part.is_zero() {
        return None;
    }
    let digits = |value: Decimal| value.mantissa().unsigned_abs() >= 100;
    let same = |a: Decimal, b: Decimal| match agreement(a, b, false) {
        Agreement::Exact => true,
        Agreement::Rounded => digits(a) && digits(b),
        Agreement::Differ => false,
    };
    [1i8, 2, 3, 4, 5, 6, 8].into_iter().find_map(|power| {
        if part.shifted(power).is_some_and(|part| same(part, whole)) {
            return Some(power);
        }
        whole.shifted(power).is_some_and(|whole| same(part, whole)).then_some(-power)
    })
}

/// For two forms that should print the same sums: by how many powers of ten all of these are apart; `None` where not by
/// the same.
type Apart = HashMap<(usize, usize), Option<i8>, RandomState>;

fn apart(forms: &[Judged<'_>], pairs: &[Pair]) -> Apart {
    let mut apart = Apart::default();
    for pair in pairs.iter().filter(|pair| pair.kind != RelationKind::AtMost) {
        let Some((part, whole)) = firm_value(forms, pair.part).zip(firm_value(forms, pair.whole)) else {
            continue;
        };
        if part.is_zero() && whole.is_zero() {
            continue;
        }
        let power = powers_apart(part, whole);
        let known = apart.entry((pair.part.0, pair.whole.0)).or_insert(power);
        *known = known.filter(|known| Some(*known) == power);
    }
    apart
}

/// Whether two sums differ by nothing but the unit, or a part exceeds its whole by as much. Between 元 and 万元 lie no other
/// slips; a factor of 10, 100 or 10^5 may be a digit's, so that all sums the two forms share must be apart by it.
fn unit_slip(pair: &Pair, part: Decimal, whole: Decimal, apart: &Apart) -> bool {
    if pair.kind == RelationKind::AtMost {
        return part > whole && whole.shifted(4).is_some_and(|whole| part <= whole);
    }
    match powers_apart(part, whole) {
        Some(1 | 2 | 5 | -1 | -2 | -5) => {
            apart.get(&(pair.part.0, pair.whole.0)).is_some_and(Option::is_some)
        }
        power => power.is_some(),
    }
}

/// The finding of a pair that does not agree, seen from the first of its sides.
fn mismatch(
    forms: &[Judged<'_>],
    pair: &Pair,
    [here, there]: [Side; 2],
    slip: bool,
    grammars: &Grammars,
) -> Finding {
    let fact = &forms[here.at.0].facts.all[here.at.1 as usize];
    let other = &forms[there.at.0].facts.all[there.at.1 as usize];
    let relation = match pair.kind {
        RelationKind::AtMost if here.at == pair.part => "is above",
        RelationKind::AtMost => "is below",
        _ => "differs from",
    };
    let near = if pair.near { " under nearly the same name" } else { "" };
    let unit =
        if slip { " The two differ like two units do: look at the units the forms state." } else { "" };
    let message = format!(
        "{} yuan on line {} {relation} {} yuan{near} on line {} of form {}. {}{unit}",
        here.value,
        fact.line,
        there.value,
        other.line,
        there.at.0 + 1,
        grammars.relations[pair.relation].because,
    );
    at_fact(Code::CrossFormMismatch, fact, message)
        .raw(certificate::raw_of(&forms[here.at.0], fact))
        .value(here.value)
        .proof(pair.terms(forms, grammars, None).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against all ways to leave out characters, looked for from the left.
        #[test]
        fn near_names_lack_a_few_characters(a in "[甲乙x]{4,12}", gone in proptest::collection::vec(0..12_usize, 0..5)) {
            let chars: Vec<char> = a.chars().collect();
            let kept = chars.iter().enumerate().filter(|(at, _)| !gone.contains(at));
            let b: String = kept.map(|(_, c)| c).collect();
            let (n, m) = (b.chars().count(), chars.len());
            prop_assert_eq!(nearly_same(&a, &b), n >= NAME_LENGTH && m - n <= NAME_SLACK);
            prop_assert_eq!(nearly_same(&b, &a), nearly_same(&a, &b));
            // What holds a character that the other lacks is not it with something left out, unless it is the longer.
            prop_assert!(!nearly_same(&(b + "丁"), &(a + "x")));
        }
    }
}
