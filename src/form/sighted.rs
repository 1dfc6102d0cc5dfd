//! The cells from a title to the next one as grammars see them.

use super::ahead::Ahead;
use super::label::Looker;
use super::memory::Memory;
use super::row::Slot;
use crate::dump::Grid;
use crate::grammar::Grammars;

/// The first place of a look at nothing.
const IDLE: usize = usize::MAX;

/// The cells of a stretch, with what each is to some grammars. Forms without titles may follow each other in it: however many
/// they are, and however their kinds take turns, no cell is looked at twice with the same grammar.
#[derive(Default)]
pub(super) struct Sighted<'g> {
    looks: Vec<Look<'g>>,
}

/// What cells are to one grammar.
struct Look<'g> {
    grammar: u16,
    /// The place of the first of them.
    first: usize,
    slots: Vec<Slot<'g>>,
}

impl<'g> Sighted<'g> {
    /// Forgets all cells, but keeps the room that one look took.
    pub fn begin(&mut self) {
        self.looks.truncate(1);
        if let Some(look) = self.looks.first_mut() {
            look.first = IDLE;
            look.slots.clear();
        }
    }

    /// The cells from `first` to `end`, where the stretch does, as a grammar sees them. `first` never falls within a stretch.
    pub fn slots(
        &mut self,
        (grid, ahead): (&Grid<'_>, &Ahead),
        (first, end): (usize, usize),
        (grammar, grammars): (u16, &'g Grammars),
        memory: &mut Memory,
    ) -> &[Slot<'g>] {
        let known = self.looks.iter().position(|look| look.grammar == grammar && look.first <= first);
        let at = known.unwrap_or_else(|| {
            let idle = self.looks.iter().position(|look| look.first == IDLE);
            let at = idle.unwrap_or_else(|| {
                self.looks.push(Look { grammar, first, slots: Vec::new() });
                self.looks.len() - 1
            });
            let look = &mut self.looks[at];
            (look.grammar, look.first) = (grammar, first);
            let mut looker = Looker::new(usize::from(grammar), grammars, memory);
            let cells = ahead.cells(first..end).iter().zip(ahead.seen(first..end));
            look.slots.extend(
                cells.map(|(cell, seen)| Slot { cell: *cell, sight: looker.sight(grid, cell, *seen) }),
            );
            at
        });
        let look = &self.looks[at];
        &look.slots[first - look.first..]
    }
}
