//! Labels: the printed names of fields, columns, rows and levels, found in a prebuilt table.

use super::fold;
use super::form::Role;
use super::lexicon::Lexicon;
use super::vocabulary::MoneyUnit;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What may stand around a label without being part of it (grammar/labelling.toml).
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    pub(super) of_which: Vec<String>,
    pub(super) numerals: String,
    pub(super) number_ends: String,
    pub(super) year_words: Vec<String>,
    pub(super) form_words: Vec<String>,
}

/// What a year is written as inside a label of a grammar.
pub(super) const YEAR: &str = "{year}";

impl Labelling {
    /// Whether `c` is a numeral that numbers lines.
    pub fn is_numeral(&self, c: char) -> bool {
        self.numerals.contains(c)
    }

    /// Whether `name` (folded) is what forms are called.
    pub fn is_form_name(&self, name: &str) -> bool {
        self.form_words.iter().any(|word| name.ends_with(word.as_str()))
    }

    /// `key` (folded) without its number (`1、`, `一、`, `(二)`) and without "of which".
    pub fn strip_lead<'k>(&self, key: &'k str) -> &'k str {
        let mut rest = key;
        // At most a number, "of which" and one more number: `一、其中:1、…`.
        for _ in 0..3 {
            let shorter = self.strip_number(self.strip_of_which(rest));
            if shorter.len() == rest.len() {
                break;
            }
            rest = shorter;
        }
        rest
    }

    fn strip_of_which<'k>(&self, key: &'k str) -> &'k str {
        let Some(rest) = self.of_which.iter().find_map(|word| key.strip_prefix(word.as_str())) else {
            return key;
        };
        let rest = rest.strip_prefix([':', ',', '、']).unwrap_or(rest);
        if rest.is_empty() { key } else { rest }
    }

    fn strip_number<'k>(&self, key: &'k str) -> &'k str {
        let (bracketed, inner) = match key.strip_prefix('(') {
            Some(inner) => (true, inner),
            None => (false, key),
        };
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let number = if digits > 0 {
            digits
        } else {
            inner.chars().take_while(|&c| self.numerals.contains(c)).map(char::len_utf8).sum()
        };
        if number == 0 || digits > 2 {
            return key;
        }
        let behind = &inner[number..];
        let rest = if bracketed {
            behind.strip_prefix(')').map(|rest| rest.strip_prefix('、').unwrap_or(rest))
        } else {
            behind.strip_prefix(|c| self.number_ends.contains(c))
        };
        match rest {
            // `1.5` is a figure, not line 1 named `5`.
            Some(rest) if !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
            _ => key,
        }
    }

    /// The first year in `key` that is followed by the word for year: the place of its digits.
    pub fn year(&self, key: &str) -> Option<Range<usize>> {
        self.year_words.iter().find_map(|word| {
            key.match_indices(word.as_str()).find_map(|(at, _)| {
                let start = at.checked_sub(4)?;
                let digits = key.get(start..at)?;
                let alone = !key[..start].ends_with(|c: char| c.is_ascii_digit());
                (alone && is_year(digits)).then_some(start..at)
            })
        })
    }
}

/// Whether `digits` are a year that forms report on.
pub fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with("19") || digits.starts_with("20"))
}

/// The labels of one grammar.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    table: HashMap<Box<str>, Vec<Role>, FixedState>,
    /// Beginnings of labels, for cells that a dump broke over lines.
    beginnings: HashSet<Box<str>, FixedState>,
    /// Bytes of the longest label; what is much longer is no label.
    longest: usize,
}

/// Bytes that numbering, brackets and "of which" may add to a label.
const DRESSING: usize = 64;

/// A label found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'l> {
    /// Everything the label may be.
    pub roles: &'l [Role],
    /// The unit of money in the brackets behind it: `(B)(万元)`.
    pub unit: Option<MoneyUnit>,
    /// The year printed in it.
    pub year: Option<i32>,
}

impl Labels {
    pub(super) fn add(&mut self, label: &str, role: Role) {
        let mut key = String::new();
        fold::key_into(label, &mut key);
        self.longest = self.longest.max(key.len());
        for (at, _) in key.char_indices().skip(1) {
            self.beginnings.insert(key[..at].into());
        }
        let roles = self.table.entry(key.into_boxed_str()).or_default();
        if !roles.contains(&role) {
            roles.push(role);
        }
    }

    /// The roles of a label as folded by [`fold::key_into`], undressed.
    pub fn exact(&self, key: &str) -> Option<&[Role]> {
        self.table.get(key).map(Vec::as_slice)
    }

    /// Whether `key` begins some label, or is one.
    pub fn begins(&self, key: &str) -> bool {
        self.beginnings.contains(key) || self.table.contains_key(key)
    }

    /// Every label with its roles, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Role])> {
        self.table.iter().map(|(label, roles)| (&**label, roles.as_slice()))
    }

    /// Whether `text` is too long to be a label of this grammar, whatever stands around it.
    pub fn too_long(&self, text: &str) -> bool {
        text.len() > self.longest + DRESSING
    }

    /// The label printed as `key` (folded by [`fold::key_into`]), with or without a number, "of which", a colon,
    /// a bracket behind it, or a year in it.
    pub fn find(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Found<'_>> {
        let plain = |roles| Found { roles, unit: None, year: None };
        if let Some(roles) = self.exact(key) {
            return Some(plain(roles));
        }
        let bare = labelling.strip_lead(key);
        let bare = bare.strip_suffix(':').unwrap_or(bare);
        if bare.len() < key.len()
            && let Some(roles) = self.exact(bare)
        {
            return Some(plain(roles));
        }
        self.find_yearly(bare, labelling).or_else(|| self.find_bracketed(bare, labelling, lexicon))
    }

    fn find_yearly(&self, key: &str, labelling: &Labelling) -> Option<Found<'_>> {
        let at = labelling.year(key)?;
        let year = key[at.clone()].parse().ok();
        let general = format!("{}{YEAR}{}", &key[..at.start], &key[at.end..]);
        Some(Found { roles: self.exact(&general)?, unit: None, year })
    }

    fn find_bracketed(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Found<'_>> {
        let mut outer = key;
        // `执行数(B)(万元)`: more than a few brackets are no label.
        for _ in 0..4 {
            outer = &outer[..open_bracket(outer)?];
            let found = match self.exact(outer) {
                Some(roles) => Some(Found { roles, unit: None, year: None }),
                None => self.find_yearly(outer, labelling),
            };
            if let Some(found) = found {
                let brackets = key[outer.len()..].split(['(', ')']).filter(|inside| !inside.is_empty());
                return Some(Found {
                    unit: brackets.filter_map(|inside| lexicon.money_unit(inside)).next(),
                    ..found
                });
            }
        }
        None
    }
}

/// Where the bracket that `key` ends with opens, unless it opens at its start.
fn open_bracket(key: &str) -> Option<usize> {
    key.strip_suffix(')')?.rfind('(').filter(|&open| open > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelling() -> Labelling {
        Labelling {
            of_which: vec!["其中".into()],
            numerals: "一二三".into(),
            number_ends: "、.,)".into(),
            year_words: vec!["年".into()],
            form_words: Vec::new(),
        }
    }

    #[test]
    fn undresses_labels() {
        let l = labelling();
        for (key, bare) in [
            ("一、甲", "甲"),
            ("12、甲", "甲"),
            ("(二)甲", "甲"),
            ("其中:甲", "甲"),
            ("1.其中:甲", "甲"),
            ("1.5", "1.5"),
            ("2021年", "2021年"),
            ("其中", "其中"),
            ("一次性", "一次性"),
        ] {
            assert_eq!(l.strip_lead(key), bare, "{key}");
        }
    }

    #[test]
    fn finds_labels_with_brackets_and_years() {
        let mut labels = Labels::default();
        labels.add("甲", Role::Total);
        labels.add("{year}年数", Role::Total);
        let l = labelling();
        let lexicon = Lexicon::built_in().unwrap();
        assert_eq!(labels.find("甲(万元)", &l, &lexicon).and_then(|f| f.unit), Some(MoneyUnit::WanYuan));
        assert_eq!(labels.find("甲(B)(元)", &l, &lexicon).and_then(|f| f.unit), Some(MoneyUnit::Yuan));
        assert_eq!(labels.find("其中:甲:", &l, &lexicon).map(|f| f.roles.len()), Some(1));
        assert_eq!(labels.find("2021年数", &l, &lexicon).and_then(|f| f.year), Some(2021));
        assert_eq!(labels.find("2021年数(元)", &l, &lexicon).and_then(|f| f.year), Some(2021));
        assert!(labels.find("乙", &l, &lexicon).is_none());
    }
}
