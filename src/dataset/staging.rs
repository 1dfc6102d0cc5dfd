//! From a hidden neighbour of the target to the target, all at once.
//!
//! Readers see the old dataset or the new one, never a mixture, and a run that dies leaves no half dataset:
//! - files and folders are on the disk before the name is (fsync, then rename, then fsync of the parent);
//! - an old dataset is moved aside first and deleted last; a run that dies between the two renames leaves it
//!   aside, and the next run to the same target moves it back;
//! - a failed fsync is not tried again: the pages it could not write may since count as clean.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::DatasetError;
use super::lock::TargetLock;
use super::package;
use super::target::{Standing, Target};

/// A folder beside the target in which a dataset grows; removed unless it is published.
#[derive(Debug)]
pub(super) struct Staging {
    target: Target,
    force: bool,
    folder: PathBuf,
    /// Given back after `drop` removed the folder.
    _lock: TargetLock,
}

impl Staging {
    /// Checks the target, locks it, clears up after runs that died, and makes the empty folder.
    pub fn open(given: &Path, force: bool) -> Result<Staging, DatasetError> {
        let target = Target::resolve(given)?;
        // Refuse before touching anything; what is checked here is checked again under the lock.
        target.standing(force)?;
        let Some(lock) = TargetLock::take(target.neighbour("lock"))? else {
            return Err(DatasetError::Busy { target: target.given });
        };
        let (folder, aside) = (target.neighbour("new"), target.neighbour("old"));
        remove(&folder)?;
        recover(&aside, &target.path())?;
        target.standing(force)?;
        fs::create_dir(&folder).map_err(DatasetError::io("make folder", &folder))?;
        Ok(Staging { target, force, folder, _lock: lock })
    }

    /// The folder to write into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves the folder to the target. Everything in it must have been synced. Gives the target's path, and
    /// where the old dataset still stands if it was replaced but could not be deleted.
    pub fn publish(self) -> Result<(PathBuf, Option<PathBuf>), DatasetError> {
        let (path, aside) = (self.target.path(), self.target.neighbour("old"));
        for folder in &self.target.touched {
            sync_folder(folder)?;
        }
        let standing = self.target.standing(self.force)?;
        if standing == Standing::Dataset {
            fs::rename(&path, &aside).map_err(DatasetError::io("move aside", &path))?;
        }
        let moved = fs::rename(&self.folder, &path).map_err(DatasetError::io("move into place", &path));
        let placed = moved.and_then(|()| {
            sync_folder(&self.target.parent).inspect_err(|_| {
                // Whether the names will survive is unknown: take the new dataset back. Should even that
                // fail, it stands whole at the target, which the error then wrongly calls untouched.
                let _ = fs::rename(&path, &self.folder);
            })
        });
        if standing != Standing::Dataset {
            return placed.map(|()| (path, None));
        }
        if let Err(error) = placed {
            return Err(restored(&aside, &path).err().unwrap_or(error));
        }
        // The new dataset is published: what cannot be deleted is reported, and removed by the next run.
        let left = fs::remove_dir_all(&aside).err().map(|_| aside);
        Ok((path, left))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays behind is removed by the next run to the same target.
        let _ = remove(&self.folder);
    }
}

fn restored(aside: &Path, path: &Path) -> Result<(), DatasetError> {
    fs::rename(aside, path).map_err(|source| DatasetError::Displaced {
        target: path.to_path_buf(),
        aside: aside.to_path_buf(),
        source,
    })
}

/// Clears up after a run that died while it replaced a dataset: once the new one is in place the old one
/// goes, before that it goes back (which an empty folder made meanwhile does not hinder).
fn recover(aside: &Path, path: &Path) -> Result<(), DatasetError> {
    if fs::symlink_metadata(aside).is_err() {
        return Ok(());
    }
    if package::is_ours(path) { remove(aside) } else { restored(aside, path) }
}

fn remove(folder: &Path) -> Result<(), DatasetError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(DatasetError::io("remove", folder)),
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), DatasetError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(DatasetError::io("sync", folder))
}
