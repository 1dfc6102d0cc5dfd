//! Readers of dates and of the year a form or a column is about.

mod calendar;

use super::piece::{refused, spaces, spelled, unsigned};
use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::spellings::Spellings;
pub use calendar::Date;
use nom::branch::alt;
use nom::combinator::{opt, value, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// The date that `text` is: `20230329`, `2023年3月29日`, `2023-03-29`, `2023/3/29`, `2023.3.29`, or a
/// spreadsheet's serial number of a day from 2000 to 2099.
pub fn date(text: &str, lexicon: &Lexicon) -> Option<Date> {
    let text = fold::trim(text);
    if let Ok((rest, found)) = spelled_out(text, lexicon) {
        return found.filter(|_| is_time_of_day(rest));
    }
    compact(text).or_else(|| serial(text))
}

/// The first year of `text` that is named as one: `（2022年度）`, `2021年决算数`, `（2022）`.
pub fn year(text: &str, lexicon: &Lexicon) -> Option<i32> {
    let is_digit = |c: char| digit_of(c).is_some();
    let mut before = None;
    let mut rest = text;
    while let Some(at) = rest.find(is_digit) {
        let (passed, from) = rest.split_at(at);
        before = passed.chars().rev().find(|&c| !fold::is_space(c)).map(fold::narrow).or(before);
        let (run, behind) = from.split_at(from.find(|c| !is_digit(c)).unwrap_or(from.len()));
        if let Some(year) = number_of(run, 4).filter(|year| (1990..=2099).contains(year)) {
            let behind = behind.trim_start_matches(fold::is_space);
            let bracketed = before == Some('(') && behind.chars().next().map(fold::narrow) == Some(')');
            if bracketed || lexicon.year.strip(behind).is_some() {
                return Some(year);
            }
        }
        before = Some('0');
        rest = behind;
    }
    None
}

/// Year, month and day with words or equal signs between them; the inner `None` when no calendar has that day.
fn spelled_out<'t>(text: &'t str, lexicon: &Lexicon) -> IResult<&'t str, Option<Date>> {
    let (rest, year) = verify(number, |&(digits, _)| digits == 4).parse(text)?;
    let (rest, sign) = between(rest, &lexicon.year)?;
    let (rest, month) = verify(number, |&(digits, _)| digits <= 2).parse(rest)?;
    let (rest, second) = between(rest, &lexicon.month)?;
    if sign != second {
        return Err(refused(rest));
    }
    let (rest, day) = verify(number, |&(digits, _)| digits <= 2).parse(rest)?;
    let (rest, _) = opt(spelled(&lexicon.day)).parse(rest)?;
    Ok((rest, Date::new(year.1, month.1, day.1)))
}

/// A number of few digits and the white space behind it: how many digits, and its value.
fn number(input: &str) -> IResult<&str, (usize, i32)> {
    let digits = input.chars().take(5).take_while(|&c| digit_of(c).is_some()).count();
    let end = input.char_indices().nth(digits).map_or(input.len(), |(at, _)| at);
    let value = number_of(&input[..end], digits).filter(|_| digits > 0).ok_or_else(|| refused(input))?;
    let (rest, _) = spaces(&input[end..])?;
    Ok((rest, (digits, value)))
}

/// What stands between two parts of a date, and the white space behind it: a word gives `None`, a sign itself.
fn between<'t>(input: &'t str, word: &Spellings<()>) -> IResult<&'t str, Option<char>> {
    let sign = nom::character::complete::satisfy(|c| matches!(fold::narrow(c), '-' | '/' | '.'));
    terminated(alt((value(None, spelled(word)), sign.map(|c| Some(fold::narrow(c))))), spaces).parse(input)
}

/// Spreadsheets print midnight behind a date.
fn is_time_of_day(text: &str) -> bool {
    text.is_empty()
        || (text.contains(':') && text.chars().all(|c| matches!(c, '0'..='9' | ':' | '.' | 'T' | ' ')))
}

fn compact(text: &str) -> Option<Date> {
    let digits = number_of(text, 8)?;
    Date::new(digits / 10_000, digits / 100 % 100, digits % 100)
}

/// Serial 1 is 1900-01-01, but the spreadsheet counts a 29 February 1900, so that from March 1900 on day 0 is
/// 1899-12-30. Only days of this century are taken for dates; a part of a day is dropped.
fn serial(text: &str) -> Option<Date> {
    let ("", number) = unsigned(text).ok()? else {
        return None;
    };
    let divisor = super::decimal::pow10(u8::try_from(number.scale()).ok()?)?;
    let day = i32::try_from(number.mantissa() / divisor).ok()?;
    (36_526..=73_050).contains(&day).then(|| Date::from_days(day - 25_569))
}

/// The number that exactly `length` digits of any width make; white space between them does not count.
fn number_of(text: &str, length: usize) -> Option<i32> {
    let mut value = 0;
    let mut digits = 0;
    for c in text.chars().filter(|&c| !fold::is_space(c)) {
        value = value * 10 + digit_of(c)?;
        digits += 1;
        if digits > length {
            return None;
        }
    }
    (digits == length).then_some(value)
}

fn digit_of(c: char) -> Option<i32> {
    fold::narrow(c).to_digit(10).and_then(|digit| i32::try_from(digit).ok())
}
