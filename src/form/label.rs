//! What a cell may be as a label, looked up once a cell.

use super::inline;
use super::memory::{LineFields, Memory, Seen};
use crate::dump::{Cell, Grid};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{BlockKind, FieldColumn, Found, Grammar, Grammars, Holds, Kinds, Role, fold};

/// What is known of a cell before any row is bound.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight<'g> {
    /// Whether it holds nothing.
    pub blank: bool,
    /// The kinds of what the label may be; none where it is no label.
    pub kinds: Kinds,
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
        self.kinds.has(kinds)
    }

    /// The same cell as this label.
    pub fn labelled(self, label: Option<Found<'g>>) -> Self {
        Sight { kinds: label.map_or(Kinds::default(), |label| label.kinds), label, ..self }
    }

    /// Whether the label stands in the corner of a block.
    pub fn opens(&self, block: u8) -> bool {
        self.label.is_some_and(|label| label.opens(block))
    }

    /// The row of a block that it is the label of.
    pub fn row_of(&self, block: u8) -> Option<u16> {
        self.label.and_then(|label| label.row_of(block))
    }

    /// The column of a block that it heads.
    pub fn column_of(&self, block: u8) -> Option<u8> {
        self.label.and_then(|label| label.column_of(block))
    }

    /// Whether the label may be what is wanted.
    pub fn is(&self, wanted: impl Fn(&Role) -> bool) -> bool {
        self.roles().iter().any(wanted)
    }
}

/// Looks cells up in one of the grammars.
pub(super) struct Looker<'a, 'g> {
    grammar: &'g Grammar,
    /// Its place among all.
    form: usize,
    grammars: &'g Grammars,
    pub memory: &'a mut Memory,
}

/// A label recognised although one character of it is missing or wrong.
#[derive(Clone, Debug)]
pub(super) struct Guess<'g> {
    /// What it may be.
    pub found: Found<'g>,
    /// What it is printed for.
    pub meant: Meant,
}

/// The label that a text is printed for.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    /// It as the grammar has it, folded.
    pub label: String,
    /// Whether no other label is as near.
    pub is_sole: bool,
}

impl<'a, 'g> Looker<'a, 'g> {
    /// One for the grammar at a place among all.
    pub fn new(form: usize, grammars: &'g Grammars, memory: &'a mut Memory) -> Self {
        Looker { grammar: &grammars.forms[form], form, grammars, memory }
    }

    /// What is known of a cell.
    pub fn look(&mut self, grid: &Grid<'_>, cell: &Cell) -> Sight<'g> {
        let seen = self.memory.see_cell(grid.trimmed(cell), self.grammars);
        self.sight(grid, cell, seen)
    }

    /// What is known of a cell that was seen before.
    #[inline]
    pub fn sight(&mut self, grid: &Grid<'_>, cell: &Cell, seen: Seen) -> Sight<'g> {
        let (start, end) = cell.trimmed;
        let text = Sight { blank: seen == Seen::BLANK, kinds: Kinds::default(), start, end, label: None };
        if seen.is_label() { text.labelled(self.label(seen, grid.trimmed(cell))) } else { text }
    }

    /// The label that `text`, seen before, is.
    #[inline(always)]
    pub fn label(&mut self, seen: Seen, text: &str) -> Option<Found<'g>> {
        #[cfg(test)]
        crate::dump::steps::add(1);
        let spot = self.memory.spot(seen, text, self.form, self.grammars)?;
        Some(self.grammar.labels.at(spot))
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

    /// Whether `text` is a word that counts what a number before it says: `台`, `公里`.
    pub fn is_measure(&self, text: &str) -> bool {
        let lexicon = &self.grammars.lexicon;
        let whole =
            |text: &str| lexicon.measure.whole(text).is_some() || lexicon.whole_unit.whole(text).is_some();
        let many = || lexicon.multiplier.strip(text).is_some_and(|(_, rest)| whole(rest));
        !text.is_empty() && text.len() <= LONGEST_MEASURE && (whole(text) || many())
    }

    /// Whether `text` is the word for a month or a day behind its number, and perhaps says before or after: `月底前`.
    pub fn is_day(&self, text: &str) -> bool {
        let lexicon = &self.grammars.lexicon;
        let behind = lexicon.ordinal.strip(text).map(|(_, behind)| behind);
        let ends = |behind: &str| behind.is_empty() || lexicon.running_on.strip(behind).is_some();
        text.len() <= LONGEST_MEASURE && behind.is_some_and(ends)
    }

    /// Whether `text` is a figure behind a sign that says how a target is compared: `≥31`.
    pub fn is_bound(&self, text: &str) -> bool {
        let figure = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        figure.len() < text.len()
            && figure.ends_with(|c: char| c.is_ascii_digit())
            && is_figure(figure)
            && self.is_operator(fold::trim(&text[..text.len() - figure.len()]))
    }

    /// Whether `text` is a figure whose first digit was misread, as no indicator is called: `l85`.
    pub fn is_misread(&self, text: &str) -> bool {
        let lexicon = &self.grammars.lexicon;
        text.len() <= LONGEST_MEASURE
            && text.starts_with(|c| lexicon.look_alike(c).is_some())
            && is_amount(text, lexicon)
    }

    /// Whether `text` is nothing but misread digits and a unit of money: what a space parted from its figure, `O元`.
    pub fn is_misread_rest(&self, text: &str) -> bool {
        let lexicon = &self.grammars.lexicon;
        let unit = fold::trim(text.trim_start_matches(|c| lexicon.look_alike(c).is_some()));
        text.len() <= LONGEST_MEASURE && unit.len() < text.len() && lexicon.money_unit(unit).is_some()
    }

    /// Whether `text` says how good a total is: `优`, `(自评等级：优)`.
    pub fn is_grade(&self, text: &str) -> bool {
        !text.is_empty() && text.len() <= LONGEST_GRADE && self.grammar.is_grade(text)
    }

    /// The label that `text` is.
    pub fn find(&mut self, text: &str) -> Option<Found<'g>> {
        let seen = self.memory.see(text, self.grammars);
        self.label(seen, text)
    }

    /// The fields printed in a line, each with the place of its value.
    pub fn fields(&mut self, text: &str) -> LineFields {
        inline::remembered(text, self.form, self.grammars, self.memory)
    }

    /// Whether `text` may be the lower part of a label with a second one above it.
    pub fn has_lower_storey(&mut self, text: &str) -> bool {
        let labels = &self.grammar.labels;
        if !labels.may_be_lower(text) || labels.too_long(text) || is_figure(text) {
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
        let Memory { guesses, .. } = &mut *self.memory;
        let guess = guesses.get(self.form, text, || {
            let key = fold::key(&fold::strip_marks(text));
            let guess = self.grammar.labels.guess(&key, &self.grammars.labelling, &self.grammars.lexicon)?;
            Some((guess.spot, Meant { label: guess.label, is_sole: guess.is_sole }))
        });
        let (spot, meant) = guess.as_ref()?;
        Some(Guess { found: self.grammar.labels.at(*spot), meant: meant.clone() })
    }

    /// Whether `text`, which is no label, is as near to a level's name as one character.
    pub fn is_near_level(&mut self, text: &str) -> bool {
        !self.grammar.labels.too_long(text)
            && text.len() <= LONGEST_LEVEL
            && self.grammar.labels.is_near_level(self.memory.fold(text), &self.grammars.labelling)
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

/// Bytes of the longest text that is taken for a grade.
const LONGEST_GRADE: usize = 48;

/// Bytes of the longest word that counts.
const LONGEST_MEASURE: usize = 18;

/// Bytes of the longest text that may be near to a level's name.
const LONGEST_LEVEL: usize = 90;

/// Bytes of the shortest text that is guessed to be a label: three characters.
const SHORTEST_GUESS: usize = 9;

/// Whether a text is the label of the field that names what some form is about, as its first row does.
pub(super) fn names_form(text: &str, grammars: &Grammars, memory: &mut Memory) -> bool {
    let seen = memory.see_cell(text, grammars);
    let naming = |role: &Role| matches!(role, Role::Field(FieldColumn::Project | FieldColumn::Department));
    seen.is_label()
        && (0..grammars.forms.len()).any(|nth| {
            let found = Looker::new(nth, grammars, memory).label(seen, text);
            found.is_some_and(|found| found.roles.iter().any(naming))
        })
}

/// Whether `text` holds a figure and nothing else: digits as anybody writes or misreads them, and the unit of money behind them.
pub(super) fn is_amount(text: &str, lexicon: &Lexicon) -> bool {
    if is_figure(text) {
        return true;
    }
    let mut digits = 0;
    let of_figure = |c: char| {
        let narrow = fold::narrow(c);
        digits += usize::from(narrow.is_ascii_digit());
        narrow.is_ascii_digit()
            || matches!(narrow, '.' | ',' | '%' | '-' | ' ')
            || lexicon.point_alike.has(c)
            || lexicon.look_alike(c).is_some()
    };
    let unit = fold::trim(text.trim_start_matches(of_figure));
    digits > 0 && (unit.is_empty() || lexicon.money_unit(unit).is_some())
}

/// Whether a text begins with a digit, or is a figure or a dash.
pub(super) fn begins_as_figure(text: &str) -> bool {
    is_figure(text) || text.starts_with(|c| fold::narrow(c).is_ascii_digit())
}

/// Whether `text` is written with digits and their signs alone, as no label is.
pub(super) fn is_figure(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b',' | b'%' | b'-' | b' '))
}
