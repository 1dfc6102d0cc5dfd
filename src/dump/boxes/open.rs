//! Tables without rules between their rows: which lines make a row.
//!
//! antiword prints a row on as many lines as its tallest cell has. A paragraph that does not fit is cut where its column is full, in
//! a figure too, or at the last space; an empty paragraph is a blank line of its cell, unless nothing stands behind it.

use super::{Growing, WIDEST};
use crate::dump::copy::CopyBuilder;
use crate::dump::grid::is_filled;
use crate::dump::width;
use crate::grammar::fold;

/// Columns of a terminal that a piece of a label takes at most.
const LABEL: usize = 12;

/// Lines within which sums follow a header that is broken into pieces.
const HEADER: usize = 4;

/// A line of a table without rules.
struct BoxLine<'t> {
    number: u32,
    edges: Vec<(usize, usize)>,
    cells: Vec<&'t str>,
}

impl<'t> BoxLine<'t> {
    fn new(number: u32, line: &'t str) -> Self {
        let edges = width::reaches_of(line, '|');
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        BoxLine { number, edges, cells: inner.split('|').collect() }
    }

    fn filled(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| is_filled(cell))
    }

    /// Whether the bars of another line may stand under this one's.
    fn is_over(&self, below: &BoxLine<'_>) -> bool {
        let meet = |(a, b): (&(usize, usize), &(usize, usize))| a.0 <= b.1 && b.0 <= a.1;
        self.edges.len() == below.edges.len() && self.edges.iter().zip(&below.edges).all(meet)
    }
}

/// A table without rules: lines are joined to rows where a cell was wrapped, or where a line fills only some of the cells
/// that the one above fills.
pub(super) fn table(copy: &mut CopyBuilder<'_>, lines: &[(u32, &str)]) {
    let lines: Vec<BoxLine<'_>> = lines.iter().map(|&(number, line)| BoxLine::new(number, line)).collect();
    let (mut at, mut above) = (0, Vec::new());
    while at < lines.len() {
        let first = &lines[at];
        let mut row: Vec<Growing> = vec![Growing::default(); first.cells.len()];
        grow(&mut row, first, None);
        let (mut last, mut bare) = (at, first.figures() == 0);
        while let Some(next) = lines.get(last + 1) {
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            let before = before.map(|line| (line, above.as_slice()));
            let so_far = Row { before, lines: &lines[at..=last], cells: &row, bare };
            if !goes_on(so_far, next, &lines[last + 2..]) {
                break;
            }
            bare &= next.figures() == 0;
            grow(&mut row, next, Some(&lines[last]));
            last += 1;
        }
        above = row.into_iter().map(|cell| cell.text).collect();
        copy.row(&above, (first.number, lines[last].number));
        at = last + 1;
    }
}

fn grow(row: &mut [Growing], line: &BoxLine<'_>, above: Option<&BoxLine<'_>>) {
    for (nth, cell) in row.iter_mut().enumerate() {
        // Of a figure nothing stands below it but its own end.
        let wrapped = above.is_some_and(|above| {
            is_wrapped(above, line, nth)
                || (above.is_figure(nth) && (is_full(above, line, nth) || is_unit(line.cells[nth].trim())))
        });
        if line.filled(nth) {
            cell.add(line.cells[nth], wrapped);
        }
    }
}

/// Whether what a cell says on `line` did not fit on the line above.
fn is_wrapped(above: &BoxLine<'_>, line: &BoxLine<'_>, nth: usize) -> bool {
    let (Some(upper), Some(lower)) = (above.cells.get(nth), line.cells.get(nth)) else { return false };
    let ended = upper.trim_end();
    // The box pads what it could not fill, and no line that was broken begins with a blank.
    let left = width::of_text(&upper[ended.len()..]);
    !ended.trim_start().is_empty()
        && !lower.starts_with(char::is_whitespace)
        && (width::of_text(first_word(lower)) > left && !is_value(lower) || is_full(above, line, nth))
        && !ends(ended, lower)
}

/// Whether a cell has no room on the line above for the first character of what it says on the line.
fn is_full(above: &BoxLine<'_>, line: &BoxLine<'_>, nth: usize) -> bool {
    let (Some(upper), Some(lower)) = (above.cells.get(nth), line.cells.get(nth)) else { return false };
    let left = width::of_text(&upper[upper.trim_end().len()..]);
    let mut bytes = [0; 4];
    let first = lower.trim_start().chars().next().map(|c| width::of_text(c.encode_utf8(&mut bytes)));
    is_filled(upper) && first.is_some_and(|first| first > left)
}

/// What a line is not broken inside of: a run of Latin letters and digits, or one character.
pub(in crate::dump) fn first_word(text: &str) -> &str {
    let run = text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    let one = text.chars().next().map_or(0, char::len_utf8);
    &text[..run.max(one)]
}

/// Whether a cell is whole on the line above, by a figure on either of the two, so that what stands below it is another row's.
pub(in crate::dump) fn ends(upper: &str, lower: &str) -> bool {
    let (upper, lower) = (upper.trim(), lower.trim());
    if is_filler(lower) {
        return true;
    }
    if !is_figure(upper) {
        // No sum of money goes on with words.
        return is_sum(lower)
            && !upper.ends_with(|c: char| fold::narrow(c).is_ascii_digit() || matches!(c, '.' | ','));
    }
    let decimals = upper.rsplit_once(['.', '．']).map(|(_, decimals)| decimals.chars().count());
    let short = lower.chars().count() <= 3 && decimals.is_none_or(|decimals| decimals < 2);
    let rest = is_figure(lower) && (short || (decimals.is_none() && lower.contains(['.', '．'])));
    !rest && lower != "%"
}

fn is_figure(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(fold::narrow(c), '0'..='9' | '.' | ',' | '%' | '-'))
}

/// Whether a cell holds dots alone, or what stands where nothing is.
fn is_filler(cell: &str) -> bool {
    cell.trim().chars().all(|c| matches!(c, '…' | '.' | '·' | '⋯' | '/' | '\\' | '-' | '—' | '－' | '*'))
}

/// Whether a figure is long enough for a sum of money; weights and scores are not.
fn is_sum(text: &str) -> bool {
    is_figure(text) && !text.ends_with('%') && text.chars().count() > 4
}

/// A row as far as it is known: its lines, what its cells say on them, and whether none is a figure.
struct Row<'r, 't> {
    /// The line above it, and what the cells of the row that this ends say.
    before: Option<(&'r BoxLine<'t>, &'r [String])>,
    lines: &'r [BoxLine<'t>],
    cells: &'r [Growing],
    bare: bool,
}

/// A row, and the line below it that may go on with it.
struct Below<'r, 't> {
    row: Row<'r, 't>,
    first: &'r BoxLine<'t>,
    above: &'r BoxLine<'t>,
    next: &'r BoxLine<'t>,
    /// The cells that the line fills.
    filled: Vec<usize>,
}

/// Whether a line goes on with the row at hand.
fn goes_on(row: Row<'_, '_>, next: &BoxLine<'_>, behind: &[BoxLine<'_>]) -> bool {
    let [first, ..] = row.lines else { return false };
    let Some(above) = row.lines.last().filter(|above| above.is_over(next)) else { return false };
    let filled: Vec<usize> = (0..next.cells.len()).filter(|&at| next.filled(at)).collect();
    // Cells are held against each other.
    if filled.len() > WIDEST {
        return false;
    }
    let below = Below { row, first, above, next, filled };
    if below.filled.is_empty() || below.is_late_figure(behind.first()) || below.is_late_label(behind.first())
    {
        return true;
    }
    // A figure below a whole one is another row's, and so is what stands for names to be filled in.
    if below.filled.iter().any(|&at| below.is_ended(at)) {
        return false;
    }
    below.is_wrapped_over()
        || below.filled.iter().any(|&at| below.is_rest(at))
        || below.is_header_over(behind)
        || below.comes_late(behind.first())
        || below.is_paragraph(behind)
}

impl BoxLine<'_> {
    fn figures(&self) -> usize {
        self.cells.iter().filter(|cell| is_figure(cell.trim())).count()
    }

    /// Whether a line says nothing but what may be the label of a row whose figure stands at `at` above it.
    fn is_label(&self, at: usize) -> bool {
        let says = |at: usize| self.filled(at) && !is_filler(self.cells[at]);
        self.figures() == 0 && (0..at).any(says) && (at..self.cells.len()).all(|at| !self.filled(at))
    }

    fn is_figure(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| is_figure(cell.trim()))
    }

    /// The place of the one cell that holds anything, where that is a figure.
    fn lone_figure(&self) -> Option<usize> {
        let mut filled = (0..self.cells.len()).filter(|&at| self.filled(at));
        let (at, more) = (filled.next()?, filled.next());
        (more.is_none() && self.is_figure(at)).then_some(at)
    }
}

impl Below<'_, '_> {
    /// Whether a cell is still blank in the row.
    fn late(&self, at: usize) -> bool {
        self.row.cells.get(at).is_some_and(|cell| cell.text.is_empty())
    }

    /// Whether what stands below a cell cannot go on with it.
    fn is_ended(&self, at: usize) -> bool {
        let late = || {
            self.begins(at)
                && is_filler(self.next.cells[at])
                && self.filled.iter().any(|&at| self.wrapped(at))
        };
        ends(self.above.cells[at], self.next.cells[at]) && !self.is_rest(at) && !late()
    }

    fn wrapped(&self, at: usize) -> bool {
        is_wrapped(self.above, self.next, at) || self.is_rest(at) || self.is_note(at)
    }

    /// Whether a cell is nothing but brackets below a label: its weight or unit.
    fn is_note(&self, at: usize) -> bool {
        let (upper, lower) = (self.above.cells[at].trim(), self.next.cells[at].trim());
        lower.starts_with(['（', '('])
            && lower.ends_with(['）', ')'])
            && width::of_text(lower) <= LABEL
            && !upper.is_empty()
            && !is_value(upper)
    }

    /// Whether a cell that is blank in the row's first line begins behind its first paragraph, an empty one.
    fn begins(&self, at: usize) -> bool {
        self.row.lines.len() == 1 && !self.above.filled(at)
    }

    /// Whether a piece of a label goes on behind one empty paragraph in the middle of its cell.
    fn resumes(&self, at: usize) -> bool {
        let Some([before, gap]) = self.row.lines.last_chunk::<2>() else { return false };
        !gap.filled(at) && before.filled(at) && is_piece(before.cells[at]) && is_piece(self.next.cells[at])
    }

    fn piece(&self, at: usize) -> bool {
        self.above.filled(at) && is_piece(self.above.cells[at]) && is_piece_below(self.next.cells[at])
    }

    /// Whether one figure stands where the row has none yet, and no row's label below it: alone, or beside what goes on.
    fn is_late_figure(&self, behind: Option<&BoxLine<'_>>) -> bool {
        let mut late = self.filled.iter().filter(|&&at| self.next.is_figure(at) && self.begins(at));
        let (Some(&at), None) = (late.next(), late.next()) else { return false };
        let words = (0..at).filter(|&at| self.above.filled(at) && !self.above.is_figure(at)).count();
        let figures = self.above.figures();
        // The label of another row, which may begin behind an empty paragraph as well as the figure.
        let has_own = || behind.is_some_and(|behind| behind.is_over(self.next) && behind.is_label(at));
        if self.filled.len() == 1 {
            return figures > 0 && words > 0 && !has_own();
        }
        let beside = || self.filled.iter().filter(|&&other| other != at);
        if beside().all(|&at| self.wrapped(at)) {
            return figures > 0 || words > 1;
        }
        if self.lacks_label(at) {
            // A piece of the corner's label is none of a row.
            let in_row = |behind: &BoxLine<'_>| (1..at).any(|at| behind.filled(at));
            return !(has_own() && behind.is_some_and(in_row));
        }
        let wrapped = beside().any(|&at| self.wrapped(at));
        (words > 2 || !is_sum(self.next.cells[at].trim()))
            && beside().all(|&at| self.piece(at) || self.wrapped(at))
            && (figures > 0 || wrapped || words > self.filled.len())
    }

    /// Whether the end of a figure, or its unit, stands below its beginning; beside it nothing begins a row.
    fn is_rest(&self, at: usize) -> bool {
        let (upper, lower) = (self.above.cells[at], self.next.cells[at].trim());
        let point = |c: char| matches!(c, '.' | ',' | '．');
        let room = if upper.trim_end().ends_with(point) { PIECE } else { REST };
        let cut =
            is_full(self.above, self.next, at) && !lower.contains(point) && lower.chars().count() <= room;
        let decimal = upper.contains(point);
        let rest = at;
        let goes_on = |&at: &usize| {
            let piece = decimal && self.piece(at);
            let corner = at == 0 && self.piece(0) && self.lacks_label(rest);
            is_full(self.above, self.next, at) || self.begins(at) || self.resumes(at) || piece || corner
        };
        let mut others = self.filled.iter().filter(|&&other| other != at);
        is_figure(upper.trim())
            && (cut || (is_sum(upper.trim()) && is_unit(lower)))
            && !is_filler(lower)
            && others.all(goes_on)
    }

    /// What was wrapped goes on; beside it, cells that begin with empty paragraphs may begin.
    fn is_wrapped_over(&self) -> bool {
        self.filled.iter().any(|&at| self.wrapped(at))
            && self.filled.iter().all(|&at| self.wrapped(at) || self.begins(at))
    }

    /// A row of labels that were broken into paragraphs, beside labels that begin with an empty one. The first of them does where
    /// the table's corner or a header over sums says so. No header has a value below another one.
    fn is_header_over(&self, behind: &[BoxLine<'_>]) -> bool {
        let short = |at: usize| width::of_text(self.next.cells[at].trim()) <= LABEL;
        let first = self.filled[0];
        let whole = || {
            self.above.filled(0)
                && (0..self.above.cells.len()).all(|at| self.above.filled(at) || self.next.filled(at))
        };
        let headed = self.above.filled(first)
            || (self.begins(first)
                && self.filled.iter().all(|&at| self.begins(at) || self.piece(at) || self.wrapped(at))
                && (first == 0 || self.is_over_sums(behind) || whole()));
        headed
            && self.filled.iter().all(|&at| short(at) && (self.above.filled(at) || self.late(at)))
            && self.filled.iter().any(|&at| self.late(at))
            && self.row.bare
            && self.next.figures() == 0
            && !self.filled.iter().any(|&at| is_value(self.above.cells[at]) && is_value(self.next.cells[at]))
    }

    /// Whether lines that are as wide, close below, hold sums.
    fn is_over_sums(&self, behind: &[BoxLine<'_>]) -> bool {
        let lines = behind.iter().take(HEADER).take_while(|line| self.next.is_over(line));
        lines.flat_map(|line| &line.cells).any(|cell| is_sum(cell.trim()))
    }

    /// Labels that begin or go on behind an empty paragraph, beside pieces of labels and what was wrapped. Where the line cannot be a
    /// row, such a piece may stand anywhere.
    fn comes_late(&self, behind: Option<&BoxLine<'_>>) -> bool {
        let resumed = self.filled.iter().filter(|&&at| self.resumes(at)).count();
        let apart = resumed > 0 || self.filled.iter().any(|&at| self.begins(at));
        let some = (0..self.first.cells.len()).any(|at| self.first.filled(at) && !self.next.filled(at));
        if !apart || (resumed > 0 && !some) || self.next.figures() > 0 || self.is_between_labels(behind) {
            return false;
        }
        if resumed > 0 && self.is_short_row() {
            return false;
        }
        let piece = |at: usize| self.piece(at) || self.resumes(at);
        let labels = self.filled.iter().take_while(|&&at| piece(at)).count();
        let lacks = self.lacks_values();
        if resumed > 1 && (resumed > 2 || !lacks) {
            return false;
        }
        self.filled[labels..].iter().all(|&at| self.begins(at) || self.wrapped(at) || (lacks && piece(at)))
    }

    /// Whether the row is one figure that the label above it, which has none there, may have as well as the one below, or the one
    /// below has its own; or several figures for which the row above has room, and another one of its own.
    fn is_between_labels(&self, behind: Option<&BoxLine<'_>>) -> bool {
        let lone = self.first.lone_figure();
        if lone.is_some_and(|at| self.is_over_figure(at, behind)) {
            return true;
        }
        let Some((_, cells)) = self.row.before.filter(|(before, _)| before.is_over(self.first)) else {
            return false;
        };
        let lacks = |at: usize| cells.get(at).is_none_or(|cell| cell.is_empty());
        match lone {
            Some(at) => lacks(at),
            None => {
                let mut filled = (0..self.first.cells.len()).filter(|&at| self.first.filled(at));
                filled.all(|at| self.first.is_figure(at) && lacks(at))
                    && cells.iter().any(|cell| is_figure(cell.trim()))
            }
        }
    }

    /// Whether the row is one figure, the row above has one there, and the label below has none: it is the label's, which begins with
    /// an empty paragraph.
    fn is_late_label(&self, behind: Option<&BoxLine<'_>>) -> bool {
        let Some(at) = self.first.lone_figure().filter(|_| self.row.lines.len() == 1) else { return false };
        let figured = |(before, cells): (&BoxLine<'_>, &[String])| {
            before.is_over(self.first) && cells.get(at).is_some_and(|cell| is_figure(cell))
        };
        self.next.is_label(at)
            && self.filled.len() == 1
            && self.row.before.is_some_and(figured)
            && !self.is_over_figure(at, behind)
    }

    /// Whether nothing but a figure at `at` stands below the line.
    fn is_over_figure(&self, at: usize, behind: Option<&BoxLine<'_>>) -> bool {
        behind.is_some_and(|behind| behind.is_over(self.next) && behind.lone_figure() == Some(at))
    }

    /// Whether a figure has no label of its own on its line: nothing stands there before it but a piece of the label in the table's
    /// corner, and what the row has between the two says nothing more.
    fn lacks_label(&self, at: usize) -> bool {
        let mut others = self.filled.iter().filter(|&&other| other < at);
        let says = |at: usize| self.first.filled(at) && !is_figure(self.first.cells[at].trim());
        others.all(|&at| at == 0 && (self.piece(0) || self.wrapped(0)))
            && (1..at).any(|at| says(at) && !self.next.filled(at))
    }

    /// Whether a line lacks the values that the row's first line has: those that look like some, or what stands furthest right.
    fn lacks_values(&self) -> bool {
        let Below { first, next, filled, .. } = self;
        let words = first.cells.iter().filter(|cell| is_filled(cell)).count() - first.figures();
        let valued = |line: &BoxLine<'_>| line.cells.iter().any(|cell| is_value(cell));
        let ends_before =
            filled.last().is_some_and(|&last| (last + 1..first.cells.len()).any(|at| first.filled(at)));
        let narrow = ends_before && filled.iter().filter(|&&at| !self.begins(at)).count() <= 2;
        words > 1 && !valued(next) && (valued(first) || narrow)
    }

    /// Whether a line is one more paragraph of cells that the line above fills too.
    fn is_paragraph(&self, behind: &[BoxLine<'_>]) -> bool {
        let Below { first, above, next, filled, .. } = self;
        // Text in a cell that ended above begins anew.
        if filled.iter().any(|&at| !above.filled(at)) {
            return false;
        }
        let whole = |at: usize| next.is_figure(at) || is_labelled(above.cells[at], next.cells[at]);
        if self.is_whole_row() || filled.iter().any(|&at| !self.wrapped(at) && whole(at)) {
            return false;
        }
        // Behind a cell that is no piece of a label nothing but what was wrapped goes on.
        let piece = |at: usize| self.piece(at) || (at == 0 && self.wrapped(at));
        let labels = filled.iter().take_while(|&&at| piece(at)).count();
        if filled.len() > 1 && !filled[labels..].iter().all(|&at| self.wrapped(at)) {
            return false;
        }
        // Paragraphs of some cells: the row has more than go on, or is a header.
        let some = (0..above.cells.len()).any(|at| first.filled(at) && !next.filled(at));
        let header =
            || labels == filled.len() && filled.len() > 2 && self.row.bare && self.is_over_sums(behind);
        (some || header()) && (filled.len() > 1 || self.is_one_cells(labels == 1, behind.first()))
    }

    /// Whether a line fills the last cells of a row of which nothing stands in the first: a line of its own below the levels that hold.
    fn is_short_row(&self) -> bool {
        let Below { first, next, filled, .. } = self;
        filled.len() > 1 && !first.filled(0) && filled[0] + filled.len() == next.cells.len()
    }

    /// Whether every cell of a line, up to the last, holds what is long enough for a whole label.
    fn is_whole_row(&self) -> bool {
        let Below { next, filled, .. } = self;
        let long = |&&at: &&usize| width::of_text(next.cells[at].trim()) >= PIECE;
        filled.len() > 2
            && filled[0] + filled.len() == next.cells.len()
            && filled.iter().filter(long).count() * 2 > filled.len()
    }

    /// Whether the one cell of a line is one more paragraph: what follows leaves it to the row. Below a row of sums, or one that has
    /// nothing but figures behind its label, it is a row of its own that has none.
    fn is_one_cells(&self, piece: bool, behind: Option<&BoxLine<'_>>) -> bool {
        let Below { first, next, filled, .. } = self;
        let figures = first.figures();
        // A sum may have its unit behind it.
        let bare = |cell: &str| is_sum(cell.trim().trim_end_matches(char::is_alphabetic).trim_end());
        let sums = first.cells.iter().filter(|cell| bare(cell)).count();
        let merged = behind.is_none_or(|behind| !behind.is_over(next) || !behind.filled(filled[0]));
        let matrix = figures > 1 && first.cells.iter().filter(|cell| is_filled(cell)).count() == figures + 1;
        let alone = piece || ((merged || filled[..] == [0]) && sums == 0 && !matrix);
        (figures == 0 && sums == 0) || (alone && sums < 2)
    }
}

/// Columns of a terminal that a piece of a label which was broken by hand takes at most.
const PIECE: usize = 8;

/// Whether a cell may be the unit of a figure that stands above it.
fn is_unit(cell: &str) -> bool {
    let count = cell.chars().count();
    (1..=2).contains(&count) && cell.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Characters of a figure's end that did not fit into its cell, with a unit.
const REST: usize = 4;

/// Whether a cell may be a piece of a label that was broken by hand.
fn is_piece(cell: &str) -> bool {
    width::of_text(cell.trim()) <= PIECE && !is_value(cell)
}

/// Whether a cell begins as figures and targets do.
fn is_value(cell: &str) -> bool {
    cell.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '≤' | '≥' | '＝' | '=' | '<' | '>'))
}

/// Whether a cell may go on with a piece of a label; what is added in brackets is longer.
fn is_piece_below(cell: &str) -> bool {
    is_piece(cell) || (cell.trim().starts_with(['（', '(']) && width::of_text(cell.trim()) <= LABEL)
}

/// Whether two lines of a cell are a label with its value each.
fn is_labelled(upper: &str, lower: &str) -> bool {
    let colon = |text: &str| text.contains(['：', ':']);
    colon(upper) && colon(lower) && !lower.trim_start().starts_with(['：', ':'])
}
