//! A source line with carets under the pieces it is shown for.

use super::width::{of, width};
use crate::cli::printable::in_place;
use std::ops::Range;

/// Columns of the terminal that a source line may take.
const COLUMNS: usize = 90;
/// Of them before the first caret, where the line is cut.
const BEFORE: usize = 40;

/// The part of `line` around the pieces `spans` (bytes of it), and carets under them.
pub fn snippet(line: &str, spans: &[Range<usize>]) -> (String, Option<String>) {
    let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let window = window(line, floor(line, first));
    let mut shown = in_place(&line[window.clone()]);
    let lead = if window.start > 0 { "…" } else { "" };
    shown.insert_str(0, lead);
    if window.end < line.len() {
        shown.push('…');
    }
    let mut carets = String::new();
    let mut sorted: Vec<&Range<usize>> = spans.iter().collect();
    sorted.sort_by_key(|span| span.start);
    for span in sorted {
        let (start, end) = (floor(line, span.start).max(window.start), floor(line, span.end).min(window.end));
        if start >= end {
            continue;
        }
        let from = width(lead) + width(&in_place(&line[window.start..start]));
        carets.push_str(&" ".repeat(from.saturating_sub(carets.len())));
        carets.push_str(&"^".repeat(width(&in_place(&line[start..end])).max(1)));
    }
    (shown, Some(carets).filter(|carets| !carets.is_empty()))
}

/// The bytes of `line` that are shown: all, or what fits around `at`. Looks no further than it shows, because a line
/// may be as long as a document.
fn window(line: &str, at: usize) -> Range<usize> {
    if line.chars().nth(COLUMNS).is_none() && width(line) <= COLUMNS {
        return 0..line.len();
    }
    let (mut start, mut used) = (at, 0);
    for (place, c) in line[..at].char_indices().rev() {
        used += of(c).max(1);
        if used > BEFORE && start < at {
            break;
        }
        start = place;
    }
    let mut used = 0;
    for (place, c) in line[start..].char_indices() {
        used += of(c).max(1);
        if used > COLUMNS {
            return start..start + place;
        }
    }
    start..line.len()
}

/// The start of the character at `at`.
fn floor(line: &str, at: usize) -> usize {
    let at = at.min(line.len());
    (0..=at).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_their_figures() {
        let line = "\t一、支出\t12.40";
        let at = line.find("12.40").unwrap();
        let (shown, carets) = snippet(line, std::slice::from_ref(&(at..at + 5)));
        assert_eq!((shown.as_str(), carets.as_deref()), (" 一、支出 12.40", Some("          ^^^^^")));
        assert_eq!(snippet("\u{1b}[2J", &[]), ("\u{fffd}[2J".to_owned(), None));
        let two = snippet("1 1", &[2..3, 0..1]);
        assert_eq!(two.1.as_deref(), Some("^ ^"));
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let line = format!("{}6,12.40{}", "表".repeat(100_000), "一".repeat(100_000));
        let at = line.find('6').unwrap();
        let (shown, carets) = snippet(&line, std::slice::from_ref(&(at..at + 7)));
        let carets = carets.unwrap();
        assert!(width(&shown) <= COLUMNS + 2, "{shown}");
        let under = shown.chars().scan(0, |at, c| Some((std::mem::replace(at, *at + of(c)), c)));
        let six = under.into_iter().find(|(_, c)| *c == '6').unwrap().0;
        assert_eq!(carets.find('^'), Some(six));
    }
}
