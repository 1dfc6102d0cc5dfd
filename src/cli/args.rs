//! The arguments, and what `--help` says about them.

mod grammar;
mod look;

use super::size;
use biaodan::dump::Dialect;
use biaodan::source::Encoding;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

pub use grammar::{DraftArgs, DriftArgs, DumpArgs, GrammarArgs, GrammarCommand};
pub use look::{Color, ExplainArgs, InspectArgs, LookArgs};

/// How commands end; the same words wherever help speaks of it.
macro_rules! exit_codes {
    ($complete:literal) => {
        concat!(
            "\n\nExit codes:\n  0   ",
            $complete,
            "\n  1   the dataset is there, but some document failed or was left partly unread",
            "\n  2   wrong arguments or inputs, a target that may not be replaced, a grammar with mistakes",
            "\n  70  the machine failed (disk, memory, threads); the target is as it was unless the message",
            "\n      says otherwise",
            "\n  75  another run is writing the same target; try again later",
        )
    };
}

const BIAODAN: &str = concat!(
    "\
Examples:
  biaodan convert dumps/ --out dataset
      Read every file below dumps/ and leave a Parquet dataset in dataset/.
  biaodan inspect dumps/a.txt
      Show what is read in one dump, and how far each figure can be trusted.
  biaodan grammar list
      Show which forms are read.",
    exit_codes!("everything was done")
);

const CONVERT: &str = concat!(
    "\
Examples:
  biaodan convert dumps/ --out dataset
  biaodan convert dumps/ --out dataset --force --format json > summary.json
  find /archive -name '*.txt' -print0 | biaodan convert --files-from - -0 --out dataset
  iconv -f big5 -t utf-8 form.txt | biaodan convert - --out dataset

A folder is read with everything below it except hidden files; links to folders are not followed. \
The summary on standard output names what was left unread; the findings table says why, line by line.

The dataset appears at DIR all at once, or not at all: a run that is interrupted (Ctrl-C, a power cut) leaves DIR \
as it was, and what it had begun beside it (.DIR.biaodan-new) is removed by the next run to DIR.",
    exit_codes!("every document was converted whole, or has the same bytes as one that was looked at")
);

const VERIFY: &str = "\
Examples:
  biaodan verify dataset
  biaodan verify dataset --sources dumps/

Nothing that judged the figures is used to check them: numbers are read again, identities laid over the tables' rows \
again, proofs computed again. With --sources every raw text is also looked for on its line.

Exit codes:
  0   the dataset holds
  1   it does not; the first hundred faults are printed
  2   there is no dataset, or the grammar has mistakes
  70  a file cannot be read";

/// Text dumps of Chinese performance self-evaluation forms in, proven Parquet datasets out.
#[derive(Debug, Parser)]
#[command(name = "biaodan", version, after_help = BIAODAN)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert dumps into a Parquet dataset
    #[command(after_help = CONVERT)]
    Convert(Box<ConvertArgs>),
    /// Show a dump as forms and tables, each figure with what stands behind it
    #[command(after_help = look::INSPECT)]
    Inspect(Box<InspectArgs>),
    /// Say what became of a line of a dump: who claims it, as what, and why it is trusted
    #[command(after_help = look::EXPLAIN)]
    Explain(Box<ExplainArgs>),
    /// Check a dataset again from its files: every figure, identity and proof
    #[command(after_help = VERIFY)]
    Verify(VerifyArgs),
    /// Check, list or draft the grammars that forms are read with
    #[command(subcommand)]
    Grammar(GrammarCommand),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  biaodan completions bash > /etc/bash_completion.d/biaodan")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print a manual page (roff)
    #[command(after_help = "Examples:\n  biaodan man > biaodan.1\n  biaodan man convert > biaodan-convert.1")]
    Man {
        /// The command whose page is wanted, as in `grammar check`; biaodan's own without it.
        command: Vec<String>,
    },
}

/// What to convert, where to, and how.
#[derive(Args, Debug)]
pub struct ConvertArgs {
    /// Dumps and folders of dumps; `-` is standard input
    #[arg(value_name = "INPUT", required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// The folder to leave the dataset in: a new one, an empty one or, with --force, a dataset of biaodan's
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// Read the paths of further dumps from a file, one a line; `-` is standard input
    #[arg(long, value_name = "LIST", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,
    /// The paths in LIST are separated by NUL, as `find -print0` writes them
    #[arg(short = '0', long = "null", requires = "files_from")]
    pub null: bool,
    /// Replace the dataset in DIR; anything else there is never touched
    #[arg(long)]
    pub force: bool,
    /// Threads; 0 is one a core. The dataset's bytes are the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub jobs: u16,
    /// Read forms with the grammars in this folder instead of the built-in ones
    #[arg(long, value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// How tables were written into the dumps; recognised for each dump without it
    #[arg(long, value_parser = dialects())]
    pub dialect: Option<Dialect>,
    /// The encoding of the dumps: utf-8, utf-16le, utf-16be or gb18030 (gbk, gb2312); recognised for each without it
    #[arg(long)]
    pub encoding: Option<Encoding>,
    /// Whether names, telephone numbers and signatures of persons are kept
    #[arg(long, value_name = "WHETHER", value_enum, default_value_t = Personal::Drop)]
    pub personal: Personal,
    /// The largest dump that is read, as in 512M or 1G; larger ones fail
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size::bytes)]
    pub max_bytes: u64,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// No progress bar and no summary in text; errors and --format json are still printed
    #[arg(short, long)]
    pub quiet: bool,
}

/// What `verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The dataset
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The folder under which the documents' source names are found
    #[arg(long, value_name = "ROOT", value_hint = ValueHint::DirPath)]
    pub sources: Option<PathBuf>,
    /// The grammars the dataset was made with, if not the built-in ones
    #[arg(long, value_name = "GRAMMAR", value_hint = ValueHint::DirPath)]
    pub grammar: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object on one line
    Json,
}

/// Whether personal fields are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Personal {
    /// They are null, and masked wherever else they show
    Drop,
    /// They are given, in their own columns of the forms table
    Keep,
}

pub(super) fn dialects() -> impl TypedValueParser<Value = Dialect> {
    PossibleValuesParser::new(Dialect::ALL.map(Dialect::as_str)).try_map(|name| name.parse::<Dialect>())
}
