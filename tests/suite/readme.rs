//! What the README shows of the samples is what comes out of them.

use crate::conversion;
use biaodan::source::{Document, ReadOptions};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The columns of its table: item, raw text, unit, sum, trust, source and line.
type Shown = [String; 7];

/// The rows of the table that the README prints.
fn shown() -> Vec<Shown> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with('│')).skip(2);
    let cells =
        |line: &str| line.trim_matches('│').split('│').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.map(|line| cells(line).try_into().unwrap()).collect()
}

/// The first figure of each trust, as the README's query asks for it.
fn found() -> Vec<Shown> {
    let mut first: BTreeMap<String, (String, u32, u32, Shown)> = BTreeMap::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap() {
        let path = entry.unwrap().path();
        let source = path.file_name().unwrap().to_str().unwrap().to_owned();
        let document = Document::from_bytes(&source, fs::read(&path).unwrap(), &ReadOptions::default());
        let outcome =
            conversion::of_document(&document.unwrap_or_else(|refusal| panic!("{}", refusal.reason)));
        let asked = ["budget_final", "budget", "final_account"];
        for row in outcome.of_table("amounts").filter(|row| asked.contains(&row.get("measure").unwrap())) {
            let of = |column: &str| row.get(column).unwrap_or("NULL").to_owned();
            let name = source.split('.').next().unwrap().to_owned();
            let [item, raw, unit, sum, trust, line] =
                ["item", "raw", "unit", "amount_yuan", "trust", "line"].map(of);
            let place = (source.clone(), row.int("line"), row.int("cell"));
            let cells = [item, raw, unit, sum, trust.clone(), name, line];
            let known = first.get(&trust).map(|(source, line, cell, _)| (source.clone(), *line, *cell));
            if known.is_none_or(|known| place < known) {
                first.insert(trust, (place.0, place.1, place.2, cells));
            }
        }
    }
    first.into_values().map(|(.., cells)| cells).collect()
}

#[test]
fn the_readme_shows_what_comes_out_of_the_samples() {
    assert_eq!(shown(), found());
}
