//! What each stage must refuse: `tests/reject/<stage>/` holds one case a file, a stage a module.

mod dataset;
mod dump;
mod form;
mod grammar;
mod proof;
mod source;
mod value;

use crate::folder;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

/// The cases of a stage: their names and what their files say.
fn cases<T: DeserializeOwned>(stage: &str) -> Vec<(String, T)> {
    let files = folder::files(&format!("tests/reject/{stage}"));
    files.iter().map(|path| (folder::stem(path).to_owned(), case(path))).collect()
}

fn case<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
