//! What the lines and columns of a form are called in the dataset.

use super::DocumentContext;
use crate::dump::Dialect;
use crate::form::Form;
use crate::grammar::{Grammar, fold};
use std::borrow::Cow;

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
pub(crate) struct Names<'g> {
    pub items: Vec<ItemName<'g>>,
    /// For each section, its headers'.
    pub headers: Vec<Vec<String>>,
    columns: Vec<Vec<&'g str>>,
}

pub(crate) struct ItemName<'g> {
    pub name: String,
    pub path: String,
    pub code: Option<&'g str>,
}

/// What a measure is called: it is told by its column.
pub(crate) struct MeasureName {
    pub name: String,
    pub path: String,
    pub code: Option<String>,
}

impl<'g> Names<'g> {
    pub fn of(form: &Form<'_>, grammar: &'g Grammar, context: &DocumentContext<'_>) -> Self {
        let mut names = Names {
            items: Vec::with_capacity(form.items.len()),
            headers: Vec::with_capacity(form.sections.len()),
            columns: Vec::with_capacity(form.sections.len()),
        };
        for section in &form.sections {
            let block = &grammar.blocks[usize::from(section.block)];
            let headers = section.columns.iter();
            names
                .headers
                .push(headers.map(|header| name(header.label.text, context.dialect).into_owned()).collect());
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
            let bare = context.grammars.labelling.strip_lead(&folded);
            let bare = bare.strip_suffix(':').unwrap_or(bare);
            // A unit behind the label has its own column; with it the same line would not group.
            let bracket = item.unit.and_then(|_| bare.rfind('(')).filter(|&open| open > 0);
            let bare = bracket.map_or(bare, |open| &bare[..open]).to_owned();
            let code = item.row.map(|row| block.rows[usize::from(row)].code.as_str());
            // A line that prints nothing at all still needs a name: its code, or its block's.
            let bare = if bare.is_empty() { code.unwrap_or(&block.id).to_owned() } else { bare };
            let path = match item.parent.and_then(|parent| names.items.get(parent as usize)) {
                Some(parent) => format!("{} / {bare}", parent.path),
                None => bare.clone(),
            };
            names.items.push(ItemName { name: bare, path, code });
        }
        names
    }

    /// The name of a measure under a header.
    pub fn measure(
        &self,
        item: &ItemName<'_>,
        header: Option<&str>,
        section: usize,
        nth: Option<u32>,
    ) -> MeasureName {
        let column = nth.map(|nth| self.columns[section][nth as usize]);
        let code =
            item.code.map(|code| column.map_or_else(|| code.to_owned(), |column| format!("{code}.{column}")));
        let name = header.unwrap_or(&item.name).to_owned();
        let path = if header.is_some() { format!("{} / {name}", item.path) } else { item.path.clone() };
        MeasureName { name, path, code }
    }
}
