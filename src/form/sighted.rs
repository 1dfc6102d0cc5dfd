//! The cells from a title to the next one as grammars see them.

use super::ahead::Ahead;
use super::label::Looker;
use super::memory::Memory;
use super::row::Slot;
use crate::dump::Grid;
use crate::grammar::Grammars;

/// The cells of a stretch, with what each is to some grammars. Forms without titles may follow each other in it: however many
/// they are, and however their kinds take turns, no cell is looked at twice with the same grammar.
#[derive(Default)]
pub(super) struct Sighted<'g> {
    looks: Vec<Look<'g>>,
    /// The room of a look at the stretch before.
    spare: Vec<Slot<'g>>,
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
        if let Some(look) = self.looks.drain(..).next() {
            self.spare = look.slots;
            self.spare.clear();
        }
    }

    /// The cells from `first` to `end`, where the stretch does, as a grammar sees them.
    pub fn slots(
        &mut self,
        (grid, ahead): (&Grid<'_>, &Ahead),
        (first, end): (usize, usize),
        (grammar, grammars): (u16, &'g Grammars),
        memory: &mut Memory,
    ) -> &[Slot<'g>] {
        let known = self.looks.iter().position(|look| look.grammar == grammar);
        let at = known.unwrap_or_else(|| {
            let mut looker = Looker::new(usize::from(grammar), grammars, memory);
            let cells = ahead.cells(first..end).iter().zip(ahead.seen(first..end));
            let mut slots = std::mem::take(&mut self.spare);
            slots.extend(
                cells.map(|(cell, seen)| Slot { cell: *cell, sight: looker.sight(grid, cell, *seen) }),
            );
            self.looks.push(Look { grammar, first, slots });
            self.looks.len() - 1
        });
        let look = &self.looks[at];
        &look.slots[first - look.first..]
    }
}
