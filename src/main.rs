//! The program: arguments in, exit code out. Where no command is named, the prompt is run.

use std::process::ExitCode;

fn main() -> ExitCode {
    archq::cli::main(archq::repl::run)
}
