//! antiword: boxes of bars; what does not fit into its column goes on in the next line.

use super::cell_lines::each;
use super::{padded, width, wrapped};
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
                        Some(cell) => {
                            let text: Vec<&str> = cell.paragraphs.iter().map(String::as_str).collect();
                            text.iter().flat_map(|text| wrapped(text, span * unit + span - 1)).collect()
                        }
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
