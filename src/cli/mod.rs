//! The door for scripts and people: arguments in, answers out, an exit code at the end.
//!
//! Answers go to standard output, everything else to standard error. Holds no knowledge of its
//! own: what is asked goes to the desk, what comes back to `render`.

mod args;
mod ask;
mod batch;
mod edges;
mod exit;
pub mod paint;

pub use exit::Exit;

use args::Arguments;
use args::Command;
use clap::Parser;
use paint::Console;
use std::io;
use std::process::ExitCode;
use std::thread;

/// Stack of the thread that does all work, in bytes; only what is used is ever real. Nesting is
/// bounded where a text is read, and whatever is within the bounds has room here.
const STACK: usize = 256 << 20;

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let worker = thread::Builder::new().stack_size(STACK);
    let exit = match worker.spawn(move || run(&arguments)) {
        Ok(worker) => worker.join().unwrap_or(Exit::Fault),
        Err(_) => Exit::Fault,
    };
    exit.into()
}

fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done for a reader who has gone.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Wrong.into()
    } else {
        Exit::Answered.into()
    }
}

fn run(arguments: &Arguments) -> Exit {
    let console = Console::new(arguments.shared.color);
    let done = match &arguments.command {
        None => Ok(Exit::Answered),
        Some(Command::Ask(ask)) => ask::run(ask, &arguments.shared, &console),
        Some(Command::Edges(edges)) => edges::run(edges, &arguments.shared, &console),
        Some(Command::Batch(batch)) => batch::run(batch, &arguments.shared, &console),
    };
    done.unwrap_or_else(|error| broken_off(&error, &console))
}

/// Ends after an output that cannot be written: silently where the reader has gone.
fn broken_off(error: &io::Error, console: &Console) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Answered;
    }
    console.say(&format!("cannot write the answer: {error}"));
    Exit::Fault
}
