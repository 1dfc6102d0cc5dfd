//! Hop 1: from paths and standard input to [`Document`]s, text with a note of where it came from.
//!
//! [`collect`] lists what there is to read, in an order that depends on nothing but the arguments and the
//! names; [`read()`] turns one [`Source`] into a [`Document`], or into a [`Refusal`] that says why not. Neither
//! ever stops a run for a bad input: whatever was named or found ends in the ledger.

mod decode;
mod distinct;
mod document;
mod encoding;
mod folder;
mod kept;
mod list;
mod name;
mod read;
mod walk;

pub use document::{DocId, Document, Refusal};
pub use encoding::{Encoding, UnknownEncoding};
pub use kept::Kept;
pub use read::{ReadOptions, read};
pub use walk::{InputError, Inputs, collect};

use std::path::PathBuf;

/// One input of a run, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the `source` column says: relative, `/`-separated, unique in the run (see [`collect`]).
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
