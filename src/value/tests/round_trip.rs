//! A number printed by the rules reads back as itself; one printed against them never passes for plain.

use super::super::decimal::Decimal;
use super::super::figure::figure;
use super::super::number::{Figure, Number};
use super::super::repair::readings;
use super::LEXICON;
use proptest::prelude::*;

fn read(text: &str) -> Option<Number<'_>> {
    match figure(text, &LEXICON) {
        Figure::Number(number) => Some(number),
        _ => None,
    }
}

fn grouped(printed: &str, separator: &str) -> String {
    let (sign, digits) = printed.strip_prefix('-').map_or(("", printed), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let first = (whole.len() - 1) % 3 + 1;
    let mut out = format!("{sign}{}", &whole[..first]);
    for at in (first..whole.len()).step_by(3) {
        out += separator;
        out += &whole[at..at + 3];
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

fn wide(printed: &str) -> String {
    let widened = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
    printed.chars().map(widened).collect()
}

prop_compose! {
    fn decimal()(mantissa in -999_999_999_999_999_999i128..=999_999_999_999_999_999, scale in 0u8..=6) -> Decimal {
        Decimal::new(mantissa, scale)
    }
}

proptest! {
    #[test]
    fn well_formed_numbers_read_back(value in decimal(), percent: bool) {
        let printed = value.to_string();
        for form in [printed.clone(), grouped(&printed, ","), grouped(&printed, "，"), wide(&printed)] {
            let text = format!("\u{3000}{form}{} ", if percent { "%" } else { "" });
            let number = read(&text).expect(&text);
            prop_assert_eq!(number.value, value, "{}", text);
            prop_assert_eq!(number.value.scale(), value.scale());
            prop_assert!(number.notation.is_plain(), "{}", text);
            prop_assert_eq!(number.percent.is_some(), percent);
        }
    }

    #[test]
    fn a_misplaced_separator_is_never_plain(value in 1_000i64..=9_999_999_999, at in 1usize..12) {
        let mut text = format!("{value}.00");
        let whole = text.len() - 3;
        let at = at.min(whole);
        text.insert(at, ',');
        let number = read(&text).expect(&text);
        let sound = whole <= 6 && whole - at == 3;
        prop_assert_eq!(number.notation.is_plain(), sound, "{}", text);
        prop_assert_eq!(number.value, Decimal::from(value), "{}", text);
    }

    #[test]
    fn a_letter_for_a_digit_is_never_plain(value in 100i64..=9_999_999, at in 0usize..7, letter in "[OolISB]") {
        let mut text = value.to_string();
        let at = at.min(text.len() - 1);
        text.replace_range(at..=at, &letter);
        prop_assert!(read(&text).is_none_or(|number| !number.notation.is_plain()), "{}", text);
    }

    #[test]
    fn white_space_inside_is_never_plain(value in 1_000i64..=9_999_999_999, at in 1usize..4, space in "[ \n\u{3000}\u{a0}]") {
        let mut text = value.to_string();
        text.insert_str(at, &space);
        let number = read(&text).expect(&text);
        prop_assert!(!number.notation.is_plain(), "{}", text);
        prop_assert_eq!(number.value, Decimal::from(value), "{}", text);
    }

    #[test]
    fn the_figure_is_the_likeliest_reading(text in "[-(]?[0-9,.OlS、。 ]{1,14}[)%人]?") {
        let all = readings(&text, &LEXICON);
        prop_assert!(all.windows(2).all(|pair| pair[0].cost <= pair[1].cost));
        match read(&text) {
            Some(number) => {
                prop_assert_eq!(number.value, all[0].value);
                prop_assert_eq!(number.notation.is_plain(), all[0].repairs.is_empty());
            }
            None => prop_assert!(all.is_empty(), "{}: {:?}", text, all),
        }
    }
}
