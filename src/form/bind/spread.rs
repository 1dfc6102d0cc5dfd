//! Tables whose rows are printed side by side: a header of two or three rows names the measures, below each of them all lines of
//! the block, and below a line its own parts; under it stands one row of figures.
//!
//! The labels follow each other alike in every dialect, whatever became of the cells of merges, so that the header is read
//! as a sequence.

use super::Binder;
use super::Claim;
use crate::dump::Opens;
use crate::form::row::Slot;
use crate::form::{Figure, Header, Printed, Section};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{Holds, fold};

/// Measures that stand side by side at most.
const MOST_MEASURES: usize = 4;

/// Labels of such a header at most: each line, once a measure and once more where a page repeats it.
const MOST_LABELS: usize = 96;

/// Lines that a measure is divided into at least: fewer are no table.
const FEWEST_LINES: usize = 3;

/// A label of the header: the cell it stands in, and what it is.
#[derive(Clone, Copy, Debug)]
struct Named<T> {
    at: usize,
    is: T,
}

/// A header whose columns are the lines of a block.
#[derive(Debug)]
struct Spread {
    block: u8,
    /// The columns of money, from the left.
    measures: Vec<Named<u8>>,
    /// The lines under each of them; none where the header does not say which.
    lines: Vec<Named<u16>>,
    /// The first cell behind the header.
    end: usize,
}

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Binds a header that names the lines of a block, and the row of figures under it; false where the next cells are none.
    pub(super) fn bind_spread(&mut self) -> bool {
        let blocks = 0..self.grammar.blocks.len() as u8;
        let mut spread = blocks.filter(|&block| self.grammar.blocks[usize::from(block)].spread);
        let from = self.rows.place();
        let Some(header) = spread.find_map(|block| self.spread_header(block, from)) else { return false };
        let cells = self.rows.cells;
        let Some((begin, first)) = self.spread_row(&header) else {
            // Its labels are no figures all the same.
            self.open = None;
            self.upper = None;
            self.claim_row(&cells[from..header.end], Some(Claim::Label));
            self.rows.skip(header.end - from);
            return true;
        };
        let end = first + header.measures.len() * header.lines.len();
        let columns = header.measures.iter().enumerate().filter_map(|(nth, measure)| {
            let (label, found) = (self.printed_at(measure.at, from)?, cells[measure.at].sight.label?);
            let place = nth * header.lines.len();
            let (year, unit) = (found.year, found.unit);
            Some(Header { column: measure.is, place, label, above: None, year, unit, guessed: false })
        });
        let columns: Vec<Header<'t>> = columns.collect();
        if columns.len() < header.measures.len() {
            return false;
        }
        let block = header.block;
        self.form.sections.push(Section { block, corner: None, unit: None, rival: None, columns });
        self.open_section(block, None, 0, Vec::new(), Vec::new(), Vec::new());
        self.bind_spread_figures(&header, (begin, first), from);
        self.open = None;
        self.upper = None;
        self.claim_row(&cells[from..begin], Some(Claim::Label));
        self.claim_row(&cells[begin..end], None);
        self.rows.skip(end - from);
        true
    }

    /// The figures of the row that begins at `begin` and has its first figure at `first`, each on the line and in the column
    /// that the header has for it.
    fn bind_spread_figures(&mut self, header: &Spread, (begin, first): (usize, usize), from: usize) {
        let cells = self.rows.cells;
        for (nth, line) in header.lines.iter().enumerate() {
            let Some(open) = self.open.clone() else { return };
            let label = self.printed_at(line.at, from);
            let item = self.push_item(&open, Some(line.is), label, cells[line.at].sight.label);
            for measure in 0..header.measures.len() {
                let at = first + measure * header.lines.len() + nth;
                if let Some(printed) = self.printed_at(at, begin) {
                    self.form.figures.push(Figure { item, header: Some(measure as u32), printed });
                }
            }
        }
    }

    /// What is printed in a cell of the form, in the row that begins at or behind `floor`.
    fn printed_at(&self, at: usize, floor: usize) -> Option<Printed<'t>> {
        let cells = self.rows.cells;
        let begin = (floor..=at).rev().find(|&at| cells[at].cell.opens != Opens::Next).unwrap_or(floor);
        self.printed(&cells[begin..=at], at - begin)
    }

    /// A header at a cell of the form that has all lines of the block under each of several columns of money.
    fn spread_header(&self, block: u8, from: usize) -> Option<Spread> {
        let cells = self.rows.cells;
        let table = &self.grammar.blocks[usize::from(block)];
        let column = |slot: &Slot<'g>| {
            let column = slot.sight.column_of(block)?;
            matches!(table.columns[usize::from(column)].holds, Holds::Money(_)).then_some(column)
        };
        let first = cells.get(from).filter(|slot| slot.cell.opens != Opens::Body)?;
        // Nearly every row is told by its first cell.
        if !first.sight.blank && column(first).is_none() {
            return None;
        }
        let mut filled = (from..cells.len()).filter(|&at| !cells[at].sight.blank).peekable();
        let mut measures: Vec<Named<u8>> = Vec::new();
        while let Some((at, is)) = filled.peek().and_then(|&at| Some((at, column(&cells[at])?))) {
            filled.next();
            let again = measures.last().is_some_and(|last| self.same_text(last.at, at));
            if !again {
                measures.push(Named { at, is });
            }
            if measures.len() > MOST_MEASURES {
                return None;
            }
        }
        if measures.len() < 2 {
            return None;
        }
        let mut labels: Vec<Named<u16>> = Vec::new();
        while let Some((at, is)) = filled.peek().and_then(|&at| Some((at, cells[at].sight.row_of(block)?))) {
            filled.next();
            let again = labels.last().is_some_and(|last| self.same_text(last.at, at));
            if !again && labels.len() < MOST_LABELS {
                labels.push(Named { at, is });
            }
        }
        // In other tables figures, or blanks, stand behind a label.
        let behind = labels.get(1).filter(|second| second.at == labels[0].at + 1)?;
        let beside = cells[behind.at].cell.opens == Opens::Next;
        // Where rows are lost, nothing but the lines that come again says so.
        let streamed = self.grid.dialect.loses_rows();
        let lines = self.spread_lines(block, measures.len(), &labels).filter(|_| beside || streamed);
        let lines = lines.or_else(|| beside.then(Vec::new))?;
        let end = labels.last()?.at + 1;
        Some(Spread { block, end: self.behind_numbers(end, measures.len() * lines.len()), measures, lines })
    }

    fn same_text(&self, one: usize, other: usize) -> bool {
        let text = |at: usize| fold::name(self.grid.trimmed(&self.rows.cells[at].cell));
        text(one) == text(other)
    }

    /// The lines under each of `times` columns, by the labels of the header's other rows: first all lines, as often as there are
    /// columns, then the parts of one of them, or all again with the parts in its place.
    fn spread_lines(&self, block: u8, times: usize, labels: &[Named<u16>]) -> Option<Vec<Named<u16>>> {
        let rows = &self.grammar.blocks[usize::from(block)].rows;
        let first = labels.first()?.is;
        let period = 1 + labels.iter().skip(1).position(|label| label.is == first)?;
        let upper = labels.get(..period * times).filter(|_| period >= FEWEST_LINES)?;
        let same = |one: &[Named<u16>], other: &[Named<u16>]| {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.is == b.is)
        };
        if !upper.chunks(period).all(|chunk| same(chunk, &upper[..period])) {
            return None;
        }
        let (upper, rest) = (&upper[..period], &labels[period * times..]);
        if rest.is_empty() {
            return Some(upper.to_vec());
        }
        let length = Some(rest.len() / times).filter(|length| length * times == rest.len())?;
        let lower = &rest[..length];
        if !rest.chunks(length).all(|chunk| same(chunk, lower)) {
            return None;
        }
        // Where cells merged downwards are repeated, the last row has every line.
        let spanning = |at: usize| {
            let whole = length + 1 > period && same(&lower[..at], &upper[..at]);
            let behind = period - at - 1;
            let tail = whole && same(&lower[length - behind.min(length)..], &upper[at + 1..]);
            let parts = if tail && at + behind < length { &lower[at..length - behind] } else { lower };
            let within = |label: &Named<u16>| rows[usize::from(label.is)].within == Some(upper[at].is);
            // A sum of the parts may stand in front of them, as a line called a sum.
            let sum = parts.first().filter(|label| !within(label)).map(|_| upper[at]);
            let parts = &parts[usize::from(sum.is_some())..];
            (parts.len() > 1 && parts.iter().all(within)).then(|| {
                let own = sum.into_iter().chain(parts.iter().copied());
                upper[..at].iter().copied().chain(own).chain(upper[at + 1..].iter().copied()).collect()
            })
        };
        (0..period).find_map(spanning)
    }

    /// The first cell behind a row that numbers the columns from 1, or the cell given where there is none.
    fn behind_numbers(&self, from: usize, columns: usize) -> usize {
        let cells = self.rows.cells;
        if columns == 0 {
            return from;
        }
        let text = |at: usize| self.grid.trimmed(&cells[at].cell);
        let filled = || (from..cells.len()).filter(|&at| !cells[at].sight.blank);
        // A word for what the numbers are may stand before them.
        for lead in 0..2 {
            let mut numbers = filled().skip(lead).take(columns);
            let counts = (1..=columns).all(|n| numbers.next().is_some_and(|at| is_number(text(at), n)));
            if counts {
                return filled().nth(lead + columns - 1).map_or(from, |last| last + 1);
            }
        }
        from
    }

    /// Where the row under a header begins, and the cell of its first figure; `None` where it does not hold a figure or a
    /// blank for each column.
    fn spread_row(&self, header: &Spread) -> Option<(usize, usize)> {
        let cells = self.rows.cells;
        if header.lines.is_empty() {
            return None;
        }
        let first = (header.end..cells.len()).find(|&at| !cells[at].sight.blank)?;
        let begin =
            (header.end..=first).rev().find(|&at| cells[at].cell.opens == Opens::Row).unwrap_or(first);
        let end = first + header.measures.len() * header.lines.len();
        let row = cells.get(first..end)?;
        let lexicon = &self.grammars.lexicon;
        let fits = |slot: &Slot<'g>| {
            let text = self.grid.trimmed(&slot.cell);
            slot.cell.opens != Opens::Body && (self.is_sum(text) || is_placeholder(text, lexicon))
        };
        // Blank cells are counted on only where the row is one to the dump.
        let whole = || row[1..].iter().all(|slot| slot.cell.opens == Opens::Next);
        // In a stream that has another figure, the row is not this one.
        let over = cells.get(end).filter(|_| self.grid.dialect.loses_rows());
        if over.is_some_and(|slot| slot.cell.opens != Opens::Body && fits(slot) && !slot.sight.blank) {
            return None;
        }
        let filled = row.iter().all(|slot| !slot.sight.blank);
        (row.iter().all(fits) && (filled || whole())).then_some((begin, first))
    }
}

/// Whether a cell is blank, or says that nothing is there.
fn is_placeholder(text: &str, lexicon: &Lexicon) -> bool {
    text.chars().all(|c| lexicon.placeholder_marks.has(c)) || lexicon.placeholder_words.whole(text).is_some()
}

/// Whether a text is the number `n`, as it stands over a column.
fn is_number(text: &str, n: usize) -> bool {
    text.len() <= 9 && fold::name(text).trim_matches(['(', ')']).parse() == Ok(n)
}
