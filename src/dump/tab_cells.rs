//! Dialects in which a TAB stands *before* every cell: one cell a line, or one row a line.

use super::Dialect;
use super::breaks::Breaks;
use super::grid::{Grid, GridBuilder, Opens, is_filled};
use crate::grammar::fold;

/// How many empty lines end a table for certain: one for its last row, one for itself, and one more than any
/// cell was seen to hold at its end.
const TABLE_END: u32 = 2;

pub(super) fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    // Where a row is a line, a cell of several paragraphs breaks it: behind the last of them a line break stands, or the next TAB.
    let parted = dialect == Dialect::RowLines && !text.lines().any(goes_on_behind_paragraph);
    let mut reader = Reader {
        grid: GridBuilder::new(text),
        text,
        dialect,
        returns: memchr::memchr(b'\r', text.as_bytes()).is_some(),
        line: 0,
        from: 0,
        piece: Piece::Line,
        filled: false,
        empty_before: TABLE_END,
        led: false,
        between: 0,
        parted,
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
    /// Whether a line may end with a carriage return.
    returns: bool,
    /// Where the line at hand begins.
    line: usize,
    /// Where the piece at hand begins.
    from: usize,
    piece: Piece,
    /// Whether anything stands on the line before the piece.
    filled: bool,
    /// Empty lines before the one at hand.
    empty_before: u32,
    /// Whether a TAB leads the line at hand.
    led: bool,
    /// Lines since the last one that was led by a TAB.
    between: u32,
    /// Whether a line break stands behind the last paragraph of a cell that has several, in rows that are a line otherwise.
    parted: bool,
    in_table: bool,
}

impl Reader<'_> {
    /// A TAB opens a cell at a line's start, and the next one further on; outside tables it parts nothing.
    #[inline]
    fn tab(&mut self, at: usize) {
        let opens = if at == self.line {
            let fresh = !self.in_table || self.may_begin_row();
            (self.in_table, self.led) = (true, true);
            if fresh { Opens::Row } else { Opens::Next }
        } else if self.in_table && self.is_blank_line(at) {
            // Every paragraph of a cell ends with its line: blanks before a TAB are what is left of the text between two tables.
            self.led = true;
            Opens::Row
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
    #[inline(always)]
    fn end_line(&mut self, at: usize) {
        let end = at - usize::from(self.returns && self.text.as_bytes()[self.line..at].ends_with(b"\r"));
        self.between = if std::mem::take(&mut self.led) { 0 } else { self.between + 1 };
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

    /// Whether nothing but blanks stands on the line at hand before its first TAB, at `at`.
    fn is_blank_line(&self, at: usize) -> bool {
        matches!(self.piece, Piece::Line) && !is_filled(&self.text[self.line..at])
    }

    /// Whether the line at hand, which a TAB leads, may begin a row. Behind a cell of several paragraphs that ended with a line break
    /// it does only where one more ended the row.
    fn may_begin_row(&self) -> bool {
        match self.dialect {
            Dialect::RowLines => {
                !self.parted || self.between == 0 || (self.empty_before > 0 && self.between > 1)
            }
            _ => self.empty_before > 0,
        }
    }

    /// Adds the piece at hand to the grid. A line without a leading TAB goes on with the open cell.
    #[inline(always)]
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

/// Whether a line is the end of a cell with more cells of its row behind it; headings and signature lines have colons.
fn goes_on_behind_paragraph(line: &str) -> bool {
    !line.starts_with('\t')
        && line
            .split_once('\t')
            .is_some_and(|(first, _)| is_filled(first) && !fold::strip_marks(line).contains(['：', ':']))
}
