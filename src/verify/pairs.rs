//! What the forms of one document say of the same money: the figures that each relation of the grammar compares.

use super::counterpart::Wholes;
use super::facts::Facts;
use super::form::DocumentRows;
use crate::grammar::{Grammars, Measure, Relation, RelationKind, Term};
use crate::value::decimal::Decimal;

/// Two figures, each by its form and fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair<'g> {
    pub relation: &'g str,
    pub because: &'g str,
    pub kind: RelationKind,
    pub part: (usize, usize),
    pub whole: (usize, usize),
    /// Whether the two only have nearly the same name.
    pub near: bool,
}

/// How two sums compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// To the last digit of both.
    Exact,
    /// Within half the last printed digit of the coarser.
    Rounded,
    Differ,
}

/// How two sums compare, each with the scale of its printed digits.
pub(super) fn agreement(a: Decimal, b: Decimal, one_unit: bool) -> Agreement {
    if a == b {
        return Agreement::Exact;
    }
    // What prints the same unit is no rounding of the other.
    if one_unit {
        return Agreement::Differ;
    }
    let coarser = if a.scale() <= b.scale() { a } else { b };
    let within = a.checked_sub(b).is_some_and(|off| off.abs() <= coarser.half_unit());
    if within { Agreement::Rounded } else { Agreement::Differ }
}

/// Every pair that the relations compare in a document.
pub(super) fn pairs<'g>(
    document: &DocumentRows<'_>,
    facts: &[Facts<'_>],
    grammars: &'g Grammars,
) -> Vec<Pair<'g>> {
    let mut out = Vec::new();
    for relation in &grammars.relations {
        let on = |term: &Term| -> Vec<usize> {
            (0..document.forms.len()).filter(|&at| term.row_in(document.forms[at].nth).is_some()).collect()
        };
        let wholes = Wholes::new(document, on(&relation.whole));
        for part in on(&relation.part) {
            if let Some(whole) = wholes.of(part) {
                Compared { document, facts, grammars, relation, part, whole }.pairs(&mut out);
            }
        }
    }
    out
}

/// A relation over two forms.
struct Compared<'a, 'r, 'g> {
    document: &'a DocumentRows<'r>,
    facts: &'a [Facts<'r>],
    grammars: &'g Grammars,
    relation: &'g Relation,
    part: usize,
    whole: usize,
}

impl<'g> Compared<'_, '_, 'g> {
    fn pairs(&self, out: &mut Vec<Pair<'g>>) {
        let pair = |part: usize, whole: usize, near| Pair {
            relation: &self.relation.id,
            because: &self.relation.because,
            kind: self.relation.kind,
            part: (self.part, self.facts[self.part].amount(part)),
            whole: (self.whole, self.facts[self.whole].amount(whole)),
            near,
        };
        let (first, all) =
            (self.first(self.part, &self.relation.part), self.all(self.part, &self.relation.part));
        let wholes = self.first(self.whole, &self.relation.whole);
        match self.relation.kind {
            RelationKind::AtMost => {
                let Some(&upper) = wholes.first() else { return };
                out.extend(all.into_iter().map(|part| pair(part, upper, false)));
            }
            RelationKind::Equal => {
                if let ([part], [whole]) = (first.as_slice(), wholes.as_slice()) {
                    out.push(pair(*part, *whole, false));
                }
            }
            RelationKind::SameName => {
                let Some(&part) = first.first() else { return };
                if let Some((whole, near)) = self.named(&wholes) {
                    out.push(pair(part, whole, near));
                }
            }
            // It compares no two sums.
            RelationKind::SumAtMost => {}
        }
    }

    /// The sums on a term's row, of the form's own year, in the first measure that is printed.
    fn first(&self, form: usize, term: &Term) -> Vec<usize> {
        let of = |&measure: &Measure| {
            Some(sums(self.document, form, term, measure)).filter(|sums| !sums.is_empty())
        };
        term.measures.iter().find_map(of).unwrap_or_default()
    }

    fn all(&self, form: usize, term: &Term) -> Vec<usize> {
        term.measures.iter().flat_map(|&measure| sums(self.document, form, term, measure)).collect()
    }

    /// The row that bears the name of the other form's project, or the only one that nearly does.
    fn named(&self, wholes: &[usize]) -> Option<(usize, bool)> {
        let project = self.document.forms[self.part].row.project.as_deref()?;
        let name = |&at: &usize| {
            let item = &self.document.forms[self.whole].amounts[at].item;
            self.grammars.labelling.strip_lead(item)
        };
        let only = |same: Vec<usize>| if let [one] = same.as_slice() { Some(*one) } else { None };
        let same: Vec<usize> = wholes.iter().copied().filter(|at| name(at) == project).collect();
        if !same.is_empty() {
            return only(same).map(|at| (at, false));
        }
        if wholes.len() > NAMES_COMPARED {
            return None;
        }
        let near = wholes.iter().copied().filter(|at| nearly(project, name(at))).collect();
        only(near).map(|at| (at, true))
    }
}

/// The sums of a form on a term's row, of the form's own year, in one measure.
pub(super) fn sums(document: &DocumentRows<'_>, form: usize, term: &Term, measure: Measure) -> Vec<usize> {
    let form = &document.forms[form];
    let amounts = form.amounts.iter().enumerate().filter(|(_, amount)| {
        amount.measure == measure.as_str()
            && amount.amount_year == form.row.year
            && amount.item_code.as_deref() == Some(term.row.as_str())
    });
    amounts.map(|(at, _)| at).collect()
}

/// Rows whose names are compared letter by letter; in longer lists only equal names meet.
const NAMES_COMPARED: usize = 500;
/// How many characters a name may lack, and how many it must have.
const SLACK: usize = 3;
const SHORTEST: usize = 6;

/// Whether the shorter name is the longer one with a few characters left out.
fn nearly(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let lacking = long.chars().count() - short.chars().count();
    let mut rest = long.chars();
    short.chars().count() >= SHORTEST && lacking <= SLACK && short.chars().all(|c| rest.any(|d| c == d))
}

/// The powers of ten by which two units of money differ.
const UNITS_APART: [i8; 7] = [1, 2, 3, 4, 5, 6, 8];
/// Those that a lost or added digit makes as well.
const DIGITS_APART: [i8; 3] = [1, 2, 5];

/// The power of ten that makes two different sums the same, by its sign which is the larger. A sum of one or two digits
/// says too little to be a rounded other.
pub(super) fn power_between(part: Decimal, whole: Decimal) -> Option<i8> {
    let long = |value: Decimal| value.mantissa().unsigned_abs() > 99;
    let fits = |small: Decimal, large: Decimal, power: i8| {
        let Some(raised) = small.shifted(power) else { return false };
        match agreement(raised, large, false) {
            Agreement::Exact => true,
            Agreement::Rounded => long(small) && long(large),
            Agreement::Differ => false,
        }
    };
    UNITS_APART.into_iter().find_map(|power| match () {
        () if fits(part, whole, power) => Some(power),
        () if fits(whole, part, power) => Some(-power),
        () => None,
    })
}

/// Whether two sums differ as two units do, so that every sum of a form may be off; `all` are the powers between all
/// sums that the two forms should share.
pub(super) fn is_slip(kind: RelationKind, part: Decimal, whole: Decimal, all: &[Option<i8>]) -> bool {
    if kind == RelationKind::AtMost {
        return part > whole && whole.shifted(4).is_some_and(|whole| part <= whole);
    }
    let Some(power) = power_between(part, whole) else { return false };
    !DIGITS_APART.contains(&power.abs()) || all.iter().all(|other| *other == Some(power))
}
