//! Hop 2: from the text of a dump to a grid of cells, each with its place in the source.
//!
//! A reader of a dialect only says where cells begin and where a row *may* begin. Which of those places are
//! rows in truth is for the form to say (`crate::form`), because an empty paragraph inside a cell and the end
//! of a row are the same bytes in the commonest dialect.

mod detect;
mod grid;
mod tab_cells;
mod tsv;

pub use detect::detect;
pub use grid::{Cell, Grid, Opens};

use std::fmt;
use std::str::FromStr;

/// How the extractor wrote tables into text; the `dialect` column of the documents table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// One cell a line, a TAB before it; its paragraphs on lines of their own; an empty line after a row
    /// (Word through Tika's plain text, 1.2 to 3.x).
    CellLines,
    /// One row a line, a TAB before every cell; cells of several paragraphs still break over lines (Tika 4).
    RowLines,
    /// One row a line, TABs between cells; a cell of several paragraphs is quoted or simply broken over lines
    /// (copies from Word and Excel, spreadsheet exports).
    Tsv,
}

impl Dialect {
    /// Every dialect that has a reader.
    pub const ALL: [Dialect; 3] = [Dialect::CellLines, Dialect::RowLines, Dialect::Tsv];

    /// The name in the `dialect` column and of the `--dialect` option.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dialect::CellLines => "cell-lines",
            Dialect::RowLines => "row-lines",
            Dialect::Tsv => "tsv",
        }
    }

    /// Whether a line break between two pieces of a row stands *inside* a cell, so that joining them makes one
    /// cell of the two that meet there.
    pub(crate) const fn joins_cells(self) -> bool {
        matches!(self, Dialect::Tsv)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Dialect::ALL.map(Dialect::as_str).join(", ");
        Dialect::ALL
            .into_iter()
            .find(|dialect| dialect.as_str() == text)
            .ok_or_else(|| format!("unknown dialect `{text}` (known: {})", known()))
    }
}

/// Cuts `text` into cells as `dialect` writes them.
pub fn read(text: &str, dialect: Dialect) -> Grid<'_> {
    match dialect {
        Dialect::CellLines | Dialect::RowLines => tab_cells::read(text, dialect),
        Dialect::Tsv => tsv::read(text),
    }
}

/// The line at the start of `input` without its line end, and what follows it: a nom parser that every reader
/// is built on. A lone carriage return is left in the line, where it counts as white space.
fn line(input: &str) -> nom::IResult<&str, &str> {
    if input.is_empty() {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Eof)));
    }
    let (end, next) = match memchr::memchr(b'\n', input.as_bytes()) {
        Some(at) => (at, at + 1),
        None => (input.len(), input.len()),
    };
    let line = &input[..end];
    Ok((&input[next..], line.strip_suffix('\r').unwrap_or(line)))
}

#[cfg(test)]
mod tests;
