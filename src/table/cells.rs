//! Columns under construction: runs of equal values, filled without an allocation a cell.

use serde_json::Value;

use super::column::ColumnType;
use super::runs::{NumberRuns, Runs, TextRuns};
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
    fn finish(&mut self) -> Runs;
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

macro_rules! texts {
    ($($(#[$doc:meta])+ $name:ident as $kind:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name(TextRuns);

        impl $name {
            /// Appends the value of the row before.
            pub fn repeat(&mut self) {
                self.0.repeat();
            }
        }

        impl Cells for $name {
            type Value<'a> = &'a str;
            const KIND: ColumnType = $kind;

            fn push(&mut self, value: Option<&str>) {
                self.0.push(value);
            }

            fn finish(&mut self) -> Runs {
                Runs::Text(std::mem::take(&mut self.0))
            }

            fn json(value: Option<&str>) -> Value {
                value.into()
            }
        }
    )+};
}

texts! {
    /// Text.
    Text as ColumnType::Text;
    /// One of few words.
    Word as ColumnType::Word;
}

impl Text {
    /// Whether the row before has this value.
    pub fn is_last(&self, value: &str) -> bool {
        self.0.is_last(value)
    }
}

macro_rules! numbers {
    ($($(#[$doc:meta])+ $name:ident of $value:ty as $kind:expr, $stored:expr, $json:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name(NumberRuns);

        impl Cells for $name {
            type Value<'a> = $value;
            const KIND: ColumnType = $kind;

            fn push(&mut self, value: Option<$value>) {
                self.0.push(value.map($stored));
            }

            fn finish(&mut self) -> Runs {
                Runs::Number(std::mem::take(&mut self.0))
            }

            fn json(value: Option<$value>) -> Value {
                value.map_or(Value::Null, $json)
            }
        }
    )+};
}

numbers! {
    /// A place or a count. Documents are capped far below `i32::MAX` lines, so the cap never bites.
    Count of u32 as ColumnType::Int32, |n| i64::from(n.min(i32::MAX as u32)), Value::from;
    /// A calendar year.
    Year of i32 as ColumnType::Int32, i64::from, Value::from;
    /// A size in bytes.
    Bytes of u64 as ColumnType::Int64, |n| i64::try_from(n).unwrap_or(i64::MAX), Value::from;
    /// A day, counted from 1970-01-01.
    Day of i32 as ColumnType::Date, i64::from, |day| Date::from_days(day).to_string().into();
}

macro_rules! decimals {
    ($($(#[$doc:meta])+ $name:ident of $exact:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name(NumberRuns);

        impl Cells for $name {
            type Value<'a> = Decimal;
            const KIND: ColumnType = ColumnType::Decimal($exact);

            fn push(&mut self, value: Option<Decimal>) {
                self.0.push(value.and_then(|value| i64::try_from($exact.mantissa(value)?).ok()));
            }

            fn finish(&mut self) -> Runs {
                Runs::Number(std::mem::take(&mut self.0))
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
