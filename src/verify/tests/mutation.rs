//! Datasets altered in one place, in memory: whatever is altered must be noticed, by the rows themselves or by the
//! sources. What cannot be noticed is listed by kind, and no kind may grow blinder than it is.

mod alter;
mod kinds;

use super::*;
use crate::verify::loose;
use std::collections::BTreeMap;
use std::time::Instant;

/// Places tried a kind, spread over all documents.
const TRIES: usize = 40;

/// One way to alter a dataset: how many places it has in the rows of a document, and the alteration at one of them;
/// false where nothing changed.
struct Kind {
    name: &'static str,
    /// Whether every alteration must be noticed without the sources, and with them; for others it is only counted.
    due: Due,
    places: fn(&Rows) -> usize,
    alter: fn(&mut Rows, usize) -> bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Due {
    Rows,
    Sources,
    Counted,
}

/// What an alteration left unnoticed.
#[derive(Default)]
struct Tally {
    tried: usize,
    by_rows: usize,
    by_sources: usize,
    survivors: Vec<String>,
}

#[test]
fn whatever_is_altered_is_noticed() {
    let begun = Instant::now();
    let grammars = grammars();
    let mut corpus: Vec<(PathBuf, Rows)> = Vec::new();
    for folder in folders() {
        let dataset = dataset(&folder, &grammars);
        let mut sink = Sink::new(0);
        let files = manifest::check(dataset.path(), false, &mut sink).unwrap();
        let rows = decode::rows(dataset.path(), &files, &mut sink).unwrap();
        // Where TABs do not part cells, a figure's place is only checked by its digits (docs/verify.md).
        let counted = |rows: &Rows| loose::counts_cells(rows.documents[0].dialect.as_deref());
        corpus.extend(by_document(&rows).into_iter().filter(counted).map(|rows| (folder.clone(), rows)));
    }
    let mut tallies = BTreeMap::new();
    for (nth, kind) in kinds::all().into_iter().enumerate() {
        let tally = alter_all(&kind, &corpus, &grammars);
        tallies.insert((nth, kind.name), (kind.due, tally));
    }
    let tried: usize = tallies.values().map(|(_, tally)| tally.tried).sum();
    println!("| alteration | tried | noticed by the rows | with the sources |\n| --- | ---: | ---: | ---: |");
    for ((_, name), (_, tally)) in &tallies {
        println!("| {name} | {} | {} | {} |", tally.tried, tally.by_rows, tally.by_sources);
    }
    for ((_, name), (_, tally)) in &tallies {
        tally.survivors.iter().take(3).for_each(|survivor| println!("survived: {name}: {survivor}"));
    }
    println!("{tried} alterations in {:?}", begun.elapsed());
    assert!(tried >= 1_000, "only {tried} alterations");
    for ((_, name), (due, tally)) in &tallies {
        let noticed = match due {
            Due::Rows => tally.by_rows,
            Due::Sources => tally.by_sources,
            Due::Counted => tally.tried,
        };
        assert!(tally.tried > 0, "{name} was never tried");
        assert_eq!(noticed, tally.tried, "{name}: {:?}", tally.survivors);
    }
}

fn alter_all(kind: &Kind, corpus: &[(PathBuf, Rows)], grammars: &Grammars) -> Tally {
    let places: Vec<(usize, usize)> = (0..corpus.len())
        .flat_map(|document| (0..(kind.places)(&corpus[document].1)).map(move |place| (document, place)))
        .collect();
    let mut tally = Tally::default();
    let step = (places.len() / TRIES).max(1);
    for &(document, place) in places.iter().step_by(step) {
        let (folder, rows) = &corpus[document];
        let mut altered = rows.clone();
        if !(kind.alter)(&mut altered, place) || altered == *rows {
            continue;
        }
        tally.tried += 1;
        let by_rows = is_noticed(&altered, grammars, None);
        let by_sources = by_rows || is_noticed(&altered, grammars, Some(folder));
        tally.by_rows += usize::from(by_rows);
        tally.by_sources += usize::from(by_sources);
        if !by_sources {
            tally.survivors.push(format!("{} place {place}", rows.documents[0].source));
        }
    }
    tally
}

fn is_noticed(rows: &Rows, grammars: &Grammars, sources: Option<&Path>) -> bool {
    let mut sink = Sink::new(0);
    examine(rows, grammars, sources, &mut sink);
    !sink.finish().holds()
}

/// The rows of each document apart; a duplicate stays with its original.
fn by_document(rows: &Rows) -> Vec<Rows> {
    let mut out: Vec<Rows> = Vec::new();
    for document in rows.documents.iter().filter(|document| document.status != "duplicate") {
        let id = &document.doc_id;
        macro_rules! own {
            ($($table:ident),+) => {
                Rows { $($table: rows.$table.iter().filter(|row| row.doc_id == *id).cloned().collect(),)+ }
            };
        }
        out.push(own!(documents, forms, amounts, measures, indicators, texts, findings));
    }
    out
}
