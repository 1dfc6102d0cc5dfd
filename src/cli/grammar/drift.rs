//! `biaodan grammar drift`: what new dumps print otherwise than the grammars say.

use super::{dumps, load, unusable};
use crate::cli::args::{DriftArgs, Format};
use crate::cli::exit::{Exit, Failure};
use crate::cli::output;
use crate::cli::printable::printable;
use crate::cli::report::json_line;
use crate::cli::text;
use biaodan::drift::{self, Drift, GrammarDrift, LabelDrift};
use biaodan::source::Refusal;
use serde::Serialize;
use std::fmt::Write as _;

/// Labels of one missing thing that are shown in text.
const SHOWN: usize = 4;

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'d> {
    #[serde(flatten)]
    drift: &'d Drift,
    /// Dumps that gave no text.
    failed: Vec<Failed<'d>>,
}

#[derive(Serialize)]
struct Failed<'d> {
    source: &'d str,
    reason: &'d str,
}

/// Compares, and says what differs.
pub fn drift(args: &DriftArgs) -> Result<Exit, Failure> {
    let grammars = load(args.grammar.as_deref()).map_err(unusable)?;
    let (documents, refused) = dumps::read(&args.inputs, &args.read)?;
    let found = drift::drift(&documents, &grammars, args.read.dialect);
    output::print(&match args.format {
        Format::Json => json_line(&Report { drift: &found, failed: refused.iter().map(failed).collect() })?,
        Format::Text => text(&found, documents.len()),
    })?;
    Ok(if found.is_any() || !refused.is_empty() { Exit::Incomplete } else { Exit::Complete })
}

fn failed(refusal: &Refusal) -> Failed<'_> {
    Failed { source: &refusal.source, reason: &refusal.reason }
}

fn text(found: &Drift, documents: usize) -> String {
    let mut out = String::new();
    for grammar in &found.grammars {
        of_grammar(&mut out, grammar);
    }
    if !found.unknown.is_empty() {
        out.push_str("forms that no grammar reads\n");
        for form in &found.unknown {
            let _ = writeln!(out, "  {}  {}:{}", printable(&form.title), printable(&form.source), form.line);
        }
        out.push('\n');
    }
    let forms: usize = found.grammars.iter().map(|grammar| grammar.forms).sum();
    let _ = writeln!(out, "{} in {}", counted(forms, "form"), counted(documents, "document"));
    out
}

/// `1 form`, `2 forms`.
fn counted(count: usize, what: &str) -> String {
    text::counted(count as u64, what)
}

fn of_grammar(out: &mut String, grammar: &GrammarDrift) {
    let _ = writeln!(out, "{}  ({})", printable(&grammar.id), counted(grammar.forms, "form"));
    labels(out, "new", &grammar.new);
    labels(out, "moved", &grammar.moved);
    labels(out, "respelled", &grammar.respelled);
    if !grammar.missing.is_empty() {
        out.push_str("  missing\n");
        for missing in &grammar.missing {
            let shown: Vec<&str> = missing.labels.iter().take(SHOWN).map(String::as_str).collect();
            let more = missing.labels.len() - shown.len();
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            let _ = writeln!(out, "    {}: {}{more}", printable(&missing.what), printable(&shown.join(", ")));
        }
    }
    out.push('\n');
}

fn labels(out: &mut String, title: &str, labels: &[LabelDrift]) {
    if labels.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {title}");
    for label in labels {
        let known = label.known.as_ref().map_or_else(String::new, |known| format!("; known as {known}"));
        let _ = writeln!(
            out,
            "    {}  {}, {}{}",
            printable(&label.label),
            counted(label.count, "time"),
            printable(&label.place),
            printable(&known)
        );
        let example = &label.example;
        let _ = writeln!(
            out,
            "      {}:{}  {}",
            printable(&example.source),
            example.line,
            printable(&example.text)
        );
    }
}
