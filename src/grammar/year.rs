//! Years as forms print them.

/// The digit that a scanner writes this letter for.
pub(super) fn digit_misread(c: char) -> Option<char> {
    Some(match c {
        'o' | 'O' => '0',
        'l' | 'I' | 'i' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'B' => '8',
        _ => return None,
    })
}

/// A year as a scanner reads it, with letters for some of its digits, in digits: `2o21`.
pub fn in_digits(year: &str) -> String {
    if year.bytes().filter(u8::is_ascii_digit).count() < 2 {
        return year.to_owned();
    }
    year.chars().map(|c| digit_misread(c).unwrap_or(c)).collect()
}

/// Whether `digits` are a year that forms report on.
pub fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with("19") || digits.starts_with("20"))
}
