//! Waves: as many inputs at a time as memory allows, read and converted side by side, put back in order.

use super::pool::Pool;
use super::{Converter, Progress, RunError, Summary};
use crate::finding::{Code, Finding};
use crate::source::{self, DocId, Document, Origin, ReadOptions, Refusal, Source};
use crate::table::{self, DocumentRow, Memory, TableBatch, Tables};
use rayon::prelude::*;
use std::collections::HashMap;

/// Bytes of input in flight at a time, and documents: what bounds a run's memory, whatever its length.
const WAVE_BYTES: u64 = 4 << 20;
const WAVE_DOCUMENTS: usize = 512;
/// Runs of documents a thread converts in a wave: more than one, so that an idle thread can take over.
const CHUNKS_A_THREAD: usize = 2;

/// The row of a document, kept until the run's end: a later source with the same bytes adds a finding to it.
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

/// Goes through the inputs wave by wave.
pub(super) struct Waves<'a> {
    sources: &'a [Source],
    at: usize,
    converter: &'a Converter<'a>,
    read: &'a ReadOptions,
    /// One a source, in their order.
    entries: Vec<Entry>,
    /// The entry of each document's first source.
    seen: HashMap<DocId, usize>,
    summary: Summary,
    /// What the threads remember of the documents before, for whichever comes next.
    memories: Pool<Memory>,
}

/// A document that is no duplicate, with the place of its entry.
type Fresh = (usize, Document);

/// What one thread makes of a run of documents.
struct Chunk {
    batches: Vec<TableBatch>,
    outcomes: Vec<Outcome>,
    summary: Summary,
}

/// What became of a document.
struct Outcome {
    dialect: Option<&'static str>,
    status: &'static str,
    error: Option<&'static str>,
    forms: u32,
    lines: u32,
    lines_unclaimed: u32,
    findings: u32,
}

impl<'a> Waves<'a> {
    pub fn new(sources: &'a [Source], converter: &'a Converter<'a>, read: &'a ReadOptions) -> Self {
        Waves {
            sources,
            at: 0,
            converter,
            read,
            entries: Vec::with_capacity(sources.len()),
            seen: HashMap::new(),
            summary: Summary::default(),
            memories: Pool::default(),
        }
    }

    pub fn progress(&self) -> Progress {
        Progress { documents: self.at, documents_total: self.sources.len(), bytes: self.summary.bytes }
    }

    /// The batches of the next wave; `None` once every input was taken.
    pub fn next(&mut self) -> Result<Option<Vec<TableBatch>>, RunError> {
        let Some(wave) = self.take_wave() else { return Ok(None) };
        let documents: Vec<Result<Document, Refusal>> =
            wave.par_iter().map(|source| source::read(source, self.read)).collect();
        let first = self.entries.len();
        let mut tables = Tables::new();
        let mut fresh = Vec::with_capacity(documents.len());
        for document in documents {
            fresh.extend(self.admit(document, &mut tables)?);
        }
        let chunks: Result<Vec<Chunk>, RunError> =
            chunks(&fresh).into_par_iter().map(|documents| self.convert(documents)).collect();
        let mut batches = tables.finish();
        let mut places = fresh.iter().map(|(at, _)| *at);
        for chunk in chunks? {
            batches.extend(chunk.batches);
            self.summary.add(chunk.summary);
            for (outcome, at) in chunk.outcomes.into_iter().zip(&mut places) {
                self.entries[at].conclude(&outcome);
            }
        }
        for entry in &self.entries[first..] {
            self.summary.name(&entry.source, entry.status, || entry.reason());
        }
        Ok(Some(batches))
    }

    fn take_wave(&mut self) -> Option<&'a [Source]> {
        let rest = &self.sources[self.at..];
        let (mut bytes, mut count) = (0, 0);
        for source in rest.iter().take(WAVE_DOCUMENTS) {
            let size = match &source.origin {
                Origin::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
                _ => 0,
            };
            if count > 0 && bytes + size > WAVE_BYTES {
                break;
            }
            bytes += size;
            count += 1;
        }
        self.at += count;
        (count > 0).then(|| &rest[..count])
    }

    /// Enters a document into the ledger; gives it back where it is to be converted.
    fn admit(
        &mut self,
        document: Result<Document, Refusal>,
        tables: &mut Tables,
    ) -> Result<Option<Fresh>, RunError> {
        let mut entry = Entry::of(&document);
        self.summary.bytes += entry.bytes;
        if let Some(&original) = self.seen.get(&entry.id) {
            let message = format!("`{}` has the same bytes; its rows are given once.", entry.source);
            self.report(original, &Finding::new(Code::DocumentDuplicate, message), tables)?;
            entry.status = "duplicate";
            entry.error = None;
            self.entries.push(entry);
            return Ok(None);
        }
        let at = self.entries.len();
        self.seen.insert(entry.id, at);
        self.entries.push(entry);
        match document {
            Ok(document) => Ok(Some((at, document))),
            Err(refusal) => {
                self.report(at, &Finding::new(Code::DocumentFailed, refusal.reason), tables)?;
                Ok(None)
            }
        }
    }

    /// Adds a finding to the document of an entry.
    fn report(&mut self, at: usize, finding: &Finding, tables: &mut Tables) -> Result<(), RunError> {
        self.entries[at].findings += 1;
        *self.summary.findings.entry(finding.code).or_default() += 1;
        table::finding(tables, self.entries[at].id, finding).map_err(RunError::Unfit)
    }

    fn convert(&self, documents: &[Fresh]) -> Result<Chunk, RunError> {
        self.memories.with(Memory::default, |memory| self.convert_with(documents, memory))
    }

    fn convert_with(&self, documents: &[Fresh], memory: &mut Memory) -> Result<Chunk, RunError> {
        let mut tables = Tables::new();
        let mut outcomes = Vec::with_capacity(documents.len());
        let mut summary = Summary::default();
        for (_, document) in documents {
            let converted = self.converter.convert(document);
            summary.count(&converted, self.converter.grammars());
            outcomes.push(Outcome {
                dialect: converted.dialect.map(|dialect| dialect.as_str()),
                status: converted.status(),
                error: converted.refused,
                forms: converted.forms.len() as u32,
                lines: converted.lines,
                lines_unclaimed: converted.lines_unclaimed,
                findings: converted.findings.len() as u32,
            });
            let filled = self.converter.fill_from(&mut tables, memory, document, converted);
            filled.map_err(RunError::Unfit)?;
        }
        Ok(Chunk { batches: tables.finish(), outcomes, summary })
    }

    /// The rows of the documents, once all are known.
    pub fn finish(self) -> Result<(Vec<TableBatch>, Summary), RunError> {
        let mut tables = Tables::new();
        for entry in &self.entries {
            entry.fill(&mut tables).map_err(RunError::Unfit)?;
        }
        Ok((tables.finish(), self.summary))
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

/// Runs of documents of about equal size. Every run has column builders of its own, so there are as few as the threads
/// allow; a dataset's bytes do not depend on how its rows are divided.
fn chunks(fresh: &[Fresh]) -> Vec<&[Fresh]> {
    let mut chunks = Vec::new();
    let total: usize = fresh.iter().map(|(_, document)| document.text.len()).sum();
    let chunks_in_all = match rayon::current_num_threads() {
        // Nobody could take over.
        1 => 1,
        threads => threads * CHUNKS_A_THREAD,
    };
    let size = total / chunks_in_all + 1;
    let (mut start, mut bytes) = (0, 0);
    for (at, (_, document)) in fresh.iter().enumerate() {
        if bytes > 0 && bytes + document.text.len() > size {
            chunks.push(&fresh[start..at]);
            (start, bytes) = (at, 0);
        }
        bytes += document.text.len();
    }
    if start < fresh.len() {
        chunks.push(&fresh[start..]);
    }
    chunks
}
