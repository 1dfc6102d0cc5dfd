//! The texts table: one row a passage of prose.

use super::{RowCells, Unfit};
use crate::table::cells::{self, Cells, Given};
use crate::table::term::Term;
use crate::table::values::Values;

row! {
    /// One passage of prose.
    TextRow, TextCells for a form {
        /// What the passage is: `responsibilities`, `objective`, `objective_expected`, `objective_actual` and so on.
        field: &'a str as Text;
        /// The passage in the source's characters, its paragraphs apart by line feeds.
        text: &'a str as Varied;
        /// The source line the passage begins on, from 1.
        line: u32 as Place;
    }
}
