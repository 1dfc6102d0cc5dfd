//! The `biaodan` command.

mod cli;

/// Conversion makes many small, short-lived allocations on several threads, which this allocator is built for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run().into()
}
