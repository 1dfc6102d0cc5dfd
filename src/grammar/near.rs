//! Labels that are printed with one character missing, or with one that looks like the right one.
//!
//! For every label the texts that lack one of its characters are noted, and its form in which characters that look alike
//! are one (after SymSpell's deletion neighbourhoods): finding a label that is this near is then a look-up. The tables are
//! built when the first one is asked for; sound documents never ask.

use std::collections::{BTreeMap, BTreeSet};

/// Characters of the shortest label that is recognised with one missing; in a shorter one too little is left.
const SHORTEST_WHOLE: usize = 4;
/// Characters of the shortest label that is recognised with a look-alike in it.
const SHORTEST_ALIKE: usize = 3;

/// The labels near to texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    labels: Vec<Box<str>>,
    /// What is left of labels when one character is taken out.
    shorter: BTreeMap<Box<str>, Vec<u32>>,
    /// Labels with their look-alikes made one.
    alike: BTreeMap<Box<str>, Vec<u32>>,
    /// Characters with others that look like them, each with the one that stands for all of these, in their order.
    stand_ins: Vec<(char, char)>,
}

impl Near {
    /// The tables of some labels.
    pub fn of<'l>(labels: impl Iterator<Item = &'l str>, look_alikes: &[String]) -> Self {
        // In one order, whatever order they come in.
        let labels: BTreeSet<&str> = labels.collect();
        let mut near = Near { stand_ins: stand_ins(look_alikes), ..Near::default() };
        for label in labels {
            let at = near.labels.len() as u32;
            near.labels.push(label.into());
            let length = label.chars().count();
            if length >= SHORTEST_WHOLE {
                for (place, c) in label.char_indices() {
                    let left = format!("{}{}", &label[..place], &label[place + c.len_utf8()..]);
                    note(near.shorter.entry(left.into()).or_default(), at);
                }
            }
            if length >= SHORTEST_ALIKE {
                note(near.alike.entry(made_one(label, &near.stand_ins).into()).or_default(), at);
            }
        }
        near
    }

    /// The labels that `key`, which is none itself, is one character away from.
    pub fn labels(&self, key: &str) -> Vec<&str> {
        let shorter = self.shorter.get(key).into_iter().flatten();
        let alike = self.alike.get(made_one(key, &self.stand_ins).as_str()).into_iter().flatten();
        let alike = alike.filter(|&&at| differing(key, &self.labels[at as usize]) == 1);
        let found: BTreeSet<u32> = shorter.chain(alike).copied().collect();
        found.into_iter().map(|at| &*self.labels[at as usize]).collect()
    }
}

fn note(labels: &mut Vec<u32>, at: u32) {
    if labels.last() != Some(&at) {
        labels.push(at);
    }
}

/// For each character of the sets the first of its own; of several sets that hold it the first counts.
fn stand_ins(look_alikes: &[String]) -> Vec<(char, char)> {
    let sets = look_alikes.iter().filter_map(|set| Some((set, set.chars().next()?)));
    let mut all: Vec<(char, char)> =
        sets.flat_map(|(set, first)| set.chars().map(move |c| (c, first))).collect();
    all.sort_by_key(|(c, _)| *c);
    all.dedup_by_key(|(c, _)| *c);
    all
}

/// `text` with every character as the first of those that look like it.
fn made_one(text: &str, stand_ins: &[(char, char)]) -> String {
    let first = |c: char| match stand_ins.binary_search_by_key(&c, |(of, _)| *of) {
        Ok(at) => stand_ins[at].1,
        Err(_) => c,
    };
    text.chars().map(first).collect()
}

/// In how many places two texts of one length differ.
fn differing(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).filter(|(a, b)| a != b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_may_be_missing_or_another_that_looks_like_it() {
        let alike = ["日曰".to_owned(), "己已".to_owned()];
        let near = Near::of(["教育补助", "填报日期", "甲乙丙", "己日期"].into_iter(), &alike);
        assert_eq!(near.labels("育补助"), ["教育补助"]);
        assert_eq!(near.labels("填报曰期"), ["填报日期"]);
        assert_eq!(near.labels("填报期"), ["填报日期"]);
        // Two characters, a short label, another character.
        for text in ["补助", "甲乙", "填写日期", "已曰期"] {
            assert!(near.labels(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_text_between_two_labels_is_near_to_both() {
        let near = Near::of(["当年财政拨款", "本年财政拨款"].into_iter(), &[]);
        assert_eq!(near.labels("年财政拨款").len(), 2);
    }
}
