//! `biaodan grammar drift`.

use crate::cli::args::DriftArgs;
use crate::cli::exit::{Exit, Failure};

/// To come.
pub fn drift(_args: &DriftArgs) -> Result<Exit, Failure> {
    Err(Failure::broken("not written yet"))
}
