//! Bars between the cells of a web page's table.

use super::Manner;
use super::cell_lines::{each, flat};
use crate::corpus::sheet::Sheet;

/// One row a line; a merge of columns is a run of bars.
pub fn rows(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let (outer, spaced) = (manner.habit.is_multiple_of(2), manner.habit.is_multiple_of(3));
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for slots in table.grid() {
                let cells: Vec<String> = slots
                    .iter()
                    .map(|slot| if slot.top && slot.left { flat(slot.cell) } else { String::new() })
                    .map(|text| if spaced && !text.is_empty() { format!(" {text} ") } else { text })
                    .collect();
                let row = cells.join("|");
                out.push_str(&if outer { format!("|{row}|\n") } else { format!("{row}\n") });
            }
        },
    );
}

/// One cell a line: where a row ends is lost.
pub fn cells(sheet: &Sheet, manner: &Manner, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for cell in table.rows.iter().flatten() {
                let text = flat(cell);
                out.push_str(&match manner.habit % 3 {
                    0 => format!("|{text}\n"),
                    1 => format!("{text}|\n"),
                    _ => format!("| {text} |\n"),
                });
            }
        },
    );
}

/// A whole table on one line.
pub fn run(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let between = if manner.habit.is_multiple_of(2) { "|" } else { " | " };
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            let cells: Vec<String> = table.rows.iter().flatten().map(flat).collect();
            out.push_str(&format!("|{}|\n", cells.join(between)));
        },
    );
}
