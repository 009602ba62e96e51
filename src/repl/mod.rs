//! The prompt: statements and commands in, answers out, until the input ends.
//!
//! On a terminal rustyline edits (completion, history, hints, colours, brackets); elsewhere
//! statements are read as from a script. An error never ends it. What an answer looks like is
//! decided by `cli::show`, what it is by the desk.

mod commands;
mod complete;
mod editor;
mod help;
mod helper;
mod highlight;
mod history;
mod schema;
mod vocabulary;
mod welcome;

use crate::cli::Exit;
use crate::cli::interrupt::Interrupt;
use crate::cli::paint::Console;
use crate::cli::progress::Progress;
use crate::cli::script;
use crate::cli::show::Looks;
use crate::session::Session;
use std::cell::RefCell;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::rc::Rc;

/// Longest script read from a pipe, in bytes.
const LONGEST_SCRIPT: u64 = 256 << 20;

/// The session as the prompt and its completion share it.
type Desk = Rc<RefCell<Session>>;

/// Whether the prompt goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    On,
    Leave,
}

/// A prompt over one session.
struct Repl {
    desk: Desk,
    console: Console,
    interrupt: Interrupt,
    looks: Looks,
    /// What was typed, for `:history`.
    typed: Vec<String>,
    exit: Exit,
}

/// Runs the prompt until its input ends; gives the gravest end of its statements where they came
/// from a pipe.
///
/// # Errors
/// Where the answer cannot be written.
pub fn run(session: Session, looks: Looks, console: Console) -> io::Result<Exit> {
    let interrupt = Interrupt::install(session.cancel());
    let mut repl = Repl {
        desk: Rc::new(RefCell::new(session)),
        console,
        interrupt,
        looks,
        typed: Vec::new(),
        exit: Exit::Answered,
    };
    if io::stdin().is_terminal() {
        editor::read(&mut repl)?;
        return Ok(Exit::Answered);
    }
    repl.script()?;
    Ok(repl.exit)
}

impl Repl {
    /// Reads statements from a pipe.
    fn script(&mut self) -> io::Result<()> {
        let mut text = String::new();
        io::stdin()
            .lock()
            .take(LONGEST_SCRIPT)
            .read_to_string(&mut text)?;
        for statement in script::statements(&text) {
            if self.line(statement)? == Next::Leave {
                break;
            }
        }
        Ok(())
    }

    /// Runs what was typed: a command, or statements.
    fn line(&mut self, line: &str) -> io::Result<Next> {
        let line = line.trim();
        if script::is_command(line) {
            return self.command(line);
        }
        for statement in script::statements(line) {
            self.statement(statement)?;
        }
        Ok(Next::On)
    }

    fn statement(&mut self, text: &str) -> io::Result<()> {
        let asked = {
            let mut session = self.desk.borrow_mut();
            let _progress = Progress::start("asking", self.console.wants_progress());
            self.interrupt.during(|| session.ask(text))
        };
        match asked {
            Ok(reply) => {
                let shown = self
                    .looks
                    .show(&mut self.desk.borrow_mut(), &reply, &self.console);
                shown.map(|exit| self.exit = self.exit.or(exit))
            }
            Err(error) => {
                self.fail(&error, Some(text));
                Ok(())
            }
        }
    }

    fn fail(&mut self, error: &crate::diag::Diagnostic, source: Option<&str>) {
        self.console.show(error, source);
        self.exit = self.exit.or(Exit::of(error));
    }
}
