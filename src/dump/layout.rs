//! Columns held by runs of spaces, as pdftotext -layout prints them: two spaces or more part cells.

use super::copy::CopyBuilder;
use super::grid::{Grid, Opens};
use super::{Dialect, line};
use crate::source::Kept;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_until;
use nom::character::complete::multispace0;
use nom::combinator::rest;

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
    let mut left = line;
    let mut opens = Opens::Row;
    while !left.is_empty() {
        let mut cell = (alt((take_until("  "), rest)), multispace0);
        let parsed: nom::IResult<&str, (&str, &str)> = cell.parse(left);
        let Ok((mut next, (mut text, _))) = parsed else { return };
        // What stands behind a colon belongs to the label before it.
        let behind = next.find("  ").unwrap_or(next.len());
        let value = behind > 0 && !next[..behind].contains(['：', ':']);
        if text.trim_end().ends_with(['：', ':']) && value {
            let end = line.len() - next.len() + behind;
            text = &line[line.len() - left.len()..end];
            next = line[end..].trim_start();
        }
        copy.cell(text.trim(), (number, number), opens);
        opens = Opens::Next;
        left = next;
    }
}
