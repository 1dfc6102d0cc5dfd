//! What the lines and columns of a form are called in the dataset.

use super::DocumentContext;
use super::memory::{Joint, Memory, NameId};
use super::shape::{ItemFrom, ItemName, KnownHeader, KnownItem, Shape};
use crate::dump::Dialect;
use crate::form::{Form, Header, Item};
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
    /// As they are in this form.
    shape: Shape,
    /// For each section, where its headers begin.
    first_headers: Vec<usize>,
}

/// What a measure is called: it is told by its column.
pub(crate) struct MeasureName {
    pub name: NameId,
    pub path: NameId,
    pub code: Option<NameId>,
}

impl<'n> Names<'n> {
    pub fn of(
        form: &'n Form<'n>,
        grammar: &'n Grammar,
        context: &DocumentContext<'_>,
        memory: &mut Memory,
    ) -> Self {
        let mut first_headers = Vec::with_capacity(form.sections.len());
        let mut headers = 0;
        for section in &form.sections {
            first_headers.push(headers);
            headers += section.columns.len();
        }
        let shape = memory.take_shape((form.grammar, form.items.len(), headers));
        let mut names = Names { form, grammar, shape, first_headers };
        let printed = form.sections.iter().flat_map(|section| &section.columns);
        for (nth, header) in printed.enumerate() {
            let is_known = names.shape.headers.get(nth).is_some_and(|known| {
                let above = known.above.map(|above| memory.at(above));
                memory.at(known.printed) == header.label.text && above == header.above.map(|above| above.text)
            });
            if !is_known {
                let known = known_header(header, context, memory);
                put(&mut names.shape.headers, nth, known);
            }
        }
        for (nth, item) in form.items.iter().enumerate() {
            names.name_item(nth, item, context, memory);
        }
        names
    }

    /// Gives back what can be known again, once the names are no longer asked for.
    pub fn leave(self, memory: &mut Memory) {
        let (items, headers) = (self.shape.items.len(), self.shape.headers.len());
        memory.keep_shape((self.form.grammar, items, headers), self.shape);
    }

    fn name_item(&mut self, nth: usize, item: &Item<'n>, context: &DocumentContext<'_>, memory: &mut Memory) {
        let section = &self.form.sections[item.section as usize];
        let printed = item.label.or(section.corner).map_or("", |printed| printed.text);
        let meant = self.form.meant(printed);
        let parent = item.parent.map(|parent| parent as usize).filter(|&parent| parent < nth);
        let from = ItemFrom {
            block: section.block,
            row: item.row,
            has_unit: item.unit.is_some(),
            is_meant: meant.is_some(),
            parent: parent.map(|parent| self.shape.items[parent].named.path),
        };
        let known = self.shape.items.get(nth);
        let is_known = known.is_some_and(|known| known.from == from && memory.at(known.printed) == printed);
        // What a label was meant to be is the form's own affair.
        if is_known && meant.is_none() {
            return;
        }
        let label = memory.name(printed, context.dialect);
        let printed = memory.last_printed();
        let label = meant.map_or(label, |meant| memory.given(meant));
        let named = self.item_name(label, from, context, memory);
        put(&mut self.shape.items, nth, KnownItem { printed, from, named });
    }

    fn item_name(
        &self,
        label: NameId,
        from: ItemFrom,
        context: &DocumentContext<'_>,
        memory: &mut Memory,
    ) -> ItemName {
        let block = &self.grammar.blocks[usize::from(from.block)];
        let code = from.row.map(|row| memory.code(&block.rows[usize::from(row)].code));
        let bare = memory.bare(label, from.has_unit, &context.grammars.labelling);
        // A line that prints nothing at all still needs a name: its code, or its block's.
        let empty = memory.text(bare).is_empty();
        let name = if empty { code.unwrap_or_else(|| memory.code(&block.id)) } else { bare };
        let path = from.parent.map_or(name, |parent| memory.join(parent, Joint::Path, name));
        ItemName { name, path, code }
    }

    /// The name of an item.
    pub fn item(&self, item: usize) -> ItemName {
        self.shape.items[item].named
    }

    /// The names of a section's headers.
    pub fn headers(&self, section: usize) -> impl Iterator<Item = NameId> {
        let from = self.first_headers[section];
        let headers = &self.shape.headers[from..from + self.form.sections[section].columns.len()];
        headers.iter().map(|header| header.named)
    }

    /// The name of a section's header, by its place there.
    pub fn header(&self, section: usize, nth: usize) -> NameId {
        self.shape.headers[self.first_headers[section] + nth].named
    }

    /// The name of a measure on an item and, where it has one, under a header.
    pub fn measure(&self, item: u32, header: Option<u32>, memory: &mut Memory) -> MeasureName {
        let ItemName { name, path, code } = self.item(item as usize);
        let Some(nth) = header.map(|nth| nth as usize) else {
            return MeasureName { name, path, code };
        };
        let section = self.form.items[item as usize].section as usize;
        let of_section = &self.form.sections[section];
        let columns = &self.grammar.blocks[usize::from(of_section.block)].columns;
        let column = memory.code(&columns[usize::from(of_section.columns[nth].column)].id);
        let name = self.header(section, nth);
        let path = memory.join(path, Joint::Path, name);
        MeasureName { name, path, code: code.map(|code| memory.join(code, Joint::Code, column)) }
    }
}

fn known_header(header: &Header<'_>, context: &DocumentContext<'_>, memory: &mut Memory) -> KnownHeader {
    let own = memory.name(header.label.text, context.dialect);
    let printed = memory.last_printed();
    let Some(above) = header.above else { return KnownHeader { printed, above: None, named: own } };
    let above_name = memory.name(above.text, context.dialect);
    let above = Some(memory.last_printed());
    KnownHeader { printed, above, named: memory.join(above_name, Joint::Header, own) }
}

/// Puts something in a place of a list, or behind its end.
fn put<T>(list: &mut Vec<T>, at: usize, value: T) {
    match list.get_mut(at) {
        Some(place) => *place = value,
        None => list.push(value),
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
