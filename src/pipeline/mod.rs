//! A run: inputs in, a published dataset out. The only place that knows of threads.
//!
//! Inputs are taken in short runs (`chunk`), which threads read, enter into the `register` in the order of the inputs, and
//! convert side by side; of those in `flight` there is a bounded number. What they come to is written in the order of the
//! inputs while others are being converted, so that a dataset's bytes do not depend on the number of threads.

mod chunk;
mod document;
mod flight;
mod ledger;
mod pool;
mod register;
mod summary;

pub use document::{ConvertOptions, Converted, Converter};
pub use summary::{Summary, Unread};

use crate::dataset::{DatasetError, DatasetOptions, DatasetWriter, Published};
use crate::grammar::Grammars;
use crate::source::{self, InputError, Inputs, Origin, ReadOptions, Source};
use crate::table::{Tables, Unfit};
use chunk::{Chunk, Conversion};
use std::fmt;
use std::path::Path;

/// What a run is asked to do beside its inputs.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// How documents are read.
    pub read: ReadOptions,
    /// How they are converted.
    pub convert: ConvertOptions,
    /// Whether a dataset at the target may be replaced.
    pub force: bool,
    /// Threads; 0 for one a core.
    pub jobs: usize,
}

/// Why a run published nothing.
#[derive(Debug)]
pub enum RunError {
    /// The inputs named cannot be listed.
    Input(InputError),
    /// There is nothing to read among them.
    NoInput,
    /// The dataset cannot be written, or may not be.
    Dataset(DatasetError),
    /// The threads could not be started.
    Threads(String),
    /// A number did not fit its column although it was judged to: a mistake in biaodan itself.
    Unfit(Unfit),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Input(error) => error.fmt(f),
            RunError::NoInput => f.write_str(
                "no input was found: the folders and lists named hold no files (hidden ones, and those in the \
                 target, do not count); name a dump, a folder of dumps, or `-`",
            ),
            RunError::Dataset(error) => error.fmt(f),
            RunError::Threads(error) => write!(f, "cannot start the worker threads: {error}; ask for fewer"),
            RunError::Unfit(error) => write!(f, "{error}; please report this as a mistake in biaodan"),
        }
    }
}

impl std::error::Error for RunError {}

impl From<DatasetError> for RunError {
    fn from(error: DatasetError) -> Self {
        RunError::Dataset(error)
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Documents finished.
    pub documents: usize,
    /// Documents in all.
    pub documents_total: usize,
    /// Bytes of input finished.
    pub bytes: u64,
}

/// Converts `inputs` into a dataset at `target`; `progress` is told whenever rows were written.
///
/// # Errors
/// [`RunError::Input`] for inputs that cannot be listed, [`RunError::NoInput`] where there are none, so that an empty
/// dataset never replaces a full one by mistake, [`RunError::Dataset`] where the target may not be written or the
/// machine fails; nothing is published then.
pub fn run(
    inputs: &Inputs,
    target: &Path,
    grammars: &Grammars,
    options: &RunOptions,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(Summary, Published), RunError> {
    // Before the writer, which makes the target's parents: a wrong argument leaves no trace.
    let mut sources = source::collect(inputs).map_err(RunError::Input)?;
    leave_out(&mut sources, target);
    if sources.is_empty() {
        return Err(RunError::NoInput);
    }
    let mut writer =
        DatasetWriter::create(target, &DatasetOptions { force: options.force, ..Default::default() })?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .thread_name(|nth| format!("biaodan-{nth}"))
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))?;
    let converter = Converter::new(grammars, options.convert.clone());
    let conversion = Conversion::new(&sources, &converter, &options.read);
    pool.install(|| {
        let summary = write(&conversion, &mut writer, progress)?;
        Ok((summary, writer.finish()?))
    })
}

/// Converts the inputs and writes their rows in the order of the inputs; the rows of the documents last, because a later
/// source with the same bytes adds a finding to an earlier one.
fn write(
    conversion: &Conversion<'_>,
    writer: &mut DatasetWriter,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, RunError> {
    let (mut summary, documents_total) = (Summary::default(), conversion.sources.len());
    let threads = rayon::current_num_threads();
    let work = |stretch| conversion.convert(stretch);
    let stretches = chunk::divide(conversion.sources, threads);
    let take = |chunk: Result<Chunk, RunError>| -> Result<(), RunError> {
        let Chunk { entries, mut outcomes, batches, summary: counted, large } = chunk?;
        let documents = entries.end;
        summary.add(counted);
        writer.write(batches)?;
        if let Some((at, document)) = large {
            let write = |batches| Ok(writer.write(batches)?);
            outcomes.push((at, conversion.convert_large(&document, &mut summary, write)?));
        }
        conversion.register.conclude(entries, outcomes, &mut summary);
        progress(Progress { documents, documents_total, bytes: summary.bytes });
        Ok(())
    };
    flight::in_order(stretches, room(threads), work, take)?;
    let mut tables = Tables::new();
    conversion.register.fill(&mut tables).map_err(RunError::Unfit)?;
    writer.write(tables.finish())?;
    Ok(summary)
}

/// Bytes of input in flight at a time, what bounds a run's memory, whatever its length. A thread finds work while another
/// one is slow; a single thread has nobody to wait for.
fn room(threads: usize) -> u64 {
    let runs = if threads == 1 { 1 } else { 2 * threads as u64 };
    runs * chunk::LARGEST
}

/// Leaves out what stands in the target itself: a dataset kept beside its dumps is no input.
fn leave_out(sources: &mut Vec<Source>, target: &Path) {
    let Ok(target) = target.canonicalize() else { return };
    sources.retain(|source| match &source.origin {
        Origin::File(path) => path.canonicalize().map_or(true, |path| !path.starts_with(&target)),
        _ => true,
    });
}
