//! Scored lines that a dump may have torn: where cells break over lines and nothing says where a row ends, a line that lacks
//! what its header has was cut, and so may be those beside it.

use super::{Binder, Open, Places};
use crate::dump::Dialect;
use crate::finding::{Code, Finding, Severity};
use crate::form::flow::Placed;
use crate::form::label::is_figure;
use crate::form::{Level1, Printed, ScoredLine};
use crate::grammar::lexicon::Lexicon;
use crate::grammar::{BlockKind, fold};

impl<'t> Binder<'_, '_, 't> {
    /// Whether a line may be torn; `levels` says whether those it prints are known.
    pub(super) fn tear(&mut self, line: &ScoredLine<'t>, places: &Places, levels: bool) -> bool {
        let filler = |name: &Printed<'_>| name.text.chars().all(|c| matches!(c, '…' | '.' | '⋯'));
        if line.level3.as_ref().is_some_and(filler) {
            return self.torn_above;
        }
        let own = [line.level3, line.target, line.actual, line.weight, line.score, line.reason];
        let only_levels = own.iter().all(Option::is_none);
        let lacks = |place: Option<usize>, cell: Option<Printed<'_>>| place.is_some() && cell.is_none();
        let cut = !only_levels
            && (lacks(places.level3, line.level3)
                || lacks(places.weight, line.weight)
                || lacks(places.score, line.score)
                || (lacks(places.target, line.target) && lacks(places.actual, line.actual)));
        let strange = line.level3.is_some_and(|name| !is_name(name.text));
        // What stands behind the figures of a line held by spaces may be what is left of its name.
        let behind = self.grid.dialect == Dialect::Layout && line.reason.is_some();
        let astray = is_astray(line, &self.grammars.lexicon);
        let torn = cut || strange || !levels || behind || astray;
        if torn {
            self.tear_above();
        }
        std::mem::replace(&mut self.torn_above, torn) || torn
    }

    /// Notes a row that nothing binds: among scored lines it may be what is left of one.
    pub(super) fn tear_beside(&mut self) {
        let among = |open: &Open<'_>| open.kind == BlockKind::ScoredLines;
        if self.grid.dialect.tears_rows() && self.open.as_ref().is_some_and(among) {
            self.tear_above();
            self.torn_above = true;
        }
    }

    fn tear_above(&mut self) {
        if let Some(above) = self.form.lines.last_mut().filter(|line| !line.execution) {
            above.torn = true;
        }
    }

    /// Says of a line without weight and score, in a dump that lost blank cells, that nothing but how many cells there are up to
    /// the next label says which are its own.
    pub(super) fn report_cut(&mut self, line: &ScoredLine<'t>) {
        let open = self.rows.placed == Placed::Likely && line.weight.is_none() && line.score.is_none();
        let Some(name) = line.level3.filter(|_| open) else { return };
        let what = "The dump shows neither where this line ends nor which of its cells are blank; the cells up to the next label \
                    are as many as lines without blank ones have, and it is taken for one.";
        let finding = Finding::new(Code::RowMisshapen, what).severity(Severity::Info);
        self.form.findings.push(finding.line(name.line).raw(name.text));
    }

    /// Says of each torn line's weight and score that they are assumed to be its own.
    pub(super) fn report_torn(&mut self) {
        let what = if self.grid.dialect.tears_rows() {
            "The dump breaks cells over lines and does not show where this scored line begins and ends, so this figure may be \
             another line's; it is assumed to be this one's."
        } else if self.grid.dialect == Dialect::Grid {
            "The form ends with this scored line and has no total: it may be cut off within the line, so that the figure is only \
             assumed to be whole."
        } else {
            "The dump does not show which cells of this scored line are blank, so this figure may be another line's; it is assumed \
             to be this one's."
        };
        // The last line of a form that was cut off may go on behind the cut.
        let broken = self.grid.dialect.tears_rows() || self.grid.dialect == Dialect::Grid;
        if broken && !self.has_total && self.is_scored() {
            self.tear_above();
        }
        for line in self.form.lines.iter().filter(|line| line.torn) {
            let figures = [("weight", line.weight), ("score", line.score)];
            for (field, printed) in figures.into_iter().filter_map(|(field, cell)| Some((field, cell?))) {
                let finding = Finding::new(Code::RowMisshapen, what).severity(Severity::Info);
                let finding = finding.field("indicators", field).line(printed.line).raw(printed.text);
                self.form.findings.push(finding);
            }
        }
    }
}

/// Whether a line that lost cells has no weight or no score although its header has: what stands in their place may be another's.
pub(super) fn lacks_figures(line: &ScoredLine<'_>, places: &Places) -> bool {
    (places.weight.is_some() && line.weight.is_none()) || (places.score.is_some() && line.score.is_none())
}

/// Whether a cell of a line says what its column cannot hold: a level or an indicator that is a figure or a sign, a sign that is none.
pub(super) fn is_astray(line: &ScoredLine<'_>, lexicon: &Lexicon) -> bool {
    let names = [line.level1.and_then(Level1::printed), line.level2, line.level3];
    let sign = |text: &str| lexicon.operator(text).is_some() || is_figure(text);
    let unsigned = line.target_op.is_some_and(|op| !op.text.is_empty() && is_figure(op.text));
    let wordy = [line.weight, line.score].into_iter().flatten().any(|cell| {
        !is_points(cell.text) && (!may_be_points(cell.text, lexicon) || is_measured(cell.text, lexicon))
    });
    unsigned || wordy || names.into_iter().flatten().any(|name| sign(name.text))
}

/// Whether a text is a figure in a unit that is none of points: `281件`.
pub(super) fn is_measured(text: &str, lexicon: &Lexicon) -> bool {
    let bare = lexicon.score.strip(text).map_or(text, |(_, rest)| rest);
    let word = bare.trim_start_matches(|c: char| matches!(fold::narrow(c), '0'..='9' | '.' | ','));
    word.len() < bare.len() && word.starts_with(|c: char| c.is_alphabetic() && c > '\u{2e7f}')
}

/// Whether a text is a figure, and no share of anything.
fn is_points(text: &str) -> bool {
    is_figure(text) && !text.contains('%')
}

/// Whether a cell may hold points: a figure, perhaps with the word for points, or nothing but placeholders.
pub(super) fn may_be_points(text: &str, lexicon: &Lexicon) -> bool {
    if is_points(text) {
        return true;
    }
    let inner = fold::trim(text.trim_matches(['(', ')', '（', '）']));
    let bare = lexicon.score.strip(inner).map_or(inner, |(_, rest)| rest);
    let wide = |c: &char| c.is_alphabetic() && *c > '\u{2e7f}';
    let share = lexicon.percent_after.within(bare);
    (!share && bare.chars().filter(wide).count() < 2) || lexicon.placeholder_words.whole(bare).is_some()
}

/// Whether a text may be an indicator's name and no target.
fn is_name(text: &str) -> bool {
    let operator = |c: char| matches!(fold::narrow(c), '<' | '>' | '=' | '≤' | '≥');
    !is_figure(text) && !text.starts_with(operator)
}
