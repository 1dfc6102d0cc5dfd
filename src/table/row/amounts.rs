//! The amounts table: one row a sum of money printed in a form.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::term::Term;
use crate::table::values::Values;
use crate::value::decimal::Decimal;

row! {
    /// One sum of money.
    AmountRow, AmountCells for a form {
        /// The line's label, folded, without its numbering.
        item: Term<'a> as Name;
        /// The labels from the outermost line down to this one, folded, joined by ` / `.
        item_path: Term<'a> as Name;
        /// The grammar's name for the line, the same across years and regions.
        item_code: Option<Term<'a>> as Name;
        /// The column's label as printed.
        measure_label: Option<Term<'a>> as Name;
        /// What the sum is: budgeted (as first approved, or as adjusted), executed, or of the final account; `amount`
        /// where the form does not say.
        measure: &'static str as Fixed in words::MEASURE;
        /// The year the sum is about, which may differ from the year the form reports on.
        amount_year: Option<i32> as Year;
        /// The sum in yuan, exact to the fen, rounded half-even beyond it; null where it could not be read.
        amount_yuan: Option<Decimal> as Money, unit "CNY";
        /// The source's own text of the sum.
        raw: Option<&'a str> as Varied;
        /// The unit the sum was read in.
        unit: &'static str as Fixed in words::MONEY_UNIT;
        /// Where that unit was stated; `evidence` and `default` were not printed.
        unit_basis: &'static str as Fixed in words::UNIT_BASIS;
        /// What stands behind the sum: proven by an identity, stated, repaired, assumed or disputed.
        trust: &'static str as FixedWord in words::TRUST;
        /// The source line the sum begins on, from 1.
        line: u32 as Place;
        /// The place of the sum's cell in its source row, from 1.
        cell: u32 as Count;
    }
}
