//! The titles of all forms by their last characters, and the first ones of the annex lines above them: few cells end or
//! begin with one of them, so few are folded and compared.

use super::Grammar;
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};

/// The titles of a set of grammars.
#[derive(Clone, Debug)]
pub struct Titles {
    /// A bit for each pair of bytes that may be the last two of a title or of a bracket behind one.
    last_bytes: Box<[u64; PAIRS / 64]>,
    /// Titles by their last character, in the order of the characters.
    by_last: Vec<(char, Vec<String>)>,
    /// The forms that have each title, by their places among the grammars.
    forms: HashMap<String, Vec<u16>, RandomState>,
    /// Titles long enough to be known with one character missing or mistaken, by each of their last two characters: a text
    /// that is one of them ends with one of those.
    near_by_end: Vec<(char, Vec<String>)>,
    /// As `last_bytes`, of texts that are nearly titles.
    near_bytes: Box<[u64; PAIRS / 64]>,
    /// First characters of annex words, and whether a byte is the first of one.
    annex_heads: Vec<char>,
    annex_bytes: Box<[bool; 256]>,
}

/// Characters of the shortest title that is known with one of them missing or mistaken.
const SHORTEST_NEAR: usize = 8;

/// Pairs of bytes.
const PAIRS: usize = 1 << 16;

/// What quotes a word in a folded title.
const QUOTE: char = '"';

/// Folded titles, and those that quote a word once more with the quotes around all of it: a program that sorts the characters of a
/// page by their places puts the narrow marks before and behind the words.
pub(super) fn with_quotes_around(mut titles: Vec<String>) -> Vec<String> {
    let quoted = titles.iter().filter(|title| title.starts_with(QUOTE) && title.matches(QUOTE).count() == 2);
    let around: Vec<String> =
        quoted.map(|title| format!("{QUOTE}{}{QUOTE}", title.replace(QUOTE, ""))).collect();
    titles.extend(around);
    titles
}

/// What may stand behind a title, closing a note or what quotes it.
const BRACKETS: [char; 4] = [')', '）', QUOTE, '”'];

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
        let last_bytes = last_bytes_of(by_last.iter().map(|(last, _)| *last).chain(BRACKETS));
        let annexes = forms.iter().flat_map(|grammar| &grammar.annex);
        let annex_heads = annexes.clone().filter_map(|annex| annex.before.chars().next()).collect();
        let mut annex_bytes = Box::new([false; 256]);
        for byte in annexes.filter_map(|annex| annex.before.bytes().next()) {
            annex_bytes[usize::from(byte)] = true;
        }
        let near_by_end = near_by_end(by_last.iter().flat_map(|(_, titles)| titles));
        let near_bytes = last_bytes_of(near_by_end.iter().map(|(end, _)| *end).chain(BRACKETS));
        let forms = having(forms);
        Titles { last_bytes, by_last, forms, near_by_end, near_bytes, annex_heads, annex_bytes }
    }

    /// Whether a text ends with the last character of some title, a bracket or a quote; told by its last two bytes in most cells.
    #[inline]
    pub fn may_end(&self, text: &str) -> bool {
        has_last(&self.last_bytes, text)
            && text
                .chars()
                .next_back()
                .is_some_and(|c| BRACKETS.contains(&c) || !self.with_last(c).is_empty())
    }

    /// Whether a text may end with a title of which one character is missing or mistaken.
    #[inline]
    pub fn may_end_near(&self, text: &str) -> bool {
        text.len() >= (SHORTEST_NEAR - 1) * 3
            && has_last(&self.near_bytes, text)
            && text.chars().next_back().is_some_and(|c| BRACKETS.contains(&c) || !self.near_end(c).is_empty())
    }

    /// The longest title that `key`, which ends with none, ends with but for one character that is missing or mistaken.
    pub fn near(&self, key: &str) -> Option<&str> {
        let titles = self.near_end(key.chars().next_back()?).iter().map(String::as_str);
        titles.filter(|title| lead_but_one(key, title).is_some()).max_by_key(|title| title.len())
    }

    fn near_end(&self, end: char) -> &[String] {
        match self.near_by_end.binary_search_by_key(&end, |(known, _)| *known) {
            Ok(at) => &self.near_by_end[at].1,
            Err(_) => &[],
        }
    }

    /// Whether a text begins with the first character of some annex's word.
    pub fn may_begin_annex(&self, text: &str) -> bool {
        text.as_bytes().first().is_some_and(|&byte| self.annex_bytes[usize::from(byte)])
            && text.starts_with(&*self.annex_heads)
    }

    /// The forms that have a title (folded), by their places among the grammars, the first one first.
    pub fn forms_with(&self, title: &str) -> &[u16] {
        self.forms.get(title).map_or(&[], Vec::as_slice)
    }

    /// The titles that end with a character.
    pub fn with_last(&self, last: char) -> &[String] {
        match self.by_last.binary_search_by_key(&last, |(known, _)| *known) {
            Ok(at) => &self.by_last[at].1,
            Err(_) => &[],
        }
    }
}

/// For each title the forms that have it.
fn having(forms: &[Grammar]) -> HashMap<String, Vec<u16>, RandomState> {
    let mut having: HashMap<String, Vec<u16>, RandomState> = HashMap::default();
    for (nth, grammar) in forms.iter().enumerate() {
        for title in &grammar.titles {
            let known = having.entry(title.clone()).or_default();
            if known.last() != Some(&(nth as u16)) {
                known.push(nth as u16);
            }
        }
    }
    having
}

/// The place of a pair of bytes among all.
fn pair(before: u8, byte: u8) -> usize {
    usize::from(before) << 8 | usize::from(byte)
}

/// A bit for each pair of bytes that texts may end with whose last character is one of some.
fn last_bytes_of(ends: impl Iterator<Item = char>) -> Box<[u64; PAIRS / 64]> {
    let mut pairs = Box::new([0; PAIRS / 64]);
    let mut allow = |pair: usize| pairs[pair / 64] |= 1 << (pair % 64);
    for end in ends {
        let mut bytes = [0; 4];
        match *end.encode_utf8(&mut bytes).as_bytes() {
            [.., before, byte] => allow(pair(before, byte)),
            // Anything may stand before a character of one byte.
            [byte] => (0..=u8::MAX).for_each(|before| allow(pair(before, byte))),
            [] => {}
        }
    }
    pairs
}

/// Whether the last two bytes of a text are one of some pairs; before a lone byte counts as none.
#[inline]
fn has_last(pairs: &[u64; PAIRS / 64], text: &str) -> bool {
    let pair = match *text.as_bytes() {
        [.., before, byte] => pair(before, byte),
        [byte] => pair(0, byte),
        [] => return false,
    };
    pairs[pair / 64] >> (pair % 64) & 1 == 1
}

fn near_by_end<'a>(titles: impl Iterator<Item = &'a String>) -> Vec<(char, Vec<String>)> {
    let mut by_end: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for title in titles.filter(|title| title.chars().nth(SHORTEST_NEAR - 1).is_some()) {
        let mut ends: Vec<char> = title.chars().rev().take(2).collect();
        ends.dedup();
        for end in ends {
            by_end.entry(end).or_default().push(title.clone());
        }
    }
    by_end.into_iter().collect()
}

/// What stands before a title that `key` ends with but for one character of it, which is missing or another.
pub(crate) fn lead_but_one<'k>(key: &'k str, title: &str) -> Option<&'k str> {
    let same = key.chars().rev().zip(title.chars().rev()).take_while(|(a, b)| a == b);
    let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let (lead, rest) = (&key[..key.len() - same], &title[..title.len() - same]);
    let lost = rest.chars().next_back()?;
    let rest = &rest[..rest.len() - lost.len_utf8()];
    // Or another character stands in its place.
    let other = lead.chars().next_back().map_or(0, char::len_utf8);
    lead.strip_suffix(rest).or_else(|| lead[..lead.len() - other].strip_suffix(rest))
}

#[cfg(test)]
mod tests {
    use super::lead_but_one;

    #[test]
    fn one_character_of_a_title_may_be_missing() {
        for key in ["甲县乙丙丁戊表", "甲县乙丙己丁戊", "甲县丙己丁戊表", "甲县乙丙辛丁戊表"]
        {
            assert_eq!(lead_but_one(key, "乙丙己丁戊表"), Some("甲县"), "{key}");
        }
        for key in ["甲县乙丙戊表", "丙己戊表", "甲县乙辛壬丁戊表"] {
            assert_eq!(lead_but_one(key, "乙丙己丁戊表"), None, "{key}");
        }
    }
}
