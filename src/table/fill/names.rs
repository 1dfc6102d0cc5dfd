//! What the lines and columns of a form are called in the dataset.

use super::DocumentContext;
use super::memory::{Joint, Memory, NameId};
use crate::dump::Dialect;
use crate::form::{Form, Item};
use crate::grammar::{Grammar, Labelling, fold};
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

/// The names of a form's items and headers, in a [`Memory`].
pub(crate) struct Names<'n> {
    form: &'n Form<'n>,
    grammar: &'n Grammar,
    pub items: Vec<ItemName<'n>>,
    /// Those of all sections, behind each other.
    headers: Vec<NameId>,
    /// For each section, where its headers begin.
    first_headers: Vec<usize>,
}

/// What a line of a matrix is called.
#[derive(Clone, Copy)]
pub(crate) struct ItemName<'n> {
    pub name: NameId,
    pub path: NameId,
    pub code: Option<&'n str>,
}

/// What a measure is called: it is told by its column.
pub(crate) struct MeasureName {
    pub name: NameId,
    pub path: NameId,
    pub code: Option<String>,
}

impl<'n> Names<'n> {
    pub fn of(
        form: &'n Form<'n>,
        grammar: &'n Grammar,
        context: &DocumentContext<'_>,
        memory: &mut Memory,
    ) -> Self {
        let mut names = Names {
            form,
            grammar,
            items: Vec::with_capacity(form.items.len()),
            headers: Vec::new(),
            first_headers: Vec::with_capacity(form.sections.len()),
        };
        for section in &form.sections {
            names.first_headers.push(names.headers.len());
            names.headers.extend(section.columns.iter().map(|header| {
                let own = memory.name(header.label.text, context.dialect);
                match header.above {
                    Some(above) => {
                        let above = memory.name(above.text, context.dialect);
                        memory.join(above, Joint::Header, own)
                    }
                    None => own,
                }
            }));
        }
        for item in &form.items {
            let named = names.item(item, context, memory);
            names.items.push(named);
        }
        names
    }

    fn item(&self, item: &Item<'n>, context: &DocumentContext<'_>, memory: &mut Memory) -> ItemName<'n> {
        let section = &self.form.sections[item.section as usize];
        let block = &self.grammar.blocks[usize::from(section.block)];
        let code = item.row.map(|row| block.rows[usize::from(row)].code.as_str());
        let printed = item.label.or(section.corner).map_or("", |printed| printed.text);
        let label = match self.form.meant(printed) {
            Some(meant) => memory.given(meant),
            None => memory.name(printed, context.dialect),
        };
        let bare = memory.bare(label, item.unit.is_some(), &context.grammars.labelling);
        // A line that prints nothing at all still needs a name: its code, or its block's.
        let empty = memory.text(bare).is_empty();
        let name = if empty { memory.given(code.unwrap_or(&block.id)) } else { bare };
        let path = match item.parent.and_then(|parent| self.items.get(parent as usize)) {
            Some(parent) => memory.join(parent.path, Joint::Path, name),
            None => name,
        };
        ItemName { name, path, code }
    }

    /// The names of a section's headers.
    pub fn headers(&self, section: usize) -> &[NameId] {
        let from = self.first_headers[section];
        &self.headers[from..from + self.form.sections[section].columns.len()]
    }

    /// The name of a measure on an item and, where it has one, under a header.
    pub fn measure(&self, item: u32, header: Option<u32>, memory: &mut Memory) -> MeasureName {
        let ItemName { name, path, code } = self.items[item as usize];
        let Some(nth) = header.map(|nth| nth as usize) else {
            return MeasureName { name, path, code: code.map(str::to_owned) };
        };
        let section = self.form.items[item as usize].section as usize;
        let of_section = &self.form.sections[section];
        let columns = &self.grammar.blocks[usize::from(of_section.block)].columns;
        let column = &columns[usize::from(of_section.columns[nth].column)].id;
        let name = self.headers(section)[nth];
        let path = memory.join(path, Joint::Path, name);
        MeasureName { name, path, code: code.map(|code| [code, ".", column].concat()) }
    }
}

/// Where in a folded label its name stands: without its numbering, its colon, and the unit behind it, which has a column
/// of its own; with it the same line would not group.
pub(super) fn bare_label(folded: &str, has_unit: bool, labelling: &Labelling) -> Range<usize> {
    let bare = labelling.strip_lead(folded);
    let start = folded.len() - bare.len();
    let bare = bare.strip_suffix(':').unwrap_or(bare);
    let bracket = bare.rfind('(').filter(|&open| has_unit && open > 0);
    start..start + bracket.unwrap_or(bare.len())
}
