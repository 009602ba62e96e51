//! The program: arguments in, exit code out. Where no command is named, the prompt is run.

use std::process::ExitCode;

/// Templates are read into many small texts and lists; this gives and takes them back faster than
/// the system's.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    archq::cli::main(archq::repl::run)
}
