//! The door for scripts and people: arguments in, answers out, an exit code at the end.
//!
//! Answers go to standard output, everything else to standard error. Holds no knowledge of its
//! own: what is asked goes to the desk, what comes back to `render`.

mod args;
mod ask;
mod batch;
mod beside;
mod completions;
mod draw;
mod edges;
mod exit;
pub mod given;
mod icons;
mod inputs;
pub mod interrupt;
pub mod paint;
mod picture;
pub mod progress;
mod save;
pub mod script;
pub mod settings;
pub mod show;
mod terminal;
pub mod tokens;

pub use exit::Exit;

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::session::Loaded;
use crate::session::Session;
use args::Arguments;
use args::Command;
use args::Shared;
use clap::CommandFactory;
use clap::Parser;
use paint::Console;
use show::Looks;
use std::io;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

/// Stack of the thread that does all work, in bytes; only what is used is ever real. Nesting is
/// bounded where a text is read, and whatever is within the bounds has room here.
const STACK: usize = 256 << 20;

/// Runs a prompt over a session; gives the gravest end of its statements.
pub type Prompt = fn(Session, Looks, Console) -> io::Result<Exit>;

/// Tells whether the program has a command of that name.
pub(crate) fn is_subcommand(name: &str) -> bool {
    Arguments::command().find_subcommand(name).is_some()
}

/// Runs the program; where the arguments name no command, the prompt.
#[must_use]
pub fn main(prompt: Prompt) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let worker = thread::Builder::new().stack_size(STACK);
    let exit = match worker.spawn(move || run(&arguments, prompt)) {
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

fn run(arguments: &Arguments, prompt: Prompt) -> Exit {
    let console = Console::new(arguments.shared.color);
    let done = match &arguments.command {
        None => start(arguments, prompt, &console),
        Some(Command::Ask(ask)) => ask::run(ask, &arguments.shared, &console),
        Some(Command::Edges(edges)) => edges::run(edges, &arguments.shared, &console),
        Some(Command::Batch(batch)) => batch::run(batch, &arguments.shared, &console),
        Some(Command::Draw(draw)) => draw::run(draw, &arguments.shared, &console),
        Some(Command::Save(save)) => save::run(save, &arguments.shared, &console),
        Some(Command::Completions(completions)) => completions::run(completions),
    };
    done.unwrap_or_else(|error| broken_off(&error, &console))
}

/// Opens what the paths name and runs the prompt over it.
fn start(arguments: &Arguments, prompt: Prompt, console: &Console) -> io::Result<Exit> {
    let shared = &arguments.shared;
    let looks = match shared.looks() {
        Ok(looks) => looks,
        Err(error) => {
            console.show(&error, None);
            return Ok(Exit::Wrong);
        }
    };
    if let Some(error) = arguments.paths.first().and_then(|path| misspelt(path)) {
        console.show(&error, None);
        return Ok(Exit::Wrong);
    }
    let (session, exit) = open(shared, &arguments.paths, console);
    Ok(exit.or(prompt(session, looks, *console)?))
}

/// Finds the command that was meant by a path that is none.
fn misspelt(path: &str) -> Option<Diagnostic> {
    let command = Arguments::command();
    let names = command.get_subcommands().map(|command| command.get_name());
    let near = nearest(path, names)?;
    let missing = !path.contains(['/', '.', ':']) && !Path::new(path).exists();
    missing.then(|| {
        let message = format!("there is neither a command nor a file `{path}`");
        Diagnostic::error(&Code::BAD_USAGE, message).nearest(Some(near))
    })
}

/// Opens a session, says what could not be read, and to a person what was. It is not taken apart at
/// the end: the process goes right after, and the system takes all memory back at once.
fn opened(shared: &Shared, paths: &[String], console: &Console) -> (ManuallyDrop<Session>, Exit) {
    let (session, exit) = open(shared, paths, console);
    if console.wants_progress() {
        session
            .loaded()
            .iter()
            .for_each(|one| console.say(&loaded(one)));
    }
    (ManuallyDrop::new(session), exit)
}

/// Opens a session and says what could not be read.
fn open(shared: &Shared, paths: &[String], console: &Console) -> (Session, Exit) {
    let mut session = Session::open(shared.opening(paths));
    shared.bounds.apply(session.limits_mut());
    let mut exit = Exit::Answered;
    for problem in session.problems() {
        console.show(problem, None);
        exit = exit.or(Exit::Unreadable);
    }
    // A parameter that nothing declares was misspelt on this very line.
    let misspelt = |finding: &&Diagnostic| finding.code == &Code::UNKNOWN_PARAMETER;
    for finding in session.findings().iter().filter(misspelt) {
        console.show(finding, None);
    }
    (session, exit)
}

/// Says in a line what came from one path.
pub(crate) fn loaded(loaded: &Loaded) -> String {
    let path = &loaded.path;
    let Some(found) = &loaded.templates else {
        let nodes = counted(loaded.counts.nodes, "node");
        return format!("{path}: {nodes}, {}", counted(loaded.counts.edges, "edge"));
    };
    let resources = counted(found.resources, "resource");
    let edges = counted(found.edges, "integration");
    let mut line = format!("{path}: {resources}, {edges}");
    if found.glue > 0 {
        line += &format!(", {} looked through as glue", found.glue);
    }
    if found.unknown > 0 {
        line += &format!(", {} of unknown types", found.unknown);
    }
    line
}

/// Writes a count and what is counted: `1 node`, `2 nodes`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// Ends after an output that cannot be written: silently where the reader has gone.
fn broken_off(error: &io::Error, console: &Console) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Answered;
    }
    console.say(&format!("cannot write the answer: {error}"));
    Exit::Fault
}
