//! What is left of a document once its forms are read: lines nobody claimed, helper text nobody took out.

use crate::dump::Grid;
use crate::finding::{Code, Finding, Severity};
use crate::form::Ledger;
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;

/// Runs of unclaimed lines reported one by one; the rest is reported as one.
const RUNS: usize = 1_000;
/// Bytes of their text that a finding shows.
const SHOWN: usize = 2_000;

/// A finding for every run of lines that no form claims.
pub(super) fn unclaimed(grid: &Grid<'_>, ledger: &Ledger, grammars: &Grammars) -> Vec<Finding> {
    if ledger.unclaimed() == 0 {
        return Vec::new();
    }
    let runs = ledger.runs();
    let mut findings = Vec::with_capacity(runs.len().min(RUNS) + 1);
    let mut texts = LineTexts { text: grid.source, offset: 0, line: 0 };
    for &(first, last) in runs.iter().take(RUNS) {
        let text = texts.between(first, last);
        let shown = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= SHOWN).last().unwrap_or(0);
        let shown = if text.len() <= SHOWN { text } else { &text[..shown] };
        let lines = if first == last {
            format!("Line {} is", first + 1)
        } else {
            format!("Lines {}-{} are", first + 1, last + 1)
        };
        let message = format!("{lines} claimed by no form; the text stands in `raw`.");
        findings.push(Finding::new(Code::LineUnclaimed, message).line(first + 1).raw(shown));
        findings.extend(unknown_form(text, first, grammars));
    }
    if let Some((first, _)) = runs.get(RUNS) {
        let last = runs.last().map_or(*first, |run| run.1);
        let message = format!(
            "{} more runs of lines between {} and {} are claimed by no form.",
            runs.len() - RUNS,
            first + 1,
            last + 1
        );
        findings.push(Finding::new(Code::LineUnclaimed, message).line(first + 1));
    }
    findings
}

/// A run that begins with what is called a form and goes on is a form that no grammar reads.
fn unknown_form(text: &str, first: u32, grammars: &Grammars) -> Option<Finding> {
    let (nth, title) = text.lines().take(50).enumerate().find(|(_, line)| is_form_title(line, grammars))?;
    let behind = text.lines().skip(nth + 1).filter(|line| !fold::trim(line).is_empty()).count();
    if behind < 3 {
        return None;
    }
    let name = fold::name(title);
    let message =
        format!("`{name}` looks like the title of a form, but no grammar reads the {behind} lines after it.");
    Some(Finding::new(Code::FormUnknown, message).line(first + nth as u32 + 1).raw(title))
}

fn is_form_title(line: &str, grammars: &Grammars) -> bool {
    if line.len() > 200 {
        return false;
    }
    let name = fold::name(line);
    // A known title without its form is a list's entry or a page's header.
    let known =
        grammars.forms.iter().flat_map(|grammar| &grammar.titles).any(|title| name.contains(title.as_str()));
    grammars.labelling.is_form_name(&name) && !known
}

/// Helper text of the template that was left in a value.
pub(super) fn template_text(forms: &[Judged<'_>], grammars: &Grammars) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (nth, judged) in forms.iter().enumerate() {
        let form = &judged.valued.form;
        let grammar = &grammars.forms[usize::from(form.grammar)];
        let texts = form.texts.iter().map(|(text, printed)| ("texts", "text", Some(*text), printed));
        let fields = form.fields.iter().filter(|(column, _)| !column.is_personal());
        let fields = fields.map(|(column, printed)| ("forms", column.as_str(), None, printed));
        let reasons = form.lines.iter().filter_map(|line| line.reason.as_ref());
        let reasons = reasons.map(|printed| ("indicators", "reason", None, printed));
        for (table, field, _, printed) in texts.chain(fields).chain(reasons) {
            let Some(left) = grammar.template_text(printed.text) else { continue };
            let message = format!("The template's own words `{left}` were left in this value.");
            let finding = Finding::new(Code::TemplateTextLeft, message)
                .severity(Severity::Info)
                .field(table, field)
                .line(printed.line)
                .raw(printed.text)
                .form(nth as u32 + 1);
            findings.push(finding);
        }
    }
    findings
}

/// Walks the lines of a text forward.
struct LineTexts<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
}

impl<'t> LineTexts<'t> {
    /// The text of the lines `first..=last` (from 0), which must not lie before lines asked for earlier.
    fn between(&mut self, first: u32, last: u32) -> &'t str {
        self.advance_to(first);
        let start = self.offset;
        self.advance_to(last + 1);
        &self.text[start..self.offset]
    }

    fn advance_to(&mut self, line: u32) {
        while self.line < line {
            let rest = &self.text.as_bytes()[self.offset..];
            self.offset += memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            self.line += 1;
        }
    }
}
