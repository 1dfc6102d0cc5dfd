//! What a draft makes of forms that are known: each grammar is left out and drafted again from dumps of its form.
//!
//! `cargo test --test suite drafted -- --nocapture` prints the table; `BIAODAN_BLESS=1` raises the floors to it.

use crate::corpus::{self, Dialect, Form, Level};
use biaodan::draft::{DraftOptions, draft};
use biaodan::form::Form as Read;
use biaodan::grammar::{Files, Grammar, Grammars, Holds, Role, fold};
use biaodan::pipeline::{ConvertOptions, Converter};
use biaodan::source::{Document, ReadOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

/// Dumps of each form of the corpus.
const DUMPS: u64 = 4;
const FLOORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/draft-floors.toml");
const PARTS: [&str; 7] = ["fields", "values", "texts", "columns", "rows", "figures", "lines"];

/// How many of what the grammar reads the draft reads too.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    recovered: usize,
    all: usize,
}

impl Share {
    fn count(&mut self, recovered: bool) {
        self.recovered += usize::from(recovered);
        self.all += 1;
    }

    /// In percent, rounded down; all of nothing is all.
    fn percent(self) -> usize {
        (self.recovered * 100).checked_div(self.all).unwrap_or(100)
    }
}

/// A grammar's dumps: those of the corpus that it alone reads.
fn dumps(grammars: &Grammars) -> BTreeMap<String, Vec<Document>> {
    let converter = Converter::new(grammars, ConvertOptions::default());
    let mut found: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for form in Form::ALL {
        for seed in 1..=DUMPS {
            let dialect = if seed % 2 == 0 { Dialect::WordCopy } else { Dialect::TikaCells };
            let written = corpus::document(seed, form, dialect, Level::None);
            let document =
                Document::from_bytes(format!("{seed}.txt"), written.bytes, &ReadOptions::default()).unwrap();
            let converted = converter.convert(&document);
            let ids: BTreeSet<u16> = converted.forms.iter().map(|form| form.valued.form.grammar).collect();
            if ids.len() == 1 && converted.lines_unclaimed * 5 < converted.lines {
                let id = grammars.forms[usize::from(*ids.first().unwrap())].id.clone();
                found.entry(id).or_default().push(document);
            }
        }
    }
    found
}

/// The sound samples of a grammar's file, for forms that the corpus does not have.
fn samples(file: &str) -> Vec<Document> {
    let stem = file.strip_suffix(".toml").unwrap();
    let path = format!("{}/samples/{stem}-sound.txt", env!("CARGO_MANIFEST_DIR"));
    let read = |bytes| Document::from_bytes(&path, bytes, &ReadOptions::default()).unwrap();
    fs::read(&path).map(read).into_iter().collect()
}

fn forms<'t>(document: &'t Document, grammars: &Grammars) -> Vec<Read<'t>> {
    let converted = Converter::new(grammars, ConvertOptions::default()).convert(document);
    converted.forms.into_iter().map(|judged| judged.valued.form).collect()
}

/// Whether a label of the form is one of the draft with a role like this.
fn has(drafted: &Grammars, label: &str, is: impl Fn(&Grammar, &Role) -> bool) -> bool {
    let grammar = &drafted.forms[0];
    let mut key = String::new();
    fold::key_into(label, &mut key);
    let found = grammar.labels.find(&key, &drafted.labelling, &drafted.lexicon);
    found.is_some_and(|found| found.roles.iter().any(|role| is(grammar, role)))
}

fn holds_alike(grammar: &Grammar, role: &Role, wanted: Holds) -> bool {
    let Role::Column { block, column } = role else { return false };
    let held = grammar.blocks[usize::from(*block)].columns[usize::from(*column)].holds;
    std::mem::discriminant(&held) == std::mem::discriminant(&wanted)
}

/// What the draft recovers of a document, part by part in the order of `PARTS`.
fn compare(document: &Document, own: &Grammars, drafted: &Grammars, shares: &mut [Share; 7]) {
    let known = forms(document, own);
    let again = forms(document, drafted);
    for form in &known {
        let grammar = &own.forms[usize::from(form.grammar)];
        let fields = |field| again.iter().flat_map(|form| &form.fields).any(|known| known == field);
        form.fields.iter().for_each(|field| shares[0].count(fields(field)));
        let texts =
            |text: &str| again.iter().flat_map(|form| &form.texts).any(|(_, known)| known.text == text);
        // What is no field of the draft may be a text of it: the value is there, under its label.
        form.fields.iter().for_each(|field| shares[1].count(fields(field) || texts(field.1.text)));
        form.texts.iter().for_each(|(_, text)| shares[2].count(texts(text.text)));
        for section in &form.sections {
            let columns = &grammar.blocks[usize::from(section.block)].columns;
            for header in &section.columns {
                let holds = columns[usize::from(header.column)].holds;
                let recovered =
                    has(drafted, header.label.text, |grammar, role| holds_alike(grammar, role, holds));
                shares[3].count(recovered);
            }
        }
        // A line with a name of its own has no label that a draft could know.
        let named = form.items.iter().filter(|item| {
            let block = usize::from(form.sections[item.section as usize].block);
            item.row.is_some_and(|row| !grammar.blocks[block].rows[usize::from(row)].free)
        });
        for label in named.filter_map(|item| item.label) {
            shares[4].count(has(drafted, label.text, |_, role| matches!(role, Role::Row { .. })));
        }
        let figures: BTreeSet<(u32, u32, &str)> = again
            .iter()
            .flat_map(|form| &form.figures)
            .map(|figure| (figure.printed.line, figure.printed.cell, figure.printed.text))
            .collect();
        for figure in form.figures.iter().map(|figure| figure.printed) {
            shares[5].count(figures.contains(&(figure.line, figure.cell, figure.text)));
        }
        let line = |line: &biaodan::form::ScoredLine<'_>| {
            [line.level3, line.target, line.actual, line.weight, line.score]
                .map(|printed| printed.map(|p| p.text.to_owned()))
        };
        let lines: BTreeSet<_> = again.iter().flat_map(|form| &form.lines).map(line).collect();
        form.lines.iter().for_each(|known| shares[6].count(lines.contains(&line(known))));
    }
}

#[test]
fn a_grammar_that_is_left_out_is_drafted_again() {
    let files = Files::built_in();
    let all = files.grammars().unwrap();
    let dumps = dumps(&all);
    let mut table = String::new();
    // Files and grammars stand in the same order.
    for (name, grammar) in files.forms().zip(&all.forms) {
        let id = grammar.id.clone();
        let own = samples(name);
        let Some(documents) = dumps.get(&id).or(Some(&own)).filter(|documents| !documents.is_empty()) else {
            println!("{id:40} no dump");
            continue;
        };
        let rest = files.without(name);
        let options = DraftOptions { id: id.clone(), again: true, ..DraftOptions::default() };
        let drafted = draft(documents, &rest, &options).unwrap_or_else(|error| panic!("{id}: {error}"));
        let grammars = rest.with_only("draft.toml", &drafted.text).grammars();
        let grammars = grammars.unwrap_or_else(|error| panic!("{id}: {error}\n{}", drafted.text));
        let mut shares = [Share::default(); 7];
        documents.iter().for_each(|document| compare(document, &all, &grammars, &mut shares));
        let _ = writeln!(table, "[{id}]  # {} dumps", documents.len());
        for (part, share) in PARTS.iter().zip(shares) {
            let _ = writeln!(table, "{part} = {:3}  # {} of {}", share.percent(), share.recovered, share.all);
        }
    }
    println!("{table}");
    let now: BTreeMap<String, BTreeMap<String, usize>> = toml::from_str(&table).unwrap();
    assert!(now.len() > 2, "only {} grammars could be left out", now.len());
    let bless = env::var_os("BIAODAN_BLESS").is_some();
    let floors: BTreeMap<String, BTreeMap<String, usize>> = match fs::read_to_string(FLOORS) {
        Ok(floors) => toml::from_str(&floors).unwrap(),
        Err(error) => {
            assert!(bless, "{FLOORS}: {error}");
            BTreeMap::new()
        }
    };
    for (id, parts) in &now {
        let Some(floors) = floors.get(id) else {
            assert!(bless, "{id} has no floors in {FLOORS}");
            continue;
        };
        for (part, percent) in parts {
            assert!(
                percent >= &floors[part],
                "{id}: {part} {percent}%, but {}% were reached before",
                floors[part]
            );
        }
    }
    if bless {
        fs::write(FLOORS, &table).unwrap();
    }
}
