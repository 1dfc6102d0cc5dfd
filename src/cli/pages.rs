//! What packagers install beside the binary: completions and manual pages.

use super::args::Cli;
use super::exit::{Exit, Failure};
use super::output;
use clap::CommandFactory;
use clap_complete::Shell;

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "biaodan", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Complete)
}

/// Prints the manual page of a command, named from the outermost word.
pub fn man(command: &[String]) -> Result<Exit, Failure> {
    let mut found = &mut Cli::command().disable_help_subcommand(true);
    // Gives each command its full name.
    found.build();
    for word in command {
        found = found
            .find_subcommand_mut(word)
            .ok_or_else(|| Failure::usage(format!("no command is called `{word}`; see `biaodan --help`")))?;
    }
    let mut page = Vec::new();
    let version = concat!("biaodan ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(found.clone()).source(version).render(&mut page)?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Complete)
}
