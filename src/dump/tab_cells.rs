//! Dialects in which a TAB stands *before* every cell: one cell a line, or one row a line.

use super::Dialect;
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
        dialect,
        empty_before: TABLE_END,
        between: 0,
        parted,
        in_table: false,
    };
    let mut tabs = Vec::new();
    let mut start = 0;
    // One search finds both line breaks and TABs: lines of these dialects are so short that a search for each would cost
    // more than all the rest.
    for at in memchr::memchr2_iter(b'\n', b'\t', text.as_bytes()) {
        if text.as_bytes()[at] == b'\t' {
            tabs.push(at - start);
            continue;
        }
        reader.line(&text[start..at], &tabs);
        tabs.clear();
        start = at + 1;
    }
    if start < text.len() {
        reader.line(&text[start..], &tabs);
    }
    reader.grid.finish(dialect)
}

struct Reader<'t> {
    grid: GridBuilder<'t>,
    dialect: Dialect,
    /// Empty lines before the one at hand.
    empty_before: u32,
    /// Lines since the last one that was led by a TAB.
    between: u32,
    /// Whether a line break stands behind the last paragraph of a cell that has several, in rows that are a line otherwise.
    parted: bool,
    in_table: bool,
}

impl<'t> Reader<'t> {
    /// Takes a line without its line break, and where its TABs are.
    fn line(&mut self, line: &'t str, tabs: &[usize]) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        self.grid.line(line);
        if line.is_empty() {
            self.empty_before += 1;
            self.between += 1;
            return;
        }
        match tabs {
            [0, more @ ..] => {
                let fresh = !self.in_table || self.may_begin_row();
                self.open_cells(line, 1, more, if fresh { Opens::Row } else { Opens::Next });
                self.in_table = true;
                self.between = 0;
                self.empty_before = 0;
                return;
            }
            // Every paragraph of a cell ends with its line: blanks before a TAB are what is left of the text between two tables.
            [first, more @ ..] if self.in_table && !is_filled(&line[..*first]) => {
                self.open_cells(line, first + 1, more, Opens::Row);
                self.between = 0;
                self.empty_before = 0;
                return;
            }
            _ if self.in_table => self.continue_cell(line, tabs),
            _ if self.grid.current_filled() => self.grid.open(line, Opens::Body),
            _ => {}
        }
        self.empty_before = 0;
        self.between += 1;
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

    /// The cells of a line from byte `start` on, parted by the TABs at `tabs`.
    fn open_cells(&mut self, line: &'t str, start: usize, tabs: &[usize], opens: Opens) {
        let (mut start, mut opens) = (start, opens);
        for &tab in tabs {
            self.grid.open(&line[start..tab], opens);
            (start, opens) = (tab + 1, Opens::Next);
        }
        self.grid.open(&line[start..], opens);
    }

    /// A line without a leading TAB goes on with the open cell; a TAB further on opens the next one.
    fn continue_cell(&mut self, line: &'t str, tabs: &[usize]) {
        match tabs {
            [] => self.grid.extend(line),
            [first, more @ ..] => {
                self.grid.extend(&line[..*first]);
                self.open_cells(line, first + 1, more, Opens::Next);
            }
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
