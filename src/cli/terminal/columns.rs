//! Columns of text, aligned by their width on a terminal.

use super::width::{shortened, width};
use super::{Paint, Style};

/// What stands between two columns.
const GAP: &str = "  ";

/// On which side a column is flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// On which side it is flush.
    pub align: Align,
    /// The columns of the terminal it may take.
    pub most: usize,
}

/// What stands in one cell.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    text: String,
    /// Stands behind the text and is never cut.
    tail: String,
    style: Style,
}

impl Piece {
    /// Text from anywhere: it is made safe and cut to its column.
    pub fn new(text: &str, style: Style) -> Self {
        Piece { text: text.to_owned(), tail: String::new(), style }
    }

    /// With a mark behind it.
    pub fn marked(self, mark: char) -> Self {
        Piece { tail: format!(" {mark}"), ..self }
    }
}

/// Rows of cells.
#[derive(Clone, Debug)]
pub struct Columns {
    columns: Vec<Column>,
    rows: Vec<(String, Vec<Piece>)>,
}

impl Columns {
    /// No rows yet.
    pub fn new(columns: Vec<Column>) -> Self {
        Columns { columns, rows: Vec::new() }
    }

    /// Adds a row; `before` is put before it as it is.
    pub fn push(&mut self, before: String, row: Vec<Piece>) {
        let fitted = row.into_iter().zip(&self.columns).map(|(piece, column)| {
            let left = column.most.saturating_sub(width(&piece.tail)).max(1);
            // What is indented stays so: white space at a text's start is the row's depth.
            let text = piece.text.trim_start_matches(' ');
            let indent = (piece.text.len() - text.len()).min(left / 2);
            let text = format!("{}{}", " ".repeat(indent), shortened(text, left - indent));
            Piece { text, ..piece }
        });
        self.rows.push((before, fitted.collect()));
    }

    /// The rows as lines. Nothing stands behind the last filled cell of a line.
    pub fn lines(&self, paint: Paint) -> Vec<String> {
        let of = |piece: &Piece| width(&piece.text) + width(&piece.tail);
        let mut widths = vec![0; self.columns.len()];
        for (_, row) in &self.rows {
            for (widest, piece) in widths.iter_mut().zip(row) {
                *widest = of(piece).max(*widest);
            }
        }
        let line = |(before, row): &(String, Vec<Piece>)| {
            let mut line = before.clone();
            let mut blank = 0;
            let filled = row.iter().zip(&widths).zip(&self.columns).enumerate();
            for (nth, ((piece, &widest), column)) in filled {
                let pad = widest - of(piece);
                blank += if nth == 0 { 0 } else { GAP.len() };
                if piece.text.is_empty() && piece.tail.is_empty() {
                    blank += pad;
                    continue;
                }
                let (left, right) = if column.align == Align::Right { (pad, 0) } else { (0, pad) };
                line.push_str(&" ".repeat(blank + left));
                line.push_str(&paint.paint(piece.style, &format!("{}{}", piece.text, piece.tail)));
                blank = right;
            }
            line
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Color;

    #[test]
    fn columns_align_by_width() {
        let column = |align| Column { align, most: 12 };
        let mut columns = Columns::new(vec![column(Align::Left), column(Align::Right), column(Align::Right)]);
        let row = |cells: [&str; 3]| cells.map(|text| Piece::new(text, Style::Plain)).into();
        columns.push("| ".into(), row(["部门", "决算数", "预算数"]));
        columns.push("| ".into(), row(["  abc", "12.40", ""]));
        let marked = Piece::new("13.00", Style::Plain).marked('✓');
        columns.push("| ".into(), vec![Piece::default(), marked.clone(), marked]);
        let lines = columns.lines(Paint::new(Color::Never));
        assert_eq!(lines, ["| 部门    决算数   预算数", "|   abc    12.40", "|        13.00 ✓  13.00 ✓"]);
    }

    #[test]
    fn colours_take_no_columns() {
        let mut columns = Columns::new(vec![Column { align: Align::Right, most: 9 }; 2]);
        columns.push(String::new(), vec![Piece::new("甲", Style::Strong), Piece::new("乙", Style::Strong)]);
        columns.push(String::new(), vec![Piece::new("abcd", Style::Plain), Piece::new("b", Style::Plain)]);
        let lines = columns.lines(Paint::new(Color::Always));
        assert_eq!(lines, ["  \u{1b}[1m甲\u{1b}[0m  \u{1b}[1m乙\u{1b}[0m", "abcd   b"]);
    }
}
