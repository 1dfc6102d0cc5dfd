//! The characters of a badly written number, by what each may stand for.

use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;

/// What a character inside a number may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Digit(u8),
    LookAlike(u8),
    Point,
    PointAlike,
    Separator,
    SeparatorAlike,
    Space,
}

impl Token {
    /// The digit it is or is mistaken for.
    pub(super) const fn digit(self) -> Option<u8> {
        match self {
            Token::Digit(digit) | Token::LookAlike(digit) => Some(digit),
            _ => None,
        }
    }

    /// Whether it may be the decimal point.
    pub(super) const fn may_be_point(self) -> bool {
        matches!(self, Token::Point | Token::PointAlike | Token::Separator)
    }

    fn of(c: char, lexicon: &Lexicon) -> Option<Token> {
        match fold::narrow(c) {
            digit @ '0'..='9' => u8::try_from(u32::from(digit) - u32::from('0')).ok().map(Token::Digit),
            '.' => Some(Token::Point),
            ',' => Some(Token::Separator),
            _ if fold::is_space(c) => Some(Token::Space),
            _ if lexicon.point_alike.has(c) => Some(Token::PointAlike),
            _ if lexicon.separator_alike.has(c) => Some(Token::SeparatorAlike),
            _ => lexicon.look_alike(c).map(Token::LookAlike),
        }
    }
}

/// More than this is no slip in a number but another thing.
const MAX_TOKENS: usize = 64;
const MAX_SEPARATORS: usize = 12;

/// The tokens that `text` begins with, without white space at their end, and the rest of it. `None` when they
/// cannot be a number: no digit, look-alikes that outnumber the digits, or more of them than any number has.
pub(super) fn tokens<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(Vec<Token>, &'t str)> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some(token) = Token::of(c, lexicon) else {
            break;
        };
        if tokens.len() == MAX_TOKENS {
            return None;
        }
        tokens.push(token);
        rest = &rest[c.len_utf8()..];
    }
    while tokens.last() == Some(&Token::Space) {
        tokens.pop();
    }
    // Two points with white space between them are two numbers that share a cell.
    let pointed =
        tokens.split(|token| *token == Token::Space).filter(|part| part.contains(&Token::Point)).count();
    if pointed > 1 {
        return None;
    }
    let count = |wanted: fn(&Token) -> bool| tokens.iter().filter(|token| wanted(token)).count();
    let digits = count(|token| matches!(token, Token::Digit(_)));
    let alikes = count(|token| matches!(token, Token::LookAlike(_)));
    let separators = tokens.len() - digits - alikes;
    (digits > 0 && alikes <= digits && separators <= MAX_SEPARATORS).then_some((tokens, rest))
}
