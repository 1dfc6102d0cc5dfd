//! The smallest parsers, shared by all readers.

use super::decimal::{Decimal, MAX_SCALE};
use crate::grammar::fold;
use crate::grammar::spellings::{Characters, Spellings};
use nom::bytes::complete::take_while;
use nom::character::complete::satisfy;
use nom::error::{Error, ErrorKind};
use nom::{IResult, Parser};

/// More digits than this are no figure of any form; the cap keeps every mantissa inside 128 bits.
pub(super) const MAX_DIGITS: u32 = 30;

/// The longest spelling of `table` that begins the input.
pub(super) fn spelled<T: Copy>(table: &Spellings<T>) -> impl Fn(&str) -> IResult<&str, T> {
    move |input| table.strip(input).map(|(meaning, rest)| (rest, meaning)).ok_or_else(|| refused(input))
}

/// One character of `set`.
pub(super) fn one_of<'t>(set: &Characters) -> impl Parser<&'t str, Output = char, Error = Error<&'t str>> {
    satisfy(|c| set.has(c))
}

/// White space, as much as there is.
pub(super) fn spaces(input: &str) -> IResult<&str, &str> {
    take_while(fold::is_space).parse(input)
}

/// A well-formed number without sign: digits of any width, correct groups of three or none, one point with
/// digits on both sides. A point or separator that no digit follows is left to the rest.
pub(super) fn unsigned(input: &str) -> IResult<&str, Decimal> {
    let mut run = Run::default();
    let mut chars = input.char_indices().map(|(at, c)| (at, fold::narrow(c))).peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|&(_, next)| next.is_ascii_digit());
        let sound = match c {
            '0'..='9' => run.digit(c),
            '.' if next_is_digit && !run.has_point => run.point(),
            ',' if next_is_digit && !run.has_point => run.separator(),
            _ => break,
        };
        if !sound {
            return Err(refused(input));
        }
        end = chars.peek().map_or(input.len(), |&(next, _)| next).max(at);
    }
    match run.finish() {
        Some(value) => Ok((&input[end..], value)),
        None => Err(refused(input)),
    }
}

/// What has been read of a number so far.
#[derive(Default)]
struct Run {
    mantissa: i128,
    digits: u32,
    scale: u8,
    has_point: bool,
    /// Digits since the last separator, once there was one.
    group: Option<u8>,
    leading_zero: bool,
}

impl Run {
    fn digit(&mut self, c: char) -> bool {
        let digit = i128::from(u32::from(c) - u32::from('0'));
        self.leading_zero |= self.digits == 0 && digit == 0;
        self.mantissa = self.mantissa * 10 + digit;
        self.digits += 1;
        match (self.has_point, &mut self.group) {
            (true, _) => self.scale += 1,
            (false, Some(group)) => *group += 1,
            (false, None) => {}
        }
        // `007` is an identifier, not a figure.
        let padded = !self.has_point && self.leading_zero && self.digits > 1;
        self.digits <= MAX_DIGITS && self.scale <= MAX_SCALE && !padded
    }

    fn point(&mut self) -> bool {
        self.has_point = true;
        self.digits > 0 && self.group.is_none_or(|group| group == 3)
    }

    fn separator(&mut self) -> bool {
        let sound = match self.group {
            Some(group) => group == 3,
            None => (1..=3).contains(&self.digits),
        };
        self.group = Some(0);
        sound
    }

    fn finish(self) -> Option<Decimal> {
        let whole = self.digits > 0 && self.group.is_none_or(|group| group == 3);
        whole.then(|| Decimal::new(self.mantissa, self.scale))
    }
}

/// The error of a parser that does not match; readers turn it into "no value".
pub(super) fn refused(input: &str) -> nom::Err<Error<&str>> {
    nom::Err::Error(Error::new(input, ErrorKind::Verify))
}
