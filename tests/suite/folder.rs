//! Folders that tests walk: an empty one fails, so that no test passes because its cases are gone.

use std::fs;
use std::path::{Path, PathBuf};

/// A path in the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder of the repository, sorted by name.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let folder = in_repository(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} holds no case", folder.display());
    files
}

/// The name of a file without its folder and its ending.
pub fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).unwrap()
}

/// The name of a file without its folder.
pub fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

/// The samples: names and bytes.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    files("samples").iter().map(|path| (name(path).to_owned(), fs::read(path).unwrap())).collect()
}
