//! Bytes that are no text, or that may not be read: refused with a reason, and the run goes on.

use super::cases;
use crate::{conversion, rows};
use biaodan::pipeline::{self, RunOptions};
use biaodan::source::{Document, Encoding, Inputs, ReadOptions};
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The bytes, in pairs of hexadecimal digits; white space between them is for people.
    #[serde(default)]
    hex: String,
    /// Text before those bytes.
    #[serde(default)]
    text: String,
    /// How often all that stands in a row.
    #[serde(default = "once")]
    times: usize,
    /// The encoding asked for.
    encoding: Option<String>,
    max_bytes: Option<u64>,
    /// A part of the reason.
    refused: Option<String>,
    /// Where the bytes are read after all, the finding that says so, and a part of its message.
    read_with: Option<(String, String)>,
}

fn once() -> usize {
    1
}

impl Case {
    fn bytes(&self) -> Vec<u8> {
        let digits: Vec<u8> = self.hex.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let hex = digits.chunks(2).map(pair);
        let once: Vec<u8> = self.text.bytes().chain(hex).collect();
        once.repeat(self.times)
    }

    fn options(&self) -> ReadOptions {
        let encoding = self
            .encoding
            .as_deref()
            .map(|name| Encoding::ALL.into_iter().find(|encoding| encoding.as_str() == name).unwrap());
        let usual = ReadOptions::default();
        ReadOptions { encoding, max_bytes: self.max_bytes.unwrap_or(usual.max_bytes) }
    }
}

#[test]
fn what_is_no_text_is_refused() {
    for (name, case) in cases::<Case>("source") {
        let document = Document::from_bytes("dump.txt", case.bytes(), &case.options());
        match (&case.refused, &case.read_with, document) {
            (Some(reason), None, Err(refusal)) => {
                assert!(refusal.reason.contains(reason), "{name}: {}", refusal.reason);
            }
            (None, Some((code, message)), Ok(document)) => {
                let found = document.findings.iter().find(|finding| finding.code.as_str() == code);
                let found = found.unwrap_or_else(|| panic!("{name}: {:?}", document.findings));
                assert!(found.message.contains(message), "{name}: {}", found.message);
            }
            (_, _, outcome) => panic!("{name}: {outcome:?}"),
        }
    }
}

#[test]
fn a_refused_document_ends_in_the_ledger_and_stops_nothing() {
    let refused: Vec<(String, Case)> = cases::<Case>("source")
        .into_iter()
        .filter(|(_, case)| case.options() == ReadOptions::default())
        .collect();
    let temp = tempfile::tempdir().unwrap();
    let (inputs, target) = (temp.path().join("in"), temp.path().join("out"));
    fs::create_dir(&inputs).unwrap();
    for (name, case) in &refused {
        fs::write(inputs.join(name), case.bytes()).unwrap();
    }
    let inputs = Inputs { paths: vec![inputs], ..Inputs::default() };
    let options = RunOptions { jobs: 1, ..RunOptions::default() };
    pipeline::run(&inputs, &target, &conversion::GRAMMARS, &options, &mut |_| {}).unwrap();
    let rows = rows::of_dataset(&target);
    let documents: Vec<_> = rows.iter().filter(|row| row.table == "documents").collect();
    assert_eq!(documents.len(), refused.len());
    for (document, (name, case)) in documents.iter().zip(&refused) {
        assert_eq!(document.get("source"), Some(name.as_str()));
        let Some(reason) = &case.refused else { continue };
        assert_eq!(document.get("status"), Some("failed"), "{name}");
        assert!(document.get("error").unwrap().contains(reason), "{name}");
        let failed =
            rows.iter().filter(|row| row.table == "findings" && row.get("code") == Some("document.failed"));
        assert_eq!(failed.filter(|row| row.get("doc_id") == document.get("doc_id")).count(), 1, "{name}");
    }
}
