//! Writes a corpus of dumps for measuring: `cargo run --example corpus -- DIR MEGABYTES [PROJECTS] [SEED]`.
//! Documents have PROJECTS project forms each (18 by default: about 34 KB); 6 make documents of about 13 KB.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let number = |at: usize, default: u64| args.get(at).and_then(|arg| arg.parse().ok()).unwrap_or(default);
    let Some(dir) = args.first() else {
        eprintln!("usage: corpus DIR MEGABYTES [PROJECTS] [SEED]");
        return Ok(());
    };
    let (bytes, projects, seed) = (number(1, 10) * 1_000_000, number(2, 18) as usize, number(3, 1));
    let mut corpus = corpus::Corpus::new(seed);
    let (mut written, mut nth) = (0, 0);
    while written < bytes {
        let text = corpus.document(projects);
        let folder = Path::new(dir).join(format!("{:04}", nth / 1_000));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{nth:07}.txt")), &text)?;
        written += text.len() as u64;
        nth += 1;
    }
    println!("{nth} documents, {written} bytes");
    Ok(())
}
