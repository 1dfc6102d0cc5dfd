//! Rows of cells with commas between, quoted cells that break over lines among them.

use crate::dump::cells::is_number;

/// Commas on a row beyond which it is none.
const WIDEST: usize = 32;

/// Lines that a quoted cell goes on for at most; one that does not close is a stray quotation mark.
const QUOTED_LINES: usize = 50;

/// Counts of rows by their commas, and of what only rows of cells hold.
#[derive(Default)]
pub(super) struct Commas {
    rows: usize,
    /// For each number of commas how many rows have as many.
    alike: [usize; WIDEST],
    /// Rows with blank or quoted cells, and rows of two commas or more with cells that are a figure alone.
    blank: usize,
    figures: usize,
    open: Row,
}

/// A row as far as it was read: the lines that an open quotation goes on for.
#[derive(Default)]
struct Row {
    commas: usize,
    lines: usize,
    quoted: bool,
    blank: bool,
    figure: bool,
}

impl Commas {
    pub fn line(&mut self, line: &str) {
        let inside = std::mem::take(&mut self.open.quoted);
        let quoted = self.open.read(line, inside);
        self.open.lines += 1;
        if quoted && self.open.lines < QUOTED_LINES {
            self.open.quoted = true;
            return;
        }
        let row = std::mem::take(&mut self.open);
        self.rows += 1;
        if let Some(rows) = self.alike.get_mut(row.commas).filter(|_| row.commas >= 2) {
            *rows += 1;
            self.blank += usize::from(row.blank);
            self.figures += usize::from(row.figure);
        }
    }

    /// Whether so many rows have as many commas that they part cells.
    pub fn part_cells(&self) -> bool {
        let rows = self.alike.iter().max().copied().unwrap_or(0);
        rows > 2 && rows * 4 > self.rows && (self.blank > 0 || self.figures > 2)
    }
}

impl Row {
    /// Reads a line of the row; gives whether a quotation is open at its end.
    fn read(&mut self, line: &str, mut quoted: bool) -> bool {
        if !line.contains([',', '"']) {
            return quoted;
        }
        let mut rest = line;
        let mut above: Option<&str> = None;
        loop {
            if quoted {
                let Some(at) = closing(rest) else { return true };
                rest = &rest[at + 1..];
                quoted = false;
                self.blank = true;
                above = None;
            } else if let Some(inside) = rest.strip_prefix('"') {
                (rest, quoted) = (inside, true);
                continue;
            }
            let end = memchr::memchr(b',', rest.as_bytes());
            let cell = &rest[..end.unwrap_or(rest.len())];
            self.blank |= cell.is_empty() && (end.is_some() || self.commas > 0);
            // The digits behind the comma of a sum are no cell.
            let group =
                cell.len() == 3 && above.is_some_and(|above| above.ends_with(|c: char| c.is_ascii_digit()));
            self.figure |= self.commas > 0 && !cell.is_empty() && is_number(cell) && !group;
            let Some(end) = end else { return false };
            self.commas += 1;
            (above, rest) = (Some(cell), &rest[end + 1..]);
        }
    }
}

/// Where a quotation closes: at a mark that is not doubled.
fn closing(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'"', &text.as_bytes()[from..])?;
        if text.as_bytes().get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}
