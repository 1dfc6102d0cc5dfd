//! Many documents: each becomes what it becomes alone, in the order of the inputs, on any number of threads.

use crate::conversion::{self, Outcome};
use crate::folder;
use crate::rows::{self, Row};
use biaodan::source::Document;
use std::fs;
use std::path::Path;

/// Every sample so many times, each copy with bytes of its own: lines of spaces behind it.
fn copy_samples(target: &Path, copies: usize) -> usize {
    fs::create_dir(target).unwrap();
    let samples = folder::samples();
    for copy in 0..copies {
        for (nth, (name, bytes)) in samples.iter().enumerate() {
            let text = conversion::document(bytes).text;
            let blank = " ".repeat(copy * samples.len() + nth);
            fs::write(target.join(format!("{copy:02}-{name}")), format!("{text}\n{blank}\n")).unwrap();
        }
    }
    copies * samples.len()
}

#[test]
fn documents_of_a_run_become_what_each_becomes_alone() {
    let temp = tempfile::tempdir().unwrap();
    let (inputs, target) = (temp.path().join("in"), temp.path().join("out"));
    let count = copy_samples(&inputs, 3);
    conversion::of_folder(&inputs, &target, 2);
    let mut together = rows::of_dataset(&target);
    let documents = together.iter().filter(|row| row.table == "documents").count();
    assert_eq!(documents, count);
    together.retain(|row| row.table != "documents");
    let alone = |path: &Path| -> Vec<Row> {
        let text = fs::read_to_string(path).unwrap();
        conversion::of_document(&Document::from_text(folder::name(path), text)).rows
    };
    let mut each: Vec<Row> = rows::files_below(&inputs).iter().flat_map(|path| alone(path)).collect();
    together.sort();
    each.sort();
    assert_eq!(together.len(), each.len());
    for (together, alone) in together.iter().zip(&each) {
        assert_eq!(together, alone);
    }
}

#[test]
fn what_stands_behind_a_document_in_white_space_changes_no_row() {
    const OWN: [&str; 2] = ["doc_id", "form_id"];
    for (name, bytes) in folder::samples() {
        let text = conversion::document(&bytes).text;
        let rows = |outcome: Outcome| outcome.rows.iter().map(|row| row.without(&OWN)).collect::<Vec<_>>();
        let usual = rows(conversion::of_text(text.as_str()));
        for behind in ["\n", "\n\n\n", "\n   \n", "\n　\n"] {
            assert_eq!(usual, rows(conversion::of_text(format!("{text}{behind}"))), "{name} with {behind:?}");
        }
    }
}

#[test]
fn a_document_too_large_to_collect_its_rows_gives_the_same_ones() {
    const OWN: [&str; 3] = ["doc_id", "form_id", "bytes"];
    let forms = fs::read_to_string(folder::in_repository("samples/bundle-six-forms.txt")).unwrap();
    let rows = |text: &str| -> Vec<Row> {
        let temp = tempfile::tempdir().unwrap();
        let (inputs, target) = (temp.path().join("in"), temp.path().join("out"));
        fs::create_dir(&inputs).unwrap();
        fs::write(inputs.join("dump.txt"), text).unwrap();
        // Another one before it and behind it, so that it has its place among them.
        fs::write(inputs.join("a.txt"), &forms).unwrap();
        fs::write(inputs.join("z.txt"), format!("{forms}\n")).unwrap();
        conversion::of_folder(&inputs, &target, 2);
        rows::of_dataset(&target).iter().map(|row| row.without(&OWN)).collect()
    };
    let small = format!("{forms}\n\n");
    // Rows are written in pieces from eight megabytes on.
    let large = format!("{forms}{}", "\n".repeat(9 << 20));
    let (small, large) = (rows(&small), rows(&large));
    assert!(small.len() > 300, "{}", small.len());
    assert_eq!(small, large);
}

#[test]
fn datasets_are_byte_for_byte_the_same_on_any_number_of_threads() {
    let temp = tempfile::tempdir().unwrap();
    let inputs = temp.path().join("in");
    copy_samples(&inputs, 16);
    let dataset = |jobs: usize| {
        let target = temp.path().join(format!("out-{jobs}"));
        let summary = conversion::of_folder(&inputs, &target, jobs);
        let files = rows::files_below(&target).into_iter().map(|path| {
            let bytes = fs::read(&path).unwrap();
            (path.strip_prefix(&target).unwrap().to_owned(), bytes)
        });
        (summary, files.collect::<Vec<_>>())
    };
    let (summary, one) = dataset(1);
    assert!(summary.bytes > 1 << 20, "{} bytes are too few to be shared among threads", summary.bytes);
    let (other_summary, four) = dataset(4);
    assert_eq!(summary, other_summary);
    assert_eq!(one.len(), four.len());
    for ((path, bytes), (other_path, other_bytes)) in one.iter().zip(&four) {
        assert_eq!(path, other_path);
        assert!(bytes == other_bytes, "{} differs", path.display());
    }
}
