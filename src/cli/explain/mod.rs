//! `biaodan explain`: what became of a line.

mod entry;
mod identity;

use super::args::{ExplainArgs, Format};
use super::exit::{Exit, Failure};
use super::inspect::findings;
use super::look::{self, Look};
use super::output;
use super::report::json_line;
use super::terminal::{Paint, Style, shortened, snippet};
use biaodan::inspect::{Account, NoLine, View};
use biaodan::pipeline::Converter;

/// Columns of the terminal that a title may take.
const TITLE: usize = 60;

/// Explains a line.
pub fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let Look { grammars, options, document } = look::look(&args.place.file, &args.look)?;
    let document = match document {
        Ok(document) => document,
        Err(refusal) => {
            output::complain(&format!("{}: {}", refusal.source, refusal.reason));
            return Ok(Exit::Incomplete);
        }
    };
    let converter = Converter::new(&grammars, options);
    let converted = converter.convert(&document);
    let view = View::new(&document, &converter, &converted);
    let account = view.account(args.place.line).map_err(|error| match error {
        NoLine::Unfit(error) => look::unfit(error),
        NoLine::Beyond(_) => {
            Failure::usage(format!("{} has no line {}: {error}", document.source, args.place.line))
        }
    })?;
    output::print(&match args.look.format {
        Format::Json => json_line(&account)?,
        Format::Text => text(&view, &account, Paint::new(args.look.color)),
    })?;
    Ok(Exit::Complete)
}

fn text(view: &View<'_>, account: &Account, paint: Paint) -> String {
    let place = format!("{}:{}", shortened(&account.source, 2 * TITLE), account.line);
    let mut lines = vec![paint.paint(Style::Strong, &place)];
    let number = format!("{:>6}  ", account.line);
    let (shown, _) = snippet(&account.text, &[]);
    lines.push(format!("{}{shown}", paint.paint(Style::Faint, &number)).trim_end().to_owned());
    lines.push(String::new());
    lines.extend(claim(account, paint));
    for entry in &account.entries {
        lines.push(String::new());
        lines.extend(entry::lines(entry, paint));
    }
    let found = view.converted().findings.iter().filter(|finding| finding.line == Some(account.line));
    for finding in found {
        lines.extend(findings::of(view, finding, paint));
    }
    lines.join("\n") + "\n"
}

/// Who claims the line, as what.
fn claim(account: &Account, paint: Paint) -> Vec<String> {
    let word = paint.paint(Style::Strong, account.claim);
    let form = account.form.as_ref().map(|form| {
        let title = shortened(&form.title, TITLE);
        format!("form {} ({title}; {}, lines {}-{})", form.ordinal, form.form_type, form.line, form.line_last)
    });
    match (account.claim, form) {
        ("blank", form) => {
            let within = form.map(|form| format!(", within {form}")).unwrap_or_default();
            vec![format!("{word}: nothing but white space stands on this line{within}")]
        }
        ("unclaimed", form) => {
            let within = form.map(|form| format!(" It stands within {form}.")).unwrap_or_default();
            let run = match account.unclaimed_run {
                Some((first, last)) if first < last => format!(" So are lines {first}-{last}."),
                _ => String::new(),
            };
            vec![format!(
                "{word}: no form claims this line, and nothing of it is in the dataset but a finding.{run}{within}"
            )]
        }
        ("boilerplate", Some(form)) => {
            vec![format!("{word}: words that the template prints beside the form; claimed by {form}")]
        }
        (_, Some(form)) if account.entries.is_empty() => vec![
            format!("{word}: claimed by {form}"),
            "  It gives no value of its own: it repeats or continues what stands elsewhere.".to_owned(),
        ],
        (_, Some(form)) => vec![format!("{word}: claimed by {form}")],
        (_, None) => vec![word],
    }
}
