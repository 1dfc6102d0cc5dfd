//! The sources again: a document's bytes are those its id was made from, and what the rows say stands where they say.

use super::form::{DocumentRows, FormRows};
use super::report::{At, Check, Sink};
use super::rows::Finding;
use super::sheet::Sheet;
use super::{loose, place, scored};
use crate::grammar::{Grammars, fold};
use crate::source::{DocId, Document, Encoding, ReadOptions};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Compares a document's rows with its source below `root`.
pub(super) fn check(document: &DocumentRows<'_>, root: &Path, grammars: &Grammars, sink: &mut Sink) {
    let row = document.row;
    if row.status == "failed" {
        return;
    }
    document.duplicates.iter().for_each(|twin| drop(bytes(twin, root, sink)));
    let Some(bytes) = bytes(row, root, sink) else { return };
    match read(&row.source, bytes, &row.encoding) {
        Ok(read) => {
            let starts: Vec<i32> = document.forms.iter().map(|form| form.row.line).collect();
            let sheet = Sheet::new(&read.text, row.dialect.as_deref(), &starts);
            if loose::counts_cells(row.dialect.as_deref()) {
                Compare { document, grammars, sheet }.all(sink);
            } else {
                loose::check(document, &sheet, sink);
            }
        }
        Err(what) => sink.fault(Check::Source, At::id("documents", &row.doc_id), what),
    }
}

/// The bytes of a source, if they are those that the document's id was made from.
fn bytes(row: &super::rows::Document, root: &Path, sink: &mut Sink) -> Option<Vec<u8>> {
    let at = At::id("documents", &row.doc_id);
    let bytes = match fs::read(root.join(&row.source)) {
        Ok(bytes) => bytes,
        Err(error) => {
            sink.fault(Check::Source, at, format!("`{}` cannot be read: {error}", row.source));
            return None;
        }
    };
    sink.checked().sources += 1;
    let id = DocId::of_bytes(&bytes).to_string();
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    sink.demand(id == row.doc_id && size == row.bytes, Check::Source, at, || {
        format!("`{}` has {size} bytes of the id {id}", row.source)
    });
    Some(bytes)
}

fn read(source: &str, bytes: Vec<u8>, encoding: &str) -> Result<Document, String> {
    let encoding: Encoding = encoding.parse().map_err(|_| format!("`{encoding}` is no encoding"))?;
    let options = ReadOptions { encoding: Some(encoding), ..ReadOptions::default() };
    Document::from_bytes(source, bytes, &options).map_err(|refusal| refusal.reason)
}

struct Compare<'a, 'r, 't> {
    document: &'a DocumentRows<'r>,
    grammars: &'a Grammars,
    sheet: Sheet<'t>,
}

/// Lines that may stand above a form's title, those that are blank among them.
const ABOVE: i32 = 24;

impl Compare<'_, '_, '_> {
    fn all(&self, sink: &mut Sink) {
        self.lines(sink);
        for finding in &self.document.findings {
            self.finding(finding, sink);
        }
        let mut placed = Vec::new();
        for form in &self.document.forms {
            self.heading(form, sink);
            for text in &form.texts {
                sink.checked().raws += 1;
                sink.demand(
                    self.sheet.begins(text.line, &text.text, false),
                    Check::Source,
                    form.at("texts", text.line),
                    || format!("this passage of {} does not begin on this line", text.field),
                );
            }
            placed.push(place::figures(form, &self.sheet, self.grammars, sink));
        }
        for (nth, form) in self.document.forms.iter().enumerate() {
            scored::check(form, &self.sheet, self.grammars, &placed[nth], sink);
        }
    }

    /// The lines counted, and those that no form claims.
    fn lines(&self, sink: &mut Sink) {
        let row = self.document.row;
        let at = At::id("documents", &row.doc_id);
        let filled = self.sheet.filled();
        sink.demand(usize::try_from(row.lines) == Ok(filled), Check::Source, at, || {
            format!("says {} lines that are not blank and has {filled}", row.lines)
        });
        let Some(unclaimed) = self.unclaimed() else { return };
        sink.demand(usize::try_from(row.lines_unclaimed) == Ok(unclaimed.len()), Check::Source, at, || {
            format!("says {} unclaimed lines, its findings name {}", row.lines_unclaimed, unclaimed.len())
        });
        let listed = self.listed();
        for line in
            (1..=self.sheet.len()).filter(|line| self.sheet.is_filled(*line) && !unclaimed.contains(line))
        {
            let claimed = listed.contains(&line) || self.document.forms.iter().any(|form| form.spans(line));
            sink.demand(claimed, Check::Source, At { line: Some(line), ..at }, || {
                "this line is not one of any form's, and no line.unclaimed names it".to_owned()
            });
        }
        for form in &self.document.forms {
            let last = form.row.line_last;
            sink.demand(
                self.sheet.is_filled(last) && !unclaimed.contains(&last),
                Check::Source,
                form.here(),
                || format!("is said to end on line {last}, on which nothing of it stands"),
            );
        }
    }

    /// The lines of lists of forms before the first form: each begins with words that stand over a list, and goes on as long as
    /// lines are called as forms are.
    fn listed(&self) -> BTreeSet<i32> {
        let first = self.document.forms.first().map_or(0, |form| form.row.line);
        let (mut lines, mut head) = (BTreeSet::new(), None);
        for line in (1..first).filter(|&line| self.sheet.is_filled(line)) {
            let text = self.sheet.span(line).map_or("", |span| &self.sheet.text[span]);
            let name = fold::name(text);
            if self.grammars.labelling.heads_list(&name) {
                head = Some(line);
            } else if self.grammars.lists(&fold::key(text)) {
                lines.extend(head.map(|head| [head, line]).into_iter().flatten());
            } else {
                head = None;
            }
        }
        lines
    }

    /// The lines that findings name as unclaimed; `None` where there are too many to be named one by one.
    fn unclaimed(&self) -> Option<BTreeSet<i32>> {
        let mut lines = BTreeSet::new();
        for finding in self.document.findings.iter().filter(|finding| finding.code == "line.unclaimed") {
            let first = finding.line?;
            finding.raw.as_ref()?;
            // The text may be cut short; the sentence names the last line.
            let span = finding.message.split(' ').nth(1).unwrap_or_default();
            let last = span.split('-').nth(1).and_then(|last| last.parse().ok()).unwrap_or(first);
            lines.extend((first..=last).filter(|&line| self.sheet.is_filled(line)));
        }
        Some(lines)
    }

    /// A finding's text begins on its line.
    fn finding(&self, finding: &Finding, sink: &mut Sink) {
        let (Some(line), Some(raw)) = (finding.line, &finding.raw) else { return };
        sink.checked().raws += 1;
        // What stands behind a masked value cannot be compared.
        let shown = raw.split("***").next().unwrap_or_default();
        let id = finding.form_id.as_deref().unwrap_or(&finding.doc_id);
        let at = At { table: "findings", id: Some(id), line: Some(line) };
        sink.demand(self.sheet.begins(line, shown, false), Check::Source, at, || {
            format!("`{raw}` does not begin on this line")
        });
    }

    /// A form begins with its title, or a few lines above it with its annex's number, its unit or its year.
    fn heading(&self, form: &FormRows<'_>, sink: &mut Sink) {
        let row = form.row;
        let own = self.sheet.between(row.line, row.line);
        let year = row.year.map(|year| year.to_string());
        let above = [&row.annex, &row.unit_stated, &row.reporting_org, &year].into_iter().flatten();
        let heads = self.sheet.begins(row.line, &row.title, true)
            || above.into_iter().any(|text| own.contains(&super::sheet::squashed(text, true)));
        let close = (row.line..=row.line + ABOVE).any(|line| self.sheet.begins(line, &row.title, true));
        sink.demand(heads && close, Check::Source, form.here(), || {
            format!("neither `{}` nor what may stand above it begins on this line", row.title)
        });
        let named = (row.line..=row.line_last).any(|line| self.sheet.begins(line, &row.title, true));
        sink.demand(named, Check::Source, form.here(), || {
            format!("`{}` stands nowhere in the form", row.title)
        });
    }
}
