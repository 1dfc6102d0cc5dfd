//! The lexicon as its file writes it.

use super::super::mistake::{Mistakes, Sink};
use super::super::vocabulary::{MoneyUnit, Op, Percent};
use super::check;
use serde::Deserialize;
use toml::Spanned;

/// A list of spellings, each with its place in the file.
pub(super) type Words = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub money: Vec<Money>,
    #[serde(default)]
    pub unit: UnitWords,
    pub placeholder: Placeholder,
    pub number: Number,
    pub multiplier: Vec<Multiplier>,
    pub percent: Vec<Rate>,
    pub measure: Measure,
    pub operator: Vec<Operator>,
    pub target: Target,
    pub date: Date,
    pub score: Score,
    #[serde(default)]
    pub bounds: Bounds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Money {
    pub id: MoneyUnit,
    pub spellings: Words,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitWords {
    pub leads: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placeholder {
    pub marks: Spanned<String>,
    pub words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Number {
    pub plus: Spanned<String>,
    pub minus: Spanned<String>,
    pub before: Words,
    pub approximate: Words,
    pub point_alike: Spanned<String>,
    pub separator_alike: Spanned<String>,
    pub look_alike: Vec<LookAlike>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookAlike {
    pub digit: Spanned<u8>,
    pub characters: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Multiplier {
    pub power: Spanned<u8>,
    pub spellings: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rate {
    pub of: Percent,
    pub before: Words,
    pub after: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measure {
    pub words: Words,
    pub whole: Words,
    pub ordinal: Words,
    pub running_on: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operator {
    pub id: Op,
    pub signs: Words,
    pub before: Words,
    pub after: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Target {
    pub links: Words,
    pub refuse_before: Words,
    pub refuse_within: Words,
    pub negations: Spanned<String>,
    pub auxiliaries: Spanned<String>,
    pub stops: Spanned<String>,
    pub breaks: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Date {
    pub year: Words,
    pub month: Words,
    pub day: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Score {
    pub words: Words,
}

/// What a figure can mean; what is left out has no bound.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bounds {
    /// The largest rate, as a multiple.
    pub ratio: Option<u32>,
    /// The most points of one weight or score.
    pub points: Option<u32>,
}

/// Reads `source`, the text of `file`, and checks it; every mistake is reported, not only the first.
pub(super) fn read(file: &str, source: &str) -> Result<Written, Mistakes> {
    let mut sink = Sink::new(file, source);
    match toml::from_str::<Written>(source) {
        Ok(written) => {
            check::everything(&written, &mut sink);
            if sink.found.is_empty() { Ok(written) } else { Err(Mistakes(sink.found)) }
        }
        Err(error) => {
            sink.push(error.span().unwrap_or(0..0), error.message());
            Err(Mistakes(sink.found))
        }
    }
}
