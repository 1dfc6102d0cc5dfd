//! Walking a folder.

use super::Origin;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// Something found in a folder: where its bytes are, and its path below the folder, `/`-separated.
pub(super) struct Found {
    pub(super) relative: Vec<u8>,
    pub(super) origin: Origin,
}

/// Everything below `root`, in the byte order of the relative paths whatever order the system lists them in.
///
/// What begins with `.` is passed over. Links to files are read; links to folders are refused, so that no tree
/// is seen twice and no walk runs in a circle. What cannot be read is found as refused, and the walk goes on.
pub(super) fn walk(root: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), Vec::new())];
    while let Some((folder, relative)) = folders.pop() {
        let mut step = Step { folders: &mut folders, found: &mut found };
        if let Err(error) = step.list(&folder, &relative) {
            let reason = format!("the folder could not be listed: {error}");
            found.push(Found { relative, origin: Origin::Refused(reason) });
        }
    }
    found.sort_by(|a, b| a.relative.cmp(&b.relative));
    found
}

struct Step<'a> {
    folders: &'a mut Vec<(PathBuf, Vec<u8>)>,
    found: &'a mut Vec<Found>,
}

impl Step<'_> {
    fn list(&mut self, folder: &Path, relative: &[u8]) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.as_encoded_bytes();
            if !name.starts_with(b".") {
                let separator: &[u8] = if relative.is_empty() { b"" } else { b"/" };
                self.take(&entry, [relative, separator, name].concat());
            }
        }
        Ok(())
    }

    fn take(&mut self, entry: &DirEntry, relative: Vec<u8>) {
        let path = entry.path();
        let origin = match entry.file_type() {
            Ok(kind) if kind.is_dir() => return self.folders.push((path, relative)),
            Ok(kind) if kind.is_symlink() => link(path),
            Ok(kind) => regular(path, kind),
            Err(error) => Origin::Refused(format!("its kind could not be learnt: {error}")),
        };
        self.found.push(Found { relative, origin });
    }
}

fn link(path: PathBuf) -> Origin {
    match fs::metadata(&path) {
        Ok(target) if target.is_dir() => {
            Origin::Refused("a link to a folder is not followed; name the folder itself as an input".into())
        }
        Ok(target) => regular(path, target.file_type()),
        Err(error) => Origin::Refused(format!("the link leads to nothing that can be read: {error}")),
    }
}

/// The file at `path`, which is no folder; refused without being opened if it is not a regular file.
pub(super) fn regular(path: PathBuf, kind: FileType) -> Origin {
    if kind.is_file() {
        return Origin::File(path);
    }
    // Opening a pipe blocks until someone writes to it, which may be never.
    Origin::Refused(format!(
        "{} is not read; only regular files are, and standard input as `-`",
        called(kind)
    ))
}

#[cfg(unix)]
fn called(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_fifo() => "a named pipe",
        kind if kind.is_socket() => "a socket",
        kind if kind.is_block_device() || kind.is_char_device() => "a device",
        _ => "something that is no regular file",
    }
}

#[cfg(not(unix))]
fn called(_: FileType) -> &'static str {
    "something that is no regular file"
}

#[cfg(test)]
mod tests;
