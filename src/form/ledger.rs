//! The ledger: what every line of a dump is claimed as, and which are left.

use crate::dump::{Cell, Grid};
use std::ops::Range;

/// Bytes of text that are noted as one piece, so that a finding shows all of it; a longer cell stands alone.
const LONGEST_LEFT: usize = 2_000;

/// What a line of a dump is to the form that claims it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Nothing stands on it.
    Blank,
    /// Something stands on it that no form claimed.
    Open,
    /// Words that a template prints beside its form: notes, instructions.
    Boilerplate,
    /// A title, a heading, a label.
    Label,
    /// A value; where labels stand on the same line, the value counts.
    Value,
}

impl Claim {
    /// Makes it the greater of itself and `claim`, unless nothing stands on the line.
    #[inline]
    fn rise_to(&mut self, claim: Claim) {
        if *self != Claim::Blank && *self < claim {
            *self = claim;
        }
    }

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Claim::Blank => "blank",
            Claim::Open => "unclaimed",
            Claim::Boilerplate => "boilerplate",
            Claim::Label => "label",
            Claim::Value => "value",
        }
    }
}

/// Text that no form claimed, on a line of which forms claim other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The line (from 0) on which it begins.
    pub line: u32,
    /// Its bytes in the text that the grid's cells are slices of.
    pub text: Range<usize>,
}

/// What every line of a dump is.
#[derive(Clone, Debug)]
pub struct Ledger {
    lines: Vec<Claim>,
    /// Bytes of the grid's text that are claimed, where several rows may stand on one line.
    claimed: Option<Vec<Range<u32>>>,
    /// What is left on lines that are claimed in part.
    left: Vec<Left>,
}

impl Ledger {
    /// Every filled line is open at first, but for those that only draw a table.
    pub fn new(filled: &[bool], drawn: &[u32]) -> Self {
        let claim = |&filled: &bool| if filled { Claim::Open } else { Claim::Blank };
        let mut lines: Vec<Claim> = filled.iter().map(claim).collect();
        for &line in drawn {
            if let Some(line) = lines.get_mut(line as usize) {
                *line = Claim::Boilerplate;
            }
        }
        Ledger { lines, claimed: None, left: Vec::new() }
    }

    /// From here on notes which text is claimed: a line of this dump may hold more than one row, so that a claim to it is none to
    /// all that stands on it.
    pub(super) fn by_text(mut self) -> Self {
        self.claimed = Some(Vec::new());
        self
    }

    /// Once all forms are read: notes what is left on lines that are claimed in part. `cells` are all of the dump.
    pub(super) fn settle(&mut self, grid: &Grid<'_>, cells: &[Cell]) {
        let Some(mut claimed) = self.claimed.take() else { return };
        claimed.sort_unstable_by_key(|span| span.start);
        let mut spans = claimed.into_iter().peekable();
        let mut end = 0;
        // Whether the last cell that holds anything was left.
        let mut goes_on = false;
        for cell in cells.iter().filter(|cell| cell.trimmed.0 < cell.trimmed.1) {
            let (mut from, to) = cell.trimmed;
            while from < to {
                while let Some(span) = spans.next_if(|span| span.start <= from) {
                    end = end.max(span.end);
                }
                if end > from {
                    goes_on = false;
                    from = end;
                    continue;
                }
                let open = spans.peek().map_or(to, |span| span.start.min(to));
                self.leave(cell, from as usize..open as usize, goes_on, grid);
                goes_on = true;
                from = open;
            }
        }
    }

    /// Notes text that is left, alone or as what `goes_on` from the text noted before.
    fn leave(&mut self, cell: &Cell, text: Range<usize>, goes_on: bool, grid: &Grid<'_>) {
        let says = grid.text[text.clone()].chars().any(char::is_alphanumeric);
        let lines = self.lines.get(cell.line as usize..=cell.last_line as usize).unwrap_or(&[]);
        if !says || lines.contains(&Claim::Open) {
            return;
        }
        match self.left.last_mut() {
            Some(left) if goes_on && left.line == cell.line && text.end - left.text.start <= LONGEST_LEFT => {
                left.text.end = text.end;
            }
            _ => self.left.push(Left { line: cell.line, text }),
        }
    }

    /// What is left on lines that are claimed in part, in the order of the dump.
    pub fn left(&self) -> &[Left] {
        &self.left
    }

    /// What a line (from 0) is; blank beyond the end.
    pub fn claim_of(&self, line: usize) -> Claim {
        self.lines.get(line).copied().unwrap_or(Claim::Blank)
    }

    /// Claims the lines of a cell.
    #[inline]
    pub(super) fn claim(&mut self, cell: &Cell, claim: Claim) {
        if cell.line != cell.last_line || self.claimed.is_some() {
            self.claim_each(cell, claim);
        } else if let Some(line) = self.lines.get_mut(cell.line as usize) {
            line.rise_to(claim);
        }
    }

    /// Claims the lines of cells, each as what it is.
    #[inline]
    pub(super) fn claim_each_of<'c>(&mut self, cells: impl Iterator<Item = (&'c Cell, Claim)>) {
        if self.claimed.is_some() {
            return cells.for_each(|(cell, claim)| self.claim_each(cell, claim));
        }
        cells.for_each(|(cell, claim)| match self.lines.get_mut(cell.line as usize) {
            Some(line) if cell.line == cell.last_line => line.rise_to(claim),
            _ => self.claim_each(cell, claim),
        });
    }

    /// As [`Ledger::claim`], whatever the cell and the dump.
    fn claim_each(&mut self, cell: &Cell, claim: Claim) {
        if let Some(claimed) = &mut self.claimed {
            claimed.push(cell.start..cell.end);
        }
        let end = (cell.last_line as usize + 1).min(self.lines.len());
        let lines = self.lines.get_mut(cell.line as usize..end).unwrap_or(&mut []);
        lines.iter_mut().for_each(|line| line.rise_to(claim));
    }

    /// Lines that hold something no form claimed, those that are claimed in part among them.
    pub fn unclaimed(&self) -> usize {
        let mut parts: Vec<u32> = self.left.iter().map(|left| left.line).collect();
        parts.dedup();
        // Counted in bytes, many at once.
        let open = |lines: &[Claim]| lines.iter().map(|&line| u8::from(line == Claim::Open)).sum::<u8>();
        let open: usize = self.lines.chunks(u8::MAX.into()).map(|lines| usize::from(open(lines))).sum();
        open + parts.len()
    }

    /// The lines of which nothing is claimed as runs: first and last line, from 0, with only blank lines between.
    pub fn runs(&self) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut in_run = false;
        for (at, &line) in self.lines.iter().enumerate() {
            match (line, runs.last_mut()) {
                (Claim::Blank, _) => continue,
                (Claim::Open, Some(run)) if in_run => run.1 = at as u32,
                (Claim::Open, _) => runs.push((at as u32, at as u32)),
                _ => {}
            }
            in_run = line == Claim::Open;
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_span_blank_lines_but_not_claimed_ones() {
        let lines = vec![Claim::Open, Claim::Blank, Claim::Open, Claim::Value, Claim::Open];
        let ledger = Ledger { lines, claimed: None, left: Vec::new() };
        assert_eq!(ledger.runs(), [(0, 2), (4, 4)]);
        assert_eq!(ledger.unclaimed(), 3);
    }
}
