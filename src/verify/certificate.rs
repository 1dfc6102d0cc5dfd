//! The proofs that findings carry, as they are written: JSON with the terms of identities.

use super::law::{Outcome, Shape, total_of};
use super::number;
use super::rows::Finding;
use crate::value::decimal::Decimal;
use serde::Deserialize;

/// A figure in a proof.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Term {
    pub table: String,
    pub field: String,
    pub line: i32,
    pub cell: Option<i32>,
    pub raw: String,
    pub value: Option<String>,
    /// The form's ordinal, where the proof is about two.
    pub form: Option<usize>,
}

/// An identity in a proof.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Identity {
    pub identity: String,
    pub because: String,
    pub law: String,
    pub holds: Option<bool>,
    pub total: Option<Term>,
    pub parts: Option<Vec<Term>>,
    pub sum: Option<String>,
    pub whole: Option<Term>,
    pub part: Option<Term>,
    pub ratio: Option<Term>,
    pub of: Option<Term>,
    pub to: Option<Term>,
    pub first: Option<Term>,
    pub other: Option<Term>,
    pub score: Option<Term>,
    pub weight: Option<Term>,
    pub rate: Option<Term>,
    pub stated: Option<Stated>,
    pub one_slip_away: Option<Vec<Slip>>,
    pub shifted_row: Option<ShiftedRow>,
}

/// The text in which a form states a rule.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Stated {
    pub table: String,
    pub field: String,
    pub line: i32,
}

/// A figure that one slip away from what is printed would make a sum add up.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Slip {
    #[serde(flatten)]
    pub term: Term,
    /// What it would have to be, in the unit it is printed in.
    pub needed: String,
}

/// A row whose cells may all stand one column off.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ShiftedRow {
    pub operator: String,
    pub by: i32,
    pub cells: Vec<ShiftedCell>,
}

/// A cell of such a row.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ShiftedCell {
    pub table: Option<String>,
    pub field: Option<String>,
    pub line: i32,
    pub cell: Option<i32>,
    pub raw: String,
    pub value: Option<String>,
    pub belongs: Belongs,
}

/// Where a cell of such a row belongs, and its value there.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Belongs {
    pub table: String,
    pub field: String,
    pub value: String,
    pub label: Option<String>,
}

impl ShiftedCell {
    /// The figure that the cell is where it stands.
    pub fn term(&self) -> Option<Term> {
        let (table, field) = (self.table.clone()?, self.field.clone()?);
        let (raw, value) = (self.raw.clone(), self.value.clone());
        Some(Term { table, field, line: self.line, cell: self.cell, raw, value, form: None })
    }
}

/// The proof of a malformed figure's reading.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reading {
    pub raw: String,
    pub value: Option<String>,
    pub candidates: Vec<Candidate>,
    pub identities: Vec<Identity>,
}

/// A reading that was weighed.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Candidate {
    pub value: String,
    pub refuted_by: Vec<String>,
}

/// The proof of a form's unit.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Unit {
    pub unit: String,
    pub matched: Option<Identity>,
    pub rejected: Vec<Rejected>,
}

/// A unit that a form cannot be in.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Rejected {
    pub unit: String,
    pub refuted_by: Identity,
}

/// The readings that the proof of a malformed figure weighs; none where it has no proof, or one that cannot be read,
/// which is reported where proofs are checked.
pub(super) fn readings(finding: &Finding) -> Vec<Decimal> {
    let proof = finding.proof.as_deref().and_then(|proof| serde_json::from_str::<Reading>(proof).ok());
    let candidates = proof.map(|proof| proof.candidates).unwrap_or_default();
    candidates.iter().filter_map(|candidate| number::exact(&candidate.value)).collect()
}

impl Identity {
    /// The terms with the parts they play, in the order of [`Shape::terms`]; `None` where one is missing or too many.
    pub fn terms<'a>(&'a self) -> Option<Vec<&'a Term>> {
        let parts = self.parts.as_ref();
        let sum = || Some(std::iter::once(self.total.as_ref()?).chain(parts?).collect::<Vec<_>>());
        let all =
            |terms: &[&'a Option<Term>]| terms.iter().map(|term| term.as_ref()).collect::<Option<Vec<_>>>();
        let laws = [
            sum(),
            all(&[&self.whole, &self.part]),
            all(&[&self.ratio, &self.of, &self.to]),
            all(&[&self.first, &self.other]),
            all(&[&self.score, &self.weight, &self.rate]),
        ];
        let mut whole = laws.into_iter().flatten();
        let terms = whole.next().filter(|_| whole.next().is_none())?;
        (terms.len() == self.named() + parts.map_or(0, Vec::len)).then_some(terms)
    }

    /// How many terms it has beside parts.
    fn named(&self) -> usize {
        let all = [
            &self.total,
            &self.whole,
            &self.part,
            &self.ratio,
            &self.of,
            &self.to,
            &self.first,
            &self.other,
            &self.score,
            &self.weight,
            &self.rate,
        ];
        all.into_iter().flatten().count()
    }

    /// Whether it says of its law and its outcome what is so.
    pub fn agrees(&self, shape: &Shape, outcome: &Outcome, value: &dyn Fn(usize) -> Option<Decimal>) -> bool {
        let law = match shape {
            Shape::Sum { .. } => "total = sum of parts",
            Shape::Bound { .. } => "part <= whole",
            Shape::Ratio { .. } => "ratio = of / to, within half the ratio's last printed digit",
            Shape::Equal { .. } => "first = other",
            Shape::Score { .. } => {
                "score = weight * rate, at most weight, within half the last printed digit of score and rate"
            }
        };
        let holds = match outcome {
            Outcome::Holds(_) => Some(true),
            Outcome::Fails | Outcome::Off => Some(false),
            Outcome::Silent => None,
        };
        let sum = match shape {
            Shape::Sum { parts, .. } => total_of(value, parts),
            _ => None,
        };
        self.law == law && self.holds == holds && self.sum.as_deref().map(number::exact) == sum.map(Some)
    }
}
