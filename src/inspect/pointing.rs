//! Where in its line stands what a finding is about.

use super::{Span, View};
use crate::finding::Finding;
use crate::proof::{Fact, Trust};

impl<'a> View<'a> {
    /// Where on its line a finding's text stands, in the line as [`View::line`] gives it.
    pub fn spans(&self, finding: &Finding) -> Vec<Span> {
        let Some(number) = finding.line else { return Vec::new() };
        let figures: Vec<Span> =
            self.figures_of(finding).into_iter().filter_map(|piece| self.span(piece)).collect();
        if !figures.is_empty() {
            return figures;
        }
        let (Some(raw), Some(line)) = (finding.raw.as_deref(), self.line(number)) else { return Vec::new() };
        let first = raw.lines().next().unwrap_or(raw);
        let at = line.find(first).filter(|_| !first.is_empty());
        at.map(|at| Span { line: number, bytes: at..at + first.len() }).into_iter().collect()
    }

    /// Where a piece of the document stands, in the line as [`View::line`] gives it.
    pub fn span(&self, piece: &str) -> Option<Span> {
        let mut span = self.lines.span(piece)?;
        if self.mask.is_some() {
            let line = self.lines.text(span.line)?;
            let start = self.shown(&line[..span.bytes.start]).len();
            let end = start + self.shown(&line[span.bytes.clone()]).len();
            let len = self.line(span.line)?.len();
            span.bytes = start.min(len)..end.min(len);
        }
        Some(span)
    }

    /// The printed texts of the figures that a finding is about.
    fn figures_of(&self, finding: &Finding) -> Vec<&'a str> {
        let Some(judged) = finding.form.and_then(|ordinal| self.form(ordinal)) else { return Vec::new() };
        let about = |fact: &&Fact| {
            let (table, field) = fact.place.column();
            finding.line == Some(fact.line)
                && (finding.table, finding.field) == (Some(table), Some(field))
                && finding.raw.as_deref() == Some(judged.raw_of(fact))
        };
        let same: Vec<&Fact> = judged.facts.all.iter().filter(about).collect();
        // A finding names no cell: of equal texts on one line those that nothing is wrong with are not meant.
        let doubtful = |fact: &&&Fact| !matches!(fact.trust, Trust::Proven | Trust::Stated);
        let any = same.iter().any(|fact| doubtful(&fact));
        same.iter().filter(|fact| !any || doubtful(fact)).map(|fact| judged.raw_of(fact)).collect()
    }
}
