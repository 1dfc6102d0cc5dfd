//! The dumps that `draft` and `drift` learn from.

use crate::cli::exit::Failure;
use biaodan::source::{self, Document, Encoding, Inputs, ReadOptions, Refusal};
use std::path::PathBuf;

/// The documents among `inputs`, and those that gave no text.
///
/// # Errors
/// An input is not there, or nothing is.
pub fn read(
    inputs: &[PathBuf],
    max_bytes: u64,
    encoding: Option<Encoding>,
) -> Result<(Vec<Document>, Vec<Refusal>), Failure> {
    let inputs = Inputs { paths: inputs.to_vec(), ..Inputs::default() };
    let sources = source::collect(&inputs).map_err(Failure::usage)?;
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    for source in &sources {
        match source::read(source, &ReadOptions { max_bytes, encoding }) {
            Ok(document) => documents.push(document),
            Err(refusal) => refused.push(refusal),
        }
    }
    if documents.is_empty() && refused.is_empty() {
        return Err(Failure::usage("there is no dump; name files, or a folder that holds some"));
    }
    Ok((documents, refused))
}
