//! One row a line, TABs or commas between cells.

use super::cell_lines::each;
use crate::corpus::sheet::{Cell, Sheet};

/// Copied from Word: the cells as Word keeps them; paragraphs of a cell simply break the line.
pub fn word(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for row in table.processed() {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| cell.map(|cell| cell.paragraphs.join("\n")).unwrap_or_default())
                    .collect();
                out.push_str(&cells.join("\t"));
                out.push('\n');
            }
        },
    );
}

/// Copied or saved from a spreadsheet: every column of the grid, a merge's text in its first cell; what holds a line break, a
/// quote or the separator is quoted.
pub fn spreadsheet(sheet: &Sheet, between: char, out: &mut String) {
    let quoted = |text: &str| {
        if text.contains(['\n', '"', between]) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    each(
        sheet,
        out,
        |text| format!("{}\n", quoted(text)),
        |table, out| {
            for row in table.grid() {
                let of = |cell: &Cell| quoted(&cell.paragraphs.join("\n"));
                let cells: Vec<String> = row
                    .iter()
                    .map(|slot| if slot.top && slot.left { of(slot.cell) } else { String::new() })
                    .collect();
                out.push_str(&cells.join(&between.to_string()));
                out.push('\n');
            }
        },
    );
}

/// catdoc: paragraphs of a cell break the row, and the empty cells at a row's start are lost.
pub fn catdoc(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for row in table.processed() {
                let cells: Vec<String> = row
                    .iter()
                    .map(|cell| cell.map(|cell| cell.paragraphs.join("\n")).unwrap_or_default())
                    .collect();
                let first = cells.iter().position(|cell| !cell.trim().is_empty()).unwrap_or(0);
                out.push_str(&cells[first..].join("\t"));
                out.push('\n');
            }
            out.push('\n');
        },
    );
}
