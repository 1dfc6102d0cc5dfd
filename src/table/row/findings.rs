//! The findings table: what an analyst should know before trusting a row.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::values::Values;

row! {
    /// One finding.
    FindingRow, FindingCells {
        /// The document the finding is about.
        doc_id: &'a str as Text;
        /// The form it is about; null where it concerns the whole document.
        form_id: Option<&'a str> as Text;
        /// What kind of finding: a stable, dotted name.
        code: &'static str as Fixed;
        /// How much it weighs.
        severity: &'static str as Fixed in words::SEVERITY;
        /// The table the affected value stands in.
        table: Option<&'a str> as Text;
        /// The column the affected value stands in.
        field: Option<&'a str> as Text;
        /// The source line, from 1.
        line: Option<u32> as Place;
        /// The source's own text.
        raw: Option<&'a str> as Varied;
        /// The value that was given.
        value: Option<&'a str> as Varied;
        /// One sentence a person can act on.
        message: &'a str as Varied;
        /// The identity that settles or breaks it, with its figures.
        proof: Option<&'a str> as Varied;
    }
}
