//! One row a line, TABs or commas between cells. A cell of several paragraphs is quoted, or simply broken over lines:
//! then every line opens a row that the form may join to the one before.

use super::grid::{Grid, GridBuilder, Opens};
use super::{Dialect, line};

/// A quoted cell longer than this many lines is no cell but a stray quotation mark.
const QUOTED_LINES: u32 = 200;

pub(super) fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    let mark = if dialect == Dialect::Csv { b',' } else { b'\t' };
    let mut grid = GridBuilder::new(text);
    let mut rest = text;
    while let Ok((next, current)) = line(rest) {
        grid.line(current);
        if !grid.current_filled() && memchr::memchr(mark, current.as_bytes()).is_none() {
            rest = next;
            continue;
        }
        let first = grid.cells.len();
        rest = read_row(&mut grid, current, next, mark);
        // A spreadsheet fills every row up to the same width; a paragraph above or below a table is one cell.
        let filled = |grid: &GridBuilder<'_>, at: usize| grid.cells[at].start < grid.cells[at].end;
        if mark == b',' && !(first + 1..grid.cells.len()).any(|at| filled(&grid, at)) {
            grid.cells.truncate(first + 1);
        }
    }
    grid.finish(dialect)
}

/// Reads the row that begins with `current` and gives what follows it; a quoted cell takes in lines of `next`.
fn read_row<'t>(grid: &mut GridBuilder<'t>, current: &'t str, next: &'t str, mark: u8) -> &'t str {
    let (mut current, mut next) = (current, next);
    let mut opens = Opens::Row;
    loop {
        if let Some((after, following)) =
            current.strip_prefix('"').and_then(|inside| quoted(grid, inside, next, opens, mark))
        {
            next = following;
            opens = Opens::Next;
            match after.strip_prefix(char::from(mark)) {
                Some(more) => current = more,
                None => return next,
            }
            continue;
        }
        match memchr::memchr(mark, current.as_bytes()) {
            Some(at) => {
                grid.open(&current[..at], opens);
                current = &current[at + 1..];
            }
            None => {
                grid.open(current, opens);
                return next;
            }
        }
        opens = Opens::Next;
    }
}

/// The byte at which a quoted cell closes in `line`: a quotation mark before the mark between cells or the line's end that is
/// not one half of a doubled one.
fn closing(line: &str, mark: u8) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) {
        match bytes.get(found + 1) {
            Some(b'"') => at = found + 2,
            None => return Some(found),
            Some(&byte) if byte == mark => return Some(found),
            Some(_) => return None,
        }
    }
    None
}

/// A quoted cell: its text without the quotation marks becomes a cell; gives what follows it on its last line
/// and the lines behind. `None`, and nothing read, where the quotation mark is the text's own.
fn quoted<'t>(
    grid: &mut GridBuilder<'t>,
    inside: &'t str,
    next: &'t str,
    opens: Opens,
    mark: u8,
) -> Option<(&'t str, &'t str)> {
    if let Some(at) = closing(inside, mark) {
        open_quoted(grid, &inside[..at], opens);
        return Some((&inside[at + 1..], next));
    }
    let mut rest = next;
    let mut span = Vec::new();
    while let Ok((following, current)) = line(rest) {
        // A line that opens a quoted cell of its own shows that this one was never closed; without this rule a
        // dump of stray quotation marks would be searched again from each of them.
        // A doubled mark is the open cell's own.
        if opens_quotation(current) && closing(current, mark) != Some(0) {
            return None;
        }
        span.push(current);
        if let Some(at) = closing(current, mark) {
            open_quoted(grid, inside, opens);
            for line in &span {
                grid.line(line);
                // The last line goes on behind the cell.
                grid.extend(if std::ptr::eq(*line, current) { &current[..at] } else { line });
            }
            return Some((&current[at + 1..], following));
        }
        if span.len() as u32 >= QUOTED_LINES {
            return None;
        }
        rest = following;
    }
    None
}

/// Whether a line begins with a quotation mark that is not one half of a doubled one.
fn opens_quotation(line: &str) -> bool {
    line.strip_prefix('"').is_some_and(|inside| !inside.starts_with('"'))
}

fn open_quoted(grid: &mut GridBuilder<'_>, inside: &str, opens: Opens) {
    grid.open(inside, opens);
    if let Some(cell) = grid.cells.last_mut() {
        cell.quoted = true;
    }
}
