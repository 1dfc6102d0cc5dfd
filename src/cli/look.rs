//! Reading the one dump that a command looks at.

use super::args::{LookArgs, Personal};
use super::exit::Failure;
use super::grammar;
use biaodan::grammar::Grammars;
use biaodan::pipeline::ConvertOptions;
use biaodan::source::{self, Document, Inputs, ReadOptions, Refusal};
use biaodan::table::{self, Unfit};
use std::path::Path;

/// What is looked at, and with what.
pub struct Look {
    /// The grammars it is to be read with.
    pub grammars: Grammars,
    /// How.
    pub options: ConvertOptions,
    /// The dump, or why it gave no text.
    pub document: Result<Document, Box<Refusal>>,
}

/// Reads a dump.
///
/// # Errors
/// It is not there or is a folder, or the grammars have mistakes.
pub fn look(file: &Path, args: &LookArgs) -> Result<Look, Failure> {
    let grammars = grammar::load(args.grammar.as_deref()).map_err(grammar::unusable)?;
    if file.is_dir() {
        return Err(Failure::usage(format!("{} is a folder; name one dump", file.display())));
    }
    let inputs = Inputs { paths: vec![file.to_owned()], ..Inputs::default() };
    let sources = source::collect(&inputs).map_err(Failure::usage)?;
    let [source] = sources.as_slice() else {
        return Err(Failure::usage(format!("{} is not one dump; name one", file.display())));
    };
    let options = ReadOptions { max_bytes: args.max_bytes, encoding: args.encoding };
    let personal = match args.personal {
        Personal::Drop => table::Personal::Drop,
        Personal::Keep => table::Personal::Keep,
    };
    Ok(Look {
        grammars,
        options: ConvertOptions { dialect: args.dialect, personal },
        document: source::read(source, &options).map_err(Box::new),
    })
}

/// A number that did not fit its column although it was judged to.
pub fn unfit(error: Unfit) -> Failure {
    Failure::broken(format!("{error}; please report this as a mistake in biaodan"))
}
