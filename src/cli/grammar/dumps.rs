//! The dumps that `draft` and `drift` learn from.

use crate::cli::args::DumpArgs;
use crate::cli::exit::Failure;
use crate::cli::output;
use biaodan::source::{self, Document, Inputs, ReadOptions, Refusal};
use std::path::PathBuf;

/// The documents among `inputs`, and those that gave no text, which standard error names.
///
/// # Errors
/// An input is not there, or nothing is.
pub fn read(inputs: &[PathBuf], args: &DumpArgs) -> Result<(Vec<Document>, Vec<Refusal>), Failure> {
    let options = ReadOptions { max_bytes: args.max_bytes, encoding: args.encoding };
    let inputs = Inputs { paths: inputs.to_vec(), ..Inputs::default() };
    let sources = source::collect(&inputs).map_err(Failure::usage)?;
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    for source in &sources {
        match source::read(source, &options) {
            Ok(document) => documents.push(document),
            Err(refusal) => refused.push(refusal),
        }
    }
    if documents.is_empty() && refused.is_empty() {
        return Err(Failure::usage("there is no dump; name files, or a folder that holds some"));
    }
    for refusal in &refused {
        output::complain(&format!("{}: {}", refusal.source, refusal.reason));
    }
    Ok((documents, refused))
}
