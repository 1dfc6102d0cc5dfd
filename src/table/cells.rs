//! Columns under construction, filled without an allocation a cell.

use serde_json::Value;

use super::column::ColumnType;
use super::term::Term;
use super::values::{FixedRuns, NumberRuns, TextRuns, Values, VariedNumbers, VariedTexts};
use crate::value::date::Date;
use crate::value::decimal::Decimal;
use crate::value::exact::{Exact, MONEY, QUANTITY, SCORE};

/// The values of one column, being collected.
pub(crate) trait Cells: Default {
    /// What a row gives.
    type Value<'a>;
    /// What the column keeps of it.
    type Kept<'a>;
    /// The column's type.
    const KIND: ColumnType;
    /// What the column keeps of a value; `None` if it cannot hold the value as it is meant.
    fn kept<'a>(value: Self::Value<'a>) -> Option<Self::Kept<'a>>;
    /// Appends a value, or null.
    fn push(&mut self, value: Option<Self::Kept<'_>>);
    /// Hands the column over.
    fn finish(self) -> Values;
    /// A column that goes on in the list of one that was handed over before, and is cleared.
    fn within(spent: Values) -> Self;
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
    ($($(#[$doc:meta])+ $name:ident of $life:lifetime as $kind:expr, $values:ident($store:ident);)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name($store);

        impl Cells for $name {
            type Value<'a> = &$life str;
            type Kept<'a> = &$life str;
            const KIND: ColumnType = $kind;

            fn kept<'a>(value: Self::Value<'a>) -> Option<Self::Kept<'a>> {
                Some(value)
            }

            fn push(&mut self, value: Option<Self::Kept<'_>>) {
                self.0.push(value);
            }

            fn finish(self) -> Values {
                Values::$values(self.0.into())
            }

            fn within(spent: Values) -> Self {
                match spent {
                    Values::$values(store) => $name(store.into()),
                    _ => Self::default(),
                }
            }

            fn json(value: Option<Self::Value<'_>>) -> Value {
                value.into()
            }
        }
    )+};
}

texts! {
    /// Text that comes again.
    Text of 'a as ColumnType::Text, Text(TextRuns);
    /// One of few words.
    Word of 'a as ColumnType::Word, Text(TextRuns);
    /// Text that is the program's own.
    Fixed of 'static as ColumnType::Text, Text(FixedRuns);
    /// One of few words that are the program's own.
    FixedWord of 'static as ColumnType::Word, Text(FixedRuns);
    /// Text that seldom stands in two rows.
    Varied of 'a as ColumnType::Text, VariedText(VariedTexts);
}

macro_rules! terms {
    ($($(#[$doc:meta])+ $name:ident, $push:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name(TextRuns);

        impl Cells for $name {
            type Value<'a> = Term<'a>;
            type Kept<'a> = Term<'a>;
            const KIND: ColumnType = ColumnType::Text;

            fn kept<'a>(value: Self::Value<'a>) -> Option<Self::Kept<'a>> {
                Some(value)
            }

            fn push(&mut self, value: Option<Self::Kept<'_>>) {
                self.0.$push(value);
            }

            fn finish(self) -> Values {
                Values::Text(self.0)
            }

            fn within(spent: Values) -> Self {
                match spent {
                    Values::Text(store) => $name(store),
                    _ => Self::default(),
                }
            }

            fn json(value: Option<Self::Value<'_>>) -> Value {
                value.map(Term::as_str).into()
            }
        }
    )+};
}

terms! {
    /// Text that comes again, and may be known by a number.
    Name, push_term;
    /// Text that comes again, but whose rows mostly stand behind each other.
    Rare, push_rare;
    /// An id whose rows stand behind each other.
    Id, push_id;
}

impl Id {
    /// Whether the row before is known to have this value.
    pub fn is_last(&self, value: Term<'_>) -> bool {
        self.0.is_last(value)
    }
}

macro_rules! repeated {
    ($($name:ident),+) => {$(
        impl $name {
            /// Appends the value of the row before, so many times.
            pub fn repeat(&mut self, rows: u32) {
                self.0.repeat(rows);
            }
        }
    )+};
}

repeated!(Text, Word, Name, Rare, Id);

macro_rules! numbers {
    ($($(#[$doc:meta])+ $name:ident of $value:ty as $kind:expr, $values:ident($store:ident), $kept:expr, $json:expr;)+) => {$(
        $(#[$doc])+
        #[derive(Default)]
        pub(crate) struct $name($store);

        impl Cells for $name {
            type Value<'a> = $value;
            type Kept<'a> = i64;
            const KIND: ColumnType = $kind;

            fn kept<'a>(value: Self::Value<'a>) -> Option<Self::Kept<'a>> {
                ($kept)(value)
            }

            fn push(&mut self, value: Option<i64>) {
                self.0.push(value);
            }

            fn finish(self) -> Values {
                Values::$values(self.0)
            }

            fn within(spent: Values) -> Self {
                match spent {
                    Values::$values(store) => $name(store),
                    _ => Self::default(),
                }
            }

            fn json(value: Option<$value>) -> Value {
                value.map_or(Value::Null, $json)
            }
        }
    )+};
}

/// Documents are capped far below `i32::MAX` lines, so the cap never bites.
fn capped(count: u32) -> Option<i64> {
    Some(i64::from(count.min(i32::MAX as u32)))
}

/// The decimal with the digits that its column keeps.
fn decimal(value: Decimal, exact: Exact) -> Value {
    exact.mantissa(value).map(|mantissa| Decimal::new(mantissa, exact.scale).to_string()).into()
}

numbers! {
    /// A count.
    Count of u32 as ColumnType::Int32, Number(NumberRuns), capped, Value::from;
    /// A place, which grows from row to row.
    Place of u32 as ColumnType::Int32, VariedNumber(VariedNumbers), capped, Value::from;
    /// A calendar year.
    Year of i32 as ColumnType::Int32, Number(NumberRuns), |year| Some(i64::from(year)), Value::from;
    /// A size in bytes.
    Bytes of u64 as ColumnType::Int64, VariedNumber(VariedNumbers),
        |n| Some(i64::try_from(n).unwrap_or(i64::MAX)), Value::from;
    /// A day, counted from 1970-01-01.
    Day of i32 as ColumnType::Date, Number(NumberRuns), |day| Some(i64::from(day)),
        |day| Date::from_days(day).to_string().into();
    /// Money in yuan.
    Money of Decimal as ColumnType::Decimal(MONEY), VariedNumber(VariedNumbers),
        |value| MONEY.digits(value), |value| decimal(value, MONEY);
    /// A weight or a score in points.
    Score of Decimal as ColumnType::Decimal(SCORE), Number(NumberRuns),
        |value| SCORE.digits(value), |value| decimal(value, SCORE);
    /// Any other number.
    Quantity of Decimal as ColumnType::Decimal(QUANTITY), Number(NumberRuns),
        |value| QUANTITY.digits(value), |value| decimal(value, QUANTITY);
}
