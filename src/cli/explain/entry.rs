//! One thing that is read on a line.

use super::identity;
use crate::cli::terminal::{Paint, Style, mark, shortened};
use biaodan::inspect::{Entry, FigureAccount};
use biaodan::proof::Trust;
use serde_json::Value;

/// Columns of the terminal that a value may take.
const VALUE: usize = 80;
/// Columns that the names before values take.
const NAME: usize = 10;

/// Entries that give a row unless nothing stands in them.
const GIVING: [&str; 8] =
    ["placeholder", "prose", "indicator", "target", "actual value", "weight", "score", "reason"];

/// The entry as lines.
pub fn lines(entry: &Entry, paint: Paint) -> Vec<String> {
    let raw = shortened(&entry.raw, VALUE);
    let mut out = vec![format!("{}  {raw}", paint.paint(Style::Strong, entry.what))];
    let mut tell = |name: &str, text: &str| {
        out.push(format!("  {}  {text}", paint.paint(Style::Faint, &format!("{name:<NAME$}"))));
    };
    let named = |id: &Option<String>, label: &Option<String>| match (id, label) {
        (Some(id), Some(label)) => Some(format!("{id}  {}", shortened(label, VALUE))),
        (Some(one), None) | (None, Some(one)) => Some(shortened(one, VALUE)),
        (None, None) => None,
    };
    for (name, told) in [
        ("field", named(&entry.field, &None)),
        ("block", named(&entry.block, &None)),
        ("row", named(&entry.row, &entry.row_label)),
        ("column", named(&entry.column, &entry.column_label)),
    ] {
        if let Some(told) = told {
            tell(name, &told);
        }
    }
    if entry.line < entry.line_last {
        tell("lines", &format!("{}-{}", entry.line, entry.line_last));
    }
    if let Some(cell) = entry.cell.filter(|_| entry.figure.is_some()) {
        tell("cell", &format!("{cell} of its row"));
    }
    match &entry.lands {
        Some(lands) => {
            tell("dataset", &format!("{}.{} = {}", lands.table, lands.column, given(&lands.value)))
        }
        None if GIVING.contains(&entry.what) => {
            tell("dataset", "no row: it holds but a placeholder or the template's own words");
        }
        None => {}
    }
    if let Some(figure) = &entry.figure {
        out.extend(figure_lines(figure, paint));
    }
    out
}

fn given(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => shortened(text, VALUE),
        other => other.to_string(),
    }
}

fn figure_lines(figure: &FigureAccount, paint: Paint) -> Vec<String> {
    let mut out = Vec::new();
    let mut tell = |name: &str, text: &str| {
        out.push(format!("  {}  {text}", paint.paint(Style::Faint, &format!("{name:<NAME$}"))));
    };
    let unit = figure.unit.as_deref().unwrap_or_default();
    match (&figure.printed_value, &figure.value) {
        (Some(printed), Some(value)) if figure.unit_basis.is_some() => {
            tell("value", &format!("{printed} {unit} = {value} yuan"));
        }
        (Some(printed), Some(value)) if printed != value => {
            tell("value", &format!("{printed} = {value} {unit}"))
        }
        (_, Some(value)) => tell("value", format!("{value} {unit}").trim_end()),
        (_, None) => tell("value", "none"),
    }
    if let (Some(basis), Some(because)) = (figure.unit_basis, &figure.unit_because) {
        tell("unit", &format!("{unit}, by {basis}: {}", shortened(because, 2 * VALUE)));
    }
    for (nth, reading) in figure.readings.iter().enumerate() {
        let name = if nth == 0 { "readings" } else { "" };
        tell(name, &shortened(&format!("{} ({})", reading.value, reading.repairs), VALUE));
    }
    let trust = Trust::ALL.into_iter().find(|trust| trust.as_str() == figure.trust).unwrap_or(Trust::Stated);
    let told = paint.paint(Style::Trust(trust), &format!("{} {}", mark(trust), figure.trust));
    tell("trust", &format!("{told}: {}", shortened(&figure.trust_because, 4 * VALUE)));
    out.extend(identity::all(&figure.identities, paint));
    out
}
