//! The contract's rows. One list a table gives the row struct, its column builders and its column data, in
//! the order of the file; a column's description is the doc comment of its field.

macro_rules! row {
    ($(#[$row_doc:meta])* $row:ident, $cells:ident for a form { $($columns:tt)* }) => {
        row! { $(#[$row_doc])* $row, $cells shares {
            /// The form the row comes from: `doc_id`, a hyphen and the form's four-digit ordinal in its document.
            form_id: Term<'a> as Id;
            /// The document the row comes from: lower-case hex of the first 16 bytes of its SHA-256.
            doc_id: &'a str as Text;
            /// The id of the grammar that read the form.
            form_type: &'a str as Word;
            /// The department the form is about, folded; null where the form names none.
            department: Option<Term<'a>> as Name;
            /// The project the form is about, folded; null for a form about a whole department.
            project: Option<Term<'a>> as Rare;
        } {
            $($columns)*
        } }
    };
    ($(#[$row_doc:meta])* $row:ident, $cells:ident { $($columns:tt)* }) => {
        row! { $(#[$row_doc])* $row, $cells shares {} { $($columns)* } }
    };
    // What rows share comes first; rows with the same value in the first of those columns have the same in all of them.
    ($(#[$row_doc:meta])* $row:ident, $cells:ident shares {
        $($(#[doc = $shared_doc:literal])+ $shared:ident: $shared_value:ty as $shared_kind:ident;)*
    } {
        $($(#[doc = $doc:literal])+ $name:ident: $value:ty as $kind:ident $(in $words:expr)? $(, unit $unit:literal)?;)+
    }) => {
        $(#[$row_doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $row<'a> {
            $($(#[doc = $shared_doc])+ pub $shared: $shared_value,)*
            $($(#[doc = $doc])+ pub $name: $value,)+
        }

        impl<'a> $row<'a> {
            /// The table's columns, in the order of the file.
            pub const COLUMNS: &'static [$crate::table::Column] = &[$($crate::table::Column {
                name: stringify!($shared),
                kind: <cells::$shared_kind as Cells>::KIND,
                nullable: <$shared_value as Given<<cells::$shared_kind as Cells>::Value<'a>>>::NULLABLE,
                unit: None,
                words: &[],
                doc: concat!($($shared_doc),+),
            },)* $($crate::table::Column {
                name: stringify!($name),
                kind: <cells::$kind as Cells>::KIND,
                nullable: <$value as Given<<cells::$kind as Cells>::Value<'a>>>::NULLABLE,
                unit: row!(@unit $($unit)?),
                words: row!(@words $($words)?),
                doc: concat!($($doc),+),
            },)+];

            /// The row as JSON, a key a column: decimals as strings with the digits that the column keeps, days as
            /// ISO dates.
            pub fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
                [$((stringify!($shared), <cells::$shared_kind as Cells>::json(self.$shared.into())),)*
                    $((stringify!($name), <cells::$kind as Cells>::json(self.$name.into())),)+]
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()
            }
        }

        #[derive(Default)]
        pub(crate) struct $cells {
            rows: usize,
            /// Rows whose shared values are not pushed yet: they have those of the row pushed last.
            repeated: u32,
            $($shared: cells::$shared_kind,)*
            $($name: cells::$kind,)+
        }

        impl $cells {
            /// Gives the rows that were pushed last what they share with the row before them.
            fn settle(&mut self) {
                if self.repeated > 0 {
                    $(self.$shared.repeat(self.repeated);)*
                    self.repeated = 0;
                }
            }
        }

        impl RowCells for $cells {
            type Row<'a> = $row<'a>;

            // In the place where the row is made its fields go to their columns without being laid into memory first.
            #[inline(always)]
            fn push(&mut self, row: &$row<'_>) -> Result<(), Unfit> {
                $(let $name = match row.$name.into() {
                    None => None,
                    Some(value) => {
                        let kept = <cells::$kind as Cells>::kept(value);
                        Some(kept.ok_or(Unfit { column: stringify!($name) })?)
                    }
                };)+
                if row!(@repeats self, row, $($shared)*) {
                    self.repeated += 1;
                } else {
                    self.settle();
                    $(self.$shared.push(row.$shared.into());)*
                }
                $(self.$name.push($name);)+
                self.rows += 1;
                Ok(())
            }

            fn rows(&self) -> usize {
                self.rows
            }

            fn within(mut spent: Vec<Values>) -> Self {
                spent.iter_mut().for_each(Values::clear);
                let mut spent = spent.into_iter();
                $cells {
                    rows: 0,
                    repeated: 0,
                    $($shared: spent.next().map_or_else(cells::$shared_kind::default, Cells::within),)*
                    $($name: spent.next().map_or_else(cells::$kind::default, Cells::within),)+
                }
            }

            fn finish(mut self) -> Vec<Values> {
                self.settle();
                vec![$(self.$shared.finish(),)* $(self.$name.finish(),)+]
            }
        }
    };
    (@repeats $cells:expr, $row:expr, $key:ident $($shared:ident)*) => {
        $cells.rows > 0 && $cells.$key.is_last($row.$key)
    };
    (@repeats $cells:expr, $row:expr,) => { false };
    (@unit $unit:literal) => { Some($unit) };
    (@unit) => { None };
    (@words $words:expr) => { $words };
    (@words) => { &[] };
}

macro_rules! tables {
    ($($file:ident: $row:ident, $cells:ident of $table:ident;)+) => {$(
        mod $file;
        pub use $file::$row;
        pub(crate) use $file::$cells;

        impl OfTable for $cells {
            const TABLE: Table = Table::$table;
        }
    )+};
}

tables! {
    documents: DocumentRow, DocumentCells of Documents;
    forms: FormRow, FormCells of Forms;
    amounts: AmountRow, AmountCells of Amounts;
    measures: MeasureRow, MeasureCells of Measures;
    indicators: IndicatorRow, IndicatorCells of Indicators;
    texts: TextRow, TextCells of Texts;
    findings: FindingRow, FindingCells of Findings;
}

mod words;

use super::Table;
use super::values::Values;

/// A row that was not taken: the decimal given for `column` has more digits than the column keeps. The
/// caller makes it null with a finding (see [`Exact::fits`](super::Exact::fits)) and pushes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The column that cannot hold its value.
    pub column: &'static str,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the number for {} has more digits than the column keeps", self.column)
    }
}

impl std::error::Error for Unfit {}

/// What belongs to one of the tables.
pub(crate) trait OfTable {
    const TABLE: Table;
}

/// The rows of one table, being collected column by column.
pub(crate) trait RowCells: OfTable + Default {
    type Row<'a>;
    /// Appends the whole row, or nothing of it.
    fn push(&mut self, row: &Self::Row<'_>) -> Result<(), Unfit>;
    fn rows(&self) -> usize;
    /// No rows, in the room of columns that were handed over before and are done with.
    fn within(spent: Vec<Values>) -> Self;
    /// Hands the columns over, in the order of the file.
    fn finish(self) -> Vec<Values>;
}
