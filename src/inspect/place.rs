//! Where a piece of a document stands: its line, and its place in the line.

use std::ops::Range;

/// A place in one line, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The bytes of the line.
    pub bytes: Range<usize>,
}

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Self {
        let behind = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(behind).collect();
        // Behind the last line end there is no further line.
        if starts.last() == Some(&text.len()) {
            starts.pop();
        }
        Lines { text, starts }
    }

    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// A line (from 1) without its line end.
    pub fn text(&self, number: u32) -> Option<&'t str> {
        let at = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(at)?;
        let end = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
        let line = &self.text[start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// Where `piece`, a slice of the text, stands: on the line on which it begins, up to that line's end.
    pub fn span(&self, piece: &str) -> Option<Span> {
        let offset = (piece.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        if piece.is_empty() || offset + piece.len() > self.text.len() {
            return None;
        }
        let at = self.starts.partition_point(|&start| start <= offset) - 1;
        let start = offset - self.starts[at];
        let line = self.text(at as u32 + 1)?;
        let end = (start + piece.len()).min(line.len());
        (start < end).then_some(Span { line: at as u32 + 1, bytes: start..end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_where_they_are() {
        let text = "一\r\n\n\t二三\n四\n";
        let lines = Lines::of(text);
        assert_eq!((lines.count(), lines.text(1), lines.text(2)), (4, Some("一"), Some("")));
        assert_eq!((lines.text(0), lines.text(5)), (None, None));
        let at = text.find('三').unwrap();
        assert_eq!(lines.span(&text[at..at + 3]), Some(Span { line: 3, bytes: 4..7 }));
        assert_eq!(
            lines.span(&text[at..at + 7]),
            Some(Span { line: 3, bytes: 4..7 }),
            "cut at the line's end"
        );
        assert_eq!(lines.span("elsewhere"), None);
        assert_eq!(Lines::of("").count(), 0);
    }
}
