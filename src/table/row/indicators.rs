//! The indicators table: one row a scored line.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::term::Term;
use crate::table::values::Values;
use crate::value::decimal::Decimal;

row! {
    /// One scored line.
    IndicatorRow, IndicatorCells for a form {
        /// The line's place among the form's scored lines, from 1.
        ordinal: u32 as Count;
        /// Whether the line is an indicator or the form's line of budget execution.
        kind: &'static str as Fixed in words::INDICATOR_KIND;
        /// The indicator's first level, folded, without the weight printed behind it.
        level1: Option<Term<'a>> as Name;
        /// The indicator's second level, folded.
        level2: Option<Term<'a>> as Name;
        /// The indicator itself, folded.
        level3: Option<&'a str> as Varied;
        /// The weight printed for the first level, in points.
        level1_weight: Option<Decimal> as Score;
        /// The target for the year, as printed.
        target: Option<Term<'a>> as Name;
        /// How the outcome has to compare with the target's number.
        target_op: Option<&'static str> as Fixed in words::OPERATOR;
        /// The target's number in `target_unit`; a percentage is a fraction.
        target_value: Option<Decimal> as Quantity;
        /// The unit of the target's number, folded.
        target_unit: Option<Term<'a>> as Name;
        /// The outcome, as printed.
        actual: Option<Term<'a>> as Name;
        /// How the outcome compares with its printed number.
        actual_op: Option<&'static str> as Fixed in words::OPERATOR;
        /// The outcome's number in `actual_unit`; a percentage is a fraction.
        actual_value: Option<Decimal> as Quantity;
        /// The unit of the outcome's number, folded.
        actual_unit: Option<Term<'a>> as Name;
        /// The line's weight, in points.
        weight: Option<Decimal> as Score;
        /// The line's score, in points.
        score: Option<Decimal> as Score;
        /// The reason given for a deviation and what will be done about it, as printed.
        reason: Option<&'a str> as Varied;
        /// What stands behind the score: proven by an identity, stated, repaired, assumed or disputed.
        trust: &'static str as FixedWord in words::TRUST;
        /// What stands behind the weight, in the words of `trust`.
        weight_trust: &'static str as FixedWord in words::TRUST;
        /// The source line the scored line begins on, from 1.
        line: u32 as Place;
    }
}
