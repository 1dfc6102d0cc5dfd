//! Hop 3: from a grid to forms, their cells bound to the fields of a grammar. Everything is still text.
//!
//! One interpreter runs every grammar. It finds where forms begin (`landmark`), rebuilds rows from cells by what
//! the form expects next (`row`), and binds each row by its labels (`bind`).

mod ahead;
mod bind;
mod contents;
mod flow;
mod glued;
mod headless;
mod inline;
mod label;
mod landmark;
mod ledger;
mod memory;
mod row;
mod sighted;

pub(crate) use inline::{fields as inline_fields, is_no_person};
pub use ledger::{Claim, Ledger, Left};
pub(crate) use memory::Memory;

use crate::dump::Grid;
use crate::finding::Finding;
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{FieldColumn, Grammars};
use foldhash::fast::RandomState;
use sighted::Sighted;
use std::collections::HashMap;

/// A text as it is printed, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed<'t> {
    /// The source's own text, trimmed.
    pub text: &'t str,
    /// 1-based line on which it begins.
    pub line: u32,
    /// 1-based place of its cell in its row.
    pub cell: u32,
}

/// A form as it stands in a dump.
#[derive(Clone, Debug)]
pub struct Form<'t> {
    /// Its grammar, by its place in [`Grammars::forms`].
    pub grammar: u16,
    /// 1-based first line.
    pub first_line: u32,
    /// 1-based last line that it claims.
    pub last_line: u32,
    /// Its title.
    pub title: Printed<'t>,
    /// The number of the annex it is.
    pub annex: Option<Printed<'t>>,
    /// Fields that stand once in a form; the first of two wins.
    pub fields: Vec<(FieldColumn, Printed<'t>)>,
    /// The tables in it, one a header.
    pub sections: Vec<Section<'t>>,
    /// The lines of its matrices.
    pub items: Vec<Item<'t>>,
    /// The figures on them.
    pub figures: Vec<Figure<'t>>,
    /// Cells on its lines that hold something else, or stand under no header.
    pub loose: Vec<Loose<'t>>,
    /// Its scored lines, the execution line among them.
    pub lines: Vec<ScoredLine<'t>>,
    /// Its prose, by the number of the text in [`crate::grammar::Grammar::texts`].
    pub texts: Vec<(u16, Printed<'t>)>,
    /// Placeholders for weights and scores on lines that have none.
    pub idle: Vec<Printed<'t>>,
    /// The printed total of the weights.
    pub weight_total: Option<Printed<'t>>,
    /// The printed total of the scores.
    pub score_total: Option<Printed<'t>>,
    /// Whether that one is the only number of a row that does not show its columns, so that it may be the weights' instead.
    pub lone_total: bool,
    /// Whether every part that the grammar requires was met.
    pub complete: bool,
    /// Whether the dump begins in its middle, so that lines above its first one may be lost.
    pub headless: bool,
    /// Labels that lack a character or mistake one, as printed, and the only label of the grammar that each can be, folded.
    pub guessed: HashMap<&'t str, String, RandomState>,
    /// What was noticed while binding.
    pub findings: Vec<Finding>,
}

impl Form<'_> {
    /// Gives back the room that its lists have for more than they hold.
    fn shrink(&mut self) {
        self.fields.shrink_to_fit();
        self.sections.shrink_to_fit();
        self.sections.iter_mut().for_each(|section| section.columns.shrink_to_fit());
        self.items.shrink_to_fit();
        self.figures.shrink_to_fit();
        self.loose.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.idle.shrink_to_fit();
        self.findings.shrink_to_fit();
    }

    /// The label that `printed` stands for, where that is another one.
    pub fn meant(&self, printed: &str) -> Option<&str> {
        // Most forms have none, and need not look.
        if self.guessed.is_empty() { None } else { self.guessed.get(printed).map(String::as_str) }
    }
}

/// A table of a form: a block of its grammar under one header.
#[derive(Clone, Debug)]
pub struct Section<'t> {
    /// The block, by its place in the grammar.
    pub block: u8,
    /// The label in its corner.
    pub corner: Option<Printed<'t>>,
    /// The unit in the brackets behind the label in its corner.
    pub unit: Option<MoneyUnit>,
    /// A label of its header that nobody knows, and the unit in the brackets behind it: it speaks of its own column alone,
    /// but whoever reads the other columns in another unit has it against him.
    pub rival: Option<(Printed<'t>, MoneyUnit)>,
    /// Its columns, from the left.
    pub columns: Vec<Header<'t>>,
}

/// A column of a section.
#[derive(Clone, Debug)]
pub struct Header<'t> {
    /// The column, by its place in the block.
    pub column: u8,
    /// Its place in a full row, from 0.
    pub place: usize,
    /// Its printed label.
    pub label: Printed<'t>,
    /// The label that spans it and its neighbours, where the column is known by both.
    pub above: Option<Printed<'t>>,
    /// The year printed in it.
    pub year: Option<i32>,
    /// The unit in the brackets behind it.
    pub unit: Option<MoneyUnit>,
    /// Whether its label was recognised although it is not spelled as the grammar has it.
    pub guessed: bool,
}

/// A line of a matrix.
#[derive(Clone, Debug)]
pub struct Item<'t> {
    /// The section it stands in.
    pub section: u32,
    /// The row of the block; `None` where the grammar does not know its label.
    pub row: Option<u16>,
    /// Its printed label; `None` for the block's bare row.
    pub label: Option<Printed<'t>>,
    /// The unit in the brackets behind its label.
    pub unit: Option<MoneyUnit>,
    /// The item it is a part of.
    pub parent: Option<u32>,
    /// Whether its label was recognised although it is not spelled as the grammar has it.
    pub guessed: bool,
    /// Whether its figures may stand under other columns than those they are put under.
    pub doubtful: bool,
    /// Whether a cell of its row stands beyond the header's last one, so that all may stand one column off.
    pub overfull: bool,
    /// Whether nothing in the dump makes sure whose its figures are, or of which column, so that no sum over them does.
    pub unsure: bool,
    /// Whether its cells cannot all stand where they are put, or may as well stand elsewhere, and nothing decides.
    pub astray: bool,
}

/// A cell of a matrix that holds something.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'t> {
    /// The item, by its place in [`Form::items`].
    pub item: u32,
    /// The header, by its place in [`Section::columns`]; `None` for a figure in one cell with its label.
    pub header: Option<u32>,
    /// What is printed.
    pub printed: Printed<'t>,
}

/// A cell on a line of a matrix that is no figure of the line: a weight, a score, or a cell under no header.
#[derive(Clone, Copy, Debug)]
pub struct Loose<'t> {
    /// The item, by its place in [`Form::items`].
    pub item: u32,
    /// Its place in a full row, from 0.
    pub place: usize,
    /// What is printed.
    pub printed: Printed<'t>,
}

/// A first level, printed or inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level1<'t> {
    /// As printed, with its weight in brackets where there is one.
    Printed(Printed<'t>),
    /// Not printed; the place in [`crate::grammar::Grammar::levels`] that follows from the second level.
    Inferred(u8),
    /// The weight stands in a cell of its own, `(50)`, below the name or where a name is missing.
    Apart(Printed<'t>, LevelName<'t>),
}

impl<'t> Level1<'t> {
    /// What is printed in its own cell, name and weight.
    pub fn printed(self) -> Option<Printed<'t>> {
        match self {
            Level1::Printed(printed) => Some(printed),
            _ => None,
        }
    }
}

/// What a first level is called whose weight stands apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelName<'t> {
    /// As printed in a cell above.
    Printed(Printed<'t>),
    /// Not printed; the place in [`crate::grammar::Grammar::levels`] that follows from the second level.
    Inferred(u8),
}

/// A scored line.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScoredLine<'t> {
    /// Whether it is the line on the budget's execution.
    pub execution: bool,
    /// First level, filled down.
    pub level1: Option<Level1<'t>>,
    /// Second level, filled down.
    pub level2: Option<Printed<'t>>,
    /// The indicator.
    pub level3: Option<Printed<'t>>,
    /// What was to be reached.
    pub target: Option<Printed<'t>>,
    /// How the target's number is compared, where that stands in a cell of its own.
    pub target_op: Option<Printed<'t>>,
    /// The target's unit, where it stands in a cell of its own.
    pub target_unit: Option<Printed<'t>>,
    /// What was reached; the execution rate on an execution line.
    pub actual: Option<Printed<'t>>,
    /// The weight.
    pub weight: Option<Printed<'t>>,
    /// The score.
    pub score: Option<Printed<'t>>,
    /// Why the target was missed.
    pub reason: Option<Printed<'t>>,
    /// 1-based line on which its own text begins.
    pub line: u32,
    /// Whether a cell of its row stands beyond the header's last one, so that all may stand one column off.
    pub overfull: bool,
    /// Whether the dump may have torn it, or a line beside it, so that cells of it may be another line's.
    pub torn: bool,
}

/// What the forms of a dump are, and which lines they claim.
#[derive(Clone, Debug)]
pub struct Forms<'t> {
    /// In the order of the dump.
    pub forms: Vec<Form<'t>>,
    /// What each line is.
    pub ledger: Ledger,
}

/// Finds and binds every form of a dump.
pub fn read<'t>(grid: &Grid<'t>, grammars: &Grammars) -> Forms<'t> {
    let mut forms = Vec::new();
    let mut memory = Memory::new(grammars);
    let ledger = read_each(&mut grid.clone(), grammars, &mut memory, |form| forms.push(form));
    Forms { forms, ledger }
}

/// Bytes of a dump from which on the room that its forms take counts for more than the time to give some of it back.
const LARGE: usize = 1 << 20;

/// As [`read`], with what was learnt from other dumps that were read with the same grammars: gives each form to `take`, in
/// the order of the dump, and takes the cells out of the grid, which are let go of as forms are read from them.
pub(crate) fn read_each<'t>(
    grid: &mut Grid<'t>,
    grammars: &Grammars,
    memory: &mut Memory,
    mut take: impl FnMut(Form<'t>),
) -> Ledger {
    memory.begin();
    let mut parted = glued::part(grid, grammars, memory);
    let grid = parted.as_mut().unwrap_or(grid);
    let cells = std::mem::take(&mut grid.cells);
    let grid = &*grid;
    let landmark::Landmarks { mut ahead, starts } = landmark::find(grid, cells, grammars, memory);
    // What draws a table belongs to a form, if there is any.
    let drawn = if starts.is_empty() { &[] } else { grid.drawn.as_slice() };
    let mut ledger = Ledger::new(&grid.filled, drawn);
    if grid.dialect.shares_lines() {
        ledger = ledger.by_text();
    }
    if let Some(first) = starts.first() {
        contents::claim(grid, ahead.cells(0..first.first_cell), grammars, &mut ledger);
    }
    let (mut sighted, mut recurring) = (Sighted::default(), bind::Recurring::default());
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(ahead.end(), |next| next.first_cell);
        let mut start = *start;
        sighted.begin();
        loop {
            let (first, own) = (start.first_cell, start.grammar);
            let slots = sighted.slots((grid, &ahead), (first, end), (own, grammars), memory);
            let (mut form, rest) =
                bind::read(grid, grammars, &start, slots, memory, &mut recurring, &mut ledger);
            if grid.text.len() > LARGE {
                form.shrink();
            }
            take(form);
            // Another form goes on where this one ended, without a title; mostly one of the same kind.
            let Some(rest) = rest.filter(|&rest| rest > 0) else { break };
            let cells = ahead.cells(first + rest..end);
            let behind = &cells[..cells.len().min(headless::BEHIND)];
            let other = headless::find(grid, grammars, behind, Some(own), memory);
            let grammar = other.filter(|other| other.first_cell == 0).map_or(own, |other| other.grammar);
            start = landmark::Start::untitled(grid, grammar, first + rest, cells, false);
        }
        // The ledger goes over all cells once more where lines are shared.
        if !grid.dialect.shares_lines() {
            ahead.pass(end);
        }
    }
    ledger.settle(grid, ahead.cells(0..ahead.end()));
    ledger
}

#[cfg(test)]
mod tests;
