//! Tables without bars, whose columns a row of dashes holds, as pandoc writes them where no cell has several paragraphs:
//!
//! ```text
//!   ------------------------
//!   head     figure   figure
//!   -------- -------- ------
//!   label    1.00     2.00
//!
//!   label             3.00
//!   ------------------------
//! ```
//!
//! The line of dashes above the header and the blank lines between rows stand where a row takes several lines; without them each
//! line is a row. A table without a header begins and ends with the row of dashes.

use super::{Growing, WIDEST, unescaped};
use crate::dump::copy::CopyBuilder;
use crate::dump::width;

/// Dashes of the narrowest column, which are more than a placeholder.
const NARROWEST: usize = 3;

/// Lines of a header at most.
const HEADER: usize = 30;

/// The columns at which those of a row of dashes begin.
pub(in crate::dump) fn columns(line: &str) -> Option<Vec<usize>> {
    let bare = line.trim_end();
    let inner = bare.trim_start_matches(' ');
    if !inner.starts_with("---") || inner.bytes().any(|b| !matches!(b, b'-' | b' ')) {
        return None;
    }
    let mut columns = vec![bare.len() - inner.len()];
    for dashes in inner.split(' ') {
        if dashes.len() < NARROWEST {
            return None;
        }
        columns.push(columns[columns.len() - 1] + dashes.len() + 1);
    }
    columns.pop();
    (columns.len() <= WIDEST).then_some(columns)
}

/// Whether a line of dashes has several columns.
pub(in crate::dump) fn is_rule(line: &str) -> bool {
    columns(line).is_some_and(|columns| columns.len() > 1)
}

fn is_border(line: &str) -> bool {
    columns(line).is_some_and(|columns| columns.len() == 1)
}

/// Lines of the longest table: what is never closed is not looked for to the end of the dump again and again.
const LONGEST: usize = 2_000;

/// A table among the lines of a dump.
pub(super) struct Ruled {
    pub first: usize,
    pub last: usize,
    columns: Vec<usize>,
    /// Whether blank lines stand between its rows.
    apart: bool,
}

impl Ruled {
    /// The table that begins on a line, from 0.
    pub fn at(lines: &[&str], first: usize) -> Option<Ruled> {
        let ahead = || lines[first..].iter().skip(1).take(HEADER);
        if is_border(lines[first]) {
            let rule = first + 1 + ahead().position(|line| is_rule(line))?;
            let last = rule + 1 + lines[rule + 1..].iter().take(LONGEST).position(|line| is_border(line))?;
            return Some(Ruled { first, last, columns: columns(lines[rule])?, apart: true });
        }
        if let Some(columns) = columns(lines[first]).filter(|columns| columns.len() > 1) {
            let same = |line: &str| line.trim_end() == lines[first].trim_end();
            let length = lines[first + 1..].iter().take(LONGEST).position(|line| same(line))?;
            let last = first + 1 + length;
            let apart = lines[first + 1..last].iter().any(|line| line.trim().is_empty());
            return Some(Ruled { first, last, columns, apart });
        }
        let rule = first + 1;
        let columns = columns(lines.get(rule)?).filter(|columns| columns.len() > 1)?;
        let filled = |line: &&&str| !line.trim().is_empty();
        let rows = lines[rule + 1..].iter().take(LONGEST).take_while(filled).count();
        Some(Ruled { first, last: rule + rows, columns, apart: false })
    }

    /// Copies its rows.
    pub fn copy(&self, copy: &mut CopyBuilder<'_>, lines: &[&str]) {
        let mut row: Option<(Vec<Growing>, (usize, usize))> = None;
        for number in self.first..=self.last {
            let line = lines[number];
            let drawn = columns(line).is_some();
            if drawn {
                copy.drawn(number as u32);
            }
            if drawn || line.trim().is_empty() || !self.apart {
                self.flush(copy, &mut row, lines);
            }
            if drawn || line.trim().is_empty() {
                continue;
            }
            let (cells, reach) =
                row.get_or_insert_with(|| (vec![Growing::default(); self.columns.len()], (number, number)));
            reach.1 = number;
            for (cell, text) in cells.iter_mut().zip(self.cut(line).unwrap_or_default()) {
                if !text.is_empty() {
                    cell.add(text, true);
                }
            }
        }
        self.flush(copy, &mut row, lines);
    }

    /// Copies a row; where a line of it is not held by the columns, each of its lines is cut at its runs of spaces.
    fn flush(
        &self,
        copy: &mut CopyBuilder<'_>,
        row: &mut Option<(Vec<Growing>, (usize, usize))>,
        lines: &[&str],
    ) {
        let Some((cells, (first, last))) = row.take() else { return };
        if lines[first..=last].iter().all(|line| self.cut(line).is_some()) {
            let cells: Vec<String> = cells.into_iter().map(|cell| unescaped(cell.text)).collect();
            return copy.row(&cells, (first as u32, last as u32));
        }
        for (number, line) in lines.iter().enumerate().take(last + 1).skip(first) {
            let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            copy.row(&cells, (number as u32, number as u32));
        }
    }

    /// The cells of a line, where a space stands before each column that begins on it.
    fn cut<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let mut cells = Vec::with_capacity(self.columns.len());
        let (mut column, mut start, mut before) = (0, 0, ' ');
        let mut edges = self.columns[1..].iter().copied().peekable();
        for (at, c) in line.char_indices() {
            if let Some(&edge) = edges.peek().filter(|&&edge| column >= edge) {
                if column > edge || before != ' ' {
                    return None;
                }
                cells.push(line[start..at].trim());
                start = at;
                edges.next();
            }
            column += width::of(c);
            before = c;
        }
        cells.push(line[start..].trim());
        cells.resize(self.columns.len(), "");
        Some(cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::{Dialect, read};
    use crate::source::Kept;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let kept = Kept::default();
        let grid = read(text, Dialect::Grid, &kept);
        let mut rows: Vec<Vec<String>> = Vec::new();
        for cell in &grid.cells {
            if cell.opens != crate::dump::Opens::Next {
                rows.push(Vec::new());
            }
            rows.last_mut().unwrap().push(grid.text_of(cell).to_owned());
        }
        rows
    }

    #[test]
    fn dashes_hold_columns_and_blank_cells() {
        let text = "甲\n\n  --------------------\n  项目   数值   备\n                注\n  ------ ------ ------\n  一、\
                    某  —      3\n  项\n\n         2.00\n  --------------------\n\n乙\n";
        assert_eq!(
            rows(text),
            [
                vec!["甲"],
                vec!["项目", "数值", "备注"],
                vec!["一、某项", "—", "3"],
                vec!["", "2.00", ""],
                vec!["乙"]
            ]
        );
    }

    #[test]
    fn without_blank_lines_each_line_is_a_row() {
        let text = "  项目   数值\n  ------ ------\n  甲     1.00\n  乙     \n\n丙\n";
        assert_eq!(rows(text), [vec!["项目", "数值"], vec!["甲", "1.00"], vec!["乙"], vec!["丙"]]);
        let headless = "  ------ ------\n  甲     1.00\n  乙     2.00\n  ------ ------\n丙\n";
        assert_eq!(rows(headless), [vec!["甲", "1.00"], vec!["乙", "2.00"], vec!["丙"]]);
    }

    #[test]
    fn a_row_that_no_column_holds_is_cut_at_its_spaces() {
        let text = "  项目   数值\n  ------ ------\n  甲乙丙丁戊  1.00\n";
        assert_eq!(rows(text), [vec!["项目", "数值"], vec!["甲乙丙丁戊", "1.00"]]);
    }

    #[test]
    fn placeholders_are_no_rule() {
        for line in ["  -- -- --", "  ---   ---", "  --- 甲 ---", "- - -"] {
            assert!(!is_rule(line), "{line}");
        }
        assert!(is_rule("  --- ----"));
    }
}
