//! Headers: the row that names a section's columns.

use super::{Binder, Open};
use crate::form::row::{Expected, Slot};
use crate::form::{Header, Section};
use crate::grammar::{Block, BlockKind, Holds, Kinds, Role};

impl<'g> Binder<'_, 'g, '_> {
    /// The block whose header a row is: two of its columns, or one beside its corner label.
    pub(super) fn header_of(&self, row: &[Slot<'g>]) -> Option<u8> {
        if !row.iter().any(|slot| slot.sight.has(Kinds::COLUMN)) {
            return None;
        }
        let blocks = 0..self.grammar.blocks.len() as u8;
        let scores = blocks.map(|block| {
            let columns = row.iter().filter(|slot| column_of(slot, block).is_some()).count();
            let opens = row.iter().any(|slot| slot.sight.is(|role| *role == Role::Opens(block)));
            let enough = columns >= 2 || (columns == 1 && opens);
            (if enough { columns * 2 + usize::from(opens) } else { 0 }, block)
        });
        scores
            .filter(|&(score, _)| score > 0)
            .max_by_key(|&(score, block)| (score, u8::MAX - block))
            .map(|(_, block)| block)
    }

    pub(super) fn bind_header(&mut self, block: u8, row: &[Slot<'g>]) -> bool {
        let mut columns: Vec<Header<'_>> = Vec::with_capacity(row.len());
        for (place, slot) in row.iter().enumerate() {
            let Some(column) = column_of(slot, block) else { continue };
            let Some(label) = self.printed(row, place) else { continue };
            let found = slot.sight.label.as_ref();
            let year = found.and_then(|found| found.year);
            // The same label may head two columns of different years, but not two of one.
            if columns.iter().any(|header| header.column == column && header.year == year) {
                continue;
            }
            let unit = found.and_then(|found| found.unit);
            columns.push(Header { column, place, label, year, unit });
        }
        let first = columns.first().map_or(0, |header| header.place);
        let corner = (0..first).find(|&at| row[at].sight.is(|role| *role == Role::Opens(block)));
        self.bind_beside_header(
            row,
            first,
            corner,
            &columns.iter().map(|header| header.place).collect::<Vec<_>>(),
        );
        self.form.sections.push(Section {
            block,
            corner: corner.and_then(|at| self.printed(row, at)),
            unit: corner.and_then(|at| row[at].sight.label).and_then(|label| label.unit),
            columns,
        });
        let repeated = (1..row.len()).filter(|&at| self.is_repeated(row, at)).collect();
        self.open_section(block, row.len(), first);
        if let Some(open) = &mut self.open {
            open.repeated = repeated;
        }
        true
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

    fn open_section(&mut self, block: u8, width: usize, first: usize) {
        let grammar = &self.grammar.blocks[usize::from(block)];
        let section = self.form.sections.len() as u32 - 1;
        let places = Places::of(&self.form.sections[section as usize], grammar);
        let mut expected = Expected {
            block: Some(block),
            width: Some(width),
            kind: Some(grammar.kind),
            first,
            level2: places.level2.filter(|_| grammar.kind == BlockKind::ScoredLines),
            inline: grammar.inline.is_some(),
            ..Expected::default()
        };
        for header in &self.form.sections[section as usize].columns {
            expected.note(header.place, grammar.columns[usize::from(header.column)].holds);
        }
        self.latest.clear();
        self.latest.resize(grammar.rows.len(), None);
        self.open = Some(Open {
            section,
            block,
            kind: grammar.kind,
            width,
            first,
            places,
            level1: None,
            level2: None,
            last_row: None,
            shifted: false,
            repeated: Vec::new(),
            expected,
        });
    }
}

/// The places in a full row of the columns of scored lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub level1: Option<usize>,
    pub level2: Option<usize>,
    pub level3: Option<usize>,
    pub target: Option<usize>,
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

/// The column of `block` that a slot heads.
fn column_of(slot: &Slot<'_>, block: u8) -> Option<u8> {
    slot.sight.roles().iter().find_map(|role| match role {
        Role::Column { block: b, column } if *b == block => Some(*column),
        _ => None,
    })
}
