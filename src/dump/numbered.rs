//! Rows that a program over data frames numbered: a column before the table that counts from 0 below a blank cell, and mostly a
//! header that counts the columns. Neither is the table's own.

use super::grid::{Grid, Opens};

/// Numbered rows that are no accident.
const FEWEST: usize = 3;

/// Takes the numbers out of a grid whose rows are lines.
pub(super) fn strip(grid: &mut Grid<'_>) {
    let starts: Vec<usize> =
        (0..grid.cells.len()).filter(|&at| grid.cells[at].opens != Opens::Next).collect();
    let mut taken: Vec<usize> = Vec::new();
    let mut nth = 0;
    while nth + 1 < starts.len() {
        let rows = starts[nth + 1..].iter().enumerate().take_while(|&(row, &at)| is_number(grid, at, row));
        let rows = if grid.trimmed(&grid.cells[starts[nth]]).is_empty() { rows.count() } else { 0 };
        if rows < FEWEST {
            nth += 1;
            continue;
        }
        let header = starts[nth]..starts[nth + 1];
        if header.clone().skip(1).enumerate().all(|(column, at)| is_number(grid, at, column)) {
            grid.drawn.push(grid.cells[header.start].line);
            taken.extend(header);
        } else {
            taken.push(header.start);
        }
        taken.extend(&starts[nth + 1..=nth + rows]);
        nth += rows + 1;
    }
    remove(grid, &taken);
}

/// Whether a cell says `number` and nothing else.
fn is_number(grid: &Grid<'_>, at: usize, number: usize) -> bool {
    let text = grid.trimmed(&grid.cells[at]);
    // Nearly every cell says in its first byte that it is none.
    text.as_bytes().first().is_some_and(u8::is_ascii_digit) && text.parse() == Ok(number)
}

/// Removes cells, given in their order; what follows one in its row begins the row instead.
fn remove(grid: &mut Grid<'_>, taken: &[usize]) {
    if taken.is_empty() {
        return;
    }
    let (mut at, mut next) = (0, taken.iter().copied().peekable());
    let mut behind = false;
    grid.cells.retain_mut(|cell| {
        let gone = next.next_if_eq(&at).is_some();
        at += 1;
        if behind && !gone && cell.opens == Opens::Next {
            cell.opens = Opens::Row;
        }
        behind = gone;
        !gone
    });
}
