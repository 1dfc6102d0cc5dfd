//! Holds biaodan against forms of which everything is known, in every dialect, and prints a table:
//! `cargo run --release --example measure -- [--seed N] [--documents M] [--dialect D] [--form F] [--noise L] [--show N]`.
//!
//! M documents for each dialect, form and level of noise. Behind the table come the first figures that are wrong and trusted, and
//! with `--show` some of what was missed. `docs/corpus.md` says how to read it.

#[path = "../tests/suite/conversion.rs"]
#[allow(dead_code)]
mod conversion;
#[path = "../tests/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;
#[path = "../tests/measured/mod.rs"]
#[allow(dead_code)]
mod measured;
#[path = "../tests/suite/rows.rs"]
#[allow(dead_code)]
mod rows;

use corpus::{Dialect, Form, Level};
use measured::Score;
use std::env;

struct Wish {
    seed: u64,
    documents: u64,
    dialects: Vec<Dialect>,
    forms: Vec<Form>,
    levels: Vec<Level>,
    show: usize,
}

fn wish() -> Option<Wish> {
    let mut args = env::args().skip(1);
    let mut wish = Wish {
        seed: 1,
        documents: 4,
        dialects: Dialect::ALL.to_vec(),
        forms: Form::ALL.to_vec(),
        levels: Level::ALL.to_vec(),
        show: 0,
    };
    while let Some(name) = args.next() {
        let value = args.next()?;
        match name.as_str() {
            "--seed" => wish.seed = value.parse().ok()?,
            "--documents" => wish.documents = value.parse().ok()?,
            "--show" => wish.show = value.parse().ok()?,
            "--dialect" => wish.dialects.retain(|dialect| dialect.name() == value),
            "--form" => wish.forms.retain(|form| form.name() == value),
            "--noise" => wish.levels.retain(|level| level.name() == value),
            _ => return None,
        }
    }
    Some(wish)
}

fn main() {
    let Some(wish) = wish() else {
        eprintln!(
            "usage: measure [--seed N] [--documents M] [--dialect D] [--form F] [--noise L] [--show N]"
        );
        std::process::exit(2);
    };
    println!("{}", measured::HEADINGS);
    let mut whole = Score::default();
    for &dialect in &wish.dialects {
        for &form in &wish.forms {
            let mut score = Score::default();
            for nth in 0..wish.documents {
                for &level in &wish.levels {
                    score += measured::measure(&corpus::document(wish.seed + nth, form, dialect, level));
                }
            }
            println!("{:18}{:20}{}", dialect.name(), form.name(), score.line());
            for text in score.missed.iter().take(wish.show) {
                println!("  missed: {text}");
            }
            whole += score;
        }
    }
    println!("{:38}{}", "all", whole.line());
    for text in whole.examples.iter().take(wish.show.max(10) * 100) {
        println!("wrong: {text}");
    }
}
