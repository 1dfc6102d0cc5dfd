//! `biaodan grammar`: what is wrong with a set of grammars, and what is in it.

mod contents;
mod draft;
mod drift;
mod dumps;

use super::args::{Format, GrammarArgs};
use super::exit::{Exit, Failure};
use super::output;
use super::printable::{in_place, printable};
use super::report::json_line;
use super::text;
use biaodan::grammar::{GrammarError, Grammars, Mistake, Mistakes};
use contents::Contents;
pub use draft::draft;
pub use drift::drift;
use serde::Serialize;
use std::path::Path;

/// The grammars of a folder, or the built-in ones.
pub fn load(dir: Option<&Path>) -> Result<Grammars, GrammarError> {
    dir.map_or_else(Grammars::built_in, Grammars::from_dir)
}

/// A set that cannot be used, with its mistakes on standard error.
pub fn unusable(error: GrammarError) -> Failure {
    if let GrammarError::Mistakes(Mistakes(mistakes)) = &error {
        for mistake in mistakes {
            output::note(&shown(mistake));
        }
        return Failure::usage(format!("{}; correct {}", counted(mistakes), it(mistakes)));
    }
    Failure::usage(error)
}

/// What `grammar check --format json` prints.
#[derive(Serialize)]
struct Checked<'m> {
    grammar: String,
    mistakes: Vec<Place<'m>>,
}

/// A mistake and its place.
#[derive(Serialize)]
struct Place<'m> {
    file: &'m str,
    line: usize,
    column: usize,
    message: &'m str,
    excerpt: &'m str,
}

/// Prints every mistake: they are what the command was asked for, so they go to standard output.
pub fn check(args: &GrammarArgs) -> Result<Exit, Failure> {
    let (forms, mistakes) = match load(args.dir.as_deref()) {
        Ok(grammars) => (grammars.forms.len(), Vec::new()),
        Err(GrammarError::Mistakes(Mistakes(mistakes))) => (0, mistakes),
        Err(error) => return Err(Failure::usage(error)),
    };
    output::print(&match args.format {
        Format::Json => {
            let places = mistakes.iter().map(|Mistake { file, line, column, message, excerpt, .. }| Place {
                file,
                line: *line,
                column: *column,
                message,
                excerpt,
            });
            json_line(&Checked { grammar: called(args), mistakes: places.collect() })?
        }
        Format::Text if mistakes.is_empty() => {
            let forms = text::counted(forms as u64, "form");
            format!("{}: no mistakes in {forms}\n", printable(&called(args)))
        }
        Format::Text => mistakes.iter().map(|mistake| shown(mistake) + "\n").collect(),
    })?;
    if mistakes.is_empty() {
        return Ok(Exit::Complete);
    }
    Err(Failure::usage(format!("{}; correct {}", counted(&mistakes), it(&mistakes))))
}

/// Prints what forms a set reads.
pub fn list(args: &GrammarArgs) -> Result<Exit, Failure> {
    let grammars = load(args.dir.as_deref()).map_err(unusable)?;
    let contents = Contents::of(called(args), &grammars);
    output::print(&match args.format {
        Format::Text => contents.to_text(),
        Format::Json => json_line(&contents)?,
    })?;
    Ok(Exit::Complete)
}

fn called(args: &GrammarArgs) -> String {
    args.dir.as_ref().map_or_else(|| "built-in".to_owned(), |dir| dir.display().to_string())
}

/// A mistake as it points into its file; the caret stays under its place.
fn shown(mistake: &Mistake) -> String {
    Mistake {
        file: printable(&mistake.file),
        message: printable(&mistake.message),
        excerpt: in_place(&mistake.excerpt),
        ..mistake.clone()
    }
    .to_string()
}

fn counted(mistakes: &[Mistake]) -> String {
    match mistakes.len() {
        1 => "1 mistake in the grammar".to_owned(),
        count => format!("{count} mistakes in the grammar"),
    }
}

fn it(mistakes: &[Mistake]) -> &'static str {
    if mistakes.len() == 1 { "it" } else { "them" }
}
