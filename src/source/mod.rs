//! Hop 1: from paths and standard input to text with a note of where it came from.

mod decode;
mod document;
mod encoding;
mod name;
mod read;

pub use document::{DocId, Document, Refusal};
pub use encoding::{Encoding, UnknownEncoding};
pub use read::{ReadOptions, read};

use std::path::PathBuf;

/// One input of a run, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the `source` column says: relative, `/`-separated, unique in the run.
    pub name: String,
    /// Where its bytes are.
    pub origin: Origin,
}

/// Where the bytes of a [`Source`] are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In this regular file.
    File(PathBuf),
    /// On standard input.
    Stdin,
    /// Nowhere that can be read; the sentence says why.
    Refused(String),
}
