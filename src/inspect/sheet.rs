//! A document as the dataset gets it, form by form.

use super::{FormRows, Row, View};
use crate::finding::{Code, Finding};
use crate::form::Claim;
use crate::proof::Judged;
use crate::source::Refusal;
use crate::table::{self, DocumentRow, Memory, Unfit};
use serde::Serialize;
use std::borrow::Cow;

/// A document as the dataset gets it.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// Its row in the documents table.
    pub document: Row,
    /// Its forms.
    pub forms: Vec<FormSheet>,
    /// The lines that no form claims.
    pub unclaimed: Vec<SourceLine>,
    /// What was found outside forms.
    pub findings: Vec<Row>,
}

/// A form as the dataset gets it.
#[derive(Clone, Debug, Serialize)]
pub struct FormSheet {
    /// Its place in the document, from 1.
    pub ordinal: u32,
    /// The year it reports on.
    pub fiscal_year: Option<i32>,
    /// Its rows, by table.
    #[serde(flatten)]
    pub rows: FormRows,
    /// Its printed totals, which are columns of the forms table without a trust of their own.
    pub totals: Vec<Total>,
}

/// A printed total.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// Its column in the forms table.
    pub column: &'static str,
    /// As printed.
    pub raw: String,
    /// What stands behind it.
    pub trust: &'static str,
    /// Its line, from 1.
    pub line: u32,
}

/// A line of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its number, from 1.
    pub line: u32,
    /// What stands on it.
    pub text: String,
}

impl Sheet {
    /// An input that gave no text.
    pub fn failed(refusal: &Refusal) -> Self {
        let document = DocumentRow {
            doc_id: &refusal.id.to_string(),
            source: &refusal.source,
            bytes: refusal.bytes,
            encoding: refusal.encoding.map_or("unknown", |encoding| encoding.as_str()),
            dialect: None,
            status: "failed",
            error: Some(&refusal.reason),
            forms: 0,
            lines: 0,
            lines_unclaimed: 0,
            findings: 0,
        };
        Sheet { document: document.to_json(), forms: Vec::new(), unclaimed: Vec::new(), findings: Vec::new() }
    }
}

impl<'a> View<'a> {
    /// The document as the dataset gets it; with `only`, that form alone and the lines between its first and last.
    ///
    /// # Errors
    /// [`Unfit`] where a number is too large for its column, which the judge prevents.
    pub fn sheet(&self, only: Option<u32>) -> Result<Sheet, Unfit> {
        let wanted = |ordinal: u32| only.is_none_or(|only| only == ordinal);
        let ordinals = (1..=self.converted.forms.len() as u32).filter(|&ordinal| wanted(ordinal));
        Ok(Sheet {
            document: self.document_row(),
            forms: ordinals.map(|ordinal| self.form_sheet(ordinal)).collect::<Result<_, _>>()?,
            unclaimed: self.unclaimed(only),
            findings: if only.is_none() { self.rows_of(None)?.findings } else { Vec::new() },
        })
    }

    /// The rows of a form (from 1), or of what stands outside forms.
    ///
    /// # Errors
    /// [`Unfit`] where a number is too large for its column, which the judge prevents.
    pub fn rows_of(&self, ordinal: Option<u32>) -> Result<FormRows, Unfit> {
        let mut rows = FormRows::default();
        if let Some((ordinal, judged)) = ordinal.and_then(|ordinal| Some((ordinal, self.form(ordinal)?))) {
            table::form(&mut rows, &mut Memory::default(), &self.context, ordinal, judged)?;
        }
        for finding in self.found(ordinal) {
            table::finding(&mut rows, self.document.id, finding)?;
        }
        Ok(rows)
    }

    /// The findings of a form (from 1), or of none.
    pub fn found(&self, ordinal: Option<u32>) -> impl Iterator<Item = &'a Finding> {
        self.converted.findings.iter().filter(move |finding| finding.form == ordinal)
    }

    pub(super) fn form(&self, ordinal: u32) -> Option<&'a Judged<'a>> {
        self.converted.forms.get((ordinal as usize).checked_sub(1)?)
    }

    /// A finding's row in the findings table.
    pub(super) fn finding_row(&self, finding: &Finding) -> Row {
        let mut rows = FormRows::default();
        // A finding holds no decimal, so there is nothing that does not fit.
        let _ = table::finding(&mut rows, self.document.id, finding);
        rows.findings.pop().unwrap_or_default()
    }

    fn form_sheet(&self, ordinal: u32) -> Result<FormSheet, Unfit> {
        let judged = &self.converted.forms[ordinal as usize - 1];
        let totals = [judged.facts.weight_total, judged.facts.score_total].into_iter().flatten();
        Ok(FormSheet {
            ordinal,
            fiscal_year: judged.valued.fiscal_year,
            rows: self.rows_of(Some(ordinal))?,
            totals: totals.map(|at| total(judged, at)).collect(),
        })
    }

    fn unclaimed(&self, only: Option<u32>) -> Vec<SourceLine> {
        let within = match only.and_then(|only| self.form(only)) {
            Some(judged) => judged.valued.form.first_line..=judged.valued.form.last_line,
            None => 1..=self.line_count(),
        };
        let ledger = &self.converted.ledger;
        let mut parts: Vec<u32> = ledger.left().iter().map(|left| left.line + 1).collect();
        parts.dedup();
        let whole = |line: u32| ledger.claim_of(line as usize - 1) == Claim::Open;
        let text = |line| match parts.binary_search(&line) {
            Ok(_) => self.left_on(line),
            Err(_) => self.line(line).map(Cow::into_owned).unwrap_or_default(),
        };
        let open = within.filter(|line| whole(*line) || parts.binary_search(line).is_ok());
        open.map(|line| SourceLine { line, text: text(line) }).collect()
    }

    /// What is left of a line of which forms claim a part.
    fn left_on(&self, line: u32) -> String {
        let of_line = |finding: &&Finding| finding.code == Code::LineUnclaimed && finding.line == Some(line);
        let findings = self.converted.findings.iter().filter(of_line);
        let texts: Vec<&str> = findings.filter_map(|finding| finding.raw.as_deref()).collect();
        texts.join(" … ").replace('\n', " ")
    }

    fn document_row(&self) -> Row {
        let (document, converted) = (self.document, self.converted);
        DocumentRow {
            doc_id: &document.id.to_string(),
            source: &document.source,
            bytes: document.bytes,
            encoding: document.encoding.as_str(),
            dialect: converted.dialect.map(|dialect| dialect.as_str()),
            status: converted.status(),
            error: None,
            forms: converted.forms.len() as u32,
            lines: converted.lines,
            lines_unclaimed: converted.lines_unclaimed,
            findings: converted.findings.len() as u32,
        }
        .to_json()
    }
}

fn total(judged: &Judged<'_>, at: u32) -> Total {
    let fact = &judged.facts.all[at as usize];
    Total {
        column: fact.place.column().1,
        raw: judged.raw_of(fact).to_owned(),
        trust: fact.trust.as_str(),
        line: fact.line,
    }
}
