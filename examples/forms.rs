//! Writes dumps of forms in every dialect, with what they mean beside them:
//! `cargo run --example forms -- DIR [--seed N] [--documents M] [--dialect D] [--form F] [--noise L]`.
//!
//! Each document is `DIR/<dialect>/<form>-<noise>-<nth>.txt`, its truth the `.json` of the same name. What is not named is taken in
//! turn.

#[path = "../tests/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;

use corpus::{Dialect, Form, Level};
use std::path::Path;
use std::{env, fs, io};

const USAGE: &str =
    "usage: forms DIR [--seed N] [--documents M] [--dialect D] [--form F] [--noise none|mild|heavy]";

/// What the arguments ask for.
struct Wish {
    dir: String,
    seed: u64,
    documents: usize,
    dialects: Vec<Dialect>,
    forms: Vec<Form>,
    levels: Vec<Level>,
}

fn wish() -> Option<Wish> {
    let mut args = env::args().skip(1);
    let mut wish = Wish {
        dir: args.next()?,
        seed: 1,
        documents: 100,
        dialects: Dialect::ALL.to_vec(),
        forms: Form::ALL.to_vec(),
        levels: Level::ALL.to_vec(),
    };
    while let Some(name) = args.next() {
        let value = args.next()?;
        match name.as_str() {
            "--seed" => wish.seed = value.parse().ok()?,
            "--documents" => wish.documents = value.parse().ok()?,
            "--dialect" => wish.dialects.retain(|dialect| dialect.name() == value),
            "--form" => wish.forms.retain(|form| form.name() == value),
            "--noise" => wish.levels.retain(|level| level.name() == value),
            _ => return None,
        }
    }
    let empty = wish.dialects.is_empty() || wish.forms.is_empty() || wish.levels.is_empty();
    (!empty).then_some(wish)
}

fn main() -> io::Result<()> {
    let Some(wish) = wish() else {
        eprintln!("{USAGE}");
        eprintln!("dialects: {}", Dialect::ALL.map(Dialect::name).join(" "));
        eprintln!("forms: {}", Form::ALL.map(Form::name).join(" "));
        std::process::exit(2);
    };
    for nth in 0..wish.documents {
        let dialect = wish.dialects[nth % wish.dialects.len()];
        let form = wish.forms[nth / wish.dialects.len() % wish.forms.len()];
        let level = wish.levels[nth / wish.dialects.len() / wish.forms.len() % wish.levels.len()];
        let written = corpus::document(wish.seed + nth as u64, form, dialect, level);
        let folder = Path::new(&wish.dir).join(dialect.name());
        fs::create_dir_all(&folder)?;
        let name = format!("{}-{}-{nth:05}", form.name(), level.name());
        fs::write(folder.join(format!("{name}.txt")), &written.bytes)?;
        let truth = serde_json::to_string_pretty(&written.truth).map_err(io::Error::other)?;
        fs::write(folder.join(format!("{name}.json")), truth + "\n")?;
    }
    println!("{} documents in {}", wish.documents, wish.dir);
    Ok(())
}
