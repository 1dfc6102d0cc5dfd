//! The ledger: which line of a dump is claimed, and which is left.

use crate::dump::Cell;

/// For each line of a dump, whether anything stands on it and whether a form claimed it.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// True for a line that holds something no form has claimed yet.
    open: Vec<bool>,
}

impl Ledger {
    /// Every filled line is open at first.
    pub fn new(filled: &[bool]) -> Self {
        Ledger { open: filled.to_vec() }
    }

    /// Claims the lines of a cell.
    pub(super) fn claim(&mut self, cell: &Cell) {
        let last = (cell.last_line as usize).min(self.open.len().saturating_sub(1));
        if let Some(lines) = self.open.get_mut(cell.line as usize..=last) {
            lines.fill(false);
        }
    }

    /// Lines that hold something no form claimed.
    pub fn unclaimed(&self) -> usize {
        self.open.iter().filter(|&&open| open).count()
    }

    /// The unclaimed lines as runs: first and last line, from 0, with only blank lines between.
    pub fn runs(&self, filled: &[bool]) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut in_run = false;
        for (at, (&open, &filled)) in self.open.iter().zip(filled).enumerate() {
            if open {
                match runs.last_mut() {
                    Some(run) if in_run => run.1 = at as u32,
                    _ => runs.push((at as u32, at as u32)),
                }
                in_run = true;
            } else if filled {
                in_run = false;
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_span_blank_lines_but_not_claimed_ones() {
        let filled = [true, false, true, true, true];
        let ledger = Ledger { open: vec![true, false, true, false, true] };
        assert_eq!(ledger.runs(&filled), [(0, 2), (4, 4)]);
        assert_eq!(ledger.unclaimed(), 3);
    }
}
