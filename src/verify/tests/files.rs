//! Files altered on the disk: hashes tell, and where they are not looked at, what was decoded does.

use super::*;
use std::fs;

/// Faults of the dataset, and whether the check could be made at all.
fn check(dir: &Path, grammars: &Grammars) -> Result<Report, VerifyError> {
    verify(dir, &VerifyOptions::new(grammars))
}

fn faults(dir: &Path, grammars: &Grammars) -> String {
    check(dir, grammars).unwrap().faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The first file of a table.
fn part(dir: &Path, table: &str) -> PathBuf {
    let year = fs::read_dir(dir.join(table)).unwrap().map(|entry| entry.unwrap().path()).min().unwrap();
    if year.is_file() { year } else { fs::read_dir(year).unwrap().next().unwrap().unwrap().path() }
}

/// A dataset, altered, and what is said of it.
fn altered(alter: impl Fn(&Path)) -> String {
    let grammars = grammars();
    let dataset = dataset(&folders()[0], &grammars);
    alter(dataset.path());
    faults(dataset.path(), &grammars)
}

#[test]
fn a_flipped_bit_is_noticed() {
    for (table, from_end) in [("amounts", 2000), ("amounts", 1), ("findings", 400), ("documents", 90)] {
        let said = altered(|dir| {
            let path = part(dir, table);
            let mut bytes = fs::read(&path).unwrap();
            let at = bytes.len() - from_end;
            bytes[at] ^= 4;
            fs::write(path, bytes).unwrap();
        });
        assert!(said.contains("SHA-256"), "{table}: {said}");
    }
}

#[test]
fn missing_cut_and_foreign_files_are_noticed() {
    let said = altered(|dir| fs::remove_file(part(dir, "texts")).unwrap());
    assert!(said.contains("does not stand in the dataset"), "{said}");
    let said = altered(|dir| {
        let path = part(dir, "measures");
        let bytes = fs::read(&path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    });
    assert!(said.contains("cannot be read as Parquet"), "{said}");
    let said = altered(|dir| {
        fs::copy(part(dir, "amounts"), dir.join("amounts/guest.parquet")).unwrap();
    });
    assert!(said.contains("guest.parquet: this file is not listed"), "{said}");
}

#[test]
fn files_that_changed_places_are_noticed_without_their_hashes() {
    let grammars = grammars();
    let dataset = dataset(&folders()[0], &grammars);
    let manifest = dataset.path().join("datapackage.json");
    let text = fs::read_to_string(&manifest).unwrap();
    // The year of a partition stands in its folder alone.
    fs::rename(
        dataset.path().join("amounts/fiscal_year=2023"),
        dataset.path().join("amounts/fiscal_year=1997"),
    )
    .unwrap();
    fs::write(&manifest, text.replace("amounts/fiscal_year=2023", "amounts/fiscal_year=1997")).unwrap();
    let options = VerifyOptions { files: false, ..VerifyOptions::new(&grammars) };
    let report = verify(dataset.path(), &options).unwrap();
    assert!(report.faults.iter().any(|fault| fault.what.contains("year")), "{report}");
}

#[test]
fn what_is_no_dataset_is_an_error() {
    let grammars = grammars();
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(check(empty.path(), &grammars), Err(VerifyError::NoDataset(..))));
    fs::write(empty.path().join("datapackage.json"), "{}").unwrap();
    assert!(matches!(check(empty.path(), &grammars), Err(VerifyError::NoDataset(..))));
}
