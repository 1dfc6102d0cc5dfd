//! What may be wrong with a lexicon beyond its notation.

use super::super::fold;
use super::super::mistake::Sink;
use super::written::Written;
use std::collections::HashSet;
use toml::Spanned;

/// Takes down every mistake of `written`.
pub(super) fn everything(written: &Written, sink: &mut Sink<'_>) {
    let mut check = Check { sink };
    check.words(written);
    check.numbers(written);
}

struct Check<'c, 's> {
    sink: &'c mut Sink<'s>,
}

impl Check<'_, '_> {
    fn words(&mut self, written: &Written) {
        self.table("unit of money", written.money.iter().flat_map(|unit| &unit.spellings));
        self.table("word that leads to a unit", &written.unit.leads);
        self.table("placeholder", &written.placeholder.words);
        self.table("word before a number", written.number.before.iter().chain(&written.number.approximate));
        self.table("multiplier", written.multiplier.iter().flat_map(|entry| &entry.spellings));
        self.table(
            "percent sign",
            written.percent.iter().flat_map(|rate| rate.before.iter().chain(&rate.after)),
        );
        self.table("measure word", written.measure.words.iter().chain(&written.measure.whole));
        self.table("ordinal", &written.measure.ordinal);
        self.table("sign of a sentence going on", &written.measure.running_on);
        self.table(
            "operator before a number",
            written.operator.iter().flat_map(|op| op.signs.iter().chain(&op.before)),
        );
        self.table("operator behind a number", written.operator.iter().flat_map(|op| &op.after));
        self.table("link", &written.target.links);
        self.table("refusal before a number", &written.target.refuse_before);
        self.table("refusal", &written.target.refuse_within);
        self.table(
            "date word",
            [&written.date.year, &written.date.month, &written.date.day].into_iter().flatten(),
        );
        self.table("score word", &written.score.words);
    }

    fn numbers(&mut self, written: &Written) {
        for entry in &written.number.look_alike {
            self.at_most(&entry.digit, 9, "a look-alike stands for one digit, 0 to 9");
            self.no_digit(&entry.characters);
        }
        for entry in &written.multiplier {
            self.at_most(&entry.power, 16, "a multiplier is a power of ten from 0 to 16");
        }
        for marks in [&written.placeholder.marks, &written.number.plus, &written.number.minus] {
            self.no_digit(marks);
        }
    }

    fn table<'w>(&mut self, what: &str, words: impl IntoIterator<Item = &'w Spanned<String>>) {
        let mut seen = HashSet::new();
        for word in words {
            let text = word.get_ref().as_str();
            if text.is_empty() {
                self.report(word, "a spelling cannot be empty: it would stand everywhere".to_owned());
            } else if text.contains(fold::is_space) {
                self.report(word, format!("`{text}` has white space in it; texts are compared without any"));
            } else if text.chars().any(|c| c.is_ascii_digit()) {
                self.report(
                    word,
                    format!("`{text}` has a digit in it, which would be read as part of a number"),
                );
            } else if !seen.insert(text) {
                self.report(word, format!("`{text}` is listed twice as {what}"));
            }
        }
    }

    fn at_most(&mut self, number: &Spanned<u8>, most: u8, message: &str) {
        if *number.get_ref() > most {
            self.report(number, message.to_owned());
        }
    }

    fn no_digit(&mut self, characters: &Spanned<String>) {
        if characters.get_ref().chars().any(|c| fold::narrow(c).is_ascii_digit()) {
            self.report(characters, "a digit stands for itself and cannot be listed".to_owned());
        }
    }

    fn report<T>(&mut self, at: &Spanned<T>, message: String) {
        self.sink.push(at.span(), message);
    }
}
