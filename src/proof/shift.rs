//! A row whose cells all stand one column off, because one cell before them was lost or is one too many. It is offered,
//! never applied: every figure stays where it is printed, and disputed.

use super::certificate::term;
use super::fact::{Facts, Place};
use super::identity::{Instance, Of, Outcome, Shape};
use super::laid::Laid;
use super::standing::Standing;
use super::{Judged, lay, repair};
use crate::finding::Code;
use crate::form::{Form, Printed};
use crate::grammar::{Grammar, Grammars, Holds, Law, fold};
use crate::value::decimal::Decimal;
use crate::value::form::{FigureValue, Valued, figure_of, filled, points_of};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Rows beyond which none is tried, and how often a fact is read anew at most, to either side: each try reads the whole form.
const ROWS: usize = 40;
const READ: usize = 20_000;

/// A row that, read one column further left or right, would mend what fails.
pub(super) struct Shifted<'t> {
    /// Columns by which its cells have to be moved.
    by: isize,
    cells: Vec<Moved<'t>>,
    /// The failing identities that would hold, by their places among the instances.
    pub mends: Vec<usize>,
}

/// A cell and the column it would belong to.
struct Moved<'t> {
    printed: Printed<'t>,
    /// What it is read as where it stands; `None` for a cell that is no figure there.
    fact: Option<u32>,
    /// Table, column of the dataset and printed label of where it belongs.
    to: (&'static str, &'static str, String),
    /// Its value there; `None` for words.
    value: Option<Decimal>,
    /// Its place in a full row, where it stands.
    place: usize,
}

impl Shifted<'_> {
    /// The facts in whose place another value belongs.
    pub fn displaced<'f>(&'f self, facts: &'f Facts) -> impl Iterator<Item = u32> + 'f {
        let stays = move |cell: &Moved<'_>, fact: u32| {
            let comes =
                self.cells.iter().find(|other| other.place.checked_add_signed(self.by) == Some(cell.place));
            comes.is_some_and(|comes| comes.value.is_some() && comes.value == facts.all[fact as usize].value)
        };
        self.cells.iter().filter_map(move |cell| cell.fact.filter(|&fact| !stays(cell, fact)))
    }

    /// The sentence that offers it.
    pub fn offer(&self) -> String {
        let first = self.cells.iter().map(|cell| cell.printed.line).min().unwrap_or_default();
        let (many, side) = (self.mends.len(), if self.by < 0 { "left" } else { "right" });
        let rest =
            if many > 1 { format!(", like {} more of what fails here", many - 1) } else { String::new() };
        format!(
            " The row with its figures from line {first} on, read one column further {side}, would mend it{rest}."
        )
    }

    /// The candidate as a part of a certificate.
    pub fn certificate(&self, form: &Judged<'_>) -> Value {
        let cells = self.cells.iter().map(|cell| {
            let mut out = match cell.fact {
                Some(fact) => term(form, &form.facts.all[fact as usize]),
                None => json!({ "line": cell.printed.line, "raw": cell.printed.text }),
            };
            let (table, field, label) = &cell.to;
            let value = cell.value.map_or_else(|| cell.printed.text.to_owned(), |value| value.to_string());
            out["belongs"] = json!({ "table": table, "field": field, "value": value });
            if !label.is_empty() {
                out["belongs"]["label"] = json!(label);
            }
            out
        });
        let operator = if self.by < 0 { "one cell too many" } else { "one cell lost" };
        json!({ "operator": operator, "by": self.by, "cells": cells.collect::<Vec<_>>() })
    }
}

/// What stands in a row, by places in a full one.
struct Row<'t> {
    of: RowOf,
    section: u32,
    cells: Vec<(usize, Printed<'t>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RowOf {
    Item(u32),
    Line(u32),
}

/// The only row that mends more than any other when all of its cells are moved by one column, and breaks nothing.
pub(super) fn find<'t>(
    form: &Judged<'t>,
    instances: &Laid,
    outcomes: &[Outcome],
    grammars: &Grammars,
) -> Option<Shifted<'t>> {
    let failing = |outcome: &Outcome| matches!(outcome, Outcome::Fails);
    if form.facts.all.len() > READ || !outcomes.iter().any(failing) {
        return None;
    }
    let mut search = Search::new(form, instances, outcomes, grammars);
    let rows = search.rows();
    if rows.len() > ROWS || rows.len() * form.facts.all.len() > READ {
        return None;
    }
    let (mut best, mut alone): (Option<(usize, Shifted<'t>)>, bool) = (None, true);
    for row in &rows {
        for by in [-1, 1] {
            let Some((left, shifted)) = search.attempt(row, by) else { continue };
            match best.as_ref().map(|(least, _)| left.cmp(least)) {
                None | Some(std::cmp::Ordering::Less) => (best, alone) = (Some((left, shifted)), true),
                Some(std::cmp::Ordering::Equal) => alone = false,
                Some(std::cmp::Ordering::Greater) => {}
            }
        }
    }
    best.filter(|_| alone).map(|(_, shifted)| shifted)
}

/// Where an identity is laid, whatever figures stand there.
type Key = (Of, Spot, Spot);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Spot {
    /// An item of a matrix and the place of a column in it.
    Cell(u32, Option<usize>),
    Line(u32, bool),
    Level(u32),
    Total(bool),
}

fn spot(valued: &Valued<'_>, facts: &Facts, at: u32) -> Spot {
    match facts.all[at as usize].place {
        Place::Amount(at) | Place::Measure(at) => {
            let figure = &valued.figures[at as usize];
            let section = valued.form.items[figure.item as usize].section;
            let columns = &valued.form.sections[section as usize].columns;
            Spot::Cell(figure.item, figure.header.map(|at| columns[at as usize].place))
        }
        Place::Weight(at) => Spot::Line(at, false),
        Place::Score(at) => Spot::Line(at, true),
        Place::Level(at) => Spot::Level(at),
        Place::WeightTotal => Spot::Total(false),
        Place::ScoreTotal => Spot::Total(true),
    }
}

fn key(valued: &Valued<'_>, facts: &Facts, instance: &Instance<'_>) -> Key {
    let (a, b) = match instance.shape {
        Shape::Sum { total, .. } => (total, total),
        Shape::Bound { whole, part } => (whole, part),
        Shape::Ratio { ratio, .. } => (ratio, ratio),
        Shape::Equal { first, other, .. } => (first, other),
        Shape::Score { score, .. } => (score, score),
    };
    (instance.of, spot(valued, facts, a), spot(valued, facts, b))
}

/// Whether a cell that stands under no header of its line is reported.
fn is_reported(form: &Form<'_>, printed: Printed<'_>) -> bool {
    let mut findings = form.findings.iter().filter(|finding| finding.code == Code::RowMisshapen);
    findings.any(|finding| {
        finding.line == Some(printed.line) && finding.raw.as_deref() == Some(fold::trim(printed.text))
    })
}

/// The rows that a law is about.
fn rows_in(law: &Law) -> Vec<u16> {
    match law {
        Law::Sum { total: one, parts } | Law::Bound { whole: one, parts } => {
            std::iter::once(*one).chain(parts.iter().copied()).collect()
        }
        Law::Ratio { row, .. } => row.iter().copied().collect(),
        Law::Score { row, .. } => vec![*row],
        // What is said of every row is said of none in particular.
        Law::Across { .. } => Vec::new(),
        Law::Equal { rows, .. } => rows.clone(),
    }
}

struct Search<'a, 't> {
    form: &'a Judged<'t>,
    instances: &'a Laid,
    outcomes: &'a [Outcome],
    grammars: &'a Grammars,
    grammar: &'a Grammar,
    keys: Vec<Key>,
    /// The form with the cells of the row at hand moved.
    moved: Valued<'t>,
}

impl<'a, 't> Search<'a, 't> {
    fn new(
        form: &'a Judged<'t>,
        instances: &'a Laid,
        outcomes: &'a [Outcome],
        grammars: &'a Grammars,
    ) -> Self {
        let keys = instances.iter().map(|instance| key(&form.valued, &form.facts, &instance)).collect();
        let grammar = &grammars.forms[usize::from(form.valued.form.grammar)];
        let moved = form.valued.clone();
        Search { form, instances, outcomes, grammars, grammar, keys, moved }
    }

    /// The rows that what fails is about, those among them that print nothing there.
    fn rows(&self) -> Vec<Row<'t>> {
        let failing =
            self.instances.iter().zip(self.outcomes).filter(|(_, outcome)| **outcome == Outcome::Fails);
        let mut found: Vec<RowOf> = Vec::new();
        for (instance, _) in failing {
            for row in self.rows_of(&instance) {
                if !found.contains(&row) && found.len() <= ROWS {
                    found.push(row);
                }
            }
        }
        found.into_iter().filter_map(|row| self.row(row)).collect()
    }

    fn rows_of(&self, instance: &Instance<'_>) -> Vec<RowOf> {
        let (form, figures) = (&self.form.valued.form, &self.form.valued.figures);
        let places = instance.terms().map(|at| self.form.facts.all[at as usize].place);
        let item = places.into_iter().find_map(|place| match place {
            Place::Amount(at) | Place::Measure(at) => Some(figures[at as usize].item),
            _ => None,
        });
        let lines = || (0..form.lines.len() as u32).filter(|&at| !form.lines[at as usize].execution);
        match (instance.of, item) {
            (Of::Grammar(nth), Some(item)) => {
                let section = form.items[item as usize].section;
                let rows = rows_in(&self.grammar.identities[usize::from(nth)].law);
                let items = form.items.iter().enumerate();
                let here = items.filter(|(_, item)| {
                    item.section == section && item.row.is_some_and(|row| rows.contains(&row))
                });
                here.map(|(at, _)| RowOf::Item(at as u32)).collect()
            }
            _ => lines().map(RowOf::Line).chain(self.executed().map(RowOf::Item)).collect(),
        }
    }

    /// The item whose weight and score are the execution line's.
    fn executed(&self) -> Option<u32> {
        let form = &self.form.valued.form;
        let line = form.lines.iter().find(|line| line.execution)?;
        let own = [line.weight, line.score].into_iter().flatten().next()?;
        form.loose.iter().find(|loose| loose.printed == own).map(|loose| loose.item)
    }

    fn row(&self, of: RowOf) -> Option<Row<'t>> {
        let form = &self.form.valued.form;
        let (section, mut cells) = match of {
            RowOf::Item(item) => {
                let section = form.items[item as usize].section;
                let columns = &form.sections[section as usize].columns;
                let figures = form.figures.iter().filter(|figure| figure.item == item);
                let cells = figures
                    .filter_map(|figure| Some((columns[figure.header? as usize].place, figure.printed)));
                let loose = form.loose.iter().filter(|loose| loose.item == item);
                (section, cells.chain(loose.map(|loose| (loose.place, loose.printed))).collect())
            }
            RowOf::Line(line) => self.line(line)?,
        };
        let lexicon = &self.grammars.lexicon;
        cells.retain(|(_, printed): &(usize, Printed<'_>)| filled(Some(*printed), lexicon).is_some());
        cells.sort_by_key(|(place, _)| *place);
        Some(Row { of, section, cells })
    }

    /// The cells of a scored line; `None` where the form has several tables of them.
    fn line(&self, line: u32) -> Option<(u32, Vec<(usize, Printed<'t>)>)> {
        let form = &self.form.valued.form;
        let line = form.lines[line as usize];
        let holds = |section: usize, column: u8| {
            self.grammar.blocks[usize::from(form.sections[section].block)].columns[usize::from(column)].holds
        };
        let scored = |section: &usize| {
            let mut columns = form.sections[*section].columns.iter();
            columns.any(|header| holds(*section, header.column) == Holds::Level3)
        };
        let mut sections = (0..form.sections.len()).filter(scored);
        let section = sections.next().filter(|_| sections.next().is_none())?;
        let cells = form.sections[section].columns.iter().filter_map(|header| {
            let printed = match holds(section, header.column) {
                Holds::Target => line.target,
                Holds::Actual => line.actual,
                Holds::Weight => line.weight,
                Holds::Score => line.score,
                Holds::Reason => line.reason,
                _ => None,
            };
            Some((header.place, printed?))
        });
        Some((section as u32, cells.collect()))
    }

    /// What would fail with a row moved, and the move; `None` where it drops a cell, cannot be read, breaks what holds or
    /// mends nothing.
    fn attempt(&mut self, row: &Row<'t>, by: isize) -> Option<(usize, Shifted<'t>)> {
        let cells = self.move_cells(row, by)?;
        #[cfg(test)]
        crate::dump::steps::add(self.moved.figures.len());
        let form = self.form;
        let mut findings = Vec::new();
        let mut facts = Facts::of(&self.moved, &form.unit, &self.grammars.lexicon, &mut findings);
        form.unit.read_in(&self.moved, &mut facts);
        let standing = Standing::of(&self.moved, self.grammar);
        let instances = lay::instances(&self.moved, &standing, &facts, self.grammar);
        repair::repair(&mut facts, &instances);
        let after: HashMap<Key, Outcome> = instances
            .iter()
            .map(|instance| (key(&self.moved, &facts, &instance), instance.evaluate(&facts)))
            .collect();
        let (mut mends, mut known, mut lost) = (Vec::new(), 0, 0);
        for (nth, (key, before)) in self.keys.iter().zip(self.outcomes).enumerate() {
            let now = after.get(key);
            let holds = matches!(now, Some(Outcome::Holds(_)));
            match before {
                Outcome::Holds(_) => lost += usize::from(!holds),
                Outcome::Fails if holds => mends.push(nth),
                Outcome::Fails => known += usize::from(now == Some(&Outcome::Fails)),
                _ => {}
            }
        }
        let left = after.values().filter(|outcome| **outcome == Outcome::Fails).count();
        // What fails only now was broken by the move; what a lost cell leaves nothing to say of counts against it.
        (left == known && mends.len() > lost).then_some((left, Shifted { by, cells, mends }))
    }

    /// Moves the cells of a row in the working copy.
    fn move_cells(&mut self, row: &Row<'t>, by: isize) -> Option<Vec<Moved<'t>>> {
        let valued = &self.form.valued;
        self.moved.figures.clone_from(&valued.figures);
        self.moved.lines.clone_from(&valued.lines);
        let line = match row.of {
            RowOf::Line(line) => Some(line),
            RowOf::Item(item) => {
                let figures = &mut self.moved.figures;
                figures.retain(|figure| figure.item != item || figure.header.is_none());
                let execution = valued.form.lines.iter().position(|line| line.execution);
                execution.filter(|_| self.executed() == Some(item)).map(|at| at as u32)
            }
        };
        if let Some(line) = line {
            let line = &mut self.moved.lines[line as usize];
            (line.weight, line.score) = (None, None);
        }
        let mut cells = Vec::new();
        for &(place, printed) in &row.cells {
            cells.extend(self.put(row, line, (place, place.checked_add_signed(by)?), printed)?);
        }
        Some(cells)
    }

    /// Puts a cell under another header; gives it where it becomes a figure there.
    fn put(
        &mut self,
        row: &Row<'t>,
        line: Option<u32>,
        (from, place): (usize, usize),
        printed: Printed<'t>,
    ) -> Option<Option<Moved<'t>>> {
        let form = &self.form.valued.form;
        let section = &form.sections[row.section as usize];
        let header = section.columns.iter().position(|header| header.place == place)?;
        let column = &section.columns[header];
        let holds = self.grammar.blocks[usize::from(section.block)].columns[usize::from(column.column)].holds;
        let label = fold::name(column.label.text).into_owned();
        let fact = self.fact_of(printed);
        // A cell that repeats another one is neither a figure nor reported.
        let known = fact.is_some() || matches!(row.of, RowOf::Line(_)) || is_reported(form, printed);
        let moved = |to, value: Option<_>| {
            let value: Decimal = value.filter(|_| known)?;
            Some(Some(Moved { printed, fact, to, value: Some(value), place: from }))
        };
        match (holds, row.of, line) {
            (Holds::Weight | Holds::Score, _, Some(line)) => {
                let cell = points_of(printed, &self.grammars.lexicon)?;
                let number = cell.number.filter(|number| number.notation.is_plain())?;
                let to = if holds == Holds::Weight { "weight" } else { "score" };
                let out = moved(("indicators", to, String::new()), Some(number.value));
                let line = &mut self.moved.lines[line as usize];
                *(if holds == Holds::Weight { &mut line.weight } else { &mut line.score }) = Some(cell);
                out
            }
            // Words of a scored line are read as they are; what was taken for points there is shown too.
            (_, RowOf::Line(_), _) => {
                let to = match holds {
                    Holds::Target => "target",
                    Holds::Actual => "actual",
                    Holds::Reason => "reason",
                    _ => "level3",
                };
                let to = ("indicators", to, String::new());
                Some(fact.map(|_| Moved { printed, fact, to, value: None, place: from }))
            }
            (_, RowOf::Item(item), _) => {
                let printed_at = crate::form::Figure { item, header: Some(header as u32), printed };
                let figure = figure_of(form, &printed_at, self.form.valued.fiscal_year, self.grammars)?;
                figure.cell.number.filter(|number| number.notation.is_plain())?;
                let to = match holds {
                    Holds::Money(_) => ("amounts", "amount_yuan", label),
                    _ => ("measures", "value", label),
                };
                let out = moved(to, self.value_of(&figure));
                self.moved.figures.push(figure);
                out
            }
        }
    }

    /// The value of a figure in its column.
    fn value_of(&self, figure: &FigureValue<'t>) -> Option<Decimal> {
        self.form.unit.value_of(figure)
    }

    /// What a cell is read as where it stands.
    fn fact_of(&self, printed: Printed<'t>) -> Option<u32> {
        let (valued, facts) = (&self.form.valued, &self.form.facts);
        let figure = valued.figures.iter().position(|figure| figure.cell.printed == printed);
        let line = || {
            let is =
                |cell: Option<crate::value::form::Cell<'_>>| cell.is_some_and(|cell| cell.printed == printed);
            valued.lines.iter().zip(&facts.lines).find_map(|(line, (weight, score))| {
                if is(line.weight) { *weight } else { score.filter(|_| is(line.score)) }
            })
        };
        figure.map(|at| facts.figures.start + at as u32).or_else(line)
    }
}
