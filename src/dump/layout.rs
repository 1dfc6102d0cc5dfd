//! Columns held by runs of spaces, as pdftotext -layout prints them: two spaces or more part cells. Where every cell of a line
//! begins right below one of the line above that has no room left, the line goes on with the row above.

use super::boxes::{ends, first_word};
use super::cells::is_number;
use super::copy::CopyBuilder;
use super::grid::{Grid, Opens};
use super::{Dialect, line, width};
use crate::source::Kept;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_until;
use nom::character::complete::multispace0;
use nom::combinator::rest;
use std::collections::BTreeMap;

pub(super) fn read<'t>(text: &'t str, kept: &'t Kept) -> Grid<'t> {
    let mut copy = CopyBuilder::new(text);
    let mut left = text;
    let mut block: Vec<Vec<Part<'_>>> = Vec::new();
    while let Ok((next, current)) = line(left) {
        let number = copy.line(current);
        left = next;
        let bare = current.trim();
        if !bare.is_empty() && bare.bytes().all(|b| matches!(b, b'-' | b' ' | b'=')) {
            copy.drawn(number);
            continue;
        }
        match cells(current, number) {
            parts if parts.is_empty() => end_block(&mut copy, &mut block),
            parts => block.push(parts),
        }
    }
    end_block(&mut copy, &mut block);
    copy.finish(Dialect::Layout, kept)
}

/// What a line holds between two runs of spaces.
struct Part<'t> {
    /// The column at which it begins, at least and at most.
    start: (usize, usize),
    /// Its text on each of its lines.
    texts: Vec<&'t str>,
    line: u32,
}

impl Part<'_> {
    fn wide(&self) -> usize {
        self.texts.last().map_or(0, |text| width::of_text(text))
    }
}

/// For columns at which cells begin, the next at which one begins on the same line, and the widest text that begins there.
type Rooms = BTreeMap<usize, (Option<usize>, usize)>;

fn rooms(block: &[Vec<Part<'_>>]) -> Rooms {
    let mut rooms = Rooms::new();
    for line in block {
        for (at, part) in line.iter().enumerate().filter(|(_, part)| part.start.0 == part.start.1) {
            let next = line.get(at + 1).map(|next| next.start.0);
            let room = rooms.entry(part.start.0).or_insert((next, 0));
            room.0 = room.0.into_iter().chain(next).min();
            room.1 = room.1.max(part.wide());
        }
    }
    rooms
}

/// Spaces that part two cells at the least.
const GAP: usize = 2;

/// Whether columns hold the cells of a block. Where they do, cells are filled up with spaces to different widths; where nothing but
/// the same few spaces part them, the places at which they begin say nothing.
fn is_held(block: &[Vec<Part<'_>>]) -> bool {
    let pairs = || block.iter().flat_map(|line| line.windows(2));
    let gap = |pair: &[Part<'_>]| pair[1].start.0.saturating_sub(pair[0].start.0 + pair[0].wide());
    let narrow = pairs().filter(|pair| gap(pair) <= GAP).count();
    narrow * 4 <= pairs().count() * 3
}

fn end_block<'t>(copy: &mut CopyBuilder<'_>, block: &mut Vec<Vec<Part<'t>>>) {
    let rooms = rooms(block);
    let held = is_held(block);
    let mut row: Vec<Part<'t>> = Vec::new();
    for line in block.drain(..) {
        let Some(below) = held.then(|| places(&row, &line, &rooms)).flatten() else {
            flush(copy, &mut row);
            row = line;
            continue;
        };
        for (part, at) in line.into_iter().zip(below) {
            row[at].texts.extend(part.texts);
        }
    }
    flush(copy, &mut row);
}

/// For each cell of a line the one of the row above that it goes on with; `None` where one begins anew.
fn places(row: &[Part<'_>], line: &[Part<'_>], rooms: &Rooms) -> Option<Vec<usize>> {
    let height = row.first()?.line + row.iter().map(|part| part.texts.len()).max()? as u32;
    let goes_on = |part: &Part<'_>| {
        let below = |above: &Part<'_>| above.start.0 <= part.start.1 && part.start.0 <= above.start.1;
        let at = row.iter().position(below)?;
        let (above, text) = (&row[at], part.texts.first()?);
        let (next, widest) = *rooms.get(&part.start.0)?;
        let room = next.map_or(widest, |next| next.saturating_sub(part.start.0 + 2));
        let full = above.wide() + width::of_text(first_word(text)) > room;
        let upper = above.texts.last()?;
        // A figure that fills its column up, above digits that no figure begins with, was broken there.
        let broken = next.is_some() && above.wide() == room && is_number(upper) && is_rest(text);
        let whole = !broken && ends(upper, text);
        (full && !whole && above.line + above.texts.len() as u32 == part.line).then_some(at)
    };
    (line.first()?.line == height).then(|| line.iter().map(goes_on).collect()).flatten()
}

/// Whether a text may be the last digits of a figure.
fn is_rest(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn flush(copy: &mut CopyBuilder<'_>, row: &mut Vec<Part<'_>>) {
    for (nth, part) in row.drain(..).enumerate() {
        let last = part.line + part.texts.len() as u32 - 1;
        copy.cell(&part.texts.concat(), (part.line, last), if nth == 0 { Opens::Row } else { Opens::Next });
    }
}

fn cells(whole: &str, number: u32) -> Vec<Part<'_>> {
    let line = whole.trim();
    let mut parts = Vec::new();
    let mut left = line;
    let mut column = (0, 0);
    let mut measured = 0;
    while !left.is_empty() {
        let mut cell = (alt((take_until("  "), rest)), multispace0);
        let parsed: nom::IResult<&str, (&str, &str)> = cell.parse(left);
        let Ok((mut next, (mut text, _))) = parsed else { return parts };
        // What stands behind a colon belongs to the label before it, but for the first of a row of figures.
        let behind = next.find("  ").unwrap_or(next.len());
        let mut figures = next.split_whitespace().take(2);
        let row = next.trim().contains("  ") && figures.all(is_number);
        let value = behind > 0 && !row && !next[..behind].contains(['：', ':']);
        if text.trim_end().ends_with(['：', ':']) && value {
            let end = line.len() - next.len() + behind;
            text = &line[line.len() - left.len()..end];
            next = line[end..].trim_start();
        }
        let at = left.as_ptr() as usize - whole.as_ptr() as usize;
        let (least, most) = width::reach_of(&whole[measured..at]);
        (column, measured) = ((column.0 + least, column.1 + most), at);
        parts.push(Part { start: column, texts: vec![text.trim()], line: number });
        left = next;
    }
    parts
}
