//! Rows that a finding offers to read one column further left or right: that every cell of the row is shown where it
//! stands, that it belongs one column further, and that the identity holds then.

use super::super::certificate::{Belongs, ShiftedCell, ShiftedRow};
use super::super::facts::{Facts, Place};
use super::super::form::FormRows;
use super::super::labels;
use super::super::law::{Outcome, Shape, total_of};
use super::super::lay::Laid;
use super::super::number::{self, Printed, Reading, exact};
use super::super::report::{At, Check};
use super::super::sheet::squashed;
use super::super::term::resolve;
use super::{Expected, value_of};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{Role, fold};
use crate::value::decimal::Decimal;
use std::collections::BTreeSet;

impl Expected<'_, '_> {
    /// Checks the row that a failing identity's proof offers to move; its figures are not trusted where they stand, unless
    /// the same value comes to stand there.
    pub(super) fn shifted(&mut self, nth: usize, row: &ShiftedRow, laid: &Laid<'_>, at: At<'_>) {
        match self.mended(nth, row, laid) {
            Ok(facts) => {
                for fact in facts {
                    self.facts[nth].all[fact].verdict.disputes += 1;
                }
            }
            Err(what) => self.sink.fault(Check::Certificate, at, format!("the row to be moved: {what}")),
        }
    }

    /// The facts in whose place another value belongs, where moving the row makes the identity hold.
    fn mended(&self, nth: usize, row: &ShiftedRow, laid: &Laid<'_>) -> Result<Vec<usize>, String> {
        let (form, facts) = (&self.document.forms[nth], &self.facts[nth]);
        let operator = match row.by {
            -1 => "one cell too many",
            1 => "one cell lost",
            by => return Err(format!("{by} is no column to either side")),
        };
        if row.operator != operator {
            return Err(format!("{} is not what {} says", row.by, row.operator));
        }
        let mut own = Vec::new();
        for cell in &row.cells {
            match cell.term() {
                Some(term) => {
                    let places =
                        resolve(self.document, self.facts, Some(nth), &term, |at| value_of(self.facts, at));
                    let place = places.iter().find(|(_, at)| !own.contains(at));
                    own.push(place.ok_or_else(|| format!("`{}` is no figure there", cell.raw))?.1);
                }
                None if is_loose(form, cell) => {}
                None => return Err(format!("`{}` stands nowhere in the form", cell.raw)),
            }
            if !self.is_worth(cell, form) {
                return Err(format!("`{}` is not {}", cell.raw, cell.belongs.value));
            }
            self.beside(form, facts, cell, row.by)?;
        }
        let places = |cell: &ShiftedCell| {
            let to = &cell.belongs;
            (to.table.clone(), to.field.clone(), to.label.clone())
        };
        if row.cells.iter().map(places).collect::<BTreeSet<_>>().len() != row.cells.len() {
            return Err("two cells belong in one place".to_owned());
        }
        if !is_one_row(form, facts, &own) {
            return Err("its cells are not those of one row".to_owned());
        }
        let moved = Moved { form, facts, own: &own, row };
        if !moved.holds(laid) {
            return Err(format!("{} would not hold", laid.id));
        }
        let displaced = own.iter().copied().filter(|&at| moved.put(at) != facts.value(at));
        Ok(displaced.collect())
    }

    /// Whether the column where a sum belongs is the one beside it, as the cells of another row show.
    fn beside(
        &self,
        form: &FormRows<'_>,
        facts: &Facts<'_>,
        cell: &ShiftedCell,
        by: i32,
    ) -> Result<(), String> {
        let Some(label) = &cell.belongs.label else { return Ok(()) };
        let known = match cell.belongs.table.as_str() {
            "amounts" => form.amounts.iter().any(|row| row.measure_label.as_ref() == Some(label)),
            _ => form.measures.iter().any(|row| row.item == *label),
        };
        // A column under which no figure stands is known by its header alone, unless that could name any year.
        let is_header = |found: crate::grammar::Found<'_>| {
            found.roles.iter().any(|role| matches!(role, Role::Column { .. }))
        };
        let dated = label.contains(|c: char| c.is_ascii_digit());
        if !known && (dated || !labels::label(form, self.grammars, label).is_some_and(is_header)) {
            return Err(format!("no column is called {label}"));
        }
        let Some(at) = cell.cell else { return Ok(()) };
        let here = facts.all.iter().find_map(|fact| match fact.place {
            Place::Amount(row) if form.amounts[row].line == cell.line && form.amounts[row].cell == at => {
                form.amounts[row].measure_label.as_deref()
            }
            _ => None,
        });
        let Some(here) = here.filter(|_| cell.belongs.table == "amounts") else { return Ok(()) };
        let mut both =
            form.amounts.iter().filter(|row| row.measure_label.as_deref() == Some(here)).filter_map(|a| {
                let is_other = |b: &&&super::super::rows::Amount| {
                    b.item_path == a.item_path && b.measure_label.as_deref() == Some(label.as_str())
                };
                form.amounts.iter().find(is_other).map(|b| b.cell - a.cell)
            });
        match both.next() {
            Some(apart) if apart != by => Err(format!("{label} is not the column beside {here}")),
            _ => Ok(()),
        }
    }

    /// Whether a cell's text has the value that it is said to have where it belongs.
    fn is_worth(&self, cell: &ShiftedCell, form: &FormRows<'_>) -> bool {
        if ["level3", "target", "actual", "reason"].contains(&cell.belongs.field.as_str()) {
            return cell.belongs.table == "indicators" && cell.belongs.value == cell.raw;
        }
        let columns = [
            ("amounts", "amount_yuan"),
            ("measures", "value"),
            ("indicators", "weight"),
            ("indicators", "score"),
        ];
        if !columns.contains(&(cell.belongs.table.as_str(), cell.belongs.field.as_str())) {
            return false;
        }
        let Some(value) = exact(&cell.belongs.value) else { return false };
        let lexicon: &Lexicon = &self.grammars.lexicon;
        let reading = match cell.belongs.table.as_str() {
            "indicators" => number::points(&cell.raw, lexicon),
            _ => number::read(&cell.raw, lexicon),
        };
        let Reading::Plain(Printed { value: printed, .. }) = reading else { return false };
        let is = |power: i8| printed.shifted(power) == Some(value);
        let unit = |row: &&&super::super::rows::Amount| {
            let unit =
                crate::grammar::vocabulary::MoneyUnit::ALL.into_iter().find(|unit| unit.as_str() == row.unit);
            unit.is_some_and(|unit| is(unit.power()))
        };
        match cell.belongs.table.as_str() {
            "amounts" => form.amounts.iter().find(unit).is_some(),
            "measures" => is(0) || is(-2),
            _ => is(0),
        }
    }
}

/// Whether a cell that is no figure stands in the form: beside the columns, or as a text of a scored line.
fn is_loose(form: &FormRows<'_>, cell: &ShiftedCell) -> bool {
    let misshapen = form.findings.iter().any(|finding| {
        finding.code == "row.misshapen"
            && finding.line == Some(cell.line)
            && finding.raw.as_deref() == Some(cell.raw.as_str())
    });
    let same = |text: &Option<String>| {
        text.as_deref().is_some_and(|text| squashed(text, true) == squashed(&cell.raw, true))
    };
    let within = |at: &usize| {
        let row = form.indicators[*at];
        (row.line..=form.scored_end(*at)).contains(&cell.line)
            && [&row.target, &row.actual, &row.reason].into_iter().any(same)
    };
    misshapen || (0..form.indicators.len()).any(|at| within(&at))
}

/// Whether facts are of one row: of one item, of one scored line, or of the item that is the execution line.
fn is_one_row(form: &FormRows<'_>, facts: &Facts<'_>, own: &[usize]) -> bool {
    let (mut paths, mut lines) = (Vec::new(), Vec::new());
    for &at in own {
        match facts.all[at].place {
            Place::Amount(row) => paths.push(form.amounts[row].item_path.as_str()),
            Place::Measure(row) => {
                let path = form.measures[row].item_path.as_str();
                paths.push(path.rsplit_once(" / ").map_or(path, |(line, _)| line));
            }
            Place::Weight(row) | Place::Score(row) => lines.push(row),
            _ => return false,
        }
    }
    paths.dedup();
    lines.dedup();
    let execution = lines.iter().all(|&row| form.indicators[row].kind == "execution");
    paths.len() <= 1 && lines.len() <= 1 && (paths.is_empty() || execution)
}

/// A form with a row moved.
struct Moved<'a, 'r> {
    form: &'a FormRows<'r>,
    facts: &'a Facts<'r>,
    own: &'a [usize],
    row: &'a ShiftedRow,
}

impl Moved<'_, '_> {
    /// Whether an identity holds, and not among zeros alone.
    fn holds(&self, laid: &Laid<'_>) -> bool {
        let value = |at: usize| match self.own.contains(&at) {
            true => self.put(at),
            false => self.facts.value(at),
        };
        let Shape::Sum { total, parts } = &laid.shape else {
            return matches!(laid.shape.outcome(&value), Outcome::Holds(_));
        };
        let mut sum = Decimal::ZERO;
        let stay: Vec<usize> = parts.iter().copied().filter(|part| !self.own.contains(part)).collect();
        let own = if self.own.contains(total) { None } else { self.part(laid, *total) };
        for part in [total_of(&value, &stay), own.or(Some(Decimal::ZERO))] {
            match part.and_then(|part| sum.checked_add(part)) {
                Some(more) => sum = more,
                None => return false,
            }
        }
        value(*total).is_some_and(|total| total == sum && !total.is_zero())
    }

    /// What comes to stand where a fact of the row stands.
    fn put(&self, at: usize) -> Option<Decimal> {
        let (table, field) = self.facts.all[at].place.column();
        let label = match self.facts.all[at].place {
            Place::Amount(row) => self.form.amounts[row].measure_label.as_deref(),
            _ => None,
        };
        self.cell(table, field, label)
    }

    fn cell(&self, table: &str, field: &str, label: Option<&str>) -> Option<Decimal> {
        let is = |belongs: &Belongs| {
            let same = label
                .is_none_or(|label| belongs.label.as_deref().is_some_and(|own| fold::name(own) == label));
            belongs.table == table && belongs.field == field && same
        };
        let mut cells = self.row.cells.iter().filter(|cell| is(&cell.belongs));
        let only = cells.next().filter(|_| cells.next().is_none())?;
        exact(&only.belongs.value)
    }

    /// What the row adds to the parts of a sum, where it is one of them.
    fn part(&self, laid: &Laid<'_>, total: usize) -> Option<Decimal> {
        let is_part = |&at: &usize| match self.facts.all[at].place {
            Place::Amount(row) => {
                self.form.amounts[row].item_code.as_deref().is_some_and(|code| laid.parts.contains(&code))
            }
            _ => false,
        };
        let line = self.line();
        match self.facts.all[total].place {
            Place::Amount(_) if self.own.iter().any(is_part) => self.put(total),
            Place::WeightTotal if laid.id == "weights.levels" => {
                let execution = line.is_some_and(|line| self.form.indicators[line].kind == "execution");
                self.cell("indicators", "weight", None).filter(|_| execution)
            }
            Place::WeightTotal => self.cell("indicators", "weight", None),
            Place::ScoreTotal => self.cell("indicators", "score", None),
            Place::Level(_) => {
                let level = self.facts.levels.iter().find(|(level, _)| *level == total);
                let below = level.zip(line).is_some_and(|((_, lines), line)| lines.contains(&line));
                self.cell("indicators", "weight", None).filter(|_| below)
            }
            _ => None,
        }
    }

    /// The scored line that the row is.
    fn line(&self) -> Option<usize> {
        let lines = self.row.cells.iter().map(|cell| cell.line);
        let (first, last) = (lines.clone().min()?, lines.max()?);
        let around =
            |at: &usize| self.form.indicators[*at].line <= first && last <= self.form.scored_end(*at);
        (0..self.form.indicators.len()).find(around)
    }
}
