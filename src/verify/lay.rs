//! Identities laid over the rows of a form.
//!
//! Rows do not say in which table of the form they stand, but they say enough: a line of the grammar stands in one
//! block, and figures of one column share their measure, their printed label and their year. Where a form repeats a
//! block, its total comes again, in the same column, before the parts that belong to it.

use super::facts::Facts;
use super::form::FormRows;
use super::labels;
use super::law::{Rule, Shape};
use super::number::{self, Reading};
use super::rows::{Amount, Finding, Indicator};
use crate::finding::Code;
use crate::grammar::{Block, Grammars, Holds, Identity, Law, Role, Stated, fold};
use crate::value::decimal::Decimal;

/// An identity over the facts of a form.
#[derive(Clone, Debug)]
pub(super) struct Laid<'g> {
    /// Its name in certificates.
    pub id: &'g str,
    /// Why it must hold, in certificates.
    pub because: &'g str,
    /// The code of the finding when it fails.
    pub code: &'static str,
    pub shape: Shape,
    /// The codes of the rows that are parts of a sum.
    pub parts: Vec<&'g str>,
}

/// The identities of weights and scores, which no grammar has to name.
const SCORES: (&str, &str, &str) =
    ("scores.total", "The total of the scores is the sum of the lines' scores.", "score.sum_mismatch");
const WEIGHTS: (&str, &str, &str) =
    ("weights.total", "The total of the weights is the sum of the lines' weights.", "weight.sum_mismatch");
const LEVEL: (&str, &str, &str) = (
    "weights.level",
    "The weight printed at a level is shared by the lines below it.",
    "weight.sum_mismatch",
);
const LEVELS: (&str, &str, &str) =
    ("weights.levels", "The levels and the execution line share the total weight.", "weight.sum_mismatch");
const SCORE: (&str, &str, &str) =
    ("score.weight", "A line cannot score more than its weight.", "score.above_weight");

/// Every identity that can be laid over a form.
pub(super) fn identities<'g>(form: &FormRows<'g>, facts: &Facts<'_>, grammars: &Grammars) -> Vec<Laid<'g>> {
    let mut out = Vec::new();
    for identity in &form.grammar.identities {
        let block = &form.grammar.blocks[usize::from(identity.block)];
        let identities = &form.grammar.identities;
        let layer = Layer { form, facts, grammars, identity, identities, block };
        let code = match identity.law {
            Law::Ratio { .. } => "rate.mismatch",
            Law::Score { .. } => "score.rate_mismatch",
            _ => "sum.mismatch",
        };
        let shapes = layer.shapes();
        out.extend(shapes.into_iter().map(|shape| Laid {
            id: &identity.id,
            because: &identity.because,
            code,
            shape,
            parts: parts_of(identity, block),
        }));
    }
    drop_parted(facts, &mut out);
    points(form, facts, &mut out);
    out
}

/// Drops bounds that fail on a figure which a sum adds to their whole: it stands beside that, not below it.
fn drop_parted(facts: &Facts<'_>, out: &mut Vec<Laid<'_>>) {
    let sums: Vec<Vec<usize>> = out
        .iter()
        .filter_map(|laid| match &laid.shape {
            Shape::Sum { parts, .. } => Some(parts.clone()),
            _ => None,
        })
        .collect();
    out.retain(|laid| match laid.shape {
        Shape::Bound { whole, part } => {
            let above =
                facts.all[part].value.zip(facts.all[whole].value).is_some_and(|(part, whole)| part > whole);
            !above || !sums.iter().any(|parts| parts.contains(&whole) && parts.contains(&part))
        }
        _ => true,
    });
}

/// The codes of the rows that a sum adds up.
fn parts_of<'g>(identity: &Identity, block: &'g Block) -> Vec<&'g str> {
    match &identity.law {
        Law::Sum { parts, .. } => {
            parts.iter().map(|&row| block.rows[usize::from(row)].code.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// The measures of a budget.
const BUDGETS: [&str; 3] = ["budget", "budget_initial", "budget_final"];

struct Layer<'a, 'g> {
    form: &'a FormRows<'g>,
    facts: &'a Facts<'a>,
    grammars: &'a Grammars,
    identity: &'a Identity,
    /// All of the form's grammar.
    identities: &'a [Identity],
    block: &'a Block,
}

/// What figures of one column share.
type Key<'a> = (&'a str, Option<&'a str>, Option<i32>);

fn key(row: &Amount) -> Key<'_> {
    (&row.measure, row.measure_label.as_deref(), row.amount_year)
}

impl Layer<'_, '_> {
    fn shapes(&self) -> Vec<Shape> {
        match &self.identity.law {
            Law::Sum { total, parts } => {
                let mut sums = self.over(*total, parts, true, |total, parts| {
                    let shape = Shape::Sum { total, parts: parts.to_vec() };
                    (!parts.is_empty()).then_some(shape).into_iter().collect()
                });
                sums.extend(self.beside_columns(*total, parts));
                sums
            }
            Law::Bound { whole, parts } => self.over(*whole, parts, false, |whole, parts| {
                parts.iter().map(|&part| Shape::Bound { whole, part }).collect()
            }),
            Law::Across { total, parts } => self.across(*total, parts),
            Law::Ratio { row: Some(row), ratio, of, to } => self.ratios(*row, *ratio, of, to),
            Law::Ratio { row: None, ratio, of, to } => self.every_ratio(*ratio, of, to),
            Law::Equal { rows, columns } if columns.is_empty() => {
                let Some((first, others)) = rows.split_first() else { return Vec::new() };
                self.over(*first, others, false, |first, others| {
                    others.iter().map(|&other| self.same(first, other)).collect()
                })
            }
            Law::Equal { rows, columns } => self.columns(rows[0], columns),
            Law::Score { row, rate, stated } => self.score(*row, *rate, stated).into_iter().collect(),
        }
    }

    fn same(&self, first: usize, other: usize) -> Shape {
        let power = |at: usize| self.facts.all[at].power;
        Shape::Equal { first, other, one_unit: power(first) == power(other) }
    }

    /// The figures of one row in several columns, each against the first column's. Where the form repeats the block, what
    /// stands between the rows before and behind belongs to the row.
    fn columns(&self, row: u16, columns: &[u8]) -> Vec<Shape> {
        let Some((&first, others)) = columns.split_first() else { return Vec::new() };
        let line = |at: usize| self.facts.all[at].line;
        let firsts = self.figures(row, first);
        let mut out = Vec::new();
        for (nth, &at) in firsts.iter().enumerate() {
            let after = nth.checked_sub(1).map_or(i32::MIN, |before| line(firsts[before]));
            let before = firsts.get(nth + 1).map_or(i32::MAX, |&next| line(next));
            for &column in others {
                let mut figures = self.figures(row, column).into_iter();
                let own = figures.find(|&other| line(other) > after && line(other) < before);
                out.extend(own.filter(|&other| other != at).map(|other| self.same(at, other)));
            }
        }
        out
    }

    /// The execution line against the rate on its row.
    fn score(&self, row: u16, rate: u8, stated: &[Stated]) -> Option<Shape> {
        let line = self.form.indicators.iter().position(|row| row.kind == "execution")?;
        let own = self.form.indicators[line];
        let on_row = |at: &usize| (own.line..=self.form.scored_end(line)).contains(&self.facts.all[*at].line);
        let rate = self.figures(row, rate).into_iter().find(on_row)?;
        let (Some(weight), Some(score)) = self.facts.lines[line] else { return None };
        let says = |text: &str| stated.iter().any(|pattern| pattern.find(&fold::name(text)).is_some());
        let rule = match self.form.texts.iter().position(|text| says(&text.text)) {
            _ if stated.is_empty() => Rule::Always,
            Some(text) => Rule::Stated(text),
            None => Rule::Unstated,
        };
        let decimals = self.decimals(own, self.facts.value(score)?);
        Some(Shape::Score { score, weight, rate, decimals, rule })
    }

    /// With how many decimals a score is printed. No table has its raw text: that of a finding shows it, and otherwise the
    /// fewest that its value can be printed with are taken.
    fn decimals(&self, row: &Indicator, score: Decimal) -> u8 {
        let printed =
            |finding: &Finding| match number::points(finding.raw.as_deref()?, &self.grammars.lexicon) {
                Reading::Plain(printed) if printed.value == score => u8::try_from(printed.value.scale()).ok(),
                _ => None,
            };
        let own = |finding: &&Finding| finding.line.is_some_and(|line| line >= row.line);
        let mut shown = self.form.found("score.rate_mismatch", "score").filter(own);
        let fewest = || (0..=9u8).find(|&scale| matches!(score.at_scale(scale), Some((_, false))));
        shown.find_map(printed).or_else(fewest).unwrap_or(9)
    }

    /// Shapes of a line and its parts, column by column. With `deeper`, what is within a part stands for one that has no
    /// figure.
    fn over(
        &self,
        whole: u16,
        rows: &[u16],
        deeper: bool,
        shape: impl Fn(usize, &[usize]) -> Vec<Shape>,
    ) -> Vec<Shape> {
        let mut out = Vec::new();
        for at in self.rows(whole) {
            let (column, table) = (key(self.form.amounts[at]), self.table_of(at, whole));
            let fits = |&part: &usize| {
                key(self.form.amounts[part]) == column && table.contains(&self.form.amounts[part].line)
            };
            // In the order of the parts, so that certificates can be compared.
            let of = |row: u16| self.rows(row).filter(fits).collect::<Vec<usize>>();
            let part = |&row: &u16| {
                let own = of(row);
                let inner = (0..self.block.rows.len() as u16).filter(|&at| {
                    deeper && own.is_empty() && self.block.rows[usize::from(at)].within == Some(row)
                });
                let inner: Vec<usize> = inner.flat_map(of).collect();
                [own, inner].concat()
            };
            let mut parts: Vec<usize> = rows.iter().flat_map(part).collect();
            let code = |&at: &usize| self.form.amounts[at].item_code.as_deref();
            let twice =
                parts.iter().any(|of| parts.iter().filter(|other| code(other) == code(of)).count() > 1);
            // Lists side by side, without headers: each below its own total.
            if deeper && column.1.is_none() && twice {
                parts.retain(|&part| self.form.amounts[part].cell == self.form.amounts[at].cell);
            }
            if deeper {
                let within = |&row: &u16| {
                    let rows = 0..self.block.rows.len() as u16;
                    rows.filter(move |&at| self.block.rows[usize::from(at)].within == Some(row))
                };
                let within: Vec<u16> = rows.iter().flat_map(within).collect();
                let inner = within.iter().copied().flat_map(of).collect();
                let strangers = self.strangers(at, &[rows, &within].concat());
                self.beside(at, inner, strangers, &mut parts);
            }
            out.extend(shape(self.facts.amount(at), &parts));
        }
        out
    }

    /// Adds to the parts of a total those `inner` that editions print beside them, or `strangers` that no grammar knows, where
    /// the parts fall short of it by exactly what these come to: each kind, both, or one line of them.
    fn beside(&self, total: usize, inner: Vec<usize>, strangers: Vec<usize>, parts: &mut Vec<usize>) {
        let plain = |at: usize| {
            let fact = self.facts.amount(at);
            self.facts.all[fact].value.filter(|_| self.facts.all[fact].odd.is_none())
        };
        let sum =
            |parts: &[usize]| parts.iter().try_fold(Decimal::ZERO, |sum, &at| sum.checked_add(plain(at)?));
        let Some((given, due)) = sum(parts).zip(plain(total)).filter(|(given, due)| given < due) else {
            return;
        };
        let inner: Vec<usize> = inner.into_iter().filter(|at| !parts.contains(at)).collect();
        let all = [inner.as_slice(), strangers.as_slice()].concat();
        let makes = |more: &[usize]| {
            !more.is_empty() && sum(more).and_then(|more| given.checked_add(more)) == Some(due)
        };
        if parts.is_empty() {
            // Two lines or more of which none is known.
            let told = inner.is_empty() && strangers.len() > 1 && makes(&strangers);
            parts.extend(strangers.into_iter().filter(|_| told));
            return;
        }
        let mut ways = vec![inner, strangers, all.clone()];
        ways.extend(all.into_iter().map(|at| vec![at]));
        parts.extend(ways.into_iter().find(|way| makes(way)).into_iter().flatten());
    }

    /// The sums in the column of a total whose lines have no code, from its own line to the next one that is no part of it.
    fn strangers(&self, total: usize, parts: &[u16]) -> Vec<usize> {
        let amounts = &self.form.amounts;
        let own = amounts[total];
        if own.measure_label.is_none() {
            return Vec::new();
        }
        let codes: Vec<&str> =
            parts.iter().map(|&row| self.block.rows[usize::from(row)].code.as_str()).collect();
        let goes_on = |at: &usize| match amounts[*at].item_code.as_deref() {
            None => true,
            // The other columns of its own line.
            code if code == own.item_code.as_deref() => key(amounts[*at]) != key(own),
            Some(code) => codes.contains(&code),
        };
        let here = (total + 1..amounts.len()).take_while(goes_on);
        let torn = |of: &Amount| {
            let mut found = self.form.found(Code::RowMisshapen.as_str(), "cell");
            found.any(|finding| {
                finding.line == Some(of.line) && finding.raw.as_deref() == Some(of.raw.as_str())
            })
        };
        let unknown = |of: &Amount| of.item_code.is_none() && key(of) == key(own) && !torn(of);
        here.filter(|&at| unknown(amounts[at])).collect()
    }

    /// Parts in one cell with their labels add up to a total that has none: to that of the budget's columns, where all of
    /// them agree on it, or else to the one that the lists of the total add up to.
    fn beside_columns(&self, whole: u16, parts: &[u16]) -> Vec<Shape> {
        let amounts = &self.form.amounts;
        let inline = self.block.inline.is_some_and(|measure| BUDGETS.contains(&measure.as_str()));
        let parts = self.unlabelled(parts);
        if !inline || parts.is_empty() || self.rows(whole).any(|at| amounts[at].measure_label.is_none()) {
            return Vec::new();
        }
        let totals: Vec<usize> =
            self.rows(whole).filter(|&at| BUDGETS.contains(&amounts[at].measure.as_str())).collect();
        let value = |at: usize| self.facts.value(self.facts.amount(at));
        let agreed = !totals.is_empty()
            && totals.iter().all(|&at| value(at).is_some() && value(at) == value(totals[0]));
        let laid = if agreed { totals } else { self.divided(whole, &parts) };
        laid.into_iter().map(|at| Shape::Sum { total: self.facts.amount(at), parts: parts.clone() }).collect()
    }

    /// The sums of a list that stand in one cell with their labels.
    fn unlabelled(&self, parts: &[u16]) -> Vec<usize> {
        let unlabelled = |&at: &usize| self.form.amounts[at].measure_label.is_none();
        let part = |&row: &u16| {
            let own: Vec<usize> = self.rows(row).filter(unlabelled).collect();
            let inner = (0..self.block.rows.len() as u16)
                .filter(|&at| own.is_empty() && self.block.rows[usize::from(at)].within == Some(row));
            let inner: Vec<usize> = inner.flat_map(|at| self.rows(at).filter(unlabelled)).collect();
            [own, inner].concat()
        };
        parts.iter().flat_map(part).map(|at| self.facts.amount(at)).collect()
    }

    /// The totals that a list must divide where the budget's columns differ: what the other lists of it add up to; else
    /// what it adds up to itself, unless that was executed; else each of the budget's, none of which it is.
    fn divided(&self, whole: u16, list: &[usize]) -> Vec<usize> {
        let plain = |at: usize| self.facts.all[at].value.filter(|_| self.facts.all[at].odd.is_none());
        let sum = |list: &[usize]| {
            let mut values = list.iter().map(|&at| plain(at));
            let first = values.next()??;
            values.try_fold(first, |sum, next| sum.checked_add(next?))
        };
        let totals: Vec<(usize, Option<Decimal>)> =
            self.rows(whole).map(|at| (at, plain(self.facts.amount(at)))).collect();
        let printed = |sum: &Decimal| totals.iter().any(|total| total.1 == Some(*sum));
        let lists = self
            .identities
            .iter()
            .filter(|other| other.block == self.identity.block && other.id != self.identity.id);
        let mut meant: Vec<Decimal> = Vec::new();
        for other in lists {
            if let Law::Sum { total, parts } = &other.law
                && *total == whole
            {
                meant.extend(sum(&self.unlabelled(parts)).filter(printed));
            }
        }
        let own = sum(list);
        if meant.is_empty() {
            meant.extend(own.filter(printed));
        }
        let nowhere = meant.is_empty() && own.is_some() && totals.iter().all(|total| total.1.is_some());
        let laid = totals.iter().filter(|(at, value)| {
            let budget = BUDGETS.contains(&self.form.amounts[*at].measure.as_str());
            let told = value.is_some_and(|value| meant.contains(&value));
            nowhere && budget || told && (budget || own != *value)
        });
        laid.map(|(at, _)| *at).collect()
    }

    /// The lines of the table in which the line of a total stands: all of the form, unless the total comes again.
    fn table_of(&self, at: usize, whole: u16) -> std::ops::RangeInclusive<i32> {
        let column = key(self.form.amounts[at]);
        let totals: Vec<i32> = self
            .rows(whole)
            .filter(|&other| key(self.form.amounts[other]) == column)
            .map(|other| self.form.amounts[other].line)
            .collect();
        let own = self.form.amounts[at].line;
        let first = if totals.iter().any(|&line| line < own) { own } else { self.form.row.line };
        let next = totals.into_iter().filter(|&line| line > own).min();
        first..=next.map_or(self.form.row.line_last, |next| next - 1)
    }

    fn rows(&self, row: u16) -> impl Iterator<Item = usize> + '_ {
        let code = self.block.rows[usize::from(row)].code.as_str();
        let amounts = self.form.amounts.iter().enumerate();
        amounts.filter(move |(_, amount)| amount.item_code.as_deref() == Some(code)).map(|(at, _)| at)
    }

    /// The sums of money in this block, those of one line together: rows of a table follow its lines, so a line ends where
    /// the path changes or a column comes again.
    fn lines(&self) -> Vec<Vec<usize>> {
        let mut lines: Vec<Vec<usize>> = Vec::new();
        for (at, amount) in self.form.amounts.iter().enumerate() {
            let label = amount.measure_label.as_deref().unwrap_or_default();
            let in_block = (0..self.block.columns.len() as u8).any(|column| self.is_column(label, column));
            let goes_on = lines.last().is_some_and(|line| {
                let same = |&other: &usize| self.form.amounts[other].item_path == amount.item_path;
                let again = |&other: &usize| key(self.form.amounts[other]) == key(amount);
                line.iter().all(same) && !line.iter().any(again)
            });
            match lines.last_mut() {
                Some(line) if goes_on && in_block => line.push(at),
                _ if in_block => lines.push(vec![at]),
                _ => {}
            }
        }
        lines
    }

    /// The sum of a line in a column.
    fn in_column(&self, line: &[usize], column: u8) -> Option<usize> {
        let heads = |at: &usize| {
            let label = self.form.amounts[*at].measure_label.as_deref();
            label.is_some_and(|label| self.is_column(label, column))
        };
        line.iter().copied().find(heads).map(|at| self.facts.amount(at))
    }

    /// A total and its parts in the columns of one line, where all of them are printed.
    fn across(&self, total: u8, parts: &[u8]) -> Vec<Shape> {
        let shape = |line: Vec<usize>| {
            let parts: Option<Vec<usize>> = parts.iter().map(|&part| self.in_column(&line, part)).collect();
            Some(Shape::Sum { total: self.in_column(&line, total)?, parts: parts? })
        };
        self.lines().into_iter().filter_map(shape).collect()
    }

    /// The rate of every line, with the sums of the line of its path; of several such lines with those nearest before.
    fn every_ratio(&self, ratio: u8, of: &[u8], to: &[u8]) -> Vec<Shape> {
        let lines = self.lines();
        let measures = self.form.measures.iter().enumerate();
        let headed = measures.filter(|(_, measure)| self.is_column(&measure.item, ratio));
        let shape = |(at, measure): (usize, &&super::rows::Measure)| {
            let path = measure.item_path.strip_suffix(&measure.item)?.strip_suffix(" / ")?;
            let mut own = lines.iter().filter(|line| {
                let first = self.form.amounts[line[0]];
                first.item_path == path && first.line <= measure.line
            });
            let line = own.next_back()?;
            let first = |columns: &[u8]| columns.iter().find_map(|&column| self.in_column(line, column));
            Some(Shape::Ratio {
                ratio: self.facts.measure(at),
                of: first(of)?,
                to: first(to)?,
                rounded: true,
            })
        };
        headed.filter_map(shape).collect()
    }

    /// The rate of a row. A form that repeats a block prints the row again: each rate goes with the sums nearest before.
    fn ratios(&self, row: u16, ratio: u8, of: &[u8], to: &[u8]) -> Vec<Shape> {
        let ratios = self.figures(row, ratio);
        let before = |line: i32, next: Option<i32>| {
            move |at: &usize| {
                let own = self.facts.all[*at].line;
                next.is_none_or(|next| own < next) && own >= line
            }
        };
        let mut out = Vec::new();
        for (nth, &ratio) in ratios.iter().enumerate() {
            let from =
                nth.checked_sub(1).map_or(self.form.row.line, |last| self.facts.all[ratios[last]].line + 1);
            let next = ratios.get(nth + 1).map(|&next| self.facts.all[next].line);
            let first = |columns: &[u8]| {
                columns
                    .iter()
                    .find_map(|&column| self.figures(row, column).into_iter().find(before(from, next)))
            };
            if let (Some(of), Some(to)) = (first(of), first(to)) {
                let rounded = of < self.facts.amounts && to < self.facts.amounts;
                out.push(Shape::Ratio { ratio, of, to, rounded });
            }
        }
        out
    }

    /// The figures of a row in a column, or in one cell with the row's label where that holds the same.
    fn figures(&self, row: u16, column: u8) -> Vec<usize> {
        let column_of = &self.block.columns[usize::from(column)];
        let code = self.block.rows[usize::from(row)].code.as_str();
        if let Holds::Money(measure) = column_of.holds {
            let fits = |&at: &usize| match &self.form.amounts[at].measure_label {
                Some(label) => self.is_column(label, column),
                None => self.form.amounts[at].measure == measure.as_str(),
            };
            return self.rows(row).filter(fits).map(|at| self.facts.amount(at)).collect();
        }
        let code = format!("{code}.{}", column_of.id);
        let measures = self.form.measures.iter().enumerate();
        measures
            .filter(|(_, measure)| measure.item_code.as_deref() == Some(code.as_str()))
            .map(|(at, _)| self.facts.measure(at))
            .collect()
    }

    /// Whether a printed label heads this column of the block.
    fn is_column(&self, text: &str, wanted: u8) -> bool {
        let found = labels::label(self.form, self.grammars, text);
        let wanted = Role::Column { block: self.identity.block, column: wanted };
        found.is_some_and(|found| found.roles.contains(&wanted))
    }
}

/// The identities of weights and scores.
fn points<'g>(form: &FormRows<'_>, facts: &Facts<'_>, out: &mut Vec<Laid<'g>>) {
    let mut push = |(id, because, code): (&'g str, &'g str, &'static str), shape: Shape| {
        out.push(Laid { id, because, code, shape, parts: Vec::new() });
    };
    let weights: Vec<usize> = facts.lines.iter().filter_map(|line| line.0).collect();
    let scores: Vec<usize> = facts.lines.iter().filter_map(|line| line.1).collect();
    for (law, total, parts) in [(WEIGHTS, facts.weight_total, weights), (SCORES, facts.score_total, scores)] {
        if let Some(total) = total.filter(|_| !parts.is_empty()) {
            push(law, Shape::Sum { total, parts });
        }
    }
    for (total, lines) in &facts.levels {
        let parts: Vec<usize> = lines.clone().filter_map(|line| facts.lines[line].0).collect();
        if !parts.is_empty() {
            push(LEVEL, Shape::Sum { total: *total, parts });
        }
    }
    if let Some(shape) = levels(form, facts) {
        push(LEVELS, shape);
    }
    for (weight, score) in &facts.lines {
        if let (Some(whole), Some(part)) = (*weight, *score) {
            push(SCORE, Shape::Bound { whole, part });
        }
    }
}

/// Where every indicator stands under a level that prints its weight, the levels and the execution line are the total.
fn levels(form: &FormRows<'_>, facts: &Facts<'_>) -> Option<Shape> {
    let total = facts.weight_total?;
    let levelled = form.indicators.iter().all(|row| row.kind == "execution" || row.level1_weight.is_some());
    if facts.levels.is_empty() || !levelled {
        return None;
    }
    let lines = form.indicators.iter().zip(&facts.lines);
    let mut parts: Vec<usize> =
        lines.filter(|(row, _)| row.kind == "execution").filter_map(|(_, (weight, _))| *weight).collect();
    parts.extend(facts.levels.iter().map(|(level, _)| *level));
    Some(Shape::Sum { total, parts })
}
