//! What the dataset's decimal columns keep.

use super::decimal::{Decimal, pow10};

/// An exact decimal column: how many digits it keeps, and how many of them behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    /// Digits in all.
    pub precision: u8,
    /// Digits behind the point.
    pub scale: u8,
}

/// Money in yuan, to the fen.
pub const MONEY: Exact = Exact { precision: 18, scale: 2 };
/// Weights and scores, in points.
pub const SCORE: Exact = Exact { precision: 9, scale: 4 };
/// Any other number: head counts, fractions, target values.
pub const QUANTITY: Exact = Exact { precision: 18, scale: 6 };

/// Powers of ten of 64 bits.
const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < 19 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl Exact {
    /// Whether `value`, rounded half-even to this scale, has no more digits than the column keeps. A value
    /// that does not fit has to become null with a finding before its row is pushed.
    pub fn fits(self, value: Decimal) -> bool {
        self.mantissa(value).is_some()
    }

    /// The digits of what most figures are: few enough for 64 bits, and no more of them behind the point than are kept.
    fn narrow(self, value: Decimal) -> Option<i64> {
        let more = usize::try_from(i16::from(self.scale) - value.scale()).ok()?;
        let digits = i64::try_from(value.mantissa()).ok()?.checked_mul(*POWERS.get(more)?)?;
        let limit = *POWERS.get(usize::from(self.precision))?;
        (digits.unsigned_abs() < limit.unsigned_abs()).then_some(digits)
    }

    /// The digits stored for `value`, in the 64 bits that are enough for every column of the contract; `None` when it
    /// does not fit.
    #[inline]
    pub fn digits(self, value: Decimal) -> Option<i64> {
        self.narrow(value).or_else(|| i64::try_from(self.mantissa(value)?).ok())
    }

    /// The digits stored for `value`; `None` when it does not fit.
    #[inline]
    pub fn mantissa(self, value: Decimal) -> Option<i128> {
        if let Some(digits) = self.narrow(value) {
            return Some(i128::from(digits));
        }
        let (mantissa, _) = value.at_scale(self.scale)?;
        (mantissa.unsigned_abs() < pow10(self.precision)?.unsigned_abs()).then_some(mantissa)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_fits_by_the_digits_it_keeps() {
        assert!(SCORE.fits(Decimal::new(999_999_999, 4)));
        assert!(!SCORE.fits(Decimal::from(100_000)));
        assert!(!SCORE.fits(Decimal::new(9_999_999_995, 5)), "rounds up to one digit too many");
        assert_eq!(MONEY.mantissa(Decimal::new(-12_345, 3)), Some(-1234));
        assert!(!MONEY.fits(Decimal::from(10_000_000_000_000_000)));
        assert!(MONEY.fits(Decimal::new(-999_999_999_999_999_999, 2)));
        assert!(!MONEY.fits(Decimal::new(i128::MAX, 0)));
    }
}
