//! What there is to read: arguments, folders and lists become named sources.

use super::distinct::{Candidate, distinct};
use super::{Origin, Source, folder, list, name};
use std::path::{Path, PathBuf};
use std::{error, fmt, fs, io};

/// What a run is asked to read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// A list of further files, one a line or NUL-separated; `-` reads the list from standard input.
    pub files_from: Option<PathBuf>,
    /// Whether the list is NUL-separated even where it holds no NUL.
    pub nul_separated: bool,
}

/// A mistake in what a run is asked to read, which stops it before anything is read.
#[derive(Debug)]
pub enum InputError {
    /// A path that was named is not there, or cannot be looked up.
    Missing {
        /// The path as it was named.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The list of files cannot be read.
    List {
        /// The list's path, or `-`.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Standard input is asked for more than once.
    StdinTwice,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Missing { path, error } => {
                write!(f, "the input {} cannot be found: {error}; check how it is spelled", path.display())
            }
            InputError::List { path, error } => {
                write!(
                    f,
                    "the list of files {} cannot be read: {error}; name a file of paths, or `-`",
                    path.display()
                )
            }
            InputError::StdinTwice => f.write_str("standard input (`-`) can be read only once; name it once"),
        }
    }
}

impl error::Error for InputError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            InputError::Missing { error, .. } | InputError::List { error, .. } => Some(error),
            InputError::StdinTwice => None,
        }
    }
}

/// Lists what there is to read: the paths in the order they are given, a folder's files in the byte order of
/// their relative paths, then the listed files in the order of the list.
///
/// A source is named by its path below the folder it was found in; a file given by itself by its own name; a
/// listed file by its path as listed, made relative (no leading `/`, no `.` or `..`); standard input `stdin`.
/// Equal names are told apart by the name of the root folder they were found under (of a file given by itself:
/// the folder it stands in), and then by a number: `2021/a.txt` and `2022/a.txt`, `a.txt` and `a.txt~2`. What
/// a name cannot hold (bytes that are no UTF-8, control characters, `\`, white space at an end) is
/// percent-encoded.
///
/// Files and folders that begin with `.` are passed over inside a folder, not when they are named. Links are
/// followed when they are named; inside a folder only those to files are. Whatever else cannot be read is a
/// source too, [`Origin::Refused`], so that every input ends in the ledger: pipes, devices, folders that cannot
/// be listed, listed files that are missing.
///
/// # Errors
/// A named path that does not exist, a list that cannot be read, or a second use of standard input.
pub fn collect(args: &Inputs) -> Result<Vec<Source>, InputError> {
    if args.paths.iter().chain(&args.files_from).filter(|path| is_stdin(path)).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    let mut collection = Collection::default();
    for path in &args.paths {
        collection.named(path)?;
    }
    if let Some(list) = &args.files_from {
        collection.listed(list, args.nul_separated)?;
    }
    Ok(distinct(collection.candidates, &collection.roots))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

#[derive(Default)]
struct Collection {
    candidates: Vec<Candidate>,
    roots: Vec<String>,
}

impl Collection {
    fn named(&mut self, path: &Path) -> Result<(), InputError> {
        if is_stdin(path) {
            self.add(String::from("stdin"), Origin::Stdin, None);
            return Ok(());
        }
        let found =
            fs::metadata(path).map_err(|error| InputError::Missing { path: path.to_owned(), error })?;
        if found.is_dir() {
            self.walked(path);
        } else {
            let root = self.root(path.parent().and_then(name::of_folder));
            let own = path.file_name().map_or_else(|| b".".into(), |name| name.as_encoded_bytes().to_vec());
            self.add(name::stored(&own), folder::regular(path.to_owned(), found.file_type()), root);
        }
        Ok(())
    }

    fn walked(&mut self, path: &Path) {
        let own = name::of_folder(path);
        let root = self.root(own.clone());
        for found in folder::walk(path) {
            // Only a folder that cannot be listed is found at no path below itself.
            let (name, root) = match found.relative.is_empty() {
                true => (own.clone().unwrap_or_else(|| ".".to_owned()), None),
                false => (name::stored(&found.relative), root),
            };
            self.add(name, found.origin, root);
        }
    }

    fn listed(&mut self, list: &Path, nul_separated: bool) -> Result<(), InputError> {
        let bytes = if is_stdin(list) {
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).map(|_| bytes)
        } else {
            fs::read(list)
        };
        let bytes = bytes.map_err(|error| InputError::List { path: list.to_owned(), error })?;
        for path in list::paths(&bytes, nul_separated) {
            let name = name::of_path(&path);
            self.add(name, listed_origin(path), None);
        }
        Ok(())
    }

    fn root(&mut self, name: Option<String>) -> Option<usize> {
        self.roots.push(name?);
        Some(self.roots.len() - 1)
    }

    fn add(&mut self, name: String, origin: Origin, root: Option<usize>) {
        self.candidates.push(Candidate { source: Source { name, origin }, root });
    }
}

/// A list is often older than the run, so a file that has gone is one failed document, not a wrong argument.
fn listed_origin(path: PathBuf) -> Origin {
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => Origin::Refused(
            "a folder in a list of files is not read; list its files, or name it as an input".into(),
        ),
        Ok(found) => folder::regular(path, found.file_type()),
        Err(error) => Origin::Refused(format!("the listed file cannot be found: {error}")),
    }
}

#[cfg(test)]
mod tests;
