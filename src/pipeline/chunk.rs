//! A run of inputs, one after the other: what a thread reads and converts at a time.

use super::pool::Pool;
use super::register::{Admitted, Outcome, Register};
use super::{Converter, RunError, Summary};
use crate::source::{self, Document, Origin, ReadOptions, Source};
use crate::table::{self, Memory, Pieces, Rows, TableBatch, Tables};
use rayon::prelude::*;
use std::ops::Range;

/// Bytes of a run of inputs, and how many they may be: enough that what a batch of rows costs is shared by many.
pub(super) const LARGEST: u64 = 1 << 20;
const MOST: usize = 256;
/// Bytes below which runs do not become smaller, that all threads have something to do.
const SMALLEST: u64 = 64 << 10;

/// Bytes of a document from which on its rows are written in pieces, once its turn has come, instead of being collected first.
const LARGE: usize = 8 << 20;
/// Rows of such a piece.
const PIECE: usize = 1 << 16;

/// Where a run of inputs stands among all: its number, and their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    number: usize,
    sources: Range<usize>,
}

/// Divides inputs into runs, each with its bytes. The last ones are smaller, so that threads end at about the same time; a
/// dataset's bytes do not depend on how its rows are divided.
pub(super) fn divide(sources: &[Source], threads: usize) -> impl Iterator<Item = (u64, Stretch)> {
    let sizes: Vec<u64> = sources.par_iter().map(size).collect();
    let mut left: u64 = sizes.iter().sum();
    let mut at = 0;
    (0..).map_while(move |number| {
        let share = left / (2 * threads as u64);
        let most = if threads == 1 { LARGEST } else { share.clamp(SMALLEST, LARGEST) };
        let (first, mut bytes) = (at, 0);
        while let Some(size) = sizes.get(at).filter(|&size| at == first || bytes + size <= most)
            && at - first < MOST
        {
            bytes += size;
            at += 1;
        }
        left -= bytes;
        (at > first).then_some((bytes, Stretch { number, sources: first..at }))
    })
}

/// How many bytes an input has, as far as that is known before it is read.
fn size(source: &Source) -> u64 {
    match &source.origin {
        Origin::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        _ => 0,
    }
}

/// What threads that convert side by side share.
pub(super) struct Conversion<'a> {
    pub sources: &'a [Source],
    pub converter: &'a Converter<'a>,
    pub read: &'a ReadOptions,
    pub register: Register,
    /// What the threads remember of the documents before, for whichever comes next.
    memories: Pool<Memory>,
}

/// What a run of inputs came to.
pub(super) struct Chunk {
    /// The places of their entries in the register.
    pub entries: Range<usize>,
    pub outcomes: Vec<(usize, Outcome)>,
    pub batches: Vec<TableBatch>,
    pub summary: Summary,
    /// A document that is too large to collect its rows, and so the only one of its run; nothing of it is converted yet.
    pub large: Option<(usize, Document)>,
}

impl<'a> Conversion<'a> {
    pub fn new(sources: &'a [Source], converter: &'a Converter<'a>, read: &'a ReadOptions) -> Self {
        Conversion { sources, converter, read, register: Register::default(), memories: Pool::default() }
    }

    /// Reads and converts a run of inputs.
    ///
    /// # Errors
    /// [`RunError::Unfit`].
    pub fn convert(&self, stretch: Stretch) -> Result<Chunk, RunError> {
        let turn = self.register.turn(stretch.number);
        let sources = &self.sources[stretch.sources];
        let read = sources.iter().map(|source| source::read(source, self.read)).collect();
        let (entries, admitted) = turn.admit(read);
        self.memories.with(Memory::default, |memory| self.fill(entries, admitted, memory))
    }

    fn fill(
        &self,
        entries: Range<usize>,
        admitted: Vec<Admitted>,
        memory: &mut Memory,
    ) -> Result<Chunk, RunError> {
        let (mut tables, mut summary) = (Tables::new(), Summary::default());
        let mut outcomes = Vec::with_capacity(admitted.len());
        let (alone, mut large) = (admitted.len() == 1, None);
        for (at, admitted) in entries.clone().zip(admitted) {
            match admitted {
                Admitted::Fresh(document) if alone && document.text.len() >= LARGE => {
                    large = Some((at, document));
                }
                Admitted::Fresh(document) => {
                    outcomes.push((at, self.fill_document(&document, &mut tables, memory, &mut summary)?));
                }
                Admitted::Noted(id, finding) => {
                    *summary.findings.entry(finding.code).or_default() += 1;
                    table::finding(&mut tables, id, &finding).map_err(RunError::Unfit)?;
                }
            }
        }
        Ok(Chunk { entries, outcomes, batches: tables.finish(), summary, large })
    }

    /// Converts a document that a run left, and hands its rows to `write` piece by piece.
    ///
    /// # Errors
    /// The first of `write`, or [`RunError::Unfit`].
    pub fn convert_large(
        &self,
        document: &Document,
        summary: &mut Summary,
        mut write: impl FnMut(Vec<TableBatch>) -> Result<(), RunError>,
    ) -> Result<Outcome, RunError> {
        let mut written = Ok(());
        let mut pieces = Pieces::new(PIECE, |batches| {
            if written.is_ok() {
                written = write(batches);
            }
        });
        let fill = |memory: &mut Memory| self.fill_document(document, &mut pieces, memory, summary);
        let outcome = self.memories.with(Memory::default, fill)?;
        pieces.finish();
        written.map(|()| outcome)
    }

    fn fill_document(
        &self,
        document: &Document,
        tables: &mut impl Rows,
        memory: &mut Memory,
        summary: &mut Summary,
    ) -> Result<Outcome, RunError> {
        let converted = self.converter.convert(document);
        summary.count(&converted, self.converter.grammars());
        let outcome = Outcome {
            dialect: converted.dialect.map(|dialect| dialect.as_str()),
            status: converted.status(),
            error: converted.refused,
            forms: converted.forms.len() as u32,
            lines: converted.lines,
            lines_unclaimed: converted.lines_unclaimed,
            findings: converted.findings.len() as u32,
        };
        self.converter.fill_from(tables, memory, document, converted).map_err(RunError::Unfit)?;
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(sizes: &[usize], threads: usize) -> Vec<(u64, Range<usize>)> {
        let folder = tempfile::tempdir().unwrap();
        let sources: Vec<Source> = sizes
            .iter()
            .enumerate()
            .map(|(nth, &size)| {
                let path = folder.path().join(nth.to_string());
                std::fs::File::create(&path).unwrap().set_len(size as u64).unwrap();
                Source { name: nth.to_string(), origin: Origin::File(path) }
            })
            .collect();
        divide(&sources, threads).map(|(bytes, stretch)| (bytes, stretch.sources)).collect()
    }

    #[test]
    fn runs_hold_every_input_once_in_order() {
        for sizes in [vec![], vec![0], vec![40_000; 300], vec![0; 1_000], vec![9 << 20, 1, 9 << 20, 5]] {
            for threads in [1, 2, 7] {
                let stretches = stretches(&sizes, threads);
                let all: Vec<usize> = stretches.iter().flat_map(|(_, sources)| sources.clone()).collect();
                assert_eq!(all, (0..sizes.len()).collect::<Vec<_>>());
                for (bytes, sources) in stretches {
                    assert_eq!(bytes, sizes[sources.clone()].iter().map(|&size| size as u64).sum::<u64>());
                    assert!(sources.len() == 1 || bytes <= LARGEST && sources.len() <= MOST);
                }
            }
        }
    }

    #[test]
    fn the_last_runs_are_small_where_there_are_several_threads() {
        let sizes = [30_000; 400];
        assert!(stretches(&sizes, 2).last().unwrap().0 <= SMALLEST);
        assert!(stretches(&sizes[..20], 2).len() >= 4, "few inputs are work for both");
    }
}
