//! Identities laid over the facts of a form: which figures each of them is about.

use super::fact::Facts;
use super::identity::{Instance, Of, Rule, Shape};
use crate::grammar::{Grammar, Holds, Identity, Law, Stated, fold};
use crate::value::form::Valued;

/// Every identity that can be laid over a form.
pub(super) fn instances(valued: &Valued<'_>, facts: &Facts, grammar: &Grammar) -> Vec<Instance> {
    let mut out = Vec::new();
    for (nth, identity) in grammar.identities.iter().enumerate() {
        for section in 0..valued.form.sections.len() as u32 {
            if valued.form.sections[section as usize].block == identity.block {
                Layer { valued, facts, grammar, section, identity, of: Of::Grammar(nth as u16) }
                    .lay(&mut out);
            }
        }
    }
    points(valued, facts, &mut out);
    out
}

/// Lays one identity over one section.
struct Layer<'a, 't> {
    valued: &'a Valued<'t>,
    facts: &'a Facts,
    grammar: &'a Grammar,
    section: u32,
    identity: &'a Identity,
    of: Of,
}

impl Layer<'_, '_> {
    fn lay(&self, out: &mut Vec<Instance>) {
        match &self.identity.law {
            Law::Sum { total, parts } => {
                for (total, key) in self.money_on(*total) {
                    let parts: Vec<u32> = parts.iter().flat_map(|&row| self.money_under(row, key)).collect();
                    if !parts.is_empty() {
                        out.push(Instance { of: self.of, shape: Shape::Sum { total, parts } });
                    }
                }
            }
            Law::Bound { whole, parts } => {
                for (whole, key) in self.money_on(*whole) {
                    for part in parts.iter().flat_map(|&row| self.money_under(row, key)) {
                        out.push(Instance { of: self.of, shape: Shape::Bound { whole, part } });
                    }
                }
            }
            Law::Ratio { row, ratio, of, to } => {
                let first = |columns: &[u8]| columns.iter().find_map(|&column| self.figure(*row, column));
                if let (Some(ratio), Some(of), Some(to)) = (self.figure(*row, *ratio), first(of), first(to)) {
                    let rounded = [of, to]
                        .iter()
                        .all(|&at| matches!(self.valued.figures[at as usize].holds, Holds::Money(_)));
                    out.push(Instance { of: self.of, shape: Shape::Ratio { ratio, of, to, rounded } });
                }
            }
            Law::Equal { rows, columns } => self.lay_equal(rows, columns, out),
            Law::Score { row, rate, stated } => self.lay_score(*row, *rate, stated, out),
        }
    }

    /// Every further place against the first: rows column by column, or the columns of one row.
    fn lay_equal(&self, rows: &[u16], columns: &[u8], out: &mut Vec<Instance>) {
        let Some((&row, others)) = rows.split_first() else { return };
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (first, key) in self.money_on(row) {
            let under = others.iter().flat_map(|&other| self.money_under(other, key));
            pairs.extend(under.map(|other| (first, other)));
        }
        let mut printed = columns.iter().map(|&column| self.figure(row, column));
        if let Some(Some(first)) = printed.next() {
            pairs.extend(printed.flatten().map(|other| (first, other)));
        }
        let power = |at: u32| self.facts.all[at as usize].power;
        for (first, other) in pairs.into_iter().filter(|(first, other)| first != other) {
            let one_unit = power(first) == power(other);
            out.push(Instance { of: self.of, shape: Shape::Equal { first, other, one_unit } });
        }
    }

    /// The execution line's score, weight and the rate on its own row.
    fn lay_score(&self, row: u16, rate: u8, stated: &[Stated], out: &mut Vec<Instance>) {
        let form = &self.valued.form;
        let Some(at) = form.lines.iter().position(|line| line.execution) else { return };
        let Some(actual) = form.lines[at].actual else { return };
        let headers = &form.sections[self.section as usize].columns;
        let rate = self.on(row).find(|(figure, header, _)| {
            let printed = self.valued.figures[*figure as usize].cell.printed;
            header.is_some_and(|header| headers[header as usize].column == rate)
                && (printed.line, printed.cell) == (actual.line, actual.cell)
        });
        if let ((Some(weight), Some(score)), Some((rate, _, _))) = (self.facts.lines[at], rate) {
            let rule = self.rule(stated);
            out.push(Instance { of: self.of, shape: Shape::Score { score, weight, rate, rule } });
        }
    }

    /// Whether the form has the rule: always, or because one of its texts says so.
    fn rule(&self, stated: &[Stated]) -> Rule {
        if stated.is_empty() {
            return Rule::Always;
        }
        let texts = &self.valued.form.texts;
        let says = |text: &str| {
            let folded = fold::name(text);
            stated.iter().any(|pattern| pattern.find(&folded).is_some())
        };
        let at = texts.iter().position(|(_, text)| says(text.text));
        at.map_or(Rule::Unstated, |at| Rule::Stated(at as u32))
    }

    /// The figures on a row of the block: their places and headers.
    fn on(&self, row: u16) -> impl Iterator<Item = (u32, Option<u32>, Holds)> + '_ {
        self.valued.figures.iter().enumerate().filter_map(move |(at, figure)| {
            let item = &self.valued.form.items[figure.item as usize];
            let here = item.section == self.section && item.row == Some(row);
            here.then_some((at as u32, figure.header, figure.holds))
        })
    }

    fn money_on(&self, row: u16) -> Vec<(u32, Option<u32>)> {
        let money = self.on(row).filter(|(_, _, holds)| matches!(holds, Holds::Money(_)));
        money.map(|(at, header, _)| (at, header)).collect()
    }

    fn money_under(&self, row: u16, key: Option<u32>) -> Vec<u32> {
        let under =
            self.on(row).filter(|(_, header, holds)| matches!(holds, Holds::Money(_)) && *header == key);
        under.map(|(at, _, _)| at).collect()
    }

    /// The figure of a row in a column, or in one cell with its label where that holds the same.
    fn figure(&self, row: u16, column: u8) -> Option<u32> {
        let headers = &self.valued.form.sections[self.section as usize].columns;
        let holds = self.grammar.blocks[usize::from(self.identity.block)].columns[usize::from(column)].holds;
        let mut figures = self.on(row);
        figures
            .find(|(_, header, held)| match header {
                Some(header) => headers[*header as usize].column == column,
                None => *held == holds,
            })
            .map(|(at, _, _)| at)
    }
}

/// The identities of weights and scores, which are the same in every form that has them.
fn points(valued: &Valued<'_>, facts: &Facts, out: &mut Vec<Instance>) {
    let weights: Vec<u32> = facts.lines.iter().filter_map(|(weight, _)| *weight).collect();
    let scores: Vec<u32> = facts.lines.iter().filter_map(|(_, score)| *score).collect();
    for (of, total, parts) in
        [(Of::Weights, facts.weight_total, &weights), (Of::Scores, facts.score_total, &scores)]
    {
        if let Some(total) = total.filter(|_| !parts.is_empty()) {
            out.push(Instance { of, shape: Shape::Sum { total, parts: parts.clone() } });
        }
    }
    for level in 0..valued.levels.len() as u32 {
        let on_level = valued.lines.iter().zip(&facts.lines).filter(|(line, _)| line.level == Some(level));
        let parts: Vec<u32> = on_level.filter_map(|(_, (weight, _))| *weight).collect();
        if !parts.is_empty() {
            let total = facts.first_level + level;
            out.push(Instance { of: Of::Level, shape: Shape::Sum { total, parts } });
        }
    }
    levels(valued, facts, out);
    for (weight, score) in &facts.lines {
        if let (Some(whole), Some(part)) = (*weight, *score) {
            out.push(Instance { of: Of::Score, shape: Shape::Bound { whole, part } });
        }
    }
}

/// Where every indicator stands under a level that prints its weight, the levels add up to the total too.
fn levels(valued: &Valued<'_>, facts: &Facts, out: &mut Vec<Instance>) {
    let Some(total) = facts.weight_total else { return };
    let all_levelled = valued
        .form
        .lines
        .iter()
        .zip(&valued.lines)
        .all(|(line, value)| line.execution || value.level.is_some());
    if valued.levels.is_empty() || !all_levelled {
        return;
    }
    let execution = valued.form.lines.iter().zip(&facts.lines).filter(|(line, _)| line.execution);
    let mut parts: Vec<u32> = execution.filter_map(|(_, (weight, _))| *weight).collect();
    parts.extend((0..valued.levels.len() as u32).map(|level| facts.first_level + level));
    out.push(Instance { of: Of::Levels, shape: Shape::Sum { total, parts } });
}
