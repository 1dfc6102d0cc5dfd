//! The whole story of one line.

use super::reader::Reader;
use super::{Entry, FormRows, Row, View, label};
use crate::dump::{self, Dialect};
use crate::form::Claim;
use crate::proof::Judged;
use crate::table::{Unfit, form_id};
use serde::Serialize;
use std::fmt;

/// What became of a line.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// The document's name.
    pub source: String,
    /// The line, from 1.
    pub line: u32,
    /// What stands on it.
    pub text: String,
    /// What it is claimed as: `value`, `label`, `boilerplate`, `unclaimed`, `blank`.
    pub claim: &'static str,
    /// The form that claims it, or in which it stands.
    pub form: Option<FormSpan>,
    /// First and last line of the run of unclaimed lines in which it stands.
    pub unclaimed_run: Option<(u32, u32)>,
    /// What is read on it.
    pub entries: Vec<Entry>,
    /// What was found on it.
    pub findings: Vec<Row>,
}

/// Where a form stands.
#[derive(Clone, Debug, Serialize)]
pub struct FormSpan {
    /// Its place in the document, from 1.
    pub ordinal: u32,
    /// Its id in the dataset.
    pub form_id: String,
    /// The grammar that read it.
    pub form_type: String,
    /// Its title, folded.
    pub title: String,
    /// Its first line.
    pub line: u32,
    /// Its last line.
    pub line_last: u32,
}

/// Why there is no account of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLine {
    /// The document has only this many lines.
    Beyond(u32),
    /// A number did not fit its column although it was judged to: a mistake in biaodan itself.
    Unfit(Unfit),
}

impl fmt::Display for NoLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoLine::Beyond(0) => f.write_str("the document is empty; it has no lines"),
            NoLine::Beyond(lines) => write!(f, "the document has {lines} lines, counted from 1"),
            NoLine::Unfit(error) => write!(f, "{error}; please report this as a mistake in biaodan"),
        }
    }
}

impl std::error::Error for NoLine {}

impl<'a> View<'a> {
    /// What became of a line (from 1).
    ///
    /// # Errors
    /// [`NoLine`] where the document has no such line.
    pub fn account(&self, line: u32) -> Result<Account, NoLine> {
        let text = self.line(line).ok_or(NoLine::Beyond(self.line_count()))?.into_owned();
        let claim = self.converted.ledger.claim_of(line as usize - 1);
        let (forms, runs) = (&self.converted.forms, self.converted.ledger.runs());
        let within = |judged: &Judged<'_>| {
            (judged.valued.form.first_line..=judged.valued.form.last_line).contains(&line)
        };
        let ordinal = forms.iter().position(within).map(|at| at as u32 + 1);
        let run = runs.into_iter().find(|(first, last)| (first + 1..=last + 1).contains(&line));
        let rows = self.rows_of(ordinal).map_err(NoLine::Unfit)?;
        // Several forms may share the line; the first is named.
        let mut entries = ordinal.map(|ordinal| self.entries(ordinal, line, &rows)).unwrap_or_default();
        for at in (0..forms.len()).filter(|at| Some(*at as u32 + 1) > ordinal && within(&forms[*at])) {
            let rows = self.rows_of(Some(at as u32 + 1)).map_err(NoLine::Unfit)?;
            entries.extend(self.entries(at as u32 + 1, line, &rows));
        }
        let found = self.converted.findings.iter().filter(|finding| finding.line == Some(line));
        Ok(Account {
            source: self.document.source.clone(),
            line,
            text,
            claim: claim.as_str(),
            form: ordinal.and_then(|ordinal| self.form_span(ordinal, &rows)),
            unclaimed_run: run.filter(|_| claim == Claim::Open).map(|(first, last)| (first + 1, last + 1)),
            entries,
            findings: found.map(|finding| self.finding_row(finding)).collect(),
        })
    }

    fn form_span(&self, ordinal: u32, rows: &FormRows) -> Option<FormSpan> {
        let form = &self.form(ordinal)?.valued.form;
        let title = rows.form.get("title").and_then(|title| title.as_str()).unwrap_or_default();
        Some(FormSpan {
            ordinal,
            form_id: form_id(self.document.id, ordinal),
            form_type: self.grammars().forms[usize::from(form.grammar)].id.clone(),
            title: title.to_owned(),
            line: form.first_line,
            line_last: form.last_line,
        })
    }

    /// What a form reads on a line; where that is nothing of its own, the labels on it.
    fn entries(&self, ordinal: u32, line: u32, rows: &FormRows) -> Vec<Entry> {
        let Some(judged) = self.form(ordinal) else { return Vec::new() };
        let all = Reader::read(judged, self.grammars(), rows);
        let mut out = Vec::new();
        for found in all {
            let breaks = memchr::memchr_iter(b'\n', found.printed.text.as_bytes()).count() as u32;
            let last = found.printed.line + breaks;
            if !(found.printed.line..=last).contains(&line) {
                continue;
            }
            let row = match found.fact {
                Some(fact) => rows.figure(fact as usize),
                None => None,
            };
            out.push(Entry {
                line: found.printed.line,
                line_last: last,
                raw: self.shown(found.printed.text).into_owned(),
                cell: Some(found.printed.cell),
                figure: found.fact.and_then(|fact| self.figure(ordinal, fact, row)),
                ..found.entry
            });
        }
        out.extend(self.labels(judged, line, &out));
        out
    }

    /// The labels on a line that are printed apart from their values.
    fn labels(&self, judged: &Judged<'_>, line: u32, known: &[Entry]) -> Vec<Entry> {
        let dialect = self.converted.dialect.unwrap_or(Dialect::CellLines);
        let grid = dump::read(&self.document.text, dialect, &self.document.kept);
        let grammar = &self.grammars().forms[usize::from(judged.valued.form.grammar)];
        let here = grid.cells.iter().filter(|cell| (cell.line + 1..=cell.last_line + 1).contains(&line));
        let entries = here.flat_map(|cell| label::entries(&grid, cell, grammar, self.grammars()));
        let new = entries.filter(|entry| !known.iter().any(|known| entry.raw.starts_with(&known.raw)));
        new.map(|entry| Entry { raw: self.shown(&entry.raw).into_owned(), ..entry }).collect()
    }
}
