//! What stands above a document's forms, above one form, and below all.

use super::counted;
use crate::cli::terminal::{Paint, Style, mark, shortened};
use biaodan::inspect::{FormSheet, Row, Sheet};
use biaodan::proof::Trust;

/// Columns of the terminal that a name may take.
const NAME: usize = 60;

/// The document.
pub fn document(sheet: &Sheet, paint: Paint) -> Vec<String> {
    let row = &sheet.document;
    let number = |column: &str| row[column].as_u64().unwrap_or_default() as usize;
    let lines = match number("lines_unclaimed") {
        0 => counted(number("lines"), "filled line"),
        unclaimed => format!("{} ({unclaimed} unclaimed)", counted(number("lines"), "filled line")),
    };
    let told = [
        row["status"].as_str().unwrap_or_default().to_owned(),
        counted(number("forms"), "form"),
        lines,
        counted(number("findings"), "finding"),
        row["encoding"].as_str().unwrap_or_default().to_owned(),
        row["dialect"].as_str().unwrap_or("no tables").to_owned(),
    ];
    let source = shortened(row["source"].as_str().unwrap_or_default(), 2 * NAME);
    vec![paint.paint(Style::Strong, &source), told.join(", ")]
}

/// A form.
pub fn form(form: &FormSheet, paint: Paint) -> Vec<String> {
    let row = &form.rows.form;
    let title = format!("form {}  {}", form.ordinal, shortened(text(row, "title"), NAME));
    let first = row["line"].as_u64().unwrap_or_default();
    let last = row["line_last"].as_u64().unwrap_or_default();
    let status = text(row, "status");
    let status_style = if status == "complete" { Style::Plain } else { Style::Trust(Trust::Disputed) };
    let year = form.fiscal_year.map_or_else(|| "unknown".to_owned(), |year| year.to_string());
    let mut out = vec![
        String::new(),
        paint.paint(Style::Strong, &title),
        format!("  {}, lines {first}-{last}, {}", text(row, "form_type"), paint.paint(status_style, status)),
        format!("  year {year}, unit {}", unit(row)),
    ];
    let fields = ["department", "project", "reporting_org", "implementing_org", "annex"];
    let signed = ["prepared_by", "prepared_on", "phone", "signed_by"];
    for columns in [&fields[..], &signed[..]] {
        let told = columns.iter().filter(|column| row[**column].is_string());
        let told: Vec<String> = told
            .map(|column| {
                let name = paint.paint(Style::Faint, &column.replace('_', " "));
                format!("{name} {}", shortened(text(row, column), NAME))
            })
            .collect();
        if !told.is_empty() {
            out.push(format!("  {}", told.join(", ")));
        }
    }
    out
}

fn unit(row: &Row) -> String {
    let stated =
        row["unit_stated"].as_str().map(|stated| format!(" (the heading says {})", shortened(stated, 20)));
    format!("{}{}", row["unit"].as_str().unwrap_or("not settled"), stated.unwrap_or_default())
}

fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).and_then(|value| value.as_str()).unwrap_or_default()
}

/// What the marks mean.
pub fn legend(paint: Paint) -> String {
    let told = Trust::ALL.map(|trust| {
        let mark = paint.paint(Style::Trust(trust), &mark(trust).to_string());
        format!("{mark} {}", trust.as_str())
    });
    told.join("   ")
}
