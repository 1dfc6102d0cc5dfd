//! What a form reads in its scored lines and their totals.

use super::Row;
use super::entry::{Entry, landing};
use super::reader::Reader;
use crate::form::{Level1, LevelName, Printed, ScoredLine};
use crate::grammar::fold;

impl<'a> Reader<'a> {
    pub(super) fn scored_lines(&mut self) {
        let form = &self.judged.valued.form;
        let rows = self.rows_of_lines();
        let mut last = [None, None];
        for (line, row) in form.lines.iter().zip(&rows) {
            let levels = [("level1", level1(line)), ("level2", line.level2)];
            for ((column, printed), last) in levels.into_iter().zip(&mut last) {
                // Levels are filled down: they are printed once, on the first of their lines.
                if let Some(printed) = printed.filter(|&printed| last.replace(printed) != Some(printed)) {
                    let what = if column == "level1" { "first level" } else { "second level" };
                    let lands = row.map(|row| landing("indicators", column, row));
                    self.push(printed, Entry { what, lands, ..Entry::default() });
                }
            }
        }
        for (at, (line, row)) in form.lines.iter().zip(&rows).enumerate() {
            self.scored_line(at, line, *row);
        }
        self.level_weights(&rows);
        self.totals();
    }

    /// For each scored line, its row; `None` for one that gives none because nothing stands on it.
    fn rows_of_lines(&self) -> Vec<Option<&'a Row>> {
        let mut rows = self.rows.indicators.iter().peekable();
        let lines = self.judged.valued.form.lines.iter();
        lines
            .map(|line| {
                let kind = if line.execution { "execution" } else { "indicator" };
                rows.next_if(|row| row["line"] == line.line && row["kind"] == kind)
            })
            .collect()
    }

    fn scored_line(&mut self, at: usize, line: &ScoredLine<'a>, row: Option<&'a Row>) {
        let (weight, score) = self.judged.facts.lines[at];
        let label = line.level3.map(|level3| fold::name(level3.text).into_owned());
        for (what, column, printed, fact) in [
            ("indicator", "level3", line.level3, None),
            ("target", "target", line.target, None),
            ("comparison of the target", "target", line.target_op, None),
            ("unit of the target", "target", line.target_unit, None),
            ("actual value", "actual", line.actual, None),
            ("weight", "weight", line.weight, weight),
            ("score", "score", line.score, score),
            ("reason", "reason", line.reason, None),
        ] {
            if let Some(printed) = printed {
                let lands = row.map(|row| landing("indicators", column, row));
                let row_label = label.clone().filter(|_| column != "level3");
                self.push_figure(printed, fact, Entry { what, row_label, lands, ..Entry::default() });
            }
        }
    }

    fn level_weights(&mut self, rows: &[Option<&'a Row>]) {
        let valued = &self.judged.valued;
        for (at, level) in valued.levels.iter().enumerate() {
            let at = at as u32;
            let first = valued.lines.iter().position(|line| line.level == Some(at));
            let row = first.and_then(|first| rows[first]);
            let lands = row.map(|row| landing("indicators", "level1_weight", row));
            let fact = Some(self.judged.facts.first_level + at);
            let entry = Entry { what: "weight of a first level", lands, ..Entry::default() };
            self.push_figure(level.printed, fact, entry);
        }
    }

    fn totals(&mut self) {
        let (form, facts) = (&self.judged.valued.form, &self.judged.facts);
        for (what, column, printed, fact) in [
            ("total of the weights", "weight_total", form.weight_total, facts.weight_total),
            ("total of the scores", "score_total", form.score_total, facts.score_total),
        ] {
            if let Some(printed) = printed {
                let lands = Some(landing("forms", column, &self.rows.form));
                self.push_figure(printed, fact, Entry { what, lands, ..Entry::default() });
            }
        }
    }
}

fn level1<'t>(line: &ScoredLine<'t>) -> Option<Printed<'t>> {
    match line.level1 {
        Some(Level1::Printed(printed) | Level1::Apart(_, LevelName::Printed(printed))) => Some(printed),
        _ => None,
    }
}
