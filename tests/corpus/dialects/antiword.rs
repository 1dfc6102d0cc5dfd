//! antiword: boxes of bars; what does not fit into its column goes on in the next line. What it does with paragraphs, blanks and
//! long figures was tried out with antiword 0.37 on documents made for it.

use super::cell_lines::each;
use super::{char_width, padded, width};
use crate::corpus::sheet::{Cell, Sheet};

/// Columns of a terminal that a column of the table takes: enough for its longest figure.
fn columns_of(rows: &[Vec<Option<&Cell>>]) -> usize {
    let figures = rows
        .iter()
        .flatten()
        .flatten()
        .filter(|cell| cell.text("").starts_with(|c: char| c.is_ascii_digit()));
    figures
        .map(|cell| cell.paragraphs.iter().map(|text| width(text.trim())).max().unwrap_or(0))
        .max()
        .unwrap_or(0)
        .clamp(10, 24)
}

pub fn write(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n\n"),
        |table, out| {
            let rows = table.processed();
            let unit = columns_of(&rows);
            let grid = table.grid();
            for (row, slots) in rows.iter().zip(&grid) {
                let spans = spans(slots);
                let cells: Vec<Vec<String>> = row
                    .iter()
                    .zip(&spans)
                    .map(|(cell, span)| match cell {
                        Some(cell) => lines_of(cell, span * unit + span - 1),
                        None => Vec::new(),
                    })
                    .collect();
                let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
                for line in 0..height {
                    out.push('|');
                    for (cell, span) in cells.iter().zip(&spans) {
                        let text = cell.get(line).map_or("", String::as_str);
                        out.push_str(&padded(text, span * unit + span - 1));
                        out.push('|');
                    }
                    out.push('\n');
                }
            }
            out.push('\n');
        },
    );
}

/// What a cell says in its column: an empty paragraph takes a line, but none behind the last one that holds something.
fn lines_of(cell: &Cell, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> =
        cell.paragraphs.iter().flat_map(|paragraph| fitted(paragraph, columns)).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A paragraph in lines of so many columns: broken at the last space that fits, else wherever the line is full, in a figure too.
/// Spaces at the ends of lines are lost, but not ideographic ones.
fn fitted(paragraph: &str, columns: usize) -> Vec<String> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}');
    let mut lines = Vec::new();
    let mut rest = paragraph.trim_end_matches(is_space);
    loop {
        let mut taken = 0;
        let full = rest.char_indices().find_map(|(at, c)| {
            taken += char_width(c);
            (taken > columns).then_some(at)
        });
        let Some(full) = full else {
            lines.push(rest.to_owned());
            return lines;
        };
        let (line, behind) = match rest[..full].rfind(' ') {
            Some(space)
                if !rest[..space].trim_end_matches(is_space).is_empty() && !rest[full..].starts_with(' ') =>
            {
                (&rest[..space], &rest[space + 1..])
            }
            _ => rest.split_at(full),
        };
        lines.push(line.trim_end_matches(is_space).to_owned());
        rest = behind.trim_start_matches(' ');
    }
}

/// How many columns each cell of a row takes, those from above too.
fn spans(slots: &[crate::corpus::sheet::Slot<'_>]) -> Vec<usize> {
    let mut spans = Vec::new();
    for slot in slots {
        match spans.last_mut() {
            Some(span) if !slot.left => *span += 1,
            _ => spans.push(1),
        }
    }
    spans
}
