//! Rows, rebuilt from cells by what the form expects next.
//!
//! The dump only says where a row may begin. A run of cells up to the next such place is a *stretch*; a row is one
//! stretch, or several where an empty paragraph inside a cell looked like a row's end, or part of one where the end of
//! a row got lost.

use super::flow::{Cut, Placed};
use super::label::{Guess, Looker, Sight, is_figure};
use crate::dump::{Cell, Grid, Opens};
use crate::grammar::{BlockKind, Holds, Kinds, Role, fold};

/// Stretches looked ahead when a row falls short of its width.
const LOOK_AHEAD: usize = 8;

/// Stretches below a header among which is a whole row, where rows are broken as well.
const ROWS_AHEAD: usize = 24;

/// Cells by which even the widest of them may be narrower than its header: where merged cells go on, or broken ones part it.
const CELLS_LOST: usize = 2;

/// Lines over which a label is broken at most, beyond its first.
const LONGEST_BREAK: usize = 4;

/// Places of a section whose columns are known.
const WIDEST: usize = 16;

/// A cell of a row with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'g> {
    pub cell: Cell,
    pub sight: Sight<'g>,
}

/// What the cells of a row are together, so that most of what a row is not is known without walking them again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    /// The place of the first cell that holds something.
    pub first: usize,
    /// How many hold something.
    pub filled: usize,
    /// What any of their labels may be.
    pub kinds: Kinds,
}

impl Outline {
    pub fn of(row: &[Slot<'_>]) -> Self {
        let mut outline = Outline { first: 0, filled: 0, kinds: Kinds::default() };
        for (at, slot) in row.iter().enumerate().filter(|(_, slot)| !slot.sight.blank) {
            if outline.filled == 0 {
                outline.first = at;
            }
            outline.filled += 1;
            outline.kinds = outline.kinds.or(slot.sight.kinds());
        }
        outline
    }
}

/// What the open section expects of its next row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expected {
    /// The block.
    pub block: Option<u8>,
    /// Cells of a full row.
    pub width: Option<usize>,
    /// The place of the second level among them.
    pub level2: Option<usize>,
    /// Whether sums stand in one cell with their labels, so that short rows are whole.
    pub inline: bool,
    /// The block's kind.
    pub kind: Option<BlockKind>,
    /// The place of the first column.
    pub first: usize,
    /// What the columns hold, by place.
    pub held: [Option<Holds>; WIDEST],
}

impl Expected {
    /// Notes what the column at a place holds; beyond [`WIDEST`] nothing is known.
    pub fn note(&mut self, place: usize, holds: Holds) {
        if let Some(known) = self.held.get_mut(place) {
            *known = Some(holds);
        }
    }

    /// What the column at a place holds.
    pub fn holds(&self, place: usize) -> Option<Holds> {
        self.held.get(place).copied().flatten()
    }

    /// The place of the first column that `wanted` holds for.
    pub fn place(&self, wanted: impl Fn(Holds) -> bool) -> Option<usize> {
        self.held.iter().position(|holds| holds.is_some_and(&wanted))
    }

    /// How many columns a full row has from the first on.
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(0).saturating_sub(self.first)
    }

    /// Whether lines have a weight or a score.
    pub fn has_points(&self) -> bool {
        self.place(|holds| matches!(holds, Holds::Weight | Holds::Score)).is_some()
    }

    /// The places of a line's indicator and of its last figure, or of its last value where it has none.
    pub fn core(&self) -> Option<(usize, usize)> {
        let first = self.place(|holds| holds == Holds::Level3)?;
        let last = self.held.iter().rposition(|holds| {
            matches!(holds, Some(Holds::Weight | Holds::Score | Holds::Target | Holds::Actual))
        })?;
        (last > first).then_some((first, last))
    }
}

/// Walks the cells of a form row by row.
pub(super) struct Rows<'a, 'g, 't> {
    pub(super) grid: &'a Grid<'t>,
    pub(super) cells: &'a [Slot<'g>],
    pub(super) looker: Looker<'a, 'g>,
    pub(super) at: usize,
    /// How sure it is that the row last given stands under its columns.
    pub(super) placed: Placed,
    /// Whether a cell of a stream is blank.
    pub(super) has_blanks: bool,
    /// Whether what follows may be the reason of the row last given.
    pub(super) after_line: bool,
    /// Where the second row of the stream's header last given ends.
    pub(super) second: Option<usize>,
    /// Lines of the stream that were cut and not given yet.
    pub(super) cut: Cut,
    /// Labels that cells of the row last given are printed for, with where each cell begins.
    pub(super) mended: Vec<(u32, String)>,
}

impl<'a, 'g, 't> Rows<'a, 'g, 't> {
    pub fn new(grid: &'a Grid<'t>, cells: &'a [Slot<'g>], looker: Looker<'a, 'g>) -> Self {
        let streams = grid.dialect.loses_rows();
        Rows {
            grid,
            cells,
            looker,
            at: 0,
            placed: Placed::Surely,
            has_blanks: streams && cells.iter().any(|slot| grid.trimmed(&slot.cell).is_empty()),
            after_line: false,
            second: None,
            cut: Cut::default(),
            mended: Vec::new(),
        }
    }

    /// The place of the next row's first cell.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Passes over the first `n` cells.
    pub fn skip(&mut self, n: usize) {
        self.at += n;
    }

    /// The label that `text` is.
    pub fn label(&mut self, text: &'t str) -> Option<crate::grammar::Found<'g>> {
        self.looker.find(text)
    }

    /// The label that `text`, which is none, is printed for with one character missing or wrong.
    pub fn guess(&mut self, text: &str) -> Option<Guess<'g>> {
        self.looker.guess(text)
    }

    /// A cell that no label is as the label of one of these kinds that it is printed for, if there is one.
    pub(super) fn mend(&mut self, slot: &Slot<'g>, kinds: Kinds) -> Option<Slot<'g>> {
        if slot.sight.blank || slot.sight.label.is_some() || slot.cell.opens == Opens::Body {
            return None;
        }
        let guess = self.looker.guess(self.grid.trimmed(&slot.cell))?;
        if !guess.found.kinds.has(kinds) {
            return None;
        }
        self.mended.push((slot.cell.start, guess.label));
        Some(Slot { sight: Sight { label: Some(guess.found), ..slot.sight }, ..*slot })
    }

    /// The cells of the next row, `None` at the end of the form; those of `made` where cells had to be put together anew.
    pub fn next<'r>(&mut self, expected: &Expected, made: &'r mut Vec<Slot<'g>>) -> Option<&'r [Slot<'g>]>
    where
        'a: 'r,
    {
        if self.grid.dialect.loses_rows() {
            return self.next_of_stream(expected, made).then_some(made);
        }
        self.placed = Placed::Surely;
        let from = self.at;
        let first = self.cells.get(from)?;
        self.at = self.stretch_end(from);
        let row = &self.cells[from..self.at];
        if first.cell.opens == Opens::Body {
            return Some(row);
        }
        if self.grid.dialect.shows_rows() {
            return Some(trim_end(row, expected));
        }
        if self.grid.dialect.joins_cells() {
            return Some(self.next_joined(row, expected, made));
        }
        let mut joined = false;
        while let Some(stretches) = self.missing(&self.cells[from..self.at], expected) {
            (0..stretches).for_each(|_| self.at = self.stretch_end(self.at));
            joined = true;
        }
        let row = &self.cells[from..self.at];
        Some(if joined { row } else { self.give_back(row, expected) })
    }

    /// A row in a dialect in which a line break stands inside a cell, so that the two cells that meet there become one.
    fn next_joined<'r>(
        &mut self,
        row: &'r [Slot<'g>],
        expected: &Expected,
        made: &'r mut Vec<Slot<'g>>,
    ) -> &'r [Slot<'g>] {
        let Some(mut stretches) = self.missing(row, expected) else { return self.give_back(row, expected) };
        made.clear();
        made.extend_from_slice(row);
        loop {
            (0..stretches).for_each(|_| self.join_stretch(made));
            match self.missing(made, expected) {
                Some(more) => stretches = more,
                None => return made,
            }
        }
    }

    /// The cells from `at` up to the next place where a row may begin.
    fn stretch_end(&self, at: usize) -> usize {
        let rest = self.cells.get(at + 1..).unwrap_or(&[]);
        at + 1 + rest.iter().take_while(|slot| slot.cell.opens == Opens::Next).count()
    }

    /// Adds the next stretch to the row; the two cells that meet become one.
    fn join_stretch(&mut self, row: &mut Vec<Slot<'g>>) {
        let met = row.len();
        let end = self.stretch_end(self.at);
        row.extend_from_slice(&self.cells[self.at..end]);
        self.at = end;
        if met > 0 && met < row.len() {
            let second = row.remove(met).cell;
            let first = &mut row[met - 1];
            let joined = Cell { last_line: second.last_line, ..first.cell };
            first.cell = joined.over(self.grid.text, first.cell.start, second.end);
            first.sight = self.looker.look(self.grid, &first.cell);
        }
    }

    /// The first cell that holds something in the stretch ahead.
    fn first_filled(&self, end: usize) -> Option<Sight<'g>> {
        self.cells[self.at..end].iter().map(|slot| slot.sight).find(|sight| !sight.blank)
    }

    /// How many of the next stretches belong to the row, if any does.
    fn missing(&mut self, row: &[Slot<'g>], expected: &Expected) -> Option<usize> {
        let next = self.cells.get(self.at).filter(|slot| slot.cell.opens == Opens::Row)?;
        let last = row.last()?;
        let joins = self.grid.dialect.joins_cells();
        if joins && self.continues(row, last, next.cell) {
            return Some(1);
        }
        // A header says how wide its own rows are, whatever those above it were.
        let unfit = expected.width.is_none_or(|width| row.len() != width);
        if unfit || row.iter().any(|slot| slot.sight.has(Kinds::COLUMN)) {
            let end = self.stretch_end(self.at);
            let first = self.first_filled(end);
            let first = first.as_ref();
            if unfit && lacks_value(row) && first.is_some_and(|sight| !is_heading(sight)) && !is_header(row) {
                return Some(1);
            }
            // An empty cell in front is merged with the one above it: the header's second row, not the rest of the first.
            let blank = next.sight.blank;
            let lower = is_header(row) && if joins { !self.is_rest(row.len(), end) } else { blank };
            if !lower && continues_header(row, first, expected) && !self.is_heading_alone(row, end) {
                return Some(1);
            }
            if joins && blank && (self.breaks_column(row, end) || self.breaks_blank(row, end)) {
                return Some(1);
            }
        }
        self.missing_by_width(row, expected, usize::from(joins))
    }

    /// Whether the stretch ahead is the rest of a header broken behind an empty paragraph, not its second row: with it the
    /// header is no wider than the rows below.
    fn is_rest(&self, length: usize, end: usize) -> bool {
        length + (end - self.at) - 1 <= self.widest(end) + CELLS_LOST
    }

    /// Whether the stretch ahead goes on with a header, or with the label in its corner, in a column's label that is broken
    /// over the next lines.
    fn breaks_column(&mut self, row: &[Slot<'g>], end: usize) -> bool {
        let corner = row.len() == 1 && row[0].sight.has(Kinds::OPENS);
        let filled = (self.at..end).find(|at| !self.cells[*at].sight.blank);
        // A broken label ends its stretch.
        let Some(broken) = filled.filter(|at| at + 1 == end && (corner || is_header(row))) else {
            return false;
        };
        if !self.is_rest(row.len(), end) {
            return false;
        }
        let start = self.cells[broken].cell.start as usize;
        for at in end..end + LONGEST_BREAK {
            let Some(Slot { cell, .. }) = self.row_at(at) else { return false };
            let text = fold::trim(&self.grid.text[start..cell.end as usize]);
            if self.looker.find(text).is_some_and(|found| found.kinds.has(Kinds::COLUMN)) {
                return true;
            }
            if self.stretch_end(at) > at + 1 {
                return false;
            }
        }
        false
    }

    /// Whether the stretch ahead holds nothing but the empty paragraph before a header's next label.
    fn breaks_blank(&self, row: &[Slot<'g>], end: usize) -> bool {
        let blank = is_header(row) && end - self.at == 2 && self.first_filled(end).is_none();
        if !blank || !self.is_rest(row.len(), end) || row.len() >= self.widest(end) {
            return false;
        }
        let next = self.stretch_end(end);
        self.cells.get(end..next).is_some_and(|row| row[0].sight.has(Kinds::COLUMN))
    }

    /// The cells of the widest of the next stretches from `at` on.
    fn widest(&self, mut at: usize) -> usize {
        let mut widest = 0;
        for _ in 0..ROWS_AHEAD {
            if self.row_at(at).is_none() {
                break;
            }
            let next = self.stretch_end(at);
            widest = widest.max(next - at);
            at = next;
        }
        widest
    }

    /// Whether a row of one label is the heading over a table and not its corner: it is numbered, or the rows that follow
    /// the header have no cell below it.
    fn is_heading_alone(&self, row: &[Slot<'g>], end: usize) -> bool {
        let [only] = row else { return false };
        let header = &self.cells[self.at..end];
        if header.iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count() < 2 {
            return false;
        }
        let text = fold::name(self.grid.text_of(&only.cell));
        let numbered = self.looker.is_numbered(&text);
        let Some(below) = self.row_at(end).filter(|_| !numbered) else { return numbered };
        // An empty cell in front lies below the corner.
        let next = self.stretch_end(end);
        next - end == end - self.at && !below.sight.blank
    }

    /// In a dialect whose cells break over lines: whether the next line goes on with the row's last cell.
    fn continues(&mut self, row: &[Slot<'g>], last: &Slot<'g>, next: Cell) -> bool {
        if self.grid.trimmed(&next).is_empty() {
            return false;
        }
        let end = self.stretch_end(self.at);
        // A header that ends with a blank cell, and is shorter than its rows, goes on in it.
        let cut = last.sight.blank && is_header(row) && {
            let widest = self.widest(end);
            let label = self.looker.find(self.grid.trimmed(&next));
            let column = label.is_some_and(|label| label.kinds.has(Kinds::COLUMN));
            row.len() < widest + if column { CELLS_LOST } else { 0 }
        };
        // `0` and `1、…` on the next line are a figure and a label, not the label `01、…`.
        let figure = is_figure(self.grid.trimmed(&last.cell));
        let apart = figure && self.looker.find(self.grid.trimmed(&next)).is_some();
        let open = !last.sight.blank || (cut && self.is_rest(row.len(), end));
        if open && !apart && self.is_label_over(last.cell.start, next.end) {
            return true;
        }
        let alone = end == self.at + 1;
        if !alone || row.len() < 2 || self.broken_label_ahead() {
            return false;
        }
        self.cells[self.at].sight.label.is_none() && !self.is_heading_line(self.grid.text_of(&next))
    }

    /// Whether the text between two places is a label, or the beginning of one.
    fn is_label_over(&mut self, start: u32, end: u32) -> bool {
        let text = fold::trim(&self.grid.text[start as usize..end as usize]);
        self.looker.begins(text) || self.looker.find(text).is_some()
    }

    /// Whether the lines ahead are the pieces of one label, which begins a row of its own.
    fn broken_label_ahead(&mut self) -> bool {
        let start = self.cells[self.at].cell.start as usize;
        for at in self.at..self.at + LOOK_AHEAD {
            let Some(Slot { cell, .. }) = self.row_at(at) else { return false };
            let text = fold::trim(&self.grid.text[start..cell.end as usize]);
            if at > self.at && self.looker.find(text).is_some() {
                return true;
            }
            if self.stretch_end(at) > at + 1 {
                return false;
            }
        }
        false
    }

    /// Whether a line's first words up to a colon are a label: a heading or signature line.
    fn is_heading_line(&mut self, text: &'t str) -> bool {
        text.find(['：', ':']).is_some_and(|colon| self.looker.find(fold::trim(&text[..colon])).is_some())
    }

    /// How many of the next stretches fill the row up to exactly its width.
    fn missing_by_width(&self, row: &[Slot<'g>], expected: &Expected, met: usize) -> Option<usize> {
        let width = expected.width.filter(|&width| row.len() < width)?;
        if self.is_whole(row, expected) {
            return None;
        }
        let mut length = row.len();
        let mut at = self.at;
        for stretches in 1..=LOOK_AHEAD {
            self.row_at(at)?;
            let end = self.stretch_end(at);
            let stretch = &self.cells[at..end];
            if stretch.len() == width || starts_row(stretch, length, expected) {
                return None;
            }
            length += end - at - met;
            at = end;
            if length >= width {
                return (length == width).then_some(stretches);
            }
        }
        None
    }

    /// Whether a row that is shorter than its section's others is whole as it stands.
    fn is_whole(&self, row: &[Slot<'g>], expected: &Expected) -> bool {
        let colon = |slot: &Slot<'_>| self.grid.text_of(&slot.cell).contains(['：', ':']);
        row.iter().all(|slot| slot.sight.blank)
            || row.iter().take(2).any(|slot| {
                slot.sight.is(|role| match role {
                    Role::Total | Role::Field(_) | Role::Text(_) => true,
                    Role::Opens(block) => Some(*block) != expected.block,
                    _ => false,
                })
            })
            || (expected.inline && row.iter().any(colon))
    }

    /// Gives back the cells of a stretch in which the end of a row got lost; the row without them.
    fn give_back<'r>(&mut self, row: &'r [Slot<'g>], expected: &Expected) -> &'r [Slot<'g>] {
        let Some(width) = expected.width.filter(|&width| row.len() > width && !is_header(row)) else {
            return row;
        };
        if !row.len().is_multiple_of(width) && !starts_row(&row[width..], 0, expected) {
            return row;
        }
        self.at -= row.len() - width;
        &row[..width]
    }

    /// The cell at a place where a row may begin.
    fn row_at(&self, at: usize) -> Option<&'a Slot<'g>> {
        self.cells.get(at).filter(|slot| slot.cell.opens == Opens::Row)
    }
}

/// A row without the blank cells beyond the section's width at its end.
fn trim_end<'r, 'g>(row: &'r [Slot<'g>], expected: &Expected) -> &'r [Slot<'g>] {
    let Some(width) = expected.width.filter(|&width| row.len() > width) else { return row };
    let blank = row[width..].iter().rev().take_while(|slot| slot.sight.blank).count();
    &row[..row.len() - blank]
}

/// Whether the row ends with a label whose value has not come.
fn lacks_value(row: &[Slot<'_>]) -> bool {
    row.last().is_some_and(|slot| slot.sight.has(Kinds::PAIR) && !slot.sight.has(Kinds::COLUMN))
}

/// Whether a cell is a label that can head or open something.
pub(super) fn is_heading(sight: &Sight<'_>) -> bool {
    sight.has(Kinds::PAIR.or(Kinds::OPENS).or(Kinds::COLUMN).or(Kinds::TOTAL))
}

fn is_header(row: &[Slot<'_>]) -> bool {
    row.iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count() > 1
}

/// Whether the next stretch goes on with the header that the row is.
fn continues_header(row: &[Slot<'_>], next: Option<&Sight<'_>>, expected: &Expected) -> bool {
    let columns = |sight: &Sight<'_>, block: u8| {
        sight.is(|role| matches!(role, Role::Column { block: b, .. } if *b == block))
    };
    let Some(next) = next.filter(|next| next.has(Kinds::COLUMN)) else { return false };
    let blocks = row.iter().flat_map(|slot| slot.sight.roles()).filter_map(|role| match role {
        Role::Opens(block) | Role::Column { block, .. } => Some(*block),
        _ => None,
    });
    let mut blocks = blocks.filter(|&block| Some(block) != expected.block);
    blocks.any(|block| {
        columns(next, block)
            // A column that the row has already begins another header.
            && !row.iter().any(|slot| slot.sight.roles().iter().any(|role| matches!(role, Role::Column { block: b, .. } if *b == block && next.roles().contains(role))))
    })
}

/// Whether a stretch begins a row of its own, were it to follow `before` cells of the one at hand.
fn starts_row(stretch: &[Slot<'_>], before: usize, expected: &Expected) -> bool {
    let Some((at, first)) = stretch.iter().enumerate().find(|(_, slot)| !slot.sight.blank) else {
        return false;
    };
    first.sight.is(|role| match role {
        Role::Field(_)
        | Role::Text(_)
        | Role::Opens(_)
        | Role::Total
        | Role::Level1(_)
        | Role::Column { .. } => true,
        Role::Row { block, .. } => Some(*block) == expected.block,
        Role::Level2(_) => expected.level2 != Some(before + at),
    })
}

/// The column of `block` that a slot heads.
pub(super) fn column_of(slot: &Slot<'_>, block: u8) -> Option<u8> {
    if !slot.sight.has(Kinds::COLUMN) {
        return None;
    }
    slot.sight.roles().iter().find_map(|role| match role {
        Role::Column { block: b, column } if *b == block => Some(*column),
        _ => None,
    })
}
