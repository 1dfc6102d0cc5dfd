//! Figures at their places: the raw text of each stands on its line, alone in its cell, and the cells of one row lie as
//! far apart as their numbers say. Equal texts stand side by side in these forms, so that a line alone proves little:
//! no two figures may be the same cell, rows follow each other in the order of the table, and the cells between a row's
//! start and a figure hold the label of its line.

use super::form::FormRows;
use super::guessed::is_name_of;
use super::guessed::line_of;
use super::labels;
use super::report::{Check, Sink};
use super::sheet::Sheet;
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{Grammars, Role, fold};
use std::collections::HashMap;

/// A figure in the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'r> {
    pub table: &'r str,
    pub line: i32,
    /// The place of its cell in its row, from 1.
    nth: usize,
    /// The cell, counted through the document.
    pub cell: usize,
    /// The label of its column.
    pub label: Option<&'r str>,
}

impl Placed<'_> {
    /// The cell in which its row begins.
    const fn start(&self) -> usize {
        (self.cell + 1).saturating_sub(self.nth)
    }
}

/// A figure as its row gives it.
struct Given<'r> {
    table: &'r str,
    line: i32,
    nth: usize,
    raw: &'r str,
    item: &'r str,
    label: Option<&'r str>,
    code: Option<&'r str>,
    /// The basis and the unit of a sum that no nearer label states.
    basis: Option<(&'r str, &'r str)>,
}

/// Finds every figure of a form.
pub(super) fn figures<'r>(
    form: &FormRows<'r>,
    sheet: &Sheet<'_>,
    grammars: &Grammars,
    sink: &mut Sink,
) -> Vec<Placed<'r>> {
    let given = given(form);
    let mut placed: Vec<Placed<'r>> = Vec::with_capacity(given.len());
    let stated = given.iter().any(|figure| figure.basis.is_some()).then(|| Stated::of(form, sheet, grammars));
    let mut lines: HashMap<i32, Vec<&Given<'r>>> = HashMap::new();
    given.iter().for_each(|figure| lines.entry(figure.line).or_default().push(figure));
    let mut taken: HashMap<(usize, i32), usize> = HashMap::new();
    for figure in &given {
        sink.checked().raws += 1;
        let at = form.at(figure.table, figure.line);
        let cells = sheet.holding(figure.line, figure.raw);
        if cells.is_empty() {
            sink.fault(Check::Source, at, format!("`{}` does not stand on this line", figure.raw));
            continue;
        }
        let Some(cell) = choose(&cells, figure, &lines[&figure.line], sheet) else {
            let what = format!("`{}` is not cell {} of its row", figure.raw, figure.nth);
            sink.fault(Check::Source, at, what);
            continue;
        };
        // A cell of several lines may hold a sum behind a label on each of them, and the lines may be joined.
        let others = taken.entry((cell, figure.line)).or_default();
        let free = *others == 0 || *others < sheet.cell(cell).matches(['：', ':']).count();
        *others += 1;
        sink.demand(free, Check::Source, at, || "another figure stands in this cell".to_owned());
        let Given { table, line, nth, label, .. } = *figure;
        let found = Placed { table, line, nth, cell, label };
        let row = Row { form, figure, found: &found, sheet, grammars };
        if !sheet.breaks && !row.is_labelled() {
            let what = format!("the row of this cell does not bear the label `{}`", figure.item);
            sink.fault(Check::Source, at, what);
        }
        let based = figure.basis.zip(stated.as_ref());
        if based.is_some_and(|((basis, unit), stated)| !stated.bears_out(cell, basis, unit)) {
            sink.fault(Check::Source, at, "the label of the section does not bear out the basis of the unit");
        }
        placed.push(found);
    }
    rows(form, &placed, sheet, sink);
    placed
}

fn given<'r>(form: &FormRows<'r>) -> Vec<Given<'r>> {
    let amounts = form.amounts.iter().map(|row| Given {
        table: "amounts",
        line: row.line,
        nth: usize::try_from(row.cell).unwrap_or_default(),
        raw: &row.raw,
        item: &row.item,
        label: row.measure_label.as_deref(),
        code: row.item_code.as_deref(),
        basis: ["section", "form"].contains(&row.unit_basis.as_str()).then_some((&row.unit_basis, &row.unit)),
    });
    let settled = form.findings.iter().any(|finding| finding.code.starts_with("unit."));
    let amounts = amounts.map(move |given| Given { basis: given.basis.filter(|_| !settled), ..given });
    let measures = form.measures.iter().map(|row| Given {
        table: "measures",
        line: row.line,
        nth: usize::try_from(row.cell).unwrap_or_default(),
        raw: &row.raw,
        item: line_of(&row.item_path),
        label: Some(&row.item),
        code: row.item_code.as_deref(),
        basis: None,
    });
    amounts.chain(measures).collect()
}

/// Of the cells of a line that hold a figure's text, the one at which the figures of the line are cells of one row.
fn choose(
    cells: &[usize],
    figure: &Given<'_>,
    neighbours: &[&Given<'_>],
    sheet: &Sheet<'_>,
) -> Option<usize> {
    let fits = |cell: &&usize| {
        let Some(start) = (**cell + 1).checked_sub(figure.nth) else { return false };
        neighbours.iter().all(|other| {
            let due = start + other.nth;
            sheet.holding(other.line, other.raw).iter().any(|&cell| cell + 1 == due)
        })
    };
    cells.iter().find(fits).copied()
}

/// A figure in the row that it was found in.
struct Row<'a, 'r, 's> {
    form: &'a FormRows<'r>,
    figure: &'a Given<'r>,
    found: &'a Placed<'r>,
    sheet: &'a Sheet<'s>,
    grammars: &'a Grammars,
}

impl Row<'_, '_, '_> {
    /// Whether the label of the figure's line stands before it in its row, or in its own cell.
    fn is_labelled(&self) -> bool {
        let label = labels::label(self.form, self.grammars, self.figure.item);
        let corner = label.is_some_and(|label| {
            let roles = label.roles.iter();
            roles.clone().any(|role| matches!(role, Role::Opens(_)))
                && !roles.clone().any(|role| matches!(role, Role::Row { .. }))
        });
        // A row without a label of its own is named after its block.
        let coded = self.figure.code.is_some_and(|code| code.starts_with(self.figure.item));
        corner || coded || self.is_spread() || self.is_named_in(self.found.start()..self.found.cell + 1)
    }

    /// Whether the figure's line is one of those that a header names side by side: its label stands above, and none before it in
    /// its row.
    fn is_spread(&self) -> bool {
        let spread = self.form.grammar.blocks.iter().filter(|block| block.spread);
        if !spread.flat_map(|block| &block.rows).any(|row| Some(row.code.as_str()) == self.figure.code) {
            return false;
        }
        let is_row = |cell: usize| {
            let label = labels::label(self.form, self.grammars, self.sheet.cell(cell));
            label.is_some_and(|label| label.roles.iter().any(|role| matches!(role, Role::Row { .. })))
        };
        let Some(first) = self.sheet.pieces(self.form.row.line).first() else { return false };
        let start = self.found.start();
        !(start..=self.found.cell).any(is_row) && self.is_named_in(first.cell..start)
    }

    /// Whether one of some cells bears the label of the figure's line.
    fn is_named_in(&self, mut cells: std::ops::Range<usize>) -> bool {
        cells.any(|cell| names(self.form, self.sheet.cell(cell), self.figure.item, self.grammars))
    }
}

/// The units in brackets anywhere in a form.
fn units(form: &FormRows<'_>, sheet: &Sheet<'_>, grammars: &Grammars) -> Vec<MoneyUnit> {
    let text = sheet.between(form.row.line, form.row.line_last);
    let brackets = text.split('(').filter_map(|text| text.split_once(')'));
    brackets.filter_map(|(inner, _)| grammars.lexicon.money_unit(inner)).collect()
}

/// The units that a form's labels state for sections.
enum Stated {
    /// Where cells may break over lines, so may labels: that one states a unit is seen, but not which, nor that none does.
    Anywhere(Vec<MoneyUnit>),
    /// The cells that open sections, in their order, each with the unit its label states.
    Opening(Vec<(usize, Option<MoneyUnit>)>),
}

impl Stated {
    fn of(form: &FormRows<'_>, sheet: &Sheet<'_>, grammars: &Grammars) -> Self {
        if sheet.breaks {
            return Stated::Anywhere(units(form, sheet, grammars));
        }
        let first = sheet.pieces(form.row.line).first().map_or(0, |piece| piece.cell);
        let end = sheet.pieces(form.row.line_last).last().map_or(first, |piece| piece.cell + 1);
        let opening = |cell: usize| {
            let text = sheet.cell(cell);
            let label = labels::label(form, grammars, text)?;
            // A grammar may know the label with its brackets.
            let bracketed = || grammars.lexicon.unit_in(&text[text.find(['(', '\u{ff08}'])?..]);
            let opens = label.roles.iter().any(|role| matches!(role, Role::Opens(_)));
            opens.then(|| (cell, label.unit.or_else(bracketed)))
        };
        Stated::Opening((first..end).filter_map(opening).collect())
    }

    /// Whether the label of the section above a sum in a cell states its unit exactly where the row says so.
    fn bears_out(&self, cell: usize, basis: &str, unit: &str) -> bool {
        match self {
            Stated::Anywhere(units) => basis == "form" || units.iter().any(|of| of.as_str() == unit),
            Stated::Opening(openings) => {
                let above = openings.partition_point(|(opening, _)| *opening < cell);
                match above.checked_sub(1).and_then(|above| openings[above].1) {
                    Some(stated) => basis == "section" && stated.as_str() == unit,
                    None => basis == "form",
                }
            }
        }
    }
}

/// Whether a cell's text is a line's label, or begins with it, or is printed for it.
fn names(form: &FormRows<'_>, text: &str, item: &str, grammars: &Grammars) -> bool {
    let bears = |name: &str| {
        let bare = grammars.labelling.strip_lead(name);
        bare.strip_suffix(':').unwrap_or(bare) == item
    };
    let is = |text: &str| {
        bears(&fold::name(text))
            || labels::guessed(form, text, grammars)
                .is_some_and(|meant| is_name_of(item, &meant, &grammars.labelling))
    };
    let behind_break = |text: &str| text.rsplit_once('\n').is_some_and(|(_, own)| is(own));
    is(text) || text.match_indices([':', '：']).any(|(at, _)| is(&text[..at]) || behind_break(&text[..at]))
}

/// Rows neither overlap nor change their order.
fn rows(form: &FormRows<'_>, placed: &[Placed<'_>], sheet: &Sheet<'_>, sink: &mut Sink) {
    for pair in placed.windows(2).filter(|pair| pair[0].table == pair[1].table && !sheet.breaks) {
        sink.demand(
            pair[0].start() <= pair[1].start(),
            Check::Source,
            form.at(pair[1].table, pair[1].line),
            || "the row of this figure stands before that of the figure above it in the table".to_owned(),
        );
    }
    let mut in_order: Vec<&Placed<'_>> = placed.iter().collect();
    in_order.sort_by_key(|figure| figure.cell);
    for pair in in_order.windows(2) {
        if sheet.breaks && pair[0].line != pair[1].line {
            continue;
        }
        let (before, behind) = (pair[0], pair[1]);
        let apart = behind.start() == before.start() || behind.start() > before.cell;
        sink.demand(apart, Check::Source, form.at(behind.table, behind.line), || {
            format!("cell {} of this row lies in the row before", behind.nth)
        });
    }
}
