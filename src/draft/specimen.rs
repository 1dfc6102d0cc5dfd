//! Printed forms as they stand in a dump, before anything is known of their kind: a title, and rows of cells.

use super::DraftOptions;
use crate::dump::{self, Dialect, Grid, Opens};
use crate::grammar::{Grammars, fold};
use crate::source::Document;
use crate::value::blank::is_blank;
use crate::value::figure::figure;
use crate::value::number::{Figure, Number};

/// Characters of a text beyond which it is prose, and no label.
pub(super) const LONGEST_LABEL: usize = 40;
/// Bytes of a title.
const LONGEST_TITLE: usize = 200;
/// Rows of one form; what goes on longer is a list, of which these say enough.
const ROWS: usize = 2_000;
/// What stands in a sentence or before a value, and in no title.
const NO_TITLE: [char; 7] = ['。', '；', ';', '，', ',', '：', ':'];

/// One printed form.
#[derive(Clone, Debug)]
pub(super) struct Specimen {
    /// The document it stands in.
    pub document: usize,
    /// Its title, folded, without brackets at its end.
    pub title: String,
    /// Whether a line break between two of its rows may stand inside a cell.
    pub broken: bool,
    pub rows: Vec<Row>,
}

/// What stands up to the next place where a row may begin.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Whether it is a paragraph outside tables.
    pub body: bool,
    pub cells: Vec<Piece>,
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its text, folded, without an extractor's marks.
    pub text: String,
    pub kind: Kind,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Nothing, or a placeholder.
    Blank,
    /// A number with a sign and a unit at most.
    Figure(Number<'static>),
    /// A few words: a label, or a short value.
    Words,
    /// Sentences.
    Prose,
}

impl Row {
    /// The cells that hold something, with their places.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = (usize, &Piece)> {
        self.cells.iter().enumerate().filter(|(_, piece)| !piece.is_blank())
    }
}

impl Piece {
    pub fn is_blank(&self) -> bool {
        matches!(self.kind, Kind::Blank)
    }

    pub fn is_words(&self) -> bool {
        matches!(self.kind, Kind::Words)
    }

    pub fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Prose)
    }

    pub fn number(&self) -> Option<Number<'static>> {
        match self.kind {
            Kind::Figure(number) => Some(number),
            _ => None,
        }
    }
}

/// The forms in a document whose titles no grammar of the set has, or of all. Where nothing looks like a title, the first paragraph
/// before a table is taken for one.
pub(super) fn specimens(
    nth: usize,
    document: &Document,
    options: &DraftOptions,
    grammars: &Grammars,
) -> Vec<Specimen> {
    let dialect = options.dialect.or_else(|| dump::detect(&document.text)).unwrap_or(Dialect::CellLines);
    let grid = dump::read(&document.text, dialect, &document.kept);
    let mut rows = rows(&grid, grammars);
    let titled = |row: &Row| title_of(row, grammars);
    let mut starts: Vec<(usize, String)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, titled(row)?))).collect();
    if starts.is_empty() {
        starts.extend(first_paragraph(&rows));
    }
    let mut found = Vec::new();
    while let Some((at, title)) = starts.pop() {
        let own = rows.split_off((at + 1).min(rows.len()));
        rows.truncate(at);
        let known = grammars.forms.iter().flat_map(|form| &form.titles).any(|known| title.ends_with(known));
        // A list of forms has titles with nothing behind them.
        let table = own.iter().filter(|row| row.cells.len() > 1).count() > 1;
        if table && (options.again || !known) {
            found.push(Specimen { document: nth, title, broken: dialect.joins_cells(), rows: own });
        }
    }
    found.reverse();
    found
}

fn rows(grid: &Grid<'_>, grammars: &Grammars) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, cell) in grid.cells.iter().enumerate() {
        let text = grid.text_of(cell);
        let (own, run_on) = text.split_at(run_on_title(text, grammars));
        let piece = piece(own, grammars);
        // A form that begins right behind another's last row looks like that row's last cell.
        let last = grid.cells.get(at + 1).is_none_or(|next| next.opens != Opens::Next);
        let title = last && piece.is_words() && is_title(bare_title(&piece.text), grammars);
        match rows.last_mut().filter(|_| cell.opens == Opens::Next && !title) {
            Some(row) => row.cells.push(piece),
            None => rows.push(Row { body: cell.opens == Opens::Body, cells: vec![piece] }),
        }
        rows.extend(run_on.lines().map(|line| Row { body: true, cells: vec![self::piece(line, grammars)] }));
    }
    rows.retain(|row| row.filled().next().is_some());
    rows.truncate(ROWS);
    rows
}

/// Where in a cell of several lines the title of the next form begins: some extractors write nothing between two forms.
fn run_on_title(text: &str, grammars: &Grammars) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A cell of one line is no title that something runs on to or from.
        if line.len() < text.len() && is_title(bare_title(&fold::name(line)), grammars) {
            return at;
        }
        at += line.len();
    }
    text.len()
}

fn piece(text: &str, grammars: &Grammars) -> Piece {
    let text = fold::name(text).into_owned();
    let kind = if text.is_empty() || is_blank(&text, &grammars.lexicon) {
        Kind::Blank
    } else {
        match figure(&text, &grammars.lexicon) {
            Figure::Blank => Kind::Blank,
            // The unit's word is borrowed from the text; what the number is worth is all that counts here.
            Figure::Number(number) if text.starts_with(|c: char| !c.is_alphabetic()) => {
                Kind::Figure(Number { unit: None, ..number })
            }
            _ if text.chars().count() > LONGEST_LABEL => Kind::Prose,
            _ => Kind::Words,
        }
    };
    Piece { text, kind }
}

/// Pieces of a cell that line breaks parted.
const PIECES: usize = 3;

impl Specimen {
    /// Puts labels together again that a line break parted; `is_label` knows them.
    pub fn mend(&mut self, is_label: impl Fn(&str) -> bool) {
        if !self.broken {
            return;
        }
        let mut at = 0;
        while at < self.rows.len() {
            match (1..=PIECES)
                .find(|&pieces| self.joined_label(at, pieces).is_some_and(|text| is_label(&text)))
            {
                Some(pieces) => self.join(at, pieces),
                None => at += 1,
            }
        }
    }

    /// The last cell of a row with the next rows' first cells, all but the last of which have no other.
    fn joined_label(&self, at: usize, pieces: usize) -> Option<String> {
        let next = self.rows.get(at + 1..=at + pieces)?;
        let mut text = self.rows[at].cells.last().filter(|piece| piece.is_words())?.text.clone();
        for (nth, row) in next.iter().enumerate() {
            let whole = nth + 1 < pieces && row.cells.len() > 1;
            let first = row.cells.first().filter(|piece| !whole && !piece.is_blank() && !piece.is_prose())?;
            text.push_str(&first.text);
        }
        Some(text)
    }

    fn join(&mut self, at: usize, pieces: usize) {
        let Some(text) = self.joined_label(at, pieces) else { return };
        let mut rest: Vec<Row> = self.rows.drain(at + 1..=at + pieces).collect();
        if let Some(last) = self.rows[at].cells.last_mut() {
            *last = Piece { text, kind: Kind::Words };
        }
        if let Some(row) = rest.pop() {
            self.rows[at].body = false;
            self.rows[at].cells.extend(row.cells.into_iter().skip(1));
        }
    }
}

/// The title that a row is: one text alone that ends with what forms are called.
fn title_of(row: &Row, grammars: &Grammars) -> Option<String> {
    let mut filled = row.filled();
    let (Some((_, only)), None) = (filled.next(), filled.next()) else { return None };
    let title = bare_title(&only.text);
    is_title(title, grammars).then(|| title.to_owned())
}

fn is_title(title: &str, grammars: &Grammars) -> bool {
    title.len() <= LONGEST_TITLE && !title.contains(NO_TITLE) && grammars.labelling.is_form_name(title)
}

/// A folded title without the brackets at its end.
pub(super) fn bare_title(text: &str) -> &str {
    // A year's bracket may close on the next line.
    let mut rest = text.trim_end_matches(['(', '（']);
    while let Some(open) = rest.strip_suffix([')', '）']).and_then(|inner| inner.rfind(['(', '（'])) {
        if open == 0 {
            break;
        }
        rest = &rest[..open];
    }
    rest
}

/// The first text alone that is no heading line, before the first row of several cells.
fn first_paragraph(rows: &[Row]) -> Option<(usize, String)> {
    let table = rows.iter().position(|row| row.cells.len() > 1)?;
    let alone = |row: &Row| row.filled().count() == 1;
    rows[..table].iter().enumerate().find_map(|(at, row)| {
        let title = row.filled().next().map(|(_, piece)| bare_title(&piece.text))?;
        let fits = alone(row) && !title.contains(NO_TITLE) && title.chars().count() >= 3;
        (fits && title.len() <= LONGEST_TITLE && !title.starts_with('(')).then(|| (at, title.to_owned()))
    })
}
