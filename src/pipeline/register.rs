//! The register of a run's documents: an entry each, in the order of the inputs, and which of them are duplicates.

use super::Summary;
use crate::finding::{Code, Finding};
use crate::source::{DocId, Document, Refusal};
use crate::table::{self, DocumentRow, Tables};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The row of a document, kept until the run's end: a later source with the same bytes adds a finding to it.
#[derive(Debug)]
struct Entry {
    id: DocId,
    source: String,
    bytes: u64,
    encoding: &'static str,
    dialect: Option<&'static str>,
    status: &'static str,
    error: Option<String>,
    forms: u32,
    lines: u32,
    lines_unclaimed: u32,
    findings: u32,
}

/// What became of a document.
#[derive(Debug)]
pub(super) struct Outcome {
    pub dialect: Option<&'static str>,
    pub status: &'static str,
    pub error: Option<&'static str>,
    pub forms: u32,
    pub lines: u32,
    pub lines_unclaimed: u32,
    pub findings: u32,
}

/// What an input turned out to be.
pub(super) enum Admitted {
    /// A document to be converted.
    Fresh(Document),
    /// A duplicate, or no document at all: what there is to say of it, and of which document.
    Noted(DocId, Finding),
}

/// The documents of a run, which threads enter side by side, run of inputs by run of inputs, in the order of the inputs.
#[derive(Debug, Default)]
pub(super) struct Register {
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The run of inputs whose turn it is.
    turn: usize,
    /// One an input, in their order.
    entries: Vec<Entry>,
    /// The entry of each document's first source.
    seen: HashMap<DocId, usize>,
}

impl Register {
    /// The turn of the run of inputs with this number; the one before has to have been begun.
    pub fn turn(&self, number: usize) -> Turn<'_> {
        Turn { register: self, number }
    }

    /// Notes what became of the inputs whose entries these are, and adds them to a summary. `outcomes` are of those that
    /// were converted.
    pub fn conclude(&self, entries: Range<usize>, outcomes: Vec<(usize, Outcome)>, summary: &mut Summary) {
        let mut state = self.state();
        for (at, outcome) in outcomes {
            state.entries[at].conclude(&outcome);
        }
        for entry in &state.entries[entries] {
            summary.bytes += entry.bytes;
            summary.name(&entry.source, entry.status, || entry.reason());
        }
    }

    /// The rows of the documents, once all are known.
    pub fn fill(&self, tables: &mut Tables) -> Result<(), table::Unfit> {
        self.state().entries.iter().try_for_each(|entry| entry.fill(tables))
    }

    /// An entry is whole before the lock is given back, and a panic ends the run.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The turn of a run of inputs to be entered: taken once, and passed on even if whoever held it is lost.
pub(super) struct Turn<'a> {
    register: &'a Register,
    number: usize,
}

impl Turn<'_> {
    /// Enters what was read of the inputs; gives the places of their entries and what each is.
    pub fn admit(self, read: Vec<Result<Document, Refusal>>) -> (Range<usize>, Vec<Admitted>) {
        let mut state = self.wait();
        let first = state.entries.len();
        let admitted = read.into_iter().map(|document| state.admit(document)).collect();
        (first..state.entries.len(), admitted)
    }

    fn wait(&self) -> MutexGuard<'_, State> {
        let early = |state: &mut State| state.turn < self.number;
        let state = self.register.turned.wait_while(self.register.state(), early);
        state.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.wait().turn = self.number + 1;
        self.register.turned.notify_all();
    }
}

impl State {
    fn admit(&mut self, read: Result<Document, Refusal>) -> Admitted {
        let mut entry = Entry::of(&read);
        if let Some(&original) = self.seen.get(&entry.id) {
            let message = format!("`{}` has the same bytes; its rows are given once.", entry.source);
            entry.status = "duplicate";
            entry.error = None;
            self.entries.push(entry);
            return self.note(original, Finding::new(Code::DocumentDuplicate, message));
        }
        let at = self.entries.len();
        self.seen.insert(entry.id, at);
        self.entries.push(entry);
        match read {
            Ok(document) => Admitted::Fresh(document),
            Err(refusal) => self.note(at, Finding::new(Code::DocumentFailed, refusal.reason)),
        }
    }

    /// A finding on the document of an entry.
    fn note(&mut self, at: usize, finding: Finding) -> Admitted {
        self.entries[at].findings += 1;
        Admitted::Noted(self.entries[at].id, finding)
    }
}
impl Entry {
    fn of(document: &Result<Document, Refusal>) -> Self {
        let (id, source, bytes, encoding, error) = match document {
            Ok(document) => (document.id, &document.source, document.bytes, Some(document.encoding), None),
            Err(refusal) => {
                (refusal.id, &refusal.source, refusal.bytes, refusal.encoding, Some(refusal.reason.clone()))
            }
        };
        Entry {
            id,
            source: source.clone(),
            bytes,
            // A document refused before anything was decoded has none.
            encoding: encoding.map_or("unknown", |encoding| encoding.as_str()),
            dialect: None,
            status: "failed",
            error,
            forms: 0,
            lines: 0,
            lines_unclaimed: 0,
            findings: 0,
        }
    }

    fn conclude(&mut self, outcome: &Outcome) {
        self.dialect = outcome.dialect;
        self.status = outcome.status;
        self.error = outcome.error.map(str::to_owned);
        self.forms = outcome.forms;
        self.lines = outcome.lines;
        self.lines_unclaimed = outcome.lines_unclaimed;
        self.findings += outcome.findings;
    }

    /// Why a document was not wholly converted, for the summary.
    fn reason(&self) -> String {
        match (&self.error, self.status) {
            (Some(error), _) => error.clone(),
            (None, "no_forms") => "no form of a known grammar in it".to_owned(),
            (None, _) if self.lines_unclaimed > 0 => {
                format!("{} of {} lines are claimed by no form", self.lines_unclaimed, self.lines)
            }
            (None, _) => "a form is cut off".to_owned(),
        }
    }

    fn fill(&self, tables: &mut Tables) -> Result<(), table::Unfit> {
        tables.documents(&DocumentRow {
            doc_id: &self.id.to_string(),
            source: &self.source,
            bytes: self.bytes,
            encoding: self.encoding,
            dialect: self.dialect,
            status: self.status,
            error: self.error.as_deref(),
            forms: self.forms,
            lines: self.lines,
            lines_unclaimed: self.lines_unclaimed,
            findings: self.findings,
        })
    }
}
