//! HTML, which pandoc writes where cells span.

use super::cell_lines::each;
use crate::corpus::sheet::{Cell, Sheet};

pub fn write(sheet: &Sheet, out: &mut String) {
    each(
        sheet,
        out,
        |text| format!("{}\n\n", escaped(text)),
        |table, out| {
            out.push_str("<table>\n<tbody>\n");
            for row in &table.rows {
                out.push_str("<tr>\n");
                row.iter().for_each(|one| cell(one, out));
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody>\n</table>\n\n");
        },
    );
}

fn cell(cell: &Cell, out: &mut String) {
    let mut tag = String::from("<td");
    if cell.rows > 1 {
        tag.push_str(&format!(" rowspan=\"{}\"", cell.rows));
    }
    if cell.columns > 1 {
        tag.push_str(&format!(" colspan=\"{}\"", cell.columns));
    }
    let paragraphs: Vec<&String> = cell.paragraphs.iter().filter(|text| !text.trim().is_empty()).collect();
    let text = match paragraphs.as_slice() {
        [] => String::new(),
        [one] => escaped(one),
        many => many.iter().map(|text| format!("<p>{}</p>", escaped(text))).collect::<Vec<_>>().join("\n"),
    };
    out.push_str(&format!("{tag}>{text}</td>\n"));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
