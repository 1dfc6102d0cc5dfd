//! What each sample must become: `tests/golden/<form>-<case>.json` holds every row that
//! `samples/<form>-<case>` gives. `BIAODAN_BLESS=1 cargo test golden` writes them anew; read the difference.

mod print;

use crate::diff::diff;
use crate::rows::{self, Row};
use crate::{conversion, folder};
use biaodan::dump::Dialect;
use std::fmt::Write;
use std::fs;

const GOLDEN: &str = "tests/golden";

#[test]
fn golden() {
    let temp = tempfile::tempdir().unwrap();
    let target = temp.path().join("dataset");
    conversion::of_folder(&folder::in_repository("samples"), &target, 2);
    let rows = rows::of_dataset(&target);
    let bless = std::env::var_os("BIAODAN_BLESS").is_some_and(|value| value == "1");
    let mut wrong = String::new();
    let mut shown = 0;
    for document in rows.iter().filter(|row| row.table == "documents") {
        let text = print::document(document, &rows);
        shown += print::rows_shown(&text);
        let source = document.get("source").unwrap();
        let path = folder::in_repository(GOLDEN).join(golden_name(source));
        if bless {
            fs::write(&path, &text).unwrap();
        }
        match fs::read_to_string(&path) {
            Ok(golden) if golden == text => {}
            Ok(golden) => {
                _ = writeln!(
                    wrong,
                    "\n{source} is not what {} says:\n{}",
                    path.display(),
                    diff(&golden, &text)
                )
            }
            Err(_) => _ = writeln!(wrong, "\n{source} has no {}", path.display()),
        }
    }
    assert_eq!(shown, rows.len(), "every row of the dataset stands in one golden");
    assert!(
        wrong.is_empty(),
        "{wrong}\nIf this is meant: BIAODAN_BLESS=1 cargo test golden, and read the difference."
    );
}

#[test]
fn every_sample_has_a_golden_and_every_golden_a_sample() {
    let mut expected: Vec<String> =
        folder::files("samples").iter().map(|path| golden_name(folder::name(path))).collect();
    expected.sort();
    let goldens: Vec<String> =
        folder::files(GOLDEN).iter().map(|path| folder::name(path).to_owned()).collect();
    assert_eq!(expected, goldens);
}

/// Two samples that differ in their endings alone would share a golden.
fn golden_name(sample: &str) -> String {
    let (stem, _) = sample.rsplit_once('.').unwrap_or((sample, ""));
    format!("{stem}.json")
}

#[test]
fn the_samples_hold_what_the_tests_need() {
    let temp = tempfile::tempdir().unwrap();
    let target = temp.path().join("dataset");
    conversion::of_folder(&folder::in_repository("samples"), &target, 1);
    let rows = rows::of_dataset(&target);
    let values = |table: &str, column: &str| -> Vec<String> {
        let of_table = rows.iter().filter(|row| row.table == table);
        let mut values: Vec<String> = of_table.filter_map(|row| row.get(column).map(str::to_owned)).collect();
        values.sort();
        values.dedup();
        values
    };
    assert_eq!(values("amounts", "trust"), ["assumed", "disputed", "proven", "repaired", "stated"]);
    let mut dialects = Dialect::ALL.map(Dialect::as_str);
    dialects.sort_unstable();
    assert_eq!(values("documents", "dialect"), dialects);
    let statuses = values("documents", "status");
    assert!(["converted", "duplicate", "partial"].iter().all(|status| statuses.iter().any(|s| s == status)));
    let personal: Vec<&Row> = rows.iter().filter(|row| row.table == "forms").collect();
    assert!(personal.iter().all(|row| row.get("phone").or(row.get("prepared_by")).is_none()));
}
