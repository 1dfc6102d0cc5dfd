//! What the lines and columns of a form are called in the dataset.

use super::DocumentContext;
use crate::dump::Dialect;
use crate::form::Form;
use crate::grammar::{Grammar, fold};
use std::borrow::Cow;
use std::ops::Range;

/// A label or name as the dataset gives it.
pub(crate) fn name(text: &str, dialect: Dialect) -> Cow<'_, str> {
    match fold::name(text) {
        Cow::Borrowed(folded) => unquoted(folded, dialect),
        Cow::Owned(folded) => Cow::Owned(unquoted(&folded, dialect).into_owned()),
    }
}

/// Prose as the dataset gives it: without marks, its paragraphs joined by `between`, the source's characters kept.
pub(crate) fn passage<'t>(text: &'t str, dialect: Dialect, between: &str) -> Cow<'t, str> {
    let text = fold::trim(text);
    if memchr::memchr3(b'\n', b'\r', b'[', text.as_bytes()).is_none() {
        return unquoted(text, dialect);
    }
    let bare = fold::strip_marks(text);
    let mut out = String::with_capacity(bare.len());
    for paragraph in bare.split(['\n', '\r']).map(fold::trim).filter(|paragraph| !paragraph.is_empty()) {
        if !out.is_empty() {
            out.push_str(between);
        }
        out.push_str(paragraph);
    }
    Cow::Owned(unquoted(&out, dialect).into_owned())
}

/// A spreadsheet doubles the quotation marks inside a quoted cell.
fn unquoted(text: &str, dialect: Dialect) -> Cow<'_, str> {
    if dialect.doubles_quotes() && text.contains("\"\"") {
        return Cow::Owned(text.replace("\"\"", "\""));
    }
    Cow::Borrowed(text)
}

/// The names of a form's items and headers.
pub(crate) struct Names<'n> {
    pub items: Vec<ItemName<'n>>,
    /// For each section, its headers'.
    pub headers: Vec<Vec<Cow<'n, str>>>,
    columns: Vec<Vec<&'n str>>,
}

pub(crate) struct ItemName<'n> {
    pub name: Cow<'n, str>,
    pub path: Cow<'n, str>,
    pub code: Option<&'n str>,
}

/// What a measure is called: it is told by its column.
pub(crate) struct MeasureName<'n> {
    pub name: &'n str,
    pub path: Cow<'n, str>,
    pub code: Option<String>,
}

impl<'n> Names<'n> {
    pub fn of(form: &Form<'n>, grammar: &'n Grammar, context: &DocumentContext<'_>) -> Self {
        let mut names = Names {
            items: Vec::with_capacity(form.items.len()),
            headers: Vec::with_capacity(form.sections.len()),
            columns: Vec::with_capacity(form.sections.len()),
        };
        for section in &form.sections {
            let block = &grammar.blocks[usize::from(section.block)];
            let called = |header: &crate::form::Header<'n>| {
                let own = name(header.label.text, context.dialect);
                match header.above {
                    Some(above) => Cow::Owned(format!("{}/{own}", name(above.text, context.dialect))),
                    None => own,
                }
            };
            names.headers.push(section.columns.iter().map(called).collect());
            let headers = section.columns.iter();
            names
                .columns
                .push(headers.map(|header| block.columns[usize::from(header.column)].id.as_str()).collect());
        }
        for item in &form.items {
            let section = &form.sections[item.section as usize];
            let block = &grammar.blocks[usize::from(section.block)];
            let printed = item.label.or(section.corner);
            let folded = printed.map(|printed| name(printed.text, context.dialect)).unwrap_or_default();
            let range = bare_label(&folded, item.unit.is_some(), context);
            let bare = match folded {
                Cow::Borrowed(folded) => Cow::Borrowed(&folded[range]),
                Cow::Owned(folded) if range == (0..folded.len()) => Cow::Owned(folded),
                Cow::Owned(folded) => Cow::Owned(folded[range].to_owned()),
            };
            let code = item.row.map(|row| block.rows[usize::from(row)].code.as_str());
            // A line that prints nothing at all still needs a name: its code, or its block's.
            let bare = if bare.is_empty() { Cow::Borrowed(code.unwrap_or(&block.id)) } else { bare };
            let path = match item.parent.and_then(|parent| names.items.get(parent as usize)) {
                Some(parent) => Cow::Owned(joined(&parent.path, &bare)),
                None => bare.clone(),
            };
            names.items.push(ItemName { name: bare, path, code });
        }
        names
    }

    /// The name of a measure under a header.
    pub fn measure<'a>(
        &self,
        item: &'a ItemName<'_>,
        header: Option<&'a str>,
        section: usize,
        nth: Option<u32>,
    ) -> MeasureName<'a> {
        let column = nth.map(|nth| self.columns[section][nth as usize]);
        let code =
            item.code.map(|code| column.map_or_else(|| code.to_owned(), |column| format!("{code}.{column}")));
        let name = header.unwrap_or(&item.name);
        let path = match header {
            Some(_) => Cow::Owned(joined(&item.path, name)),
            None => Cow::Borrowed(&*item.path),
        };
        MeasureName { name, path, code }
    }
}

fn joined(path: &str, name: &str) -> String {
    let mut out = String::with_capacity(path.len() + name.len() + 3);
    out.push_str(path);
    out.push_str(" / ");
    out.push_str(name);
    out
}

/// Where in a folded label its name stands: without its numbering, its colon, and the unit behind it, which has a column
/// of its own; with it the same line would not group.
fn bare_label(folded: &str, has_unit: bool, context: &DocumentContext<'_>) -> Range<usize> {
    let bare = context.grammars.labelling.strip_lead(folded);
    let start = folded.len() - bare.len();
    let bare = bare.strip_suffix(':').unwrap_or(bare);
    let bracket = bare.rfind('(').filter(|&open| has_unit && open > 0);
    start..start + bracket.unwrap_or(bare.len())
}
