//! Sources whose dialect does not part cells with TABs: cells cannot be counted in them without reading the dialect again,
//! so it is only compared that lines are counted right and that the digits of each figure stand where they are said to.

use super::form::DocumentRows;
use super::report::{At, Check, Sink};
use super::sheet::Sheet;

/// Lines that a cell may be broken over.
const CELL_LINES: i32 = 60;

/// Whether a line of a dialect may hold whole forms.
pub(super) fn shares_lines(dialect: Option<&str>) -> bool {
    matches!(dialect, Some("pipe-run" | "spaced-cells" | "words" | "html"))
}

/// Whether a dialect parts cells with TABs, so that each has a number on its line.
pub(super) fn counts_cells(dialect: Option<&str>) -> bool {
    matches!(dialect, None | Some("cell-lines" | "row-lines" | "tsv"))
}

/// Compares a document's rows with its source.
pub(super) fn check(document: &DocumentRows<'_>, sheet: &Sheet<'_>, sink: &mut Sink) {
    let row = document.row;
    let at = At::id("documents", &row.doc_id);
    let filled = sheet.filled();
    sink.demand(usize::try_from(row.lines) == Ok(filled), Check::Source, at, || {
        format!("says {} lines that are not blank and has {filled}", row.lines)
    });
    for form in &document.forms {
        let amounts = form.amounts.iter().map(|row| ("amounts", row.line, &row.raw));
        let measures = form.measures.iter().map(|row| ("measures", row.line, &row.raw));
        for (table, line, raw) in amounts.chain(measures) {
            sink.checked().raws += 1;
            sink.demand(
                stands(sheet, line, raw, row.dialect.as_deref()),
                Check::Source,
                form.at(table, line),
                || format!("the digits of `{raw}` do not stand on this line and those below it"),
            );
        }
    }
}

/// Whether `raw` stands on a line, or its digits in their order from there on where a drawn cell is broken over lines.
fn stands(sheet: &Sheet<'_>, line: i32, raw: &str, dialect: Option<&str>) -> bool {
    let own = sheet.span(line).map_or("", |span| &sheet.text[span]);
    if own.contains(raw.trim()) {
        return true;
    }
    // Columns held by spaces break cells as drawn ones do; Markdown and HTML write signs in other ways.
    if !matches!(dialect, Some("layout" | "grid")) && !own.contains(['|', '<', '&', '\\']) {
        return false;
    }
    let last = (line + CELL_LINES).min(sheet.len());
    let Some(span) = sheet.span(line).zip(sheet.span(last)) else { return false };
    let mut text = sheet.text[span.0.start..span.1.end].chars();
    let mut digits = raw.chars().filter(|c| c.is_numeric());
    digits.all(|digit| text.any(|c| c == digit))
}
