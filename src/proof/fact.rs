//! Facts: every figure of a form as one exact number with what is known of it.

use super::{FormUnit, Trust, at_fact, plausible, unreadable};
use crate::finding::{Code, Finding};
use crate::grammar::Holds;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::Decimal;
use crate::value::exact::{Exact, MONEY, QUANTITY, SCORE};
use crate::value::form::{Basis, Cell, FigureValue, Valued};
use crate::value::number::Unit;
use crate::value::repair::{Repairs, readings};
use std::ops::{Deref, DerefMut};

/// Where a fact stands in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A figure of a matrix, by its place in [`Valued::figures`]; a sum of money.
    Amount(u32),
    /// A figure of a matrix that is no money.
    Measure(u32),
    /// The weight of a line, by its place in [`Valued::lines`].
    Weight(u32),
    /// The score of a line.
    Score(u32),
    /// The weight of a first level, by its place in [`Valued::levels`].
    Level(u32),
    /// The total of the weights.
    WeightTotal,
    /// The total of the scores.
    ScoreTotal,
}

impl Place {
    /// The table and column of the dataset in which the fact stands.
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

    /// Whether a column of the dataset says what stands behind the fact.
    pub const fn has_trust(self) -> bool {
        matches!(self, Place::Amount(_) | Place::Measure(_) | Place::Weight(_) | Place::Score(_))
    }

    const fn precision(self) -> Exact {
        match self {
            Place::Amount(_) => MONEY,
            Place::Measure(_) => QUANTITY,
            _ => SCORE,
        }
    }
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Where it stands.
    pub place: Place,
    /// 1-based source line.
    pub line: u32,
    /// The value: yuan for money, a fraction for a rate; `None` where the cell cannot be read. Its scale is that of the
    /// printed digits, so that a rounding tolerance can be derived from it.
    pub value: Option<Decimal>,
    /// The power of ten that takes the printed number to the value.
    pub power: i8,
    /// The readings of a malformed figure as values, the likeliest first, each with what has to be set right to read
    /// it so; empty for a well-formed one.
    pub readings: Readings,
    /// Whether one of the readings was settled on by an identity.
    pub repaired: bool,
    /// Whether identities speak about it and none of its readings satisfies them alone.
    pub undecided: bool,
    /// Where its unit comes from; for money.
    pub basis: Option<Basis>,
    /// Whether its unit is contested or unknown and nothing settled it.
    pub unit_doubtful: bool,
    /// Whether the label of its line or column is not spelled as the grammar has it.
    pub label_guessed: bool,
    /// Whether it may stand under another column than the one it was put under.
    pub place_doubtful: bool,
    /// Whether its row has a cell beyond the last header, so that it may stand in another column's place.
    pub misplaced: bool,
    /// Whether the dump may have torn its line or its figure, or cut its header, or its row's cells cannot all stand where they
    /// are put, so that no identity makes sure of it.
    pub torn: bool,
    /// Whether it is beyond what its column can mean.
    pub implausible: bool,
    /// Identities that hold with it, as far as they can be counted.
    pub proofs: u16,
    /// Whether one of them would break if any other value were printed.
    pub pinned: bool,
    /// Identities that fail with it and that nothing else clears it of, as far as they can be counted.
    pub disputes: u16,
    /// Whether another form prints another figure for the same thing.
    pub contradicted: bool,
    /// The verdict.
    pub trust: Trust,
}

/// The readings of a figure. Nearly every figure is well-formed: a list, even an empty one, would take twice the room in each.
#[derive(Clone, Debug, Default)]
pub struct Readings(Option<Box<Listed>>);

#[derive(Clone, Debug)]
struct Listed(Box<[(Decimal, Repairs)]>);

impl Deref for Readings {
    type Target = [(Decimal, Repairs)];

    fn deref(&self) -> &Self::Target {
        self.0.as_ref().map_or(&[], |listed| &listed.0)
    }
}

impl DerefMut for Readings {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.0.as_mut().map_or(&mut [], |listed| &mut listed.0)
    }
}

impl FromIterator<(Decimal, Repairs)> for Readings {
    fn from_iter<I: IntoIterator<Item = (Decimal, Repairs)>>(readings: I) -> Self {
        let listed: Box<[_]> = readings.into_iter().collect();
        Readings((!listed.is_empty()).then(|| Box::new(Listed(listed))))
    }
}

impl Fact {
    /// Counts identities that hold with it.
    pub(super) fn count_for(&mut self, identities: u16) {
        self.proofs = self.proofs.saturating_add(identities);
    }

    /// Counts an identity that fails with it.
    pub(super) fn count_against(&mut self) {
        self.disputes = self.disputes.saturating_add(1);
    }

    fn new(place: Place, line: u32) -> Self {
        Fact {
            place,
            line,
            value: None,
            power: 0,
            readings: Readings::default(),
            repaired: false,
            undecided: false,
            basis: None,
            unit_doubtful: false,
            label_guessed: false,
            place_doubtful: false,
            misplaced: false,
            torn: false,
            implausible: false,
            proofs: 0,
            pinned: false,
            disputes: 0,
            contradicted: false,
            trust: Trust::Disputed,
        }
    }

    /// Whether it is written against the rules.
    pub fn is_malformed(&self) -> bool {
        !self.readings.is_empty()
    }

    /// Whether other figures may be checked against it: it is well-formed, or its reading is settled.
    pub fn is_firm(&self) -> bool {
        self.value.is_some() && (!self.is_malformed() || self.repaired)
    }

    /// The verdict from what was noted; worse news wins.
    pub(super) fn conclude(&self) -> Trust {
        if self.value.is_none() || self.disputes > 0 || self.contradicted || self.undecided {
            Trust::Disputed
        } else if self.unit_doubtful || self.torn {
            Trust::Assumed
        } else if self.is_malformed() {
            if self.repaired { Trust::Repaired } else { Trust::Assumed }
        } else if self.proofs > 0 {
            Trust::Proven
        } else if self.label_guessed || self.place_doubtful || self.misplaced || self.implausible {
            Trust::Assumed
        } else {
            Trust::Stated
        }
    }
}

/// The facts of a form.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// In the order of the form: figures, then weights and scores line by line, levels, totals.
    pub all: Vec<Fact>,
    /// For each of [`Valued::figures`], its fact.
    pub figures: std::ops::Range<u32>,
    /// For each of [`Valued::lines`], the facts of its weight and its score.
    pub lines: Vec<(Option<u32>, Option<u32>)>,
    /// The first of the facts of [`Valued::levels`].
    pub first_level: u32,
    /// The total of the weights.
    pub weight_total: Option<u32>,
    /// The total of the scores.
    pub score_total: Option<u32>,
}

impl Facts {
    /// The facts of a form whose unit has been looked for.
    pub(super) fn of(
        valued: &Valued<'_>,
        unit: &FormUnit,
        lexicon: &Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut maker = Maker {
            lexicon,
            findings,
            all: Vec::with_capacity(valued.figures.len() + 2 * valued.lines.len() + valued.levels.len() + 2),
        };
        for (at, figure) in valued.figures.iter().enumerate() {
            let item = &valued.form.items[figure.item as usize];
            maker.figure(at as u32, figure, unit, item.doubtful, item.overfull);
            maker.all[at].torn = item.unsure || item.astray;
            maker.all[at].implausible =
                plausible::is_implausible(valued, figure, maker.all[at].value, lexicon);
        }
        let figures = 0..valued.figures.len() as u32;
        let mut lines = Vec::with_capacity(valued.lines.len());
        for (at, line) in valued.lines.iter().enumerate() {
            let overfull = valued.form.lines[at].overfull;
            let at = at as u32;
            let weight = line.weight.map(|cell| maker.points(Place::Weight(at), &cell, overfull));
            let score = line.score.map(|cell| maker.points(Place::Score(at), &cell, overfull));
            let torn = valued.form.lines.get(at as usize).is_some_and(|line| line.torn);
            weight.into_iter().chain(score).for_each(|fact| maker.all[fact as usize].torn = torn);
            lines.push((weight, score));
        }
        let first_level = maker.all.len() as u32;
        for (at, level) in valued.levels.iter().enumerate() {
            let mut fact = Fact::new(Place::Level(at as u32), level.printed.line);
            fact.value = Some(level.weight);
            maker.all.push(fact);
        }
        let weight_total = valued.weight_total.map(|cell| maker.points(Place::WeightTotal, &cell, false));
        let score_total = valued.score_total.map(|cell| maker.points(Place::ScoreTotal, &cell, false));
        Facts { all: maker.all, figures, lines, first_level, weight_total, score_total }
    }

    /// Forgets what identities said, before they are laid over the facts again.
    pub(super) fn forget(&mut self) {
        for fact in &mut self.all {
            (fact.proofs, fact.disputes) = (0, 0);
            (fact.pinned, fact.repaired, fact.undecided) = (false, false, false);
        }
    }

    /// Gives the money whose unit was contested another unit: `power` is that of the new one.
    pub(super) fn rescale(&mut self, contested: &[u32], power: i8, basis: Basis) {
        for &at in contested {
            let fact = &mut self.all[at as usize];
            let by = power - fact.power;
            fact.value = fact.value.and_then(|value| value.shifted(by));
            for (reading, _) in fact.readings.iter_mut() {
                *reading = reading.shifted(by).unwrap_or(*reading);
            }
            (fact.power, fact.basis, fact.unit_doubtful) = (power, Some(basis), false);
        }
    }
}

struct Maker<'a> {
    lexicon: &'a Lexicon,
    findings: &'a mut Vec<Finding>,
    all: Vec<Fact>,
}

impl Maker<'_> {
    fn figure(
        &mut self,
        at: u32,
        figure: &FigureValue<'_>,
        unit: &FormUnit,
        place_doubtful: bool,
        misplaced: bool,
    ) {
        let money = matches!(figure.holds, Holds::Money(_));
        let place = if money { Place::Amount(at) } else { Place::Measure(at) };
        let mut fact = Fact { place_doubtful, misplaced, ..Fact::new(place, figure.cell.printed.line) };
        if money {
            let (stated, basis) = figure.unit.unwrap_or_else(|| unit.fallback());
            fact.power = stated.power();
            fact.basis = Some(basis);
            fact.unit_doubtful = basis == Basis::Default;
        } else {
            fact.power = rate_power(figure);
        }
        fact.label_guessed = figure.label_guessed;
        self.push(fact, &figure.cell);
    }

    fn points(&mut self, place: Place, cell: &Cell<'_>, misplaced: bool) -> u32 {
        let fact = Fact { misplaced, ..Fact::new(place, cell.printed.line) };
        self.push(fact, cell);
        let at = self.all.len() - 1;
        let single = matches!(place, Place::Weight(_) | Place::Score(_));
        self.all[at].implausible = single && plausible::are_too_many(self.all[at].value, self.lexicon);
        at as u32
    }

    /// Fills in the value; what does not fit its column is no value, and says so.
    fn push(&mut self, mut fact: Fact, cell: &Cell<'_>) {
        let raw = cell.printed.text;
        let power = fact.power;
        if let Some(number) = cell.number {
            fact.value = number.value.shifted(power);
            if !number.notation.is_plain() {
                let read = readings(raw, self.lexicon);
                let values = read.iter().map(|reading| (reading.value.shifted(power), reading.repairs));
                fact.readings = values.filter_map(|(value, repairs)| Some((value?, repairs))).collect();
            }
        }
        let precision = fact.place.precision();
        match fact.value {
            Some(value) if !precision.fits(value) => {
                fact.value = None;
                let finding =
                    unreadable(&fact, raw, "This number is too large for its column, so it has no value.");
                self.findings.push(finding.value(value));
            }
            Some(value) if value.scale() > i16::from(precision.scale) => {
                if let Some((mantissa, true)) = value.at_scale(precision.scale) {
                    let given = Decimal::new(mantissa, precision.scale);
                    let message = format!(
                        "{value} has more decimals than its column keeps, so {given} is given (rounded half-even)."
                    );
                    self.findings.push(at_fact(Code::NumberPrecision, &fact, message).raw(raw).value(given));
                }
            }
            None => {
                let message = "This cell cannot be read as the number it should hold, so it has no value.";
                self.findings.push(unreadable(&fact, raw, message));
            }
            Some(_) => {}
        }
        self.all.push(fact);
    }
}

/// The power of a multiplier that stands behind a number without being part of a unit of money.
fn multiplier_of(cell: &Cell<'_>) -> i8 {
    match cell.number.and_then(|number| number.unit) {
        Some(Unit::Word { power, .. }) => i8::try_from(power).unwrap_or(0),
        _ => 0,
    }
}

/// A rate as a fraction: a percent sign says so itself; a bare number above 1 can only mean percent.
pub(super) fn rate_power(figure: &FigureValue<'_>) -> i8 {
    let Some(number) = figure.cell.number else { return 0 };
    if let Some(percent) = number.percent {
        return percent.power();
    }
    let above_two = number.value > Decimal::from(2);
    if figure.holds == Holds::Ratio && above_two { -2 } else { multiplier_of(&figure.cell) }
}
