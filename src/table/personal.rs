//! Personal values show nowhere unless the run asks for them: not in a finding's raw text either.

use crate::finding::Finding;
use crate::form::{inline_fields, is_no_person};
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;
use aho_corasick::{AhoCorasick, Input, MatchKind};
use foldhash::fast::RandomState;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

/// What stands where a personal value stood.
const MASK: &str = "***";
/// A single character is no name.
const SHORTEST: usize = 2;
/// Digits of the shortest telephone number.
const TELEPHONE: usize = 7;

/// The personal values of a document, to be taken out of whatever is shown of it; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Mask(Arc<Hidden>);

/// What a mask hides.
#[derive(Debug, Default)]
struct Hidden {
    values: BTreeSet<String>,
    /// Bytes of the shortest of them.
    shortest: usize,
    /// What their first two characters are: hardly any other text holds these behind each other.
    beginnings: Pairs,
    /// Finds the longest of them wherever one begins, so that none is left half masked. Built for the first text: most
    /// documents have none that is shown.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// A bit for what two neighbouring characters are, which another pair in thousands shares.
#[derive(Clone, Debug, Default)]
struct Pairs(Vec<u64>);

/// Bits of a set of pairs.
const PAIR_BITS: usize = 1 << 14;

impl Pairs {
    /// The first two characters of each value; one of a single character counts with every neighbour.
    fn of<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let mut bits = vec![0; PAIR_BITS / 64];
        for value in values {
            let mut characters = value.chars();
            match (characters.next(), characters.next()) {
                (Some(first), Some(second)) => {
                    let at = Pairs::bit(first, second);
                    bits[at / 64] |= 1 << (at % 64);
                }
                _ => bits.fill(u64::MAX),
            }
        }
        Pairs(bits)
    }

    /// The places in a text from which two characters may begin a value.
    fn beginnings(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut before = (0, '\0');
        text.char_indices().filter_map(move |next| {
            let (place, first) = std::mem::replace(&mut before, next);
            let at = Pairs::bit(first, next.1);
            (self.0[at / 64] >> (at % 64) & 1 == 1).then_some(place)
        })
    }

    fn bit(first: char, second: char) -> usize {
        (u32::from(first) as usize).wrapping_mul(61).wrapping_add(u32::from(second) as usize) % PAIR_BITS
    }
}

impl Mask {
    /// The personal values of the forms, and of signature lines outside them among `lines`.
    pub fn of<'l>(
        forms: &[Judged<'_>],
        lines: impl IntoIterator<Item = &'l str>,
        grammars: &Grammars,
    ) -> Self {
        let mut printed: HashSet<Cow<'_, str>, RandomState> = HashSet::default();
        for judged in forms {
            let personal = judged.valued.form.fields.iter().filter(|(column, _)| column.is_personal());
            printed.extend(personal.map(|(_, printed)| Cow::Borrowed(printed.text)));
        }
        // Without a letter there is no label, and most raw texts are figures.
        for line in lines.into_iter().filter(|line| line.contains(char::is_alphabetic)) {
            for grammar in &grammars.forms {
                let found = inline_fields(line, grammar, &grammars.labelling).into_iter();
                let personal = found.filter(|(column, value)| column.is_personal() && !is_no_person(value));
                printed.extend(personal.map(|(_, value)| Cow::Owned(value.to_owned())));
            }
        }
        let both = printed.iter().flat_map(|value| [Cow::Borrowed(&**value), fold::name(value)]);
        let mut values: BTreeSet<String> =
            both.filter(|value| is_telling(value)).map(Cow::into_owned).collect();
        if !values.is_empty() {
            for public in public_names(forms) {
                values.remove(public);
                values.remove(&*fold::name(public));
            }
        }
        Mask::new(values)
    }

    fn new(values: BTreeSet<String>) -> Self {
        let shortest = values.iter().map(String::len).min().unwrap_or_default();
        let beginnings = Pairs::of(values.iter().map(String::as_str));
        Mask(Arc::new(Hidden { values, shortest, beginnings, finder: OnceLock::new() }))
    }

    /// `text` with three asterisks where a personal value stands, unless it is a part of a longer number.
    pub fn over<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // Most texts of a form are a few digits.
        let is_short = self.0.values.is_empty() || text.len() < self.0.shortest;
        if is_short || !self.0.may_be_within(text) {
            return Cow::Borrowed(text);
        }
        // More names than an automaton holds (gigabytes of them): nothing is shown rather than one of them.
        let Some(finder) = self.0.finder() else { return Cow::Borrowed(MASK) };
        let mut masked = String::new();
        let (mut from, mut copied) = (0, 0);
        while let Some(found) = finder.find(Input::new(text).range(from..)) {
            let (at, end) = (found.start(), found.end());
            if is_within_number(text, at, end) {
                from = at + text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            masked.push_str(&text[copied..at]);
            masked.push_str(MASK);
            (from, copied) = (end, end);
        }
        if copied == 0 { Cow::Borrowed(text) } else { Cow::Owned(masked + &text[copied..]) }
    }
}

impl Hidden {
    /// Whether a value may stand in a text: wherever one could begin, as many bytes of some value do as the shortest has.
    fn may_be_within(&self, text: &str) -> bool {
        self.beginnings.beginnings(text).any(|at| {
            let rest = &text[at..];
            // What the text begins with orders before it, and between the two stands only what begins so too.
            let before = self.values.range::<str, _>((Bound::Unbounded, Bound::Included(rest))).next_back();
            let shortest =
                |value: &String| value.bytes().zip(rest.bytes()).take(self.shortest).all(|(a, b)| a == b);
            rest.len() >= self.shortest && before.is_some_and(shortest)
        })
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&self.values).ok();
        self.finder.get_or_init(build).as_ref()
    }
}

/// Names of bodies and projects, as printed, each once: who signs with their department's name says nothing personal.
fn public_names<'t>(forms: &[Judged<'t>]) -> HashSet<&'t str, RandomState> {
    let fields = forms.iter().flat_map(|judged| &judged.valued.form.fields);
    fields.filter(|(column, _)| !column.is_personal()).map(|(_, printed)| printed.text).collect()
}

/// Whether a value can be told from everything else: a name, or a number as long as a telephone's. Masking one character
/// or a short number would garble other people's figures.
fn is_telling(value: &str) -> bool {
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    letters >= SHORTEST || (letters == 0 && digits >= TELEPHONE)
}

/// Whether a place in a text goes on with digits beyond either of its ends.
fn is_within_number(text: &str, at: usize, end: usize) -> bool {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let found = &text[at..end];
    is_figure(text[..at].chars().next_back()) && is_figure(found.chars().next())
        || is_figure(found.chars().next_back()) && is_figure(text[end..].chars().next())
}

/// Masks personal values in the texts of findings.
pub(crate) fn mask(findings: &mut [Finding], mask: &Mask) {
    for finding in findings {
        let texts = [&mut finding.raw, &mut finding.value, &mut finding.proof].into_iter().flatten();
        for text in texts.chain(std::iter::once(&mut finding.message)) {
            if let Cow::Owned(masked) = mask.over(text) {
                *text = masked;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_not_taken_for_telephones() {
        assert!(
            is_telling("2886936")
                && is_telling("张某")
                && !is_telling("0.00")
                && !is_telling("12")
                && !is_telling("张")
        );
        assert_eq!(mask(&["2886936"]).over("电话2886936。"), "电话***。");
        assert_eq!(mask(&["2886936"]).over("共12886936元，2886936.50"), "共12886936元，2886936.50");
        assert_eq!(mask(&["12886936", "2886936"]).over("112886936、2886936"), "112886936、***");
    }

    #[test]
    fn the_longest_name_goes_first_and_all_of_them_go() {
        let mask = mask(&["张某", "张某某", "李某"]);
        assert_eq!(mask.over("由张某某、张某和李某填报"), "由***、***和***填报");
        assert!(matches!(mask.over("无人填报"), Cow::Borrowed("无人填报")));
    }

    /// Texts in which a value stands, begins and breaks off, or would stand but for its last character.
    #[test]
    fn what_may_hold_a_value_is_looked_through() {
        let values = ["李某", "张某某", "张某丁", "13800000001", "2886936"];
        let mask = mask(&values);
        for value in values {
            for (before, behind) in [("", ""), ("由", "填"), ("张", "某"), ("13", "号"), ("2", "张某")]
            {
                let text = format!("{before}{value}{behind}");
                assert!(mask.0.may_be_within(&text), "{text}");
            }
        }
        for text in ["", "张", "张某", "完成13个", "1380", "28869", "李四和张三", "288 6936"] {
            assert!(!mask.0.may_be_within(text), "{text}");
            assert_eq!(mask.over(text), text);
        }
    }

    fn mask(values: &[&str]) -> Mask {
        Mask::new(values.iter().map(|value| value.to_string()).collect())
    }
}
