//! What was learnt of texts from the documents read before: a department prints the labels of its forms over and over, and so
//! do all others.
//!
//! Everything here is what a look into the grammars would give again, so that nothing that is read depends on what was read
//! before, and anything may be forgotten at any time.

use super::label::is_figure;
use crate::grammar::{FieldColumn, Grammars, Spot, fold};
use std::ops::Range;

/// How many labels are remembered.
const LABELS: usize = 4_096;

/// Places in which a label may be remembered, from the one that its hash names.
const PROBES: usize = 8;

/// How many other texts are remembered of each kind; powers of two.
const TEXTS: usize = 256;
const TITLES: usize = 256;
const LINES: usize = 64;
const GUESSES: usize = 256;

/// What a cell holds, told once when the forms of a dump are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen(u32);

impl Seen {
    /// Nothing.
    pub const BLANK: Seen = Seen(0);
    /// No label of any form.
    pub const TEXT: Seen = Seen(1);
    /// Digits and their signs alone, so neither a label nor a title.
    const FIGURE: Seen = Seen(2);
    /// A label which there is no room for, so that it has to be looked up whenever it is asked for.
    const ANEW: Seen = Seen(3);
    /// The first of those that are remembered.
    const FIRST: u32 = 4;

    /// Whether it is a label of some form.
    pub fn is_label(self) -> bool {
        self.0 >= Seen::ANEW.0
    }

    /// Whether it holds words: something, and not a figure alone.
    pub fn is_worded(self) -> bool {
        self != Seen::BLANK && self != Seen::FIGURE
    }

    /// The place among the labels remembered.
    fn place(self) -> Option<usize> {
        self.0.checked_sub(Seen::FIRST).map(|place| place as usize)
    }
}

/// A label remembered: its hash and where it is written.
#[derive(Clone, Debug)]
struct Label {
    hash: u64,
    text: Range<usize>,
}

/// What a remembered label is in one of the forms.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    NeverAsked,
    None,
    Label(Spot),
}

/// The fields printed in a line, each with the place of its value.
pub(super) type LineFields = Vec<(FieldColumn, Range<u32>)>;

/// What was learnt of texts, and the buffer in which they are folded.
#[derive(Debug)]
pub(crate) struct Memory {
    key: String,
    labels: Vec<Label>,
    /// The labels' texts, one behind the other.
    written: String,
    /// For each place of a hash the label there, from 1.
    slots: Vec<u16>,
    /// What each label is in each of the forms.
    meanings: Vec<Meaning>,
    /// The titles that each label ends with, once they were asked for: labels end with brackets, as titles may.
    titled: Vec<Option<Titled>>,
    forms: usize,
    /// Whether texts that begin as labels do are any: headings and signature lines do, on every page.
    are_labels: Lately<bool>,
    /// The titles that texts end with.
    pub(super) titles: Lately<Titled>,
    pub(super) lines: Lately<LineFields>,
    pub(super) guesses: Lately<Option<(Spot, super::label::Meant)>>,
}

/// The titles that a text ends with: their bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Titled {
    /// The longest.
    pub whole: Option<usize>,
    /// Where there is none, the longest of which one character is missing or mistaken.
    pub near: Option<usize>,
}

impl Memory {
    /// One for documents read with `grammars`, and no others.
    pub fn new(grammars: &Grammars) -> Self {
        Memory {
            key: String::with_capacity(128),
            labels: Vec::new(),
            written: String::new(),
            slots: vec![0; LABELS * 2],
            meanings: Vec::new(),
            titled: Vec::new(),
            forms: grammars.forms.len(),
            are_labels: Lately::new(TEXTS),
            titles: Lately::new(TITLES),
            lines: Lately::new(LINES),
            guesses: Lately::new(GUESSES),
        }
    }

    /// Makes room for the labels of the next document, where there is little left.
    pub(super) fn begin(&mut self) {
        if self.labels.len() > LABELS / 2 {
            self.labels.clear();
            self.written.clear();
            self.meanings.clear();
            self.titled.clear();
            self.slots.fill(0);
        }
    }

    /// Where the titles are noted that a label seen as `seen` ends with, if it is remembered.
    #[inline]
    pub(super) fn titled(&mut self, seen: Seen) -> Option<&mut Option<Titled>> {
        self.titled.get_mut(seen.place()?)
    }

    /// `text` folded, without an extractor's marks.
    pub(super) fn fold(&mut self, text: &str) -> &str {
        fold_into(text, &mut self.key);
        &self.key
    }

    /// What a cell of a dump holds.
    #[inline]
    pub(super) fn see_cell(&mut self, text: &str, grammars: &Grammars) -> Seen {
        match text.as_bytes() {
            [] => Seen::BLANK,
            [b'[', ..] if is_mark_alone(text) => Seen::BLANK,
            _ => self.see(text, grammars),
        }
    }

    /// Whether a text is a label of any form, and which of those remembered.
    #[inline]
    pub(super) fn see(&mut self, text: &str, grammars: &Grammars) -> Seen {
        let text = match text.as_bytes().first() {
            Some(b'[') => fold::behind_marks(text),
            Some(b'0'..=b'9' | b'-' | b'.' | b',' | b'%' | b' ') if is_figure(text) => return Seen::FIGURE,
            _ => text,
        };
        let hash = hash_of(text);
        match self.place_of(text, hash) {
            Ok(place) => Seen(Seen::FIRST + place as u32),
            Err(free) => self.see_anew(text, hash, free, grammars),
        }
    }

    /// What a text is that is none of the labels remembered; there is room for it in the slot `free`, if there is any.
    #[inline(never)]
    fn see_anew(&mut self, text: &str, hash: u64, free: Option<usize>, grammars: &Grammars) -> Seen {
        if text.is_empty() || !grammars.every_label.may_hold(text, &grammars.labelling) || is_figure(text) {
            return Seen::TEXT;
        }
        let Memory { key, are_labels, .. } = self;
        let is_label = *are_labels.get(0, text, || {
            fold_into(text, key);
            grammars.every_label.holds(key, &grammars.labelling, &grammars.lexicon)
        });
        if !is_label {
            return Seen::TEXT;
        }
        free.map_or(Seen::ANEW, |slot| self.remember(text, hash, slot))
    }

    /// The place of a label among those remembered; else the slot where there is room for it, if there is any.
    #[inline]
    fn place_of(&self, text: &str, hash: u64) -> Result<usize, Option<usize>> {
        for probe in 0..PROBES {
            // As many as a power of two.
            let slot = ((hash >> 32) as usize + probe) & (self.slots.len() - 1);
            let Some(place) = usize::from(self.slots[slot]).checked_sub(1) else { return Err(Some(slot)) };
            let label = &self.labels[place];
            if label.hash == hash && self.written.as_bytes().get(label.text.clone()) == Some(text.as_bytes())
            {
                return Ok(place);
            }
        }
        Err(None)
    }

    fn remember(&mut self, text: &str, hash: u64, slot: usize) -> Seen {
        if self.labels.len() == LABELS {
            return Seen::ANEW;
        }
        let start = self.written.len();
        self.written.push_str(text);
        self.labels.push(Label { hash, text: start..self.written.len() });
        self.meanings.resize(self.labels.len() * self.forms, Meaning::NeverAsked);
        self.titled.push(None);
        self.slots[slot] = self.labels.len() as u16;
        Seen(Seen::FIRST + self.labels.len() as u32 - 1)
    }

    /// What `text`, seen as `seen`, is in the form at a place among the grammars.
    #[inline]
    pub(super) fn spot(&mut self, seen: Seen, text: &str, form: usize, grammars: &Grammars) -> Option<Spot> {
        if !seen.is_label() {
            return None;
        }
        let Some(place) = seen.place() else { return self.look_up(text, form, grammars) };
        let at = place * self.forms + form;
        match self.meanings[at] {
            Meaning::Label(spot) => Some(spot),
            Meaning::None => None,
            Meaning::NeverAsked => {
                let spot = self.look_up(text, form, grammars);
                self.meanings[at] = spot.map_or(Meaning::None, Meaning::Label);
                spot
            }
        }
    }

    #[cold]
    fn look_up(&mut self, text: &str, form: usize, grammars: &Grammars) -> Option<Spot> {
        let text = fold::behind_marks(text);
        let labels = &grammars.forms[form].labels;
        let first = text.chars().next()?;
        if !labels.may_begin_with(first) || labels.too_long(text) || is_figure(text) {
            return None;
        }
        labels.spot(self.fold(text), &grammars.labelling, &grammars.lexicon)
    }
}

/// Whether nothing stands in a merged cell but an extractor's mark, which is no text in it.
#[cold]
fn is_mark_alone(text: &str) -> bool {
    fold::trim(&fold::strip_marks(text)).is_empty()
}

/// Puts `text` folded, without an extractor's marks, into `key`.
fn fold_into(text: &str, key: &mut String) {
    key.clear();
    fold::key_into(&fold::strip_marks(text), key);
}

/// What was worked out lately for texts of forms; a later one takes the place of an earlier one.
#[derive(Debug)]
pub(super) struct Lately<T> {
    slots: Vec<Option<(usize, String, T)>>,
}

impl<T> Lately<T> {
    /// Room for `size` texts, a power of two.
    fn new(size: usize) -> Self {
        debug_assert!(size.is_power_of_two());
        Lately { slots: std::iter::repeat_with(|| None).take(size).collect() }
    }

    /// What `work_out` gives for a text of a form, or gave lately.
    pub fn get(&mut self, form: usize, text: &str, work_out: impl FnOnce() -> T) -> &T {
        let slot = (hash_of(text) >> 32) as usize & (self.slots.len() - 1);
        let slot = &mut self.slots[slot];
        if slot.as_ref().is_some_and(|(of, known, _)| *of != form || known != text) {
            *slot = None;
        }
        let (_, _, found) = slot.get_or_insert_with(|| (form, text.to_owned(), work_out()));
        found
    }
}

/// A hash of a text's length and its two ends, in which labels differ; equal ones are compared.
fn hash_of(text: &str) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)), 0),
    };
    let mixed = (first.wrapping_mul(MIX) ^ last).rotate_left(29) ^ bytes.len() as u64;
    mixed.wrapping_mul(MIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every label as forms print it: numbered, spaced, with what may stand around it.
    fn printed(grammars: &Grammars) -> Vec<String> {
        let labels = grammars.forms.iter().flat_map(|form| form.labels.iter()).map(|(label, _)| label);
        let dress = |label: &str| {
            let label = label.replace("{year}", "2021");
            let first = label.chars().next().map_or(0, char::len_utf8);
            let (head, rest) = label.split_at(first);
            [
                format!("{label}："),
                format!("1、{label}"),
                format!("（二）{label}"),
                format!("（三） 、{label}"),
                format!("12 .{label}"),
                format!("一、其中：1.{label}"),
                format!("{head} {rest}(万元)"),
                format!("{head}\n{rest}"),
                format!("[bookmark: a]{head}[image: b]{rest}"),
                format!("{label}5"),
                format!("2021{label}"),
                format!("2{rest}"),
                label,
            ]
        };
        labels.flat_map(dress).collect()
    }

    #[test]
    fn a_memory_says_what_the_grammars_say_however_full_it_is() {
        let grammars = Grammars::built_in().unwrap();
        let texts = printed(&grammars);
        assert!(texts.len() > LABELS, "too few to fill the memory");
        let mut memory = Memory::new(&grammars);
        let (mut known, mut full) = (0, 0);
        // The second time round what was found is remembered, as far as there was room.
        for text in texts.iter().chain(&texts) {
            let seen = memory.see(text, &grammars);
            full += usize::from(seen == Seen::ANEW);
            for form in 0..grammars.forms.len() {
                let direct = memory.look_up(text, form, &grammars);
                known += usize::from(direct.is_some());
                assert_eq!(memory.spot(seen, text, form, &grammars), direct, "{text} in form {form}");
            }
        }
        assert!(known > texts.len() && full > 0, "{known} {full}");
        memory.begin();
        assert!(memory.labels.is_empty(), "a full memory forgets before the next document");
    }

    #[test]
    fn what_was_worked_out_lately_is_not_worked_out_again() {
        let mut lately = Lately::new(1);
        assert_eq!(*lately.get(0, "a", || 1), 1);
        assert_eq!(*lately.get(0, "a", || 2), 1);
        assert_eq!(*lately.get(1, "a", || 3), 3);
        assert_eq!(*lately.get(0, "b", || 4), 4);
        assert_eq!(*lately.get(0, "a", || 5), 5);
    }
}
