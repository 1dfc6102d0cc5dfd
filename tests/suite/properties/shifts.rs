//! Rows whose cells all stand one column off: nothing covered is wrong and trusted, and what is offered is right.

#[path = "../../../benches/corpus/shift.rs"]
#[allow(dead_code)]
mod shift;

use super::corpus::{self, Corpus, Random};
use crate::conversion::GRAMMARS;
use biaodan::pipeline::{ConvertOptions, Converter};

#[test]
fn a_row_that_slipped_is_noticed_and_rightly_offered() {
    let converter = Converter::new(&GRAMMARS, ConvertOptions::default());
    let tallies = shift::run(&converter, &mut Corpus::new(5), &mut Random::new(5), 160);
    for ((covered, lost), tally) in &tallies {
        assert_eq!(tally.undetected, 0, "covered {covered}, lost {lost}: {tally:?}");
        assert_eq!(tally.falsely_repaired, 0, "covered {covered}, lost {lost}: {tally:?}");
        assert_eq!(tally.misled, 0, "covered {covered}, lost {lost}: {tally:?}");
    }
    for lost in [true, false] {
        let tally = tallies.get(&(true, lost)).copied().unwrap_or_default();
        assert_eq!(tally.detected, tally.injected, "lost {lost}: {tally:?}");
        assert!(tally.offered * 2 > tally.injected && tally.injected > 20, "lost {lost}: {tally:?}");
    }
}
