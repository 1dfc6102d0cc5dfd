//! A column as data: its name, type, unit and meaning. Schemas, builders and `datapackage.json` are all made
//! from it, so none can disagree with another.

use std::collections::HashMap;

use arrow_schema::{DataType, Field};

use crate::value::exact::Exact;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text; Arrow `Utf8`.
    Text,
    /// One of few words; Arrow dictionary of `Utf8` with `Int32` keys.
    Word,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer.
    Int64,
    /// An exact decimal; always Arrow `Decimal128`, because narrower decimals break readers.
    Decimal(Exact),
    /// A day; Arrow `Date32`.
    Date,
}

impl ColumnType {
    /// The Arrow type.
    pub fn arrow(self) -> DataType {
        match self {
            ColumnType::Text => DataType::Utf8,
            ColumnType::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            ColumnType::Int32 => DataType::Int32,
            ColumnType::Int64 => DataType::Int64,
            // Every scale of the contract is far below i8::MAX.
            ColumnType::Decimal(exact) => DataType::Decimal128(exact.precision, exact.scale as i8),
            ColumnType::Date => DataType::Date32,
        }
    }
}

/// One column of the contract.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, part of the contract.
    pub name: &'static str,
    /// Its type, part of the contract.
    pub kind: ColumnType,
    /// Whether a row may have no value here.
    pub nullable: bool,
    /// The unit of money, `CNY`; other columns state theirs in words.
    pub unit: Option<&'static str>,
    /// Every value the column can have, where the contract lists them; else empty.
    pub words: &'static [&'static str],
    pub(crate) doc: &'static str,
}

impl Column {
    /// What the column means, in one or two English sentences.
    pub fn description(&self) -> &'static str {
        self.doc.trim_start()
    }

    /// The Arrow field, with `description` and `unit` as its metadata.
    pub fn field(&self) -> Field {
        let mut metadata = HashMap::from([("description".to_owned(), self.description().to_owned())]);
        if let Some(unit) = self.unit {
            metadata.insert("unit".to_owned(), unit.to_owned());
        }
        Field::new(self.name, self.kind.arrow(), self.nullable).with_metadata(metadata)
    }
}
