//! Which findings have been accounted for: one that explains nothing is a fault, as is a thing that none explains.

use super::form::FormRows;
use super::report::{At, Check, Sink};
use super::rows::Finding;
use crate::finding::Code;
use std::ops::RangeInclusive;

/// What stands where a personal value stood.
const MASK: &str = "***";

/// The codes that follow from figures alone, so that each of them must be called for.
const ARITHMETIC: [Code; 14] = [
    Code::NumberMalformed,
    Code::NumberUnreadable,
    Code::NumberPrecision,
    Code::UnitConflict,
    Code::UnitInferred,
    Code::UnitUnknown,
    Code::SumMismatch,
    Code::RateMismatch,
    Code::ScoreAboveWeight,
    Code::ScoreRateMismatch,
    Code::ScoreTargetMismatch,
    Code::ScoreSumMismatch,
    Code::WeightSumMismatch,
    Code::CrossFormMismatch,
];

/// The findings of a form that nothing called for yet.
pub(super) struct Claims<'r> {
    open: Vec<&'r Finding>,
}

/// The column a finding is looked for at.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub table: &'a str,
    pub field: &'a str,
    pub lines: RangeInclusive<i32>,
    /// The raw text, where the row has it.
    pub raw: Option<&'a str>,
}

impl<'r> Claims<'r> {
    pub fn of(form: &FormRows<'r>) -> Self {
        let arithmetic = |finding: &&&Finding| ARITHMETIC.iter().any(|code| code.as_str() == finding.code);
        Claims { open: form.findings.iter().filter(arithmetic).copied().collect() }
    }

    /// Takes the first finding that is `wanted`.
    pub fn take(&mut self, wanted: impl Fn(&Finding) -> bool) -> Option<&'r Finding> {
        let at = self.open.iter().position(|finding| wanted(finding))?;
        Some(self.open.remove(at))
    }

    /// Whether any finding about a column is left.
    pub fn is_open(&self, field: &str) -> bool {
        self.open.iter().any(|finding| finding.field.as_deref() == Some(field))
    }

    /// Takes the finding of `code` at a spot.
    pub fn at(&mut self, code: Code, spot: &Spot<'_>) -> Option<&'r Finding> {
        self.take(|finding| {
            finding.code == code.as_str()
                && finding.table.as_deref() == Some(spot.table)
                && finding.field.as_deref() == Some(spot.field)
                && finding.line.is_some_and(|line| spot.lines.contains(&line))
                && spot
                    .raw
                    .is_none_or(|raw| finding.raw.as_deref().is_some_and(|found| is_masked(found, raw)))
        })
    }

    /// Faults whatever is left.
    pub fn finish(self, form: &FormRows<'_>, sink: &mut Sink) {
        for finding in self.open {
            let at = At { table: "findings", id: Some(&form.row.form_id), line: finding.line };
            let about = finding.field.as_deref().unwrap_or("nothing");
            let what =
                format!("{} about {about}: no figure or identity of the form calls for it", finding.code);
            sink.fault(Check::Identity, at, what);
        }
    }
}

/// Whether `found` is `raw`, with personal values masked or not.
pub(super) fn is_masked(found: &str, raw: &str) -> bool {
    if found == raw {
        return true;
    }
    let mut rest = raw;
    let mut pieces = found.split(MASK);
    let first = pieces.next().unwrap_or_default();
    let Some(behind) = rest.strip_prefix(first).filter(|_| found.contains(MASK)) else { return false };
    rest = behind;
    let mut last = first;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        last = piece;
    }
    last.is_empty() || rest.is_empty()
}
