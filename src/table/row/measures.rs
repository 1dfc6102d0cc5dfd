//! The measures table: one row a printed number that is no money.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::term::Term;
use crate::table::values::Values;
use crate::value::decimal::Decimal;

row! {
    /// One printed number that is no money.
    MeasureRow, MeasureCells for a form {
        /// The line's label, folded, without its numbering.
        item: Term<'a> as Name;
        /// The labels from the outermost line down to this one, folded, joined by ` / `.
        item_path: Term<'a> as Name;
        /// The grammar's name for the line, the same across years and regions.
        item_code: Option<Term<'a>> as Name;
        /// The year the number is about, which may differ from the year the form reports on.
        amount_year: Option<i32> as Year;
        /// The number in its `unit`; a percentage is a fraction, 95.08% is 0.9508; null where it could not be read.
        value: Option<Decimal> as Quantity;
        /// The unit of the number: `person`, `ratio` (a fraction of one), `point` and so on.
        unit: &'static str as Fixed;
        /// The source's own text of the number.
        raw: &'a str as Varied;
        /// What stands behind the number: proven by an identity, stated, repaired, assumed or disputed.
        trust: &'static str as FixedWord in words::TRUST;
        /// The source line the number begins on, from 1.
        line: u32 as Place;
        /// The place of the number's cell in its source row, from 1.
        cell: u32 as Count;
    }
}
