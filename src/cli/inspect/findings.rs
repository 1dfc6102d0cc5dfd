//! Findings, each with its source line and a caret under what it is about.

use super::form::gutter;
use crate::cli::printable::printable;
use crate::cli::terminal::{Paint, Style, shortened, snippet};
use biaodan::finding::Finding;
use biaodan::inspect::View;

/// Columns of the terminal that a sentence may take.
const MESSAGE: usize = 600;

/// The findings of a form, or of what stands outside forms.
pub fn lines(view: &View<'_>, ordinal: Option<u32>, paint: Paint) -> Vec<String> {
    view.found(ordinal).flat_map(|finding| of(view, finding, paint)).collect()
}

/// One finding.
pub fn of(view: &View<'_>, finding: &Finding, paint: Paint) -> Vec<String> {
    let code = paint.paint(Style::Severity(finding.severity), finding.code.as_str());
    let place = finding.table.zip(finding.field).map(|(table, field)| format!(", {table}.{field}"));
    let mut out = vec![
        String::new(),
        format!("  {code} ({}{})", finding.severity.as_str(), place.unwrap_or_default()),
        format!("    {}", printable(&shortened(&finding.message, MESSAGE))),
    ];
    let line = finding.line.and_then(|number| Some((number, view.line(number)?)));
    if let Some((number, line)) = line {
        let spans: Vec<_> = view.spans(finding).into_iter().map(|span| span.bytes).collect();
        let (shown, carets) = snippet(&line, &spans);
        out.push(format!("{}{shown}", gutter(Some(number.into()), paint)));
        if let Some(carets) = carets {
            let carets = paint.paint(Style::Severity(finding.severity), &carets);
            out.push(format!("{}{carets}", gutter(None, paint)));
        }
    }
    out
}
