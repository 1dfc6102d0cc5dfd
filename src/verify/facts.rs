//! The figures of a form as facts: each an exact number with its printed digits, read from its raw text where the row
//! has one, and otherwise as the row gives it.

use super::rows::Finding;
use crate::value::decimal::Decimal;

/// Where a fact stands among the form's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Amount(usize),
    Measure(usize),
    /// The weight of a scored line.
    Weight(usize),
    /// The score of a scored line.
    Score(usize),
    /// The weight of a first level, by the first of its scored lines.
    Level(usize),
    WeightTotal,
    ScoreTotal,
}

impl Place {
    /// The table and the column.
    pub const fn column(self) -> (&'static str, &'static str) {
        match self {
            Place::Amount(_) => ("amounts", "amount_yuan"),
            Place::Measure(_) => ("measures", "value"),
            Place::Weight(_) => ("indicators", "weight"),
            Place::Score(_) => ("indicators", "score"),
            Place::Level(_) => ("indicators", "level1_weight"),
            Place::WeightTotal => ("forms", "weight_total"),
            Place::ScoreTotal => ("forms", "score_total"),
        }
    }
}

/// One figure.
#[derive(Clone, Debug)]
pub(super) struct Fact<'r> {
    pub place: Place,
    /// The line its row gives.
    pub line: i32,
    /// Its value with the scale of its printed digits; `None` where the cell cannot be read.
    pub value: Option<Decimal>,
    /// The power of ten from the printed number to the value.
    pub power: i8,
    /// Where it is written against the rules: the finding that says so, and everything its digits could mean.
    pub odd: Option<Odd<'r>>,
    /// The trust that the row gives; `None` where its column has none.
    pub claimed: Option<&'r str>,
    /// Whether its unit is contested or unknown.
    pub doubtful: bool,
    /// Whether the label of its line or column had to be guessed.
    pub guessed: bool,
    /// Whether a finding says that it may stand under another column.
    pub displaced: bool,
    /// Whether a finding says that it may stand in another column's place.
    pub misplaced: bool,
    /// Whether a finding says that nothing makes sure of it.
    pub unsure: bool,
    /// Whether it is beyond what its column can mean.
    pub implausible: bool,
    pub verdict: Verdict,
}

/// What is known of a malformed figure.
#[derive(Clone, Debug)]
pub(super) struct Odd<'r> {
    pub finding: &'r Finding,
    /// As values: everything the digits could mean.
    pub all: Vec<Decimal>,
    /// As values: the readings that the finding's proof weighs.
    pub weighed: Vec<Decimal>,
}

/// What identities say of a figure.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    /// An identity singled out its reading.
    pub repaired: bool,
    /// Identities speak about it and single out none.
    pub undecided: bool,
    /// Identities and relations that hold and pin it.
    pub proofs: u32,
    /// Identities that fail with it.
    pub disputes: u32,
    /// Another form prints another figure for the same.
    pub contradicted: bool,
}

impl Fact<'_> {
    /// Whether others may be held against it.
    pub fn is_firm(&self) -> bool {
        self.value.is_some() && (self.odd.is_none() || self.verdict.repaired)
    }

    /// What must stand behind it.
    pub fn trust(&self) -> &'static str {
        let v = &self.verdict;
        if self.value.is_none() || v.disputes > 0 || v.contradicted || v.undecided {
            "disputed"
        } else if self.doubtful || self.unsure {
            "assumed"
        } else {
            match (self.odd.is_some(), v.repaired) {
                (true, true) => "repaired",
                (true, false) => "assumed",
                (false, _) if v.proofs > 0 => "proven",
                (false, _) if self.guessed || self.displaced || self.misplaced || self.implausible => {
                    "assumed"
                }
                (false, _) => "stated",
            }
        }
    }
}

/// The facts of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'r> {
    pub all: Vec<Fact<'r>>,
    /// How many rows of amounts there are: their facts come first, then those of measures.
    pub amounts: usize,
    /// For each scored line the facts of its weight and score.
    pub lines: Vec<(Option<usize>, Option<usize>)>,
    /// The first levels that print their weight: the fact and the scored lines below.
    pub levels: Vec<(usize, std::ops::Range<usize>)>,
    pub weight_total: Option<usize>,
    pub score_total: Option<usize>,
}

impl Facts<'_> {
    /// The fact of an amount's row.
    pub const fn amount(&self, row: usize) -> usize {
        row
    }

    /// The fact of a measure's row.
    pub const fn measure(&self, row: usize) -> usize {
        self.amounts + row
    }

    /// The value where it speaks for or against others: not that of a figure whose reading nothing settled.
    pub fn telling(&self, at: usize) -> Option<Decimal> {
        let fact = &self.all[at];
        fact.value.filter(|_| fact.is_firm() || fact.verdict.undecided)
    }

    /// The value of a fact.
    pub fn value(&self, at: usize) -> Option<Decimal> {
        self.all[at].value
    }
}
