//! Writers of dialects: each puts a sheet into text as one kind of extractor does. Written from what is known of the extractors,
//! apart from the readers in `src/dump`.

mod antiword;
mod cell_lines;
mod degraded;
mod grid;
mod html;
mod markdown;
mod pipes;
mod tab_rows;

use super::random::Random;
use super::sheet::Sheet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    TikaCells,
    TikaRows,
    TikaDoc,
    WordCopy,
    ExcelCopy,
    Csv,
    Catdoc,
    Antiword,
    MarkdownBlank,
    MarkdownRepeated,
    MarkdownMissing,
    PipeRows,
    PipeCells,
    PipeRun,
    BlankLines,
    PandocGrid,
    Html,
    PdfLayout,
    Spaces,
    OneLine,
    ParagraphLines,
    Ocr,
}

/// What a whole document has in common beside its dialect.
pub struct Manner {
    /// One number from which each writer takes its habits.
    pub habit: u64,
    pub random: Random,
    /// Whether a form's last blank lines are lost, so that it runs on into the next.
    pub abrupt: bool,
}

impl Dialect {
    pub const ALL: [Dialect; 22] = [
        Dialect::TikaCells,
        Dialect::TikaRows,
        Dialect::TikaDoc,
        Dialect::WordCopy,
        Dialect::ExcelCopy,
        Dialect::Csv,
        Dialect::Catdoc,
        Dialect::Antiword,
        Dialect::MarkdownBlank,
        Dialect::MarkdownRepeated,
        Dialect::MarkdownMissing,
        Dialect::PipeRows,
        Dialect::PipeCells,
        Dialect::PipeRun,
        Dialect::BlankLines,
        Dialect::PandocGrid,
        Dialect::Html,
        Dialect::PdfLayout,
        Dialect::Spaces,
        Dialect::OneLine,
        Dialect::ParagraphLines,
        Dialect::Ocr,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Dialect::TikaCells => "tika-cells",
            Dialect::TikaRows => "tika4-rows",
            Dialect::TikaDoc => "tika-doc",
            Dialect::WordCopy => "word-copy",
            Dialect::ExcelCopy => "excel-copy",
            Dialect::Csv => "csv",
            Dialect::Catdoc => "catdoc",
            Dialect::Antiword => "antiword",
            Dialect::MarkdownBlank => "markdown-blank",
            Dialect::MarkdownRepeated => "markdown-repeated",
            Dialect::MarkdownMissing => "markdown-missing",
            Dialect::PipeRows => "pipe-rows",
            Dialect::PipeCells => "pipe-cells",
            Dialect::PipeRun => "pipe-run",
            Dialect::BlankLines => "blank-lines",
            Dialect::PandocGrid => "pandoc-grid",
            Dialect::Html => "html",
            Dialect::PdfLayout => "pdf-layout",
            Dialect::Spaces => "spaces",
            Dialect::OneLine => "one-line",
            Dialect::ParagraphLines => "paragraph-lines",
            Dialect::Ocr => "ocr",
        }
    }

    /// Whether it keeps enough of the table that a form can be read wholly.
    pub fn is_structured(self) -> bool {
        !matches!(
            self,
            Dialect::PdfLayout | Dialect::Spaces | Dialect::OneLine | Dialect::ParagraphLines | Dialect::Ocr
        )
    }

    pub fn prints_bookmarks(self) -> bool {
        self == Dialect::TikaCells
    }

    /// The text of sheets one behind the other, and the line, from 1, on which each begins.
    pub fn write(self, sheets: &[Sheet], manner: &mut Manner) -> (String, Vec<usize>) {
        let mut out = String::new();
        let mut lines = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            if manner.abrupt && !out.is_empty() {
                out.truncate(out.trim_end_matches('\n').len());
                out.push_str("\n ");
            }
            lines.push(out.matches('\n').count() + 1);
            self.sheet(sheet, manner, &mut out);
        }
        (out, lines)
    }

    fn sheet(self, sheet: &Sheet, manner: &mut Manner, out: &mut String) {
        match self {
            Dialect::TikaCells => cell_lines::tika(sheet, out),
            Dialect::TikaRows => cell_lines::tika_rows(sheet, out),
            Dialect::TikaDoc => cell_lines::tika_doc(sheet, out),
            Dialect::BlankLines => cell_lines::blank_lines(sheet, manner, out),
            Dialect::WordCopy => tab_rows::word(sheet, out),
            Dialect::ExcelCopy => tab_rows::spreadsheet(sheet, '\t', out),
            Dialect::Csv => tab_rows::spreadsheet(sheet, ',', out),
            Dialect::Catdoc => tab_rows::catdoc(sheet, out),
            Dialect::Antiword => antiword::write(sheet, out),
            Dialect::MarkdownBlank => markdown::write(sheet, markdown::Merged::Blank, manner, out),
            Dialect::MarkdownRepeated => markdown::write(sheet, markdown::Merged::Repeated, manner, out),
            Dialect::MarkdownMissing => markdown::write(sheet, markdown::Merged::Missing, manner, out),
            Dialect::PipeRows => pipes::rows(sheet, manner, out),
            Dialect::PipeCells => pipes::cells(sheet, manner, out),
            Dialect::PipeRun => pipes::run(sheet, manner, out),
            Dialect::PandocGrid => grid::write(sheet, out),
            Dialect::Html => html::write(sheet, out),
            Dialect::PdfLayout => degraded::layout(sheet, manner, out),
            Dialect::Spaces => degraded::spaces(sheet, manner, out),
            Dialect::OneLine => degraded::one_line(sheet, manner, out),
            Dialect::ParagraphLines => degraded::paragraphs(sheet, out),
            Dialect::Ocr => degraded::ocr(sheet, manner, out),
        }
    }
}

/// How many columns of a terminal a text takes: two for each ideograph and full-width sign.
fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    if c as u32 >= 0x1100 && !matches!(c as u32, 0x2010..=0x2027) { 2 } else { 1 }
}

/// A text broken into lines of so many columns, a figure only where it is longer than a line.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let fitting = |piece: String| match width(&piece) > columns {
        true => piece.chars().map(String::from).collect(),
        false => vec![piece],
    };
    broken(pieces(text).into_iter().flat_map(fitting).collect(), columns)
}

/// A text broken wherever a line of so many columns is full.
fn cut(text: &str, columns: usize) -> Vec<String> {
    broken(text.chars().map(String::from).collect(), columns)
}

fn broken(pieces: Vec<String>, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut taken = 0;
    for piece in pieces {
        if taken + width(&piece) > columns && taken > 0 {
            lines.push(String::new());
            taken = 0;
        }
        taken += width(&piece);
        if let Some(line) = lines.last_mut() {
            line.push_str(&piece);
        }
    }
    lines
}

/// Figures, and every other character.
fn pieces(text: &str) -> Vec<String> {
    let of_figure = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '．' | '%');
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if of_figure(c) && piece.ends_with(of_figure) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}
