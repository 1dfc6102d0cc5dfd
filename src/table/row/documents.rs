//! The documents table: the ledger in which every input ends, whatever became of it.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::values::Values;

row! {
    /// One input document.
    DocumentRow, DocumentCells {
        /// The document: lower-case hex of the first 16 bytes of the SHA-256 of its bytes.
        doc_id: &'a str as Varied;
        /// Where it was found: path relative to the input root, separated by slashes.
        source: &'a str as Varied;
        /// Its size in bytes.
        bytes: u64 as Bytes;
        /// The character encoding it was read in.
        encoding: &'a str as Text;
        /// The dialect of dump it is written in; null where none was recognised.
        dialect: Option<&'a str> as Text;
        /// What became of it; `partial` left a form or a line unread, `duplicate` has the bytes of an earlier source,
        /// which alone gives rows.
        status: &'a str as Text in words::DOCUMENT_STATUS;
        /// Why it could not be read; only for `failed`.
        error: Option<&'a str> as Text;
        /// How many forms were read in it.
        forms: u32 as Count;
        /// How many lines are not blank.
        lines: u32 as Count;
        /// How many lines that are not blank no form claimed.
        lines_unclaimed: u32 as Count;
        /// How many rows the findings table has about it.
        findings: u32 as Count;
    }
}
