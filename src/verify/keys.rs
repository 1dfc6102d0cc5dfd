//! Ids, counts and what rows repeat of their form; and the rows put together by document.

use super::form::{DocumentRows, FormRows};
use super::loose;
use super::report::{At, Check, Sink};
use super::rows::{Document, Finding, Form, Rows};
use crate::finding::Code;
use crate::grammar::Grammars;
use std::collections::{HashMap, HashSet};

/// The documents with their rows. Rows that belong nowhere are faults and left out.
pub(super) fn documents<'r>(
    rows: &'r Rows,
    grammars: &'r Grammars,
    sink: &mut Sink,
) -> Vec<DocumentRows<'r>> {
    let mut keys = Keys { grammars, sink, places: HashMap::new(), forms: HashMap::new(), out: Vec::new() };
    keys.documents(&rows.documents);
    // Forms of one document that report on different years stand in different files.
    let mut forms: Vec<&Form> = rows.forms.iter().collect();
    forms.sort_by_key(|form| (form.form_id.len(), form.form_id.as_str()));
    forms.into_iter().for_each(|form| keys.form(form));
    keys.rows(rows);
    rows.findings.iter().for_each(|finding| keys.finding(finding));
    let Keys { mut out, .. } = keys;
    for form in out.iter_mut().flat_map(|document| &mut document.forms) {
        form.settle();
    }
    for document in &out {
        check_document(document, sink);
        let dialect = document.row.dialect.as_deref();
        document.forms.iter().for_each(|form| check_form(form, dialect, sink));
    }
    out
}

struct Keys<'r, 's> {
    grammars: &'r Grammars,
    sink: &'s mut Sink,
    /// The place of each document that gives rows.
    places: HashMap<&'r str, usize>,
    /// The place of each form: its document's and its own.
    forms: HashMap<&'r str, (usize, usize)>,
    out: Vec<DocumentRows<'r>>,
}

impl<'r> Keys<'r, '_> {
    fn documents(&mut self, documents: &'r [Document]) {
        let mut sources = HashSet::new();
        let mut duplicates: Vec<&Document> = Vec::new();
        for row in documents {
            self.sink.checked().documents += 1;
            let at = At::id("documents", &row.doc_id);
            let hex =
                row.doc_id.len() == 32 && row.doc_id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            self.sink
                .demand(hex, Check::Keys, at, || "the id is not 32 lower-case hexadecimal digits".to_owned());
            self.sink.demand(sources.insert(&row.source), Check::Keys, at, || {
                format!("the source `{}` is listed twice", row.source)
            });
            if row.status == "duplicate" {
                duplicates.push(row);
                continue;
            }
            if self.places.insert(&row.doc_id, self.out.len()).is_some() {
                self.sink.fault(Check::Keys, at, "the document is listed twice and not as a duplicate");
            }
            self.out.push(DocumentRows {
                row,
                duplicates: Vec::new(),
                forms: Vec::new(),
                findings: Vec::new(),
            });
        }
        for row in duplicates {
            let counts = [row.forms, row.lines, row.lines_unclaimed, row.findings];
            let original = self.places.get(row.doc_id.as_str());
            original.into_iter().for_each(|&at| self.out[at].duplicates.push(row));
            let sound = original.is_some() && counts == [0; 4];
            self.sink.demand(sound, Check::Keys, At::id("documents", &row.doc_id), || {
                "a duplicate has an original that gives the rows, and none of its own".to_owned()
            });
        }
    }

    fn form(&mut self, row: &'r Form) {
        self.sink.checked().forms += 1;
        let at = At::row("forms", &row.form_id, row.line);
        let Some(&document) = self.places.get(row.doc_id.as_str()) else {
            return self.sink.fault(Check::Keys, at, format!("there is no document {}", row.doc_id));
        };
        let Some(nth) = self.grammars.forms.iter().position(|grammar| grammar.id == row.form_type) else {
            return self.sink.fault(Check::Keys, at, format!("no grammar is called `{}`", row.form_type));
        };
        if self.forms.contains_key(row.form_id.as_str()) {
            return self.sink.fault(Check::Keys, at, "the form is listed twice");
        }
        let forms = &mut self.out[document].forms;
        self.forms.insert(&row.form_id, (document, forms.len()));
        forms.push(FormRows::new(row, nth as u16, &self.grammars.forms[nth]));
    }

    fn rows(&mut self, rows: &'r Rows) {
        macro_rules! take {
            ($($table:ident),+) => {$(
                for row in &rows.$table {
                    let at = At::row(stringify!($table), &row.form_id, row.line);
                    let Some(&(document, form)) = self.forms.get(row.form_id.as_str()) else {
                        self.sink.fault(Check::Keys, at, "the form is not in the forms table");
                        continue;
                    };
                    let form = &mut self.out[document].forms[form];
                    let own = form.row;
                    let same = row.doc_id == own.doc_id && row.form_type == own.form_type && row.year == own.year
                        && row.department == own.department && row.project == own.project;
                    self.sink.demand(same, Check::Keys, at, || {
                        "document, kind of form, year, department or project is not the form's".to_owned()
                    });
                    let inside = form.spans(row.line);
                    self.sink.demand(inside, Check::Keys, at, || {
                        format!("the form stands on lines {} to {}", own.line, own.line_last)
                    });
                    form.$table.push(row);
                }
            )+};
        }
        take!(amounts, measures, indicators, texts);
    }

    fn finding(&mut self, row: &'r Finding) {
        self.sink.checked().findings += 1;
        let id = row.form_id.as_deref().unwrap_or(&row.doc_id);
        let at = At { table: "findings", id: Some(id), line: row.line };
        let Some(&document) = self.places.get(row.doc_id.as_str()) else {
            return self.sink.fault(Check::Keys, at, format!("there is no document {}", row.doc_id));
        };
        match Code::ALL.iter().find(|code| code.as_str() == row.code) {
            // A repaired figure is settled, so its finding weighs less than its code's usual.
            Some(code) => {
                let usual = [code.severity().as_str(), "info"].contains(&row.severity.as_str());
                self.sink.demand(usual, Check::Keys, at, || {
                    format!("{} does not weigh {}", row.code, row.severity)
                });
            }
            None => self.sink.fault(Check::Keys, at, format!("no finding is called `{}`", row.code)),
        }
        self.out[document].findings.push(row);
        let Some(form_id) = &row.form_id else { return };
        match self.forms.get(form_id.as_str()) {
            Some(&(owner, form)) if owner == document => {
                let form = &mut self.out[document].forms[form];
                let inside = row.line.is_none_or(|line| form.spans(line));
                self.sink.demand(inside, Check::Keys, at, || "the line is not one of the form's".to_owned());
                form.findings.push(row);
            }
            _ => self.sink.fault(Check::Keys, at, "the form is not one of the document's"),
        }
    }
}

fn check_document(document: &DocumentRows<'_>, sink: &mut Sink) {
    let row = document.row;
    let at = At::id("documents", &row.doc_id);
    let count = |counted: usize, given: i32| usize::try_from(given).is_ok_and(|given| given == counted);
    sink.demand(count(document.forms.len(), row.forms), Check::Keys, at, || {
        format!("says {} forms and has {}", row.forms, document.forms.len())
    });
    sink.demand(count(document.findings.len(), row.findings), Check::Keys, at, || {
        format!("says {} findings and has {}", row.findings, document.findings.len())
    });
    let called = |code: Code| document.findings.iter().filter(move |finding| finding.code == code.as_str());
    let (told, twins) = (called(Code::DocumentDuplicate).count(), document.duplicates.len());
    sink.demand(told == twins, Check::Keys, at, || format!("has {twins} duplicates, {told} findings say so"));
    for finding in called(Code::EncodingGuessed) {
        sink.demand(finding.value.as_deref() == Some(&row.encoding), Check::Keys, at, || {
            format!("was read as {}, but its finding says {:?}", row.encoding, finding.value)
        });
    }
    let unread = row.lines_unclaimed > 0 || document.forms.iter().any(|form| !form.is_complete());
    let status = match (&row.error, document.forms.is_empty(), unread) {
        (Some(_), ..) => "failed",
        (None, true, _) => "no_forms",
        (None, _, true) => "partial",
        (None, _, false) => "converted",
    };
    sink.demand(row.status == status, Check::Keys, at, || {
        format!("is called {}, but its rows show that it is {status}", row.status)
    });
    let mut last = 0;
    for (nth, form) in document.forms.iter().enumerate() {
        let id = format!("{}-{:04}", row.doc_id, nth + 1);
        sink.demand(form.row.form_id == id, Check::Keys, form.here(), || format!("should be called {id}"));
        let (first, end) = (form.row.line, form.row.line_last);
        let apart = if loose::shares_lines(row.dialect.as_deref()) { last <= first } else { last < first };
        sink.demand(apart && first <= end, Check::Keys, form.here(), || {
            format!("stands on lines {first} to {end}, but the form before ends on line {last}")
        });
        last = end;
    }
}

fn check_form(form: &FormRows<'_>, dialect: Option<&str>, sink: &mut Sink) {
    let counted = loose::counts_cells(dialect);
    let cut = form.findings.iter().filter(|finding| finding.code == Code::FormTruncated.as_str());
    let lines: Vec<Option<i32>> = cut.map(|finding| finding.line).collect();
    let sound = match (form.is_complete(), lines.as_slice()) {
        (true, []) => true,
        (false, [line]) => *line == Some(form.row.line_last),
        _ => false,
    };
    sink.demand(sound, Check::Keys, form.here(), || {
        format!("is called {}, which its form.truncated findings do not bear out", form.row.status)
    });
    let mut cells = HashSet::new();
    let figures = form.amounts.iter().map(|row| ("amounts", row.line, row.cell));
    for (table, line, cell) in figures.chain(form.measures.iter().map(|row| ("measures", row.line, row.cell)))
    {
        // Several rows may stand on one line where TABs do not part cells.
        let own = cells.insert((line, cell)) || !counted;
        sink.demand(cell > 0 && own, Check::Keys, form.at(table, line), || {
            format!("cell {cell} of this line holds another figure already")
        });
    }
    for (nth, row) in form.indicators.iter().enumerate() {
        let execution = row.kind == "execution";
        let sound = usize::try_from(row.ordinal) == Ok(nth + 1) && (execution || row.kind == "indicator");
        sink.demand(sound, Check::Keys, form.at("indicators", row.line), || {
            format!("is {} number {}, in the place of number {}", row.kind, row.ordinal, nth + 1)
        });
    }
    let mut texts = HashSet::new();
    for row in &form.texts {
        // Where cells break over lines without a sign, two rows may stand on one.
        let passage = if dialect == Some("tsv") { row.text.as_str() } else { "" };
        let own = texts.insert((row.line, &row.field, passage)) || loose::shares_lines(dialect);
        sink.demand(own, Check::Keys, form.at("texts", row.line), || {
            format!("another passage of {} begins on this line", row.field)
        });
    }
}
