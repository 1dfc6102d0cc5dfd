//! Exact decimals: money, scores and rates never pass through a float.

use std::cmp::Ordering;
use std::fmt;

/// The largest scale (digits behind the point) that any figure keeps; float noise such as
/// `0.0900000762939453` fits, and two such figures still multiply without overflow.
pub const MAX_SCALE: u8 = 18;

/// The widest scale either way: far beyond any figure, and small enough that scales never overflow.
const WIDEST: i16 = 100;

/// A decimal number: `mantissa × 10^-scale`, exact. `2.50` and `2.5` are equal but print as they were written, because
/// the place of the last printed digit is what a rounding tolerance is derived from. A scale below zero says that the
/// last digits are not printed ones: 3770.00万元 in yuan is 377000 × 10^2.
///
/// Every figure of a document is kept until its forms have been compared: aligned to 16 bytes as its mantissa asks for, it
/// would take a third more.
#[derive(Clone, Copy, Debug)]
#[repr(Rust, packed(8))]
pub struct Decimal {
    mantissa: i128,
    scale: i16,
    _kept: Kept,
}

/// A byte that has one value: with another one there is no decimal, so that an optional one takes no more room.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
enum Kept {
    Always = 0,
}

impl Decimal {
    /// Zero, printed `0`.
    pub const ZERO: Decimal = Decimal::of(0, 0);

    /// `mantissa × 10^-scale`.
    pub const fn new(mantissa: i128, scale: u8) -> Self {
        Decimal::of(mantissa, scale as i16)
    }

    const fn of(mantissa: i128, scale: i16) -> Self {
        Decimal { mantissa, scale, _kept: Kept::Always }
    }

    /// The digits without their point.
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// Digits behind the point, as written; below zero where the last digits before it are not printed ones.
    pub const fn scale(self) -> i16 {
        self.scale
    }

    /// One of the last printed digit.
    pub const fn step(self) -> Self {
        Decimal::of(1, self.scale)
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
        Decimal::of(self.mantissa.abs(), self.scale)
    }

    /// The value with the other sign.
    pub const fn neg(self) -> Self {
        Decimal::of(-self.mantissa, self.scale)
    }

    /// The sum, at the wider of the two scales; `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Some(Decimal::of(a.checked_add(b)?, scale))
    }

    /// The difference, at the wider of the two scales; `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.neg())
    }

    /// The product, exact; `None` when it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        let mantissa = times(self.mantissa, other.mantissa)?;
        (scale.abs() <= WIDEST).then_some(Decimal::of(mantissa, scale))
    }

    /// The value times `10^power`, exact and with the same printed digits: the way from 万元 to 元 and from percent to
    /// fraction. `None` beyond any sensible power.
    pub fn shifted(self, power: i8) -> Option<Self> {
        let scale = self.scale - i16::from(power);
        (scale.abs() <= WIDEST).then_some(Decimal::of(self.mantissa, scale))
    }

    /// The mantissa at exactly `scale` digits behind the point, rounded half-even, and whether rounding
    /// changed the value; `None` when it does not fit.
    pub fn at_scale(self, scale: u8) -> Option<(i128, bool)> {
        let more = i16::from(scale) - self.scale;
        if more == 0 {
            return Some((self.mantissa, false));
        }
        if more > 0 {
            return Some((times(self.mantissa, power_of_ten(more)?)?, false));
        }
        let Some(divisor) = power_of_ten(-more) else {
            return Some((0, self.mantissa != 0));
        };
        let (quotient, rest) = divided(self.mantissa, divisor);
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
        Decimal::of(5, self.scale + 1)
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, i16)> {
        if self.scale == other.scale {
            return Some((self.mantissa, other.mantissa, self.scale));
        }
        let scale = self.scale.max(other.scale);
        let a = times(self.mantissa, power_of_ten(scale - self.scale)?)?;
        let b = times(other.mantissa, power_of_ten(scale - other.scale)?)?;
        Some((a, b, scale))
    }
}

/// The product; `None` when it does not fit. Nearly all factors fit 64 bits, and then it is one instruction.
fn times(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// The quotient and the rest, by the processor's own division where both fit 64 bits; `b` is a power of ten.
fn divided(a: i128, b: i128) -> (i128, i128) {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => (i128::from(a / b), i128::from(a % b)),
        _ => (a / b, a % b),
    }
}

/// Every power of ten that fits an `i128`.
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

fn power_of_ten(power: i16) -> Option<i128> {
    POWERS.get(usize::try_from(power).ok()?).copied()
}

/// `10^power`, where it fits an `i128`.
pub fn pow10(power: u8) -> Option<i128> {
    power_of_ten(i16::from(power))
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
            None if self.scale < other.scale => self.mantissa().cmp(&0),
            None => 0.cmp(&other.mantissa()),
        }
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal::of(i128::from(value), 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let Ok(scale) = usize::try_from(self.scale) else {
            let unprinted = if self.mantissa == 0 { 0 } else { usize::from(self.scale.unsigned_abs()) };
            return write!(f, "{sign}{digits}{}", "0".repeat(unprinted));
        };
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
    fn many_of_them_take_little_room() {
        assert_eq!((size_of::<Decimal>(), size_of::<Option<Decimal>>()), (24, 24));
    }

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
        let yuan = Decimal::new(377_000, 2).shifted(4).unwrap();
        assert_eq!(yuan, Decimal::from(37_700_000));
        assert_eq!(yuan.to_string(), "37700000");
        assert_eq!(yuan.step(), Decimal::from(100));
        assert_eq!(yuan.at_scale(2), Some((3_770_000_000, false)));
        assert_eq!(Decimal::new(9508, 2).shifted(-2), Some(Decimal::new(9508, 4)));
    }
}
