//! The ledger: what every line of a dump is claimed as, and which are left.

use crate::dump::Cell;

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

/// What every line of a dump is.
#[derive(Clone, Debug)]
pub struct Ledger {
    lines: Vec<Claim>,
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
        Ledger { lines }
    }

    /// What a line (from 0) is; blank beyond the end.
    pub fn claim_of(&self, line: usize) -> Claim {
        self.lines.get(line).copied().unwrap_or(Claim::Blank)
    }

    /// Claims the lines of a cell.
    pub(super) fn claim(&mut self, cell: &Cell, claim: Claim) {
        let end = (cell.last_line as usize + 1).min(self.lines.len());
        for line in self.lines.get_mut(cell.line as usize..end).unwrap_or(&mut []) {
            if *line != Claim::Blank {
                *line = (*line).max(claim);
            }
        }
    }

    /// Lines that hold something no form claimed.
    pub fn unclaimed(&self) -> usize {
        self.lines.iter().filter(|&&line| line == Claim::Open).count()
    }

    /// The unclaimed lines as runs: first and last line, from 0, with only blank lines between.
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
        let ledger =
            Ledger { lines: vec![Claim::Open, Claim::Blank, Claim::Open, Claim::Value, Claim::Open] };
        assert_eq!(ledger.runs(), [(0, 2), (4, 4)]);
        assert_eq!(ledger.unclaimed(), 3);
    }
}
