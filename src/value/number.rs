//! What a cell that should hold one number turned out to hold.

use super::decimal::Decimal;
use super::repair::Repairs;
use crate::grammar::vocabulary::{MoneyUnit, Percent};

/// A cell that should hold one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure<'t> {
    /// Nothing is there, or a placeholder.
    Blank,
    /// One number.
    Number(Number<'t>),
    /// Something that is no number, or too long for one.
    Unreadable,
}

/// A number as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'t> {
    /// The digits as printed: neither a unit nor a percent sign has been applied.
    pub value: Decimal,
    /// The percent sign behind it.
    pub percent: Option<Percent>,
    /// The unit behind it.
    pub unit: Option<Unit<'t>>,
    /// Whether it is written by the rules.
    pub notation: Notation,
}

impl Number<'_> {
    /// The value with what stands behind it applied: a percentage as a fraction, a sum of money in yuan,
    /// a counted number without its multiplier. `None` when that does not fit.
    pub fn scaled(&self) -> Option<Decimal> {
        let power = match (self.percent, self.unit) {
            (Some(percent), _) => percent.power(),
            (None, Some(Unit::Money(unit))) => unit.power(),
            (None, Some(Unit::Word { power, .. })) => i8::try_from(power).ok()?,
            (None, None) => 0,
        };
        self.value.shifted(power)
    }
}

/// What stands behind a number in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit<'t> {
    /// A unit of money.
    Money(MoneyUnit),
    /// A measure word, with the multiplier before it: `5万人` has power 4 and the word `人`; `5万` has no word.
    Word {
        /// The power of ten of the multiplier; 0 without one.
        power: u8,
        /// The word as printed.
        word: &'t str,
    },
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// By the rules: digits of any width, a point, separators between groups of three, a sign.
    Plain,
    /// Against them. The value is the likeliest reading; `readings` gives the others.
    Malformed {
        /// What was set right to read it so.
        repairs: Repairs,
        /// How many other readings are nearly as likely.
        rivals: u8,
    },
}

impl Notation {
    /// Whether the number is written by the rules.
    pub const fn is_plain(self) -> bool {
        matches!(self, Notation::Plain)
    }
}
