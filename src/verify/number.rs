//! A reader of printed numbers that knows nothing of the one that made the dataset. It is strict: a number is written
//! by the rules, or it is not, and then [`odd`](super::odd) lists everything its digits could mean.

use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::vocabulary::MoneyUnit;
use crate::value::decimal::{Decimal, MAX_SCALE};

/// A printed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// The digits as printed, before any unit.
    pub value: Decimal,
    pub tail: Tail,
}

/// What stands behind the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    Nothing,
    /// A percent sign: the power that makes the number a fraction.
    Percent(i8),
    Money(MoneyUnit),
    /// A multiplier alone: its power.
    Times(i8),
    /// A multiplier's power, 0 without one, and a measure word.
    Counted(i8),
}

/// What a cell's text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing, or a placeholder.
    Blank,
    /// A number by the rules.
    Plain(Printed),
    /// A number against the rules: everything that its digits could mean.
    Odd(Vec<Printed>),
    /// No number.
    None,
}

/// Digits that any mantissa holds with room for sums and products.
const DIGITS: usize = 30;

/// What `raw` is.
pub(super) fn read(raw: &str, lexicon: &Lexicon) -> Reading {
    let bare = fold::strip_marks(fold::trim(raw));
    let text = fold::trim(&bare);
    if is_blank(text, lexicon) {
        return Reading::Blank;
    }
    if let Some(printed) = plain(text, lexicon) {
        return Reading::Plain(printed);
    }
    match super::odd::candidates(text, lexicon) {
        candidates if candidates.is_empty() => Reading::None,
        candidates => Reading::Odd(candidates),
    }
}

/// The score or weight that `raw` is: points may stand in brackets and have their word behind them.
pub(super) fn points(raw: &str, lexicon: &Lexicon) -> Reading {
    let text = fold::trim(raw);
    let inner = text
        .strip_prefix(['(', '\u{ff08}', '[', '\u{ff3b}'])
        .and_then(|text| text.strip_suffix([')', '\u{ff09}', ']', '\u{ff3d}']));
    let text = fold::trim(inner.unwrap_or(text));
    let bare = lexicon.score.strip(text).map(|(_, rest)| fold::trim(rest)).filter(|rest| !rest.is_empty());
    read(bare.unwrap_or(text), lexicon)
}

fn is_blank(text: &str, lexicon: &Lexicon) -> bool {
    let filler = |c: char| fold::is_space(c) || lexicon.placeholder_marks.has(c);
    let word = text.trim_start_matches(filler);
    let word = word.trim_end_matches(|c| fold::is_space(c) || lexicon.stops.has(c));
    word.is_empty() || lexicon.placeholder_words.whole(word).is_some()
}

fn plain(text: &str, lexicon: &Lexicon) -> Option<Printed> {
    let mut rest = text;
    while let Some(((), behind)) = lexicon.before_number.strip(rest) {
        rest = behind.trim_start_matches(fold::is_space);
    }
    let (negative, rest) = sign(rest, lexicon);
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    // A mark that no digit follows belongs to what stands behind the number, where it will not be understood.
    let digits = rest[..end].trim_end_matches(|c| matches!(fold::narrow(c), '.' | ','));
    let value = by_the_rules(&digits.chars().map(fold::narrow).collect::<String>())?;
    let tail = tail(rest[digits.len()..].trim_start_matches(fold::is_space), lexicon)?;
    Some(Printed { value: if negative { value.neg() } else { value }, tail })
}

/// Whether a sign stands at the start of `text` and is a minus, and the rest.
pub(super) fn sign<'t>(text: &'t str, lexicon: &Lexicon) -> (bool, &'t str) {
    let Some(first) = text.chars().next() else { return (false, text) };
    let behind = || text[first.len_utf8()..].trim_start_matches(fold::is_space);
    if lexicon.minus.has(first) {
        (true, behind())
    } else if lexicon.plus.has(first) {
        (false, behind())
    } else {
        (false, text)
    }
}

fn is_part(c: char) -> bool {
    matches!(fold::narrow(c), '0'..='9' | '.' | ',')
}

/// Digits in groups of three or in none, and at most one point with digits on both sides.
fn by_the_rules(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let sound = !first.is_empty() && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3);
    let digits: String = whole.chars().filter(|&c| c != ',').chain(fraction.chars()).collect();
    let padded = whole.len() > 1 && whole.starts_with('0');
    let known = digits.len() <= DIGITS && fraction.len() <= usize::from(MAX_SCALE);
    if !sound || padded || !known || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Decimal::new(digits.parse().ok()?, u8::try_from(fraction.len()).ok()?))
}

/// What stands behind a number; the outer `None` where it is no unit.
pub(super) fn tail(text: &str, lexicon: &Lexicon) -> Option<Tail> {
    if text.is_empty() {
        return Some(Tail::Nothing);
    }
    if let Some(percent) = lexicon.percent_after.whole(text) {
        return Some(Tail::Percent(percent.power()));
    }
    if let Some(unit) = lexicon.money_unit(text).or_else(|| lexicon.money_unit(half_of_twice(text)?)) {
        return Some(Tail::Money(unit));
    }
    let ends = |rest: &str| rest.is_empty() || rest.starts_with('/');
    if lexicon.ordinal.strip(text).is_some() {
        return None;
    }
    if lexicon.whole_unit.strip(text).is_some_and(|(_, rest)| ends(rest)) {
        return Some(Tail::Counted(0));
    }
    let (power, word) = lexicon.multiplier.strip(text).unwrap_or((0, text));
    let power = i8::try_from(power).ok()?;
    if word.is_empty() {
        return Some(Tail::Times(power));
    }
    lexicon.measure.strip(word).filter(|(_, rest)| ends(rest)).map(|_| Tail::Counted(power))
}

/// What a text says twice: a unit typed by whoever did not see that the form prints it.
fn half_of_twice(text: &str) -> Option<&str> {
    let (one, other) = text.split_at_checked(text.len() / 2)?;
    (one == other).then_some(one)
}

/// A number as findings and proofs write it: digits, and a point where there are decimals.
pub(super) fn exact(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    let sound = !whole.is_empty() && all.len() <= DIGITS && all.bytes().all(|b| b.is_ascii_digit());
    let value = Decimal::new(all.parse().ok().filter(|_| sound)?, u8::try_from(fraction.len()).ok()?);
    Some(if negative { value.neg() } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_the_rules() {
        let lexicon = Lexicon::built_in().unwrap();
        let nothing = |mantissa, scale| (Decimal::new(mantissa, scale), Tail::Nothing);
        for (raw, (value, tail)) in [
            ("110.00", nothing(11_000, 2)),
            ("　1,234,567.5 ", nothing(12_345_675, 1)),
            ("５０", nothing(50, 0)),
            ("-3", nothing(-3, 0)),
            ("[bookmark: _GoBack]186.50", nothing(18_650, 2)),
            ("95.08%", (Decimal::new(9508, 2), Tail::Percent(-2))),
            ("2.38  万元", (Decimal::new(238, 2), Tail::Money(MoneyUnit::WanYuan))),
            ("2.38 万元万元", (Decimal::new(238, 2), Tail::Money(MoneyUnit::WanYuan))),
            ("5万人", (Decimal::from(5), Tail::Counted(4))),
        ] {
            let Reading::Plain(printed) = read(raw, &lexicon) else { panic!("{raw} is not plain") };
            assert_eq!((printed.value, printed.tail), (value, tail), "{raw}");
            assert_eq!(printed.value.scale(), value.scale(), "{raw}");
        }
    }

    #[test]
    fn numbers_against_the_rules() {
        let lexicon = Lexicon::built_in().unwrap();
        for (raw, meant) in [
            ("37,70.00", Decimal::new(377_000, 2)),
            ("5 0000", Decimal::from(50_000)),
            ("12..5", Decimal::new(125, 1)),
            ("1O.0", Decimal::new(100, 1)),
            ("(12.5)", Decimal::new(-125, 1)),
            ("007", Decimal::from(7)),
            ("1234。56", Decimal::new(123_456, 2)),
        ] {
            let Reading::Odd(candidates) = read(raw, &lexicon) else { panic!("{raw} is by the rules") };
            assert!(candidates.iter().any(|c| c.value == meant), "{raw}: {candidates:?}");
        }
        assert_eq!(read("——", &lexicon), Reading::Blank);
        assert_eq!(read("完成", &lexicon), Reading::None);
        assert_eq!(read("2.38万元元", &lexicon), Reading::None);
    }
}
