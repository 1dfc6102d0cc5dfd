//! Everything that a form reads: each text that it gave a meaning, with that meaning.

use super::FormRows;
use super::entry::{Entry, Landing, landing};
use super::matrix::facts_of;
use crate::form::Printed;
use crate::grammar::{FieldColumn, Grammar, Grammars, fold};
use crate::proof::Judged;

/// An entry before it is written out, and the text it is about.
pub(super) struct Found<'t> {
    pub entry: Entry,
    pub printed: Printed<'t>,
    /// Its fact.
    pub fact: Option<u32>,
}

/// Lists what a form reads.
pub(super) struct Reader<'a> {
    pub judged: &'a Judged<'a>,
    pub grammars: &'a Grammars,
    pub rows: &'a FormRows,
    pub found: Vec<Found<'a>>,
}

impl<'a> Reader<'a> {
    /// Everything that a form reads, in no particular order.
    pub fn read(judged: &'a Judged<'a>, grammars: &'a Grammars, rows: &'a FormRows) -> Vec<Found<'a>> {
        let mut reader = Reader { judged, grammars, rows, found: Vec::new() };
        reader.heading();
        reader.matrices();
        reader.idle();
        reader.scored_lines();
        reader.texts();
        reader.found
    }

    fn grammar(&self) -> &'a Grammar {
        &self.grammars.forms[usize::from(self.judged.valued.form.grammar)]
    }

    pub(super) fn push(&mut self, printed: Printed<'a>, entry: Entry) {
        self.push_figure(printed, None, entry);
    }

    pub(super) fn push_figure(&mut self, printed: Printed<'a>, fact: Option<u32>, entry: Entry) {
        self.found.push(Found { entry, printed, fact });
    }

    fn heading(&mut self) {
        let form = &self.judged.valued.form;
        let landing = |column| landing("forms", column, &self.rows.form);
        let title = Entry { what: "title", lands: Some(landing("title")), ..Entry::default() };
        let annex = Entry { what: "annex number", lands: Some(landing("annex")), ..Entry::default() };
        self.push(form.title, title);
        if let Some(printed) = form.annex {
            self.push(printed, annex);
        }
        for (column, printed) in &form.fields {
            let lands = (*column != FieldColumn::Person).then(|| self.field_landing(*column));
            let field = Some(column.as_str().to_owned());
            self.push(*printed, Entry { what: "field", field, lands, ..Entry::default() });
        }
    }

    fn field_landing(&self, field: FieldColumn) -> Landing {
        match field {
            FieldColumn::SupervisingOrg => landing("forms", "department", &self.rows.form),
            FieldColumn::Unit => landing("forms", "unit_stated", &self.rows.form),
            FieldColumn::FiscalYear => Landing {
                table: "forms",
                column: "fiscal_year",
                value: self.judged.valued.fiscal_year.into(),
            },
            field => landing("forms", field.as_str(), &self.rows.form),
        }
    }

    fn matrices(&mut self) {
        let form = &self.judged.valued.form;
        for at in 0..form.sections.len() {
            let section = &form.sections[at];
            if let Some(corner) = section.corner {
                self.push(corner, Entry { what: "table label", ..self.in_section(at, None) });
            }
            for (nth, header) in section.columns.iter().enumerate() {
                self.push(header.label, Entry { what: "column header", ..self.in_section(at, Some(nth)) });
            }
        }
        let rows = self.first_rows();
        for (at, item) in form.items.iter().enumerate() {
            if let Some(label) = item.label {
                let lands = rows[at].clone();
                self.push(label, Entry { what: "row label", lands, ..self.on_item(at, None) });
            }
        }
        for (figure, fact) in form.figures.iter().zip(facts_of(self.judged)) {
            let header = figure.header.map(|header| header as usize);
            let entry = self.on_item(figure.item as usize, header);
            let what = if fact.is_some() { "figure" } else { "placeholder" };
            let lands = fact.and_then(|fact| {
                let (table, column) = self.judged.facts.all[fact as usize].place.column();
                Some(landing(table, column, self.rows.figure(fact as usize)?))
            });
            self.push_figure(figure.printed, fact, Entry { what, lands, ..entry });
        }
    }

    /// Placeholders where nothing is scored.
    fn idle(&mut self) {
        for printed in &self.judged.valued.form.idle {
            self.push(*printed, Entry { what: "placeholder", ..Entry::default() });
        }
    }

    /// For each item, where its label goes: into the rows of its figures, the first of which is named.
    fn first_rows(&self) -> Vec<Option<Landing>> {
        let mut rows = vec![None; self.judged.valued.form.items.len()];
        for (at, figure) in self.judged.valued.figures.iter().enumerate().rev() {
            let (table, _) = self.judged.facts.all[at].place.column();
            rows[figure.item as usize] = self.rows.figure(at).map(|row| landing(table, "item", row));
        }
        rows
    }

    fn in_section(&self, at: usize, header: Option<usize>) -> Entry {
        let section = &self.judged.valued.form.sections[at];
        let block = &self.grammar().blocks[usize::from(section.block)];
        let header = header.map(|header| &section.columns[header]);
        Entry {
            block: Some(block.id.clone()),
            column: header.map(|header| block.columns[usize::from(header.column)].id.clone()),
            column_label: header.map(|header| fold::name(header.label.text).into_owned()),
            ..Entry::default()
        }
    }

    fn on_item(&self, at: usize, header: Option<usize>) -> Entry {
        let item = &self.judged.valued.form.items[at];
        let entry = self.in_section(item.section as usize, header);
        let section = &self.judged.valued.form.sections[item.section as usize];
        let block = &self.grammar().blocks[usize::from(section.block)];
        Entry {
            row: item.row.map(|row| block.rows[usize::from(row)].code.clone()),
            row_label: item.label.map(|label| fold::name(label.text).into_owned()),
            ..entry
        }
    }

    fn texts(&mut self) {
        for (text, printed) in &self.judged.valued.form.texts {
            let field = &self.grammar().texts[usize::from(*text)];
            let row = self
                .rows
                .texts
                .iter()
                .find(|row| row["line"] == printed.line && row["field"].as_str() == Some(field));
            let lands = row.map(|row| landing("texts", "text", row));
            self.push(
                *printed,
                Entry { what: "prose", field: Some(field.clone()), lands, ..Entry::default() },
            );
        }
    }
}
