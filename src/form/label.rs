//! What a cell may be as a label, looked up once a cell.

use crate::dump::{Cell, Grid};
use crate::grammar::{Found, Grammar, Grammars, Guess, Kinds, Role, fold};

/// What is known of a cell before any row is bound.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight<'g> {
    /// Whether it holds nothing.
    pub blank: bool,
    /// Where its text begins and ends once trimmed, in bytes of the dump.
    pub start: u32,
    pub end: u32,
    /// The label it is, with what it may stand for.
    pub label: Option<Found<'g>>,
}

impl<'g> Sight<'g> {
    pub fn roles(&self) -> &'g [Role] {
        self.label.as_ref().map_or(&[], |label| label.roles)
    }

    /// Whether the label is of one of these kinds.
    pub fn has(&self, kinds: Kinds) -> bool {
        self.label.is_some_and(|label| label.kinds.has(kinds))
    }

    pub fn is(&self, wanted: impl Fn(&Role) -> bool) -> bool {
        self.roles().iter().any(wanted)
    }
}

/// Looks cells up; keeps the buffer in which they are folded.
pub(super) struct Looker<'g> {
    grammar: &'g Grammar,
    grammars: &'g Grammars,
    key: String,
}

impl<'g> Looker<'g> {
    pub fn new(grammar: &'g Grammar, grammars: &'g Grammars) -> Self {
        Looker { grammar, grammars, key: String::with_capacity(128) }
    }

    pub fn look(&mut self, grid: &Grid<'_>, cell: &Cell) -> Sight<'g> {
        let whole = grid.text_of(cell);
        let text = fold::trim(whole);
        let start = cell.start + (text.as_ptr() as usize - whole.as_ptr() as usize) as u32;
        let end = start + text.len() as u32;
        // An extractor's mark alone in a merged cell is no text in it.
        if fold::trim(&fold::strip_marks(text)).is_empty() {
            return Sight { blank: true, start, end, label: None };
        }
        Sight { blank: false, start, end, label: self.find(text) }
    }

    /// The label that `text` is.
    pub fn find(&mut self, text: &str) -> Option<Found<'g>> {
        let labels = &self.grammar.labels;
        let first = text.chars().next()?;
        if !labels.may_begin_with(first) || labels.too_long(text) || is_figure(text) {
            return None;
        }
        self.fold(text);
        labels.find(&self.key, &self.grammars.labelling, &self.grammars.lexicon)
    }

    /// The label that `text`, which is none, is printed for with one character missing or wrong.
    pub fn guess(&mut self, text: &str) -> Option<Guess<'g>> {
        // A few characters, and not the digits of a figure.
        if self.grammar.labels.too_long(text) || text.len() < SHORTEST_GUESS || is_figure(text) {
            return None;
        }
        self.fold(text);
        self.grammar.labels.guess(&self.key, &self.grammars.labelling, &self.grammars.lexicon)
    }

    /// Whether a folded text begins with a number, as headings do.
    pub fn is_numbered(&self, key: &str) -> bool {
        self.grammars.labelling.strip_lead(key).len() < key.len()
    }

    /// Whether `text` is a label or the beginning of one.
    pub fn begins(&mut self, text: &str) -> bool {
        if self.grammar.labels.too_long(text) {
            return false;
        }
        self.fold(text);
        self.grammar.labels.begins(self.grammars.labelling.strip_lead(&self.key))
    }

    fn fold(&mut self, text: &str) {
        self.key.clear();
        fold::key_into(&fold::strip_marks(text), &mut self.key);
    }
}

/// Bytes of the shortest text that is guessed to be a label: three characters.
const SHORTEST_GUESS: usize = 9;

/// Whether `text` is written with digits and their signs alone, as no label is.
pub(super) fn is_figure(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%' | b'-' | b' '))
}
