//! Why a dataset was not published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

/// Why a dataset was not published. Whatever it says, the target is as it was, unless it is
/// [`Displaced`](DatasetError::Displaced).
#[derive(Debug)]
pub enum DatasetError {
    /// The target may not be written; the caller asked for the wrong thing.
    Refused {
        /// The target as the caller gave it.
        target: PathBuf,
        /// Why not.
        reason: Refusal,
    },
    /// Another run is writing the same target.
    Busy {
        /// The target both want.
        target: PathBuf,
    },
    /// The machine did not do what it was asked to.
    Io {
        /// What was asked, as in "could not `operation` `path`".
        operation: &'static str,
        /// The file or folder it was asked for.
        path: PathBuf,
        /// What the machine answered.
        source: io::Error,
    },
    /// Rows could not be encoded; a fault of the program.
    Encode {
        /// The file they were meant for.
        path: PathBuf,
        /// What the encoder answered.
        source: ParquetError,
    },
    /// The new dataset could not be moved into place, and neither could the old one be moved back.
    Displaced {
        /// Where the old dataset belongs.
        target: PathBuf,
        /// Where it stands now, whole.
        aside: PathBuf,
        /// What the machine answered.
        source: io::Error,
    },
}

/// Why a target may not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It holds a dataset already, and the caller did not say to replace it.
    Exists,
    /// It exists, is not empty, and was not made by biaodan.
    Foreign,
    /// It is a dataset, but something was put into it that replacing it would delete.
    Guest(PathBuf),
    /// It is no folder.
    NotAFolder,
    /// It is the root of a file system, which cannot be replaced at one stroke.
    FileSystemRoot,
    /// It is the current folder or one above it, which would be pulled away from under the caller.
    CurrentFolder,
    /// It does not name a folder (empty, or ends in `..`).
    NoName,
}

impl DatasetError {
    /// Whether the caller asked for the wrong thing, as opposed to the machine failing.
    pub fn is_refusal(&self) -> bool {
        matches!(self, DatasetError::Refused { .. })
    }

    /// Wraps what the machine answered to `operation` on `path`; made for `map_err`.
    pub(super) fn io(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> DatasetError {
        let path = path.to_path_buf();
        move |source| DatasetError::Io { operation, path, source }
    }

    /// What the encoder of the file at `path` answered; the machine's own answer where it passes one on.
    pub(super) fn encoding(path: &Path, source: ParquetError) -> DatasetError {
        let path = path.to_path_buf();
        let ParquetError::External(cause) = source else {
            return DatasetError::Encode { path, source };
        };
        match cause.downcast::<io::Error>() {
            Ok(source) => DatasetError::Io { operation: "write", path, source: *source },
            Err(cause) => DatasetError::Encode { path, source: ParquetError::External(cause) },
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Exists => f.write_str("a dataset is there already; use --force to replace it"),
            Refusal::Foreign => {
                f.write_str("it exists and is no dataset of biaodan's; name a new or an empty folder")
            }
            Refusal::Guest(name) => {
                write!(
                    f,
                    "replacing the dataset would delete {}, which biaodan did not write",
                    name.display()
                )
            }
            Refusal::NotAFolder => f.write_str("it is no folder; name a new or an empty folder"),
            Refusal::FileSystemRoot => {
                f.write_str("it is the root of a file system and cannot be replaced; name a folder inside it")
            }
            Refusal::CurrentFolder => f.write_str(
                "it is or holds the current folder; name a folder inside it, or run from elsewhere",
            ),
            Refusal::NoName => f.write_str("it does not name a folder"),
        }
    }
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatasetError::Refused { target, reason } => {
                write!(f, "cannot write {}: {reason}", target.display())
            }
            DatasetError::Busy { target } => {
                write!(f, "another run is writing {}; wait for it, or name another folder", target.display())
            }
            DatasetError::Io { operation, path, source } => {
                write!(f, "could not {operation} {}: {source}; {}", path.display(), advice(source.kind()))
            }
            DatasetError::Encode { path, source } => {
                write!(f, "could not encode {}: {source}; please report this", path.display())
            }
            DatasetError::Displaced { target, aside, source } => write!(
                f,
                "could not move a dataset to {}: {source}; the former one stands whole in {}: move it back",
                target.display(),
                aside.display()
            ),
        }
    }
}

fn advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull => "the disk is full: make room or name a folder on another disk",
        io::ErrorKind::QuotaExceeded => "the quota is used up: make room or name a folder on another disk",
        io::ErrorKind::PermissionDenied => "check who may write there",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only: name a folder on another one",
        _ => "nothing was published",
    }
}

impl std::error::Error for DatasetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DatasetError::Io { source, .. } | DatasetError::Displaced { source, .. } => Some(source),
            DatasetError::Encode { source, .. } => Some(source),
            DatasetError::Refused { .. } | DatasetError::Busy { .. } => None,
        }
    }
}
