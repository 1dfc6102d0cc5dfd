//! Figures beyond what their columns can mean: none is trusted unless an identity pins it, and each has its finding.

use super::facts::Fact;
use super::form::FormRows;
use super::number::{self, Reading, Tail};
use super::report::{Check, Sink};
use super::rows::Measure;
use crate::finding::Code;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::Decimal;

/// Whether a head count or a rate is beyond what it can mean: people in parts, a rate above the lexicon's bound, or one above two that
/// neither its cell nor its labels call a percentage.
pub(super) fn measure(row: &Measure, value: Option<Decimal>, lexicon: &Lexicon) -> bool {
    let Some(value) = value else { return false };
    match row.unit.as_str() {
        "person" => value.at_scale(0).is_none_or(|(_, rounded)| rounded),
        "ratio" => above(value, lexicon.bounds.ratio) || is_unsigned(row, lexicon),
        _ => false,
    }
}

fn is_unsigned(row: &Measure, lexicon: &Lexicon) -> bool {
    // What is written against the rules is doubted for that.
    let Reading::Plain(printed) = number::read(&row.raw, lexicon) else { return false };
    let bare = matches!(printed.tail, Tail::Nothing) && printed.value > Decimal::from(2);
    let mut labels = row.item_path.rsplit(" / ").take(2);
    bare && !labels.any(|label| lexicon.percent_after.within(label))
}

/// Whether the points of one weight or score are beyond the lexicon's bound.
pub(super) fn points(value: Option<Decimal>, lexicon: &Lexicon) -> bool {
    value.is_some_and(|value| above(value, lexicon.bounds.points))
}

fn above(value: Decimal, most: Option<u32>) -> bool {
    most.is_some_and(|most| value > Decimal::from(i64::from(most)))
}

/// An implausible figure that nothing but this makes doubtful has its finding.
pub(super) fn check(form: &FormRows<'_>, fact: &Fact<'_>, due: &str, sink: &mut Sink) {
    let other = fact.doubtful || fact.unsure || fact.odd.is_some();
    if !fact.implausible || due != "assumed" || other {
        return;
    }
    let (table, field) = fact.place.column();
    let told = form.found(Code::NumberImplausible.as_str(), field).any(|finding| {
        finding.table.as_deref() == Some(table) && finding.line.is_some_and(|line| line >= fact.line)
    });
    sink.demand(told, Check::Trust, form.at(table, fact.line), || {
        format!("{field} is beyond what its column can mean, and no finding says so")
    });
}
