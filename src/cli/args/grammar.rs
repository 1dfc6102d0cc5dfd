//! The arguments of `grammar`.

use super::{Format, dialects};
use crate::cli::size;
use biaodan::dump::Dialect;
use biaodan::source::Encoding;
use clap::{Args, Subcommand, ValueHint};
use std::path::PathBuf;

const DRAFT: &str = "\
Examples:
  biaodan grammar draft dumps/*.txt --out mine/audit.toml
  biaodan grammar check mine
  biaodan convert dumps/ --grammar mine --out dataset

Whatever is guessed stands in the draft behind a # with the counts it was guessed from. Several dumps of a form tell \
labels from values; with one dump only its structure can.

Exit codes:
  0   a grammar was drafted
  1   no dump holds a form that the grammars do not read already
  2   wrong arguments, a dump that gave no text, a file that is there already, a grammar with mistakes
  70  the file cannot be written";

const DRIFT: &str = "\
Examples:
  biaodan grammar drift dumps/2025/
  biaodan grammar drift dumps/2025/ --grammar mine --format json

Exit codes:
  0   every label stands where the grammars have it, and none is new
  1   there are new or moved labels, forms that no grammar reads, or dumps that gave no text
  2   wrong arguments, a grammar with mistakes";

/// What to do with grammars.
#[derive(Debug, Subcommand)]
pub enum GrammarCommand {
    /// Print every mistake in a set of grammars, with its place
    #[command(after_help = "Exit codes:\n  0   no mistakes\n  2   mistakes, or the folder cannot be read")]
    Check(GrammarArgs),
    /// Print which forms a set of grammars reads, and what in them
    List(GrammarArgs),
    /// Write a first grammar for a form that no grammar reads, from dumps of it
    #[command(after_help = DRAFT)]
    Draft(DraftArgs),
    /// Show which labels of new dumps the grammars do not have, have elsewhere, or have for nothing
    #[command(after_help = DRIFT)]
    Drift(DriftArgs),
}

/// A set of grammars and how to speak of it.
#[derive(Args, Debug)]
pub struct GrammarArgs {
    /// A folder of grammars; the built-in ones without it
    #[arg(value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How the dumps are read that a command learns from.
#[derive(Args, Debug)]
pub struct DumpArgs {
    /// How tables were written into the dumps; recognised for each dump without it
    #[arg(long, value_parser = dialects())]
    pub dialect: Option<Dialect>,
    /// The encoding of the dumps; recognised for each without it
    #[arg(long)]
    pub encoding: Option<Encoding>,
    /// The largest dump that is read, as in 512M or 1G
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size::bytes)]
    pub max_bytes: u64,
}

/// What `draft` takes.
#[derive(Args, Debug)]
pub struct DraftArgs {
    /// Dumps of the form, and folders of them; `-` is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// The file to write, in a folder of grammars that is made if it is not there; standard output without it
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Replace FILE if it is there
    #[arg(long, requires = "out")]
    pub force: bool,
    /// The form's id, its `form_type` in the dataset; the name of --out's file, or `drafted_form`, without it
    #[arg(long)]
    pub id: Option<String>,
    /// Draft the form with this in its title, of several that no grammar reads
    #[arg(long)]
    pub title: Option<String>,
    /// Draft forms too whose title a grammar has: an edition that it does not read
    #[arg(long)]
    pub again: bool,
    /// The grammars whose words help, instead of the built-in ones
    #[arg(long, value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// How they are read.
    #[command(flatten)]
    pub read: DumpArgs,
}

/// What `drift` takes.
#[derive(Args, Debug)]
pub struct DriftArgs {
    /// Dumps, and folders of them; `-` is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// The grammars to compare with, instead of the built-in ones
    #[arg(long, value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// How they are read.
    #[command(flatten)]
    pub read: DumpArgs,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
