//! The dataset's tables: their columns as data, their rows, and the builders that turn rows into Arrow
//! record batches.

mod build;
mod cells;
mod column;
mod fill;
mod personal;
mod row;
mod spent;
mod term;
mod values;

use std::sync::{Arc, LazyLock};

use arrow_schema::{Field, Schema, SchemaRef};

pub use crate::value::exact::{Exact, MONEY, QUANTITY, SCORE};
pub use build::{Pieces, Rows, TableBatch, Tables};
pub use column::{Column, ColumnType};
pub(crate) use fill::findings;
pub use fill::memory::Memory;
pub(crate) use fill::names;
pub use fill::{DocumentContext, Personal, finding, form, form_id};
pub use personal::Mask;
pub(crate) use personal::mask;
pub use row::{AmountRow, DocumentRow, FindingRow, FormRow, IndicatorRow, MeasureRow, TextRow, Unfit};
pub(crate) use spent::give_back;
pub use term::Term;
pub(crate) use values::{NumberRuns, Run, TextRuns, Values, VariedNumbers, VariedTexts};

/// The version of the contract that the tables keep.
pub const CONTRACT: &str = "1";

/// A table of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row an input document.
    Documents,
    /// One row a form.
    Forms,
    /// One row a sum of money.
    Amounts,
    /// One row another printed number.
    Measures,
    /// One row a scored line.
    Indicators,
    /// One row a passage of prose.
    Texts,
    /// One row a finding.
    Findings,
}

impl Table {
    /// Every table, in the order of the contract.
    pub const ALL: [Table; 7] = [
        Table::Documents,
        Table::Forms,
        Table::Amounts,
        Table::Measures,
        Table::Indicators,
        Table::Texts,
        Table::Findings,
    ];

    /// Its name, which is also the name of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Forms => "forms",
            Table::Amounts => "amounts",
            Table::Measures => "measures",
            Table::Indicators => "indicators",
            Table::Texts => "texts",
            Table::Findings => "findings",
        }
    }

    /// What one row of it is.
    pub const fn description(self) -> &'static str {
        match self {
            Table::Documents => "One row an input document, whatever became of it.",
            Table::Forms => "One row a form read in a document.",
            Table::Amounts => "One row a sum of money printed in a form.",
            Table::Measures => "One row another number printed in a form, such as a head count or a rate.",
            Table::Indicators => "One row a scored line of a form.",
            Table::Texts => "One row a passage of prose in a form.",
            Table::Findings => "One row whatever an analyst should know before trusting a row.",
        }
    }

    /// Whether it is laid out by the year its forms report on.
    pub const fn is_partitioned(self) -> bool {
        !matches!(self, Table::Documents | Table::Findings)
    }

    /// Its columns, in the order of the file.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::Documents => DocumentRow::COLUMNS,
            Table::Forms => FormRow::COLUMNS,
            Table::Amounts => AmountRow::COLUMNS,
            Table::Measures => MeasureRow::COLUMNS,
            Table::Indicators => IndicatorRow::COLUMNS,
            Table::Texts => TextRow::COLUMNS,
            Table::Findings => FindingRow::COLUMNS,
        }
    }

    /// Its Arrow schema; every call gives the same one.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<[SchemaRef; 7]> = LazyLock::new(|| {
            Table::ALL.map(|table| {
                Arc::new(Schema::new(table.columns().iter().map(Column::field).collect::<Vec<Field>>()))
            })
        });
        // The discriminants count up from zero in the order of ALL.
        Arc::clone(&SCHEMAS[self as usize])
    }
}

#[cfg(test)]
pub(crate) mod tests;
