//! The rows of a table with rules between them, some of whose cells span several rows: what such a cell says, on whichever of its
//! lines (w3m prints it in their middle, pandoc on the first), stands in the first of its rows.

use super::{Growing, unescaped};
use crate::dump::copy::CopyBuilder;
use crate::dump::grid::is_filled;
use std::ops::Range;

/// Rows as they grow.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// For each column, the row in which the cell at hand began.
    began: Vec<usize>,
}

/// A row's cells up to the last that says anything, each with the lines on which its text stands, and the lines of the row itself
/// without the rules around it.
#[derive(Default)]
struct Row {
    cells: Vec<(Growing, Option<(u32, u32)>)>,
    lines: Option<(u32, u32)>,
}

/// Lines with one more behind them.
fn reach(lines: Option<(u32, u32)>, line: u32) -> Option<(u32, u32)> {
    Some((lines.map_or(line, |(first, _)| first), line))
}

impl Rows {
    pub fn new(columns: usize) -> Self {
        Rows { rows: vec![Row::default()], began: vec![0; columns] }
    }

    /// Begins cells in some columns: below a rule.
    pub fn begin(&mut self, columns: Range<usize>) {
        if self.rows.last().is_some_and(|row| row.lines.is_some()) {
            self.rows.push(Row::default());
        }
        self.began[columns].fill(self.rows.len() - 1);
    }

    /// Adds a line of the cell that stands in a column.
    pub fn add(&mut self, column: usize, text: &str, line: u32) {
        let Some(&row) = self.began.get(column) else { return };
        let cells = &mut self.rows[row].cells;
        // Wide tables of many narrow rows are mostly cells that nobody fills.
        if column >= cells.len() {
            cells.resize(column + 1, Default::default());
        }
        let (cell, lines) = &mut cells[column];
        cell.add(text, true);
        if is_filled(text) {
            *lines = reach(*lines, line);
        }
    }

    /// Notes that the last row stands on a line.
    pub fn stand_on(&mut self, line: u32) {
        if let Some(row) = self.rows.last_mut() {
            row.lines = reach(row.lines, line);
        }
    }

    /// Copies the rows that stand on any line, each with all its columns; bars that part no cells are again the signs that they were,
    /// where boxes are drawn with `signs`.
    pub fn copy(self, copy: &mut CopyBuilder<'_>, signs: bool) {
        let columns = self.began.len();
        for Row { mut cells, lines } in self.rows {
            let Some(lines) = lines else { continue };
            cells.resize(columns, Default::default());
            let said = |text: String| if signs { text.replace('|', "│") } else { unescaped(text) };
            let cells = cells.into_iter().map(|(cell, own)| (said(cell.text), own.unwrap_or(lines)));
            copy.row_of(&cells.collect::<Vec<_>>());
        }
    }
}
