//! The money tables, aligned, each figure with its mark.

use super::form::gutter;
use crate::cli::terminal::{Align, Column, Columns, Paint, Piece, Style, mark};
use biaodan::inspect::{MatrixFigure, MatrixRow, MatrixTable, View};
use biaodan::proof::{Facts, Judged};

/// Columns of the terminal that a label, and a figure with its mark, may take.
const LABEL: usize = 40;
const FIGURE: usize = 28;
/// Rows of a list of projects are indented below their whole, but no deeper than leaves room for their names.
const DEEPEST: usize = 6;

/// Each table with the line it begins on.
pub fn tables(view: &View<'_>, ordinal: u32, paint: Paint) -> Vec<(u64, Vec<String>)> {
    let Some(judged) = view.converted().forms.get(ordinal as usize - 1) else { return Vec::new() };
    let tables = view.matrices(ordinal);
    tables.iter().map(|table| (u64::from(table.line), lines(table, judged, paint))).collect()
}

fn lines(table: &MatrixTable<'_>, judged: &Judged<'_>, paint: Paint) -> Vec<String> {
    let figure = Column { align: Align::Right, most: FIGURE };
    let mut columns = vec![Column { align: Align::Left, most: LABEL }];
    columns.extend(table.columns.iter().map(|_| figure));
    columns.push(figure);
    let mut out = Columns::new(columns);
    let mut header = vec![Piece::new(&table.title, Style::Strong)];
    header.extend(table.columns.iter().map(|label| Piece::new(label, Style::Faint)));
    out.push(gutter(Some(u64::from(table.line)), paint), header);
    for row in &table.rows {
        out.push(gutter(Some(u64::from(row.line)), paint), cells(row, &judged.facts));
    }
    std::iter::once(String::new()).chain(out.lines(paint)).collect()
}

fn cells(row: &MatrixRow<'_>, facts: &Facts) -> Vec<Piece> {
    let indent = " ".repeat(2 * row.depth.min(DEEPEST));
    let label = Piece::new(&format!("{indent}{}", row.label), Style::Plain);
    let figures = row.cells.iter().map(|cell| cell.as_ref().map(|figure| piece(figure, facts)));
    std::iter::once(label).chain(figures.map(Option::unwrap_or_default)).collect()
}

/// A figure as printed; one that is malformed with what it is read as.
fn piece(figure: &MatrixFigure<'_>, facts: &Facts) -> Piece {
    let printed = figure.printed.text;
    let Some(fact) = figure.fact.map(|at| &facts.all[at as usize]) else {
        return Piece::new(printed, Style::Faint);
    };
    let read = fact.value.filter(|_| fact.is_malformed());
    let text = match read.and_then(|value| value.shifted(-fact.power)) {
        Some(read) => format!("{printed} → {read}"),
        None => printed.to_owned(),
    };
    Piece::new(&text, Style::Trust(fact.trust)).marked(mark(fact.trust))
}
