//! Headers that come again from form to form of a document: one whose every cell is the label it was binds as it did.

use super::{Binder, Plan};
use crate::form::row::Slot;
use crate::form::{Header, Section};
use crate::grammar::vocabulary::MoneyUnit;
use crate::grammar::{Found, Kinds};
use std::rc::Rc;

/// Headers that are remembered: of the forms of a document there are a few kinds, each with a few tables.
const KEPT: usize = 32;

/// The headers that were bound in a document and that nothing but their labels decides.
#[derive(Default)]
pub(in crate::form) struct Recurring<'g> {
    all: Vec<Bound<'g>>,
}

/// What a header was bound to.
struct Bound<'g> {
    grammar: u16,
    block: u8,
    /// What each of its cells is; `None` for a blank one.
    cells: Vec<Option<Found<'g>>>,
    columns: Vec<Column>,
    /// The place of the label in its corner, and the unit in that.
    corner: Option<usize>,
    unit: Option<MoneyUnit>,
    plan: Rc<Plan>,
}

/// A column of one, but for what is printed.
struct Column {
    column: u8,
    place: usize,
    year: Option<i32>,
    unit: Option<MoneyUnit>,
}

impl<'g> Bound<'g> {
    fn is_of(&self, grammar: u16, block: u8, row: &[Slot<'g>]) -> bool {
        (self.grammar, self.block, self.cells.len()) == (grammar, block, row.len())
            && self.cells.iter().zip(row).all(|(known, slot)| match (known, &slot.sight.label) {
                (Some(known), Some(label)) => is_same(known, label),
                (None, None) => slot.sight.blank,
                _ => false,
            })
    }
}

/// Whether two labels are the same one of the grammar, and say the same beside it.
fn is_same(a: &Found<'_>, b: &Found<'_>) -> bool {
    std::ptr::eq(a.roles, b.roles) && (a.unit, a.year) == (b.unit, b.year)
}

/// Whether nothing but labels decides what a header is: every cell that holds something is one, and none before the column at
/// `first` is a field's.
fn is_of_labels(row: &[Slot<'_>], first: usize) -> bool {
    row.iter().all(|slot| slot.sight.blank || slot.sight.label.is_some())
        && !row.iter().take(first).any(|slot| slot.sight.has(Kinds::PAIR))
}

impl<'g, 't> Binder<'_, 'g, 't> {
    /// Binds a header as one like it was bound; false where there was none.
    pub(super) fn bind_as_before(&mut self, block: u8, row: &[Slot<'g>]) -> bool {
        let grammar = self.form.grammar;
        let known = self.recurring.all.iter().find(|known| known.is_of(grammar, block, row));
        let Some(known) = known.filter(|_| self.stated.is_none()) else { return false };
        let header = |known: &Column| {
            let &Column { column, place, year, unit } = known;
            let label = self.printed(row, place)?;
            Some(Header { column, place, label, above: None, year, unit, guessed: false })
        };
        let mut columns = Vec::with_capacity(known.columns.len());
        columns.extend(known.columns.iter().filter_map(header));
        let corner = known.corner.and_then(|at| self.printed(row, at));
        let (unit, plan) = (known.unit, Rc::clone(&known.plan));
        self.form.sections.push(Section { block, corner, unit, rival: None, columns });
        self.open_plan(plan);
        true
    }

    /// Remembers how a header was bound just now, which left `findings` of the form as many as they were, if it is one that nothing but
    /// its labels decides.
    pub(super) fn remember_header(&mut self, block: u8, row: &[Slot<'g>], findings: usize) {
        let told = self.form.findings.len() > findings;
        let (Some(section), Some(open)) = (self.form.sections.last(), &self.open) else { return };
        // Where merged cells may be repeated, what is printed counts as well.
        let by_print = told || self.stated.is_some() || self.may_repeat();
        if by_print || self.recurring.all.len() == KEPT || !is_of_labels(row, open.first) {
            return;
        }
        let column = |header: &Header<'_>| {
            let &Header { column, place, year, unit, .. } = header;
            Column { column, place, year, unit }
        };
        self.recurring.all.push(Bound {
            grammar: self.form.grammar,
            block,
            cells: row.iter().map(|slot| slot.sight.label).collect(),
            columns: section.columns.iter().map(column).collect(),
            corner: section.corner.map(|corner| corner.cell as usize - 1),
            unit: section.unit,
            plan: Rc::clone(&open.plan),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::dump::{self, Dialect};
    use crate::form;
    use crate::grammar::Grammars;
    use crate::source::Kept;

    /// A form with tables under headers of two kinds.
    const FORM: &str = include_str!("../../../samples/department-base-data-sound.txt");

    /// What each table's header of the forms of a dump was bound to, but for its lines.
    fn headers(text: &str, grammars: &Grammars) -> Vec<String> {
        let kept = Kept::default();
        let grid = dump::read(text, Dialect::CellLines, &kept);
        let forms = form::read(&grid, grammars).forms;
        let header = |section: &form::Section<'_>| {
            let columns = section.columns.iter().map(|header| {
                let form::Header { column, place, label, year, unit, guessed, .. } = header;
                format!("{column} at {place}: {} in {}, {year:?} {unit:?} {guessed}", label.text, label.cell)
            });
            let corner = section.corner.map(|corner| (corner.text, corner.cell));
            let rival = section.rival.map(|(_, unit)| unit);
            let columns: Vec<String> = columns.collect();
            format!("{} {corner:?} {:?} {rival:?} {columns:?}", section.block, section.unit)
        };
        forms.iter().flat_map(|form| &form.sections).map(header).collect()
    }

    /// Years, units and cells that differ tell headers apart.
    #[test]
    fn headers_bind_in_a_document_of_many_forms_as_they_do_alone() {
        let grammars = Grammars::built_in().unwrap();
        let other_year = FORM.replace("2021年", "2018年").replace("2022年", "2019年");
        let with_units = FORM.replace("数\n", "数（元）\n");
        let wider = FORM.replace("率\n", "率\n\t\n");
        let forms = [FORM, &other_year, FORM, &with_units, &other_year, &wider, FORM, &with_units];
        let alone: Vec<String> = forms.iter().flat_map(|text| headers(text, &grammars)).collect();
        assert_eq!(headers(&forms.join("\n\n"), &grammars), alone);
        let told: std::collections::BTreeSet<&String> = alone.iter().collect();
        assert!(told.len() >= 6 && told.len() < alone.len(), "{told:#?}");
    }
}
