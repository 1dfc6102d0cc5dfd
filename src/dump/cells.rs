//! Cells in a stream: one a line, or parted by bars or spaces, with the ends of rows lost. Where a row begins is for the
//! form alone to say; here every cell may begin one.

use super::grid::{Grid, GridBuilder, Opens};
use super::{Dialect, escapes, line};
use crate::source::Kept;
use nom::Parser;
use nom::bytes::complete::{take_till, take_while};

pub(super) fn read<'t>(text: &'t str, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
    if !escapes::holds(text) {
        return of(text, dialect);
    }
    // Its lines are the dump's own.
    let undone = of(kept.keep(escapes::undone(text)), dialect);
    Grid { source: text, ..undone }
}

fn of(text: &str, dialect: Dialect) -> Grid<'_> {
    let mut grid = GridBuilder::new(text);
    let mut rest = text;
    let mark = if dialect == Dialect::PipeRun && !text.contains('|') { '\t' } else { '|' };
    let mut above = "";
    let shows_blanks = dialect == Dialect::SpacedCells && shows_blanks(text);
    // Blank lines before this one.
    let mut gap = usize::MAX;
    while let Ok((next, current)) = line(rest) {
        grid.line(current);
        rest = next;
        let bare = current.trim();
        if bare.is_empty() {
            gap = gap.saturating_add(1);
            // Each blank cell is a blank line more, and the one behind it.
            if shows_blanks && gap.is_multiple_of(2) && !rest.trim_start().is_empty() {
                grid.open(bare, Opens::Row);
            }
            continue;
        }
        let blank_before = std::mem::take(&mut gap) > 0;
        let repeated = std::mem::replace(&mut above, bare) == bare && holds_its_label(bare);
        match dialect {
            Dialect::PipeCells | Dialect::PipeRun => bars(&mut grid, bare, mark),
            // A merged cell that a program repeated holds one figure.
            Dialect::SpacedCells | Dialect::Lines if repeated => grid.drawn(),
            _ if bare.bytes().all(|b| b == b'|') => grid.drawn(),
            Dialect::SpacedCells if !blank_before => grid.extend(bare),
            Dialect::SpacedCells | Dialect::Lines => grid.open(bare, Opens::Row),
            _ => words(&mut grid, bare),
        }
    }
    grid.finish(dialect)
}

/// Whether blank cells left their mark where a blank line stands behind each cell: two blank lines more, and nowhere one.
fn shows_blanks(text: &str) -> bool {
    let (mut gap, mut longer) = (None::<usize>, false);
    let mut rest = text;
    while let Ok((next, current)) = line(rest) {
        rest = next;
        if current.trim().is_empty() {
            gap = gap.map(|gap| gap + 1);
            continue;
        }
        let blanks = gap.replace(0).unwrap_or(0);
        if blanks > 0 && blanks.is_multiple_of(2) {
            return false;
        }
        longer |= blanks > 1;
    }
    longer
}

/// Whether a cell is a label and its figure, behind a colon.
pub(crate) fn holds_its_label(cell: &str) -> bool {
    cell.ends_with(|c: char| c.is_ascii_digit()) && cell.contains(['：', ':'])
}

/// The cells of a line with bars between, or whatever stands in their place; one at either end parts nothing.
fn bars<'t>(grid: &mut GridBuilder<'t>, line: &'t str, mark: char) {
    if !line.contains(mark) {
        return grid.open(line, Opens::Body);
    }
    let inner = line.strip_prefix(mark).unwrap_or(line);
    let inner = inner.strip_suffix(mark).unwrap_or(inner);
    if inner.bytes().all(|b| matches!(b, b'|' | b' ')) {
        grid.drawn();
    }
    for cell in inner.split(mark) {
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
        let begun = cell.strip_prefix(['（', '(']).is_some_and(|year| is_part_of_year(year) || is_year(year));
        let ended = begun && next[..behind].ends_with(['）', ')']);
        // So does a year that a space parts: `20 21年度`.
        let parted = is_part_of_year(cell) && ends_year(cell, &next[..behind]);
        if ended || parted || (cell.ends_with(['：', ':']) && value) {
            let end = line.len() - next.len() + behind;
            cell = &line[line.len() - rest.len()..end];
            next = line[end..].trim_start_matches(space);
        }
        grid.open(cell, opens);
        opens = Opens::Next;
        rest = next;
    }
}

/// Whether a word is up to three digits, or letters that a scanner takes for digits.
fn is_part_of_year(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(reads_as_digit)
}

/// Whether a word is a year's four digits, which some programs part from the text behind them.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is a digit, or a letter that a scanner takes for one.
fn reads_as_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'O' | b'l')
}

/// Characters of text behind a year in a label or title; what is shorter may be a unit.
const LABEL: usize = 3;

/// Whether a word goes on with the digits of a year that one before it begins, and then with the text of a label.
fn ends_year(begun: &str, word: &str) -> bool {
    let digits = word.bytes().take_while(|&b| reads_as_digit(b)).count();
    let century = begun.starts_with(['1', '2', 'l']);
    let text = word[digits..].chars().take_while(|&c| c > '\u{2e7f}').take(LABEL).count();
    century && begun.len() + digits == 4 && text == LABEL
}

/// Whether a word is a figure alone.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%'))
}
