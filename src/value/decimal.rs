//! Exact decimals: money, scores and rates never pass through a float.

use std::cmp::Ordering;
use std::fmt;

/// The largest scale (digits behind the point) that any figure keeps; float noise such as
/// `0.0900000762939453` fits, and two such figures still multiply without overflow.
pub const MAX_SCALE: u8 = 18;

/// A decimal number: `mantissa × 10^-scale`, exact. `2.50` and `2.5` are equal but print as they were
/// written, because the printed scale is what a rounding tolerance is derived from.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

impl Decimal {
    /// Zero, printed `0`.
    pub const ZERO: Decimal = Decimal { mantissa: 0, scale: 0 };

    /// `mantissa × 10^-scale`.
    pub const fn new(mantissa: i128, scale: u8) -> Self {
        Decimal { mantissa, scale }
    }

    /// The digits without their point.
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// Digits behind the point, as written.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether the value is zero, whatever its scale.
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether the value is below zero.
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The value without its sign.
    pub const fn abs(self) -> Self {
        Decimal { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// The value with the other sign.
    pub const fn neg(self) -> Self {
        Decimal { mantissa: -self.mantissa, scale: self.scale }
    }

    /// The sum, at the wider of the two scales; `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Some(Decimal { mantissa: a.checked_add(b)?, scale })
    }

    /// The difference, at the wider of the two scales; `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.neg())
    }

    /// The product, exact; `None` when it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let scale = self.scale.checked_add(other.scale)?;
        Some(Decimal { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale })
    }

    /// The value times `10^power`, exact: the way from 万元 to 元 and from percent to fraction.
    pub fn shifted(self, power: i8) -> Option<Self> {
        let scale = i16::from(self.scale) - i16::from(power);
        if scale >= 0 {
            return Some(Decimal { mantissa: self.mantissa, scale: u8::try_from(scale).ok()? });
        }
        let factor = pow10(u8::try_from(-scale).ok()?)?;
        Some(Decimal { mantissa: self.mantissa.checked_mul(factor)?, scale: 0 })
    }

    /// The mantissa at exactly `scale` digits behind the point, rounded half-even, and whether rounding
    /// changed the value; `None` when it does not fit.
    pub fn at_scale(self, scale: u8) -> Option<(i128, bool)> {
        if scale >= self.scale {
            let factor = pow10(scale - self.scale)?;
            return Some((self.mantissa.checked_mul(factor)?, false));
        }
        let Some(divisor) = pow10(self.scale - scale) else {
            return Some((0, self.mantissa != 0));
        };
        let (quotient, rest) = (self.mantissa / divisor, self.mantissa % divisor);
        let twice = rest.unsigned_abs().checked_mul(2)?;
        let away = match twice.cmp(&divisor.unsigned_abs()) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => quotient % 2 != 0,
        };
        let rounded = if away { quotient + self.mantissa.signum() } else { quotient };
        Some((rounded, rest != 0))
    }

    /// Half a unit of the last printed digit: what a printed, rounded term may be away from its true value.
    pub fn half_unit(self) -> Self {
        Decimal { mantissa: 5, scale: self.scale + 1 }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        if self.scale == other.scale {
            return Some((self.mantissa, other.mantissa, self.scale));
        }
        let scale = self.scale.max(other.scale);
        let a = self.mantissa.checked_mul(pow10(scale - self.scale)?)?;
        let b = other.mantissa.checked_mul(pow10(scale - other.scale)?)?;
        Some((a, b, scale))
    }
}

/// `10^power`, where it fits an `i128`.
pub fn pow10(power: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(power))
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((a, b, _)) => a.cmp(&b),
            // Only one side can have overflowed while being widened, so it is the larger in size.
            None if self.scale < other.scale => self.mantissa.cmp(&0),
            None => 0.cmp(&other.mantissa),
        }
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal { mantissa: i128::from(value), scale: 0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_written() {
        assert_eq!(Decimal::new(377_000, 2).to_string(), "3770.00");
        assert_eq!(Decimal::new(-5, 3).to_string(), "-0.005");
        assert_eq!(Decimal::new(12, 0).to_string(), "12");
    }

    #[test]
    fn equal_whatever_the_scale() {
        assert_eq!(Decimal::new(250, 2), Decimal::new(25, 1));
        assert!(Decimal::new(249, 2) < Decimal::new(25, 1));
        assert!(Decimal::new(i128::MAX, 0) > Decimal::new(1, 18));
        assert!(Decimal::new(i128::MIN + 1, 0) < Decimal::new(1, 18));
    }

    #[test]
    fn rounds_half_even() {
        assert_eq!(Decimal::new(25, 1).at_scale(0), Some((2, true)));
        assert_eq!(Decimal::new(35, 1).at_scale(0), Some((4, true)));
        assert_eq!(Decimal::new(-35, 1).at_scale(0), Some((-4, true)));
        assert_eq!(Decimal::new(251, 2).at_scale(1), Some((25, true)));
        assert_eq!(Decimal::new(2, 0).at_scale(2), Some((200, false)));
        assert_eq!(Decimal::new(1, 60).at_scale(2), Some((0, true)));
    }

    #[test]
    fn shifts_between_units() {
        assert_eq!(Decimal::new(377_000, 2).shifted(4), Some(Decimal::from(37_700_000)));
        assert_eq!(Decimal::new(9508, 2).shifted(-2), Some(Decimal::new(9508, 4)));
    }
}
