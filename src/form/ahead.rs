//! The cells of a dump that forms are still to be read from. A large dump's take twice the room of its text, and the forms
//! that were read from it more than that.

use super::memory::Seen;
use crate::dump::Cell;
use std::ops::Range;

/// Cells that are kept although forms were read from them: those of some megabytes are not worth moving the others.
const KEPT: usize = 1 << 16;

/// The cells of a dump, cut where landmarks begin, without those that were passed. Places count from the dump's first cell.
pub(super) struct Ahead {
    cells: Vec<Cell>,
    /// What each of them holds.
    seen: Vec<Seen>,
    /// How many were let go of.
    passed: usize,
}

impl Ahead {
    /// All cells of a dump, with what each holds.
    pub fn new(cells: Vec<Cell>, seen: Vec<Seen>) -> Self {
        Ahead { cells, seen, passed: 0 }
    }

    /// The place behind the last cell.
    pub fn end(&self) -> usize {
        self.passed + self.cells.len()
    }

    /// The cells at some places, without those that were let go of.
    pub fn cells(&self, places: Range<usize>) -> &[Cell] {
        &self.cells[self.here(places)]
    }

    /// What the cells at some places hold, without those that were let go of.
    pub fn seen(&self, places: Range<usize>) -> &[Seen] {
        &self.seen[self.here(places)]
    }

    fn here(&self, places: Range<usize>) -> Range<usize> {
        places.start.saturating_sub(self.passed)..places.end.saturating_sub(self.passed)
    }

    /// Says that the cells before `place` are not asked for again. They are let go of once they are as many as those ahead, so
    /// that no cell is moved more than once on average.
    pub fn pass(&mut self, place: usize) {
        let passed = place - self.passed;
        if passed > KEPT && passed * 2 >= self.cells.len() {
            self.cells.drain(..passed);
            self.cells.shrink_to_fit();
            self.seen.drain(..passed);
            self.seen.shrink_to_fit();
            self.passed = place;
        }
    }
}

/// Puts pieces in the place of items, in the list that has them: `ends` are the places of these items, each with where its
/// pieces end. A copy of a large dump's cells would be twice its text.
pub(super) fn put_in<T: Copy>(list: &mut Vec<T>, ends: &[(usize, usize)], pieces: &[T]) {
    let Some(&first) = pieces.first() else { return };
    let mut behind = list.len();
    list.reserve_exact(pieces.len() - ends.len());
    list.resize(behind + pieces.len() - ends.len(), first);
    // From the end, so that nothing is written over before it was moved.
    let mut to = list.len();
    for (nth, &(at, end)) in ends.iter().enumerate().rev() {
        let start = nth.checked_sub(1).map_or(0, |before| ends[before].1);
        let whole = behind - (at + 1);
        list.copy_within(at + 1..behind, to - whole);
        to -= whole + (end - start);
        list[to..to + (end - start)].copy_from_slice(&pieces[start..end]);
        behind = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::Opens;
    use proptest::prelude::*;

    #[test]
    fn places_stay_when_cells_are_let_go_of() {
        let cell = |line: u32| {
            let (opens, quoted, trimmed) = (Opens::Row, false, (line, line));
            Cell { start: line, end: line, line, last_line: line, opens, quoted, trimmed }
        };
        let all: Vec<Cell> = (0..4 * KEPT as u32).map(cell).collect();
        let mut ahead = Ahead::new(all.clone(), vec![Seen::TEXT; all.len()]);
        for place in (0..=all.len()).step_by(1_000) {
            ahead.pass(place);
            let here = place..(place + 3).min(all.len());
            assert_eq!(ahead.cells(here.clone()), &all[here.clone()]);
            assert_eq!((ahead.seen(here.clone()).len(), ahead.end()), (here.len(), all.len()));
            // As many as are ahead, and those that are not worth it.
            assert!(ahead.cells.len() <= 2 * (all.len() - place) + KEPT + 1_000, "{place}");
        }
        assert!(ahead.passed > all.len() / 2);
    }

    proptest! {
        /// Against a list that is built anew.
        #[test]
        fn pieces_stand_where_their_items_stood(cut in proptest::collection::vec(0..4_usize, 0..30)) {
            let mut list: Vec<usize> = (0..cut.len()).collect();
            let (mut pieces, mut ends, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
            for (at, &count) in cut.iter().enumerate() {
                let own = (0..count).map(|nth| 100 + at * 10 + nth);
                wanted.extend(own.clone().chain((count == 0).then_some(at)));
                pieces.extend(own);
                if count > 0 {
                    ends.push((at, pieces.len()));
                }
            }
            put_in(&mut list, &ends, &pieces);
            prop_assert_eq!(list, wanted);
        }
    }
}
