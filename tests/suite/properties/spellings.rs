//! One text in several line ends and encodings: the same rows.

use crate::conversion::{self, Outcome};
use crate::folder;
use crate::rows::Row;

/// What two spellings of a text cannot share.
const OWN: [&str; 2] = ["doc_id", "form_id"];

fn rows(outcome: &Outcome, but: &[&str]) -> Vec<Row> {
    let encoding = |row: &&Row| row.table != "findings" || !row.get("code").unwrap().starts_with("encoding.");
    outcome.rows.iter().filter(encoding).map(|row| row.without(but)).collect()
}

#[track_caller]
fn assert_same(name: &str, one: &[Row], other: &[Row]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other, "{name}");
    }
    assert_eq!(one.len(), other.len(), "{name}");
}

#[test]
fn windows_line_ends_change_nothing() {
    let unix = |text: &str| text.replace("\r\n", "\n").replace("\\r\\n", "\\n");
    for (name, bytes) in folder::samples() {
        let text = unix(&conversion::document(&bytes).text);
        let of_unix = conversion::of_text(text.as_str());
        let of_windows = conversion::of_text(text.replace('\n', "\r\n"));
        assert_eq!(
            (of_unix.lines, of_unix.lines_unclaimed),
            (of_windows.lines, of_windows.lines_unclaimed),
            "{name}"
        );
        // What is printed on several lines keeps their ends in `raw` and in the proofs that show it.
        let of_windows: Vec<Row> = rows(&of_windows, &OWN).iter().map(|row| row.with_texts(unix)).collect();
        assert_same(&name, &rows(&of_unix, &OWN), &of_windows);
    }
}

/// GB 18030 and UTF-16, with a byte-order mark and without.
fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 =
        |unit: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    vec![
        ("utf-8 with a mark", marked.clone().into_bytes()),
        ("gb18030", encoding_rs::GB18030.encode(text).0.into_owned()),
        ("utf-16le", utf16(u16::to_le_bytes, text)),
        ("utf-16le with a mark", utf16(u16::to_le_bytes, &marked)),
        ("utf-16be", utf16(u16::to_be_bytes, text)),
        ("utf-16be with a mark", utf16(u16::to_be_bytes, &marked)),
    ]
}

#[test]
fn encodings_change_nothing() {
    for (name, bytes) in folder::samples() {
        let text = conversion::document(&bytes).text;
        let usual = conversion::of_text(text.as_str());
        for (encoding, bytes) in spellings(&text) {
            let document = conversion::document(&bytes);
            assert_eq!(document.text, text, "{name} in {encoding}");
            let outcome = conversion::of_document(&document);
            assert_eq!((usual.status, usual.lines), (outcome.status, outcome.lines), "{name} in {encoding}");
            assert_same(&format!("{name} in {encoding}"), &rows(&usual, &OWN), &rows(&outcome, &OWN));
        }
    }
}

#[test]
fn a_mark_in_a_blank_cell_changes_nothing() {
    let but = ["doc_id", "form_id", "line_last"];
    let mut tried = 0;
    for (name, bytes) in folder::samples() {
        let text = conversion::document(&bytes).text;
        let usual = rows(&conversion::of_text(text.as_str()), &but);
        for blank in ["\n\t\n\t", "\n\t\u{3000}\n", "\t\t"] {
            for (at, _) in text.match_indices(blank).step_by(3) {
                let cell = at + blank.find('\t').unwrap() + 1;
                let marked = format!("{}[bookmark: _GoBack]{}", &text[..cell], &text[cell..]);
                let outcome = conversion::of_text(marked);
                assert_same(&format!("{name} with a mark at byte {cell}"), &usual, &rows(&outcome, &but));
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} blank cells were found");
}
