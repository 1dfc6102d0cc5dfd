//! What a run came to, as the object that `--format json` prints. Its keys are documented in docs/cli.md and only
//! ever added to.

use super::exit::Failure;
use super::printable::in_json;
use super::sql;
use biaodan::dataset::Published;
use biaodan::pipeline::Summary;
use biaodan::proof::Trust;
use biaodan::table::{CONTRACT, Table};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::io;

/// The whole of a run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of biaodan.
    pub version: &'static str,
    /// The version of the contract that the tables keep.
    pub contract: &'static str,
    /// Where the dataset stands, absolute.
    pub dataset: String,
    /// Whether every document was converted whole.
    pub complete: bool,
    /// Bytes of input.
    pub bytes: u64,
    /// Documents by status.
    pub documents: Counts,
    /// Forms by the grammar that read them.
    pub forms: Counts,
    /// Figures by trust.
    pub figures: Counts,
    /// Findings by code.
    pub findings: Counts,
    /// Rows by table.
    pub rows: Counts,
    /// Lines that hold anything, and what became of them.
    pub lines: Lines,
    /// Documents that are not, or not wholly, in the tables.
    pub unread: Unread,
    /// What opens the dataset in DuckDB, where its path can be written there.
    pub sql: Option<String>,
    /// Where a replaced dataset still stands that could not be deleted.
    pub left_behind: Option<String>,
}

/// Counts and their total.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Their sum.
    pub total: u64,
    /// Each with its name, in the order they are shown in.
    #[serde(serialize_with = "as_object")]
    pub by: Vec<(String, u64)>,
}

/// Lines that hold anything.
#[derive(Debug, Serialize)]
pub struct Lines {
    /// All of them.
    pub total: u64,
    /// Those that no form claims.
    pub unclaimed: u64,
}

/// Documents that are not, or not wholly, in the tables.
#[derive(Debug, Serialize)]
pub struct Unread {
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub named: Vec<Named>,
}

/// An unread document.
#[derive(Debug, Serialize)]
pub struct Named {
    /// Its name in the `source` column.
    pub source: String,
    /// The word in its `status` column.
    pub status: &'static str,
    /// Why.
    pub reason: String,
}

impl Report {
    /// What a run came to.
    pub fn new(summary: &Summary, published: &Published) -> Self {
        let rows = Table::ALL.map(|table| {
            let files = published.files.iter().filter(|file| file.table == table);
            (table.name(), files.map(|file| file.rows).sum())
        });
        let trusts = Trust::ALL
            .map(|trust| (trust.as_str(), summary.figures.get(&trust).copied().unwrap_or_default()));
        Report {
            version: env!("CARGO_PKG_VERSION"),
            contract: CONTRACT,
            dataset: published.path.display().to_string(),
            complete: summary.is_complete(),
            bytes: summary.bytes,
            documents: Counts::of(statuses(&summary.documents)),
            forms: Counts::of(summary.forms.iter().map(|(id, &count)| (id.as_str(), count))),
            figures: Counts::of(trusts),
            findings: Counts::of(summary.findings.iter().map(|(code, &count)| (code.as_str(), count))),
            rows: Counts::of(rows),
            lines: Lines { total: summary.lines, unclaimed: summary.lines_unclaimed },
            unread: unread(summary),
            sql: sql::open(&published.path),
            left_behind: published.left_behind.as_ref().map(|path| path.display().to_string()),
        }
    }
}

impl Counts {
    fn of<'n>(named: impl IntoIterator<Item = (&'n str, u64)>) -> Self {
        let by: Vec<(String, u64)> =
            named.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        Counts { total: by.iter().map(|(_, count)| count).sum(), by }
    }
}

/// Every status of the contract, also those that no document has.
fn statuses(documents: &BTreeMap<&'static str, u64>) -> impl Iterator<Item = (&'static str, u64)> {
    let columns = Table::Documents.columns().iter();
    let words = columns.filter(|column| column.name == "status").flat_map(|column| column.words);
    words.map(|&word| (word, documents.get(word).copied().unwrap_or_default()))
}

fn unread(summary: &Summary) -> Unread {
    let whole = |status: &&str| matches!(*status, "converted" | "duplicate");
    let counts = summary.documents.iter().filter(|(status, _)| !whole(status));
    let named = summary.unread.iter().map(|unread| Named {
        source: unread.source.clone(),
        status: unread.status,
        reason: unread.reason.clone(),
    });
    Unread { total: counts.map(|(_, count)| count).sum(), named: named.collect() }
}

fn as_object<S: Serializer>(counts: &[(String, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(name, count)| (name, count)))
}

/// `value` as JSON on one line that is safe to show.
pub fn json_line(value: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string(value).map_err(io::Error::from)?;
    Ok(in_json(&json) + "\n")
}
