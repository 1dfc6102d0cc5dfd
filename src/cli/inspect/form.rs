//! One form: its heading, its parts in the order of the dump, its findings.

use super::residue::Run;
use super::{figures, findings, heading, scored};
use crate::cli::terminal::{Paint, Style, shortened};
use biaodan::inspect::{FormSheet, View};

/// Columns of the terminal that a passage of prose may take.
const PROSE: usize = 76;
/// Columns that the number of a line takes.
const NUMBER: usize = 6;

/// A part of a form, to be put in its place.
type Part = (u64, Vec<String>);

/// The form as lines.
pub fn lines(view: &View<'_>, form: &FormSheet, residue: Vec<Run>, paint: Paint) -> Vec<String> {
    let mut out = heading::form(form, paint);
    let mut parts: Vec<Part> = figures::tables(view, form.ordinal, paint);
    parts.extend(scored::table(form, paint));
    parts.extend(texts(form, paint));
    parts.extend(residue.iter().map(|run| (run.line(), run.lines(paint))));
    parts.sort_by_key(|(line, _)| *line);
    out.extend(parts.into_iter().flat_map(|(_, lines)| lines));
    out.extend(findings::lines(view, Some(form.ordinal), paint));
    out
}

fn texts(form: &FormSheet, paint: Paint) -> Vec<Part> {
    let texts = form.rows.texts.iter().map(|row| {
        let line = row["line"].as_u64().unwrap_or_default();
        let field = row["field"].as_str().unwrap_or_default();
        let label = paint.paint(Style::Faint, &shortened(field, PROSE));
        let text = shortened(row["text"].as_str().unwrap_or_default(), PROSE - field.len().min(PROSE / 2));
        (line, vec![String::new(), format!("{}{label}  {text}", gutter(Some(line), paint))])
    });
    texts.collect()
}

/// What stands before every line that shows something of the dump: the number of the line it begins on.
pub fn gutter(line: Option<u64>, paint: Paint) -> String {
    let number = line.map_or_else(String::new, |line| line.to_string());
    format!("{}  ", paint.paint(Style::Faint, &format!("{number:>NUMBER$}")))
}
