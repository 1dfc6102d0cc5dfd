//! Cells in a stream: one a line, or parted by bars or spaces, with the ends of rows lost. Where a row begins is for the
//! form alone to say; here every cell may begin one.

use super::grid::{Grid, GridBuilder, Opens};
use super::{Dialect, line};
use nom::Parser;
use nom::bytes::complete::{take_till, take_while};

pub(super) fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    let mut grid = GridBuilder::new(text);
    let mut rest = text;
    let mut blank_before = true;
    while let Ok((next, current)) = line(rest) {
        grid.line(current);
        rest = next;
        let bare = current.trim();
        match dialect {
            _ if bare.is_empty() => {
                blank_before = true;
                continue;
            }
            Dialect::PipeCells | Dialect::PipeRun => bars(&mut grid, bare),
            _ if bare.bytes().all(|b| b == b'|') => grid.drawn(),
            Dialect::SpacedCells if !blank_before => grid.extend(bare),
            Dialect::SpacedCells | Dialect::Lines => grid.open(bare, Opens::Row),
            _ => words(&mut grid, bare),
        }
        blank_before = false;
    }
    grid.finish(dialect)
}

/// The cells of a line with bars between; a bar at either end parts nothing.
fn bars<'t>(grid: &mut GridBuilder<'t>, line: &'t str) {
    if !line.contains('|') {
        return grid.open(line, Opens::Body);
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    if inner.bytes().all(|b| matches!(b, b'|' | b' ')) {
        grid.drawn();
    }
    for cell in inner.split('|') {
        grid.open(cell.trim(), Opens::Row);
    }
}

/// The words of a line. What stands behind a colon belongs to the label before it, but for the first of a row of figures.
fn words<'t>(grid: &mut GridBuilder<'t>, line: &'t str) {
    let mut opens = Opens::Row;
    let mut rest = line;
    let space = |c: char| c.is_whitespace();
    let mut word = (take_till(space), take_while(space));
    while !rest.is_empty() {
        let parsed: nom::IResult<&str, (&str, &str)> = word.parse(rest);
        let Ok((mut next, (mut cell, _))) = parsed else { return };
        let behind = next.find(space).unwrap_or(next.len());
        let figures = next.split(space).filter(|word| !word.is_empty()).take(2);
        let row = figures.clone().count() == 2 && figures.clone().all(is_number);
        let value = behind > 0 && !row && !next[..behind].contains(['：', ':']);
        // A word that is an open bracket and digits goes on with those that close it: `（20 21年度）`.
        let begun =
            cell.strip_prefix(['（', '(']).is_some_and(|inner| inner.bytes().all(|b| b.is_ascii_digit()));
        if (begun && next[..behind].ends_with(['）', ')'])) || (cell.ends_with(['：', ':']) && value) {
            let end = line.len() - next.len() + behind;
            cell = &line[line.len() - rest.len()..end];
            next = line[end..].trim_start_matches(space);
        }
        grid.open(cell, opens);
        opens = Opens::Next;
        rest = next;
    }
}

/// Whether a word is a figure alone.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%'))
}
