//! Boxes drawn with bars. In pandoc's grid tables a rule stands between rows and cells may span columns and rows; in
//! antiword's boxes nothing stands between rows, and a row takes as many lines as its longest cell.

use super::copy::CopyBuilder;
use super::grid::{Grid, is_filled};
use super::{Dialect, line, width};
use crate::grammar::fold;
use crate::source::Kept;

/// Columns beyond which lines draw no table.
const WIDEST: usize = 100;

/// Columns of a terminal that a piece of a label takes at most.
const LABEL: usize = 12;

pub(super) fn read<'t>(text: &'t str, dialect: Dialect, kept: &'t Kept) -> Grid<'t> {
    let mut copy = CopyBuilder::new(text);
    let mut rest = text;
    let mut table: Vec<(u32, &str)> = Vec::new();
    while let Ok((next, current)) = line(rest) {
        let number = copy.line(current);
        rest = next;
        let bare = current.trim();
        let inside = bare.starts_with('|') || (bare.starts_with('+') && is_rule(bare));
        if inside {
            table.push((number, bare));
            continue;
        }
        end_table(&mut copy, &mut table, dialect);
        copy.body(bare, number);
    }
    end_table(&mut copy, &mut table, dialect);
    copy.finish(dialect, kept)
}

fn end_table(copy: &mut CopyBuilder<'_>, table: &mut Vec<(u32, &str)>, dialect: Dialect) {
    if table.is_empty() {
        return;
    }
    match dialect {
        Dialect::Grid => ruled_table(copy, table),
        _ => open_table(copy, table),
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

/// A table with rules between its rows.
fn ruled_table(copy: &mut CopyBuilder<'_>, lines: &[(u32, &str)]) {
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
    let mut row: Vec<Growing> = vec![Growing::default(); columns];
    // The cells of rows that are whole but for one that spans more rows.
    let mut span: Option<(u32, u32)> = None;
    for &(number, line) in lines {
        if is_rule(line) && !line.starts_with('|') {
            copy.drawn(number);
            flush(copy, &mut row, &mut span);
            continue;
        }
        let bars = width::bars_on(line, &edges);
        let begun = bars.first().is_some_and(|&(edge, _)| edge == 0);
        let open_end = bars.last().is_none_or(|&(edge, _)| edge < columns).then_some((columns, line.len()));
        let (mut at, mut from) = (0, if begun { bars[0].1 + 1 } else { 0 });
        // A cell reaches to the next edge where a bar stands.
        for (to, end) in bars.iter().copied().skip(usize::from(begun)).chain(open_end) {
            let text = &line[from..end];
            from = (end + 1).min(line.len());
            if is_rule(text.trim()) {
                // A rule under some of the columns: the cells beside it span the rows above and below.
                flush(copy, &mut row, &mut span);
            } else {
                row[at].add(text, true);
                let lines = span.get_or_insert((number, number));
                lines.1 = number;
            }
            at = to;
        }
    }
    flush(copy, &mut row, &mut span);
}

fn flush(copy: &mut CopyBuilder<'_>, row: &mut [Growing], span: &mut Option<(u32, u32)>) {
    if let Some(lines) = span.take() {
        let cells: Vec<String> = row.iter_mut().map(|cell| std::mem::take(cell).text).collect();
        copy.row(&cells, lines);
    }
}

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
fn open_table(copy: &mut CopyBuilder<'_>, lines: &[(u32, &str)]) {
    let lines: Vec<BoxLine<'_>> = lines.iter().map(|&(number, line)| BoxLine::new(number, line)).collect();
    let mut at = 0;
    while at < lines.len() {
        let first = &lines[at];
        let mut row: Vec<Growing> = vec![Growing::default(); first.cells.len()];
        grow(&mut row, first, None);
        let mut last = at;
        while let Some(next) = lines.get(last + 1) {
            if !goes_on(&lines[at..=last], next, lines.get(last + 2)) {
                break;
            }
            grow(&mut row, next, Some(&lines[last]));
            last += 1;
        }
        let cells: Vec<String> = row.into_iter().map(|cell| cell.text).collect();
        copy.row(&cells, (first.number, lines[last].number));
        at = last + 1;
    }
}

fn grow(row: &mut [Growing], line: &BoxLine<'_>, above: Option<&BoxLine<'_>>) {
    for (nth, cell) in row.iter_mut().enumerate() {
        let wrapped = above.is_some_and(|above| is_wrapped(above, line, nth));
        if line.filled(nth) {
            cell.add(line.cells[nth], wrapped);
        }
    }
}

/// Whether what a cell says on `line` did not fit on the line above.
fn is_wrapped(above: &BoxLine<'_>, line: &BoxLine<'_>, nth: usize) -> bool {
    let (Some(upper), Some(lower)) = (above.cells.get(nth), line.cells.get(nth)) else { return false };
    let ended = upper.trim_end();
    // The box pads what it could not fill.
    let left = width::of_text(&upper[ended.len()..]);
    !ended.trim_start().is_empty()
        && width::of_text(first_word(lower.trim_start())) > left
        && !ends(ended, lower)
}

/// What a line is not broken inside of: a run of Latin letters and digits, or one character.
pub(super) fn first_word(text: &str) -> &str {
    let run = text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len());
    let one = text.chars().next().map_or(0, char::len_utf8);
    &text[..run.max(one)]
}

/// Whether a cell is whole on the line above, by a figure on either of the two, so that what stands below it is another row's.
pub(super) fn ends(upper: &str, lower: &str) -> bool {
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

/// Whether a line goes on with the row at hand.
fn goes_on(row: &[BoxLine<'_>], next: &BoxLine<'_>, behind: Option<&BoxLine<'_>>) -> bool {
    let Some(above) = row.last() else { return false };
    if !above.is_over(next) {
        return false;
    }
    let filled: Vec<usize> = (0..next.cells.len()).filter(|&at| next.filled(at)).collect();
    if filled.is_empty() {
        return true;
    }
    // A figure below a whole one is another row's, and so is what stands for names to be filled in.
    let ended = |&at: &usize| ends(above.cells[at], next.cells[at]);
    if filled.iter().any(ended) {
        return false;
    }
    // What was wrapped goes on; beside it, cells that begin with empty paragraphs may begin.
    let late = |at: usize| row.iter().all(|line| !line.filled(at));
    let wrapped = |at: usize| is_wrapped(above, next, at);
    if filled.iter().any(|&at| wrapped(at)) && filled.iter().all(|&at| wrapped(at) || late(at)) {
        return true;
    }
    // A row of labels that were broken into paragraphs, beside labels that begin with an empty one.
    let bare = |line: &BoxLine<'_>| !line.cells.iter().any(|cell| is_figure(cell.trim()));
    let short = |at: usize| width::of_text(next.cells[at].trim()) <= LABEL;
    if above.filled(filled[0])
        && filled.iter().all(|&at| short(at) && (above.filled(at) || late(at)))
        && filled.iter().any(|&at| late(at))
        && row.iter().all(bare)
        && bare(next)
    {
        return true;
    }
    // Text in a cell that ended above begins anew.
    if filled.iter().any(|&at| !above.filled(at)) {
        return false;
    }
    let figure = |at: usize| !is_wrapped(above, next, at) && is_figure(next.cells[at].trim());
    if filled.iter().any(|&at| figure(at))
        || filled.iter().any(|&at| !wrapped(at) && is_labelled(above.cells[at], next.cells[at]))
    {
        return false;
    }
    // Behind a cell that is no piece of a label nothing but what was wrapped goes on.
    let piece = |at: usize| is_piece(above.cells[at]) && is_piece(next.cells[at]);
    let labels = filled.iter().take_while(|&&at| piece(at)).count();
    if filled.len() > 1 && !filled[labels..].iter().all(|&at| wrapped(at) || late(at)) {
        return false;
    }
    // Paragraphs of one cell: the row has more cells than go on, and what follows leaves this cell to it. One cell alone below
    // a row of sums is a row of its own that has none.
    let some = (0..above.cells.len()).any(|at| row[0].filled(at) && !next.filled(at));
    let merged = behind.is_none_or(|behind| !behind.is_over(next) || !behind.filled(filled[0]));
    let figures = row[0].cells.iter().filter(|cell| is_figure(cell.trim())).count();
    let sums = row[0].cells.iter().filter(|cell| is_sum(cell.trim())).count();
    let label = filled == [0];
    let alone = labels == 1 || ((merged || label) && sums == 0);
    some && (filled.len() > 1 || figures == 0 || (alone && sums < 2))
}

/// Columns of a terminal that a piece of a label which was broken by hand takes at most.
const PIECE: usize = 8;

/// Whether a cell may be a piece of a label that was broken by hand.
fn is_piece(cell: &str) -> bool {
    let cell = cell.trim();
    width::of_text(cell) <= PIECE
        && !cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '≤' | '≥' | '＝' | '='))
}

/// Whether two lines of a cell are a label with its value each.
fn is_labelled(upper: &str, lower: &str) -> bool {
    let colon = |text: &str| text.contains(['：', ':']);
    colon(upper) && colon(lower) && !lower.trim_start().starts_with(['：', ':'])
}
