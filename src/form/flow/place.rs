//! Where the values of a matrix's row stand under its header, if that is certain.

use super::scored::is_points;
use super::{Placed, blank_at};
use crate::dump::Dialect;
use crate::form::row::{Expected, Rows, Slot};
use crate::grammar::Holds;

impl<'g> Rows<'_, 'g, '_> {
    /// Puts the values of a matrix's row under its header.
    pub(super) fn place_values(
        &mut self,
        expected: &Expected,
        width: usize,
        (corner, label): (Option<Slot<'g>>, Option<Slot<'g>>),
        values: Vec<Slot<'g>>,
        row: &mut Vec<Slot<'g>>,
    ) {
        let Some(first) = label.or(corner).or(values.first().copied()) else { return };
        let columns = expected.columns();
        let own: Vec<Slot<'g>> = corner.into_iter().chain(label).collect();
        if values.is_empty() || expected.first < own.len() {
            row.extend(own);
            row.extend(values);
            self.placed =
                if row.len() > 1 + usize::from(corner.is_some()) { Placed::Not } else { Placed::Surely };
            return;
        }
        if self.grid.dialect == Dialect::Layout && self.breaks_figures(expected, &values) {
            row.extend(own);
            row.extend(values);
            self.placed = Placed::Not;
            return;
        }
        let unfit = || values.len() == columns && self.unfit(expected, &values);
        let spanned = self.lacks_reason_alone(expected, &values);
        let at = if values.len() > columns || self.broken_figure(expected, &values) || unfit() {
            None
        } else if values.len() == columns || spanned {
            Some((0..values.len()).collect())
        } else {
            self.likely_places(expected, &values)
        };
        let Some(at) = at else {
            row.extend(own);
            row.extend(values);
            self.placed = Placed::Not;
            return;
        };
        // Figures put together from several lines are what they are only if something says so.
        let joined = self.grid.dialect == Dialect::Layout
            && values.iter().any(|slot| slot.cell.last_line > slot.cell.line);
        let shown = !self.loses_blanks() || self.ends_with_rate(expected, &values);
        let certain = values.len() == columns || (spanned && shown);
        if !certain || joined || self.parted_figure(expected, &values) {
            self.placed = Placed::Likely;
        }
        row.resize(width, blank_at(&first));
        if let Some(corner) = corner.filter(|_| expected.first > 1) {
            row[0] = corner;
        }
        if let Some(label) = label {
            row[expected.first - 1] = label;
        }
        for (value, at) in values.into_iter().zip(at) {
            row[expected.first + at] = value;
        }
    }

    /// Whether a row has a value for each column but the last, of reasons, whose one cell spans rows: a rate where the rate stands,
    /// and figures or placeholders elsewhere.
    fn lacks_reason_alone(&self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let reason = expected.width.and_then(|width| expected.holds(width.checked_sub(1)?));
        let words = matches!(reason, Some(Holds::Reason | Holds::Text(_)));
        let whole = words && values.len() + 1 == expected.columns();
        let fits = |(at, slot): (usize, &Slot<'g>)| {
            let text = self.grid.trimmed(&slot.cell);
            let (percent, figure) = (text.contains(['%', '％']), text.bytes().any(|b| b.is_ascii_digit()));
            match expected.holds(expected.first + at) {
                Some(Holds::Money(_)) => !percent,
                Some(Holds::Ratio) => percent || !figure,
                Some(Holds::Weight | Holds::Score) => is_points(text) || !figure,
                _ => false,
            }
        };
        // A rate says which cells stand before it; without one nothing does where blank cells are lost.
        let rated = values.iter().any(|slot| self.grid.trimmed(&slot.cell).contains(['%', '％']));
        whole && (rated || !self.loses_blanks()) && values.iter().enumerate().all(fits)
    }

    /// Whether values that lack the last column alone, of words, are a sum for each column of money and the rate behind them: fewer
    /// could not stand so.
    fn ends_with_rate(&self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let holds = |at: usize| expected.holds(expected.first + at);
        let words = matches!(holds(values.len()), Some(Holds::Text(_)));
        let Some(rate) = values.len().checked_sub(1).filter(|_| words) else { return false };
        holds(rate) == Some(Holds::Ratio)
            && self.grid.trimmed(&values[rate].cell).ends_with(['%', '％'])
            && (0..rate).all(|at| matches!(holds(at), Some(Holds::Money(_))))
    }

    /// Whether narrow columns broke figures over lines: sums that lack their second decimal, or are nothing but the digits
    /// that a line above left over, here or on the line below.
    fn breaks_figures(&mut self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let sums = (0..values.len())
            .filter(|&at| matches!(expected.holds(expected.first + at), Some(Holds::Money(_))));
        let texts: Vec<&str> = sums.map(|at| self.grid.trimmed(&values[at].cell)).collect();
        let cut = |text: &&str| text.rsplit_once('.').is_some_and(|(_, decimals)| decimals.len() < 2);
        let rest = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        if texts.iter().any(cut) || (!texts.is_empty() && texts.iter().all(|text| rest(text))) {
            return true;
        }
        // The line below may begin with what is left of the label.
        let mut at = self.at;
        if let Some((_, next)) =
            self.token(at).filter(|(slot, _)| slot.sight.label.is_none() && !self.is_value(slot))
        {
            at = next;
        }
        let below = self.token(at).filter(|(slot, _)| !slot.sight.blank && self.is_value(slot));
        below.is_some_and(|(slot, _)| rest(self.grid.trimmed(&slot.cell)))
    }

    /// Whether values that are as many as the columns are not what these hold: one was broken, and another one is blank.
    fn unfit(&self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let misfit = |(at, slot): (usize, &Slot<'g>)| {
            let text = self.grid.trimmed(&slot.cell);
            let percent = text.contains(['%', '％']);
            let figure = text.bytes().any(|b| b.is_ascii_digit());
            match expected.holds(expected.first + at) {
                Some(Holds::Weight | Holds::Score) => figure && !is_points(text),
                Some(Holds::Money(_)) => percent,
                _ => false,
            }
        };
        self.loses_blanks() && values.iter().enumerate().any(misfit)
    }

    /// Whether a figure may be broken over lines: `260.0` and `0`. A nought behind two decimals is a cell's own.
    fn broken_figure(&self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let text = |slot: &Slot<'g>| self.grid.trimmed(&slot.cell);
        let money = |at: usize| matches!(expected.holds(expected.first + at), Some(Holds::Money(_)));
        self.loses_blanks()
            && values.windows(2).enumerate().any(|(at, pair)| {
                let rest = text(&pair[1]);
                let short = rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit());
                let decimals = text(&pair[0]).rsplit_once('.').map(|(_, decimals)| decimals.len());
                let own = rest == "0" && decimals == Some(2);
                money(at) && money(at + 1) && short && decimals.is_some() && !own
            })
    }

    /// Whether a space may part a figure: `26` and `0.00`.
    fn parted_figure(&self, expected: &Expected, values: &[Slot<'g>]) -> bool {
        let text = |slot: &Slot<'g>| self.grid.trimmed(&slot.cell);
        let money = |at: usize| matches!(expected.holds(expected.first + at), Some(Holds::Money(_)));
        self.grid.dialect == Dialect::Words
            && values.windows(2).enumerate().any(|(at, pair)| {
                let whole = text(&pair[0]);
                let short = whole.len() <= 3 && whole.bytes().all(|b| b.is_ascii_digit());
                money(at) && money(at + 1) && short && text(&pair[1]).contains('.')
            })
    }

    /// Places for fewer values than columns: one for each sum of money, and the rate for what has a percent sign. A weight
    /// and a score stand on few rows, and then both beside every sum and the rate.
    fn likely_places(&self, expected: &Expected, values: &[Slot<'g>]) -> Option<Vec<usize>> {
        let percent = |slot: &Slot<'g>| self.grid.text_of(&slot.cell).contains(['%', '％']);
        let points = |slot: &Slot<'g>| is_points(self.grid.trimmed(&slot.cell));
        let rated = values.iter().any(percent);
        let mut places = Vec::with_capacity(values.len());
        let (mut rest, mut scored, mut scores) = (values.iter(), 0, 0);
        for at in 0..expected.columns() {
            let next = rest.as_slice().first();
            let taken = match expected.holds(expected.first + at)? {
                Holds::Money(_) => {
                    next.filter(|slot| !percent(slot))?;
                    true
                }
                Holds::Ratio => next.is_some_and(percent),
                Holds::Weight | Holds::Score => {
                    let taken = rated && next.is_some_and(points);
                    (scored, scores) = (scored + usize::from(taken), scores + 1);
                    taken
                }
                Holds::Reason => false,
                _ => return None,
            };
            if taken {
                rest.next();
                places.push(at);
            }
        }
        let whole = scored == 0 || scored == scores;
        (whole && rest.next().is_none()).then_some(places)
    }
}
