//! A published dataset, checked again from its files by code that shares nothing with what judged it.
//!
//! Nothing of [`crate::proof`], of the readers in [`crate::value`] or of the binder in [`crate::form`] is used here:
//! numbers are read by a reader of this module's own (`number`), identities are laid over rows instead of forms
//! (`law`), and what stands behind a figure is derived anew (`verdict`) and compared with what the dataset says.
//! Shared are the exact decimal, the grammar's data (rows, columns, identities, relations, spellings), how text is
//! folded, and how bytes become text. `docs/verify.md` says what is checked and what cannot be seen.

mod account;
mod certificate;
mod claims;
mod counterpart;
mod decode;
mod expected;
mod facts;
mod figure;
mod form;
mod guessed;
mod keys;
mod labels;
mod law;
mod lay;
mod loose;
mod manifest;
mod number;
mod odd;
mod pairs;
mod place;
mod plausible;
mod points;
mod report;
mod rows;
mod scored;
mod sheet;
mod source;
mod target;
mod term;
mod together;
mod unit;
mod verdict;

pub use report::{Check, Checked, Coverage, Fault, Report};

use crate::grammar::Grammars;
use report::Sink;
use rows::Rows;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// How a dataset is checked.
#[derive(Clone, Debug)]
pub struct VerifyOptions<'g> {
    /// The grammars it was made with.
    pub grammars: &'g Grammars,
    /// The folder under which the sources' names are found; without it nothing is compared with the sources.
    pub sources: Option<PathBuf>,
    /// Whether the files' sizes and hashes are compared with the manifest's.
    pub files: bool,
    /// How many faults are kept; all are counted.
    pub limit: usize,
}

impl<'g> VerifyOptions<'g> {
    /// Everything but the sources, the first hundred faults kept.
    pub fn new(grammars: &'g Grammars) -> Self {
        VerifyOptions { grammars, sources: None, files: true, limit: 100 }
    }
}

/// Why a dataset could not be checked at all. That it is wrong is no error but a [`Fault`].
#[derive(Debug)]
pub enum VerifyError {
    /// A folder or file could not be read.
    Unreadable(PathBuf, io::Error),
    /// The folder holds no dataset: its `datapackage.json` is missing or not one of biaodan's.
    NoDataset(PathBuf, String),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VerifyError::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            VerifyError::NoDataset(path, why) => {
                write!(f, "no dataset of biaodan at {}: {why}", path.display())
            }
        }
    }
}

impl std::error::Error for VerifyError {}

/// Checks the dataset in `dir`.
///
/// # Errors
/// [`VerifyError`] where there is no dataset, or the machine cannot read it; a dataset that is wrong gives a report
/// with faults.
pub fn verify(dir: &Path, options: &VerifyOptions<'_>) -> Result<Report, VerifyError> {
    if let Some(root) = &options.sources {
        std::fs::read_dir(root).map_err(|error| VerifyError::Unreadable(root.clone(), error))?;
    }
    let mut sink = Sink::new(options.limit);
    let files = manifest::check(dir, options.files, &mut sink)?;
    // Rows that are not those of the manifest would only be faulted a second time, row by row.
    if let Some(rows) = decode::rows(dir, &files, &mut sink) {
        examine(&rows, options.grammars, options.sources.as_deref(), &mut sink);
    }
    Ok(sink.finish())
}

/// Checks rows, whatever they were read from.
fn examine(rows: &Rows, grammars: &Grammars, sources: Option<&Path>, sink: &mut Sink) {
    for document in keys::documents(rows, grammars, sink) {
        account::judge(&document, grammars, sink);
        if let Some(root) = sources {
            source::check(&document, root, grammars, sink);
        }
    }
}

#[cfg(test)]
mod tests;
