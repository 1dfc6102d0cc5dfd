//! How many columns text takes on a terminal.
//!
//! The rule is that of Unicode's annex 11 for text without East Asian context, character by character: what is wide
//! or full-width takes two columns, a combining mark none, everything else one. Characters of *ambiguous* width
//! (`“”…·—①≥`, Greek, box drawing) count as narrow: so do today's terminals in every locale unless they are told
//! otherwise, and the C library's wcwidth in UTF-8 locales. Sequences are not looked at: what joins characters
//! (U+200D) or changes their look never reaches the terminal, see [`in_place`].

use crate::cli::printable::{in_place, is_unprintable};
use unicode_width::UnicodeWidthChar;

/// Characters a column: combining marks take none, and a flood of them no limit of columns would stop.
const CHARS_A_COLUMN: usize = 4;

/// The columns that `text` takes.
pub fn width(text: &str) -> usize {
    text.chars().map(of).sum()
}

/// The columns of a character. Unprintable ones count as the mark that is shown for them.
pub fn of(c: char) -> usize {
    if is_unprintable(c) { 1 } else { c.width().unwrap_or(1) }
}

/// `text` on one line, safe to show, and cut to `columns` with `…` at its end where it is longer. Runs of white space
/// become one space.
pub fn shortened(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let (mut used, mut count, mut gap) = (0, 0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            (used, count, gap) = (used + 1, count + 1, false);
        }
        (used, count) = (used + of(c), count + 1);
        if used > columns || count > columns * CHARS_A_COLUMN {
            return cut(out, columns);
        }
        out.push(c);
    }
    in_place(&out)
}

/// `text` with its end replaced by `…` so that it takes no more than `columns`.
fn cut(mut text: String, columns: usize) -> String {
    while !text.is_empty() && width(&text) + 1 > columns {
        text.pop();
    }
    let mut text = in_place(text.trim_end());
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn east_asian_widths() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("表单", 4),
            ("（万元）", 8),
            ("ＡＢ１", 6),
            ("ｱｲ", 2),
            ("“…”·—①≥", 7),
            ("e\u{301}", 1),
            ("\u{3000}x", 3),
            ("한국", 4),
            ("𠀀", 2),
            ("😀", 2),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn long_text_is_cut_to_its_columns() {
        assert_eq!(shortened("部门\n\t 名称", 20), "部门 名称");
        assert_eq!(shortened("部门名称", 8), "部门名称");
        assert_eq!(shortened("部门名称", 7), "部门名…");
        assert_eq!(shortened("部门名称", 6), "部门…");
        assert_eq!(shortened("a\u{1b}[31mb", 20), "a\u{fffd}[31mb");
        assert_eq!(width("\u{200b}\u{202e}"), width("\u{fffd}\u{fffd}"), "as wide as what stands for them");
        let flood = format!("e{}", "\u{301}".repeat(1_000_000));
        assert!(shortened(&flood, 10).chars().count() < 50);
    }
}
