//! What a cell may be as a label, looked up once a cell.

use crate::dump::{Cell, Grid};
use crate::grammar::{BlockKind, Found, Grammar, Grammars, Guess, Holds, Kinds, Role, fold};

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

/// Looks cells up; keeps the buffer in which they are folded, and what was found lately: a form prints its labels over and
/// over.
pub(super) struct Looker<'a, 'g, 't> {
    grammar: &'g Grammar,
    grammars: &'g Grammars,
    memory: &'a mut Memory<'g, 't>,
}

/// What was found lately, over all forms of a document, and the buffer in which cells are folded.
pub(super) struct Memory<'g, 't> {
    key: String,
    lately: Vec<Option<(&'g Grammar, &'t str, Option<Found<'g>>)>>,
}

/// How many texts are remembered; a power of two.
const LATELY: usize = 512;

impl Memory<'_, '_> {
    pub fn new() -> Self {
        Memory { key: String::with_capacity(128), lately: vec![None; LATELY] }
    }

    /// `text` folded, without an extractor's marks.
    pub fn fold(&mut self, text: &str) -> &str {
        self.key.clear();
        fold::key_into(&fold::strip_marks(text), &mut self.key);
        &self.key
    }
}

impl<'a, 'g, 't> Looker<'a, 'g, 't> {
    pub fn new(grammar: &'g Grammar, grammars: &'g Grammars, memory: &'a mut Memory<'g, 't>) -> Self {
        Looker { grammar, grammars, memory }
    }

    pub fn look(&mut self, grid: &Grid<'t>, cell: &Cell) -> Sight<'g> {
        #[cfg(test)]
        crate::dump::steps::add(1);
        let text = grid.trimmed(cell);
        let (start, end) = cell.trimmed;
        // An extractor's mark alone in a merged cell is no text in it.
        if text.is_empty() || (text.starts_with('[') && fold::trim(&fold::strip_marks(text)).is_empty()) {
            return Sight { blank: true, start, end, label: None };
        }
        Sight { blank: false, start, end, label: self.find(text) }
    }

    /// What a column of a block holds.
    pub fn holds(&self, block: u8, column: u8) -> Holds {
        self.grammar.blocks[usize::from(block)].columns[usize::from(column)].holds
    }

    /// Whether a block is a matrix.
    pub fn is_matrix(&self, block: u8) -> bool {
        self.grammar.blocks[usize::from(block)].kind == BlockKind::Matrix
    }

    /// Whether `text` is longer than any label.
    pub fn is_too_long(&self, text: &str) -> bool {
        self.grammar.labels.too_long(text)
    }

    /// Whether the sums of a block stand in one cell with their labels, or behind them under no header.
    pub fn is_inline(&self, block: u8) -> bool {
        self.grammar.blocks[usize::from(block)].inline.is_some()
    }

    /// Whether `text` says how a target is compared, and nothing else.
    pub fn is_operator(&self, text: &str) -> bool {
        self.grammars.lexicon.operator(text).is_some()
    }

    /// Whether `text` is nothing but a unit of money.
    pub fn is_unit(&self, text: &str) -> bool {
        !text.is_empty() && text.len() <= 12 && self.grammars.lexicon.money_unit(text).is_some()
    }

    /// The label that `text` is.
    pub fn find(&mut self, text: &'t str) -> Option<Found<'g>> {
        #[cfg(test)]
        crate::dump::steps::add(1);
        let text = fold::behind_marks(text);
        let labels = &self.grammar.labels;
        let first = text.chars().next()?;
        if !labels.may_begin_with(first) || labels.too_long(text) || is_figure(text) {
            return None;
        }
        let slot = slot_of(text);
        if let Some((grammar, known, found)) = self.memory.lately[slot]
            && known == text
            && std::ptr::eq(grammar, self.grammar)
        {
            return found;
        }
        let found = labels.find(self.memory.fold(text), &self.grammars.labelling, &self.grammars.lexicon);
        self.memory.lately[slot] = Some((self.grammar, text, found));
        found
    }

    /// Whether `text` may be the lower part of a label with a second one above it.
    pub fn has_lower_storey(&mut self, text: &str) -> bool {
        if self.grammar.labels.too_long(text) || is_figure(text) {
            return false;
        }
        self.grammar.labels.has_lower_storey(self.memory.fold(text))
    }

    /// The label that a text is which stands nowhere in the dump, as two labels put together.
    pub fn find_composed(&mut self, text: &str) -> Option<Found<'g>> {
        let key = self.memory.fold(text);
        self.grammar.labels.find(key, &self.grammars.labelling, &self.grammars.lexicon)
    }

    /// The label that `text`, which is none, is printed for with one character missing or wrong.
    pub fn guess(&mut self, text: &str) -> Option<Guess<'g>> {
        // A few characters, and not the digits of a figure.
        if self.grammar.labels.too_long(text) || text.len() < SHORTEST_GUESS || is_figure(text) {
            return None;
        }
        let key = self.memory.fold(text);
        self.grammar.labels.guess(key, &self.grammars.labelling, &self.grammars.lexicon)
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
        self.grammar.labels.begins(self.grammars.labelling.strip_lead(self.memory.fold(text)))
    }
}

/// Bytes of the shortest text that is guessed to be a label: three characters.
const SHORTEST_GUESS: usize = 9;

/// Where a text is remembered: labels differ in their length and at their ends.
fn slot_of(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = [0; 8];
    let length = bytes.len().min(8);
    end[..length].copy_from_slice(&bytes[bytes.len() - length..]);
    let mixed = (u64::from_le_bytes(end) ^ (bytes.len() as u64) << 56 ^ u64::from(bytes[0]))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize % LATELY
}

/// Whether `text` is written with digits and their signs alone, as no label is.
pub(super) fn is_figure(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%' | b'-' | b' '))
}
