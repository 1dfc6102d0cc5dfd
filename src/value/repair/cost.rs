//! What one reading costs.
//!
//! The costs are chosen so that a slip of the hand (a doubled point, a stray mark) is cheaper than a habit of
//! writing (a comma for a point), and both are cheaper than a character that has no reason to be there.

use super::super::decimal::{Decimal, MAX_SCALE};
use super::super::piece::MAX_DIGITS;
use super::super::token::Token;
use super::{Reading, Repair, Repairs};

/// A number that needs more than this is not misspelled: it is something else.
const MAX_COST: u8 = 12;

/// `tokens` read with the decimal point at `point`, or as an integer. `None` when nothing follows the point,
/// when the number is too long, or when too much would have to be set right.
pub(super) fn reading(tokens: &[Token], point: Option<usize>) -> Option<Reading> {
    let layout = Layout::new(tokens, point);
    let value = layout.value()?;
    let mut reading = Reading { value, repairs: Repairs::NONE, cost: 0 };
    let mut grouped = 0;
    for (at, &token) in tokens.iter().enumerate() {
        if point == Some(at) {
            layout.charge_point(token, &mut reading);
            continue;
        }
        grouped += usize::from(layout.charge(at, token, &mut reading));
    }
    layout.charge_whole(grouped, &mut reading);
    (reading.cost <= MAX_COST).then_some(reading)
}

struct Layout<'t> {
    tokens: &'t [Token],
    point: Option<usize>,
    /// Digits before the point.
    whole: usize,
    /// Digits behind it.
    fraction: usize,
}

impl<'t> Layout<'t> {
    fn new(tokens: &'t [Token], point: Option<usize>) -> Self {
        let at = point.unwrap_or(tokens.len());
        Layout { tokens, point, whole: digits(&tokens[..at]), fraction: digits(&tokens[at..]) }
    }

    fn value(&self) -> Option<Decimal> {
        let fits = self.whole + self.fraction <= usize::try_from(MAX_DIGITS).ok()?;
        let scale = u8::try_from(self.fraction).ok().filter(|&scale| scale <= MAX_SCALE)?;
        if !fits || (self.point.is_some() && self.fraction == 0) {
            return None;
        }
        let all = self.tokens.iter().filter_map(|token| token.digit());
        Some(Decimal::new(all.fold(0, |mantissa, digit| mantissa * 10 + i128::from(digit)), scale))
    }

    fn charge_point(&self, token: Token, reading: &mut Reading) {
        match token {
            Token::PointAlike => reading.pay(Repair::PointAlike, 1),
            // Money has two decimals; a comma before three digits or more is likelier a separator.
            Token::Separator => reading.pay(Repair::CommaForPoint, if self.fraction <= 2 { 2 } else { 4 }),
            _ => {}
        }
        if self.whole == 0 {
            reading.pay(Repair::MissingZero, 1);
        }
    }

    /// Charges for a token that is not the point; whether it separates two groups of three as it should.
    fn charge(&self, at: usize, token: Token, reading: &mut Reading) -> bool {
        let groups = self.separates_groups(at);
        match token {
            Token::Digit(_) => return false,
            Token::LookAlike(_) => reading.pay(Repair::LookAlike, 2),
            Token::Space => reading.pay(Repair::InnerSpace, 1),
            _ if self.is_stray(at) => reading.pay(Repair::StrayMark, 1),
            Token::Separator if groups => return true,
            Token::SeparatorAlike if groups => {
                reading.pay(Repair::SeparatorAlike, 1);
                return true;
            }
            Token::Point | Token::PointAlike if self.is_beside_point(at) => {
                reading.pay(Repair::DoubledPoint, 1)
            }
            Token::Point | Token::PointAlike if groups => {
                reading.pay(Repair::PointForComma, 2);
                return true;
            }
            Token::Point | Token::PointAlike => reading.pay(Repair::DroppedPoint, 4),
            Token::Separator | Token::SeparatorAlike => {
                let behind_point = self.point.is_some_and(|point| point < at);
                reading.pay(Repair::MisplacedSeparator, if behind_point { 4 } else { 3 });
            }
        }
        false
    }

    fn charge_whole(&self, grouped: usize, reading: &mut Reading) {
        if grouped > 0 && grouped != self.whole.saturating_sub(1) / 3 {
            reading.pay(Repair::MissingSeparator, 1);
        }
        let first = self.tokens.iter().find_map(|token| token.digit());
        if self.whole > 1 && first == Some(0) {
            reading.pay(Repair::LeadingZero, 1);
        }
    }

    fn separates_groups(&self, at: usize) -> bool {
        let end = self.point.unwrap_or(self.tokens.len());
        if at > end {
            return false;
        }
        let behind = digits(&self.tokens[at..end]);
        behind > 0 && behind.is_multiple_of(3) && behind < self.whole
    }

    fn is_stray(&self, at: usize) -> bool {
        digits(&self.tokens[..at]) == 0 || digits(&self.tokens[at..]) == 0
    }

    fn is_beside_point(&self, at: usize) -> bool {
        self.point.is_some_and(|point| {
            let between = &self.tokens[point.min(at)..point.max(at)];
            digits(between) == 0
        })
    }
}

fn digits(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.digit().is_some()).count()
}
