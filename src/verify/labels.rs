//! What printed labels mean by the grammar, and whether codes, measures and years are theirs.

use super::form::FormRows;
use super::report::{Check, Sink};
use super::rows::{Amount, Measure};
use crate::grammar::{Block, Found, Grammars, Holds, Role, fold};

/// A label of the form's grammar.
pub(super) fn label<'g>(form: &FormRows<'g>, grammars: &Grammars, text: &str) -> Option<Found<'g>> {
    let key = fold::key(&fold::strip_marks(text));
    let exact = form.grammar.labels.find(&key, &grammars.labelling, &grammars.lexicon);
    exact.or_else(|| {
        let meant = guessed(form, text, grammars)?;
        form.grammar.labels.find(&meant, &grammars.labelling, &grammars.lexicon)
    })
}

/// The label that a finding says a text is printed for, where the two are that near.
pub(super) fn guessed(form: &FormRows<'_>, text: &str, grammars: &Grammars) -> Option<String> {
    let own = fold::name(text);
    let bare = |text: &str| {
        let lead = grammars.labelling.strip_lead(text);
        lead.strip_suffix(':').unwrap_or(lead).to_owned()
    };
    form.guessed.labels().find_map(|(raw, meant)| {
        let same = raw == own || bare(raw) == bare(&own);
        (same && (is_near(&bare(raw), meant) || is_near(raw, meant))).then(|| meant.to_owned())
    })
}

/// Whether the label of a figure's line or column had to be guessed. A line that is called as its block is, is known by its
/// columns.
pub(super) fn is_guessed(
    form: &FormRows<'_>,
    (line, at): (&str, i32),
    column: Option<&str>,
    grammars: &Grammars,
) -> bool {
    let is = |text: &str| {
        let key = fold::key(&fold::strip_marks(text));
        let exact = form.grammar.labels.find(&key, &grammars.labelling, &grammars.lexicon);
        exact.is_none() && guessed(form, text, grammars).is_some()
    };
    let is_row = |text: &str| {
        let found = label(form, grammars, text);
        found.is_some_and(|found| found.roles.iter().any(|role| matches!(role, Role::Row { .. })))
    };
    let is_meant = || form.guessed.is_meant(line, at, &grammars.labelling);
    form.guessed.is_any() && (((is(line) || is_meant()) && is_row(line)) || column.is_some_and(is))
}

/// Whether a text is a label with one character missing or another in its place; brackets behind it do not count.
fn is_near(text: &str, label: &str) -> bool {
    let (text, label): (Vec<char>, Vec<char>) = (text.chars().collect(), label.chars().collect());
    let same = text.iter().zip(&label).take_while(|(a, b)| a == b).count();
    let (rest, whole) = (&text[same..], &label[same..]);
    let bracketed = |rest: &[char]| rest.is_empty() || (rest[0] == '(' && rest.last() == Some(&')'));
    let missing = !whole.is_empty() && rest.starts_with(&whole[1..]) && bracketed(&rest[whole.len() - 1..]);
    let other = !whole.is_empty()
        && rest.len() >= whole.len()
        && rest[1..whole.len()] == whole[1..]
        && bracketed(&rest[whole.len()..]);
    missing || other
}

/// A column that a label heads: its block, what it holds, its name, and the year of its figures.
struct Headed<'g> {
    block: u8,
    holds: Holds,
    id: &'g str,
    year: Option<i32>,
}

fn headed<'g>(form: &FormRows<'g>, grammars: &Grammars, text: &str) -> Vec<Headed<'g>> {
    let Some(found) = label(form, grammars, text) else { return Vec::new() };
    let columns = found.roles.iter().filter_map(|role| match role {
        Role::Column { block, column } => {
            let column = &form.grammar.blocks[usize::from(*block)].columns[usize::from(*column)];
            let year = found.year.or(form.row.year.map(|year| year + column.year_offset));
            Some(Headed { block: *block, holds: column.holds, id: &column.id, year })
        }
        _ => None,
    });
    columns.collect()
}

/// Checks the labels of a sum.
pub(super) fn amount(form: &FormRows<'_>, row: &Amount, grammars: &Grammars, sink: &mut Sink) {
    let at = form.at("amounts", row.line);
    let path = row.item_path.strip_suffix(row.item.as_str());
    sink.demand(path.is_some_and(|lead| lead.is_empty() || lead.ends_with(" / ")), Check::Label, at, || {
        format!("the path `{}` does not end with the item `{}`", row.item_path, row.item)
    });
    let columns = match &row.measure_label {
        Some(text) => headed(form, grammars, text),
        None => inline(form),
    };
    let money = |column: &&Headed<'_>| {
        let Holds::Money(measure) = column.holds else { return false };
        measure.as_str() == row.measure && column.year == row.amount_year
    };
    let fitting: Vec<u8> = columns.iter().filter(money).map(|column| column.block).collect();
    sink.demand(!fitting.is_empty(), Check::Label, at, || {
        let (year, label) = (row.amount_year, row.measure_label.as_deref().unwrap_or("no label"));
        format!("{} of {year:?} is not what a column under `{label}` holds", row.measure)
    });
    // A sum and its label in one cell stand in the block whose cells are read so.
    sink.demand(
        code_fits(form, row.item_code.as_deref(), &row.item, &fitting, grammars),
        Check::Label,
        at,
        || format!("`{}` is not the line {:?} of the grammar", row.item, row.item_code),
    );
}

/// The columns that sums in one cell with their labels stand in: none printed, of the form's own year.
fn inline<'g>(form: &FormRows<'g>) -> Vec<Headed<'g>> {
    let blocks = form.grammar.blocks.iter().enumerate();
    let inline = blocks.filter_map(|(block, of)| {
        let holds = Holds::Money(of.inline?);
        Some(Headed { block: block as u8, holds, id: "", year: form.row.year })
    });
    inline.collect()
}

/// Whether a line's label is that of its code in one of the blocks.
fn code_fits(
    form: &FormRows<'_>,
    code: Option<&str>,
    item: &str,
    blocks: &[u8],
    grammars: &Grammars,
) -> bool {
    // A spreadsheet's doubled quotation marks were looked up doubled.
    if item.contains('"') {
        return true;
    }
    let found = label(form, grammars, item);
    let roles = found.as_ref().map_or(&[][..], |found| found.roles);
    blocks.iter().any(|&at| {
        let block = &form.grammar.blocks[usize::from(at)];
        let row = roles.iter().find_map(|role| match role {
            Role::Row { block, row } if *block == at => Some(usize::from(*row)),
            _ => None,
        });
        match (row, code) {
            (Some(row), Some(code)) => block.rows[row].code == code,
            (Some(_), None) => false,
            (None, Some(code)) => is_unlabelled(block, code),
            (None, None) => true,
        }
    })
}

/// Whether the row of this code may bear a label that the block does not know.
fn is_unlabelled(block: &Block, code: &str) -> bool {
    let row = block.rows.iter().position(|row| row.code == code);
    row.is_some_and(|row| block.rows[row].free || block.bare_row.is_some_and(|bare| usize::from(bare) == row))
}

/// Checks the labels of a measure: it is named by its column, and coded by its row and column.
pub(super) fn measure(form: &FormRows<'_>, row: &Measure, grammars: &Grammars, sink: &mut Sink) {
    let at = form.at("measures", row.line);
    let path = row.item_path.strip_suffix(row.item.as_str()).and_then(|path| path.strip_suffix(" / "));
    let line = path.and_then(|path| path.rsplit(" / ").next()).unwrap_or_default();
    let fits = headed(form, grammars, &row.item).into_iter().any(|column| {
        let block = &form.grammar.blocks[usize::from(column.block)];
        let unit = match column.holds {
            Holds::Person => "person",
            Holds::Area => "square_metre",
            Holds::Ratio => "ratio",
            _ => return false,
        };
        let code = match &row.item_code {
            Some(code) => match code.strip_suffix(column.id).and_then(|code| code.strip_suffix('.')) {
                None => return false,
                code => code,
            },
            None => None,
        };
        let known = code.is_none_or(|code| block.rows.iter().any(|row| row.code == code));
        let own = code_fits(form, code, line, &[column.block], grammars);
        unit == row.unit && known && own && column.year == row.amount_year
    });
    sink.demand(fits, Check::Label, at, || {
        let (code, year) = (&row.item_code, row.amount_year);
        format!("{code:?} of {year:?} in {} is not what a column under `{}` holds", row.unit, row.item)
    });
    sink.demand(path.is_some(), Check::Label, at, || {
        format!("the path `{}` does not end with the column `{}`", row.item_path, row.item)
    });
}
