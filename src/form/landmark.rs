//! Where forms begin: titles and the annex lines above them. Also where a table cell ends although the dump does not
//! say so, because a title, an annex line or the signature line runs on from it.

mod above;
mod unknown;

use super::ahead::{Ahead, put_in};
use super::label::{Looker, is_figure};
use super::memory::{Memory, Seen, Titled};
use super::{Printed, headless, inline};
use crate::dump::{Cell, Dialect, Grid, Opens};
use crate::grammar::{Grammar, Grammars, Kinds, Labelling, Role, fold, lead_but_one};

/// Cells behind a title in which something of its form must show, or it is an entry in a list of forms.
const CONFIRM_WITHIN: usize = 60;

/// Cells by whose labels the grammar is chosen where several share a title.
const CHOOSE_WITHIN: usize = 200;

/// Labels of its form that must follow a title of which a character is missing or mistaken.
const NEAR_LABELS: usize = 4;

/// Lines over which a label is broken at most, beyond its first.
const LONGEST_BREAK: usize = 3;

/// Lines that a cut cell is expected to fall into; more only let a list grow.
const CUT_LINES: usize = 4;

/// Empty lines that end a table: one for its last row, one for itself.
const TABLE_END: u32 = 2;

/// Labels of a form that must follow a title which no grammar has.
const UNKNOWN_LABELS: usize = 8;

/// Bytes of a folded title with what stands before it (a body's name, a year).
const LONGEST_TITLE: usize = 240;

/// Bytes of an annex's number: `12-3`, three numerals, `510000_0013`.
const LONGEST_NUMBER: usize = 16;

/// Cells above a title in which its annex and heading are looked for: three lines of a narrow spreadsheet.
const HEADING_CELLS: usize = 24;

/// Kinds of labels with which a form begins.
const HEAD: Kinds = Kinds::PAIR.or(Kinds::OPENS).or(Kinds::COLUMN);

/// A form's beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<'t> {
    pub grammar: u16,
    /// Its first cell: the annex line, a heading line above the title, or the title.
    pub first_cell: usize,
    pub title: Printed<'t>,
    pub annex: Option<Printed<'t>>,
    /// How many cells the title and what stands above it take.
    pub cells: usize,
    /// Whether a character of the title that the grammar has is missing or mistaken.
    pub near: bool,
    /// Whether no grammar has the title, and the form is told by its labels alone.
    pub unknown: bool,
    /// Whether the dump begins in the form's middle.
    pub headless: bool,
}

impl<'t> Start<'t> {
    /// A form that begins at the first of some cells, without a title; it is called by the first text in it.
    pub fn untitled(
        grid: &Grid<'t>,
        grammar: u16,
        first_cell: usize,
        cells: &[Cell],
        headless: bool,
    ) -> Self {
        let filled = cells.iter().find(|cell| !grid.trimmed(cell).is_empty()).unwrap_or(&cells[0]);
        let title = printed(grid.text_of(filled), filled.line, 1);
        Start { grammar, first_cell, title, annex: None, cells: 0, near: false, unknown: false, headless }
    }
}

/// The cells of a grid, cut where landmarks begin, and the forms among them.
pub(super) struct Landmarks<'t> {
    pub ahead: Ahead,
    pub starts: Vec<Start<'t>>,
}

/// `cells` are those of the grid, which it gave away.
pub(super) fn find<'t>(
    grid: &Grid<'t>,
    mut cells: Vec<Cell>,
    grammars: &Grammars,
    memory: &mut Memory,
) -> Landmarks<'t> {
    let mut finder = Finder { grid, grammars, memory };
    let (mut seen, broken) = finder.see(&cells);
    finder.cut(&mut cells, &mut seen, &broken);
    let titles = finder.titles(&cells, &seen);
    let mut starts = finder.starts(&cells, &seen, &titles);
    let before = starts.first().map_or(cells.len(), |start| start.first_cell);
    let next = starts.first().map(|start| start.grammar);
    if let Some(start) = headless::find(grid, grammars, &cells[..before], next, finder.memory) {
        starts.insert(0, start);
    }
    Landmarks { ahead: Ahead::new(cells, seen), starts }
}

struct Finder<'a, 'm, 't> {
    grid: &'a Grid<'t>,
    grammars: &'m Grammars,
    memory: &'m mut Memory,
}

impl<'a, 't> Finder<'a, '_, 't> {
    /// What the grid's cells hold, and the places of those on several lines that a form may have run on from: none that is a label
    /// as a whole.
    fn see(&mut self, cells: &[Cell]) -> (Vec<Seen>, Vec<usize>) {
        // Where rows show, a cell's end does too.
        let shown = self.grid.dialect.shows_rows();
        let (mut all, mut broken) = (Vec::with_capacity(cells.len()), Vec::new());
        for (at, cell) in cells.iter().enumerate() {
            let blank = cell.trimmed.0 >= cell.trimmed.1;
            let text = if blank { "" } else { self.grid.trimmed(cell) };
            let seen = self.memory.see_cell(text, self.grammars);
            if cell.line != cell.last_line && !shown && cell.opens != Opens::Body && !seen.is_label() {
                broken.push(at);
            }
            all.push(seen);
        }
        (all, broken)
    }

    /// Where a landmark stands on a later line of one of the `broken` cells, the rest of it becomes body lines. `seen` is what was
    /// seen in each cell.
    fn cut(&mut self, cells: &mut Vec<Cell>, seen: &mut Vec<Seen>, broken: &[usize]) {
        let cuts =
            broken.iter().filter_map(|&at| Some((at, self.landmark_in(&cells[at], cells.get(at + 1))?)));
        let cuts: Vec<(usize, Cut)> = cuts.collect();
        // The pieces of all that are cut, each with where its own end.
        let mut pieces = Vec::with_capacity(cuts.len() * CUT_LINES);
        let mut ends = Vec::with_capacity(cuts.len());
        for (at, cut) in cuts {
            self.push_cut(&cells[at], cut, &mut pieces);
            ends.push((at, pieces.len()));
            // What follows a cut begins a row.
            if let Some(next) = cells.get_mut(at + 1).filter(|next| next.opens == Opens::Next) {
                next.opens = Opens::Row;
            }
        }
        let seen_in = pieces.iter().map(|cell| self.memory.see_cell(self.grid.trimmed(cell), self.grammars));
        put_in(seen, &ends, &seen_in.collect::<Vec<Seen>>());
        put_in(cells, &ends, &pieces);
    }

    /// Where in a cell of several lines, before the cell `next`, a landmark begins.
    fn landmark_in(&mut self, cell: &Cell, next: Option<&Cell>) -> Option<Cut> {
        let text = self.grid.text_of(cell);
        let ends_row = next.is_none_or(|next| next.opens != Opens::Next || self.titles_line(next));
        let mut empty = 0;
        let mut lines = Lines::new(text);
        lines.next()?;
        for (offset, number, line) in lines {
            let trimmed = fold::trim(line);
            if trimmed.is_empty() {
                empty += u32::from(line.trim_end_matches('\r').is_empty());
                continue;
            }
            let apart = empty >= TABLE_END;
            if self.is_annex(trimmed)
                || self.title_of(trimmed).or_else(|| self.near_title_of(trimmed)).is_some()
                || (apart && next.is_none_or(|next| self.is_title(next)))
                || (self.may_title(trimmed) && next.is_some_and(|next| self.names_form(next)))
                || ((ends_row || apart) && self.opens(trimmed, |role| matches!(role, Role::Field(_))))
                // A note under a table that ends with a figure.
                || (ends_figure(&text[..offset]) && self.opens(trimmed, |role| matches!(role, Role::Text(_))))
            {
                return Some(self.signed_above(text, Cut { offset, line: number }));
            }
            empty = 0;
        }
        None
    }

    /// Where the lines above a cut begin that sign the form which ends there, or the cut itself where none does.
    fn signed_above(&mut self, text: &str, cut: Cut) -> Cut {
        let (mut above, mut rest) = (cut, &text[..cut.offset]);
        let mut line = cut.line;
        while let Some(end) = rest.strip_suffix('\n') {
            let start = end.rfind('\n').map_or(0, |at| at + 1);
            line -= 1;
            let own = fold::trim(&end[start..]);
            if start > 0 && !own.is_empty() {
                if !self.opens(own, |role| matches!(role, Role::Field(_))) {
                    break;
                }
                above = Cut { offset: start, line };
            }
            rest = &text[..start];
        }
        above
    }

    /// Whether a cell is a title that begins a line.
    fn titles_line(&mut self, cell: &Cell) -> bool {
        let text = self.grid.trimmed(cell);
        (self.title_of(text).is_some() || self.near_title_of(text).is_some()) && self.begins_line(cell)
    }

    fn is_title(&mut self, cell: &Cell) -> bool {
        self.title_of(self.grid.trimmed(cell)).is_some()
    }

    fn push_cut(&mut self, cell: &Cell, cut: Cut, out: &mut Vec<Cell>) {
        let spaced = self.grid.dialect == Dialect::SpacedCells;
        let start = cell.start + cut.offset as u32;
        let line = cell.line + cut.line;
        // The cell ends before the line break in front of the cut, as every cell does.
        let end = start.saturating_sub(1).max(cell.start);
        let before = Cell { last_line: line.saturating_sub(1).max(cell.line), ..*cell };
        out.push(before.over(self.grid.text, cell.start, end));
        for (offset, number, text) in Lines::new(&self.grid.text[start as usize..cell.end as usize]) {
            if fold::trim(text).is_empty() {
                continue;
            }
            let start = start + offset as u32;
            let at = line + number;
            let end = start + text.len() as u32;
            let body = Cell { line: at, last_line: at, opens: Opens::Body, quoted: false, ..*cell };
            out.push(body.over(self.grid.text, start, end));
        }
        // Where blank lines part cells, a heading may have none before its table.
        if let Some(last) = out.last_mut().filter(|last| spaced && last.line > line) {
            let seen = self.memory.see_cell(self.grid.trimmed(last), self.grammars);
            if seen.is_label() {
                last.opens = Opens::Row;
            }
        }
    }

    /// Whether a line is nothing but an annex's number.
    fn is_annex(&mut self, text: &str) -> bool {
        if text.len() > 40 || !self.grammars.titles.may_begin_annex(text) {
            return false;
        }
        let grammars = self.grammars;
        let key = self.memory.fold(text);
        grammars.forms.iter().any(|grammar| annex_len(grammar, &grammars.labelling, key) == Some(key.len()))
    }

    /// Whether a line begins with a label that is wanted and a colon, as signature lines and notes do.
    fn opens(&mut self, text: &str, wanted: impl Fn(&Role) -> bool) -> bool {
        let Some(label) = before_colon(text).filter(|label| label.len() <= 60) else { return false };
        let grammars = self.grammars;
        let key = self.memory.fold(label);
        grammars.forms.iter().any(|grammar| {
            let roles = grammar.labels.exact(key).unwrap_or(&[]);
            roles.iter().any(&wanted)
        })
    }

    /// The title a text ends with: the length of the longest that does, where there is one.
    fn title_of(&mut self, text: &str) -> Option<usize> {
        let may = self.grammars.titles.may_end(text) && text.len() <= LONGEST_TITLE;
        if may { self.titled(text).whole } else { None }
    }

    /// As [`Finder::title_of`], of the text of a cell in which `seen` was seen.
    fn title_seen(&mut self, text: &str, seen: Seen) -> Option<usize> {
        if !self.grammars.titles.may_end(text) || text.len() > LONGEST_TITLE {
            return None;
        }
        // A mark before it is no part of the label that was seen.
        let whole = !text.starts_with('[');
        if whole && let Some(Some(known)) = self.memory.titled(seen) {
            return known.whole;
        }
        let titled = self.titled(text);
        if whole && let Some(noted) = self.memory.titled(seen) {
            *noted = Some(titled);
        }
        titled.whole
    }

    /// The length of the title that a text, which ends with none, ends with but for one character that is missing or mistaken.
    fn near_title_of(&mut self, text: &str) -> Option<usize> {
        let may = text.len() <= LONGEST_TITLE && self.grammars.titles.may_end_near(text);
        if may { self.titled(text).near } else { None }
    }

    /// What titles a text ends with. Labels end with brackets as well, and are printed over and over.
    fn titled(&mut self, text: &str) -> Titled {
        let titles = &self.grammars.titles;
        *self.memory.titles.get(0, text, || {
            let key = fold::key(&fold::strip_marks(text));
            let key = strip_brackets(&key);
            let last = key.chars().next_back();
            let ending = last.map_or(&[][..], |last| titles.with_last(last)).iter();
            let whole = ending.filter(|title| is_title(key, title)).map(String::len).max();
            let near = || titles.near(key).filter(|title| is_near_title(key, title)).map(str::len);
            Titled { whole, near: if whole.is_none() { near() } else { None } }
        })
    }

    /// The cells that hold titles.
    fn titles(&mut self, cells: &[Cell], seen: &[Seen]) -> Vec<Headline> {
        let mut titles = Vec::new();
        let mut at = 0;
        while let Some(ahead) = seen.get(at..).and_then(|seen| seen.iter().position(|seen| seen.is_worded()))
        {
            at += ahead;
            let headline = self.headline(cells, seen[at], at).or_else(|| {
                // A second line of the title above it, or a note below that.
                let apart = titles.last().is_none_or(|last: &Headline| last.at + HEADING_CELLS < at);
                let unknown = apart && self.is_unknown_title(cells, seen, at);
                unknown.then_some(Headline { at, length: None, cells: 1, near: false })
            });
            at += headline.as_ref().map_or(1, |headline| headline.cells);
            titles.extend(headline);
        }
        titles
    }

    /// The title of a grammar that begins with a cell; one that is a label as it stands is no title with a slip.
    fn headline(&mut self, cells: &[Cell], seen: Seen, at: usize) -> Option<Headline> {
        let cell = &cells[at];
        let text = self.grid.trimmed(cell);
        let headline = |length: usize| Headline { at, length: Some(length), cells: 1, near: false };
        if let Some(length) = self.title_seen(text, seen) {
            return Some(headline(length));
        }
        let tags = self.grid.dialect == Dialect::Html;
        if cell.opens == Opens::Body
            && let Some(next) = cells.get(at + 1).filter(|next| next.opens == Opens::Body)
            && self.grid.trimmed(next).len() < LONGEST_TITLE
            && self.title_of(self.grid.trimmed(next)).is_none()
            && (next.line == cell.last_line + 1 || (tags && next.line == cell.last_line))
            // A title that a page was too narrow for.
            && let Some(length) = self.title_of(&self.grid.text[cell.start as usize..next.end as usize])
        {
            return Some(Headline { cells: 2, ..headline(length) });
        }
        let length = if seen.is_label() { None } else { self.near_title_of(text) }?;
        self.begins_line(cell).then(|| Headline { near: true, ..headline(length) })
    }

    /// Whether a cell is no part of a row at hand: it may begin one, or stands alone on its lines, or its dump has nothing but words.
    fn begins_line(&self, cell: &Cell) -> bool {
        let (text, blank) = (self.grid.text, ['\t', ' ', '\r']);
        let before = || text[..cell.start as usize].trim_end_matches(blank);
        let behind = || text[cell.end as usize..].trim_start_matches(blank);
        let alone = || before().ends_with('\n') && (behind().is_empty() || behind().starts_with('\n'));
        cell.opens != Opens::Next || self.grid.dialect == Dialect::Words || alone()
    }

    fn starts(&mut self, cells: &[Cell], seen: &[Seen], titles: &[Headline]) -> Vec<Start<'t>> {
        let mut starts: Vec<Start<'t>> = Vec::with_capacity(titles.len());
        for (nth, headline) in titles.iter().enumerate() {
            let (at, taken) = (headline.at, headline.cells);
            let end = titles.get(nth + 1).map_or(cells.len(), |next| next.at);
            let Some(grammar) = self.choose(cells, seen, headline, end) else { continue };
            let floor = starts.last().map_or(0, |start| start.first_cell + start.cells);
            let last = &cells[at + taken - 1];
            let text = &self.grid.text[cells[at].start as usize..last.end as usize];
            let title = printed(text, cells[at].line, 1);
            let (first_cell, annex) = self.above(cells, floor, at, grammar);
            // What stands behind figures in their row is one of its cells.
            if first_cell > 0 && self.share_a_row(&cells[first_cell - 1], &cells[first_cell]) {
                continue;
            }
            let below = if annex.is_none() { self.below(cells, at + taken) } else { None };
            starts.push(Start {
                grammar,
                first_cell,
                title,
                annex: annex.or(below),
                cells: at + taken + usize::from(below.is_some()) - first_cell,
                near: headline.near,
                unknown: headline.length.is_none(),
                headless: false,
            });
        }
        starts
    }

    /// Whether two cells stand in one row. Tags say it by themselves, so that forms may share a line; elsewhere lines are rows, and
    /// what a cell says ends on the line on which the next one begins. Where the ends of rows are lost nothing says it.
    fn share_a_row(&self, cell: &Cell, next: &Cell) -> bool {
        match self.grid.dialect {
            Dialect::Html => return next.opens == Opens::Next,
            dialect if dialect.loses_rows() => return false,
            _ => {}
        }
        let between = self.grid.text.get(cell.trimmed.1 as usize..next.start as usize);
        let parted = self.grid.keeps_breaks && between.is_some_and(|text| text.contains('\n'));
        cell.last_line == next.line && !parted
    }

    /// The grammar of the form under a title: of those that have it, the one that knows most of the labels that follow. `None`
    /// where none of them shows, or too few below a title of which a character is missing or mistaken.
    fn choose(&mut self, cells: &[Cell], seen: &[Seen], title: &Headline, end: usize) -> Option<u16> {
        let from = title.at + title.cells;
        let text = if title.cells > 1 {
            &self.grid.text[cells[title.at].start as usize..cells[from - 1].end as usize]
        } else {
            self.grid.trimmed(&cells[title.at])
        };
        let grammars = self.grammars;
        let key = strip_brackets(self.memory.fold(text));
        let unknown = title.length.is_none();
        let near = |grammar: &Grammar, length: usize| {
            grammar.titles.iter().any(|title| title.len() == length && is_near_title(key, title))
        };
        let all = || 0..grammars.forms.len();
        let candidates: Vec<usize> = match title.length {
            None => all().collect(),
            Some(length) if title.near => all().filter(|&nth| near(&grammars.forms[nth], length)).collect(),
            Some(length) => {
                let named = key.len().checked_sub(length).and_then(|at| key.get(at..));
                let named = named.filter(|title| is_title(key, title));
                let forms = named.map_or(&[][..], |title| grammars.titles.forms_with(title));
                forms.iter().map(|&nth| usize::from(nth)).collect()
            }
        };
        let span = from..end.min(from + CHOOSE_WITHIN);
        let (cells, seen) = (&cells[span.clone()], &seen[span]);
        let enough = candidates.len() == 1 && !title.near && !unknown;
        let least = match (unknown, title.near) {
            (true, _) => UNKNOWN_LABELS,
            (false, true) => NEAR_LABELS,
            (false, false) => 1,
        };
        let best = candidates.iter().map(|&nth| (self.known_labels(nth, cells, seen, enough), nth));
        best.filter(|&(hits, _)| hits >= least)
            .max_by_key(|&(hits, nth)| (hits, usize::MAX - nth))
            .map(|(_, nth)| nth as u16)
    }

    /// How many of the cells are labels that only a form has; with `enough`, one will do.
    fn known_labels(&mut self, form: usize, cells: &[Cell], seen: &[Seen], enough: bool) -> usize {
        let mut looker = Looker::new(form, self.grammars, self.memory);
        let mut hits = 0;
        let most = if enough { CONFIRM_WITHIN } else { cells.len() };
        let joins = self.grid.dialect.joins_cells() || self.grid.dialect.breaks_labels();
        let words = self.grid.dialect == Dialect::Words;
        let filled = cells.iter().zip(seen).take(most).enumerate();
        for (at, (cell, seen)) in filled.filter(|(_, (_, seen))| **seen != Seen::BLANK) {
            let text = self.grid.trimmed(cell);
            let known = looker.label(*seen, text).or_else(|| looker.find(fold::trim(before_colon(text)?)));
            // A label may be broken over the next lines.
            let piece = |next: &&Cell| next.opens == Opens::Row || (next.opens == Opens::Next && words);
            let pieces = cells[at + 1..].iter().take_while(|next| joins && piece(next));
            let known = known.or_else(|| {
                let mut ends = pieces.take(LONGEST_BREAK).map(|next| next.end as usize);
                ends.find_map(|end| looker.find(fold::trim(&self.grid.text[cell.start as usize..end])))
            });
            let Some(known) = known else { continue };
            // A form begins with its head; rows and levels right behind a title are those that a page break parted.
            if hits == 0 && !known.kinds.has(HEAD) {
                return 0;
            }
            hits += 1;
            if enough && hits > 0 {
                break;
            }
        }
        hits
    }
}

/// Whether a text is a figure and nothing else.
fn ends_figure(text: &str) -> bool {
    let text = fold::trim(text);
    text.contains(|c: char| c.is_ascii_digit()) && is_figure(text)
}

/// What stands before the first colon of a text that has one.
fn before_colon(text: &str) -> Option<&str> {
    // The second is the lead of a full-width one.
    let places = memchr::memchr2_iter(b':', 0xef, text.as_bytes());
    let colon = places.map(|at| text.split_at(at)).find(|(_, rest)| rest.starts_with([':', '：']));
    colon.map(|(before, _)| before)
}

/// A title where a form may begin.
struct Headline {
    /// Its first cell.
    at: usize,
    /// Bytes of the title as the grammars have it, folded; `None` where none has it.
    length: Option<usize>,
    /// How many cells it takes.
    cells: usize,
    /// Whether a character of it is missing or mistaken.
    near: bool,
}

#[derive(Clone, Copy)]
struct Cut {
    offset: usize,
    line: u32,
}

/// The lines of a text: byte offset, number from 0, the line.
struct Lines<'t> {
    text: &'t str,
    offset: usize,
    number: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Lines { text, offset: 0, number: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, u32, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.offset >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.offset..];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let item = (self.offset, self.number, &rest[..end]);
        self.offset += end + 1;
        self.number += 1;
        Some(item)
    }
}

/// A trimmed text with the line on which it begins; `line` (from 0) is where the untrimmed text begins.
pub(super) fn printed(text: &str, line: u32, cell: u32) -> Printed<'_> {
    let trimmed = fold::trim(text);
    let lead = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    let skipped = if lead == 0 { 0 } else { memchr::memchr_iter(b'\n', &text.as_bytes()[..lead]).count() };
    Printed { text: trimmed, line: line + skipped as u32 + 1, cell }
}

/// How many bytes of `key` are an annex's number and the words around it.
fn annex_len(grammar: &Grammar, labelling: &Labelling, key: &str) -> Option<usize> {
    grammar.annex.iter().find_map(|annex| {
        let rest = key.strip_prefix(annex.before.as_str())?;
        let is_number =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || labelling.is_numeral(c);
        let behind = rest.trim_start_matches(is_number);
        let number = rest.len() - behind.len();
        let behind = behind.strip_prefix(annex.behind.as_str()).filter(|_| number <= LONGEST_NUMBER)?;
        let colon = behind.trim_start_matches([':', '.', '、']);
        Some(key.len() - colon.len())
    })
}

/// Whether `key` is `title`, perhaps behind a body's name, a year or an annex's number; prose is not.
fn is_title(key: &str, title: &str) -> bool {
    key.strip_suffix(title).is_some_and(|lead| is_lead(lead, title))
}

/// Whether `key` is `title` but for one character that is missing or mistaken.
fn is_near_title(key: &str, title: &str) -> bool {
    lead_but_one(key, title).is_some_and(|lead| is_lead(lead, title))
}

/// Whether what stands before a title is no prose; a text that goes on to a title in quotes speaks of it.
fn is_lead(lead: &str, title: &str) -> bool {
    (lead.is_empty() || !title.ends_with('"')) && !lead.contains(['。', '；', ';', '，', ',', '《', '“', '"'])
}

/// `key` without the brackets it ends with.
fn strip_brackets(key: &str) -> &str {
    let mut rest = key;
    while rest.ends_with(')') {
        match rest.rfind('(') {
            Some(open) if open > 0 => rest = &rest[..open],
            _ => break,
        }
    }
    rest
}
