//! Weights that a form prints as shares of a hundred points, `50%`: in a column of them all are, and together they are no more
//! than the whole. A percentage among points is another column's.

use super::Binder;
use super::torn::is_astray;
use crate::form::Printed;
use crate::grammar::fold;
use crate::grammar::vocabulary::Percent;

/// Weights of a form from which on they are told to be shares.
const FEWEST: usize = 2;

/// A whole in hundredths of a point.
const WHOLE: u32 = 10_000;

impl<'t> Binder<'_, '_, 't> {
    /// Takes weights that are shares of a hundred for points.
    pub(super) fn read_shares(&mut self) {
        let weights = || self.form.lines.iter().filter(|line| !line.execution).filter_map(|line| line.weight);
        let lexicon = &self.grammars.lexicon;
        let points = |printed: Printed<'t>| {
            let sign = printed.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            lexicon.percent_after.whole(fold::trim(sign)).filter(|rate| *rate == Percent::Hundredth)?;
            Some(Printed { text: fold::trim(&printed.text[..printed.text.len() - sign.len()]), ..printed })
        };
        // Nearly every form has none.
        if weights().next().and_then(points).is_none() {
            return;
        }
        let sum = weights().try_fold(0u32, |sum, weight| sum.checked_add(hundredths(points(weight)?.text)?));
        if weights().count() < FEWEST || sum.is_none_or(|sum| sum > WHOLE) {
            return;
        }
        let sure = !self.grid.dialect.tears_rows() && !self.grid.dialect.loses_rows();
        for line in self.form.lines.iter_mut().filter(|line| !line.execution) {
            let strange = is_astray(line, lexicon);
            line.weight = line.weight.map(|weight| points(weight).unwrap_or(weight));
            line.torn &= !(sure && strange && !is_astray(line, lexicon));
        }
    }
}

/// A number of points with two decimals at most, in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}
