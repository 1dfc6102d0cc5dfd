//! Which labels of a grammar the lines of a form print, and which lines print something else.

use super::Missing;
use crate::dump::{Grid, Opens};
use crate::form::Claim;
use crate::grammar::{Grammar, Grammars, Role, fold};
use crate::pipeline::Converted;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The roles that were met, as they are named.
#[derive(Default)]
pub(super) struct Met(Vec<Role>);

impl Met {
    /// Notes the labels on the lines (from 1) of a form.
    pub fn lines(
        &mut self,
        grid: &Grid<'_>,
        grammars: &Grammars,
        grammar: &Grammar,
        lines: RangeInclusive<u32>,
    ) {
        for cell in grid.cells.iter().filter(|cell| lines.contains(&(cell.line + 1))) {
            let key = fold::key(&fold::strip_marks(grid.text_of(cell)));
            let found = key.match_indices(':').map(|(colon, _)| &key[..colon]).chain([key.as_str()]);
            let found =
                found.filter_map(|key| grammar.labels.find(key, &grammars.labelling, &grammars.lexicon));
            let mut roles: Vec<Role> = found.flat_map(|found| found.roles).copied().collect();
            roles.extend(grammar.inline.find(&key).map(|(field, _)| Role::Field(field)));
            for role in roles {
                if !self.0.contains(&role) {
                    self.0.push(role);
                }
            }
        }
    }

    /// What the grammar has labels for that were not met.
    pub fn missing(&self, grammar: &Grammar) -> Vec<Missing> {
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (label, roles) in grammar.labels.iter() {
            for role in roles.iter().filter(|role| !self.0.contains(role)) {
                missing.entry(name(role, grammar)).or_default().push(label.to_owned());
            }
        }
        let sorted = |(what, mut labels): (String, Vec<String>)| {
            labels.sort();
            Missing { what, labels }
        };
        missing.into_iter().map(sorted).collect()
    }
}

/// What a grammar has a printed label for, where it has it.
pub(super) fn roles(label: &str, grammar: &Grammar, grammars: &Grammars) -> Option<String> {
    let found = grammar.label(label, grammars)?;
    let names: Vec<String> = found.roles.iter().map(|role| name(role, grammar)).collect();
    Some(names.join(", "))
}

/// What a role is called.
fn name(role: &Role, grammar: &Grammar) -> String {
    let block = |at: u8| &grammar.blocks[usize::from(at)];
    match *role {
        Role::Field(field) => format!("field {}", field.as_str()),
        Role::Text(text) => format!("text {}", grammar.texts[usize::from(text)]),
        Role::Opens(at) => format!("corner of {}", block(at).id),
        Role::Column { block: at, column } => {
            format!("column {} of {}", block(at).columns[usize::from(column)].id, block(at).id)
        }
        Role::Row { block: at, row } => {
            format!("row {} of {}", block(at).rows[usize::from(row)].code, block(at).id)
        }
        Role::Total => "total".to_owned(),
        Role::Level1(at) => format!("first level {}", grammar.levels[usize::from(at)].name),
        Role::Level2(_) => "second level".to_owned(),
    }
}

/// What stands where a label does on lines that no form claims: the first words of a row, and what stands before a colon.
pub(super) fn open_labels(
    grid: &Grid<'_>,
    converted: &Converted<'_>,
    lines: RangeInclusive<u32>,
) -> Vec<(String, u32)> {
    if converted.lines_unclaimed == 0 {
        return Vec::new();
    }
    let open = |line: u32| converted.ledger.claim_of(line as usize) == Claim::Open;
    let mut found = Vec::new();
    for (at, cell) in grid.cells.iter().enumerate() {
        if !lines.contains(&(cell.line + 1)) || !open(cell.line) || cell.opens == Opens::Next {
            continue;
        }
        let text = fold::name(grid.text_of(cell));
        let before = text.split([':', '：']).next().unwrap_or_default();
        let next = grid.cells.get(at + 1).is_some_and(|next| next.opens == Opens::Next);
        if (before.len() < text.len() || next) && !before.is_empty() {
            found.push((before.to_owned(), cell.line + 1));
        }
    }
    found
}
