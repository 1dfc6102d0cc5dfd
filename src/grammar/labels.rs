//! Labels: the printed names of fields, columns, rows and levels, found in a prebuilt table.

mod guess;

use super::fold;
use super::form::Role;
use super::found::Found;
use super::lexicon::Lexicon;
use super::near::Near;
use super::openings::{Opening, Openings};
use super::spellings::Characters;
use super::vocabulary::MoneyUnit;
use super::year::{digit_misread, in_digits, is_year};
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

pub use guess::Guess;

/// What may stand around a label without being part of it (grammar/labelling.toml).
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    pub(super) of_which: Vec<String>,
    pub(super) numerals: String,
    pub(super) number_ends: String,
    pub(super) year_words: Vec<String>,
    pub(super) form_words: Vec<String>,
    /// What texts end with that may be what forms are called: the last characters of those words, and of a bracket behind them.
    pub(super) form_ends: Characters,
    /// What stands over a list of forms, folded.
    pub(super) contents: Vec<String>,
    /// Sets of characters that look alike.
    pub(super) look_alikes: Vec<String>,
}

/// What a number at the beginning of a text is told to leave, before the text is folded.
pub(super) enum BehindNumber<'t> {
    /// It is none.
    NoNumber,
    /// The rest.
    Text(&'t str),
    /// Only folding tells.
    Unsure,
}

/// What a year is written as inside a label of a grammar.
pub(super) const YEAR: &str = "{year}";

impl Labelling {
    /// Whether `c` is a numeral that numbers lines.
    pub fn is_numeral(&self, c: char) -> bool {
        self.numerals.contains(c)
    }

    /// Whether a folded text stands over a list of forms.
    pub fn heads_list(&self, name: &str) -> bool {
        self.contents.iter().any(|words| words == name.trim_end_matches(':'))
    }

    /// Whether `name` (folded) is what forms are called.
    pub fn is_form_name(&self, name: &str) -> bool {
        self.form_words.iter().any(|word| name.ends_with(word.as_str()))
    }

    /// Whether a text, not folded, may be what forms are called, perhaps with a bracket behind: most end with neither.
    pub fn may_be_form_name(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|last| self.form_ends.has(last))
    }

    /// What stands behind the word for year at a text's start.
    pub fn behind_year_word<'t>(&self, text: &'t str) -> &'t str {
        let behind = self.year_words.iter().find_map(|word| text.strip_prefix(word.as_str()));
        behind.unwrap_or(text)
    }

    /// The characters that numerals and "of which" before a label begin with.
    pub(super) fn leads(&self) -> impl Iterator<Item = char> + '_ {
        let words = self.of_which.iter().filter_map(|word| word.chars().next());
        words.chain(self.numerals.chars())
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

    /// What stands behind an "of which" that lacks one character and has its mark: `其:`; with the whole word.
    fn strip_cut_of_which<'k>(&self, key: &'k str) -> Option<(&str, &'k str)> {
        let mark = key.find([':', ',', '、'])?;
        let cut = &key[..mark];
        let lacks_one = |word: &&String| {
            word.char_indices().any(|(at, c)| {
                cut.strip_prefix(&word[..at]).is_some_and(|rest| rest == &word[at + c.len_utf8()..])
            })
        };
        let word = self.of_which.iter().find(lacks_one).filter(|_| !cut.is_empty())?;
        Some((word, key[mark..].trim_start_matches([':', ',', '、'])))
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

    /// What stands behind the number that a text, once folded, begins with for [`Labelling::strip_lead`].
    pub(super) fn behind_number<'t>(&self, text: &'t str) -> BehindNumber<'t> {
        let mut chars = text.char_indices().map(|(at, c)| (at, fold::narrow(c))).peekable();
        let bracketed = chars.next_if(|&(_, c)| c == '(').is_some();
        let (mut digits, mut numerals) = (0, 0);
        while chars.next_if(|(_, c)| c.is_ascii_digit()).is_some() {
            digits += 1;
        }
        while digits == 0 && chars.next_if(|&(_, c)| self.numerals.contains(c)).is_some() {
            numerals += 1;
        }
        let Some((_, end)) = chars.next() else { return BehindNumber::NoNumber };
        let ends = if bracketed { end == ')' } else { self.number_ends.contains(end) };
        // A year, perhaps with letters that a scanner read for digits.
        let century = || {
            let mut number = text.chars().map(fold::narrow).skip(usize::from(bracketed));
            matches!((number.next(), number.next()), (Some('1'), Some('9')) | (Some('2'), Some('0')))
        };
        let is_year = (digits == 4 && century()) || (digits > 0 && digit_misread(end).is_some());
        match chars.next() {
            _ if is_year || (!ends && !fold::is_plain(end)) => BehindNumber::Unsure,
            Some((at, _)) if ends && digits <= 2 && digits + numerals > 0 => BehindNumber::Text(&text[at..]),
            _ => BehindNumber::NoNumber,
        }
    }

    /// The first year in `key` that is followed by the word for year: the place of its digits.
    pub fn year(&self, key: &str) -> Option<Range<usize>> {
        if !key.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.year_words.iter().find_map(|word| {
            key.match_indices(word.as_str()).find_map(|(at, _)| {
                let start = at.checked_sub(4)?;
                let digits = &in_digits(key.get(start..at)?);
                let alone = !key[..start].ends_with(|c: char| c.is_ascii_digit());
                (alone && is_year(digits)).then_some(start..at)
            })
        })
    }
}

/// The labels of one grammar.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Labels, each with the place of what it may be.
    table: HashMap<Box<str>, u32, FixedState>,
    meanings: Vec<Meanings>,
    /// First characters of labels, and of what may stand before one: most cells begin with none of them.
    heads: Heads,
    /// Beginnings of labels, for cells that a dump broke over lines.
    beginnings: HashSet<Box<str>, FixedState>,
    /// Labels that stand below another that spans them, `上/下`, without brackets.
    lower_storeys: HashSet<Box<str>, FixedState>,
    lower_openings: Openings,
    /// Bytes of the longest label; what is much longer is no label.
    longest: usize,
    /// Labels by what is near to them; built when first asked for.
    near: OnceLock<Near>,
}

/// What a label may be.
#[derive(Clone, Debug, Default)]
struct Meanings {
    roles: Vec<Role>,
    kinds: Kinds,
}

/// Characters as a bit set; those beyond the basic plane are all taken to be in it.
#[derive(Clone, Debug)]
struct Heads(Vec<u64>);

impl Default for Heads {
    fn default() -> Self {
        Heads(vec![0; 0x1_0000 / 64])
    }
}

impl Heads {
    fn insert(&mut self, c: char) {
        if let Some(word) = self.0.get_mut(c as usize / 64) {
            *word |= 1 << (c as usize % 64);
        }
    }

    fn contains(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_none_or(|word| word & (1 << (c as usize % 64)) != 0)
    }
}

/// The kinds among a label's roles, as a bit set, so that a row is sorted without walking them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// A field or a prose field.
    pub const PAIR: Kinds = Kinds(1);
    /// The corner of a block.
    pub const OPENS: Kinds = Kinds(2);
    /// The header of a column.
    pub const COLUMN: Kinds = Kinds(4);
    /// The label of a row.
    pub const ROW: Kinds = Kinds(8);
    /// The label of the total.
    pub const TOTAL: Kinds = Kinds(16);
    /// A first or second level.
    pub const LEVEL: Kinds = Kinds(32);

    const fn of(role: Role) -> Self {
        match role {
            Role::Field(_) | Role::Text(_) => Kinds::PAIR,
            Role::Opens(_) => Kinds::OPENS,
            Role::Column { .. } => Kinds::COLUMN,
            Role::Row { .. } => Kinds::ROW,
            Role::Total => Kinds::TOTAL,
            Role::Level1(_) | Role::Level2(_) => Kinds::LEVEL,
        }
    }

    /// Both sets together.
    pub const fn or(self, other: Self) -> Self {
        Kinds(self.0 | other.0)
    }

    /// Whether the sets share a kind.
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

/// Characters in the brackets behind a label that lost one of them: `(B/A×100%)`.
const BRACKET: usize = 10;

/// What stands between a label and the one that spans it.
const STOREY: char = '/';

/// What a number before a label begins with, beside numerals.
pub(super) const NUMBERS: &str = "(0123456789";

/// Bytes that numbering, brackets and "of which" may add to a label.
const DRESSING: usize = 64;

/// A label found, by its place among the labels of its grammar: it may be kept when the grammar is borrowed no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    at: u32,
    unit: Option<MoneyUnit>,
    year: Option<i32>,
}

impl Labels {
    pub(super) fn add(&mut self, label: &str, role: Role) {
        let mut key = String::new();
        fold::key_into(label, &mut key);
        self.longest = self.longest.max(key.len());
        self.heads.insert(key.chars().next().unwrap_or('{'));
        for (at, _) in key.char_indices().skip(1) {
            self.beginnings.insert(key[..at].into());
        }
        if let Some((_, below)) = key.split_once(STOREY) {
            let below = before_bracket(below);
            self.lower_openings.add(below);
            self.lower_storeys.insert(below.into());
        }
        let next = self.meanings.len() as u32;
        let at = *self.table.entry(key.into_boxed_str()).or_insert(next);
        if at == next {
            self.meanings.push(Meanings::default());
        }
        let meanings = &mut self.meanings[at as usize];
        if !meanings.roles.contains(&role) {
            meanings.roles.push(role);
            meanings.kinds = meanings.kinds.or(Kinds::of(role));
        }
    }

    /// Whether a cell that begins with `c` may be a label of this grammar.
    pub fn may_begin_with(&self, c: char) -> bool {
        let c = fold::narrow(c);
        self.heads.contains(c) || !matches!(c, '!'..='~' | '≤' | '≥' | '\u{4e00}'..='\u{9fff}')
    }

    /// Lets labels begin with what may stand before one.
    pub(super) fn allow_lead(&mut self, labelling: &Labelling) {
        for c in labelling.leads().chain(NUMBERS.chars()) {
            self.heads.insert(c);
        }
    }

    /// The roles of a label as folded by [`fold::key_into`], undressed.
    pub fn exact(&self, key: &str) -> Option<&[Role]> {
        self.table.get(key).map(|&at| self.meanings[at as usize].roles.as_slice())
    }

    /// Whether `key` begins some label, or is one.
    pub fn begins(&self, key: &str) -> bool {
        self.beginnings.contains(key) || self.table.contains_key(key)
    }

    /// Every label with its roles, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Role])> {
        self.table.iter().map(|(label, &at)| (&**label, self.meanings[at as usize].roles.as_slice()))
    }

    /// Takes in the labels of another grammar, without what they mean there.
    pub(super) fn take_texts(&mut self, other: &Labels) {
        for label in other.table.keys() {
            self.table.entry(label.clone()).or_insert(0);
        }
        self.longest = self.longest.max(other.longest);
    }

    /// Whether `text` is too long to be a label of this grammar, whatever stands around it.
    pub fn too_long(&self, text: &str) -> bool {
        text.len() > self.longest + DRESSING
    }

    /// The label printed as `key` (folded by [`fold::key_into`]), with or without a number, "of which", a colon,
    /// a bracket behind it, or a year in it.
    pub fn find(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Found<'_>> {
        self.spot(key, labelling, lexicon).map(|spot| self.at(spot))
    }

    /// What stands at a spot of this grammar's.
    pub fn at(&self, spot: Spot) -> Found<'_> {
        let meanings = &self.meanings[spot.at as usize];
        Found { roles: &meanings.roles, kinds: meanings.kinds, unit: spot.unit, year: spot.year }
    }

    /// As [`Labels::find`], the spot.
    pub fn spot(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Spot> {
        if let Some(found) = self.plain(key) {
            return Some(found);
        }
        let bare = labelling.strip_lead(key);
        let bare = bare.strip_suffix(':').unwrap_or(bare);
        if bare.len() < key.len()
            && let Some(found) = self.plain(bare)
        {
            return Some(found);
        }
        self.find_yearly(bare, labelling)
            .or_else(|| self.find_bracketed(bare, labelling, lexicon))
            .or_else(|| self.find_storeyed(bare, lexicon))
            .or_else(|| self.find_united(bare, lexicon))
    }

    /// A label with its unit behind it outside of brackets: `项目资金万元`, `项目资金/万元`, `项目资金【万元】`.
    fn find_united(&self, key: &str, lexicon: &Lexicon) -> Option<Spot> {
        // A bracket that lost its other half is a slip of the label, not of the unit.
        if key.matches('(').count() != key.matches(')').count() {
            return None;
        }
        let (found, unit) = lexicon.before_unit(key, |label| self.plain(label))?;
        Some(Spot { unit: Some(unit), ..found })
    }

    /// Whether a text may be the lower of two labels, told by what it begins with.
    pub fn may_be_lower(&self, text: &str) -> bool {
        self.lower_openings.of(text) == Opening::Label
    }

    /// Whether a label with a second one above it may have `key` below.
    pub fn has_lower_storey(&self, key: &str) -> bool {
        self.lower_storeys.contains(before_bracket(key))
    }

    /// A label and the one that spans it, `批复金额(元)/总额`: each without the brackets behind it.
    fn find_storeyed(&self, key: &str, lexicon: &Lexicon) -> Option<Spot> {
        let (above, below) = key.split_once(STOREY)?;
        let mut unit = None;
        let mut bare = |text: &str| {
            let mut outer = text.to_owned();
            while let Some(open) = open_bracket(&outer) {
                let inside = outer[open..].trim_matches(['(', ')']).to_owned();
                unit = unit.or_else(|| lexicon.unit_in(&inside));
                outer.truncate(open);
            }
            outer
        };
        let (above, below) = (bare(above), bare(below));
        let found = self.plain(&format!("{above}{STOREY}{below}"))?;
        Some(Spot { unit, ..found })
    }

    fn plain(&self, key: &str) -> Option<Spot> {
        self.table.get(key).map(|&at| Spot { at, unit: None, year: None })
    }

    fn find_yearly(&self, key: &str, labelling: &Labelling) -> Option<Spot> {
        let at = labelling.year(key)?;
        let year = in_digits(&key[at.clone()]).parse().ok();
        let general = format!("{}{YEAR}{}", &key[..at.start], &key[at.end..]);
        Some(Spot { year, ..self.plain(&general)? })
    }

    fn find_bracketed(&self, key: &str, labelling: &Labelling, lexicon: &Lexicon) -> Option<Spot> {
        let mut outer = key;
        // `执行数(B)(万元)`: more than a few brackets are no label.
        for _ in 0..4 {
            outer = &outer[..open_bracket(outer)?];
            let found = self.plain(outer).or_else(|| self.find_yearly(outer, labelling));
            if let Some(found) = found {
                return Some(Spot { unit: lexicon.unit_in(&key[outer.len()..]), ..found });
            }
        }
        None
    }
}

/// `key` up to its first bracket.
fn before_bracket(key: &str) -> &str {
    key.split('(').next().unwrap_or(key)
}

/// Where the bracket that `key` ends with opens, unless it opens at its start.
fn open_bracket(key: &str) -> Option<usize> {
    key.strip_suffix(')')?.rfind('(').filter(|&open| open > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn labelling() -> Labelling {
        Labelling {
            of_which: vec!["其中".into()],
            numerals: "一二三".into(),
            number_ends: "、.,)".into(),
            year_words: vec!["年".into()],
            form_words: Vec::new(),
            form_ends: Characters::default(),
            contents: Vec::new(),
            look_alikes: Vec::new(),
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
