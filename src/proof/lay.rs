//! Identities laid over the facts of a form: which figures each of them is about.

use super::fact::Facts;
use super::identity::{Instance, Of, Rule, Shape};
use crate::grammar::{Grammar, Holds, Identity, Law, Measure, Stated, fold};
use crate::value::form::Valued;

/// Every identity that can be laid over a form.
pub(super) fn instances(valued: &Valued<'_>, facts: &Facts, grammar: &Grammar) -> Vec<Instance> {
    let mut out = Vec::new();
    let on_rows = on_rows(valued);
    for (nth, identity) in grammar.identities.iter().enumerate() {
        for section in 0..valued.form.sections.len() as u32 {
            if valued.form.sections[section as usize].block == identity.block {
                let of = Of::Grammar(nth as u16);
                Layer { valued, facts, grammar, on_rows: &on_rows, section, identity, of }.lay(&mut out);
            }
        }
    }
    points(valued, facts, &mut out);
    out
}

/// A figure on a line: its place, its header, and what it is.
type Placed = (u32, Option<u32>, Holds);

/// A figure by its section and row, in this order.
type OnRow = (u32, u16, u32);

/// The figures that stand on rows of the grammar.
fn on_rows(valued: &Valued<'_>) -> Vec<OnRow> {
    let figures = valued.figures.iter().zip(0..);
    let mut on_rows: Vec<OnRow> = figures
        .filter_map(|(figure, at)| {
            let item = &valued.form.items[figure.item as usize];
            Some((item.section, item.row?, at))
        })
        .collect();
    on_rows.sort_unstable();
    on_rows
}

/// How many lists a form prints side by side, each with its total.
const SIDE_BY_SIDE: usize = 4;

/// A sum that others are held against. Where its row comes again in the section, what stands before the next one is its own.
struct Head {
    at: u32,
    header: Option<u32>,
    from: u32,
    before: u32,
}

/// Lays one identity over one section.
struct Layer<'a, 't> {
    valued: &'a Valued<'t>,
    facts: &'a Facts,
    grammar: &'a Grammar,
    on_rows: &'a [OnRow],
    section: u32,
    identity: &'a Identity,
    of: Of,
}

impl Layer<'_, '_> {
    fn lay(&self, out: &mut Vec<Instance>) {
        match &self.identity.law {
            Law::Sum { total, parts } => {
                for head in self.heads(*total) {
                    let total = head.at;
                    let parts: Vec<u32> = parts.iter().flat_map(|&row| self.part(row, &head)).collect();
                    let parts = self.on_side(total, head.header, parts);
                    if !parts.is_empty() {
                        out.push(Instance { of: self.of, shape: Shape::Sum { total: head.at, parts } });
                    }
                }
                self.lay_inline_parts(*total, parts, out);
            }
            Law::Bound { whole, parts } => {
                for head in self.heads(*whole) {
                    for part in parts.iter().flat_map(|&row| self.under(row, &head)) {
                        out.push(Instance { of: self.of, shape: Shape::Bound { whole: head.at, part } });
                    }
                }
            }
            Law::Across { total, parts } => {
                for line in self.lines(None) {
                    let parts: Option<Vec<u32>> =
                        parts.iter().map(|&column| self.figure_in(&line, column)).collect();
                    if let (Some(total), Some(parts)) = (self.figure_in(&line, *total), parts) {
                        out.push(Instance { of: self.of, shape: Shape::Sum { total, parts } });
                    }
                }
            }
            Law::Ratio { row, ratio, of, to } => self.lay_ratio(*row, *ratio, of, to, out),
            Law::Equal { rows, columns } => self.lay_equal(rows, columns, out),
            Law::Score { row, rate, stated } => self.lay_score(*row, *rate, stated, out),
        }
    }

    fn lay_ratio(&self, row: Option<u16>, ratio: u8, of: &[u8], to: &[u8], out: &mut Vec<Instance>) {
        for line in self.lines(row) {
            let first = |columns: &[u8]| columns.iter().find_map(|&column| self.figure_in(&line, column));
            let terms = (self.figure_in(&line, ratio), first(of), first(to));
            let (Some(ratio), Some(of), Some(to)) = terms else { continue };
            let rounded =
                [of, to].iter().all(|&at| matches!(self.valued.figures[at as usize].holds, Holds::Money(_)));
            out.push(Instance { of: self.of, shape: Shape::Ratio { ratio, of, to, rounded } });
        }
    }

    /// The figures of the lines on which an identity between columns is laid: that of a row of the block, or all of the
    /// section's.
    fn lines(&self, row: Option<u16>) -> Vec<Vec<Placed>> {
        if let Some(row) = row {
            return vec![self.on(row).collect()];
        }
        let mut lines = vec![Vec::new(); self.valued.form.items.len()];
        for (at, figure) in self.valued.figures.iter().enumerate() {
            if self.valued.form.items[figure.item as usize].section == self.section {
                lines[figure.item as usize].push((at as u32, figure.header, figure.holds));
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// Of parts without a header that are printed for several totals side by side, those below their own: where a line is
    /// printed twice, the cells of one list stand in one column.
    fn on_side(&self, total: u32, key: Option<u32>, parts: Vec<u32>) -> Vec<u32> {
        let figure = |at: u32| &self.valued.figures[at as usize];
        let mut rows: Vec<Option<u16>> =
            parts.iter().map(|&at| self.valued.form.items[figure(at).item as usize].row).collect();
        rows.sort_unstable();
        rows.dedup();
        if key.is_some() || rows.len() == parts.len() {
            return parts;
        }
        let side = figure(total).cell.printed.cell;
        parts.into_iter().filter(|&at| figure(at).cell.printed.cell == side).collect()
    }

    /// Parts in one cell with their labels, under a total that stands in a column: the column of the budget, where there is
    /// only one or all of them print the same.
    fn lay_inline_parts(&self, total: u16, parts: &[u16], out: &mut Vec<Instance>) {
        let inlines = Head { at: 0, header: None, from: 0, before: u32::MAX };
        let parts: Vec<u32> = parts.iter().flat_map(|&row| self.part(row, &inlines)).collect();
        let inline = self.grammar.blocks[usize::from(self.identity.block)].inline;
        let totals: Vec<Placed> =
            self.on(total).filter(|(.., holds)| matches!(holds, Holds::Money(_))).collect();
        let mixed = totals.iter().any(|of| of.1.is_none());
        if parts.is_empty() || mixed || !inline.is_some_and(Measure::is_budget) {
            return;
        }
        let is_budget = |of: &&Placed| matches!(of.2, Holds::Money(measure) if measure.is_budget());
        let budgets: Vec<u32> = totals.iter().filter(is_budget).map(|of| of.0).collect();
        let number = |at: &u32| self.valued.figures[*at as usize].cell.number.map(|number| number.value);
        let same = budgets.iter().all(|at| number(at).is_some() && number(at) == number(&budgets[0]));
        for total in budgets.into_iter().filter(|_| same) {
            out.push(Instance { of: self.of, shape: Shape::Sum { total, parts: parts.clone() } });
        }
    }

    /// The figures that are a part of a sum: the row's own, or else those of the rows within it, which some editions
    /// print in its place.
    fn part(&self, row: u16, head: &Head) -> Vec<u32> {
        let own: Vec<u32> = self.under(row, head).collect();
        if !own.is_empty() {
            return own;
        }
        let rows = &self.grammar.blocks[usize::from(self.identity.block)].rows;
        let within = (0..rows.len() as u16).filter(|&at| rows[usize::from(at)].within == Some(row));
        within.flat_map(|at| self.under(at, head)).collect()
    }

    /// Every further place against the first: rows column by column, or the columns of one row.
    fn lay_equal(&self, rows: &[u16], columns: &[u8], out: &mut Vec<Instance>) {
        let Some((&row, others)) = rows.split_first() else { return };
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for head in self.heads(row) {
            let under = others.iter().flat_map(|&other| self.under(other, &head));
            pairs.extend(under.map(|other| (head.at, other)));
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
    fn on(&self, row: u16) -> impl Iterator<Item = Placed> + '_ {
        self.on_from(row, 0)
    }

    /// Those of them from a place on.
    fn on_from(&self, row: u16, from: u32) -> impl Iterator<Item = Placed> + '_ {
        let key = (self.section, row);
        let from =
            self.on_rows.partition_point(|&(section, row, at)| (section, row, at) < (key.0, key.1, from));
        let here = self.on_rows[from..].iter().take_while(move |&&(section, row, _)| (section, row) == key);
        here.map(|&(_, _, at)| {
            let figure = &self.valued.figures[at as usize];
            #[cfg(test)]
            crate::dump::steps::add(1);
            (at, figure.header, figure.holds)
        })
    }

    /// The sums on a row, column by column, each with what it can be the head of.
    fn heads(&self, row: u16) -> Vec<Head> {
        let money = self.on(row).filter(|(_, _, holds)| matches!(holds, Holds::Money(_)));
        let mut heads: Vec<Head> =
            money.map(|(at, header, _)| Head { at, header, from: 0, before: u32::MAX }).collect();
        heads.sort_by_key(|head| head.header);
        // Totals in one cell with their labels stand side by side over lists of their own.
        let side_by_side = heads.iter().filter(|head| head.header.is_none()).count() <= SIDE_BY_SIDE;
        for nth in 1..heads.len() {
            let same = heads[nth - 1].header == heads[nth].header;
            if same && !(side_by_side && heads[nth].header.is_none()) {
                heads[nth - 1].before = heads[nth].at;
                heads[nth].from = heads[nth].at;
            }
        }
        heads.sort_unstable_by_key(|head| head.at);
        heads
    }

    /// The sums on a row that stand in the column and the part of the section of a head.
    fn under(&self, row: u16, head: &Head) -> impl Iterator<Item = u32> + use<'_> {
        let (header, before) = (head.header, head.before);
        let here = self.on_from(row, head.from).take_while(move |&(at, _, _)| at < before);
        let under = here.filter(move |(_, own, holds)| matches!(holds, Holds::Money(_)) && *own == header);
        under.map(|(at, _, _)| at)
    }

    fn figure(&self, row: u16, column: u8) -> Option<u32> {
        self.figure_in(&self.on(row).collect::<Vec<Placed>>(), column)
    }

    /// The figure of a line in a column, or in one cell with its label where that holds the same.
    fn figure_in(&self, line: &[Placed], column: u8) -> Option<u32> {
        let headers = &self.valued.form.sections[self.section as usize].columns;
        let holds = self.grammar.blocks[usize::from(self.identity.block)].columns[usize::from(column)].holds;
        let heads = |placed: &&Placed| match placed.1 {
            Some(header) => headers[header as usize].column == column,
            None => placed.2 == holds,
        };
        line.iter().find(heads).map(|placed| placed.0)
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
    let mut on_levels: Vec<Vec<u32>> = vec![Vec::new(); valued.levels.len()];
    for (line, (weight, _)) in valued.lines.iter().zip(&facts.lines) {
        if let (Some(level), Some(weight)) = (line.level, weight) {
            on_levels[level as usize].push(*weight);
        }
    }
    for (total, parts) in (facts.first_level..).zip(on_levels) {
        if !parts.is_empty() {
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
