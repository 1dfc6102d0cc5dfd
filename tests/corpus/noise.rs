//! What happens to a form between whoever filled it in and whoever reads its dump.

use super::dialects::Dialect;
use super::random::Random;
use super::sheet::{Cell, Holds, Part, Sheet};
use super::truth;
use super::words::{one_in, pick};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    None,
    /// Everyday: blanks, other digits and spaces, a unit in the cell, a character lost from a label.
    Mild,
    /// Malformed figures, helper text left in, cut ends, forms run together.
    Heavy,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::None, Level::Mild, Level::Heavy];

    pub fn name(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::Mild => "mild",
            Level::Heavy => "heavy",
        }
    }
}

/// Changes the cells of a form.
pub fn disturb(
    sheet: &mut Sheet,
    form: &mut truth::Form,
    dialect: Dialect,
    level: Level,
    random: &mut Random,
) {
    if level == Level::None {
        return;
    }
    let scale_word = match form.heads.unit {
        Some("yuan") => "元",
        _ => "万元",
    };
    let unit_holds = !form.defects.iter().any(|defect| defect.finding == "unit.conflict");
    let mut labels_to_lose = if one_in(random, 3) { 1 } else { 0 };
    for cell in sheet.cells_mut() {
        match cell.holds {
            Holds::Amount(at) | Holds::Inline(at) => {
                let old = form.amounts[at].raw.clone();
                let (new, noise) = figure(&old, level, random, unit_holds.then_some(scale_word));
                if new != old {
                    cell.paragraphs.iter_mut().for_each(|text| *text = text.replacen(&old, &new, 1));
                    form.amounts[at].raw = new;
                    form.amounts[at].noise = noise;
                }
            }
            Holds::Label if labels_to_lose > 0 && one_in(random, 6) => {
                labels_to_lose -= usize::from(lose_character(cell, random));
            }
            // In prose only: what a template asks for in other cells is no part of this corpus' truth.
            Holds::Words if level == Level::Heavy && cell.text("").ends_with('。') && one_in(random, 20) => {
                cell.paragraphs.push(pick(random, &["（100字以内）", "（请简要说明）"]).to_owned());
            }
            _ => {}
        }
        blanks(cell, dialect, level, random);
    }
}

/// A figure as somebody typed it, and what is unusual in it.
fn figure(
    raw: &str,
    level: Level,
    random: &mut Random,
    unit: Option<&'static str>,
) -> (String, Option<&'static str>) {
    let spoiled = level == Level::Heavy && one_in(random, 12);
    if spoiled {
        return malformed(raw, random);
    }
    match random.below(24) {
        0 => (raw.chars().map(full_width).collect(), Some("full width")),
        1 | 2 => (grouped(raw), Some("separators")),
        3 if unit.is_some() => {
            let space = pick(random, &["", "", " ", "  "]);
            (format!("{raw}{space}{}", unit.unwrap_or_default()), Some("unit in the cell"))
        }
        _ => (raw.to_owned(), None),
    }
}

fn malformed(raw: &str, random: &mut Random) -> (String, Option<&'static str>) {
    let whole = raw.find('.').unwrap_or(raw.len());
    match random.below(4) {
        0 if whole > 2 && !(whole - 2).is_multiple_of(3) => {
            (format!("{},{}", &raw[..2], &raw[2..]), Some("separator misplaced"))
        }
        1 if raw.contains('0') => (raw.replacen('0', "O", 1), Some("letter for digit")),
        2 if raw.contains('1') => (raw.replacen('1', "l", 1), Some("letter for digit")),
        3 if raw.contains('.') => (raw.replacen('.', "。", 1), Some("point misread")),
        _ => (raw.to_owned(), None),
    }
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
        '.' => '．',
        other => other,
    }
}

/// With a separator every three digits.
fn grouped(raw: &str) -> String {
    let whole = raw.find('.').unwrap_or(raw.len());
    let mut out = String::new();
    for (at, c) in raw.char_indices() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A web extractor dropped one character of a label.
fn lose_character(cell: &mut Cell, random: &mut Random) -> bool {
    let text: Vec<char> = cell.text("").chars().collect();
    // Of a unit or a heading a character is not lost but changed in meaning: 万元 without 万 is a unit too.
    if text.len() < 4 || text.contains(&'元') || text.contains(&'：') || text.len() > 12 {
        return false;
    }
    let at = random.below(text.len() as u64) as usize;
    if text[at].is_ascii() {
        return false;
    }
    cell.paragraphs = vec![text.iter().enumerate().filter(|(nth, _)| *nth != at).map(|(_, c)| *c).collect()];
    true
}

/// Empty paragraphs, ideographic and other spaces around what a cell says.
fn blanks(cell: &mut Cell, dialect: Dialect, level: Level, random: &mut Random) {
    if cell.is_empty() {
        if one_in(random, 3) {
            cell.paragraphs = vec!["　".into()];
        }
        return;
    }
    let is_label = matches!(cell.holds, Holds::Label | Holds::Header);
    match random.below(20) {
        0 => cell.paragraphs[0].insert(0, '　'),
        1 => cell.paragraphs[0].push('　'),
        2 => cell.paragraphs[0].push_str("  "),
        3 => cell.paragraphs[0].insert(0, '\u{a0}'),
        // Labels begin with an empty paragraph often, to stand lower; figures and names hardly ever.
        4 if is_label || level == Level::Heavy || one_in(random, 20) => {
            cell.paragraphs.insert(0, String::new())
        }
        5 if is_label => cell.paragraphs.push(String::new()),
        6 if dialect.prints_bookmarks() => cell.paragraphs[0].insert_str(0, "[bookmark: _GoBack]"),
        7 if matches!(cell.holds, Holds::Label) && cell.paragraphs.len() > 1 => {
            cell.paragraphs.insert(1, String::new());
        }
        _ => {}
    }
}

/// A list of the forms before the forms.
pub fn list_forms(first: &mut Sheet, forms: &[truth::Form]) {
    let lines =
        forms.iter().enumerate().map(|(nth, form)| Part::Paragraph(format!("{}.{}", nth + 1, form.title)));
    let list: Vec<Part> = std::iter::once(Part::Paragraph("目  录".into())).chain(lines).collect();
    first.parts.splice(0..0, list);
}

/// Changes the text of a whole document; gives its bytes, their encoding, and what was done.
pub fn encode(text: String, level: Level, random: &mut Random) -> (Vec<u8>, &'static str, Vec<String>) {
    if level == Level::None {
        return (text.into_bytes(), "utf-8", Vec::new());
    }
    let mut done = Vec::new();
    let mut text = text;
    if one_in(random, 4) {
        text = text.replace('\n', "\r\n");
        done.push("CRLF".to_owned());
    }
    match random.below(6) {
        0 => (format!("\u{feff}{text}").into_bytes(), "utf-8 with BOM", done),
        1 => {
            let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
            (bytes.into_owned(), "gb18030", done)
        }
        2 => {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            (units.flat_map(u16::to_le_bytes).collect(), "utf-16le with BOM", done)
        }
        _ => (text.into_bytes(), "utf-8", done),
    }
}

/// Cuts the end off a text, as a broken download does; gives how many lines are left.
pub fn cut(text: &mut String, random: &mut Random) -> Option<usize> {
    let characters = text.chars().count();
    let kept = characters * random.between(60, 95) as usize / 100;
    let at = text.char_indices().nth(kept).map(|(at, _)| at)?;
    // At the end of a line: a figure cut in two says nothing of what it was.
    let end = text[..at].rfind('\n')? + 1;
    text.truncate(end);
    Some(text.matches('\n').count())
}
