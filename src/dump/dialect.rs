//! The dialects: how extractors write tables into text.

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
    /// (copies from Word and Excel, spreadsheet exports, catdoc).
    Tsv,
    /// As [`Dialect::Tsv`], with commas (spreadsheet exports).
    Csv,
    /// Pipe tables of Markdown, with a row of dashes (converters).
    Markdown,
    /// One row a line, `|` between cells (web pages).
    PipeRows,
    /// One cell a line, `|` before or behind it; the ends of rows are lost (web pages).
    PipeCells,
    /// A whole table on one line, `|` between cells (web pages).
    PipeRun,
    /// Boxes of `|` without rules between rows (antiword).
    Boxes,
    /// Boxes with rules between rows (pandoc's grid tables).
    Grid,
    /// Tables in HTML.
    Html,
    /// One cell a line, blank lines between cells; the ends of rows and empty cells are lost (web pages).
    SpacedCells,
    /// One paragraph a line, and no other structure (pdftotext, LibreOffice's text, RTF).
    Lines,
    /// One row a line or less, spaces between cells; empty cells are lost (web pages, OCR).
    Words,
    /// Columns held by runs of spaces (pdftotext -layout).
    Layout,
}

impl Dialect {
    /// Every dialect that has a reader.
    pub const ALL: [Dialect; 15] = [
        Dialect::CellLines,
        Dialect::RowLines,
        Dialect::Tsv,
        Dialect::Csv,
        Dialect::Markdown,
        Dialect::PipeRows,
        Dialect::PipeCells,
        Dialect::PipeRun,
        Dialect::Boxes,
        Dialect::Grid,
        Dialect::Html,
        Dialect::SpacedCells,
        Dialect::Lines,
        Dialect::Words,
        Dialect::Layout,
    ];

    /// The name in the `dialect` column and of the `--dialect` option.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dialect::CellLines => "cell-lines",
            Dialect::RowLines => "row-lines",
            Dialect::Tsv => "tsv",
            Dialect::Csv => "csv",
            Dialect::Markdown => "markdown",
            Dialect::PipeRows => "pipe-rows",
            Dialect::PipeCells => "pipe-cells",
            Dialect::PipeRun => "pipe-run",
            Dialect::Boxes => "boxes",
            Dialect::Grid => "grid",
            Dialect::Html => "html",
            Dialect::SpacedCells => "spaced-cells",
            Dialect::Lines => "lines",
            Dialect::Words => "words",
            Dialect::Layout => "layout",
        }
    }

    /// Whether a line break between two pieces of a row stands *inside* a cell, so that joining them makes one
    /// cell of the two that meet there.
    pub(crate) const fn joins_cells(self) -> bool {
        matches!(self, Dialect::Tsv)
    }

    /// Whether the dump shows for certain where a row begins and ends, so that none is joined or cut.
    pub(crate) const fn shows_rows(self) -> bool {
        matches!(
            self,
            Dialect::Csv
                | Dialect::Markdown
                | Dialect::PipeRows
                | Dialect::Boxes
                | Dialect::Grid
                | Dialect::Html
        )
    }

    /// Whether a cell that goes on from the row above or the column before leaves a blank one, so that no row begins further left
    /// than its header.
    pub(crate) const fn keeps_merges(self) -> bool {
        matches!(self, Dialect::Csv | Dialect::Boxes | Dialect::Grid | Dialect::Html)
    }

    /// Whether the ends of rows are lost, so that cells come as one stream.
    pub(crate) const fn loses_rows(self) -> bool {
        matches!(
            self,
            Dialect::PipeCells
                | Dialect::PipeRun
                | Dialect::SpacedCells
                | Dialect::Lines
                | Dialect::Words
                | Dialect::Layout
        )
    }

    /// Whether a line may hold several rows, up to all forms of a dump.
    pub(crate) const fn shares_lines(self) -> bool {
        matches!(self, Dialect::Html | Dialect::PipeRun | Dialect::Words)
    }

    /// Whether the pieces of a label may stand in cells of their own, with nothing but white space between.
    pub(crate) const fn breaks_labels(self) -> bool {
        matches!(self, Dialect::Lines | Dialect::SpacedCells | Dialect::Words)
    }

    /// Whether empty cells leave no trace, so that only a row with as many values as columns says where each belongs. Among the
    /// cells of `SpacedCells` they may.
    pub(crate) const fn loses_blanks(self) -> bool {
        matches!(self, Dialect::Lines | Dialect::Words | Dialect::Layout)
    }

    /// Whether cells break over lines between their neighbours and nothing but what they hold says where a row ends, so that a
    /// row may have been cut or joined wrongly.
    pub(crate) const fn tears_rows(self) -> bool {
        matches!(self, Dialect::Boxes | Dialect::Lines | Dialect::Words | Dialect::Layout)
    }

    /// Whether a quotation mark inside a quoted cell is doubled.
    pub(crate) const fn doubles_quotes(self) -> bool {
        matches!(self, Dialect::Tsv | Dialect::Csv)
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
