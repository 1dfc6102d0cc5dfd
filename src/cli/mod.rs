//! The command line: parse, call, print. Whatever can be done without a terminal is done by the library.

mod args;
mod convert;
mod exit;
mod explain;
mod grammar;
mod inspect;
mod look;
mod output;
mod pages;
mod printable;
mod progress;
mod report;
mod size;
mod sql;
mod terminal;
mod text;
mod verify;

use args::{Cli, Command, GrammarCommand};
use clap::Parser;
use exit::{Exit, Failure};

/// Does what the arguments say and reports what went wrong.
pub fn run() -> Exit {
    let done = match Cli::try_parse() {
        Ok(cli) => dispatch(cli.command),
        Err(error) => return refused(&error),
    };
    done.unwrap_or_else(|failure| {
        output::complain(&failure.message);
        failure.exit
    })
}

fn dispatch(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Convert(args) => convert::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Grammar(GrammarCommand::Check(args)) => grammar::check(&args),
        Command::Grammar(GrammarCommand::List(args)) => grammar::list(&args),
        Command::Grammar(GrammarCommand::Draft(args)) => grammar::draft(&args),
        Command::Grammar(GrammarCommand::Drift(args)) => grammar::drift(&args),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man { command } => pages::man(&command),
    }
}

/// What clap has to say instead of arguments: help, the version, or what is wrong with them.
fn refused(error: &clap::Error) -> Exit {
    use clap::error::ErrorKind;
    let asked_for = !error.use_stderr();
    if asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nobody is left to tell where help cannot be printed.
        let _ = error.print();
        return if asked_for { Exit::Complete } else { Exit::Usage };
    }
    let text = error.render().to_string();
    // Its lines are clap's, but what they quote was typed, or put there by a shell from the names of files.
    let text: Vec<String> = text.trim_end().lines().map(printable::printable).collect();
    let text = text.join("\n");
    output::note(&format!("biaodan: {}", text.strip_prefix("error: ").unwrap_or(&text)));
    Exit::Usage
}
