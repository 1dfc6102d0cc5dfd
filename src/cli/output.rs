//! Standard output and error, which may be closed, full, or a terminal.

use super::printable::printable;
use std::io::{self, Write};

/// Prints a command's result. A reader that has seen enough (`| head`) is no failure.
///
/// # Errors
/// Standard output cannot be written for another reason.
pub fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints a line to standard error as it is.
pub fn note(line: &str) {
    // There is no third place to complain that complaining failed.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Says what is wrong; whatever a terminal would obey is escaped.
pub fn complain(message: &str) {
    note(&format!("biaodan: {}", printable(message)));
}
