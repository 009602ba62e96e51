//! `archq ask`: a question in, an answer out.

use super::args::Ask;
use super::args::Shared;
use super::exit::Exit;
use super::paint::Console;
use crate::session::Session;
use std::io;

/// Answers one question, or the statements of a file.
pub(super) fn run(ask: &Ask, shared: &Shared, console: &Console) -> io::Result<Exit> {
    let mut session = Session::open(shared.opening(&ask.paths));
    shared.bounds.apply(session.limits_mut());
    let mut exit = Exit::Answered;
    for problem in session.problems() {
        console.show(problem, None);
        exit = exit.or(Exit::Unreadable);
    }
    let question = ask.question.as_deref().unwrap_or("");
    Ok(match session.ask(question) {
        Ok(answer) if answer.rows.is_empty() && ask.exit_status => exit.or(Exit::Findings),
        Ok(_) => exit,
        Err(error) => {
            console.show(&error, Some(question));
            exit.or(Exit::of(&error))
        }
    })
}
