//! Hides or falsifies the statements of units in sound documents, whose truth is known, and reports what became of their
//! sums: `cargo run --release --example units -- [DOCUMENTS] [SEED]`. Ends with 1 where a wrong sum is trusted.

#[path = "../benches/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
#[path = "../benches/corpus/units.rs"]
mod units;

use biaodan::grammar::Grammars;
use biaodan::pipeline::{ConvertOptions, Converter};
use corpus::Corpus;
use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;
use units::{Tally, Truth, Way};

fn main() -> ExitCode {
    let mut args = env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let (documents, seed) = (args.next().unwrap_or(10), args.next().unwrap_or(1));
    let grammars = match Grammars::built_in() {
        Ok(grammars) => grammars,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let converter = Converter::new(&grammars, ConvertOptions::default());
    let mut corpus = Corpus::new(seed);
    let mut tallies = BTreeMap::new();
    for _ in 0..documents {
        units::measure(&converter, &corpus.document(5), &Truth::ALL, &Way::all(), &mut tallies);
    }
    print(&tallies);
    let trusted: u64 = tallies.values().map(|tally| tally.trusted).sum();
    if trusted > 0 {
        eprintln!("{trusted} wrong sums are trusted");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn print(tallies: &BTreeMap<String, Tally>) {
    println!(
        "| what was done | documents | sums | proven | stated | inferred | assumed | disputed | wrong | wrong and trusted |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, t) in tallies {
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            t.documents, t.sums, t.proven, t.stated, t.inferred, t.assumed, t.disputed, t.wrong, t.trusted
        );
    }
}
