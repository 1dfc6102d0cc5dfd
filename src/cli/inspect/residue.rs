//! Lines that no form claims, shown where they stand.

use super::form::gutter;
use crate::cli::terminal::{Paint, Style, shortened};
use biaodan::inspect::{Sheet, SourceLine, View};
use biaodan::proof::Trust;

/// Columns of the terminal that a line may take, and lines of a run that are shown.
const COLUMNS: usize = 90;
const LINES: usize = 20;

/// Unclaimed lines with only blank ones between.
#[derive(Clone, Debug, Default)]
pub struct Run(Vec<SourceLine>);

/// The unclaimed lines as runs; a line of which only a part is left is one of its own.
pub fn runs(view: &View<'_>, sheet: &Sheet) -> Vec<Run> {
    let spans = view.converted().ledger.runs();
    let span_of = |line: u32| {
        let at = spans.partition_point(|(_, last)| last + 1 < line);
        spans.get(at).filter(|(first, _)| *first < line)
    };
    let mut runs: Vec<Run> = Vec::new();
    for line in &sheet.unclaimed {
        let goes_on = runs
            .last()
            .and_then(|run| run.0.last())
            .is_some_and(|above| span_of(above.line).is_some() && span_of(above.line) == span_of(line.line));
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.0.push(line.clone()),
            None => runs.push(Run(vec![line.clone()])),
        }
    }
    runs
}

impl Run {
    /// The line it begins on.
    pub fn line(&self) -> u64 {
        self.0.first().map_or(0, |line| line.line.into())
    }

    /// The run as lines.
    pub fn lines(&self, paint: Paint) -> Vec<String> {
        let mut out = vec![String::new()];
        for line in self.0.iter().take(LINES) {
            let text = paint.paint(Style::Trust(Trust::Assumed), &shortened(&line.text, COLUMNS));
            out.push(format!("{}unclaimed  {text}", gutter(Some(line.line.into()), paint)));
        }
        if let Some(more) = self.0.len().checked_sub(LINES).filter(|&more| more > 0) {
            let last = self.0.last().map_or(0, |line| line.line);
            out.push(format!("{}and {more} more unclaimed lines up to line {last}", gutter(None, paint)));
        }
        out
    }
}
