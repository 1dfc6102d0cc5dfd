//! Dumps that glue everything together: nothing stands between the cells of a form but what they are themselves. They are parted at
//! the labels of the form, and the figures behind them where only one way fits the columns of their header. What may be parted in
//! several ways stays whole, and is reported as it is printed; what was parted is never more than assumed.

mod figures;
mod segments;

use super::label::Looker;
use super::memory::Memory;
use crate::dump::{Cell, Dialect, Grid, Opens, is_glued};
use crate::grammar::{FieldColumn, Found, Grammars, Holds, Kinds, Labelling, Law, Role, fold};
use figures::{Across, Run, decimals, length};
use segments::segments;
use std::ops::Range;

/// Bytes of the longest label that is looked for, and characters by which most places are told to begin none.
const LONGEST_LABEL: usize = 90;
const OPENING: usize = 6;

/// Characters of the longest unit of money.
const UNIT: usize = 5;

/// Bytes of a cell that is none of those glued together.
const SHORT_CELL: usize = 60;

/// Runs of figures that are parted in one dump.
const RUNS: usize = 2_000;

/// Characters of a label so short that prose holds it as well.
const SHORT: usize = 2;

/// The grid with its glued cells parted; `None` where none is.
pub(super) fn part<'t>(grid: &Grid<'t>, grammars: &Grammars, memory: &mut Memory) -> Option<Grid<'t>> {
    if grid.dialect != Dialect::Words || !grid.cells.iter().any(|cell| is_glued(grid.trimmed(cell))) {
        return None;
    }
    let mut parter = Parter {
        text: grid.text,
        grammars,
        memory,
        form: None,
        columns: Vec::new(),
        headed: Vec::new(),
        across: Vec::new(),
        scored: false,
        heading: false,
        tokens: Vec::new(),
    };
    let mut places = Vec::with_capacity(grid.cells.len());
    for cell in &grid.cells {
        let first = parter.tokens.len();
        // What is as short as a cell is one, but for the heading.
        let short = (cell.trimmed.1 - cell.trimmed.0) as usize <= SHORT_CELL;
        if short && parter.form.is_some() && !parter.heading {
            places.push(first..first);
            continue;
        }
        parter.cell(cell.trimmed.0 as usize..cell.trimmed.1 as usize);
        places.push(first..parter.tokens.len());
    }
    let tokens = parter.tokens;
    let decimals = decimals(tokens.iter().filter_map(|token| token.run.as_ref()).take(RUNS));
    let mut cells = Vec::with_capacity(tokens.len() * 2);
    let mut runs = RUNS;
    for (cell, place) in grid.cells.iter().zip(places) {
        if place.is_empty() {
            cells.push(*cell);
        }
        for (nth, token) in tokens[place].iter().enumerate() {
            let opens = match token.body {
                true => Opens::Body,
                false if nth == 0 => cell.opens,
                false => Opens::Next,
            };
            let run = token.run.as_ref().filter(|_| runs > 0);
            runs -= usize::from(run.is_some());
            let pieces = run.and_then(|run| run.pieces(decimals));
            for piece in pieces.unwrap_or_else(|| vec![token.text.clone()]) {
                cells.push(Cell { opens, ..*cell }.over(grid.text, piece.start as u32, piece.end as u32));
            }
        }
    }
    Some(Grid { cells, parted: true, ..grid.clone() })
}

/// A piece of a glued text.
struct Token {
    text: Range<usize>,
    /// Whether it stands outside tables.
    body: bool,
    /// Figures that stand under columns of a header, where it is some.
    run: Option<Run>,
}

struct Parter<'a, 't> {
    text: &'t str,
    grammars: &'a Grammars,
    memory: &'a mut Memory,
    /// The form at hand, by its place among the grammars.
    form: Option<usize>,
    /// What the columns of the header at hand hold, and which of the form's columns they are: block and column.
    columns: Vec<Holds>,
    headed: Vec<(u8, u8)>,
    /// What the form says of sums across the columns at hand.
    across: Vec<Across>,
    /// Whether the lines of indicators have begun, in which nothing says where a cell ends.
    scored: bool,
    /// Whether the heading of a form goes on.
    heading: bool,
    tokens: Vec<Token>,
}

impl Parter<'_, '_> {
    /// Parts the text of a cell.
    fn cell(&mut self, cell: Range<usize>) {
        let (mut at, mut from) = (cell.start, cell.start);
        // Whether a label or a figure ends at `from`.
        let mut apart = true;
        while at < cell.end {
            if let Some((end, form)) = self.title(at, cell.end) {
                let begin = self.begin_of_title(from, at);
                let last = fold::trim(&self.text[from..begin]);
                let figures = length(last, &self.grammars.lexicon) == last.len();
                self.flush(from..begin, !figures);
                self.tokens.push(Token { text: begin..end, body: true, run: None });
                (self.form, self.scored) = (Some(form), false);
                self.columns.clear();
                self.across.clear();
                self.heading = true;
                (at, from, apart) = (end, end, true);
                continue;
            }
            let Some((end, kinds)) = self.label(at, cell.end, apart && at == from) else {
                at += self.text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            // The fields of a heading stay in its line.
            if self.heading && self.text[at..end].ends_with([':', '：']) {
                at = end;
                continue;
            }
            self.flush(from..at, self.heading);
            self.heading = false;
            self.note(at..end, kinds);
            let end = self.with_sum(end, cell.end);
            self.tokens.push(Token { text: at..end, body: false, run: None });
            (at, from, apart) = (end, end, true);
        }
        self.flush(from..cell.end, self.heading);
    }

    /// Adds what stands between labels.
    fn flush(&mut self, text: Range<usize>, body: bool) {
        let bare = fold::trim(&self.text[text.clone()]);
        if bare.is_empty() {
            return;
        }
        let start = bare.as_ptr() as usize - self.text.as_ptr() as usize;
        let text = start..start + bare.len();
        let columns = if self.scored || body { &[] } else { self.columns.as_slice() };
        if columns.is_empty() {
            self.tokens.push(Token { text, body, run: None });
            return;
        }
        let lexicon = &self.grammars.lexicon;
        for piece in segments(bare, text.start, (columns, &self.across), lexicon) {
            let run = Run::of(&self.text[piece.clone()], piece.start, columns, lexicon);
            self.tokens.push(Token { text: piece, body, run: run.map(|run| run.with(&self.across)) });
        }
    }

    /// Where a title that is known from a place on begins: with the year before it, which nothing parts from the figures before.
    fn begin_of_title(&self, from: usize, at: usize) -> usize {
        let first = (from..=at).rev().take(LONGEST_LABEL).filter(|&place| self.text.is_char_boundary(place));
        let year = first.filter(|&place| is_year_at(&self.text[place..at], &self.grammars.labelling)).last();
        year.unwrap_or(at)
    }

    /// The title that begins at a place, with the brackets behind it: its end and its form.
    fn title(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let text = &self.text[at..end];
        let titles = self.grammars.forms.iter().enumerate();
        let titles = titles.flat_map(|(nth, form)| form.titles.iter().map(move |title| (title, nth)));
        let fits = titles.filter_map(|(title, nth)| Some((behind_title(text, title)?, nth)));
        let (length, form) = fits.max_by_key(|&(length, nth)| (length, usize::MAX - nth))?;
        let behind = &text[length..];
        let bracket = behind.strip_prefix(['（', '(']).and_then(|_| behind.find(['）', ')']));
        let bracket = bracket.filter(|&close| close < LONGEST_LABEL / 2);
        let close =
            bracket.map_or(0, |close| close + behind[close..].chars().next().map_or(0, char::len_utf8));
        Some((at + length + close, form))
    }

    /// The longest label of the form at hand that begins at a place; a short one only where it stands `apart` or beside another.
    fn label(&mut self, at: usize, end: usize, apart: bool) -> Option<(usize, Kinds)> {
        let (kinds, behind) = self.longest(at, end)?;
        let short = self.text[at..behind].chars().count() <= SHORT;
        if short && (self.ends_year(at, behind) || self.leads_to_no_unit(at, behind)) {
            return None;
        }
        if short && !apart && self.longest(behind, end).is_none() && !self.is_between_figures(at, behind) {
            return None;
        }
        Some((behind, kinds))
    }

    /// Whether a word is that of the year before it.
    fn ends_year(&self, at: usize, behind: usize) -> bool {
        let year = at.checked_sub(4).and_then(|start| self.text.get(start..behind));
        year.is_some_and(|text| self.grammars.labelling.year(text).is_some_and(|year| year.start == 0))
    }

    /// Whether a short label is that of the heading's unit, and what stands behind it is none: the beginning of an indicator's name.
    fn leads_to_no_unit(&mut self, at: usize, behind: usize) -> bool {
        let Some(form) = self.form else { return false };
        let (label, rest) = (&self.text[at..behind], &self.text[behind..]);
        let lexicon = &self.grammars.lexicon;
        let stated = rest.starts_with([':', '：']) || lexicon.money.strip(rest).is_some();
        let unit = Role::Field(FieldColumn::Unit);
        !stated
            && Looker::new(form, self.grammars, self.memory)
                .find(label)
                .is_some_and(|found| found.roles.contains(&unit))
    }

    fn is_between_figures(&self, at: usize, behind: usize) -> bool {
        let blank = |c: char| matches!(c, '—' | '-' | '/');
        self.text[..at]
            .ends_with(|c: char| fold::narrow(c).is_ascii_digit() || c == '。' || c == '%' || blank(c))
            && self.text[behind..].starts_with(|c: char| fold::narrow(c).is_ascii_digit() || blank(c))
    }

    fn longest(&mut self, at: usize, end: usize) -> Option<(Kinds, usize)> {
        let form = self.form?;
        // Of the digits behind a figure one at most is the number of the next line.
        let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let glued = self.text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if glued && digit(&self.text[at..]) && digit(&self.text[at + 1..]) {
            return None;
        }
        let window = (at..=end.min(at + LONGEST_LABEL)).rev().find(|&to| self.text.is_char_boundary(to))?;
        let text = &self.text[at..window];
        let opening = text.char_indices().nth(OPENING).map_or(text, |(end, _)| &text[..end]);
        if !self.grammars.every_label.may_hold(opening, &self.grammars.labelling) {
            return None;
        }
        let mut looker = Looker::new(form, self.grammars, self.memory);
        let mut ends = text.char_indices().map(|(place, c)| place + c.len_utf8()).rev();
        ends.find_map(|to| looker.find(&text[..to]).map(|found| (found.kinds, at + to)))
    }

    /// Notes what a label says of the figures behind it.
    fn note(&mut self, label: Range<usize>, kinds: Kinds) {
        let Some(form) = self.form else { return };
        let mut looker = Looker::new(form, self.grammars, self.memory);
        let Some(found) = looker.find(&self.text[label]) else { return };
        if kinds.has(Kinds::LEVEL) {
            self.scored = true;
        }
        if kinds.has(Kinds::TOTAL) && self.scored {
            self.scored = false;
            self.columns = vec![Holds::Weight, Holds::Score];
            self.across.clear();
            return;
        }
        let before = self.tokens.last().filter(|token| token.run.is_none() && !token.body);
        let goes_on = before.is_some_and(|token| is_column(&looker.find(&self.text[token.text.clone()])));
        if !found.kinds.has(Kinds::COLUMN) {
            return;
        }
        if !goes_on {
            self.columns.clear();
            self.headed.clear();
        }
        let column = found.roles.iter().find_map(|role| match role {
            Role::Column { block, column } => Some((*block, *column)),
            _ => None,
        });
        let Some((block, column)) = column else { return };
        self.columns.push(looker.holds(block, column));
        self.headed.push((block, column));
        self.across = self.across_columns(form, block);
    }

    /// Which of the columns at hand add up to another one in every row of a block.
    fn across_columns(&self, form: usize, block: u8) -> Vec<Across> {
        let place = |column: u8| self.headed.iter().position(|headed| *headed == (block, column));
        let identities = self.grammars.forms[form].identities.iter().filter(|law| law.block == block);
        let across = identities.filter_map(|identity| match &identity.law {
            Law::Across { total, parts } => [total].into_iter().chain(parts).map(|&at| place(at)).collect(),
            _ => None,
        });
        across.collect()
    }

    /// The end of the one figure behind a label's colon, which stands in one cell with it.
    fn with_sum(&self, label: usize, end: usize) -> usize {
        let behind = &self.text[label..end];
        let of_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let figure = behind.len() - behind.trim_start_matches(of_figure).len();
        let one = figure > 0 && behind[..figure].matches('.').count() < 2;
        let word = behind[figure..].char_indices().map(|(at, c)| at + c.len_utf8()).take(UNIT);
        let words = word.map(|end| &behind[figure..figure + end]);
        let unit = words.filter(|word| self.grammars.lexicon.money_unit(word).is_some()).last();
        if one && self.text[..label].ends_with([':', '：']) && !behind[figure..].starts_with('%') {
            label + figure + unit.map_or(0, str::len)
        } else {
            label
        }
    }
}

/// Whether a text begins with a year and its word, and goes on without another digit.
fn is_year_at(text: &str, labelling: &Labelling) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 4
        && !text[digits..].contains(|c: char| fold::narrow(c).is_numeric())
        && labelling.year(text).is_some_and(|year| year.start == 0)
}

/// Whether a text is a label that heads a column.
fn is_column(found: &Option<Found<'_>>) -> bool {
    found.is_some_and(|found| found.kinds.has(Kinds::COLUMN))
}

/// The bytes that a title (folded) takes at a text's beginning.
fn behind_title(text: &str, title: &str) -> Option<usize> {
    let mut printed = text.char_indices();
    for known in title.chars() {
        let (_, c) = printed.next()?;
        let quotes = known == '"' && matches!(c, '\u{201c}'..='\u{201f}');
        if fold::narrow(c) != known && !quotes {
            return None;
        }
    }
    Some(printed.offset())
}
