//! The rows of a table with rules between them, some of whose cells span several rows: what such a cell says, on whichever of its
//! lines (w3m prints it in their middle, pandoc on the first), stands in the first of its rows.

use super::{Growing, unescaped};
use crate::dump::copy::CopyBuilder;
use std::ops::Range;

/// Rows as they grow.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// For each column, the row in which the cell at hand began.
    began: Vec<usize>,
}

/// A row's cells, and the lines on which it stands without the rules around it.
struct Row {
    cells: Vec<Growing>,
    lines: Option<(u32, u32)>,
}

impl Rows {
    pub fn new(columns: usize) -> Self {
        let mut rows = Rows { rows: Vec::new(), began: vec![0; columns] };
        rows.push();
        rows
    }

    fn push(&mut self) {
        self.rows.push(Row { cells: vec![Growing::default(); self.began.len()], lines: None });
    }

    /// Begins cells in some columns: below a rule.
    pub fn begin(&mut self, columns: Range<usize>) {
        if self.rows.last().is_some_and(|row| row.lines.is_some()) {
            self.push();
        }
        self.began[columns].fill(self.rows.len() - 1);
    }

    /// Adds a line of the cell that stands in a column.
    pub fn add(&mut self, column: usize, text: &str) {
        let Some(&row) = self.began.get(column) else { return };
        self.rows[row].cells[column].add(text, true);
    }

    /// Notes that the last row stands on a line.
    pub fn stand_on(&mut self, line: u32) {
        if let Some(row) = self.rows.last_mut() {
            row.lines = Some((row.lines.map_or(line, |(first, _)| first), line));
        }
    }

    /// Copies the rows that stand on any line.
    pub fn copy(self, copy: &mut CopyBuilder<'_>) {
        for Row { cells, lines } in self.rows {
            let Some(lines) = lines else { continue };
            let cells: Vec<String> = cells.into_iter().map(|cell| unescaped(cell.text)).collect();
            copy.row(&cells, lines);
        }
    }
}
