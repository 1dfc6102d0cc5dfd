//! Rows, rebuilt from cells by what the form expects next.
//!
//! The dump only says where a row may begin. A run of cells up to the next such place is a *stretch*; a row is one
//! stretch, or several where an empty paragraph inside a cell looked like a row's end, or part of one where the end of
//! a row got lost.

mod header;
mod lost;

use super::flow::{Cut, Placed, parts_digits};
use super::label::{Guess, Looker, Meant, Sight};
use crate::dump::{Cell, Grid, Opens};
use crate::grammar::{BlockKind, Found, Holds, Kinds, Role, fold};
use std::ops::Range;

/// Stretches looked ahead when a row falls short of its width.
const LOOK_AHEAD: usize = 8;

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
            outline.kinds = outline.kinds.or(slot.sight.kinds);
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
    /// The stretch that was looked at last; mostly it is the next row.
    ahead: Range<usize>,
    /// How sure it is that the row last given stands under its columns.
    pub(super) placed: Placed,
    /// Whether a cell of a stream is blank.
    pub(super) has_blanks: bool,
    /// Whether what follows may be the reason of the row last given.
    pub(super) after_line: bool,
    /// Whether the row last given is a second level on its own.
    pub(super) below_level: bool,
    /// Where the second row of the stream's header last given ends.
    pub(super) second: Option<usize>,
    /// Lines of the stream that were cut and not given yet.
    pub(super) cut: Cut,
    /// Labels that cells of the row last given are printed for, with where each cell begins.
    pub(super) mended: Vec<(u32, Meant)>,
    /// Cells of the header bound last, where a second row may go on with it.
    pub(super) upper: Option<usize>,
    /// Whether the dump parts digits from the text behind them, and whether a figure takes in the measure word behind it.
    pub(super) parts_digits: bool,
    pub(super) joins_measures: bool,
}

impl<'a, 'g, 't> Rows<'a, 'g, 't> {
    pub fn new(grid: &'a Grid<'t>, cells: &'a [Slot<'g>], looker: Looker<'a, 'g>) -> Self {
        let streams = grid.dialect.loses_rows();
        Rows {
            grid,
            cells,
            looker,
            at: 0,
            ahead: usize::MAX..usize::MAX,
            placed: Placed::Surely,
            below_level: false,
            has_blanks: streams && cells.iter().any(|slot| grid.trimmed(&slot.cell).is_empty()),
            after_line: false,
            second: None,
            cut: Cut::default(),
            mended: Vec::new(),
            upper: None,
            parts_digits: parts_digits(grid, cells),
            joins_measures: false,
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
        self.mended.push((slot.cell.start, guess.meant));
        Some(Slot { sight: slot.sight.labelled(Some(guess.found)), ..*slot })
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
        self.at = if self.ahead.start == from { self.ahead.end } else { self.stretch_end(from) };
        let row = &self.cells[from..self.at];
        if first.cell.opens == Opens::Body {
            return Some(row);
        }
        if self.grid.dialect.shows_rows() {
            // The second row of a header may be wider than its first.
            return Some(if self.upper.is_some() { row } else { trim_end(row, expected) });
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
        let end = self.stretch_end(self.at);
        self.ahead = self.at..end;
        if self.upper.is_some_and(|upper| self.continues_lower(row, end, upper)) {
            return Some(1);
        }
        // A header says how wide its own rows are, whatever those above it were.
        let unfit = expected.width.is_none_or(|width| row.len() != width);
        if unfit || row.iter().any(|slot| slot.sight.has(Kinds::COLUMN)) {
            let first = self.first_filled(end);
            let first = first.as_ref();
            if unfit
                && lacks_value(row, joins)
                && first.is_some_and(|sight| !is_heading(sight))
                && !is_header(row)
            {
                return Some(1);
            }
            if unfit && (self.lacks_sum(row) || self.is_corner_alone(row, end)) {
                return Some(1);
            }
            if if joins { self.goes_on_in_columns(row, end) } else { self.is_field_alone(row, end) } {
                return Some(1);
            }
            // An empty cell in front is merged with the one above it: the header's second row, not the rest of the first.
            let blank = next.sight.blank;
            let below = is_header(row) && if joins { self.is_below(row.len(), end) } else { blank };
            let lower = below
                || (joins && is_header(row) && !self.is_rest(row.len(), end))
                || (!joins && is_header(row) && self.is_storey(row, end));
            let apart = joins && !last.sight.blank && !blank;
            if !lower && !apart && continues_header(row, first, expected) && !self.is_heading_alone(row, end)
            {
                return Some(1);
            }
            if joins && blank && !below && (self.breaks_column(row, end) || self.breaks_blank(row, end)) {
                return Some(1);
            }
        }
        self.missing_by_width(row, expected, usize::from(joins))
    }

    /// In a dialect whose cells break over lines: whether the next line goes on with the row's last cell.
    fn continues(&mut self, row: &[Slot<'g>], last: &Slot<'g>, next: Cell) -> bool {
        if self.grid.trimmed(&next).is_empty() {
            return false;
        }
        let end = self.stretch_end(self.at);
        // A header that ends with a blank cell, and is shorter than its rows, goes on in it.
        let heads = |found: Found<'_>| found.kinds.has(Kinds::COLUMN);
        let begun = last.sight.blank
            && ((self.begins_header(row) && self.label_ahead(0).is_some_and(heads))
                || self.is_corner_before(row));
        let cut = begun && row.len() <= self.widest(end) + header::CELLS_LOST;
        // `0` and `1、…` on the next line are a figure and a label, not the label `01、…`.
        let figure = !last.sight.blank && self.is_sum(self.grid.trimmed(&last.cell));
        let apart = figure && self.looker.find(self.grid.trimmed(&next)).is_some();
        let open = !last.sight.blank || (cut && self.is_rest(row.len(), end));
        if open && !apart && self.is_label_over(last.cell.start, next.end) {
            return true;
        }
        let alone = end == self.at + 1;
        if !alone || row.len() < 2 || self.broken_label_ahead() {
            return false;
        }
        let text = self.grid.trimmed(&next);
        // No figure goes on in words.
        if figure && !self.is_sum(text) && !self.looker.is_unit(text) {
            return false;
        }
        // Nor a blank cell in what is nearly a label, nor a field's value in what is nearly the next field's.
        let labels = if last.sight.blank { Kinds::LEVEL.or(Kinds::ROW) } else { Kinds::PAIR };
        if self.looker.guess(text).is_some_and(|guess| guess.found.kinds.has(labels)) {
            return false;
        }
        // Nor does a whole label of a header go on in what is none with it.
        if last.sight.has(Kinds::COLUMN) && is_header(row) {
            return false;
        }
        self.cells[self.at].sight.label.is_none() && !self.is_heading_line(self.grid.text_of(&next))
    }

    /// Whether a text is a figure alone, or one with its unit.
    pub(super) fn is_sum(&self, text: &str) -> bool {
        let behind =
            text.trim_start_matches(|c| matches!(fold::narrow(c), '0'..='9' | '.' | ',' | '%' | '-' | ' '));
        behind.len() < text.len() && (behind.is_empty() || self.looker.is_unit(fold::trim(behind)))
    }

    /// Whether the text between two places is a label, or the beginning of one.
    fn is_label_over(&mut self, start: u32, end: u32) -> bool {
        let text = fold::trim(&self.grid.text[start as usize..end as usize]);
        self.looker.begins(text) || self.looker.find(text).is_some()
    }

    /// Whether the lines ahead are the pieces of one label, which begins a row of its own.
    fn broken_label_ahead(&mut self) -> bool {
        self.label_ahead(1).is_some()
    }

    /// The label that the lines ahead are the pieces of, `more` of them at least behind the first.
    fn label_ahead(&mut self, more: usize) -> Option<Found<'g>> {
        self.label_from(self.at, more)
    }

    /// The label that begins with the stretch at `from` and may go on in those behind it.
    fn label_from(&mut self, from: usize, more: usize) -> Option<Found<'g>> {
        let start = self.cells.get(from)?.cell.start as usize;
        for at in from..from + LOOK_AHEAD {
            let cell = &self.row_at(at)?.cell;
            let text = fold::trim(&self.grid.text[start..cell.end as usize]);
            if at >= from + more
                && let Some(found) = self.looker.find(text)
            {
                return Some(found);
            }
            if self.stretch_end(at) > at + 1 {
                return None;
            }
        }
        None
    }

    /// Whether a line's first words up to a colon are a label: a heading or signature line.
    fn is_heading_line(&mut self, text: &'t str) -> bool {
        text.find(['：', ':']).is_some_and(|colon| self.looker.find(fold::trim(&text[..colon])).is_some())
    }

    /// How many of the next stretches fill the row up to exactly its width.
    fn missing_by_width(&mut self, row: &[Slot<'g>], expected: &Expected, met: usize) -> Option<usize> {
        let (lost, or) = self.lost_before(row, expected);
        let whole = |lost: usize| expected.width.is_some_and(|width| row.len() + lost == width);
        if whole(lost) || or.is_some_and(whole) {
            return None;
        }
        let found = self.missing_of(row, expected, met, lost);
        // Of two places at which it may begin, the one that takes in less of what follows.
        let other = or.and_then(|lost| self.missing_of(row, expected, met, lost));
        found.into_iter().chain(other).min()
    }

    /// How many of the next stretches fill a row that lost `lost` cells before its first.
    fn missing_of(
        &mut self,
        row: &[Slot<'g>],
        expected: &Expected,
        met: usize,
        lost: usize,
    ) -> Option<usize> {
        let width =
            expected.width.and_then(|width| width.checked_sub(lost)).filter(|&width| row.len() < width)?;
        let begun = self.is_begun(row, expected);
        if !begun && self.is_whole(row, expected) {
            return None;
        }
        let mut length = row.len();
        let mut open = row.last().is_some_and(|slot| slot.sight.blank);
        let mut at = self.at;
        for stretches in 1..=LOOK_AHEAD {
            self.row_at(at)?;
            let end = self.stretch_end(at);
            // A row that lost the cells before its first is no wider than those beside it: two texts that meet and are no label
            // are two rows'.
            let meet = lost > 0 && !open && !self.cells[at].sight.blank;
            let apart = meet && !self.is_label_over(self.cells[at - 1].cell.start, self.cells[at].cell.end);
            let stretch = &self.cells[at..end];
            let own = stretch.len() == width + lost || starts_row(stretch, length + lost - met, expected);
            if (own && !(begun && stretches == 1)) || apart {
                return None;
            }
            open = stretch.last().is_some_and(|slot| slot.sight.blank);
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
        // Not the one behind 其中.
        let colon = |slot: &Slot<'_>| {
            let behind = self.grid.trimmed(&slot.cell).rsplit_once(['：', ':']);
            behind.is_some_and(|(_, behind)| behind.is_empty() || self.is_sum(fold::trim(behind)))
        };
        // A row of the columns may have labels with colons.
        let bare = |slot: &Slot<'_>| !slot.sight.blank && self.is_sum(self.grid.trimmed(&slot.cell));
        row.iter().all(|slot| slot.sight.blank)
            || heads_another(row, expected)
            || row.iter().take(2).any(|slot| {
                slot.sight.is(|role| match role {
                    Role::Total | Role::Field(_) | Role::Text(_) => true,
                    Role::Opens(block) => Some(*block) != expected.block,
                    _ => false,
                })
            })
            || (expected.inline && row.iter().any(colon) && !row.iter().any(bare))
    }

    /// Gives back the cells of a stretch in which the end of a row got lost; the row without them.
    fn give_back<'r>(&mut self, row: &'r [Slot<'g>], expected: &Expected) -> &'r [Slot<'g>] {
        let Some(width) = expected.width.filter(|&width| row.len() > width && !is_header(row)) else {
            return row;
        };
        if !row.len().is_multiple_of(width) && !starts_row(&row[width..], 0, expected) {
            return row;
        }
        // Behind a line's label no line begins with a sum: its header is cut.
        let labelled = row[0].sight.has(Kinds::ROW);
        if labelled
            && expected.kind == Some(BlockKind::Matrix)
            && self.is_sum(self.grid.trimmed(&row[width].cell))
        {
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

/// Whether the row ends with a label whose value has not come, or, where cells break over lines, may go on in its blank cell.
fn lacks_value(row: &[Slot<'_>], joins: bool) -> bool {
    let is_label = |slot: &Slot<'_>| slot.sight.has(Kinds::PAIR) && !slot.sight.has(Kinds::COLUMN);
    match row {
        [.., label, last] if joins && last.sight.blank => is_label(label),
        row => row.last().is_some_and(is_label),
    }
}

/// Whether a cell is a label that can head or open something.
pub(super) fn is_heading(sight: &Sight<'_>) -> bool {
    sight.has(Kinds::PAIR.or(Kinds::OPENS).or(Kinds::COLUMN).or(Kinds::TOTAL))
}

fn is_header(row: &[Slot<'_>]) -> bool {
    row.iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count() > 1
}

/// Whether a row has a column's label beside the label in a table's corner, or two of them.
fn begins_header(row: &[Slot<'_>]) -> bool {
    let columns = row.iter().filter(|slot| slot.sight.has(Kinds::COLUMN)).count();
    columns > 1 || (columns == 1 && row.iter().any(|slot| slot.sight.has(Kinds::OPENS)))
}

/// Whether a row is the header of another block than the open one, whose rows say nothing of its width.
fn heads_another(row: &[Slot<'_>], expected: &Expected) -> bool {
    let heads = |slot: &&Slot<'_>| slot.sight.has(Kinds::COLUMN);
    let open = |slot: &Slot<'_>| {
        slot.sight.is(|role| matches!(role, Role::Column { block, .. } if Some(*block) == expected.block))
    };
    is_header(row) && !row.iter().filter(heads).any(open)
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
            && !row.iter().any(|slot| {
                let year = |sight: &Sight<'_>| sight.label.and_then(|label| label.year);
                let same = |role: &Role| matches!(role, Role::Column { block: b, .. } if *b == block && next.roles().contains(role));
                year(&slot.sight) == year(next) && slot.sight.is(same)
            })
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
