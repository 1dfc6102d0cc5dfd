//! No text breaks a reader or keeps it long.

use super::super::blank::is_blank;
use super::super::date::{date, year};
use super::super::figure::figure;
use super::super::number::Figure;
use super::super::repair::readings;
use super::super::score::{level_weight, score};
use super::super::target::target;
use super::LEXICON;
use proptest::prelude::*;

fn read_all(text: &str) {
    let figure = figure(text, &LEXICON);
    assert_eq!(is_blank(text, &LEXICON), figure == Figure::Blank, "{text:?}");
    let target = target(text, &LEXICON);
    assert!(target.value.is_some() || (target.op.is_none() && target.unit.is_none()), "{text:?}");
    readings(text, &LEXICON);
    score(text, &LEXICON);
    level_weight(text, &LEXICON);
    date(text, &LEXICON);
    year(text, &LEXICON);
}

/// Texts of the characters that the readers care about, in any order.
const TELLING: &str = "[0-9０-９,，.．。、%％‰≥≤<>＜＞=\\-－—/…*()（）\\[\\]: \n\u{3000}\u{a0}\u{feff}\
                       元万亿千百人家次个以上下内不低于超过达到年月日度分第约无OolISBkmg²bookmark]{0,24}";

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn any_telling_text_is_read(text in TELLING) {
        read_all(&text);
    }

    #[test]
    fn a_target_with_two_numbers_says_nothing(a in 0u32..100_000, b in 0u32..100_000, between in "[-~～至到；、到和或/ ]{1,2}") {
        let text = format!("{a}{between}{b}个");
        prop_assert_eq!(target(&text, &LEXICON).value, None, "{}", text);
    }
}

/// Quadratic work on these lengths would take minutes; linear work takes no time worth naming.
#[test]
fn long_texts_take_linear_time() {
    let length = 300_000;
    for unit in [
        "1",
        "1,",
        "1.",
        "1 ",
        "O",
        "-",
        "(",
        "[",
        "[bookmark: ",
        "无",
        "≥",
        "年",
        "2022",
        "2022年1",
        "、",
        "\u{3000}",
        "万",
        "1万",
    ] {
        read_all(&unit.repeat(length / unit.len()));
        read_all(&format!("{}5", unit.repeat(length / unit.len())));
    }
}
