//! What a label stands for that is printed apart from its value.

use super::entry::Entry;
use crate::dump::{Cell, Grid};
use crate::form::inline_fields;
use crate::grammar::{Grammar, Grammars, Role, fold};

/// What the grammar takes the labels in a cell for.
pub(super) fn entries(grid: &Grid<'_>, cell: &Cell, grammar: &Grammar, grammars: &Grammars) -> Vec<Entry> {
    let text = fold::trim(grid.text_of(cell));
    let entry =
        |what, block: Option<&str>, row: Option<&str>, column: Option<&str>, field: Option<&str>| Entry {
            what,
            block: block.map(str::to_owned),
            row: row.map(str::to_owned),
            column: column.map(str::to_owned),
            field: field.map(str::to_owned),
            line: cell.line + 1,
            line_last: cell.last_line + 1,
            raw: text.to_owned(),
            ..Entry::default()
        };
    if text.is_empty() || grammar.labels.too_long(text) {
        return Vec::new();
    }
    let key = fold::key(&fold::strip_marks(text));
    let Some(found) = grammar.labels.find(&key, &grammars.labelling, &grammars.lexicon) else {
        let fields = inline_fields(text, grammar, &grammars.labelling).into_iter();
        let blank = fields.filter(|(_, value)| value.is_empty());
        return blank
            .map(|(field, _)| entry("label without a value", None, None, None, Some(field.as_str())))
            .collect();
    };
    let block = |at: &u8| &grammar.blocks[usize::from(*at)];
    let roles = found.roles.iter().map(|role| match role {
        Role::Field(field) => entry("label of a field", None, None, None, Some(field.as_str())),
        Role::Text(text) => {
            entry("label of prose", None, None, None, Some(&grammar.texts[usize::from(*text)]))
        }
        Role::Opens(at) => entry("table label", Some(&block(at).id), None, None, None),
        Role::Column { block: at, column } => {
            let column = &block(at).columns[usize::from(*column)].id;
            entry("column header", Some(&block(at).id), None, Some(column), None)
        }
        Role::Row { block: at, row } => {
            let row = &block(at).rows[usize::from(*row)].code;
            entry("row label", Some(&block(at).id), Some(row), None, None)
        }
        Role::Total => entry("label of the totals", None, None, None, None),
        Role::Level1(_) => entry("first level", None, None, None, None),
        Role::Level2(_) => entry("second level", None, None, None, None),
    });
    roles.collect()
}
