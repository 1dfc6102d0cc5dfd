//! Dialects that lost their table: columns held by spaces, paragraphs one behind the other, characters misread.

use super::cell_lines::{each, flat};
use super::{Manner, cut, padded, width};
use crate::corpus::random::Random;
use crate::corpus::sheet::{Sheet, Slot};

/// pdftotext -layout: columns are held by runs of spaces; long texts break over lines, and some documents' columns are too narrow
/// for their figures.
pub fn layout(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let unit = if manner.habit.is_multiple_of(4) { 6 } else { 12 };
    each(
        sheet,
        out,
        |text| format!("{:>width$}{text}\n\n", "", width = 20),
        |table, out| {
            for slots in table.grid() {
                let cells = columns(&slots);
                let texts: Vec<(usize, Vec<String>)> = cells
                    .iter()
                    .map(|(slot, span)| {
                        let room = span * (unit + 2) - 2;
                        let text = if slot.top { cut(&flat(slot.cell), room) } else { Vec::new() };
                        (room, text)
                    })
                    .collect();
                for line in 0..texts.iter().map(|(_, text)| text.len()).max().unwrap_or(1) {
                    let of = |(room, text): &(usize, Vec<String>)| {
                        padded(text.get(line).map_or("", String::as_str), room + 2)
                    };
                    let row: String = texts.iter().map(of).collect();
                    out.push_str(row.trim_end());
                    out.push('\n');
                }
            }
            out.push('\n');
        },
    );
    out.push('\u{c}');
}

/// The cells of a row, each with the columns it takes.
fn columns<'s>(slots: &[Slot<'s>]) -> Vec<(Slot<'s>, usize)> {
    let mut cells: Vec<(Slot<'s>, usize)> = Vec::new();
    for slot in slots {
        match cells.last_mut() {
            Some((_, span)) if !slot.left => *span += 1,
            _ => cells.push((*slot, 1)),
        }
    }
    cells
}

/// One row a line, spaces between cells; empty cells vanish.
pub fn spaces(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let between = if manner.habit.is_multiple_of(2) { " " } else { "  " };
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for row in &table.rows {
                let cells: Vec<String> = row.iter().map(flat).filter(|text| !text.is_empty()).collect();
                out.push_str(&cells.join(between));
                out.push('\n');
            }
        },
    );
}

/// Everything on one line.
pub fn one_line(sheet: &Sheet, manner: &Manner, out: &mut String) {
    let between = if manner.habit.is_multiple_of(3) { "" } else { " " };
    each(
        sheet,
        out,
        |text| format!("{text}{between}"),
        |table, out| {
            for cell in table.rows.iter().flatten().filter(|cell| !cell.is_empty()) {
                out.push_str(&flat(cell));
                out.push_str(between);
            }
        },
    );
}

/// One paragraph a line, and nothing of the table.
pub fn paragraphs(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{text}\n"),
        |table, out| {
            for cell in table.rows.iter().flatten() {
                for paragraph in cell.paragraphs.iter().filter(|text| !text.trim().is_empty()) {
                    out.push_str(paragraph.trim());
                    out.push('\n');
                }
            }
        },
    );
}

/// A scan that was read by machine: rows as with [`spaces`], characters taken for others, spaces inside numbers.
pub fn ocr(sheet: &Sheet, manner: &mut Manner, out: &mut String) {
    let mut text = String::new();
    spaces(sheet, manner, &mut text);
    let characters: Vec<char> = text.chars().collect();
    for (at, &c) in characters.iter().enumerate() {
        let inside = at > 0 && characters[at - 1].is_ascii_digit();
        let goes_on = characters.get(at + 1).is_some_and(char::is_ascii_digit);
        out.push(misread(c, &mut manner.random));
        if inside && goes_on && manner.random.below(60) == 0 {
            out.push(' ');
        }
    }
    debug_assert!(width(out) > 0);
}

fn misread(c: char, random: &mut Random) -> char {
    let other = match c {
        '0' => 'O',
        '1' => 'l',
        '5' => 'S',
        '.' => '。',
        '8' => 'B',
        '末' => '未',
        '已' => '己',
        '人' => '入',
        _ => return c,
    };
    if random.below(25) == 0 { other } else { c }
}
