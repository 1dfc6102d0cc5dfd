//! Pipe tables of converters to Markdown.

use super::Manner;
use super::cell_lines::each;
use crate::corpus::sheet::{Holds, Sheet, Slot};

/// What stands where a merged cell goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    Blank,
    Repeated,
    /// Nothing: the rest of the row moves left, and bars fill it up at its end.
    Missing,
}

pub fn write(sheet: &Sheet, merged: Merged, manner: &Manner, out: &mut String) {
    let bold = manner.habit.is_multiple_of(2);
    let filled = manner.habit.is_multiple_of(3);
    each(
        sheet,
        out,
        |text| format!("{text}\n\n"),
        |table, out| {
            for (nth, slots) in table.grid().iter().enumerate() {
                let mut cells: Vec<String> =
                    slots.iter().filter_map(|slot| text(*slot, merged, bold)).collect();
                if merged != Merged::Missing || filled || nth == 0 {
                    cells.resize(table.columns, String::new());
                }
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
                if nth == 0 {
                    out.push_str(&format!("|{}\n", " --- |".repeat(table.columns)));
                }
            }
            out.push('\n');
        },
    );
}

fn text(slot: Slot<'_>, merged: Merged, bold: bool) -> Option<String> {
    let begins = slot.top && slot.left;
    match merged {
        Merged::Blank if !begins => return Some(String::new()),
        Merged::Missing if !begins => return None,
        _ => {}
    }
    let text = slot.cell.text("<br>").replace('|', "\\|");
    Some(if bold && slot.cell.holds == Holds::Header && !text.is_empty() {
        format!("**{text}**")
    } else {
        text
    })
}
