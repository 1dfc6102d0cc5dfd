//! Columns under construction: one Arrow builder a column type, filled without an allocation a cell.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{DictionaryArray, StringArray, new_null_array};
use serde_json::Value;

use super::column::ColumnType;
use crate::value::date::Date;
use crate::value::decimal::Decimal;
use crate::value::exact::{Exact, MONEY, QUANTITY, SCORE};

/// The values of one column, being collected.
pub(crate) trait Cells: Default {
    /// What a row gives.
    type Value<'a>;
    /// The column's type.
    const KIND: ColumnType;
    /// Appends a value, or null.
    fn push(&mut self, value: Option<Self::Value<'_>>);
    /// Hands the column over and starts anew.
    fn finish(&mut self) -> ArrayRef;
    /// Whether the column can hold the value as it is meant.
    fn fits(_value: Option<Self::Value<'_>>) -> bool {
        true
    }
    /// The value as JSON, with the digits that the column keeps.
    fn json(value: Option<Self::Value<'_>>) -> Value;
}

/// A row's value as its column takes it, and whether it may be missing.
pub(crate) trait Given<V>: Into<Option<V>> {
    const NULLABLE: bool;
}

impl<V> Given<V> for V {
    const NULLABLE: bool = false;
}

impl<V> Given<V> for Option<V> {
    const NULLABLE: bool = true;
}

/// Text. Starts without capacity: a run of documents has few rows in most years, and the batches wait in
/// memory until a file has a full chunk of rows.
pub(crate) struct Text(StringBuilder);

impl Default for Text {
    fn default() -> Self {
        Text(StringBuilder::with_capacity(0, 0))
    }
}

impl Cells for Text {
    type Value<'a> = &'a str;
    const KIND: ColumnType = ColumnType::Text;

    fn push(&mut self, value: Option<&str>) {
        self.0.append_option(value);
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn json(value: Option<&str>) -> Value {
        value.into()
    }
}

/// One of few words: each is kept once, and rows hold their places. The word of a row is nearly always that of the row
/// before, and never one of many, so that looking through them beats hashing.
#[derive(Default)]
pub(crate) struct Word {
    words: Vec<String>,
    places: Int32Builder,
    last: usize,
}

impl Cells for Word {
    type Value<'a> = &'a str;
    const KIND: ColumnType = ColumnType::Word;

    fn push(&mut self, value: Option<&str>) {
        let Some(value) = value else { return self.places.append_null() };
        if self.words.get(self.last).is_none_or(|word| word != value) {
            let known = self.words.iter().position(|word| word == value);
            self.last = known.unwrap_or_else(|| {
                self.words.push(value.to_owned());
                self.words.len() - 1
            });
        }
        self.places.append_value(i32::try_from(self.last).unwrap_or(i32::MAX));
    }

    fn json(value: Option<&str>) -> Value {
        value.into()
    }

    fn finish(&mut self) -> ArrayRef {
        self.last = 0;
        let words = StringArray::from_iter_values(std::mem::take(&mut self.words));
        let places = self.places.finish();
        // Every place is that of a word just kept.
        match DictionaryArray::<Int32Type>::try_new(places, Arc::new(words)) {
            Ok(array) => Arc::new(array),
            Err(_) => new_null_array(&Self::KIND.arrow(), 0),
        }
    }
}

macro_rules! numbers {
    ($($(#[$doc:meta])+ $name:ident($builder:ident) of $value:ty as $kind:expr, $stored:expr, $json:expr;)+) => {$(
        $(#[$doc])+
        pub(crate) struct $name($builder);

        impl Default for $name {
            fn default() -> Self {
                $name($builder::with_capacity(0))
            }
        }

        impl Cells for $name {
            type Value<'a> = $value;
            const KIND: ColumnType = $kind;

            fn push(&mut self, value: Option<$value>) {
                self.0.append_option(value.map($stored));
            }

            fn finish(&mut self) -> ArrayRef {
                Arc::new(self.0.finish())
            }

            fn json(value: Option<$value>) -> Value {
                value.map_or(Value::Null, $json)
            }
        }
    )+};
}

numbers! {
    /// A place or a count. Documents are capped far below `i32::MAX` lines, so the cap never bites.
    Count(Int32Builder) of u32 as ColumnType::Int32, |n| i32::try_from(n).unwrap_or(i32::MAX), Value::from;
    /// A calendar year.
    Year(Int32Builder) of i32 as ColumnType::Int32, |year| year, Value::from;
    /// A size in bytes.
    Bytes(Int64Builder) of u64 as ColumnType::Int64, |n| i64::try_from(n).unwrap_or(i64::MAX), Value::from;
    /// A day, counted from 1970-01-01.
    Day(Date32Builder) of i32 as ColumnType::Date, |day| day, |day| Date::from_days(day).to_string().into();
}

macro_rules! decimals {
    ($($(#[$doc:meta])+ $name:ident of $exact:ident;)+) => {$(
        $(#[$doc])+
        pub(crate) struct $name(Decimal128Builder);

        impl Default for $name {
            fn default() -> Self {
                $name(Decimal128Builder::with_capacity(0).with_data_type(Self::KIND.arrow()))
            }
        }

        impl Cells for $name {
            type Value<'a> = Decimal;
            const KIND: ColumnType = ColumnType::Decimal($exact);

            fn push(&mut self, value: Option<Decimal>) {
                self.0.append_option(value.and_then(|value| $exact.mantissa(value)));
            }

            fn finish(&mut self) -> ArrayRef {
                // `finish` keeps the builder's type for the next batch.
                Arc::new(self.0.finish())
            }

            fn fits(value: Option<Decimal>) -> bool {
                value.is_none_or(|value| Exact::fits($exact, value))
            }

            fn json(value: Option<Decimal>) -> Value {
                let kept = value.and_then(|value| $exact.mantissa(value));
                kept.map(|mantissa| Decimal::new(mantissa, $exact.scale).to_string()).into()
            }
        }
    )+};
}

decimals! {
    /// Money in yuan.
    Money of MONEY;
    /// A weight or a score in points.
    Score of SCORE;
    /// Any other number.
    Quantity of QUANTITY;
}
