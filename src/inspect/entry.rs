//! A text to which a form gave a meaning.

use super::Row;
use super::figure::FigureAccount;
use serde::Serialize;
use serde_json::Value;

/// A text that has a meaning in a form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// What it is: `figure`, `row label`, `field`, …
    pub what: &'static str,
    /// Its block in the grammar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// Its row: the grammar's name for it, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The label of its row, folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_label: Option<String>,
    /// Its column in the grammar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The label of its column, folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column_label: Option<String>,
    /// The field of the form it is, or labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Its first line, from 1.
    pub line: u32,
    /// Its last line.
    pub line_last: u32,
    /// The place of its cell in its row, from 1; `None` for what stands in no table's row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<u32>,
    /// As printed.
    pub raw: String,
    /// Where it goes in the dataset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lands: Option<Landing>,
    /// What is known of it as a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<FigureAccount>,
}

/// A place in the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Landing {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What stands there.
    pub value: Value,
}

/// The place of a row's column in the dataset.
pub(super) fn landing(table: &'static str, column: &'static str, row: &Row) -> Landing {
    Landing { table, column, value: row.get(column).cloned().unwrap_or(Value::Null) }
}
