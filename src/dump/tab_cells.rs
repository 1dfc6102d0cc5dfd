//! Dialects in which a TAB stands *before* every cell: one cell a line, or one row a line.

use super::Dialect;
use super::breaks::Breaks;
use super::grid::{Grid, GridBuilder, Opens};

/// How many empty lines end a table for certain: one for its last row, one for itself, and one more than any
/// cell was seen to hold at its end.
const TABLE_END: u32 = 2;

pub(super) fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    let mut reader = Reader {
        grid: GridBuilder::new(text),
        text,
        dialect,
        line: 0,
        from: 0,
        piece: Piece::Line,
        filled: false,
        empty_before: TABLE_END,
        in_table: false,
    };
    for at in Breaks::of(text) {
        match text.as_bytes()[at] {
            b'\t' => reader.tab(at),
            _ => reader.end_line(at),
        }
    }
    if reader.line < text.len() {
        reader.end_line(text.len());
    }
    reader.grid.finish(dialect)
}

/// What the text since the last TAB or line break is.
#[derive(Clone, Copy)]
enum Piece {
    /// A line so far without a TAB: it goes on with the open cell, or is none of a table.
    Line,
    /// A cell.
    Cell(Opens),
}

struct Reader<'t> {
    grid: GridBuilder<'t>,
    text: &'t str,
    dialect: Dialect,
    /// Where the line at hand begins.
    line: usize,
    /// Where the piece at hand begins.
    from: usize,
    piece: Piece,
    /// Whether anything stands on the line before the piece.
    filled: bool,
    /// Empty lines before the one at hand.
    empty_before: u32,
    in_table: bool,
}

impl Reader<'_> {
    /// A TAB opens a cell at a line's start, and the next one further on; outside tables it parts nothing.
    #[inline]
    fn tab(&mut self, at: usize) {
        let opens = if at == self.line {
            let fresh = !self.in_table || self.empty_before > 0 || self.dialect == Dialect::RowLines;
            self.in_table = true;
            if fresh { Opens::Row } else { Opens::Next }
        } else if self.in_table {
            self.end_piece(at);
            Opens::Next
        } else {
            return;
        };
        self.from = at + 1;
        self.piece = Piece::Cell(opens);
    }

    /// A line ends at a line break or with the text.
    #[inline]
    fn end_line(&mut self, at: usize) {
        let end = if at > self.line && self.text.as_bytes()[at - 1] == b'\r' { at - 1 } else { at };
        if end == self.line {
            self.empty_before += 1;
        } else {
            self.end_piece(end);
            self.empty_before = 0;
        }
        self.grid.line_filled(self.filled);
        (self.line, self.from) = (at + 1, at + 1);
        (self.piece, self.filled) = (Piece::Line, false);
    }

    /// Adds the piece at hand to the grid. A line without a leading TAB goes on with the open cell.
    #[inline]
    fn end_piece(&mut self, end: usize) {
        let line = self.grid.lines();
        let trimmed = self.grid.trim(self.from, end);
        let filled = trimmed.0 < trimmed.1;
        self.filled |= filled;
        match self.piece {
            Piece::Cell(opens) => self.grid.push((self.from, end), trimmed, line, opens),
            Piece::Line if self.in_table => self.grid.extend_to(end, trimmed, line),
            Piece::Line if filled => self.grid.push((self.from, end), trimmed, line, Opens::Body),
            Piece::Line => {}
        }
    }
}
