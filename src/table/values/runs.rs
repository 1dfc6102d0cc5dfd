//! Values that come again, as runs of equal neighbours; a text is kept and hashed once a batch.

use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{ROOM, room_of};
use crate::table::term::Term;

/// The hasher of every text in the process: whoever takes batches over need not hash their texts again.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// Runs of text. Each distinct text has a code, counted up from 0 in the order in which they are first met. A column is
/// filled in one way: its ids or its rare texts, where they come again behind others, have further codes.
#[derive(Clone, Debug)]
pub(crate) struct TextRuns {
    hasher: RandomState,
    /// The distinct texts behind each other; less than 4 GiB.
    text: Vec<u8>,
    /// By code.
    distinct: Vec<Distinct>,
    codes: HashTable<u32>,
    /// Of codes; `ABSENT` for rows without a value.
    runs: Vec<Run<u32>>,
    /// The code of the text that was pushed last.
    before: u32,
    /// The number of the term that the row before has, 0 for none.
    number: u64,
}

/// A distinct text, and where it lies.
#[derive(Clone, Copy, Debug)]
struct Distinct {
    hash: u64,
    /// The number of the term that it came in last, 0 for none.
    number: u64,
    start: u32,
    end: u32,
    /// The code that stood behind this one last: forms of one kind print their labels in one order, so that the next
    /// text mostly is known by one comparison.
    next: u32,
}

/// Equal neighbours: a value, and how many rows have it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<V> {
    pub value: V,
    pub rows: u32,
}

impl Default for TextRuns {
    fn default() -> Self {
        TextRuns {
            hasher: HASHER.clone(),
            text: Vec::with_capacity(ROOM),
            distinct: Vec::with_capacity(ROOM / 8),
            codes: HashTable::new(),
            runs: Vec::with_capacity(ROOM),
            before: ABSENT,
            number: 0,
        }
    }
}

/// What stands for no value where a text's code is expected.
const ABSENT: u32 = TextRuns::ABSENT;

impl TextRuns {
    /// What stands for no value where a text's code is expected.
    pub const ABSENT: u32 = u32::MAX;

    /// What stands for the hash of a text that was not hashed.
    pub const UNHASHED: u64 = 0;

    /// Takes all rows and texts out, and keeps their room.
    pub fn clear(&mut self) {
        self.text.clear();
        self.distinct.clear();
        self.codes.clear();
        self.runs.clear();
        (self.before, self.number) = (ABSENT, 0);
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<&str>) {
        self.push_term(value.map(Term::from));
    }

    /// Adds a row.
    #[inline]
    pub fn push_term(&mut self, value: Option<Term<'_>>) {
        let Some(term) = value else { return self.push_code(ABSENT) };
        let number = term.number();
        match self.runs.last_mut() {
            // Most rows have the value of the row before, and most others one that stood behind it before.
            Some(last) if number != 0 && number == self.number => last.rows += 1,
            _ => match self.expected(number) {
                Some(code) => self.push_numbered(code, number),
                None => self.push_other(term),
            },
        }
    }

    /// Adds a row with the text of a code, which is a term's with this number.
    #[inline]
    fn push_numbered(&mut self, code: u32, number: u64) {
        self.before = code;
        self.push_code(code);
        self.number = number;
    }

    /// Adds a row with an id, which is new unless the row before has it: it is not even hashed.
    pub fn push_id(&mut self, value: Option<Term<'_>>) {
        let Some(term) = value else { return self.push_code(ABSENT) };
        self.push_unsought(term, |_, _| TextRuns::UNHASHED);
    }

    /// Adds a row with a text that seldom comes again behind another one: it is hashed, but not looked for, and has a code
    /// of its own then.
    pub fn push_rare(&mut self, value: Option<Term<'_>>) {
        let Some(term) = value else { return self.push_code(ABSENT) };
        self.push_unsought(term, TextRuns::hash_of);
    }

    /// Adds a row with a text that is not looked for among those before the last.
    fn push_unsought(&mut self, term: Term<'_>, hash: impl Fn(&Self, &[u8]) -> u64) {
        let value = term.as_str().as_bytes();
        // Whatever their numbers are: neighbours of one text are one run.
        if self.last().is_some_and(|last| is_same(self.text(last), value)) {
            self.repeat(1);
        } else {
            let code = self.add(hash(self, value), value);
            self.push_code(code);
        }
        self.number = term.number();
    }

    /// Adds a row whose value is not known by its number.
    #[inline(never)]
    fn push_other(&mut self, term: Term<'_>) {
        // It need not be hashed to be seen that it has the value of the row before.
        if (self.number == 0 || term.number() == 0) && self.last().is_some() && self.is_last(term) {
            return self.repeat(1);
        }
        let code = self.code_behind(self.before, term);
        self.push_numbered(code, term.number());
    }

    /// The code of the text that stood behind the one before last time, if it is known to be a term's by the number.
    #[inline]
    fn expected(&self, number: u64) -> Option<u32> {
        let expected = self.distinct.get(self.before as usize)?.next;
        let known = self.distinct.get(expected as usize)?.number;
        (number != 0 && known == number).then_some(expected)
    }

    /// The code of a text whose row stands behind those of the code `before`.
    fn code_behind(&mut self, before: u32, term: Term<'_>) -> u32 {
        let value = term.as_str().as_bytes();
        let expected = self.distinct.get(before as usize).map_or(ABSENT, |before| before.next);
        if let Some(known) = self.distinct.get_mut(expected as usize)
            && is_same(text_at(&self.text, *known), value)
        {
            known.number = term.number();
            return expected;
        }
        let code = self.code(value);
        self.distinct[code as usize].number = term.number();
        if let Some(before) = self.distinct.get_mut(before as usize) {
            before.next = code;
        }
        code
    }

    /// Adds a row with the text of a code.
    #[inline]
    pub fn push_code(&mut self, code: u32) {
        self.number = 0;
        match self.runs.last_mut() {
            Some(last) if last.value == code => last.rows += 1,
            _ => self.runs.push(Run { value: code, rows: 1 }),
        }
    }

    /// The code of the row before, `None` where it has no value.
    pub fn last(&self) -> Option<u32> {
        self.runs.last().map(|last| last.value).filter(|code| *code != ABSENT)
    }

    fn code(&mut self, value: &[u8]) -> u32 {
        let hash = self.hash_of(value);
        let TextRuns { text, distinct, codes, .. } = self;
        let is_value = |&code: &u32| {
            let known = distinct[code as usize];
            known.hash == hash && is_same(text_at(text, known), value)
        };
        if let Some(&code) = codes.find(hash, is_value) {
            return code;
        }
        let code = self.add(hash, value);
        let TextRuns { distinct, codes, .. } = self;
        codes.insert_unique(hash, code, |&code| distinct[code as usize].hash);
        code
    }

    fn hash_of(&self, value: &[u8]) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(value);
        hasher.finish().max(TextRuns::UNHASHED + 1)
    }

    /// Gives a text the next code.
    fn add(&mut self, hash: u64, value: &[u8]) -> u32 {
        let (code, start) = (self.distinct.len() as u32, self.text.len() as u32);
        self.text.extend_from_slice(value);
        self.distinct.push(Distinct { hash, number: 0, start, end: self.text.len() as u32, next: ABSENT });
        code
    }

    /// Whether the row before is known to have this value: of two texts that have a number, only the numbers are compared.
    #[inline]
    pub fn is_last(&self, value: Term<'_>) -> bool {
        if self.number != 0 && value.number() != 0 {
            return self.number == value.number();
        }
        self.last().is_some_and(|last| is_same(self.text(last), value.as_str().as_bytes()))
    }

    /// Adds rows with the value of the row before; without one, rows without a value.
    pub fn repeat(&mut self, rows: u32) {
        match self.runs.last_mut() {
            Some(last) => last.rows += rows,
            None => self.runs.push(Run { value: ABSENT, rows }),
        }
    }

    /// Codes of texts, `ABSENT` for rows without a value, in the order of the rows.
    pub fn runs(&self) -> &[Run<u32>] {
        &self.runs
    }

    /// How many codes there are.
    pub fn distinct(&self) -> usize {
        self.distinct.len()
    }

    /// Bytes of the texts of all codes.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The text of a code, in UTF-8.
    pub fn text(&self, code: u32) -> &[u8] {
        text_at(&self.text, self.distinct[code as usize])
    }

    /// The hash of a code's text, the same in every batch of the process; `UNHASHED` for an id.
    pub fn hash(&self, code: u32) -> u64 {
        self.distinct[code as usize].hash
    }

    /// Bytes that it may grow to without asking for room.
    pub fn room(&self) -> usize {
        let codes = self.codes.capacity() * size_of::<u32>();
        self.text.capacity() + codes + room_of(&self.distinct) + room_of(&self.runs)
    }

    pub fn rows(&self) -> usize {
        self.runs.iter().map(|run| run.rows as usize).sum()
    }

    pub fn values(&self) -> impl Iterator<Item = Option<&[u8]>> {
        self.runs.iter().flat_map(|run| {
            let text = (run.value != ABSENT).then(|| self.text(run.value));
            std::iter::repeat_n(text, run.rows as usize)
        })
    }
}

fn text_at(text: &[u8], place: Distinct) -> &[u8] {
    &text[place.start as usize..place.end as usize]
}

/// Whether two texts are the same. Most are words of a few bytes, for which a call would cost more than the comparison.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    fn ends<const N: usize>(text: &[u8]) -> Option<(&[u8; N], &[u8; N])> {
        Some((text.first_chunk()?, text.last_chunk()?))
    }
    match a.len() {
        length if length != b.len() => false,
        // The first and the last bytes of so many overlap or meet.
        8..=16 => ends::<8>(a) == ends::<8>(b),
        4..=7 => ends::<4>(a) == ends::<4>(b),
        0..=3 => a.iter().eq(b),
        _ => a == b,
    }
}

/// Runs of numbers. Every number of the contract has at most 18 digits.
#[derive(Clone, Debug)]
pub(crate) struct NumberRuns {
    /// `ABSENT` for rows without a value.
    runs: Vec<Run<i64>>,
}

impl Default for NumberRuns {
    fn default() -> Self {
        NumberRuns { runs: Vec::with_capacity(ROOM) }
    }
}

impl NumberRuns {
    /// What stands for no value: a number of 19 digits.
    pub const ABSENT: i64 = i64::MIN;

    /// Takes all rows out, and keeps their room.
    pub fn clear(&mut self) {
        self.runs.clear();
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<i64>) {
        let value = value.unwrap_or(NumberRuns::ABSENT);
        match self.runs.last_mut() {
            Some(last) if last.value == value => last.rows += 1,
            _ => self.runs.push(Run { value, rows: 1 }),
        }
    }

    /// Values, `ABSENT` for rows without one, in the order of the rows.
    pub fn runs(&self) -> &[Run<i64>] {
        &self.runs
    }

    /// Bytes that it may grow to without asking for room.
    pub fn room(&self) -> usize {
        room_of(&self.runs)
    }

    pub fn rows(&self) -> usize {
        self.runs.iter().map(|run| run.rows as usize).sum()
    }

    pub fn values(&self) -> impl Iterator<Item = Option<i64>> {
        self.runs.iter().flat_map(|run| {
            let value = (run.value != NumberRuns::ABSENT).then_some(run.value);
            std::iter::repeat_n(value, run.rows as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::term::Series;
    use std::ops::Range;

    #[test]
    fn equal_neighbours_are_one_run() {
        let mut texts = TextRuns::default();
        for value in [Some("甲"), Some("甲"), None, None, Some(""), Some("甲"), Some("乙")] {
            texts.push(value);
        }
        texts.repeat(2);
        let runs: Vec<_> = texts.runs().iter().map(|run| (run.value, run.rows)).collect();
        assert_eq!(runs, [(0, 2), (ABSENT, 2), (1, 1), (0, 1), (2, 3)]);
        assert_eq!([0, 1, 2].map(|code| texts.text(code)), ["甲".as_bytes(), b"", "乙".as_bytes()]);
        assert!(texts.is_last("乙".into()) && !texts.is_last("甲".into()));
        let mut numbers = NumberRuns::default();
        for value in [Some(1), Some(1), None, Some(0)] {
            numbers.push(value);
        }
        let runs: Vec<_> = numbers.runs().iter().map(|run| (run.value, run.rows)).collect();
        assert_eq!(runs, [(1, 2), (NumberRuns::ABSENT, 1), (0, 1)]);
    }

    #[test]
    fn numbers_tell_terms_but_texts_decide() {
        let (one, other) = (Series::new(), Series::new());
        let all = "甲乙丙";
        let (a, b, c) = (0..3, 3..6, 6..9);
        let known = |place: &Range<u32>, series, number| Term::known(all, place.clone(), series, number);
        let terms = [
            Some(known(&a, one, 0)),
            Some(known(&a, one, 0)),
            // The same text under other numbers, and without one.
            Some(known(&a, other, 0)),
            Some(Term::from("甲")),
            Some(known(&b, one, 1)),
            None,
            Some(known(&b, one, 1)),
            Some(known(&a, one, 0)),
            Some(known(&c, other, 1)),
        ];
        let mut texts = TextRuns::default();
        for _ in 0..3 {
            terms.iter().for_each(|term| texts.push_term(*term));
        }
        let given = terms.iter().map(|term| term.map(|term| term.as_str().as_bytes()));
        assert!(texts.values().eq(given.clone().chain(given.clone()).chain(given)));
        assert_eq!(texts.distinct(), 3);
        assert!(texts.runs().windows(2).all(|pair| pair[0].value != pair[1].value));
    }

    #[test]
    fn ids_and_rare_texts_are_runs_but_not_looked_for() {
        let (one, other) = (Series::new(), Series::new());
        let known = |series, number| Some(Term::known("甲乙", 0..3, series, number));
        let terms =
            [known(one, 0), known(other, 0), Some("甲".into()), None, known(one, 0), Some("乙".into())];
        for push in [TextRuns::push_id, TextRuns::push_rare] {
            let mut texts = TextRuns::default();
            terms.iter().for_each(|term| push(&mut texts, *term));
            let runs: Vec<_> = texts.runs().iter().map(|run| (run.value, run.rows)).collect();
            assert_eq!(runs, [(0, 3), (ABSENT, 1), (1, 1), (2, 1)]);
            assert!(texts.values().eq(terms.iter().map(|term| term.map(|term| term.as_str().as_bytes()))));
            assert!(texts.is_last("乙".into()) && !texts.is_last("甲".into()));
        }
        let mut rare = TextRuns::default();
        terms.iter().for_each(|term| rare.push_rare(*term));
        assert!(rare.hash(0) == rare.hash(1) && rare.hash(0) != TextRuns::UNHASHED);
    }

    #[test]
    fn a_text_is_kept_once_however_many_there_are() {
        let mut texts = TextRuns::default();
        let all: Vec<String> = (0..300).map(|nth| format!("{}{nth}", "项".repeat(nth % 9))).collect();
        for text in all.iter().chain(&all) {
            texts.push(Some(text));
        }
        assert_eq!((texts.distinct(), texts.rows()), (300, 600));
        let values: Vec<_> = texts.values().flatten().collect();
        assert!(values.iter().zip(all.iter().chain(&all)).all(|(value, text)| *value == text.as_bytes()));
        let mut other = TextRuns::default();
        other.push(Some(&all[7]));
        assert_eq!(other.hash(0), texts.hash(7));
    }

    #[test]
    fn what_stood_behind_a_text_last_is_but_a_guess() {
        let (a, b, c, long) = (Some("甲"), Some("乙"), Some("丙"), Some("甲乙丙丁戊己庚"));
        let given = [a, b, a, c, a, b, None, c, None, a, long, a, b, c, a, long, b, b, a, c];
        let mut texts = TextRuns::default();
        given.iter().chain(&given).for_each(|value| texts.push(*value));
        assert!(texts.values().eq(given.iter().chain(&given).map(|value| value.map(str::as_bytes))));
        assert_eq!(texts.distinct(), 4);
    }

    #[test]
    fn texts_are_the_same_to_the_last_byte() {
        for length in 0..20 {
            let text = "甲乙丙丁戊己庚".as_bytes()[..length].to_vec();
            assert!(is_same(&text, &text.clone()));
            for at in 0..length {
                let mut other = text.clone();
                other[at] ^= 1;
                assert!(!is_same(&text, &other), "{at} of {length}");
            }
        }
        assert!(!is_same(b"12", b"123"));
    }
}
