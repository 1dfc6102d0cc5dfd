//! `biaodan inspect`: a dump as forms and tables.

mod figures;
pub mod findings;
mod form;
mod heading;
mod residue;
mod scored;

use super::args::{Format, InspectArgs};
use super::exit::{Exit, Failure};
use super::look::{self, Look};
use super::output;
use super::report::json_line;
use super::terminal::Paint;
use super::text;
use biaodan::inspect::{Sheet, View};
use biaodan::pipeline::Converter;

/// Shows a dump.
pub fn run(args: &InspectArgs) -> Result<Exit, Failure> {
    let Look { grammars, options, document } = look::look(&args.file, &args.look)?;
    let document = match document {
        Ok(document) => document,
        Err(refusal) => {
            if args.look.format == Format::Json {
                output::print(&json_line(&Sheet::failed(&refusal))?)?;
            }
            output::complain(&format!("{}: {}", refusal.source, refusal.reason));
            return Ok(Exit::Incomplete);
        }
    };
    let converter = Converter::new(&grammars, options);
    let converted = converter.convert(&document);
    let forms = converted.forms.len();
    if let Some(asked) = args.form.filter(|&asked| asked as usize > forms) {
        let message = format!("there is no form {asked}: {} has {}", document.source, counted(forms, "form"));
        return Err(Failure::usage(message));
    }
    let view = View::new(&document, &converter, &converted);
    let sheet = view.sheet(args.form).map_err(look::unfit)?;
    output::print(&match args.look.format {
        Format::Json => json_line(&sheet)?,
        Format::Text => text(&view, &sheet, Paint::new(args.look.color)),
    })?;
    Ok(if converted.status() == "converted" { Exit::Complete } else { Exit::Incomplete })
}

fn text(view: &View<'_>, sheet: &Sheet, paint: Paint) -> String {
    let mut lines = heading::document(sheet, paint);
    let mut residue = residue::runs(view, sheet);
    for form in &sheet.forms {
        let first = form.rows.form["line"].as_u64().unwrap_or_default();
        let last = form.rows.form["line_last"].as_u64().unwrap_or_default();
        let (before, rest) = residue.into_iter().partition(|run: &residue::Run| run.line() < first);
        residue = rest;
        lines.extend(before.iter().flat_map(|run| run.lines(paint)));
        let (within, rest) = residue.into_iter().partition(|run: &residue::Run| run.line() <= last);
        residue = rest;
        lines.extend(form::lines(view, form, within, paint));
    }
    lines.extend(residue.iter().flat_map(|run| run.lines(paint)));
    if !sheet.findings.is_empty() {
        lines.push(String::new());
        lines.push(paint.paint(super::terminal::Style::Strong, "outside forms"));
        lines.extend(findings::lines(view, None, paint));
    }
    if !sheet.forms.is_empty() {
        lines.push(String::new());
        lines.push(heading::legend(paint));
    }
    lines.join("\n") + "\n"
}

/// `1 form`, `2 forms`.
fn counted(count: usize, what: &str) -> String {
    text::counted(count as u64, what)
}
