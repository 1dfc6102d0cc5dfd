//! Forms whose head was cut off: what stands before the first title, where a table's header shows that it is one.

use super::label::Looker;
use super::landmark::Start;
use super::memory::{Memory, Seen};
use crate::dump::{Cell, Grid, Opens};
use crate::grammar::{Found, Grammar, Grammars, Kinds, Role};
use std::ops::Range;

/// Cells before the first title that are looked at for a header.
const LOOKED_AT: usize = 2_048;
/// Cells behind the end of a form in which the header of another one's table must stand.
pub(super) const BEHIND: usize = 400;
/// Columns of one table that make a row its header beyond doubt.
const COLUMNS: usize = 3;
/// Labels of a grammar that must stand behind the beginning, the header's among them.
const LABELS: usize = 8;
/// Cells in which they must stand.
const WITHIN: usize = 200;

/// The form that `cells`, which no title begins, are the rest of. Where they may be that of several, it is of the kind of the
/// one that comes `next`: what was cut in pieces is mostly a run of forms of one kind.
pub(super) fn find<'t>(
    grid: &Grid<'t>,
    grammars: &Grammars,
    cells: &[Cell],
    next: Option<u16>,
    memory: &mut Memory,
) -> Option<Start<'t>> {
    let cells = &cells[..cells.len().min(LOOKED_AT)];
    // No row of enough cells: no table, and nothing is looked up.
    let rows = rows(cells);
    if !rows.iter().any(|row| row.len() >= COLUMNS) {
        return None;
    }
    let seen = cells.iter().map(|cell| memory.see(grid.trimmed(cell), grammars)).collect();
    let looked = Looked { grid, cells, seen };
    let candidates = (0..grammars.forms.len()).filter_map(|nth| {
        let mut looker = Looker::new(nth, grammars, memory);
        let header = rows.iter().find(|row| looked.is_header((*row).clone(), &mut looker))?;
        let first = (0..header.end).find(|&at| looked.is_head(at, &mut looker)).unwrap_or(header.start);
        let enough = looked.known(&grammars.forms[nth], looked.within(first, first), &mut looker) >= LABELS;
        enough.then_some((nth, first, header.end))
    });
    let candidates: Vec<(usize, usize, usize)> = candidates.collect();
    // What begins behind the first table is another form; the others are held against the same cells.
    let table = candidates.iter().map(|&(_, _, end)| end).min()?;
    let begun = || candidates.iter().filter(|&&(_, first, _)| first < table);
    let start = begun().map(|&(_, first, _)| first).min()?;
    let known = begun().map(|&(nth, first, _)| {
        let mut looker = Looker::new(nth, grammars, memory);
        let known = looked.known(&grammars.forms[nth], looked.within(first, start), &mut looker);
        (known, next == Some(nth as u16), usize::MAX - nth, first)
    });
    let (_, _, nth, first) = known.max()?;
    Some(Start::untitled(grid, (usize::MAX - nth) as u16, first, &cells[first..], true))
}

/// The rows as the dump has them.
fn rows(cells: &[Cell]) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if cell.opens == Opens::Next => row.end = at + 1,
            _ => rows.push(at..at + 1),
        }
    }
    rows
}

/// Cells with what is known of each before any grammar is asked: most are no label of any.
struct Looked<'a, 't> {
    grid: &'a Grid<'t>,
    cells: &'a [Cell],
    seen: Vec<Seen>,
}

impl Looked<'_, '_> {
    /// The label that a cell is to a grammar.
    fn label<'g>(&self, at: usize, looker: &mut Looker<'_, 'g>) -> Option<Found<'g>> {
        let seen = self.seen[at];
        if seen.is_label() { looker.label(seen, self.grid.trimmed(&self.cells[at])) } else { None }
    }

    /// The places of the cells from one on that are looked at, `WITHIN` behind the start.
    fn within(&self, first: usize, start: usize) -> Range<usize> {
        first..self.cells.len().min(start + WITHIN)
    }

    /// Whether enough of a row's cells head columns of one table.
    fn is_header(&self, row: Range<usize>, looker: &mut Looker<'_, '_>) -> bool {
        if row.len() < COLUMNS {
            return false;
        }
        let cells = row.len();
        let (mut blocks, mut corners): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for at in row {
            let Some(found) = self.label(at, looker) else { continue };
            for role in found.roles {
                match role {
                    Role::Column { block, .. } => blocks.push(*block),
                    Role::Opens(block) => corners.push(*block),
                    _ => {}
                }
            }
        }
        let columns = |block: &u8| blocks.iter().filter(|other| *other == block).count();
        blocks.iter().any(|block| {
            let columns = columns(block);
            // Of two columns the corner's label makes a header, where nothing but a row's end ends it.
            let cornered = !self.grid.dialect.loses_rows() && cells == COLUMNS && corners.contains(block);
            columns >= COLUMNS || (columns + 1 == COLUMNS && cornered)
        })
    }

    /// Whether a cell is a label with which a form or one of its tables begins; a column's heads none without its corner.
    fn is_head(&self, at: usize, looker: &mut Looker<'_, '_>) -> bool {
        let head = Kinds::PAIR.or(Kinds::OPENS);
        self.label(at, looker).is_some_and(|found| found.kinds.has(head))
    }

    /// How many cells are labels of a grammar.
    fn known(&self, grammar: &Grammar, places: Range<usize>, looker: &mut Looker<'_, '_>) -> usize {
        let long = |at: usize| grammar.labels.too_long(self.grid.trimmed(&self.cells[at]));
        places.filter(|&at| self.seen[at].is_label() && !long(at) && self.label(at, looker).is_some()).count()
    }
}
