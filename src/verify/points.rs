//! Weights, scores and totals as facts. Their raw texts stand in no table, so a figure that is by the rules is taken as
//! it is given; one that is not has a finding with its raw text, which is read.

use super::claims::{Claims, Spot};
use super::facts::{Facts, Place};
use super::figure::{Given, POINTS};
use super::form::FormRows;
use super::number::{self, Printed, Reading, Tail};
use super::plausible;
use super::report::{At, Check, Sink};
use super::rows::{Finding, Indicator};
use super::target;
use crate::finding::Code;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::Decimal;
use std::ops::RangeInclusive;

/// Adds the weights, scores, levels and totals of a form.
pub(super) fn gather<'r>(
    form: &FormRows<'r>,
    facts: &mut Facts<'r>,
    claims: &mut Claims<'r>,
    lexicon: &Lexicon,
    sink: &mut Sink,
) {
    let mut points = Points { form, facts, claims, lexicon, above: None, sink };
    for at in 0..form.indicators.len() {
        let row = form.indicators[at];
        let (lines, here) = (form.scored_begin(at)..=form.scored_end(at), form.at("indicators", row.line));
        points.above = at.checked_sub(1).map(|above| form.indicators[above].line);
        let weight = points.add(Place::Weight(at), here, lines.clone(), row.weight, Some(&row.weight_trust));
        let score = points.add(Place::Score(at), here, lines.clone(), row.score, Some(&row.trust));
        points.reached(row, lines);
        points.facts.lines.push((weight, score));
    }
    points.above = None;
    points.levels();
    let last = form.indicators.iter().map(|row| row.line).max().unwrap_or(form.row.line);
    let lines = last..=form.row.line_last;
    points.facts.weight_total =
        points.add(Place::WeightTotal, form.here(), lines.clone(), form.row.weight_total, None);
    points.facts.score_total = points.add(Place::ScoreTotal, form.here(), lines, form.row.score_total, None);
}

struct Points<'a, 'r> {
    form: &'a FormRows<'r>,
    facts: &'a mut Facts<'r>,
    claims: &'a mut Claims<'r>,
    lexicon: &'a Lexicon,
    /// The line of the scored line above the one at hand.
    above: Option<i32>,
    sink: &'a mut Sink,
}

impl<'a, 'r> Points<'a, 'r> {
    /// Adds the fact of a cell; `None` where nothing says that the cell holds anything.
    fn add(
        &mut self,
        place: Place,
        at: At<'a>,
        lines: RangeInclusive<i32>,
        stored: Option<Decimal>,
        claimed: Option<&'r str>,
    ) -> Option<usize> {
        let (table, field) = place.column();
        let mut spot = Spot { table, field, lines, raw: None };
        let mut reading = self.reading(&spot, stored);
        if let (None, None, Some(above)) = (&reading, stored, self.above)
            && claimed.is_some_and(|trust| trust != "stated")
        {
            // A row that is broken over lines may have its weight before its name.
            spot.lines = above..=*spot.lines.end();
            reading = self.reading(&spot, stored);
        }
        let Some(reading) = reading.or(stored.map(as_given)) else {
            self.sink.demand(claimed.is_none_or(|trust| trust == "stated"), Check::Trust, at, || {
                format!("{field} is blank, so nothing speaks for or against it")
            });
            return None;
        };
        let torn = self.is_torn(&spot, stored, claimed);
        let given = Given { place, at, spot, stored, keeps: POINTS, claimed, reading };
        let mut fact = given.fact(self.claims, self.sink, |printed| match printed.tail {
            Tail::Nothing => Ok(0),
            _ => Err(format!("{} has a unit that is not points", printed.value)),
        });
        fact.doubtful = torn;
        fact.implausible = claimed.is_some() && plausible::points(fact.value, self.lexicon);
        self.facts.all.push(fact);
        Some(self.facts.all.len() - 1)
    }

    /// Whether a finding says so where, and only where, a line's score does not fit what it reached.
    fn reached(&mut self, row: &Indicator, lines: RangeInclusive<i32>) {
        let spot = Spot { table: "indicators", field: "score", lines, raw: None };
        if !target::is_unfit(row) {
            return;
        }
        let found = self.claims.at(Code::ScoreTargetMismatch, &spot);
        let value = found.and_then(|finding| number::exact(finding.value.as_deref()?));
        self.sink.demand(value == row.score, Check::Identity, self.form.at("indicators", row.line), || {
            format!("no finding says that a score of {:?} does not fit what was reached", row.score)
        });
    }

    /// Whether a finding says that the figure of a scored line may be another line's. Where several lines of a form stand on one
    /// of the dump's, those that print the same are told apart by nothing but their trust.
    fn is_torn(&self, spot: &Spot<'_>, stored: Option<Decimal>, claimed: Option<&str>) -> bool {
        let here = |line: i32| spot.lines.contains(&line);
        let prints = |finding: &&&Finding| {
            let raw = finding.raw.as_deref().unwrap_or_default();
            match number::points(raw, self.lexicon) {
                Reading::Plain(printed) => stored.is_none_or(|stored| stored == printed.value),
                Reading::None => stored.is_none(),
                _ => true,
            }
        };
        let found = self
            .form
            .found(Code::RowMisshapen.as_str(), spot.field)
            .filter(|finding| finding.table.as_deref() == Some(spot.table) && finding.line.is_some_and(here));
        let found: Vec<&Finding> = found.collect();
        let told = found.iter().filter(prints).count();
        let rows = self.form.indicators.iter().filter(|row| here(row.line)).count();
        if rows < 2 { told > 0 } else { told > 0 && claimed == Some("assumed") }
    }

    /// What the raw text in a finding about the cell is.
    fn reading(&self, spot: &Spot<'_>, stored: Option<Decimal>) -> Option<Reading> {
        let codes = match stored {
            Some(_) => &[Code::NumberMalformed, Code::NumberPrecision][..],
            None => &[Code::NumberUnreadable][..],
        };
        let finding =
            codes.iter().flat_map(|code| self.form.found(code.as_str(), spot.field)).find(|finding| {
                finding.table.as_deref() == Some(spot.table)
                    && finding.line.is_some_and(|line| spot.lines.contains(&line))
            })?;
        Some(number::points(finding.raw.as_deref().unwrap_or_default(), self.lexicon))
    }

    /// The levels: runs of scored lines that give the same level with the same weight.
    fn levels(&mut self) {
        let rows = &self.form.indicators;
        let mut from = 0;
        while from < rows.len() {
            let same = |row: &&&_| key(row) == key(rows[from]);
            let to = from + rows[from..].iter().take_while(same).count();
            if let Some(weight) = rows[from].level1_weight {
                let at = self.form.at("indicators", rows[from].line);
                // The level's own cell stands above the first of its lines, behind the row before.
                let above = from.checked_sub(1).map_or(self.form.row.line, |before| rows[before].line);
                let (table, field) = Place::Level(from).column();
                let spot = Spot { table, field, lines: above..=rows[from].line, raw: None };
                let (stored, reading) = (Some(weight), as_given(weight));
                let place = Place::Level(from);
                let given = Given { place, at, spot, stored, keeps: POINTS, claimed: None, reading };
                let fact = given.fact(self.claims, self.sink, |_| Ok(0));
                self.facts.levels.push((self.facts.all.len(), from..to));
                self.facts.all.push(fact);
            }
            from = to;
        }
    }
}

fn key(row: &super::rows::Indicator) -> (Option<&str>, Option<Decimal>) {
    (row.level1.as_deref(), row.level1_weight)
}

fn as_given(value: Decimal) -> Reading {
    Reading::Plain(Printed { value, tail: Tail::Nothing })
}
