//! Boxes drawn with the signs that Unicode has for it (`┌─┬─┐`, `│`), as w3m and elinks print tables: the same as pandoc's grids.

use std::borrow::Cow;

/// Whether a line draws a border: it begins with a corner or a cross.
pub(in crate::dump) fn is_border(line: &str) -> bool {
    line.starts_with(is_cross)
}

/// Whether a line begins with a bar between cells.
pub(in crate::dump) fn is_row(line: &str) -> bool {
    line.starts_with(is_bar)
}

fn is_bar(c: char) -> bool {
    matches!(c, '│' | '┃' | '║')
}

/// Also an equals sign to some typists, so that one alone draws nothing.
fn is_dash(c: char) -> bool {
    matches!(c, '─' | '━' | '═')
}

fn is_cross(c: char) -> bool {
    matches!(c, '┌'..='╋' | '╒'..='╬') && !is_bar(c)
}

/// A text whose boxes are drawn with bars, crosses and dashes alone; its lines are the same.
pub(super) fn in_ascii(text: &str) -> Cow<'_, str> {
    if !["│", "┃", "║"].iter().any(|bar| memchr::memmem::find(text.as_bytes(), bar.as_bytes()).is_some())
    {
        return Cow::Borrowed(text);
    }
    let mut ascii = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if !is_border(bare) && !is_row(bare) {
            ascii.push_str(line);
            continue;
        }
        let mut before = ' ';
        let mut signs = line.chars().peekable();
        while let Some(c) = signs.next() {
            let drawn = is_dash(c) && (before == c || signs.peek() == Some(&c));
            ascii.push(match c {
                _ if drawn => '-',
                c if is_bar(c) => '|',
                c if is_cross(c) => '+',
                c => c,
            });
            before = c;
        }
    }
    Cow::Owned(ascii)
}
