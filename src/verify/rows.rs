//! The rows of a dataset as they are read back, one struct a table.

use crate::value::decimal::Decimal;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;

/// A value of a column; `None` where the column is not of its type, or null although it must not be.
pub(super) trait Read: Sized {
    fn read(column: &dyn Array, row: usize) -> Option<Self>;
}

impl Read for String {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        Option::<String>::read(column, row)?
    }
}

impl Read for Option<String> {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        if column.is_null(row) {
            return Some(None);
        }
        let text = match column.data_type() {
            DataType::Dictionary(_, _) => {
                let words = column.as_any_dictionary_opt()?;
                let key = words.keys().as_primitive_opt::<Int32Type>()?.value(row);
                words.values().as_string_opt::<i32>()?.value(usize::try_from(key).ok()?).to_owned()
            }
            _ => column.as_string_opt::<i32>()?.value(row).to_owned(),
        };
        Some(Some(text))
    }
}

impl Read for i32 {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        Option::<i32>::read(column, row)?
    }
}

impl Read for Option<i32> {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        let column = column.as_primitive_opt::<Int32Type>()?;
        Some((!column.is_null(row)).then(|| column.value(row)))
    }
}

impl Read for i64 {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        let column = column.as_primitive_opt::<Int64Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }
}

impl Read for Option<Decimal> {
    fn read(column: &dyn Array, row: usize) -> Option<Self> {
        let column = column.as_primitive_opt::<Decimal128Type>()?;
        let scale = u8::try_from(column.scale()).ok()?;
        Some((!column.is_null(row)).then(|| Decimal::new(column.value(row), scale)))
    }
}

macro_rules! row {
    ($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $kind:ty,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub(super) struct $name {
            /// The year of the folder the row stands in.
            pub year: Option<i32>,
            $(pub $field: $kind,)+
        }

        impl $name {
            /// The rows of a batch, or the column that cannot be read.
            pub fn read(batch: &RecordBatch, year: Option<i32>, out: &mut Vec<Self>) -> Result<(), &'static str> {
                $(let $field = batch.column_by_name(stringify!($field)).ok_or(stringify!($field))?;)+
                for row in 0..batch.num_rows() {
                    out.push($name {
                        year,
                        $($field: Read::read($field.as_ref(), row).ok_or(stringify!($field))?,)+
                    });
                }
                Ok(())
            }
        }
    };
}

row! {
    /// A row of documents.
    Document {
        doc_id: String, source: String, bytes: i64, encoding: String, dialect: Option<String>, status: String,
        error: Option<String>, forms: i32, lines: i32, lines_unclaimed: i32, findings: i32,
    }
}

row! {
    /// A row of forms.
    Form {
        form_id: String, doc_id: String, form_type: String, line: i32, line_last: i32, title: String,
        annex: Option<String>, reporting_org: Option<String>, department: Option<String>, project: Option<String>, unit: Option<String>,
        unit_stated: Option<String>, weight_total: Option<Decimal>, score_total: Option<Decimal>, status: String,
    }
}

row! {
    /// A row of amounts.
    Amount {
        form_id: String, doc_id: String, form_type: String, department: Option<String>, project: Option<String>,
        item: String, item_path: String, item_code: Option<String>, measure_label: Option<String>, measure: String,
        amount_year: Option<i32>, amount_yuan: Option<Decimal>, raw: String, unit: String, unit_basis: String,
        trust: String, line: i32, cell: i32,
    }
}

row! {
    /// A row of measures.
    Measure {
        form_id: String, doc_id: String, form_type: String, department: Option<String>, project: Option<String>,
        item: String, item_path: String, item_code: Option<String>, amount_year: Option<i32>,
        value: Option<Decimal>, unit: String, raw: String, trust: String, line: i32, cell: i32,
    }
}

row! {
    /// A row of indicators.
    Indicator {
        form_id: String, doc_id: String, form_type: String, department: Option<String>, project: Option<String>,
        ordinal: i32, kind: String, level1: Option<String>, level2: Option<String>, level3: Option<String>,
        level1_weight: Option<Decimal>, target: Option<String>, target_op: Option<String>,
        target_value: Option<Decimal>, target_unit: Option<String>, actual: Option<String>,
        actual_op: Option<String>, actual_value: Option<Decimal>, actual_unit: Option<String>, weight: Option<Decimal>, score: Option<Decimal>, reason: Option<String>,
        trust: String, weight_trust: String, line: i32,
    }
}

row! {
    /// A row of texts.
    Text {
        form_id: String, doc_id: String, form_type: String, department: Option<String>, project: Option<String>,
        field: String, text: String, line: i32,
    }
}

row! {
    /// A row of findings.
    Finding {
        doc_id: String, form_id: Option<String>, code: String, severity: String, table: Option<String>,
        field: Option<String>, line: Option<i32>, raw: Option<String>, value: Option<String>, message: String,
        proof: Option<String>,
    }
}

/// Every row of a dataset, each table in the order of its files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    pub documents: Vec<Document>,
    pub forms: Vec<Form>,
    pub amounts: Vec<Amount>,
    pub measures: Vec<Measure>,
    pub indicators: Vec<Indicator>,
    pub texts: Vec<Text>,
    pub findings: Vec<Finding>,
}
