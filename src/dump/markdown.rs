//! One row a line, `|` between cells: pipe tables of Markdown, and tables of web pages. A merged cell stands once with
//! blank cells behind it, or is repeated, or its continuation is missing; that is for the form to see.

use super::absent::{self, is_absent};
use super::copy::CopyBuilder;
use super::grid::Grid;
use super::{Dialect, line};
use crate::source::Kept;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{anychar, multispace0, satisfy};
use nom::combinator::{all_consuming, opt, value};
use nom::multi::fold_many0;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// A row broken over more lines than this never closes.
const ROW_LINES: u32 = 50;

pub(super) fn read<'t>(text: &'t str, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
    let mut copy = CopyBuilder::new(text);
    let closed = rows_are_closed(text);
    // Where empty cells hold a word, a blank one shows that a line goes on with the row above.
    let mut wrapped = absent::of_markdown(text).then(Wrapped::default);
    let mut rest = text;
    while let Ok((next, current)) = line(rest) {
        let first = copy.line(current);
        rest = next;
        let bare = current.trim();
        if let Some(wrapped) = &mut wrapped {
            if bare.starts_with('|') && !is_rule(bare) {
                wrapped.add(&mut copy, cells(bare, closed, dialect), first);
                continue;
            }
            wrapped.end(&mut copy);
        }
        if !bare.contains('|') {
            copy.body(&plain(bare, dialect), first);
        } else if is_rule(bare) {
            copy.drawn(first);
        } else if closed && bare.starts_with('|') && !bare.ends_with('|') {
            rest = broken_row(&mut copy, bare, rest, first, dialect);
        } else {
            copy.row(&cells(bare, closed, dialect), (first, first));
        }
    }
    if let Some(wrapped) = &mut wrapped {
        wrapped.end(&mut copy);
    }
    copy.finish(dialect, kept)
}

/// A row whose cells take several lines, as it grows.
#[derive(Default)]
struct Wrapped {
    cells: Vec<String>,
    lines: (u32, u32),
}

impl Wrapped {
    /// Adds the cells of a line: those of the next row, or more lines of the cells of the row at hand.
    fn add(&mut self, copy: &mut CopyBuilder<'_>, cells: Vec<String>, line: u32) {
        let blank = |cell: &String| cell.is_empty();
        let goes_on = self.cells.len() == cells.len()
            && cells.iter().any(blank)
            && !cells.iter().any(|cell| is_absent(cell))
            // Nothing goes on in a cell that is empty.
            && cells.iter().zip(&self.cells).all(|(more, cell)| blank(more) || !is_absent(cell));
        if !goes_on {
            self.end(copy);
            (self.cells, self.lines) = (cells, (line, line));
            return;
        }
        for (cell, more) in self.cells.iter_mut().zip(&cells).filter(|(_, more)| !blank(more)) {
            cell.push('\n');
            cell.push_str(more);
        }
        self.lines.1 = line;
    }

    /// Copies the row at hand.
    fn end(&mut self, copy: &mut CopyBuilder<'_>) {
        if !self.cells.is_empty() {
            copy.row(&std::mem::take(&mut self.cells), self.lines);
        }
    }
}

/// Whether rows stand between bars, so that the first and the last bar of a line part no cells.
fn rows_are_closed(text: &str) -> bool {
    let (mut closed, mut open) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| line.contains('|')).take(1_000) {
        if line.len() > 1 && line.starts_with('|') && line.ends_with('|') { closed += 1 } else { open += 1 }
    }
    // Rows that begin and end with a blank cell look closed too.
    closed > open * 9
}

/// A row whose cell broke over lines: it goes on up to the line that ends with a bar.
fn broken_row<'t>(
    copy: &mut CopyBuilder<'t>,
    start: &str,
    rest: &'t str,
    first: u32,
    dialect: Dialect,
) -> &'t str {
    let mut whole = start.to_owned();
    let mut ahead = rest;
    for _ in 0..ROW_LINES {
        let Ok((next, current)) = line(ahead) else { break };
        // A line that opens a row shows that the one above was never closed.
        if current.trim().starts_with('|') {
            break;
        }
        whole.push('\n');
        whole.push_str(current);
        ahead = next;
        if current.trim().ends_with('|') {
            let mut passed = rest;
            let mut last = first;
            while passed.len() > ahead.len() {
                let Ok((next, current)) = line(passed) else { break };
                last = copy.line(current);
                passed = next;
            }
            copy.row(&cells(&whole, true, dialect), (first, last));
            return ahead;
        }
    }
    copy.row(&cells(start, true, dialect), (first, first));
    rest
}

/// The row of dashes below a header: `| --- | :---: |`.
pub(super) fn is_rule(line: &str) -> bool {
    let bare = line.trim().trim_matches('|');
    line.contains("---")
        && bare.split('|').all(|cell| {
            let cell = cell.trim();
            let dashes = cell.strip_prefix(':').unwrap_or(cell);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            dashes.len() >= 2 && dashes.bytes().all(|b| b == b'-')
        })
}

/// The cells of a row.
pub(super) fn cells(row: &str, closed: bool, dialect: Dialect) -> Vec<String> {
    let row = row.trim();
    let row = if closed { row.strip_prefix('|').unwrap_or(row) } else { row };
    let escapes = dialect == Dialect::Markdown;
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            b'\\' if escapes && !escaped => escaped = true,
            b'|' if !escaped => {
                cells.push(plain(&row[start..at], dialect));
                start = at + 1;
            }
            _ => escaped = false,
        }
    }
    if !closed || start < row.len() {
        cells.push(plain(&row[start..], dialect));
    }
    cells
}

/// A cell's text without its markup.
fn plain(cell: &str, dialect: Dialect) -> String {
    let cell = cell.trim();
    if dialect != Dialect::Markdown {
        return cell.to_owned();
    }
    let bold = cell.contains("**") && !cell.bytes().all(|b| b == b'*');
    match all_consuming(|input| unmarked(input, bold)).parse(cell) {
        Ok((_, text)) => text,
        Err(_) => cell.to_owned(),
    }
}

fn unmarked(input: &str, bold: bool) -> IResult<&str, String> {
    let piece = alt((
        value('\n', line_break),
        // A line break that a program spelled out.
        value('\n', tag("\\n")),
        preceded(tag("\\"), satisfy(|c| c.is_ascii_punctuation())),
        entity,
        anychar,
    ));
    let strong = |input| -> IResult<&str, ()> {
        if bold { value((), tag("**")).parse(input) } else { nom::combinator::fail().parse(input) }
    };
    let piece = alt((value(None, strong), piece.map(Some)));
    fold_many0(piece, String::new, |mut text, c: Option<char>| {
        text.extend(c);
        text
    })
    .parse(input)
}

/// `<br>`, `<br/>`, `<br />`.
pub(super) fn line_break(input: &str) -> IResult<&str, ()> {
    value((), (tag_no_case("<br"), multispace0, opt(tag("/")), multispace0, tag(">"))).parse(input)
}

/// A character reference of HTML.
pub(super) fn entity(input: &str) -> IResult<&str, char> {
    let (rest, name) = terminated(
        preceded(tag("&"), take_while1(|c: char| c.is_ascii_alphanumeric() || c == '#')),
        tag(";"),
    )
    .parse(input)?;
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let named = match name {
        "nbsp" | "ensp" | "emsp" => Some('\u{a0}'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "le" => Some('≤'),
        "ge" => Some('≥'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "ldquo" => Some('\u{201c}'),
        "rdquo" => Some('\u{201d}'),
        "apos" => Some('\''),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "times" => Some('×'),
        _ => number.and_then(char::from_u32),
    };
    match named {
        Some(c) => Ok((rest, c)),
        None => nom::combinator::fail().parse(input),
    }
}
