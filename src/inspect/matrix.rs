//! The money tables of a form as they are laid out in print.

use super::View;
use crate::form::{Item, Printed, Section};
use crate::grammar::{BlockKind, Grammar, Holds};
use crate::proof::Judged;
use crate::table::Memory;
use crate::table::names::{Names, name};

/// A table of a form.
#[derive(Clone, Debug)]
pub struct MatrixTable<'t> {
    /// The line of its header, from 1; that of its first row where it has none.
    pub line: u32,
    /// What it is called: the label in its corner, else its block in the grammar.
    pub title: String,
    /// The labels of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<MatrixRow<'t>>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct MatrixRow<'t> {
    /// The line of its label, from 1; that of its first figure where it prints none.
    pub line: u32,
    /// How many rows it is a part of.
    pub depth: usize,
    /// Its label, folded, without number.
    pub label: String,
    /// For each column what stands in it; behind the columns what stands in one cell with the label.
    pub cells: Vec<Option<MatrixFigure<'t>>>,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug)]
pub struct MatrixFigure<'t> {
    /// As printed.
    pub printed: Printed<'t>,
    /// Its place in [`crate::proof::Facts::all`]; `None` for a placeholder.
    pub fact: Option<u32>,
}

impl<'a> View<'a> {
    /// The money tables of a form (from 1), in the order of the document.
    pub fn matrices(&self, ordinal: u32) -> Vec<MatrixTable<'a>> {
        let Some(judged) = self.form(ordinal) else { return Vec::new() };
        let form = &judged.valued.form;
        let grammar = &self.grammars().forms[usize::from(form.grammar)];
        let mut memory = Memory::default();
        let names = Names::of(form, grammar, &self.context, &mut memory);
        let layout = Layout::new(judged, grammar, names, memory);
        let matrices = form
            .sections
            .iter()
            .enumerate()
            .filter(|(_, section)| grammar.blocks[usize::from(section.block)].kind == BlockKind::Matrix);
        matrices
            .map(|(at, section)| MatrixTable {
                line: section.columns.first().map(|header| header.label.line).unwrap_or_default(),
                title: match section.corner {
                    Some(corner) => name(corner.text, self.context.dialect).into_owned(),
                    None => grammar.blocks[usize::from(section.block)].id.clone(),
                },
                columns: layout.headers(at),
                rows: layout.rows(at as u32, section),
            })
            .map(|table| MatrixTable { line: table.line.max(first_line(&table)), ..table })
            .collect()
    }
}

/// Where a table without a header begins.
fn first_line(table: &MatrixTable<'_>) -> u32 {
    if table.line > 0 { 0 } else { table.rows.first().map_or(0, |row| row.line) }
}

struct Layout<'g, 't> {
    judged: &'t Judged<'t>,
    grammar: &'g Grammar,
    names: Names<'g>,
    /// Where the names are kept.
    memory: Memory,
    /// For each item, its figures: the place of the header, and the figure.
    figures: Vec<Vec<(Option<u32>, MatrixFigure<'t>)>>,
}

impl<'g, 't> Layout<'g, 't> {
    fn new(judged: &'t Judged<'t>, grammar: &'g Grammar, names: Names<'g>, memory: Memory) -> Self {
        let form = &judged.valued.form;
        let mut figures = vec![Vec::new(); form.items.len()];
        for (figure, fact) in form.figures.iter().zip(facts_of(judged)) {
            let found = MatrixFigure { printed: figure.printed, fact };
            figures[figure.item as usize].push((figure.header, found));
        }
        Layout { judged, grammar, names, memory, figures }
    }

    /// The names of a section's headers.
    fn headers(&self, section: usize) -> Vec<String> {
        self.names.headers(section).map(|header| self.memory.text(header).to_owned()).collect()
    }

    /// The rows of a section, each below the one it is a part of: forms print two lists side by side.
    fn rows(&self, section: u32, of: &Section<'_>) -> Vec<MatrixRow<'t>> {
        let items = &self.judged.valued.form.items;
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        let mut open = Vec::new();
        for (at, item) in items.iter().enumerate().rev().filter(|(_, item)| item.section == section) {
            match item.parent {
                Some(parent) => parts[parent as usize].push(at),
                None => open.push((at, 0)),
            }
        }
        let mut rows = Vec::new();
        while let Some((at, depth)) = open.pop() {
            rows.push(self.row(at, depth, &items[at], of));
            open.extend(parts[at].iter().map(|&part| (part, depth + 1)));
        }
        rows
    }

    fn row(&self, at: usize, depth: usize, item: &Item<'_>, section: &Section<'_>) -> MatrixRow<'t> {
        let mut cells: Vec<Option<MatrixFigure<'t>>> = vec![None; section.columns.len() + 1];
        for (header, figure) in &self.figures[at] {
            cells[header.map_or(section.columns.len(), |header| header as usize)] = Some(*figure);
        }
        self.add_points(item, section, &mut cells);
        let printed = cells.iter().flatten().map(|figure| figure.printed.line).min();
        MatrixRow {
            line: item.label.map(|label| label.line).or(printed).unwrap_or_default(),
            depth,
            label: self.memory.text(self.names.item(at).name).to_owned(),
            cells,
        }
    }

    /// The weight and score on a matrix's line are those of the form's execution line.
    fn add_points(&self, item: &Item<'_>, section: &Section<'_>, cells: &mut [Option<MatrixFigure<'t>>]) {
        let form = &self.judged.valued.form;
        let block = &self.grammar.blocks[usize::from(section.block)];
        let is_scored = item.row.is_some_and(|row| block.rows[usize::from(row)].scored.is_some());
        let execution = form.lines.iter().position(|line| line.execution).filter(|_| is_scored);
        let Some(at) = execution else { return };
        let (line, (weight, score)) = (form.lines[at], self.judged.facts.lines[at]);
        for (place, header) in section.columns.iter().enumerate() {
            let (printed, fact) = match block.columns[usize::from(header.column)].holds {
                Holds::Weight => (line.weight, weight),
                Holds::Score => (line.score, score),
                _ => continue,
            };
            cells[place] = printed.map(|printed| MatrixFigure { printed, fact });
        }
    }
}

/// For each of a form's printed figures, its fact; `None` for a placeholder, which is none.
pub(super) fn facts_of(judged: &Judged<'_>) -> Vec<Option<u32>> {
    let mut valued = judged.valued.figures.iter().zip(judged.facts.figures.clone()).peekable();
    let printed = judged.valued.form.figures.iter();
    printed
        .map(|figure| {
            let same = valued.next_if(|(value, _)| {
                (value.item, value.header) == (figure.item, figure.header)
                    && value.cell.printed == figure.printed
            });
            same.map(|(_, fact)| fact)
        })
        .collect()
}
