//! Readers of scores, and of the weight printed in a level's cell.

use super::decimal::Decimal;
use super::figure::{ascii, figure};
use super::number::{Figure, Number, Unit};
use super::piece::unsigned;
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;

/// The score or weight that `text`, a cell's text, should hold: a figure, which may stand in brackets and may
/// have the word for points behind it: `10`, `10分`, `(10)`, `（10分）`.
pub fn score<'t>(text: &'t str, lexicon: &Lexicon) -> Figure<'t> {
    match ascii(text) {
        Some(Number { percent: Some(_), .. }) => return Figure::Unreadable,
        Some(number) => return Figure::Number(number),
        None => {}
    }
    let text = fold::trim(text);
    let inner = text.strip_prefix(is_opening).and_then(|text| text.strip_suffix(is_closing));
    match figure(inner.unwrap_or(text), lexicon) {
        Figure::Number(number) => match without_points(number, lexicon) {
            // What is counted in something else, or is a share, stands in a column that is not its own.
            Number { unit: Some(_), .. } | Number { percent: Some(_), .. } => Figure::Unreadable,
            number => Figure::Number(number),
        },
        other => other,
    }
}

fn without_points<'t>(number: Number<'t>, lexicon: &Lexicon) -> Number<'t> {
    match number.unit {
        Some(Unit::Word { power: 0, word }) if lexicon.score.whole(word).is_some() => {
            Number { unit: None, ..number }
        }
        _ => number,
    }
}

/// A level's cell that holds its weight too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelWeight<'t> {
    /// What stands before the weight, possibly nothing.
    pub name: &'t str,
    /// The points that the level's lines share.
    pub weight: Decimal,
}

/// The weight at the end of `text`, a level's cell: `产出指标(50分)`, `（40分）`, `(50)`, `30分)`. A number
/// with neither a bracket nor the word for points is part of the name.
pub fn level_weight<'t>(text: &'t str, lexicon: &Lexicon) -> Option<LevelWeight<'t>> {
    let text = fold::trim(text);
    // A weight ends in a digit, a bracket or the word for points; names do not.
    let last = text.chars().next_back()?;
    if !is_figure(last) && !is_closing(last) && !lexicon.score.may_begin_with(last) {
        return None;
    }
    let unclosed = fold::trim(text.strip_suffix(is_closing).unwrap_or(text));
    let pointless = lexicon.score.strip(unclosed).map_or(unclosed, |(_, rest)| fold::trim(rest));
    let before = pointless.trim_end_matches(is_figure);
    let digits = &pointless[before.len()..];
    let weight = match ascii(digits) {
        Some(number) => number.value,
        None => match unsigned(digits).ok()? {
            ("", weight) => weight,
            _ => return None,
        },
    };
    let before = fold::trim(before);
    // A level cannot take points away.
    if before.ends_with(|c| matches!(fold::narrow(c), '-' | '\u{2212}' | '\u{2014}')) {
        return None;
    }
    let name = fold::trim(before.strip_suffix(is_opening).unwrap_or(before));
    let bracketed = unclosed.len() < text.len() || name.len() < before.len();
    let pointed = pointless.len() < unclosed.len();
    ((bracketed || pointed) && is_weight(weight)).then_some(LevelWeight { name, weight })
}

/// Weights share a hundred points; what is more is a year or a count.
fn is_weight(weight: Decimal) -> bool {
    !weight.is_zero() && weight <= Decimal::from(100) && weight.scale() <= 4
}

fn is_figure(c: char) -> bool {
    matches!(fold::narrow(c), '0'..='9' | '.')
}

fn is_opening(c: char) -> bool {
    matches!(fold::narrow(c), '(' | '[')
}

fn is_closing(c: char) -> bool {
    matches!(fold::narrow(c), ')' | ']')
}
