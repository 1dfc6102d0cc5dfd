//! A dump that was cut off anywhere: what is left is read, and nothing that is not there.

use super::{config, sound};
use crate::conversion::{self, Outcome};
use crate::folder;
use biaodan::source::{Document, ReadOptions};
use proptest::prelude::*;

/// Holds the conversion of a part of a sample; `whole` is what the whole one gives.
fn check(text: &str, whole: &Outcome) -> Result<(), String> {
    let outcome = conversion::of_text(text);
    sound::check(text, &outcome)?;
    if !["no_forms", "partial", "converted"].contains(&outcome.status) {
        return Err(format!("its status is {}", outcome.status));
    }
    let forms = |outcome: &Outcome| outcome.of_table("forms").count();
    if forms(&outcome) > forms(whole) {
        return Err(format!("{} forms in a part of {}", forms(&outcome), forms(whole)));
    }
    Ok(())
}

#[test]
fn a_sample_may_be_cut_behind_any_line() {
    for (name, bytes) in folder::samples() {
        let document = conversion::document(&bytes);
        let whole = conversion::of_document(&document);
        for (at, _) in document.text.match_indices('\n') {
            let verdict = check(&document.text[..=at], &whole);
            assert!(verdict.is_ok(), "{name} cut at byte {at}: {}", verdict.unwrap_err());
        }
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn a_sample_may_be_cut_at_any_byte(sample in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let samples = folder::samples();
        let (name, bytes) = sample.get(&samples);
        let at = at.index(bytes.len() + 1);
        let whole = conversion::of_document(&conversion::document(bytes));
        match Document::from_bytes("cut", bytes[..at].to_vec(), &ReadOptions::default()) {
            Ok(document) => {
                let verdict = check(&document.text, &whole);
                prop_assert!(verdict.is_ok(), "{} cut at byte {}: {}", name, at, verdict.unwrap_err());
            }
            // Half a character, or half a byte-order mark.
            Err(refusal) => prop_assert!(at < 8, "{} cut at byte {}: {}", name, at, refusal.reason),
        }
    }
}

#[test]
fn the_sums_of_a_cut_sample_are_those_of_the_whole() {
    for (name, bytes) in folder::samples() {
        let document = conversion::document(&bytes);
        let whole = conversion::of_document(&document);
        let known: Vec<_> = whole.of_table("amounts").map(|row| (row.int("line"), row.get("raw"))).collect();
        let ends: Vec<usize> = document.text.match_indices('\n').map(|(at, _)| at).step_by(7).collect();
        for at in ends {
            let part = conversion::of_text(&document.text[..=at]);
            for row in part.of_table("amounts") {
                // Behind the cut a cell may have gone on.
                let last = document.text[..=at].lines().count() as u32;
                let own = (row.int("line"), row.get("raw"));
                assert!(
                    known.contains(&own) || row.int("line") + 3 > last,
                    "{name} cut at byte {at}: {row:?}"
                );
            }
        }
    }
}
