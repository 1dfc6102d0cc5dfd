//! Boxes drawn with bars, or with the signs for drawing boxes. In pandoc's grid tables a rule stands between rows and cells may
//! span columns and rows; in antiword's boxes nothing stands between rows, and a row takes as many lines as its longest cell.

mod drawn;
mod open;
mod ruled;
mod spans;

pub(super) use drawn::{is_border, is_row};
pub(super) use open::{ends, first_word};
pub(super) use ruled::is_rule as is_rule_of_columns;

use super::copy::CopyBuilder;
use super::grid::Grid;
use super::{Dialect, escapes, line, width};
use crate::source::Kept;
use std::ops::Range;

/// Columns beyond which lines draw no table.
const WIDEST: usize = 100;

/// Bars on a line outside of boxes beyond which it is a table's.
const UNBOXED: usize = 8;

pub(super) fn read<'t>(text: &'t str, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
    if dialect == Dialect::Grid && text.lines().any(is_rule_of_columns) {
        return read_ruled(text, kept);
    }
    let mut copy = CopyBuilder::new(text);
    let ascii = drawn::in_ascii(text);
    let signs = matches!(ascii, std::borrow::Cow::Owned(_));
    let mut rest = &*ascii;
    let mut table: Vec<(u32, &str)> = Vec::new();
    while let Ok((next, current)) = line(rest) {
        let number = copy.line(current);
        rest = next;
        let bare = current.trim();
        if is_inside(bare) {
            table.push((number, bare));
            continue;
        }
        end_table(&mut copy, &mut table, dialect, signs);
        match dialect == Dialect::Boxes && bare.matches('|').nth(UNBOXED).is_some() {
            true => unboxed(&mut copy, bare, number),
            false => copy.body(bare, number),
        }
    }
    end_table(&mut copy, &mut table, dialect, signs);
    copy.finish(dialect, kept)
}

/// As [`read`], where tables without bars stand among the others.
fn read_ruled<'t>(text: &'t str, kept: &'t Kept) -> Grid<'t> {
    let mut copy = CopyBuilder::new(text);
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().for_each(|line| {
        copy.line(line);
    });
    let mut at = 0;
    while at < lines.len() {
        at = drawn_table(&mut copy, &lines, at).unwrap_or_else(|| {
            copy.body(&unescaped(lines[at].trim().to_owned()), at as u32);
            at + 1
        });
    }
    copy.finish(Dialect::Grid, kept)
}

/// Whether a line draws a table with rules between its rows, or between its header and the rest.
pub(super) fn draws_table(line: &str) -> bool {
    (line.starts_with('+') && is_rule(line)) || is_rule_of_columns(line)
}

/// Copies the table that is drawn from a line on, and gives the line behind it.
pub(super) fn drawn_table(copy: &mut CopyBuilder<'_>, lines: &[&str], at: usize) -> Option<usize> {
    let table = lines[at..].iter().map(|line| line.trim()).take_while(|line| is_inside(line));
    let table: Vec<(u32, &str)> = (at as u32..).zip(table).collect();
    if !table.is_empty() {
        ruled_table(copy, &table, false);
        return Some(at + table.len());
    }
    let ruled = ruled::Ruled::at(lines, at).filter(|_| !lines[at].trim().is_empty())?;
    ruled.copy(copy, lines);
    Some(ruled.last + 1)
}

/// Whether a line is a table's: one between bars, a rule, or one that is ruled at its left and holds a cell of several rows at
/// its right.
fn is_inside(line: &str) -> bool {
    line.starts_with('|')
        || (line.starts_with('+')
            && (is_rule(line) || (line.starts_with("+--") && line.ends_with(['|', '+']))))
}

/// The rows of a table too wide for a page, which antiword prints on one line without their ends.
fn unboxed(copy: &mut CopyBuilder<'_>, line: &str, number: u32) {
    let cells: Vec<&str> = line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim).collect();
    copy.row(&cells, (number, number));
}

fn end_table(copy: &mut CopyBuilder<'_>, table: &mut Vec<(u32, &str)>, dialect: Dialect, signs: bool) {
    if table.is_empty() {
        return;
    }
    match dialect {
        Dialect::Grid => ruled_table(copy, table, signs),
        _ => open::table(copy, table),
    }
    table.clear();
}

/// Whether a line draws a border: `+---+===+`.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() > 2
        && line.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':' | b'|' | b' '))
        && line.contains(['-', '='])
}

/// A cell as it grows: its text and whether the line above ended a paragraph.
#[derive(Clone, Debug, Default)]
struct Growing {
    text: String,
    apart: bool,
}

impl Growing {
    /// Adds the text of one more line. A line that was only wrapped goes on where the one above ends.
    fn add(&mut self, line: &str, wrapped: bool) {
        let line = line.trim();
        if line.is_empty() {
            self.apart = !self.text.is_empty();
            return;
        }
        if self.apart || !wrapped {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
        } else if is_word_end(&self.text) && line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.text.push(' ');
        }
        self.text.push_str(line);
        self.apart = false;
    }
}

fn is_word_end(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | ';'))
}

/// A table with rules between its rows, drawn with the `signs` for boxes or with bars.
fn ruled_table(copy: &mut CopyBuilder<'_>, lines: &[(u32, &str)], signs: bool) {
    let mut edges: Vec<usize> = lines
        .iter()
        .filter(|(_, line)| line.contains("--") || line.contains("=="))
        .flat_map(|(_, line)| width::columns_of(line, '+'))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let columns = edges.len().saturating_sub(1);
    if columns == 0 || columns > WIDEST {
        return lines.iter().for_each(|(number, line)| copy.body(line, *number));
    }
    let mut rows = spans::Rows::new(columns);
    for &(number, line) in lines {
        if is_rule(line) && !line.contains(['|', ' ']) {
            copy.drawn(number);
            rows.begin(0..columns);
            continue;
        }
        match ruled_line(&mut rows, (number, line), &edges) {
            true => copy.drawn(number),
            false => rows.stand_on(number),
        }
    }
    rows.copy(copy, signs);
}

/// Adds the cells of a line to the rows of its table; whether any of them is a rule.
fn ruled_line(rows: &mut spans::Rows, (number, line): (u32, &str), edges: &[usize]) -> bool {
    let columns = edges.len() - 1;
    let bars = width::bars_on(line, edges);
    let begun = bars.first().is_some_and(|&(edge, _)| edge == 0);
    let open_end = bars.last().is_none_or(|&(edge, _)| edge < columns).then_some((columns, line.len()));
    let (mut at, mut from) = (0, if begun { bars[0].1 + 1 } else { 0 });
    let mut ruled = false;
    // A cell reaches to the next edge where a bar stands.
    for (to, end) in bars.iter().copied().skip(usize::from(begun)).chain(open_end) {
        if is_rule_within(line, from..end) {
            // A rule under some of the columns: the cells beside it span the rows above and below.
            rows.begin(at..to);
            ruled = true;
        } else {
            rows.add(at, &line[from..end], number);
        }
        from = (end + 1).min(line.len());
        at = to;
    }
    ruled
}

/// Whether a part of a line between two edges is a rule: dashes that fill it, of which one or two are enough between two crosses.
fn is_rule_within(line: &str, part: Range<usize>) -> bool {
    let text = &line[part.clone()];
    let crossed = line[..part.start].ends_with('+') && line[part.end..].starts_with('+');
    let short = crossed && !text.is_empty() && text.bytes().all(|byte| byte == b'-');
    short || (is_rule(text) && !text.contains(' '))
}

/// A cell's text without the backslashes of Markdown.
fn unescaped(text: String) -> String {
    if escapes::holds(&text) { escapes::undone(&text) } else { text }
}
