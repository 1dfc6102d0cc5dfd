//! Conversions as the tests need them: of texts in memory, and of folders to datasets.

use crate::rows::{self, Row};
use biaodan::grammar::Grammars;
use biaodan::pipeline::{self, ConvertOptions, Converter, RunOptions, Summary};
use biaodan::source::{Document, Inputs, ReadOptions};
use biaodan::table::Tables;
use std::path::Path;
use std::sync::LazyLock;

/// The grammars built in.
pub static GRAMMARS: LazyLock<Grammars> =
    LazyLock::new(|| Grammars::built_in().unwrap_or_else(|error| panic!("{error}")));

/// What became of one document.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub status: &'static str,
    pub lines: u32,
    pub lines_unclaimed: u32,
    /// Its rows, without its own.
    pub rows: Vec<Row>,
}

impl Outcome {
    pub fn of_table(&self, table: &str) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.table == table)
    }

    /// The lines that findings report as unclaimed, blank ones between them included.
    pub fn unclaimed_lines(&self) -> Vec<u32> {
        let unclaimed = self.of_table("findings").filter(|row| row.get("code") == Some("line.unclaimed"));
        let lines = unclaimed.flat_map(|row| {
            let message = row.get("message").unwrap();
            let words: Vec<&str> = message.split([' ', '-']).collect();
            let number = |at: usize| words[at].parse::<u32>().unwrap_or_else(|_| panic!("{message}"));
            match words[0] {
                "Line" => number(1)..=number(1),
                "Lines" => number(1)..=number(2),
                // "A part of line 7".
                "A" => number(4)..=number(4),
                // "1200 more runs of lines between 7 and 9000": what lies between may be claimed.
                _ => number(6)..=number(8),
            }
        });
        lines.collect()
    }

    /// The codes of its findings, sorted, each once.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.of_table("findings").filter_map(|row| row.get("code")).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Converts a document to rows.
pub fn of_document(document: &Document) -> Outcome {
    let converter = Converter::new(&GRAMMARS, ConvertOptions::default());
    let converted = converter.convert(document);
    let mut tables = Tables::new();
    converter.fill(&mut tables, &mut biaodan::table::Memory::default(), document, &converted).unwrap();
    Outcome {
        status: converted.status(),
        lines: converted.lines,
        lines_unclaimed: converted.lines_unclaimed,
        rows: rows::of_batches(&tables.finish()),
    }
}

/// Converts a text to rows.
pub fn of_text(text: impl Into<String>) -> Outcome {
    of_document(&Document::from_text("dump.txt", text))
}

/// Decodes bytes; panics where they are refused.
pub fn document(bytes: &[u8]) -> Document {
    let document = Document::from_bytes("dump.txt", bytes.to_vec(), &ReadOptions::default());
    document.unwrap_or_else(|refusal| panic!("{}", refusal.reason))
}

/// Converts a folder to a dataset on so many threads.
pub fn of_folder(folder: &Path, target: &Path, jobs: usize) -> Summary {
    let inputs = Inputs { paths: vec![folder.to_owned()], ..Inputs::default() };
    let options = RunOptions { jobs, ..RunOptions::default() };
    let (summary, _) = pipeline::run(&inputs, target, &GRAMMARS, &options, &mut |_| {}).unwrap();
    summary
}
