//! The parts that a drafted grammar takes in: what several forms have alike need not be drafted.

use super::plan::{BlockPlan, Plan};
use super::specimen::Specimen;
use crate::grammar::{Grammar, Grammars, Role, fold};

/// The parts at hand, and which of them the forms use.
pub(super) struct Parts<'g> {
    grammars: &'g Grammars,
    used: Vec<(String, Grammar)>,
}

impl<'g> Parts<'g> {
    /// Of all `parts` those with a label of a field or text in the forms, or with the very columns of one of their tables.
    pub fn met(
        parts: Vec<(String, Grammar)>,
        plan: &Plan,
        specimens: &[&Specimen],
        grammars: &'g Grammars,
    ) -> Self {
        let used = parts.into_iter().filter(|(_, part)| {
            if part.blocks.is_empty() {
                let texts = specimens.iter().flat_map(|specimen| &specimen.rows).flat_map(|row| row.filled());
                texts
                    .into_iter()
                    .any(|(_, piece)| is_pair(part, &piece.text, grammars) || names(part, &piece.text))
            } else {
                plan.blocks.iter().any(|block| has_columns(part, block, grammars))
            }
        });
        Parts { grammars, used: used.collect() }
    }

    /// Their names.
    pub fn used(&self) -> Vec<&str> {
        self.used.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Whether a part says what a label with a value beside it is.
    pub fn has_pair(&self, label: &str) -> bool {
        self.used.iter().any(|(_, part)| is_pair(part, label, self.grammars))
    }

    /// Whether a part has a table with this label in its corner.
    pub fn has_corner(&self, label: &str) -> bool {
        let opens = |role: &Role| matches!(role, Role::Opens(_));
        self.used.iter().any(|(_, part)| {
            part.label(label, self.grammars).is_some_and(|found| found.roles.iter().any(opens))
        })
    }

    /// Whether a part has a table with these columns.
    pub fn has_block(&self, block: &BlockPlan) -> bool {
        self.used.iter().any(|(_, part)| has_columns(part, block, self.grammars))
    }

    /// Whether a line is one that a part reads or passes over.
    pub fn mention(&self, line: &str) -> bool {
        self.used.iter().any(|(_, part)| names(part, line) || part.is_boilerplate(line))
    }
}

fn is_pair(part: &Grammar, label: &str, grammars: &Grammars) -> bool {
    let pair = |role: &Role| matches!(role, Role::Field(_) | Role::Text(_));
    part.label(label, grammars).is_some_and(|found| found.roles.iter().any(pair))
}

/// Whether a field's label with a colon behind it stands in a line.
fn names(part: &Grammar, line: &str) -> bool {
    let key = fold::key(line);
    part.inline.find(&key).any(|(_, at)| key[at.end..].starts_with([':', '(']))
}

/// Whether each column of a block is one of one block of the part.
fn has_columns(part: &Grammar, block: &BlockPlan, grammars: &Grammars) -> bool {
    (0..part.blocks.len()).any(|at| {
        let in_part = |label: &String| {
            let column =
                |role: &Role| matches!(role, Role::Column { block, .. } if usize::from(*block) == at);
            part.label(label, grammars).is_some_and(|found| found.roles.iter().any(column))
        };
        part.blocks[at].kind == block.kind
            && block.columns.iter().all(|column| column.labels.iter().all(in_part))
    })
}
