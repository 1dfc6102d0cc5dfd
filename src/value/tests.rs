//! The readers against the tables of `tests/value/`: a new case is a line there.

mod any_text;
mod round_trip;

use super::number::{Figure, Notation, Number, Unit};
use super::target::{Target, target};
use super::{date, figure, repair, score};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::Percent;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::built_in().unwrap_or_else(|mistakes| panic!("{mistakes}")));

/// Holds `reader` against each line of `table`, and shows every line that differs.
fn hold(table: &str, reader: impl Fn(&str) -> String) {
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut held = 0;
    let mut wrong = Vec::new();
    for row in rows {
        let (text, expected) = row.rsplit_once(" => ").unwrap_or_else(|| panic!("no ` => ` in {row}"));
        let given = reader(&unescaped(text));
        held += 1;
        if given != unescaped(expected) {
            wrong.push(format!("{text} => {expected}\n    but is {given}"));
        }
    }
    assert!(held > 10, "the table has been emptied");
    assert!(wrong.is_empty(), "{} of {held} lines differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\u{3000}", "\u{3000}")
        .replace("\\u{a0}", "\u{a0}")
}

fn shown(figure: Figure<'_>) -> String {
    match figure {
        Figure::Blank => "blank".to_owned(),
        Figure::Unreadable => "unreadable".to_owned(),
        Figure::Number(number) => shown_number(number),
    }
}

fn shown_number(number: Number<'_>) -> String {
    let percent = match number.percent {
        None => "",
        Some(Percent::Hundredth) => " percent",
        Some(Percent::Thousandth) => " permille",
    };
    let unit = match number.unit {
        None => String::new(),
        Some(Unit::Money(unit)) => format!(" {}", unit.as_str()),
        Some(Unit::Word { power: 0, word }) => format!(" {word}"),
        Some(Unit::Word { power, word }) => format!(" 10^{power}{word}"),
    };
    let notation = match number.notation {
        Notation::Plain => String::new(),
        Notation::Malformed { repairs, rivals: 0 } => format!(" ({repairs})"),
        Notation::Malformed { repairs, rivals } => format!(" ({repairs}) +{rivals}"),
    };
    format!("{}{percent}{unit}{notation}", number.value)
}

fn shown_target(target: Target<'_>) -> String {
    let Some(value) = target.value else {
        assert_eq!(target, Target::default(), "no value, and yet something is said");
        return "nothing".to_owned();
    };
    let op = target.op.map_or("·", |op| op.as_str());
    format!("{op} {value} {}", target.unit.as_deref().unwrap_or("·"))
}

fn or_nothing<T: ToString>(value: Option<T>) -> String {
    value.map_or("nothing".to_owned(), |value| value.to_string())
}

#[test]
fn figures() {
    hold(include_str!("../../tests/value/figure.txt"), |text| shown(figure::figure(text, &LEXICON)));
}

#[test]
fn readings() {
    hold(include_str!("../../tests/value/readings.txt"), |text| {
        let readings = repair::readings(text, &LEXICON);
        let shown: Vec<String> = readings.iter().map(|r| format!("{} at {}", r.value, r.cost)).collect();
        or_nothing((!shown.is_empty()).then(|| shown.join(", ")))
    });
}

#[test]
fn targets() {
    hold(include_str!("../../tests/value/target.txt"), |text| shown_target(target(text, &LEXICON)));
}

#[test]
fn dates() {
    hold(include_str!("../../tests/value/date.txt"), |text| or_nothing(date::date(text, &LEXICON)));
}

#[test]
fn years() {
    hold(include_str!("../../tests/value/year.txt"), |text| or_nothing(date::year(text, &LEXICON)));
}

#[test]
fn scores() {
    hold(include_str!("../../tests/value/score.txt"), |text| shown(score::score(text, &LEXICON)));
}

#[test]
fn weights_of_levels() {
    hold(include_str!("../../tests/value/level.txt"), |text| {
        let level = score::level_weight(text, &LEXICON);
        or_nothing(level.map(|level| format!("{} : {}", level.name, level.weight).trim_start().to_owned()))
    });
}

#[test]
fn numbers_come_to_their_own_scale() {
    let scaled = |text| match figure::figure(text, &LEXICON) {
        Figure::Number(number) => number.scaled().map(|value| value.to_string()),
        _ => None,
    };
    assert_eq!(scaled("3770.00万元").as_deref(), Some("37700000"));
    assert_eq!(scaled("95.08%").as_deref(), Some("0.9508"));
    assert_eq!(scaled("1.2万亩").as_deref(), Some("12000"));
    assert_eq!(scaled("12.50").as_deref(), Some("12.50"));
}
