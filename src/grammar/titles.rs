//! The titles of all forms by their last characters, and the first ones of the annex lines above them: few cells end or
//! begin with one of them, so few are folded and compared.

use super::Grammar;

/// The titles of a set of grammars.
#[derive(Clone, Debug)]
pub struct Titles {
    /// Whether a byte is the last of a title or of a bracket behind one.
    last_bytes: Box<[bool; 256]>,
    /// Titles by their last character, in the order of the characters.
    by_last: Vec<(char, Vec<String>)>,
    /// First characters of annex words, and whether a byte is the first of one.
    annex_heads: Vec<char>,
    annex_bytes: Box<[bool; 256]>,
}

/// What may stand behind a title, closing a note.
const BRACKETS: [char; 2] = [')', '）'];

impl Titles {
    /// The titles of `forms`.
    pub(super) fn of(forms: &[Grammar]) -> Self {
        let mut titles: Vec<&String> = forms.iter().flat_map(|grammar| &grammar.titles).collect();
        titles.sort_unstable_by_key(|title| (title.chars().next_back(), title.as_str()));
        titles.dedup();
        let mut by_last: Vec<(char, Vec<String>)> = Vec::new();
        for title in titles {
            let Some(last) = title.chars().next_back() else { continue };
            match by_last.last_mut().filter(|(known, _)| *known == last) {
                Some((_, same)) => same.push(title.clone()),
                None => by_last.push((last, vec![title.clone()])),
            }
        }
        let mut last_bytes = Box::new([false; 256]);
        for last in by_last.iter().map(|(last, _)| *last).chain(BRACKETS) {
            let mut bytes = [0; 4];
            if let Some(byte) = last.encode_utf8(&mut bytes).bytes().next_back() {
                last_bytes[usize::from(byte)] = true;
            }
        }
        let annexes = forms.iter().flat_map(|grammar| &grammar.annex);
        let annex_heads = annexes.clone().filter_map(|annex| annex.before.chars().next()).collect();
        let mut annex_bytes = Box::new([false; 256]);
        for byte in annexes.filter_map(|annex| annex.before.bytes().next()) {
            annex_bytes[usize::from(byte)] = true;
        }
        Titles { last_bytes, by_last, annex_heads, annex_bytes }
    }

    /// Whether a text ends with the last character of some title, or a bracket; told by its last byte in most cells.
    #[inline]
    pub fn may_end(&self, text: &str) -> bool {
        text.as_bytes().last().is_some_and(|&byte| self.last_bytes[usize::from(byte)])
            && text
                .chars()
                .next_back()
                .is_some_and(|c| BRACKETS.contains(&c) || !self.with_last(c).is_empty())
    }

    /// Whether a text begins with the first character of some annex's word.
    pub fn may_begin_annex(&self, text: &str) -> bool {
        text.as_bytes().first().is_some_and(|&byte| self.annex_bytes[usize::from(byte)])
            && text.starts_with(&*self.annex_heads)
    }

    /// The titles that end with a character.
    pub fn with_last(&self, last: char) -> &[String] {
        match self.by_last.binary_search_by_key(&last, |(known, _)| *known) {
            Ok(at) => &self.by_last[at].1,
            Err(_) => &[],
        }
    }
}
