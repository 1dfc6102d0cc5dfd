//! Letters and signs that a scanner writes for a digit or a point of a target: `l00%`, `45O台`, `11S.4万元`, `154。92`.
//!
//! A figure with one is none that could be read, and nothing proves which it is: it is told of. Names hold such letters as well
//! (`S20公路`, `5s`), so that one counts only where nothing but a figure can be meant.

use crate::grammar::fold;
use crate::grammar::lexicon::Lexicon;

/// Bytes of the longest text that is looked at: a figure, its unit and a comparison.
const LONGEST: usize = 48;

/// Whether a digit or the point of a figure in `text` is misread.
pub fn is_misread(text: &str, lexicon: &Lexicon) -> bool {
    // Nearly every figure is told by its bytes.
    if text.len() > LONGEST || !lexicon.may_hold_alike(text) {
        return false;
    }
    let odd = |c: char| lexicon.look_alike(c).is_some() || lexicon.point_alike.has(c);
    text.contains(odd)
        && text.contains(|c: char| fold::narrow(c).is_ascii_digit())
        && (holds_alike_within(text, lexicon) || is_misread_figure(text, lexicon))
}

/// The name before the bracket that a first level ends with, where that holds its weight with a letter for a digit: `产出(S0分)`.
pub fn before_misread_weight<'t>(level: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let bracketed = level.strip_suffix([')', '\u{ff09}'])?;
    let open = bracketed.rfind(['(', '\u{ff08}'])?;
    let inside = bracketed[open..].trim_start_matches(['(', '\u{ff08}']);
    let name = fold::trim(&level[..open]);
    (!name.is_empty() && is_misread(inside, lexicon)).then_some(name)
}

/// Whether what is like a point or one of the commonest digits stands between two digits, or the latter behind a year or a month.
fn holds_alike_within(text: &str, lexicon: &Lexicon) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| fold::narrow(c).is_ascii_digit());
    text.char_indices().any(|(at, c)| {
        let (before, behind) = (&text[..at], text[at + c.len_utf8()..].chars().next());
        let letter = matches!(lexicon.look_alike(c), Some(0 | 1));
        let word = before.char_indices().next_back().map_or("", |(at, _)| &before[at..]);
        let dated = || lexicon.year.whole(word).is_some() || lexicon.month.whole(word).is_some();
        is_digit(behind)
            && ((is_digit(before.chars().next_back()) && (letter || lexicon.point_alike.has(c)))
                || (letter && dated()))
    })
}

/// Whether a text is a figure with a letter for one of its digits: behind a comparison at most, and before a unit at most.
fn is_misread_figure(text: &str, lexicon: &Lexicon) -> bool {
    let text = fold::trim(text);
    let is_digit = |c: char| fold::narrow(c).is_ascii_digit();
    let of_figure =
        |c: char| is_digit(c) || matches!(fold::narrow(c), '.' | ',') || lexicon.look_alike(c).is_some();
    let number = text.trim_start_matches(|c| !of_figure(c));
    let before = fold::trim(&text[..text.len() - number.len()]);
    if !before.is_empty() && lexicon.operator_before.whole(before).is_none() {
        return false;
    }
    let unit = number.trim_start_matches(of_figure);
    let figure = &number[..number.len() - unit.len()];
    let letters = figure.chars().filter(|&c| lexicon.look_alike(c).is_some()).count();
    if letters == 0 || !figure.contains(is_digit) {
        return false;
    }
    let unit = fold::trim(unit);
    let unit = lexicon.operator_after.strip(unit).map_or(unit, |(_, before)| before);
    let counts = lexicon.percent(unit).is_some()
        || lexicon.money_unit(unit).is_some()
        || lexicon.measure.strip(unit).is_some();
    // A letter at one end of a bare number may be a name's or a unit's: `B5`, `20l`.
    let first = figure.chars().next().is_some_and(|c| !is_digit(c));
    let last = figure.chars().next_back().is_some_and(|c| !is_digit(c));
    if unit.is_empty() {
        !first && (!last || figure.ends_with(['O', '\u{ff2f}', '\u{3007}']))
    } else {
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::target::target;

    #[test]
    fn letters_for_digits_are_seen_and_read_as_no_number() {
        let lexicon = Lexicon::built_in().unwrap();
        for text in [
            "l00%",
            "1O0%",
            "10O%",
            "45O台",
            "\u{2264}l48万元",
            "\u{2264}11S.4万元",
            "\u{2264}154。92万元",
            "1O5",
            "不低于9S%",
            "2O台以上",
            "2022年l2月底前",
            "2O22年7月底前",
            "45O",
        ] {
            assert!(is_misread(text, &lexicon), "{text}");
            assert_eq!(target(text, &lexicon).value, None, "{text}");
        }
    }

    #[test]
    fn a_level_is_told_from_its_misread_weight() {
        let lexicon = Lexicon::built_in().unwrap();
        let name = |level| before_misread_weight(level, &lexicon);
        assert_eq!(name("产出指标(S0分)"), Some("产出指标"));
        assert_eq!(name("产出指标（l5分）"), Some("产出指标"));
        for level in ["产出指标(50分)", "产出指标", "(S0分)", "产出指标(B类)"] {
            assert_eq!(name(level), None, "{level}");
        }
    }

    #[test]
    fn names_and_units_are_no_misread_figures() {
        let lexicon = Lexicon::built_in().unwrap();
        for text in [
            "100%",
            "\u{2265}45台",
            "S20公路",
            "B5",
            "5s",
            "20l",
            "I级",
            "5S管理",
            "2022年12月底前",
            "目标1。完成",
            "PM2.5",
            "12\u{3002}",
            "3Z型设备2台",
            "O",
        ] {
            assert!(!is_misread(text, &lexicon), "{text}");
        }
    }
}
