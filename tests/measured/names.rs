//! When two texts say the same.

use unicode_normalization::UnicodeNormalization;

/// Compatible characters made one, white space taken out.
pub fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The source's characters without white space and the marks of extractors.
pub fn compact(text: &str) -> String {
    text.replace("[bookmark: _GoBack]", "").chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every run of white space made one space.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds a figure, and not only as a part of another one.
pub fn holds_figure(text: &str, figure: &str) -> bool {
    let of_number = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '．' | '，');
    text.match_indices(figure).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + figure.len()..]);
        !before.ends_with(of_number) && !behind.starts_with(of_number)
    })
}

/// Whether two labels are the same but for one character: a dump may have lost or misread one.
pub fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (folded(a).chars().collect(), folded(b).chars().collect());
    let begin = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = (a.len() - begin).min(b.len() - begin);
    let end = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - begin - end <= 1
}

/// A line's name without a number before it, as in `指标1：`.
pub fn unnumbered(name: &str) -> String {
    let name = folded(name);
    // A number that was read off a picture may have letters for digits.
    let digit = |c: char| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O' | 'o');
    let behind = name.strip_prefix("指标").unwrap_or(&name).trim_start_matches(digit);
    match behind.strip_prefix([':', '.', '、']) {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// Whether two decimals are the same number.
pub fn same_number(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => trimmed(a) == trimmed(b),
        (None, None) => true,
        _ => false,
    }
}

fn trimmed(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

#[test]
fn labels_forgive_one_character() {
    assert!(near("年度资金总额", "年资金总额") && near("（一）甲", "(一)甲") && near("甲乙丙", "甲丁丙"));
    assert!(!near("年初预算数", "全年预算") && !near("甲乙丙", "甲"));
    assert_eq!(unnumbered("指标12：甲乙"), "甲乙");
    assert_eq!(unnumbered("指标体系建设"), "指标体系建设");
    assert!(holds_figure("甲|10.5|乙", "10.5") && !holds_figure("110.50", "10.5"));
    assert!(same_number(Some("10.0000"), Some("10")) && !same_number(Some("100"), Some("10")));
}
