//! What a figure can mean: beyond the bounds of the lexicon it most likely stands in another column's place. That is a reason to look,
//! and not to trust it unless an identity proves it.

use super::{Fact, Judged, Trust};
use crate::finding::{Code, Finding};
use crate::grammar::Holds;
use crate::grammar::lexicon::Lexicon;
use crate::value::decimal::Decimal;
use crate::value::form::{FigureValue, Valued};

/// The largest rate that is believed to be a fraction where it has no percent sign.
const FRACTION: i64 = 2;

/// Whether a figure of a matrix is beyond what its column can mean: a rate above any, or one that nothing calls a percentage; people
/// in parts.
pub(super) fn is_implausible(
    valued: &Valued<'_>,
    figure: &FigureValue<'_>,
    value: Option<Decimal>,
    lexicon: &Lexicon,
) -> bool {
    let (Some(value), Some(number)) = (value, figure.cell.number) else { return false };
    match figure.holds {
        Holds::Ratio => {
            let above = lexicon.bounds.ratio.is_some_and(|most| value > Decimal::from(i64::from(most)));
            let bare = number.percent.is_none() && number.unit.is_none();
            above
                || (bare
                    && number.value > Decimal::from(FRACTION)
                    && !has_percent_sign(valued, figure, lexicon))
        }
        Holds::Person => value.at_scale(0).is_none_or(|(_, rounded)| rounded),
        _ => false,
    }
}

/// Whether the label of a figure's column, or of its line, has a percent sign.
fn has_percent_sign(valued: &Valued<'_>, figure: &FigureValue<'_>, lexicon: &Lexicon) -> bool {
    let item = &valued.form.items[figure.item as usize];
    let section = &valued.form.sections[item.section as usize];
    let column = figure.header.map(|at| section.columns[at as usize].label);
    let mut labels = column.into_iter().chain(item.label);
    labels.any(|label| lexicon.percent_after.within(label.text))
}

/// Whether the points of one weight or score are more than any.
pub(super) fn are_too_many(value: Option<Decimal>, lexicon: &Lexicon) -> bool {
    let most = lexicon.bounds.points.map(|most| Decimal::from(i64::from(most)));
    value.zip(most).is_some_and(|(value, most)| value > most)
}

/// Reports what is beyond what its column can mean, and nothing proves.
pub(super) fn report(form: &mut Judged<'_>) {
    let doubted = |fact: &&Fact| {
        let other = fact.torn || fact.unit_doubtful || fact.is_malformed();
        fact.implausible && fact.proofs == 0 && fact.trust == Trust::Assumed && !other
    };
    let found: Vec<Finding> = form
        .facts
        .all
        .iter()
        .filter(doubted)
        .map(|fact| {
            let message = "This figure is beyond what its column can mean, so that it may stand in another column's place, and no \
                           identity speaks for it; it is only assumed.";
            form.at_figure(Code::NumberImplausible, fact, message)
        })
        .collect();
    form.findings.extend(found);
}
