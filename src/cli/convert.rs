//! `biaodan convert`: one run of the pipeline and its summary.

use super::args::{ConvertArgs, Format, Personal};
use super::exit::{Exit, Failure};
use super::grammar;
use super::output;
use super::progress::Bar;
use super::report::{Report, json_line};
use super::text;
use biaodan::pipeline::{self, ConvertOptions, RunOptions};
use biaodan::source::{Inputs, ReadOptions};
use biaodan::table;

/// Converts, and says what it came to.
pub fn run(args: &ConvertArgs) -> Result<Exit, Failure> {
    let grammars = grammar::load(args.grammar.as_deref()).map_err(grammar::unusable)?;
    let inputs =
        Inputs { paths: args.inputs.clone(), files_from: args.files_from.clone(), nul_separated: args.null };
    let bar = Bar::new(args.quiet);
    let outcome =
        pipeline::run(&inputs, &args.out, &grammars, &options(args), &mut |progress| bar.show(progress));
    bar.clear();
    let (summary, published) = outcome?;
    let report = Report::new(&summary, &published);
    warn(&report);
    print(args, &report).map_err(|failure| Failure {
        message: format!("the dataset stands whole in {}, but {}", report.dataset, failure.message),
        ..failure
    })?;
    Ok(if report.complete { Exit::Complete } else { Exit::Incomplete })
}

/// What nightly jobs mail to people: all that keeps a run from being whole.
fn warn(report: &Report) {
    if let Some(left) = &report.left_behind {
        output::complain(&format!(
            "the former dataset could not be deleted and still stands in {left}; the next run deletes it"
        ));
    }
    if !report.complete {
        output::complain(&format!(
            "{} of {} left wholly or partly unread; the documents and findings tables say why",
            text::grouped(report.unread.total),
            text::counted(report.documents.total, "document")
        ));
    }
}

fn print(args: &ConvertArgs, report: &Report) -> Result<(), Failure> {
    match args.format {
        Format::Json => output::print(&json_line(report)?)?,
        Format::Text if args.quiet => {}
        Format::Text => output::print(&text::summary(report))?,
    }
    Ok(())
}

fn options(args: &ConvertArgs) -> RunOptions {
    let personal = match args.personal {
        Personal::Drop => table::Personal::Drop,
        Personal::Keep => table::Personal::Keep,
    };
    RunOptions {
        read: ReadOptions { max_bytes: args.max_bytes, encoding: args.encoding },
        convert: ConvertOptions { dialect: args.dialect, personal },
        force: args.force,
        jobs: usize::from(args.jobs),
    }
}
