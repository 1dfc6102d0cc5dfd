//! The folder a dataset is to stand in: where it really is, and whether it may be written.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{DatasetError, Refusal};
use super::package;
use crate::table::Table;

/// Where a dataset is to stand.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// As the caller gave it, for what is said to them.
    pub given: PathBuf,
    /// The folder it stands in, absolute and without links.
    pub parent: PathBuf,
    /// Its own name in that folder.
    pub name: OsString,
    /// Folders that got a new entry when missing parents were made, outermost first.
    pub touched: Vec<PathBuf>,
}

/// What stands at the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    EmptyFolder,
    Dataset,
}

impl Target {
    /// Finds the target's real place, and makes its parents where they are missing.
    pub fn resolve(given: &Path) -> Result<Target, DatasetError> {
        let refused = |reason| DatasetError::Refused { target: given.to_path_buf(), reason };
        if let Ok(real) = fs::canonicalize(given) {
            // Following links makes every spelling of one target meet at one lock.
            let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
                return Err(refused(Refusal::FileSystemRoot));
            };
            let (parent, name) = (parent.to_path_buf(), name.to_owned());
            return Ok(Target { given: given.to_path_buf(), parent, name, touched: Vec::new() });
        }
        let name = given.file_name().ok_or_else(|| refused(Refusal::NoName))?.to_owned();
        let parent = match given.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let touched = make_parents(parent)?;
        let parent = fs::canonicalize(parent).map_err(DatasetError::io("open folder", parent))?;
        if fs::symlink_metadata(parent.join(&name)).is_ok() {
            return Err(refused(Refusal::NotAFolder));
        }
        Ok(Target { given: given.to_path_buf(), parent, name, touched })
    }

    /// Its absolute path.
    pub fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// A hidden neighbour of the target, on the same file system.
    pub fn neighbour(&self, role: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".biaodan-");
        name.push(role);
        self.parent.join(name)
    }

    /// What stands at the target, or why it may not be written.
    pub fn standing(&self, force: bool) -> Result<Standing, DatasetError> {
        let path = self.path();
        let refused = |reason| Err(DatasetError::Refused { target: self.given.clone(), reason });
        let metadata = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Nothing),
            other => other.map_err(DatasetError::io("look at", &path))?,
        };
        if !metadata.is_dir() {
            return refused(Refusal::NotAFolder);
        }
        if is_mounted(&metadata, &self.parent) {
            return refused(Refusal::FileSystemRoot);
        }
        if env::current_dir().is_ok_and(|current| current.starts_with(&path)) {
            return refused(Refusal::CurrentFolder);
        }
        match entries(&path)? {
            entries if entries.is_empty() => Ok(Standing::EmptyFolder),
            _ if !package::is_ours(&path) => refused(Refusal::Foreign),
            _ if !force => refused(Refusal::Exists),
            entries => match entries.into_iter().find(|name| !is_known(name)) {
                Some(guest) => refused(Refusal::Guest(path.join(guest))),
                None => Ok(Standing::Dataset),
            },
        }
    }
}

/// The names in a folder, sorted so that the same folder is always refused in the same words.
fn entries(folder: &Path) -> Result<Vec<OsString>, DatasetError> {
    let names = fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.file_name())).collect());
    let mut names: Vec<OsString> = names.map_err(DatasetError::io("list", folder))?;
    names.sort();
    Ok(names)
}

fn is_known(name: &OsString) -> bool {
    name == package::FILE || Table::ALL.iter().any(|table| name == table.name())
}

/// Makes `folder` and whatever is missing above it; gives the folders that got a new entry.
fn make_parents(folder: &Path) -> Result<Vec<PathBuf>, DatasetError> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|path| *path != Path::new("") && !path.is_dir()).collect();
    let mut touched = Vec::new();
    for path in missing.into_iter().rev() {
        match fs::create_dir(path) {
            // `new/..` exists once `new` does, and another run may have been first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => continue,
            other => other.map_err(DatasetError::io("make folder", path))?,
        }
        let made = fs::canonicalize(path).map_err(DatasetError::io("open folder", path))?;
        touched.extend(made.parent().map(Path::to_path_buf));
    }
    Ok(touched)
}

/// Whether another file system is mounted at the folder, as container volumes are.
#[cfg(unix)]
fn is_mounted(folder: &fs::Metadata, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(parent).is_ok_and(|parent| parent.dev() != folder.dev())
}

#[cfg(not(unix))]
fn is_mounted(_folder: &fs::Metadata, _parent: &Path) -> bool {
    false
}
