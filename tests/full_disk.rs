//! A disk that is full at every place a run can meet it: whatever fails, the target is as it was, nothing is
//! left beside it, and the error says what to do. Needs the right to mount; says so where it has none.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use biaodan::dataset::{DatasetError, DatasetOptions, DatasetWriter, Published};
use biaodan::table::{Rows, Tables, TextRow};

const DISK: usize = 1 << 20;
const PAGE: usize = 4096;

/// A small file system in memory, unmounted at the end.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={DISK}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path());
        mount.output().is_ok_and(|output| output.status.success()).then_some(Disk(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Uses the disk up but for `pages` of it.
    fn leave(&self, pages: usize) -> PathBuf {
        let filler = self.path().join("filler");
        let _ = fs::remove_file(&filler);
        fs::write(&filler, vec![1; DISK]).expect_err("larger than the disk");
        let file = fs::File::options().write(true).open(&filler).unwrap();
        let full = file.metadata().unwrap().len() as usize / PAGE;
        file.set_len(((full - pages) * PAGE) as u64).unwrap();
        filler
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

fn publish(target: &Path, passages: u32) -> Result<Published, DatasetError> {
    let mut options = DatasetOptions { force: true, ..DatasetOptions::default() };
    // Small enough that rows reach the disk in `write` already.
    options.limits.chunk_rows = 64;
    options.limits.group_rows = 64;
    let mut writer = DatasetWriter::create(target, &options)?;
    for line in 1..=passages {
        let mut tables = Tables::new();
        let row = TextRow {
            form_id: "00112233445566778899aabbccddeeff-0001".into(),
            doc_id: "00112233445566778899aabbccddeeff",
            form_type: "any",
            department: None,
            project: None,
            field: "objective",
            text: &noise(line),
            line,
        };
        tables.texts(Some(2022), &row).unwrap();
        writer.write(tables.finish())?;
    }
    writer.finish()
}

/// Text that does not compress away.
fn noise(seed: u32) -> String {
    let mut state = u64::from(seed);
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b' ' + (state >> 33) as u8 % 95)
    };
    (0..300).map(|_| next()).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_changes_nothing() {
    let Some(disk) = Disk::mount() else {
        eprintln!("skipped: a full disk needs the right to mount one");
        return;
    };
    let target = disk.path().join("out");
    let first = publish(&target, 10).unwrap();
    let before = fs::read(target.join("datapackage.json")).unwrap();
    let mut failures = 0;
    let second = loop {
        let filler = disk.leave(failures);
        match publish(&target, 300) {
            Ok(published) => break published,
            Err(DatasetError::Io { source, .. }) => assert_eq!(source.kind(), ErrorKind::StorageFull),
            Err(error) => panic!("{failures} pages free: {error}"),
        }
        assert_eq!(names(disk.path()), ["filler", "out"], "{failures} pages free");
        assert_eq!(fs::read(target.join("datapackage.json")).unwrap(), before);
        fs::remove_file(filler).unwrap();
        failures += 1;
    };
    // About 30 kB of empty files, 90 kB of noise, and the descriptor.
    assert!(failures > 20, "the disk was full at {failures} places only");
    assert_ne!(first.files, second.files);
    assert_eq!(names(disk.path()), ["filler", "out"]);
}
