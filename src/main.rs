//! The program: arguments in, exit code out. Where no command is named, the prompt is run.

#[cfg(feature = "mimalloc")]
mod memory;

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: memory::Allocator = memory::Allocator;

fn main() -> ExitCode {
    archq::cli::main(archq::repl::run)
}
