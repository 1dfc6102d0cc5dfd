//! `biaodan verify`: a published dataset, checked again from its files.

use super::args::{Format, VerifyArgs};
use super::exit::{Exit, Failure};
use super::printable::printable;
use super::report::json_line;
use super::{grammar, output};
use biaodan::verify::{VerifyError, VerifyOptions, verify};

/// Checks a dataset and prints what was found; a dataset with faults ends with 1.
pub fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let grammars = grammar::load(args.grammar.as_deref()).map_err(grammar::unusable)?;
    let options = VerifyOptions { sources: args.sources.clone(), ..VerifyOptions::new(&grammars) };
    let report = verify(&args.dir, &options).map_err(|error| match error {
        VerifyError::NoDataset(..) => Failure::usage(error),
        VerifyError::Unreadable(..) => Failure::broken(error),
    })?;
    output::print(&match args.format {
        Format::Json => json_line(&report)?,
        Format::Text => report.to_string().lines().map(printable).collect::<Vec<_>>().join("\n") + "\n",
    })?;
    Ok(if report.holds() { Exit::Complete } else { Exit::Incomplete })
}
