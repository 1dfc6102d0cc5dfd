//! What is wrong with a grammar, and exactly where: file, line, column, the line itself and a caret.

use std::fmt;
use std::ops::Range;

/// One mistake in a file of a grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it was named when loaded.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, counted in characters.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
    /// The line it stands on.
    pub excerpt: String,
    /// How many characters the caret underlines.
    pub width: usize,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gutter = self.line.to_string();
        let pad = " ".repeat(gutter.len());
        // A full-width character takes two columns of a terminal, so the caret is pushed by what it underlines.
        let lead: String = self
            .excerpt
            .chars()
            .take(self.column - 1)
            .map(|c| if c.is_ascii() { ' ' } else { '\u{3000}' })
            .collect();
        writeln!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        writeln!(f, "{pad} |")?;
        writeln!(f, "{gutter} | {}", self.excerpt)?;
        write!(f, "{pad} | {lead}{}", "^".repeat(self.width.max(1)))
    }
}

/// A grammar that cannot be used, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.0 {
            writeln!(f, "{mistake}")?;
        }
        let n = self.0.len();
        write!(f, "{n} mistake{} in the grammar", if n == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Mistakes {}

/// Takes down mistakes while a file is checked, so that one pass reports them all.
pub(super) struct Sink<'f> {
    pub file: &'f str,
    pub text: &'f str,
    pub found: Vec<Mistake>,
}

impl<'f> Sink<'f> {
    pub fn new(file: &'f str, text: &'f str) -> Self {
        Sink { file, text, found: Vec::new() }
    }

    /// Notes a mistake over the bytes `at` of the file.
    pub fn push(&mut self, at: Range<usize>, message: impl Into<String>) {
        let start = floor_char(self.text, at.start);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline);
        let end = floor_char(self.text, at.end.clamp(start, line_end));
        self.found.push(Mistake {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: self.text[line_start..start].chars().count() + 1,
            message: message.into(),
            excerpt: self.text[line_start..line_end].trim_end().to_owned(),
            width: self.text[start..end].chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
        });
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_at_its_place() {
        let mut sink = Sink::new("grammar/x.toml", "a = 1\nlabels = [\"甲\", \"乙\"]\n");
        let at = sink.text.find("\"乙\"").unwrap();
        sink.push(at..at + 5, "known already");
        let shown = sink.found[0].to_string();
        assert!(shown.starts_with("grammar/x.toml:2:16: known already"), "{shown}");
        assert!(shown.ends_with("^^^^"), "{shown}");
    }
}
