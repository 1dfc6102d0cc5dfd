//! pandoc's grid tables: rules between rows, cells of several lines, blank where a merged cell goes on.

use super::cell_lines::each;
use super::{padded, width, wrapped};
use crate::corpus::sheet::{Sheet, Table};

pub fn write(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n\n"),
        |table, out| {
            let widths = widths(table);
            rule(&widths, '-', out);
            for (nth, slots) in table.grid().iter().enumerate() {
                let cells: Vec<Vec<String>> = slots
                    .iter()
                    .zip(&widths)
                    .map(|(slot, width)| match slot.top && slot.left {
                        true => slot
                            .cell
                            .paragraphs
                            .iter()
                            .flat_map(|text| wrapped(text.trim(), *width))
                            .collect(),
                        false => Vec::new(),
                    })
                    .collect();
                for line in 0..cells.iter().map(Vec::len).max().unwrap_or(1).max(1) {
                    out.push('|');
                    for (cell, width) in cells.iter().zip(&widths) {
                        let text = cell.get(line).map_or("", String::as_str);
                        out.push_str(&format!(" {} |", padded(text, *width)));
                    }
                    out.push('\n');
                }
                rule(&widths, if nth == 0 { '=' } else { '-' }, out);
            }
            out.push('\n');
        },
    );
}

/// Wide enough for every figure, and for some words of every text.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths = vec![8; table.columns];
    for slots in table.grid() {
        for (slot, width_of) in slots.iter().zip(&mut widths) {
            if slot.top && slot.left {
                let longest = slot.cell.paragraphs.iter().map(|text| width(text.trim())).max().unwrap_or(0);
                *width_of = (*width_of).max(longest.min(24));
            }
        }
    }
    widths
}

fn rule(widths: &[usize], line: char, out: &mut String) {
    out.push('+');
    for width in widths {
        out.extend(std::iter::repeat_n(line, width + 2));
        out.push('+');
    }
    out.push('\n');
}
