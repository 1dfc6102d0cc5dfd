//! What a check found: faults, what was looked at, and how much of it an identity covers.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The check that a dataset falls short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The files are those that the manifest lists.
    Manifest,
    /// Ids, counts, ordinals and what rows repeat of their form.
    Keys,
    /// Figures follow from their raw text.
    Figure,
    /// Labels, codes, columns and years belong together.
    Label,
    /// The grammar's identities, and the findings they must have.
    Identity,
    /// What is said to stand behind a figure.
    Trust,
    /// The proofs that findings carry.
    Certificate,
    /// The sources hold what the rows say.
    Source,
}

impl Check {
    /// The word in a report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Check::Manifest => "manifest",
            Check::Keys => "keys",
            Check::Figure => "figure",
            Check::Label => "label",
            Check::Identity => "identity",
            Check::Trust => "trust",
            Check::Certificate => "certificate",
            Check::Source => "source",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The check it falls short of.
    pub check: Check,
    /// The table, or the file.
    pub table: String,
    /// The form, where it is about one; else the document.
    pub form_id: Option<String>,
    /// The source line that the row gives.
    pub line: Option<i32>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.check.as_str(), self.table)?;
        if let Some(form) = &self.form_id {
            write!(f, " {form}")?;
        }
        if let Some(line) = self.line {
            write!(f, " line {line}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Parquet files.
    pub files: usize,
    /// Documents.
    pub documents: usize,
    /// Forms.
    pub forms: usize,
    /// Sums, measures, weights, scores and totals.
    pub figures: usize,
    /// Identities and relations laid over them.
    pub identities: usize,
    /// Proofs of findings.
    pub certificates: usize,
    /// Findings.
    pub findings: usize,
    /// Raw texts and passages found again in their source.
    pub raws: usize,
    /// Sources read again.
    pub sources: usize,
}

/// Figures of one kind of form, and how many of them an identity or a relation that holds pins down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Figures that have a value.
    pub figures: usize,
    /// Those pinned.
    pub covered: usize,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How much was looked at.
    pub checked: Checked,
    /// The first faults.
    pub faults: Vec<Fault>,
    /// How many faults there are in all.
    pub faults_total: usize,
    /// By `form_type`.
    pub coverage: BTreeMap<String, Coverage>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.faults_total == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        if self.faults_total > self.faults.len() {
            writeln!(f, "and {} more", self.faults_total - self.faults.len())?;
        }
        let c = &self.checked;
        let (files, documents) = (counted(c.files, "file"), counted(c.documents, "document"));
        writeln!(
            f,
            "{files}, {documents}, {}, {}",
            counted(c.forms, "form"),
            counted(c.findings, "finding")
        )?;
        let identities = if c.identities == 1 { "identity" } else { "identities" };
        let (figures, certificates) = (counted(c.figures, "figure"), counted(c.certificates, "certificate"));
        writeln!(f, "{figures}, {} {identities}, {certificates}", c.identities)?;
        writeln!(f, "{} in {}", counted(c.raws, "raw text"), counted(c.sources, "source"))?;
        for (kind, coverage) in &self.coverage {
            let Coverage { figures, covered } = coverage;
            let Some(share) = covered.saturating_mul(100).checked_div(*figures) else {
                writeln!(f, "{kind}: no figures")?;
                continue;
            };
            writeln!(
                f,
                "{kind}: {covered} of {figures} figures ({share}%) are pinned by an identity that holds"
            )?;
        }
        match self.faults_total {
            0 => write!(f, "the dataset holds"),
            n => write!(f, "the dataset does not hold: {}", counted(n, "fault")),
        }
    }
}

/// `1 form`, `2 forms`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Takes faults and counts down.
#[derive(Debug, Default)]
pub(super) struct Sink {
    limit: usize,
    report: Report,
}

/// The row that a fault is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub table: &'a str,
    pub id: Option<&'a str>,
    pub line: Option<i32>,
}

impl<'a> At<'a> {
    pub fn row(table: &'a str, id: &'a str, line: i32) -> Self {
        At { table, id: Some(id), line: Some(line) }
    }

    pub fn id(table: &'a str, id: &'a str) -> Self {
        At { table, id: Some(id), line: None }
    }

    pub fn file(path: &'a str) -> Self {
        At { table: path, id: None, line: None }
    }
}

impl Sink {
    pub fn new(limit: usize) -> Self {
        Sink { limit, report: Report::default() }
    }

    pub fn fault(&mut self, check: Check, at: At<'_>, what: impl Into<String>) {
        self.report.faults_total += 1;
        if self.report.faults.len() < self.limit {
            let (table, form_id) = (at.table.to_owned(), at.id.map(str::to_owned));
            self.report.faults.push(Fault { check, table, form_id, line: at.line, what: what.into() });
        }
    }

    /// A fault unless `holds`.
    pub fn demand(&mut self, holds: bool, check: Check, at: At<'_>, what: impl FnOnce() -> String) {
        if !holds {
            self.fault(check, at, what());
        }
    }

    pub fn checked(&mut self) -> &mut Checked {
        &mut self.report.checked
    }

    pub fn cover(&mut self, form_type: &str, figures: usize, covered: usize) {
        let coverage = self.report.coverage.entry(form_type.to_owned()).or_default();
        coverage.figures += figures;
        coverage.covered += covered;
    }

    pub fn finish(self) -> Report {
        self.report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_not_several() {
        let checked = Checked { documents: 1, forms: 2, identities: 1, ..Checked::default() };
        let text = Report { checked, faults_total: 1, ..Report::default() }.to_string();
        for words in ["0 files, 1 document, 2 forms", "1 identity,", "does not hold: 1 fault"] {
            assert!(text.contains(words), "{text}");
        }
        assert!(!text.contains("1 documents") && !text.ends_with("faults"));
    }
}
