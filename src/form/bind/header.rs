//! Headers: the row that names a section's columns.

use super::storeys::Upper;
use super::{Binder, Open, Plan};
use crate::form::row::{Expected, Slot};
use crate::form::{Header, Printed, Section};
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{Block, BlockKind, Found, Holds, Kinds, Role, fold};
use std::rc::Rc;

impl<'g, 't> Binder<'_, 'g, 't> {
    /// The block whose header a row is: two of its columns, or one beside its corner label.
    pub(super) fn header_of(&self, row: &[Slot<'g>]) -> Option<u8> {
        // A bit for each block of which a cell has a label; where there are more than bits, some share one.
        let bit = |block: u8| 1_u64 << (block & 63);
        let heads = row.iter().filter(|slot| slot.sight.has(Kinds::COLUMN.or(Kinds::OPENS)));
        let met = heads.flat_map(|slot| slot.sight.roles()).fold(0, |met, role| match role {
            Role::Opens(block) | Role::Column { block, .. } => met | bit(*block),
            _ => met,
        });
        let blocks = (0..self.grammar.blocks.len() as u8).filter(|&block| met & bit(block) != 0);
        let scores = blocks.map(|block| {
            let columns = row.iter().filter(|slot| slot.sight.column_of(block).is_some()).count();
            let opens = row.iter().any(|slot| slot.sight.opens(block));
            let enough = columns >= 2 || (columns == 1 && opens);
            (if enough { columns * 2 + usize::from(opens) } else { 0 }, block)
        });
        scores
            .filter(|&(score, _)| score > 0)
            .max_by_key(|&(score, block)| (score, u8::MAX - block))
            .map(|(_, block)| block)
    }

    pub(super) fn bind_header(&mut self, block: u8, row: &[Slot<'g>]) -> bool {
        let findings = self.form.findings.len();
        if !self.bind_as_before(block, row) {
            self.bind_columns(block, row, &[]);
            self.remember_header(block, row, findings);
        }
        self.upper = Some(Upper { block, row: row.to_vec(), findings });
        true
    }

    /// Opens a section under a header; `above` are the labels that span columns of a header of two rows.
    pub(super) fn bind_columns(&mut self, block: u8, row: &[Slot<'g>], above: &[Option<Slot<'g>>]) {
        let mut columns: Vec<Header<'t>> = Vec::with_capacity(row.len());
        for (place, slot) in row.iter().enumerate() {
            let Some(label) = self.printed(row, place) else { continue };
            let spanned = above.get(place).copied().flatten();
            let both = spanned.and_then(|upper| self.column_of_both(upper, label, block));
            let own = slot.sight.column_of(block).zip(slot.sight.label);
            let exact = both.map(|(column, found, _)| (column, found)).or(own);
            let guessed = exact.is_none() && slot.sight.label.is_none();
            let guess = || guessed.then(|| self.guess_column(label, block)).flatten();
            let Some((column, found)) = exact.or_else(guess) else { continue };
            // The same label may head two columns of different years, but not two of one.
            if columns.iter().any(|header| header.column == column && header.year == found.year) {
                continue;
            }
            let above = both.map(|(_, _, above)| above);
            let (year, unit) = (found.year, found.unit);
            columns.push(Header { column, place, label, above, year, unit, guessed });
        }
        let holds = |header: &Header<'_>| {
            self.grammar.blocks[usize::from(block)].columns[usize::from(header.column)].holds
        };
        let is_figure = |header: &&Header<'_>| !matches!(holds(header), Holds::Item | Holds::Text(_));
        let is_matrix = self.grammar.blocks[usize::from(block)].kind == BlockKind::Matrix;
        let first = columns.iter().find(|header| !is_matrix || is_figure(header));
        let first = first.or(columns.first()).map_or(0, |header| header.place);
        let corner = (0..first).find(|&at| row[at].sight.opens(block));
        let unit = (0..first).find_map(|at| unit_of_corner(&row[at], block));
        let (corner, unit) = match corner {
            Some(corner) => (Some(corner), Some(unit)),
            None => self.guess_corner(block, &row[..first]).unzip(),
        };
        let unit = unit.flatten();
        let stated = self.stated.filter(|stated| stated.block == block && corner.is_none());
        let places: Vec<usize> = columns.iter().map(|header| header.place).collect();
        let rivals = self.rivals(block, row, corner, &places);
        // A label before the columns that nobody knows stands in the corner all the same.
        let unknown = rivals.iter().find(|(at, ..)| unit.is_none() && *at < first);
        let unknown = unknown.map(|(_, label, unit)| (*label, *unit));
        let unknown = unknown.or(stated.map(|stated| (stated.label, stated.unit)));
        let rival =
            rivals.iter().find(|(at, _, rival)| *at >= first || unit.is_some_and(|unit| unit != *rival));
        self.bind_beside_header(row, first, corner, &places);
        let is_passages = self.grammar.blocks[usize::from(block)].kind == BlockKind::Passages;
        let before = (0..first).find(|&at| is_passages && !row[at].sight.blank);
        let corner = corner.or(before).and_then(|at| self.printed(row, at));
        self.form.sections.push(Section {
            block,
            corner: corner.or(unknown.map(|(label, _)| label)),
            unit: unit.or(unknown.map(|(_, unit)| unit)),
            rival: rival.map(|(_, label, unit)| (*label, *unit)),
            columns,
        });
        let places_again = if self.may_repeat() { 1..row.len() } else { 0..0 };
        let repeated = places_again.filter(|&at| self.is_repeated(row, at)).collect();
        let last = places.last().copied().unwrap_or(first);
        let gaps =
            if is_matrix { (first..last).filter(|&at| row[at].sight.blank).collect() } else { Vec::new() };
        self.open_section(block, Some(row.len()), first, places, repeated, gaps);
    }

    /// The cells of a matrix's header that are no label and state a unit of money in brackets.
    fn rivals(
        &self,
        block: u8,
        row: &[Slot<'g>],
        corner: Option<usize>,
        bound: &[usize],
    ) -> Vec<(usize, Printed<'t>, MoneyUnit)> {
        if self.grammar.blocks[usize::from(block)].kind != BlockKind::Matrix {
            return Vec::new();
        }
        let others = (0..row.len()).filter(|at| Some(*at) != corner && !bound.contains(at));
        let stated = others.filter_map(|at| {
            let label = self.printed(row, at).filter(|_| row[at].sight.label.is_none())?;
            Some((at, label, self.unit_in_brackets(label.text)?))
        });
        stated.collect()
    }

    /// The unit of money in the brackets of a text.
    pub(super) fn unit_in_brackets(&self, text: &str) -> Option<MoneyUnit> {
        self.grammars.lexicon.unit_in(&text[text.find(['(', '（', '【'])?..])
    }

    /// The cell before a header's columns that is guessed to be the label in the block's corner, and the unit in it.
    fn guess_corner(&mut self, block: u8, row: &[Slot<'g>]) -> Option<(usize, Option<MoneyUnit>)> {
        let at = row.iter().position(|slot| !slot.sight.blank && slot.sight.label.is_none())?;
        let label = self.printed(row, at)?;
        let guess = self.rows.guess(label.text).filter(|guess| guess.found.opens(block))?;
        self.report_guess(label, &guess.meant);
        let cut = closes_alone(label.text).then(|| self.unit_cut(row, label)).flatten();
        Some((at, cut.unwrap_or(guess.found.unit)))
    }

    /// The unit in brackets whose beginning a dump has cut off into another cell of its row, `（万` and `元）`; within, none where the
    /// halves make no unit. None where no cell holds the other half.
    fn unit_cut(&self, row: &[Slot<'g>], label: Printed<'t>) -> Option<Option<MoneyUnit>> {
        let cells = || row.iter().map(|slot| self.grid.trimmed(&slot.cell));
        let begun = cells().find_map(opened_alone)?;
        let rest = label.text.rsplit(fold::is_space).next()?;
        Some(self.grammars.lexicon.unit_in(&format!("({begun}{rest}")))
    }

    /// The column of a block that a header's cell is guessed to name; never a weight or a score, which stand side by side.
    fn guess_column(&mut self, label: Printed<'t>, block: u8) -> Option<(u8, Found<'g>)> {
        let columns = &self.grammar.blocks[usize::from(block)].columns;
        let guess = self.rows.guess(label.text)?;
        let column = guess.found.column_of(block)?;
        if matches!(columns[usize::from(column)].holds, Holds::Weight | Holds::Score) {
            return None;
        }
        self.report_guess(label, &guess.meant);
        Some((column, guess.found))
    }

    /// What stands in a header's row without heading a column: fields before the first, and labels nobody knows.
    fn bind_beside_header(&mut self, row: &[Slot<'g>], first: usize, corner: Option<usize>, bound: &[usize]) {
        let beside = &row[..first];
        let has_field = beside.iter().any(|slot| slot.sight.has(Kinds::PAIR));
        if has_field {
            self.open = None;
            self.bind_pairs(beside);
        }
        let from = if has_field { first } else { 0 };
        for at in from..row.len() {
            if Some(at) == corner || bound.contains(&at) || self.is_repeated(row, at) {
                continue;
            }
            let known = row[at].sight.has(Kinds::OPENS.or(Kinds::ROW));
            if let Some(printed) = self.printed(row, at).filter(|_| !known) {
                self.misshapen(
                    printed,
                    "This header is not known to the grammar, so the cells under it are reported one by one; add it to \
                     the grammar's labels.",
                );
            }
        }
    }

    /// Opens the section pushed last; `width` is a full row's, where the section has a header to tell it, `headed` are the places
    /// of its columns, and `repeated` those that say again what stands before them.
    pub(super) fn open_section(
        &mut self,
        block: u8,
        width: Option<usize>,
        first: usize,
        headed: Vec<usize>,
        repeated: Vec<usize>,
        gaps: Vec<usize>,
    ) {
        let grammar = &self.grammar.blocks[usize::from(block)];
        let section = self.form.sections.len() as u32 - 1;
        let places = Places::of(&self.form.sections[section as usize], grammar);
        let mut expected = Expected {
            block: Some(block),
            width,
            kind: Some(grammar.kind),
            first,
            level2: places.level2.filter(|_| grammar.kind == BlockKind::ScoredLines),
            inline: grammar.inline.is_some(),
            ..Expected::default()
        };
        for header in &self.form.sections[section as usize].columns {
            expected.note(header.place, grammar.columns[usize::from(header.column)].holds);
        }
        let (kind, width) = (grammar.kind, width.unwrap_or(usize::MAX));
        let headed_bits = headed.iter().filter(|&&place| place < 64).fold(0, |bits, place| bits | 1 << place);
        let plan = Plan { headed, headed_bits, block, kind, width, first, places, repeated, gaps, expected };
        self.open_plan(Rc::new(plan));
    }

    /// Opens the section pushed last, with what its header says of its rows.
    pub(super) fn open_plan(&mut self, plan: Rc<Plan>) {
        let section = self.form.sections.len() as u32 - 1;
        // A header printed again at the top of a page goes on with the levels that hold.
        let (level1, level2) = match &self.open {
            Some(open)
                if open.block == plan.block
                    && plan.kind == BlockKind::ScoredLines
                    && Some(open.width) == plan.expected.width =>
            {
                (open.level1, open.level2)
            }
            _ => (None, None),
        };
        self.latest.clear();
        self.latest.resize(self.grammar.blocks[usize::from(plan.block)].rows.len(), None);
        let (last_row, shifted, settled, stands) = (None, false, None, None);
        self.open = Some(Open { section, plan, level1, level2, last_row, shifted, settled, stands });
    }
}

/// The places in a full row of the columns of scored lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub level1: Option<usize>,
    pub level2: Option<usize>,
    pub level3: Option<usize>,
    pub target: Option<usize>,
    pub target_op: Option<usize>,
    pub target_unit: Option<usize>,
    pub actual: Option<usize>,
    pub weight: Option<usize>,
    pub score: Option<usize>,
    pub reason: Option<usize>,
}

impl Places {
    fn of(section: &Section<'_>, block: &Block) -> Self {
        let mut places = Places::default();
        for header in &section.columns {
            let place = match block.columns[usize::from(header.column)].holds {
                Holds::Level1 => &mut places.level1,
                Holds::Level2 => &mut places.level2,
                Holds::Level3 => &mut places.level3,
                Holds::Target => &mut places.target,
                Holds::TargetOp => &mut places.target_op,
                Holds::TargetUnit => &mut places.target_unit,
                Holds::Actual => &mut places.actual,
                Holds::Weight => &mut places.weight,
                Holds::Score => &mut places.score,
                Holds::Reason => &mut places.reason,
                _ => continue,
            };
            place.get_or_insert(header.place);
        }
        places
    }
}

/// A label that opens a block and states its unit, and stands alone in the row above the block's header: its own cell was broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated<'t> {
    pub block: u8,
    pub label: Printed<'t>,
    pub unit: MoneyUnit,
}

impl<'t> Stated<'t> {
    /// That of a row whose only label is one.
    pub fn of(slot: &Slot<'_>, label: Printed<'t>) -> Option<Self> {
        let found = slot.sight.label?;
        Some(Stated { block: found.opened()?, label, unit: found.unit? })
    }
}

/// Whether a text ends with a bracket that never opened in it.
fn closes_alone(text: &str) -> bool {
    text.ends_with([')', '）']) && !text.contains(['(', '（'])
}

/// What stands behind the bracket in which a text ends, `（万`.
fn opened_alone(text: &str) -> Option<&str> {
    let (_, behind) = text.rsplit_once(['(', '（'])?;
    (!behind.contains([')', '）'])).then_some(behind)
}

/// The unit that a label in the corner of `block` states.
pub(super) fn unit_of_corner(slot: &Slot<'_>, block: u8) -> Option<MoneyUnit> {
    slot.sight.label.filter(|_| slot.sight.opens(block))?.unit
}
