//! Columns held by runs of spaces, as pdftotext -layout prints them: two spaces or more part cells.

use super::copy::CopyBuilder;
use super::grid::{Grid, Opens};
use super::{Dialect, line};
use crate::source::Kept;
use nom::Parser;
use nom::bytes::complete::{tag, take_until};
use nom::character::complete::space0;
use nom::combinator::rest;
use nom::branch::alt;

pub(super) fn read<'t>(text: &'t str, kept: &'t Kept) -> Grid<'t> {
    let mut copy = CopyBuilder::new(text);
    let mut left = text;
    while let Ok((next, current)) = line(left) {
        let number = copy.line(current);
        left = next;
        let bare = current.trim();
        if !bare.is_empty() && bare.bytes().all(|b| matches!(b, b'-' | b' ' | b'=')) {
            copy.drawn(number);
            continue;
        }
        cells(&mut copy, bare, number);
    }
    copy.finish(Dialect::Layout, kept)
}

fn cells(copy: &mut CopyBuilder<'_>, line: &str, number: u32) {
    // A heading, `label: value   label: value`, is one cell.
    let whole = line.contains(['：', ':']) && line.matches(['：', ':']).count() > 1;
    let mut left = line;
    let mut opens = Opens::Row;
    while !left.is_empty() {
        if whole {
            return copy.cell(left, (number, number), opens);
        }
        let mut cell = (alt((take_until("  "), rest)), space0);
        let parsed: nom::IResult<&str, (&str, &str)> = cell.parse(left);
        let Ok((next, (text, _))) = parsed else { return };
        // The space that a converter puts between Chinese and figures is none of the page's.
        copy.cell(text.trim(), (number, number), opens);
        opens = Opens::Next;
        let marker: nom::IResult<&str, &str> = tag("\u{3000}").parse(next);
        left = marker.map_or(next, |(behind, _)| behind.trim_start());
    }
}
