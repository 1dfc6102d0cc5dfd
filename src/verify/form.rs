//! The rows of one form and of one document, put together.

use super::guessed::Guessed;
use super::report::At;
use super::rows::{Amount, Document, Finding, Form, Indicator, Measure, Text};
use crate::finding::Code;
use crate::grammar::{Grammar, fold};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// A document with its forms and findings.
pub(super) struct DocumentRows<'r> {
    pub row: &'r Document,
    /// Later sources with the same bytes.
    pub duplicates: Vec<&'r Document>,
    pub forms: Vec<FormRows<'r>>,
    /// Every finding about it, those about its forms among them.
    pub findings: Vec<&'r Finding>,
}

/// A form with its rows.
pub(super) struct FormRows<'r> {
    pub row: &'r Form,
    /// The grammar that read it, by its place in the set.
    pub nth: u16,
    pub grammar: &'r Grammar,
    pub amounts: Vec<&'r Amount>,
    pub measures: Vec<&'r Measure>,
    pub indicators: Vec<&'r Indicator>,
    pub texts: Vec<&'r Text>,
    pub findings: Vec<&'r Finding>,
    /// What the findings say of labels that are printed otherwise.
    pub guessed: Guessed<'r>,
    /// The lines on which scored lines begin, in their order, each once.
    scored_lines: Vec<i32>,
    /// The findings of each code about each column.
    by_column: HashMap<(&'r str, &'r str), Vec<&'r Finding>>,
}

impl<'r> FormRows<'r> {
    /// A form without rows.
    pub fn new(row: &'r Form, nth: u16, grammar: &'r Grammar) -> Self {
        FormRows {
            row,
            nth,
            grammar,
            amounts: Vec::new(),
            measures: Vec::new(),
            indicators: Vec::new(),
            texts: Vec::new(),
            findings: Vec::new(),
            guessed: Guessed::default(),
            scored_lines: Vec::new(),
            by_column: HashMap::new(),
        }
    }

    /// Works out what is asked of the rows again and again; to be called once they are all there.
    pub fn settle(&mut self) {
        self.guessed = Guessed::of(&self.findings, &self.amounts, &self.measures);
        self.scored_lines = self.indicators.iter().map(|row| row.line).collect();
        self.scored_lines.sort_unstable();
        self.scored_lines.dedup();
        for &finding in &self.findings {
            let Some(field) = finding.field.as_deref() else { continue };
            self.by_column.entry((&finding.code, field)).or_default().push(finding);
        }
    }

    /// A row of the form, for a fault.
    pub fn at<'a>(&'a self, table: &'a str, line: i32) -> At<'a> {
        At::row(table, &self.row.form_id, line)
    }

    /// The form itself, for a fault.
    pub fn here(&self) -> At<'_> {
        At::row("forms", &self.row.form_id, self.row.line)
    }

    /// Whether a line is one of the form's.
    pub fn spans(&self, line: i32) -> bool {
        (self.row.line..=self.row.line_last).contains(&line)
    }

    /// Whether the form stands under no title of its grammar.
    pub fn is_untitled(&self) -> bool {
        let title = fold::key(&self.row.title);
        // A title that lacks a character is told with the one that is meant.
        let meant = |finding: &&&Finding| {
            let value = finding.value.as_ref().filter(|_| finding.code == Code::LabelGuessed.as_str());
            value.is_some_and(|meant| self.grammar.titles.contains(meant))
        };
        !self.grammar.titles.iter().any(|known| title.contains(known.as_str()))
            && !self.findings.iter().any(|finding| meant(&finding))
    }

    /// The findings of a code about a column.
    pub fn found<'a>(&'a self, code: &'a str, field: &'a str) -> impl Iterator<Item = &'r Finding> + 'a {
        self.by_column.get(&(code, field)).into_iter().flatten().copied()
    }

    /// The scored line on whose row a source line stands: the last one that begins on it or before. Where several rows
    /// begin on one line it is the first of them, and the caller has to try the others.
    pub fn scored_at(&self, line: i32) -> Vec<usize> {
        let behind = self.scored_lines.partition_point(|&begin| begin <= line);
        let begins = behind.checked_sub(1).map(|at| self.scored_lines[at]);
        (0..self.indicators.len()).filter(|&at| Some(self.indicators[at].line) == begins).collect()
    }

    /// The first line on which a figure of a scored line may stand: the budget's execution may have its weight in the corner of its
    /// table.
    pub fn scored_begin(&self, nth: usize) -> i32 {
        let (row, form) = (self.indicators[nth], self.row);
        if nth == 0 && row.kind == "execution" { form.line } else { row.line }
    }

    /// The last line on which the row of a scored line may stand.
    pub fn scored_end(&self, at: usize) -> i32 {
        let begin = self.indicators[at].line;
        let next = self.scored_lines.partition_point(|&line| line <= begin);
        self.scored_lines.get(next).map_or(self.row.line_last, |next| next - 1)
    }

    /// The lines below the last scored one, on which the totals stand.
    pub fn foot(&self) -> RangeInclusive<i32> {
        *self.scored_lines.last().unwrap_or(&self.row.line)..=self.row.line_last
    }

    /// Whether the form was read whole.
    pub fn is_complete(&self) -> bool {
        self.row.status == "complete"
    }
}
