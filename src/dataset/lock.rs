//! One run at a time a target: an advisory lock that dies with its process.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::error::DatasetError;

/// The right to write one target. While it is held, whatever another run left beside the target was left by
/// one that is gone.
#[derive(Debug)]
pub(super) struct TargetLock {
    path: PathBuf,
    /// Closing it gives the lock back, after `drop` took the name away.
    _file: File,
}

impl TargetLock {
    /// Takes the lock at `path`; `None` when another run holds it.
    pub fn take(path: PathBuf) -> Result<Option<TargetLock>, DatasetError> {
        loop {
            let file = File::create(&path).map_err(DatasetError::io("create lock", &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(DatasetError::io("lock", &path)(error)),
            }
            // The run that held it may have removed the name between our opening and our locking it; a
            // third run would then lock a file of the same name and neither would see the other.
            if is_at(&file, &path) {
                return Ok(Some(TargetLock { path, _file: file }));
            }
        }
    }
}

impl Drop for TargetLock {
    fn drop(&mut self) {
        // A name left behind does no harm: the next run locks it anew.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = TargetLock::take(path.clone()).unwrap().expect("free");
        assert!(TargetLock::take(path.clone()).unwrap().is_none());
        drop(first);
        assert!(!path.exists());
        assert!(TargetLock::take(path).unwrap().is_some());
    }

    #[test]
    fn never_two_at_once_while_it_changes_hands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        let taken = std::sync::atomic::AtomicUsize::new(0);
        let order = std::sync::atomic::Ordering::SeqCst;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Some(lock) = TargetLock::take(path.clone()).unwrap() {
                            assert_eq!(inside.fetch_add(1, order), 0);
                            taken.fetch_add(1, order);
                            inside.fetch_sub(1, order);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
