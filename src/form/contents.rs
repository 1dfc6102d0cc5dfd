//! Lists of forms before the first form: words over them, and entries that are called as forms are.

use super::ledger::{Claim, Ledger};
use crate::dump::{Cell, Grid};
use crate::grammar::{Grammars, fold};

/// Bytes of the longest entry.
const LONGEST: usize = 200;

/// Claims the lists among the cells before the first form. What no words stand over may be the title of a form that got lost,
/// and stays unclaimed.
pub(super) fn claim(grid: &Grid<'_>, cells: &[Cell], grammars: &Grammars, ledger: &mut Ledger) {
    let mut head = None;
    let mut in_list = false;
    for cell in cells {
        let text = grid.trimmed(cell);
        if text.is_empty() {
            continue;
        }
        let short = text.len() <= LONGEST && cell.line == cell.last_line;
        if short && grammars.labelling.heads_list(&fold::name(text)) {
            (head, in_list) = (Some(cell), false);
            continue;
        }
        if !short || (head.is_none() && !in_list) || !grammars.lists(&fold::key(text)) {
            (head, in_list) = (None, false);
            continue;
        }
        in_list = true;
        for cell in head.take().into_iter().chain([cell]) {
            ledger.claim(cell, Claim::Boilerplate);
        }
    }
}
