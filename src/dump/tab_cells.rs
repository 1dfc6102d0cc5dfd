//! Dialects in which a TAB stands *before* every cell: one cell a line, or one row a line.

use super::grid::{Grid, GridBuilder, Opens};
use super::{Dialect, line};

/// How many empty lines end a table for certain: one for its last row, one for itself, and one more than any
/// cell was seen to hold at its end.
const TABLE_END: u32 = 2;

pub(super) fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    let mut grid = GridBuilder::new(text);
    let mut rest = text;
    let mut empty_before = TABLE_END;
    let mut in_table = false;
    while let Ok((next, current)) = line(rest) {
        rest = next;
        grid.line(current);
        if current.is_empty() {
            empty_before += 1;
            continue;
        }
        match current.strip_prefix('\t') {
            Some(cells) => {
                let fresh = !in_table || empty_before > 0 || dialect == Dialect::RowLines;
                open_cells(&mut grid, cells, if fresh { Opens::Row } else { Opens::Next });
                in_table = true;
            }
            None if in_table => continue_cell(&mut grid, current),
            None if grid.current_filled() => grid.open(current, Opens::Body),
            None => {}
        }
        empty_before = 0;
    }
    grid.finish(dialect)
}

/// The cells of a line whose leading TAB is taken off.
fn open_cells(grid: &mut GridBuilder<'_>, cells: &str, opens: Opens) {
    let mut rest = cells;
    let mut opens = opens;
    while let Some(at) = memchr::memchr(b'\t', rest.as_bytes()) {
        grid.open(&rest[..at], opens);
        opens = Opens::Next;
        rest = &rest[at + 1..];
    }
    grid.open(rest, opens);
}

/// A line without a leading TAB goes on with the open cell; a TAB further on opens the next one.
fn continue_cell(grid: &mut GridBuilder<'_>, current: &str) {
    match memchr::memchr(b'\t', current.as_bytes()) {
        None => grid.extend(current),
        Some(at) => {
            grid.extend(&current[..at]);
            open_cells(grid, &current[at + 1..], Opens::Next);
        }
    }
}
