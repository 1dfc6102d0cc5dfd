//! What is left of a document once its forms are read: lines nobody claimed, helper text nobody took out.

use crate::dump::Grid;
use crate::finding::{Code, Finding, Severity};
use crate::form::{Claim, Ledger, Left};
use crate::grammar::{Grammars, fold};
use crate::proof::Judged;

/// Findings about unclaimed lines; the rest is reported as one.
const RUNS: usize = 1_000;
/// Bytes of their text that a finding shows.
const SHOWN: usize = 2_000;

/// Findings for every run of lines that no form claims, several for a long one, so that all of its text is there; and one
/// for each form in them that no grammar reads. `starts` are the first lines (from 1) of the forms that were read.
pub(super) fn unclaimed(
    grid: &Grid<'_>,
    ledger: &Ledger,
    starts: &[u32],
    grammars: &Grammars,
) -> Vec<Finding> {
    if ledger.unclaimed() == 0 {
        return Vec::new();
    }
    let runs = ledger.runs();
    let mut findings = Vec::with_capacity(runs.len().min(RUNS) + 1);
    let mut titles = Vec::new();
    let mut texts = LineTexts { text: grid.source, offset: 0, line: 0 };
    for (nth, &(first, last)) in runs.iter().enumerate() {
        let text = texts.between(first, last);
        titles.extend(titles_in(text, first, grammars).take(TITLES.saturating_sub(titles.len())));
        let rest = pieces(text, first).try_for_each(|(piece, first, last)| {
            if findings.len() == RUNS {
                return Err(first);
            }
            findings.push(run(piece, first, last));
            Ok(())
        });
        if let Err(first) = rest {
            let last = runs.last().map_or(first, |run| run.1);
            let more = runs.len() - nth;
            findings.push(rest_of_runs(more, first, last));
            break;
        }
    }
    findings.extend(unknown_forms(&titles, ledger, starts, grid.filled.len() as u32));
    findings.extend(left(grid, ledger));
    findings
}

/// Findings for what is left on lines of which forms claim a part.
fn left(grid: &Grid<'_>, ledger: &Ledger) -> Vec<Finding> {
    let left = ledger.left();
    let of_line =
        |left: &Left, message: String| Finding::new(Code::LineUnclaimed, message).line(left.line + 1);
    let shown = left.iter().take(RUNS).flat_map(|left| {
        cut(&grid.text[left.text.clone()]).map(move |text| {
            let message =
                format!("A part of line {} is claimed by no form; the text stands in `raw`.", left.line + 1);
            of_line(left, message).raw(text)
        })
    });
    let more = left.get(RUNS).map(|first| {
        let message = format!(
            "{} more parts of lines from {} on are claimed by no form.",
            left.len() - RUNS,
            first.line + 1
        );
        of_line(first, message)
    });
    shown.chain(more).collect()
}

/// A text in pieces that a finding shows wholly.
fn cut(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = (0..=SHOWN.min(rest.len())).rev().find(|&end| rest.is_char_boundary(end)).unwrap_or(0);
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

fn run(text: &str, first: u32, last: u32) -> Finding {
    let lines = match first == last {
        true => format!("Line {} is", first + 1),
        false => format!("Lines {}-{} are", first + 1, last + 1),
    };
    let message = format!("{lines} claimed by no form; the text stands in `raw`.");
    // A line alone may still be longer than what is shown.
    let shown = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= SHOWN).last().unwrap_or(0);
    let shown = if text.len() <= SHOWN { text } else { &text[..shown] };
    Finding::new(Code::LineUnclaimed, message).line(first + 1).raw(shown)
}

fn rest_of_runs(more: usize, first: u32, last: u32) -> Finding {
    let (first, last) = (first + 1, last + 1);
    let message = format!("{more} more runs of lines between {first} and {last} are claimed by no form.");
    Finding::new(Code::LineUnclaimed, message).line(first)
}

/// A run in pieces of whole lines that a finding shows wholly, each with its first and last line.
fn pieces(text: &str, first: u32) -> impl Iterator<Item = (&str, u32, u32)> {
    let (mut rest, mut line) = (text, first);
    std::iter::from_fn(move || {
        // A finding's text begins on its line.
        while let Some(blank) = rest.split_inclusive('\n').next().filter(|line| fold::trim(line).is_empty()) {
            rest = &rest[blank.len()..];
            line += 1;
        }
        if rest.is_empty() {
            return None;
        }
        let mut end = 0;
        let mut lines = 0;
        for next in rest.split_inclusive('\n') {
            if end > 0 && end + next.len() > SHOWN {
                break;
            }
            end += next.len();
            lines += 1;
        }
        let piece = (&rest[..end], line, line + lines - 1);
        (rest, line) = (&rest[end..], line + lines);
        Some(piece)
    })
}

/// Titles that are reported in one document.
const TITLES: usize = 200;
/// Lines behind a title by which a form is told from an entry in a list.
const FORM_LINES: usize = 3;

/// The lines (from 0) of a run that read like a form's title.
fn titles_in<'t>(text: &'t str, first: u32, grammars: &Grammars) -> impl Iterator<Item = (u32, &'t str)> {
    let lines = text.lines().zip(first..);
    lines.filter(|(line, _)| is_form_title(line, grammars)).map(|(line, at)| (at, line))
}

/// What is called a form and goes on, up to the next one, is a form that no grammar reads. Single lines in it may be claimed
/// by the form before it, whose heading has the same labels.
fn unknown_forms(titles: &[(u32, &str)], ledger: &Ledger, starts: &[u32], lines: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (nth, &(at, title)) in titles.iter().enumerate() {
        let next = titles.get(nth + 1).map_or(lines, |next| next.0);
        // Forms that were read count their lines from 1.
        let end = starts.iter().map(|start| start - 1).find(|&start| start > at).unwrap_or(lines).min(next);
        let open = |line: &u32| ledger.claim_of(*line as usize) == Claim::Open;
        let behind = (at + 1..end).filter(open).count();
        let Some(last) = (at + 1..end).rev().find(open).filter(|_| behind >= FORM_LINES) else { continue };
        let name = fold::name(title);
        let name = bare_title(&name);
        let message = format!(
            "`{name}` looks like the title of a form, but no grammar reads the {behind} lines after it, up to line {}.",
            last + 1
        );
        findings.push(Finding::new(Code::FormUnknown, message).line(at + 1).raw(title));
    }
    findings
}

fn is_form_title(line: &str, grammars: &Grammars) -> bool {
    if line.len() > 200 {
        return false;
    }
    let name = fold::name(line);
    let name = bare_title(&name);
    // A known title without its form is a list's entry or a page's header.
    let key = fold::key(line);
    let known =
        grammars.forms.iter().flat_map(|grammar| &grammar.titles).any(|title| key.contains(title.as_str()));
    grammars.labelling.is_form_name(name) && !known
}

/// A folded line without what draws tables and headings around it, and without brackets at its end.
fn bare_title(name: &str) -> &str {
    let bare = name.trim_matches(|c: char| matches!(c, '|' | '#' | '*' | '+' | '=' | '-' | '│' | '┃'));
    match bare.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if open > 0 => &bare[..open],
        _ => bare,
    }
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
