//! Statements of units, hidden and falsified in sound documents: whatever is wrong then is not trusted.

#[path = "../../../benches/corpus/units.rs"]
#[allow(dead_code)]
mod statements;

use super::corpus;
use crate::conversion::GRAMMARS;
use biaodan::pipeline::{ConvertOptions, Converter};
use statements::{Truth, Way};
use std::collections::BTreeMap;

#[test]
fn no_wrong_unit_is_trusted() {
    let converter = Converter::new(&GRAMMARS, ConvertOptions::default());
    let text = corpus::Corpus::new(3).document(2);
    let truths = [Truth::One(2), Truth::ProjectsInYuan];
    let mut tallies = BTreeMap::new();
    statements::measure(&converter, &text, &truths, &Way::all(), &mut tallies);
    let wrong: Vec<_> = tallies.iter().filter(|(_, tally)| tally.trusted > 0).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // A test in which nothing is ever wrong, or nothing settled, would show nothing.
    for (name, some) in [("wrong", 100), ("inferred", 100), ("proven", 100)] {
        let sum: u64 = tallies
            .values()
            .map(|tally| match name {
                "wrong" => tally.wrong,
                "inferred" => tally.inferred,
                _ => tally.proven,
            })
            .sum();
        assert!(sum > some, "only {sum} sums are {name}");
    }
}
