//! Identities laid over the facts of a form: which figures each of them is about.

use super::fact::Facts;
use super::identity::{Instance, Of, Outcome, Rule, Shape, add};
use super::laid::Laid;
use super::standing::Standing;
use crate::grammar::{Grammar, Holds, Identity, Law, Measure, Stated, fold};
use crate::value::decimal::Decimal;
use crate::value::form::{FigureValue, Valued};

/// Every identity that can be laid over a form.
pub(super) fn instances(valued: &Valued<'_>, standing: &Standing, facts: &Facts, grammar: &Grammar) -> Laid {
    let mut out = Laid::for_facts(facts.all.len());
    let mut heads = Vec::new();
    for (nth, identity) in grammar.identities.iter().enumerate() {
        for (section, of_section) in valued.form.sections.iter().enumerate() {
            if of_section.block == identity.block {
                let (section, of) = (section as u32, Of::Grammar(nth as u16));
                let layer = Layer { valued, facts, grammar, standing, section, identity, of };
                layer.lay(&mut heads, &mut out);
            }
        }
    }
    out.drop_parted_bounds(facts);
    points(valued, facts, &mut out);
    out
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

/// What stands under no header is the part of a sum as if under this one.
const INLINE: Head = Head { at: 0, header: None, from: 0, before: u32::MAX };

/// Lays one identity over one section.
struct Layer<'a, 't> {
    valued: &'a Valued<'t>,
    facts: &'a Facts,
    grammar: &'a Grammar,
    standing: &'a Standing,
    section: u32,
    identity: &'a Identity,
    of: Of,
}

impl Layer<'_, '_> {
    /// `heads` is a list to work with.
    fn lay(&self, heads: &mut Vec<Head>, out: &mut Laid) {
        match &self.identity.law {
            Law::Sum { total, parts } => {
                self.find_heads(*total, heads);
                for head in heads.iter() {
                    let from = out.open();
                    parts.iter().for_each(|&row| self.part(row, head, out));
                    self.keep_side(head, from, out);
                    self.beside(*total, parts, head, from, out);
                    out.sum(self.of, head.at, from);
                }
                self.lay_inline_parts(*total, parts, out);
            }
            Law::Bound { whole, parts } => {
                self.find_heads(*whole, heads);
                for head in heads.iter() {
                    for part in parts.iter().flat_map(|&row| self.under(row, head)) {
                        out.push(self.of, Shape::Bound { whole: head.at, part });
                    }
                }
            }
            Law::Across { total, parts } => {
                for line in self.standing.lines(self.section) {
                    // A sum in one cell with its label stands in no column.
                    let line = line.filter(|&at| self.figure(at).header.is_some());
                    let Some(total) = self.figure_in(line.clone(), *total) else { continue };
                    let from = out.open();
                    out.extend(parts.iter().map_while(|&column| self.figure_in(line.clone(), column)));
                    if out.since(from).len() == parts.len() {
                        out.sum(self.of, total, from);
                    }
                }
            }
            Law::Ratio { row, ratio, of, to } => match row {
                Some(row) => self.lay_ratio(self.on(*row), *ratio, of, to, out),
                None => {
                    let lines = self.standing.lines(self.section);
                    lines.for_each(|line| self.lay_ratio(line, *ratio, of, to, out));
                }
            },
            Law::Equal { rows, columns } => self.lay_equal(rows, columns, heads, out),
            Law::Score { row, rate, stated } => self.lay_score(*row, *rate, stated, out),
        }
    }

    /// Lays a ratio over the figures of a line.
    fn lay_ratio(
        &self,
        line: impl Iterator<Item = u32> + Clone,
        ratio: u8,
        of: &[u8],
        to: &[u8],
        out: &mut Laid,
    ) {
        let figure = |column| self.figure_in(line.clone(), column);
        let first = |columns: &[u8]| columns.iter().find_map(|&column| figure(column));
        let Some(ratio) = figure(ratio) else { return };
        let Some((of, to)) = first(of).zip(first(to)) else { return };
        let rounded = [of, to].iter().all(|&at| is_money(self.figure(at)));
        out.push(self.of, Shape::Ratio { ratio, of, to, rounded });
    }

    /// Of parts without a header that are printed for several totals side by side, keeps those below their own: where a
    /// line is printed twice, the cells of one list stand in one column.
    fn keep_side(&self, head: &Head, from: usize, out: &mut Laid) {
        if head.header.is_some() {
            return;
        }
        let row = |at: &u32| self.valued.form.items[self.figure(*at).item as usize].row;
        let mut rows: Vec<Option<u16>> = out.since(from).iter().map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        if rows.len() < out.since(from).len() {
            let side = |at: u32| self.figure(at).cell.printed.cell;
            out.retain_since(from, |at| side(at) == side(head.at));
        }
    }

    /// Parts in one cell with their labels, under a total that stands in columns: the column of the budget, where there is
    /// only one or all of them print the same, or else that which the lists of the total add up to.
    fn lay_inline_parts(&self, total: u16, parts: &[u16], out: &mut Laid) {
        let inline = self.grammar.blocks[usize::from(self.identity.block)].inline;
        let mixed = || self.on(total).map(|at| self.figure(at)).any(|of| is_money(of) && of.header.is_none());
        if !inline.is_some_and(Measure::is_budget) || mixed() {
            return;
        }
        let budgets = || self.on(total).filter(|&at| self.is_budget(at));
        let number = |at: u32| self.figure(at).cell.number.map(|number| number.value);
        let from = out.open();
        parts.iter().for_each(|&row| self.part(row, &INLINE, out));
        let first = budgets().next().and_then(number);
        if first.is_some() && budgets().all(|at| number(at) == first) {
            budgets().for_each(|total| out.sum(self.of, total, from));
        } else if !out.since(from).is_empty() {
            let wholes = self.wholes(total, out.since(from));
            wholes.into_iter().for_each(|total| out.sum(self.of, total, from));
        }
    }

    fn is_budget(&self, at: u32) -> bool {
        matches!(self.figure(at).holds, Holds::Money(measure) if measure.is_budget())
    }

    /// The totals that a list is held against where the columns of the budget differ. The lists of one total divide the
    /// same sum: it is what the others add up to, else what the list itself does, and if no total is that, it contradicts
    /// each of the budget's. A list of what was executed proves nothing, because its sums are taken for the budget's.
    fn wholes(&self, total: u16, parts: &[u32]) -> Vec<u32> {
        let totals = || self.on(total).filter(|&at| is_money(self.figure(at)));
        let value = |at: u32| Some(&self.facts.all[at as usize]).filter(|fact| !fact.is_malformed())?.value;
        let fits = |sum: &Decimal| totals().any(|at| value(at).as_ref() == Some(sum));
        let own = add(value, parts);
        let mut meant: Vec<Decimal> =
            self.lists_beside(total).filter_map(|list| add(value, &list).filter(fits)).collect();
        if meant.is_empty() {
            meant.extend(own.filter(fits));
        }
        let firm = own.is_some() && totals().all(|at| value(at).is_some());
        let against = |at: &u32| match value(*at) {
            Some(_) if meant.is_empty() => firm && self.is_budget(*at),
            Some(value) => meant.contains(&value) && (self.is_budget(*at) || own != Some(value)),
            None => false,
        };
        totals().filter(against).collect()
    }

    /// The parts in one cell with their labels of the other sums with this total.
    fn lists_beside(&self, whole: u16) -> impl Iterator<Item = Vec<u32>> + '_ {
        let others = self
            .grammar
            .identities
            .iter()
            .filter(|other| other.block == self.identity.block && !std::ptr::eq(*other, self.identity));
        others.filter_map(move |other| match &other.law {
            Law::Sum { total, parts } if *total == whole => {
                let mut list = Laid::for_facts(0);
                parts.iter().for_each(|&row| self.part(row, &INLINE, &mut list));
                Some(list.since(0).to_vec()).filter(|list| !list.is_empty())
            }
            _ => None,
        })
    }

    /// Adds the figures that are a part of a sum: the row's own, or else those of the rows within it, which some editions
    /// print in its place.
    fn part(&self, row: u16, head: &Head, out: &mut Laid) {
        let before = out.open();
        out.extend(self.under(row, head));
        if out.open() == before {
            let rows = &self.grammar.blocks[usize::from(self.identity.block)].rows;
            rows[usize::from(row)].parts.iter().for_each(|&row| out.extend(self.under(row, head)));
        }
    }

    /// Adds what editions print beside a part although others print it within, and lines that nobody knows: where parts fall
    /// short of their total by exactly what such lines add up to, all of them or one, these were not in the parts.
    fn beside(&self, total: u16, parts: &[u16], head: &Head, from: usize, out: &mut Laid) {
        let value = |at: u32| {
            Some(&self.facts.all[at as usize]).filter(|fact| !fact.is_malformed()).and_then(|fact| fact.value)
        };
        let known = out.since(from);
        let sum = if known.is_empty() { Some(Decimal::ZERO) } else { add(value, known) };
        let Some((sum, whole)) = sum.zip(value(head.at)).filter(|(sum, whole)| sum < whole) else { return };
        let Some(missing) = whole.checked_sub(sum) else { return };
        let rows = &self.grammar.blocks[usize::from(self.identity.block)].rows;
        let within: Vec<u16> = parts.iter().flat_map(|&row| &rows[usize::from(row)].parts).copied().collect();
        let figures = within.iter().flat_map(|&row| self.under(row, head));
        let inner: Vec<u32> = figures.filter(|at| !known.contains(at)).collect();
        let strangers = self.strangers(total, &[parts, &within].concat(), head);
        let all = [inner.as_slice(), strangers.as_slice()].concat();
        let fits = |figures: &[u32]| add(value, figures) == Some(missing);
        if known.is_empty() {
            // One line of the same sum may as well be something else.
            let several = inner.is_empty() && strangers.len() > 1 && fits(&strangers);
            out.extend(strangers.into_iter().filter(|_| several));
            return;
        }
        let together = [&inner, &strangers, &all].into_iter().find(|figures| fits(figures));
        let alone = || all.iter().position(|&at| fits(&[at])).map(|nth| &all[nth..=nth]);
        let found = together.map(Vec::as_slice).or_else(alone).map(<[u32]>::to_vec);
        out.extend(found.into_iter().flatten());
    }

    /// The sums in the column of a head on lines that nobody knows, below it and above the next line that is no part of it.
    fn strangers(&self, total: u16, parts: &[u16], head: &Head) -> Vec<u32> {
        if head.header.is_none() {
            return Vec::new();
        }
        let row = |at: u32| self.valued.form.items[self.figure(at).item as usize].row;
        let own = self.figure(head.at).item;
        let lines = self.standing.lines(self.section).flatten();
        let below = lines.filter(|&at| self.figure(at).item > own && is_money(self.figure(at)));
        let here = below.take_while(|&at| {
            at < head.before && row(at).is_none_or(|row| row != total && parts.contains(&row))
        });
        // What may have lost a piece of its label may have lost figures too.
        let firm = |at: u32| !self.valued.form.items[self.figure(at).item as usize].doubtful;
        here.filter(|&at| row(at).is_none() && self.figure(at).header == head.header && firm(at)).collect()
    }

    /// Every further place against the first: rows column by column, or the columns of one row.
    fn lay_equal(&self, rows: &[u16], columns: &[u8], heads: &mut Vec<Head>, out: &mut Laid) {
        let Some((&row, others)) = rows.split_first() else { return };
        let power = |at: u32| self.facts.all[at as usize].power;
        let mut lay = |first: u32, other: u32| {
            if first != other {
                let one_unit = power(first) == power(other);
                out.push(self.of, Shape::Equal { first, other, one_unit });
            }
        };
        self.find_heads(row, heads);
        for head in heads.iter() {
            let under = others.iter().flat_map(|&other| self.under(other, head));
            under.for_each(|other| lay(head.at, other));
        }
        let mut printed = columns.iter().map(|&column| self.figure_in(self.on(row), column));
        if let Some(Some(first)) = printed.next() {
            printed.flatten().for_each(|other| lay(first, other));
        }
    }

    /// The execution line's score, weight and the rate on its own row.
    fn lay_score(&self, row: u16, rate: u8, stated: &[Stated], out: &mut Laid) {
        let form = &self.valued.form;
        let Some(at) = form.lines.iter().position(|line| line.execution) else { return };
        let Some(actual) = form.lines[at].actual else { return };
        let headers = &form.sections[self.section as usize].columns;
        let rate = self.on(row).find(|&at| {
            let figure = self.figure(at);
            let printed = figure.cell.printed;
            figure.header.is_some_and(|header| headers[header as usize].column == rate)
                && (printed.line, printed.cell) == (actual.line, actual.cell)
        });
        if let ((Some(weight), Some(score)), Some(rate)) = (self.facts.lines[at], rate) {
            let rule = if self.is_moot(score, weight, rate) { Rule::Moot } else { self.rule(stated) };
            out.push(self.of, Shape::Score { score, weight, rate, rule });
        }
    }

    /// Whether figures that need no repair say nothing even where the rule is stated: most forms spend what they were
    /// given, and then nobody need read through their texts.
    fn is_moot(&self, score: u32, weight: u32, rate: u32) -> bool {
        let shape = Shape::Score { score, weight, rate, rule: Rule::Always };
        let instance = Instance { of: self.of, shape };
        let mut terms = instance.terms().map(|at| &self.facts.all[at as usize]);
        !terms.any(|fact| fact.is_malformed()) && instance.evaluate(self.facts) == Outcome::Silent
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

    /// A figure of the form.
    fn figure(&self, at: u32) -> &FigureValue<'_> {
        &self.valued.figures[at as usize]
    }

    /// The figures on a row of the block.
    fn on(&self, row: u16) -> impl Iterator<Item = u32> + Clone + '_ {
        self.standing.on(self.section, row, 0)
    }

    /// Finds the sums on a row, column by column, each with what it can be the head of.
    fn find_heads(&self, row: u16, heads: &mut Vec<Head>) {
        heads.clear();
        let money = self.on(row).filter(|&at| is_money(self.figure(at)));
        heads.extend(money.map(|at| Head { at, header: self.figure(at).header, from: 0, before: u32::MAX }));
        if heads.len() < 2 {
            return;
        }
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
    }

    /// The sums on a row that stand in the column and the part of the section of a head.
    fn under(&self, row: u16, head: &Head) -> impl Iterator<Item = u32> + use<'_> {
        let (header, before) = (head.header, head.before);
        let here = self.standing.on(self.section, row, head.from).take_while(move |&at| at < before);
        here.filter(move |&at| self.figure(at).header == header && is_money(self.figure(at)))
    }

    /// The figure of a line in a column, or in one cell with its label where that holds the same.
    fn figure_in(&self, mut line: impl Iterator<Item = u32>, column: u8) -> Option<u32> {
        let headers = &self.valued.form.sections[self.section as usize].columns;
        let holds = self.grammar.blocks[usize::from(self.identity.block)].columns[usize::from(column)].holds;
        line.find(|&at| match self.figure(at).header {
            Some(header) => headers[header as usize].column == column,
            None => self.figure(at).holds == holds,
        })
    }
}

fn is_money(figure: &FigureValue<'_>) -> bool {
    matches!(figure.holds, Holds::Money(_))
}

/// The identities of weights and scores, which are the same in every form that has them.
fn points(valued: &Valued<'_>, facts: &Facts, out: &mut Laid) {
    if let Some(total) = facts.weight_total {
        let from = out.open();
        out.extend(facts.lines.iter().filter_map(|(weight, _)| *weight));
        out.sum(Of::Weights, total, from);
    }
    if let Some(total) = facts.score_total {
        let from = out.open();
        out.extend(facts.lines.iter().filter_map(|(_, score)| *score));
        out.sum(Of::Scores, total, from);
    }
    each_level(valued, facts, out);
    levels(valued, facts, out);
    for (weight, score) in &facts.lines {
        if let (Some(whole), Some(part)) = (*weight, *score) {
            out.push(Of::Score, Shape::Bound { whole, part });
        }
    }
}

/// The weights of the lines of each first level. The lines of one level follow each other.
fn each_level(valued: &Valued<'_>, facts: &Facts, out: &mut Laid) {
    let levelled = valued.lines.iter().zip(&facts.lines);
    let mut weights = levelled.filter_map(|(line, (weight, _))| line.level.zip(*weight)).peekable();
    while let Some(&(level, _)) = weights.peek() {
        let from = out.open();
        out.extend(std::iter::from_fn(|| weights.next_if(|next| next.0 == level)).map(|(_, weight)| weight));
        out.sum(Of::Level, facts.first_level + level, from);
    }
}

/// Where every indicator stands under a level that prints its weight, the levels add up to the total too.
fn levels(valued: &Valued<'_>, facts: &Facts, out: &mut Laid) {
    let Some(total) = facts.weight_total else { return };
    let mut lines = valued.form.lines.iter().zip(&valued.lines);
    if valued.levels.is_empty() || !lines.all(|(line, value)| line.execution || value.level.is_some()) {
        return;
    }
    let execution = valued.form.lines.iter().zip(&facts.lines).filter(|(line, _)| line.execution);
    let from = out.open();
    out.extend(execution.filter_map(|(_, (weight, _))| *weight));
    out.extend((0..valued.levels.len() as u32).map(|level| facts.first_level + level));
    out.sum(Of::Levels, total, from);
}
