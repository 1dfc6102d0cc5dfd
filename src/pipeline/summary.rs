//! What a run came to, in figures a person wants at its end.

use super::Converted;
use crate::finding::Code;
use crate::grammar::Grammars;
use crate::proof::Trust;
use std::collections::BTreeMap;

/// How many unread documents are named.
const NAMED: usize = 20;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents by the word in their `status` column.
    pub documents: BTreeMap<&'static str, u64>,
    /// Bytes read.
    pub bytes: u64,
    /// Forms by the id of their grammar.
    pub forms: BTreeMap<String, u64>,
    /// Figures (sums, measures, the weights and scores of lines) by trust, as the tables' trust columns have them.
    pub figures: BTreeMap<Trust, u64>,
    /// Findings by code.
    pub findings: BTreeMap<Code, u64>,
    /// Lines that hold anything.
    pub lines: u64,
    /// Those among them that no form claims.
    pub lines_unclaimed: u64,
    /// The first documents that were not wholly converted.
    pub unread: Vec<Unread>,
}

/// A document that was not wholly converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its name.
    pub source: String,
    /// The word in its `status` column.
    pub status: &'static str,
    /// Why it failed, or how much is left.
    pub reason: String,
}

impl Summary {
    /// Documents in all.
    pub fn documents_total(&self) -> u64 {
        self.documents.values().sum()
    }

    /// Whether every document was converted whole, or is a duplicate of one that was looked at.
    pub fn is_complete(&self) -> bool {
        self.documents.keys().all(|status| matches!(*status, "converted" | "duplicate"))
    }

    pub(super) fn count(&mut self, converted: &Converted<'_>, grammars: &Grammars) {
        for judged in &converted.forms {
            let id = &grammars.forms[usize::from(judged.valued.form.grammar)].id;
            match self.forms.get_mut(id) {
                Some(count) => *count += 1,
                None => _ = self.forms.insert(id.clone(), 1),
            }
            let mut figures = [0; Trust::ALL.len()];
            for fact in judged.facts.all.iter().filter(|fact| fact.place.has_trust()) {
                figures[fact.trust as usize] += 1;
            }
            for (trust, count) in Trust::ALL.into_iter().zip(figures).filter(|(_, count)| *count > 0) {
                *self.figures.entry(trust).or_default() += count;
            }
        }
        for finding in &converted.findings {
            *self.findings.entry(finding.code).or_default() += 1;
        }
        self.lines += u64::from(converted.lines);
        self.lines_unclaimed += u64::from(converted.lines_unclaimed);
    }

    pub(super) fn name(&mut self, source: &str, status: &'static str, reason: impl FnOnce() -> String) {
        *self.documents.entry(status).or_default() += 1;
        if !matches!(status, "converted" | "duplicate") && self.unread.len() < NAMED {
            self.unread.push(Unread { source: source.to_owned(), status, reason: reason() });
        }
    }

    pub(super) fn add(&mut self, other: Summary) {
        self.bytes += other.bytes;
        self.lines += other.lines;
        self.lines_unclaimed += other.lines_unclaimed;
        merge(&mut self.documents, other.documents);
        merge(&mut self.forms, other.forms);
        merge(&mut self.figures, other.figures);
        merge(&mut self.findings, other.findings);
        let room = NAMED.saturating_sub(self.unread.len());
        self.unread.extend(other.unread.into_iter().take(room));
    }
}

fn merge<K: Ord>(into: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}
