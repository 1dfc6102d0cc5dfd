//! What holds of any input. Every property tries the same cases in every run, so that a failure is found again.

mod any_input;
mod copies;
#[path = "../../../benches/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
mod cuts;
mod printed;
mod shifts;
mod sound;
mod spellings;
mod together;
mod units;

use proptest::test_runner::{Config, RngSeed};

/// So many cases, the same ones in every run.
fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() }
}
