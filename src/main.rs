//! The `biaodan` command.

mod cli;

/// One thread fills rows, another one writes them and gives their room back: with the system's allocator both wait for each other.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    cli::run().into()
}
