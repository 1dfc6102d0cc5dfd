//! How a command ends: the codes that scripts go by.

use biaodan::dataset::DatasetError;
use biaodan::pipeline::RunError;
use std::io;
use std::process::ExitCode;

/// How a command ends. Each is described in `--help` and docs/cli.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was done.
    Complete = 0,
    /// The dataset is there, but some document is not, or not wholly, in its tables.
    Incomplete = 1,
    /// The arguments or the grammar are wrong; nothing was written.
    Usage = 2,
    /// The machine, or biaodan itself, failed; nothing was published. `EX_SOFTWARE` of sysexits.h.
    Broken = 70,
    /// Another run is writing the target: the one failure that goes away by itself. `EX_TEMPFAIL`.
    Busy = 75,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub struct Failure {
    /// How it ends therefore.
    pub exit: Exit,
    /// What is wrong and what to do; one line a mistake.
    pub message: String,
}

impl Failure {
    /// A wrong argument or grammar.
    pub fn usage(message: impl ToString) -> Self {
        Failure { exit: Exit::Usage, message: message.to_string() }
    }

    /// A mistake in biaodan itself.
    pub fn broken(message: impl ToString) -> Self {
        Failure { exit: Exit::Broken, message: message.to_string() }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let exit = match &error {
            RunError::Input(_) | RunError::NoInput => Exit::Usage,
            RunError::Dataset(DatasetError::Busy { .. }) => Exit::Busy,
            RunError::Dataset(error) if error.is_refusal() => Exit::Usage,
            RunError::Dataset(_) | RunError::Threads(_) | RunError::Unfit(_) => Exit::Broken,
        };
        Failure { exit, message: error.to_string() }
    }
}

impl From<io::Error> for Failure {
    /// The only file a command writes by itself is standard output.
    fn from(error: io::Error) -> Self {
        let message = format!("standard output cannot be written: {error}; check where it goes");
        Failure { exit: Exit::Broken, message }
    }
}
