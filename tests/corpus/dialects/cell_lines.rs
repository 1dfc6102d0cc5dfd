//! One cell a line.

use super::Manner;
use crate::corpus::sheet::{Cell, Part, Sheet, Table};

/// Word (.docx) through Tika 1.2 to 3: a TAB before a cell, a newline behind each of its paragraphs, one more behind a row, one
/// more behind a table.
pub fn tika(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for row in table.processed() {
                for cell in row {
                    out.push('\t');
                    match cell {
                        Some(cell) => cell.paragraphs.iter().for_each(|paragraph| {
                            out.push_str(paragraph);
                            out.push('\n');
                        }),
                        None => out.push('\n'),
                    }
                }
                out.push('\n');
            }
            out.push('\n');
        },
    );
}

/// Tika 4: a cell of one paragraph has no newline, so that a row is a line.
pub fn tika_rows(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for row in table.processed() {
                for cell in row {
                    out.push('\t');
                    let Some(cell) = cell else { continue };
                    out.push_str(&cell.paragraphs.join("\n"));
                    if cell.paragraphs.len() > 1 {
                        out.push('\n');
                    }
                }
                out.push('\n');
            }
        },
    );
}

/// Word (.doc) through Tika: empty paragraphs of cells are gone, and a blank line follows every paragraph of a body and every
/// paragraph of a cell but its last.
pub fn tika_doc(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n\n"),
        |table, out| {
            for row in table.processed() {
                for cell in row {
                    out.push('\t');
                    let filled = cell.map(|cell| cell.text("\n\n")).unwrap_or_default();
                    out.push_str(&filled);
                    out.push('\n');
                }
                out.push('\n');
            }
            out.push('\n');
        },
    );
}

/// A web page's text: each cell on a line of its own, blank lines between, merged cells once.
pub fn blank_lines(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let keeps_empty = manner.habit.is_multiple_of(2);
    each(
        sheet,
        out,
        |text| format!("{text}\n\n"),
        |table, out| {
            for cell in table.rows.iter().flatten() {
                if cell.is_empty() && !keeps_empty {
                    continue;
                }
                out.push_str(&cell.text("\n"));
                out.push_str("\n\n");
            }
        },
    );
}

/// Writes a sheet's parts in their order.
pub fn each(
    sheet: &Sheet,
    out: &mut String,
    paragraph: impl Fn(&str) -> String,
    mut table: impl FnMut(&Table, &mut String),
) {
    for part in &sheet.parts {
        match part {
            Part::Paragraph(text) => out.push_str(&paragraph(text)),
            Part::Table(rows) => table(rows, out),
        }
    }
}

/// What a cell says on one line.
pub fn flat(cell: &Cell) -> String {
    cell.text("")
}
