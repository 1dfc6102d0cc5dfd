//! Columns held by runs of spaces, as pdftotext -layout prints them: two spaces or more part cells. Where every cell of a line
//! begins right below one of the line above that has no room left, the line goes on with the row above.

use super::boxes::{ends, first_word};
use super::cells::is_number;
use super::copy::CopyBuilder;
use super::grid::{Grid, Opens};
use super::{Dialect, escapes, line, width};
use crate::grammar::fold;
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
    let measure = Measure::of(text);
    let escaped = escapes::holds(text);
    while let Ok((next, current)) = line(left) {
        let number = copy.line(current);
        left = next;
        let bare = current.trim();
        if !bare.is_empty() && bare.bytes().all(|b| matches!(b, b'-' | b' ' | b'=')) {
            copy.drawn(number);
            continue;
        }
        match cells(current, number, measure) {
            parts if parts.is_empty() => end_block(&mut copy, &mut block, escaped),
            parts => block.push(parts),
        }
    }
    end_block(&mut copy, &mut block, escaped);
    copy.finish(Dialect::Layout, kept)
}

/// Cells that begin right below others by one count alone, below which they are chance.
const FEWEST_BELOW: usize = 4;

/// How a program counts columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// As they are printed: Chinese characters take two.
    Columns,
    /// One for each character, as pdftotext does.
    Characters,
}

impl Measure {
    /// By which of the two more cells begin right below one of the line above, and not by the other.
    fn of(text: &str) -> Self {
        let (mut columns, mut characters) = (0usize, 0usize);
        let mut above: [Vec<(usize, usize)>; 2] = [Vec::new(), Vec::new()];
        for line in text.lines() {
            let starts = |measure| -> Vec<_> {
                cells(line, 0, measure).iter().map(|part: &Part<'_>| part.start).collect()
            };
            let [printed, counted] = [starts(Measure::Columns), starts(Measure::Characters)];
            for (at, _) in printed.iter().enumerate().skip(1) {
                // Both ends of where cells begin only grow along a line.
                let below = |starts: &[(usize, usize)], above: &[(usize, usize)]| {
                    let first = above.partition_point(|above| above.1 < starts[at].0);
                    above.get(first).is_some_and(|above| above.0 <= starts[at].1)
                };
                match (below(&printed, &above[0]), below(&counted, &above[1])) {
                    (true, false) => columns += 1,
                    (false, true) => characters += 1,
                    _ => {}
                }
            }
            above = [printed, counted];
        }
        let counted = characters >= FEWEST_BELOW && characters > 2 * columns;
        if counted { Measure::Characters } else { Measure::Columns }
    }

    /// Columns that a text takes, at least and at most.
    fn reach_of(self, text: &str) -> (usize, usize) {
        match self {
            Measure::Columns => width::reach_of(text),
            Measure::Characters => {
                let count = text.chars().count();
                (count, count)
            }
        }
    }

    /// Columns that a text takes.
    fn of_text(self, text: &str) -> usize {
        match self {
            Measure::Columns => width::of_text(text),
            Measure::Characters => text.chars().count(),
        }
    }
}

/// What a line holds between two runs of spaces.
#[derive(Clone)]
struct Part<'t> {
    /// The column at which it begins, at least and at most.
    start: (usize, usize),
    /// Its text on each of its lines, one at least.
    texts: Vec<&'t str>,
    /// Its line from where it begins.
    left: &'t str,
    line: u32,
    measure: Measure,
}

impl Part<'_> {
    fn wide(&self) -> usize {
        self.texts.last().map_or(0, |text| self.measure.of_text(text))
    }
}

/// What is known of a column at which cells begin.
#[derive(Default)]
struct Room {
    /// The nearest column at which another cell begins on the same line.
    nearest: Option<usize>,
    /// The one at which most do.
    usual: Option<usize>,
    /// The widest text that begins here, and the widest figure.
    widest: usize,
    figures: usize,
    /// Whether each character counts as a column, so that how far off the next cell begins says nothing.
    by_characters: bool,
}

impl Room {
    /// The columns that a text has, were the next cell to begin at one.
    fn up_to(&self, next: Option<usize>, start: usize) -> usize {
        let next = next.filter(|_| !self.by_characters);
        next.map_or(self.widest, |next| next.saturating_sub(start + GAP))
    }
}

type Rooms = BTreeMap<usize, Room>;

fn rooms(block: &[Vec<Part<'_>>]) -> Rooms {
    let (mut rooms, mut nexts) = (Rooms::new(), BTreeMap::<(usize, usize), usize>::new());
    for line in block {
        for (at, part) in line.iter().enumerate().filter(|(_, part)| part.start.0 == part.start.1) {
            let room = rooms.entry(part.start.0).or_default();
            room.widest = part.wide().max(room.widest);
            room.by_characters = part.measure == Measure::Characters;
            if part.texts.iter().all(|text| is_piece(text)) {
                room.figures = part.wide().max(room.figures);
            }
            // A unit right behind its figure is no cell of a column.
            let stray = |next: &Part<'_>| {
                let near = next.start.0 <= part.start.0 + part.wide() + GAP;
                near && is_unit(next.texts[0]) && is_piece(part.texts[0])
            };
            if let Some(next) = line.get(at + 1).filter(|next| !stray(next)) {
                *nexts.entry((part.start.0, next.start.0)).or_default() += 1;
            }
        }
    }
    let mut most = 0;
    for ((start, next), times) in nexts {
        let Some(room) = rooms.get_mut(&start) else { continue };
        if room.nearest.is_none() {
            (room.nearest, most) = (Some(next), 0);
        }
        if times > most {
            (room.usual, most) = (Some(next), times);
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
    narrow * 4 <= pairs().count() * 3 || is_aligned(block)
}

/// Parts of a line that make it a row of more than a label and its value.
const ROW: usize = 3;

/// Whether the cells of rows begin at the same few columns, so that they are held although all are as narrow as their cells.
fn is_aligned(block: &[Vec<Part<'_>>]) -> bool {
    let rows = || block.iter().filter(|line| line.len() >= ROW);
    let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
    rows().flatten().for_each(|part| *starts.entry(part.start.0).or_default() += 1);
    let (lines, parts) = (rows().count(), starts.values().sum::<usize>());
    let shared: usize = starts.values().filter(|&&times| times > 1 && times * 5 >= lines).sum();
    lines >= ROW && shared * 10 >= parts * 9
}

fn end_block<'t>(copy: &mut CopyBuilder<'_>, block: &mut Vec<Vec<Part<'t>>>, escaped: bool) {
    let rooms = rooms(block);
    let held = is_held(block);
    let mut row: Vec<Part<'t>> = Vec::new();
    for line in block.drain(..) {
        let line = if held { closed(&row, &line, &rooms).unwrap_or(line) } else { line };
        let Some(below) = held.then(|| places(&row, &line, &rooms)).flatten() else {
            flush(copy, &mut row, escaped);
            row = line;
            continue;
        };
        for (part, at) in line.into_iter().zip(below) {
            row[at].texts.extend(part.texts);
        }
    }
    flush(copy, &mut row, escaped);
}

/// For each cell of a line the one of the row above that it goes on with; `None` where one begins anew.
fn places(row: &[Part<'_>], line: &[Part<'_>], rooms: &Rooms) -> Option<Vec<usize>> {
    let height = row.first()?.line + row.iter().map(|part| part.texts.len()).max()? as u32;
    if line.first()?.line != height {
        return None;
    }
    let pairs = above(row, line)?;
    let alone =
        line.iter().all(|part| part.texts.first().is_some_and(|text| is_piece(text) || is_unit(text)));
    // As wide as its column a piece may be only beside one that is not, or where its line holds nothing else.
    let narrow = |&(at, part): &(usize, &Part<'_>)| is_broken(&row[at], part, rooms, false);
    let any = pairs.iter().any(narrow);
    // Where columns say little of their width, figures go on only beside one that was broken for certain.
    let measure = line.first()?.measure;
    let torn =
        measure == Measure::Columns || pairs.iter().any(|&(at, part)| is_torn(&row[at].texts, part.texts[0]));
    let goes_on = |&(at, part): &(usize, &Part<'_>)| {
        let (above, text) = (&row[at], part.texts.first()?);
        let room = rooms.get(&part.start.0)?;
        let full = above.wide() + measure.of_text(first_word(text)) > room.up_to(room.nearest, part.start.0);
        // Nothing holds the last column, but its figures are broken where those beside them are.
        // A line of nothing but pieces goes on with the one above if any of them does.
        let pieces = measure == Measure::Characters && alone && torn && makes_figure(&above.texts, text);
        let broken = pieces
            || (torn && is_broken(above, part, rooms, alone || any))
            || (torn && room.nearest.is_none() && any && makes_figure(&above.texts, text))
            || (is_unit(text) && above.texts.iter().all(|text| is_piece(text)));
        // A bracket that is open above and closed here was broken, whatever room there was beside a blank cell.
        let open: i32 = above.texts.iter().map(|text| open_brackets(text)).sum();
        let bracket = open > 0 && open_brackets(text) < 0;
        let figures = is_piece(text) && above.texts.iter().all(|text| is_piece(text));
        let words = full && !ends(above.texts.last()?, text) && (measure == Measure::Columns || !figures);
        let goes_on = broken || bracket || words;
        (goes_on && above.line + above.texts.len() as u32 == part.line).then_some(at)
    };
    pairs.iter().map(goes_on).collect()
}

/// A line with the units that spaces part from the figure before them put together with it, where nothing stands above them and
/// it goes on with the row above so.
fn closed<'t>(row: &[Part<'_>], line: &[Part<'t>], rooms: &Rooms) -> Option<Vec<Part<'t>>> {
    let stands = |part: &Part<'_>| row.iter().any(|above| is_below(above, part));
    let stray = |pair: &[Part<'_>]| {
        let (figure, unit) = (&pair[0], &pair[1]);
        is_unit(unit.texts[0]) && is_piece(figure.texts[0]) && stands(figure) && !stands(unit)
    };
    let at = line.windows(2).position(stray)?;
    let mut line = line.to_vec();
    let unit = line.remove(at + 1).texts[0];
    let figure = &mut line[at];
    let end = unit.as_ptr() as usize + unit.len() - figure.left.as_ptr() as usize;
    figure.texts[0] = figure.left.get(..end)?;
    places(row, &line, rooms).map(|_| line)
}

/// Whether a cell begins right below another one.
fn is_below(above: &Part<'_>, part: &Part<'_>) -> bool {
    above.start.0 <= part.start.1 && part.start.0 <= above.start.1
}

/// The cells of a line, each with the one of the row above that it begins right below.
fn above<'l, 't>(row: &[Part<'_>], line: &'l [Part<'t>]) -> Option<Vec<(usize, &'l Part<'t>)>> {
    let place = |part: &Part<'_>| row.iter().position(|above| is_below(above, part));
    line.iter().map(|part| Some((place(part)?, part))).collect()
}

/// Whether a figure that fills its column up was broken there: what stands below makes one figure with it; `wide` says whether that may
/// be as wide as the column.
fn is_broken(above: &Part<'_>, part: &Part<'_>, rooms: &Rooms, wide: bool) -> bool {
    let (Some(room), Some(text)) = (rooms.get(&part.start.0), part.texts.first()) else { return false };
    // What stands beside signs of unsure width counts for no column's room, but has as much as it takes.
    let unsure = if above.start.0 < above.start.1 { above.wide() } else { 0 };
    let room = if room.by_characters { room.figures } else { room.up_to(room.usual, part.start.0) };
    let room = room.max(unsure);
    let next = text.chars().next().map_or(0, |c| part.measure.of_text(c.encode_utf8(&mut [0; 4])));
    let filled = above.wide() <= room && above.wide() + next > room;
    filled && (wide || part.measure.of_text(text) < room) && makes_figure(&above.texts, text)
}

/// Whether a text below a figure is no figure of its own: it begins with more zeros than figures do, or with what stands inside
/// one, or the figure above ends so, or has decimals that this one goes on with.
fn is_torn(above: &[&str], below: &str) -> bool {
    let Some(last) = above.last().filter(|_| makes_figure(above, below)) else { return false };
    let zeros = below.starts_with('0') && below[1..].starts_with(|c: char| c.is_ascii_digit());
    let inside = |c: char| matches!(fold::narrow(c), '.' | ',' | '%');
    let point = |text: &str| text.chars().any(|c| fold::narrow(c) == '.');
    let decimals = above.iter().any(|text| point(text)) && !point(below);
    zeros || decimals || below.starts_with(inside) || last.ends_with(inside)
}

/// Digits of the longest sum of money.
const LONGEST_SUM: usize = 14;

/// Characters of the longest unit of money in its own short form.
const LONGEST_UNIT: usize = 2;

/// Whether a text may be a unit behind a figure.
fn is_unit(text: &str) -> bool {
    let sign = matches!(text, "%" | "％");
    sign || (text.chars().count() <= LONGEST_UNIT && text.chars().all(is_ideograph))
}

fn is_ideograph(c: char) -> bool {
    c.is_alphabetic() && ('\u{2e80}'..'\u{ff00}').contains(&c)
}

/// Whether a text may be a part of a figure: digits and what stands between them, full-width or misread, and a unit behind them.
fn is_piece(text: &str) -> bool {
    let text = text.strip_suffix(['%', '％']).unwrap_or(text);
    let bare = text.trim_end_matches(is_ideograph);
    let unit = text[bare.len()..].chars().count() <= LONGEST_UNIT;
    let bare = bare.trim_end();
    unit && bare.chars().all(|c| is_digit(c) || is_mark(c)) && bare.chars().any(is_digit)
}

fn is_digit(c: char) -> bool {
    matches!(fold::narrow(c), '0'..='9' | 'O' | 'o' | 'l' | 'I' | 'S' | 'B')
}

fn is_mark(c: char) -> bool {
    matches!(fold::narrow(c), '.' | ',' | '。')
}

/// Whether the lines of a cell and the text below them are the pieces of one figure: no two points, groups of three digits behind
/// commas, and no more digits than sums have.
fn makes_figure(above: &[&str], below: &str) -> bool {
    let upper =
        above.iter().all(|text| is_piece(text) && !text.ends_with(|c: char| !is_digit(c) && !is_mark(c)));
    let sign = matches!(below, "%" | "％");
    if !upper || !(is_piece(below) || sign) {
        return false;
    }
    let whole = above.concat() + below;
    let digits = || whole.chars().map(fold::narrow).filter(|&c| is_digit(c) || is_mark(c));
    let text: String = digits().map(|c| if c == '。' { '.' } else { c }).collect();
    let (integer, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut groups = integer.split(',');
    let grouped = groups.next().is_some_and(|first| !integer.contains(',') || (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3);
    grouped && decimals.chars().all(is_digit) && text.len() <= LONGEST_SUM + 4
}

/// How many brackets a text opens more than it closes.
fn open_brackets(text: &str) -> i32 {
    text.chars().map(|c| i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'))).sum()
}

fn flush(copy: &mut CopyBuilder<'_>, row: &mut Vec<Part<'_>>, escaped: bool) {
    for (nth, part) in row.drain(..).enumerate() {
        let last = part.line + part.texts.len() as u32 - 1;
        let text = part.texts.concat();
        let text = if escaped { escapes::undone(&text) } else { text };
        copy.cell(&text, (part.line, last), if nth == 0 { Opens::Row } else { Opens::Next });
    }
}

fn cells(whole: &str, number: u32, measure: Measure) -> Vec<Part<'_>> {
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
        let row = next.trim().contains("  ") && figures.all(|word| is_number(word) || is_piece(word));
        let value = behind > 0 && !row && !next[..behind].contains(['：', ':']);
        if text.trim_end().ends_with(['：', ':']) && value {
            let end = line.len() - next.len() + behind;
            text = &line[line.len() - left.len()..end];
            next = line[end..].trim_start();
        }
        let at = left.as_ptr() as usize - whole.as_ptr() as usize;
        let (least, most) = measure.reach_of(&whole[measured..at]);
        (column, measured) = ((column.0 + least, column.1 + most), at);
        parts.push(Part { start: column, texts: vec![text.trim()], left, line: number, measure });
        left = next;
    }
    // Such a program leaves one space where a label fills its column; others leave two.
    if measure == Measure::Characters { without_sums(parts) } else { parts }
}

/// The parts of a line, with the figures that one space alone parts from the label or the figure before them as parts of their own,
/// where more figures follow: a column as narrow as its label leaves no more room.
fn without_sums(parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let row = |at: usize| parts.get(at + 1).is_some_and(|next| is_value(next.texts[0]));
    if !(0..parts.len()).any(|at| row(at) && sums_behind(parts[at].texts[0]).is_some()) {
        return parts;
    }
    let mut out = Vec::with_capacity(parts.len() + 1);
    for (at, part) in parts.iter().enumerate() {
        let Some(label) = sums_behind(part.texts[0]).filter(|_| row(at)) else {
            out.push(part.clone());
            continue;
        };
        let text = part.texts[0];
        if !label.is_empty() {
            out.push(Part { texts: vec![label], ..part.clone() });
        }
        for word in text[label.len()..].split(' ').filter(|word| !word.is_empty()) {
            let from = word.as_ptr() as usize - text.as_ptr() as usize;
            let (least, most) = part.measure.reach_of(&text[..from]);
            let start = (part.start.0 + least, part.start.1 + most);
            let left = part.left.get(from..).unwrap_or(word);
            out.push(Part { start, texts: vec![word], left, ..part.clone() });
        }
    }
    out
}

/// What stands before the figures with decimals at a text's end: a label, or nothing where it holds two figures or more.
fn sums_behind(text: &str) -> Option<&str> {
    // More than three digits are no group of a figure's that spaces part.
    let long = text.split(' ').next().is_some_and(|first| first.len() > 3 && !first.contains(','));
    // A figure that ends with its point goes on behind the space.
    let whole = |word: &str| word.trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit());
    if long
        && text.contains(' ')
        && text.split(' ').all(|word| is_number(word) && whole(word) && word.len() > 1)
    {
        return Some("");
    }
    let (mut label, mut sums) = (text, 0);
    while let Some(word) = label.split(' ').next_back().filter(|word| has_decimals(word)) {
        label = label[..label.len() - word.len()].trim_end();
        sums += 1;
    }
    let enough = if label.is_empty() { sums > 1 } else { sums > 0 && label.ends_with(ends_label) };
    enough.then_some(label)
}

/// Whether a label may end with a character: an ideograph or what closes its brackets.
fn ends_label(c: char) -> bool {
    is_ideograph(c) || matches!(c, ')' | '）' | '：' | ':' | '”' | '、')
}

/// Whether a word is a figure with decimals.
fn has_decimals(word: &str) -> bool {
    is_number(word)
        && word.bytes().any(|byte| byte == b'.')
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text is a figure, or says that there is none.
fn is_value(text: &str) -> bool {
    text.split(' ').all(|word| is_number(word) || is_piece(word) || matches!(word, "—" | "-" | "－"))
}
