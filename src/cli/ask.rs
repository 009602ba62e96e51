//! `archq ask`: a question in, an answer out.

use super::args::Ask;
use super::args::Shared;
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::opened;
use super::paint::Console;
use super::progress::Progress;
use super::script;
use super::show::Looks;
use crate::model::Value;
use crate::session::Decoded;
use crate::session::Session;
use std::borrow::Cow;
use std::fs;
use std::io;
use std::io::Read;
use std::mem::ManuallyDrop;

/// Answers one question, or the statements of a file.
pub(super) fn run(ask: &Ask, shared: &Shared, console: &Console) -> io::Result<Exit> {
    let (text, paths) = match asked(ask) {
        Ok(asked) => asked,
        Err(error) => {
            console.say(&error);
            return Ok(Exit::Unreadable);
        }
    };
    let mut looks = match shared.looks() {
        Ok(looks) => looks,
        Err(error) => {
            console.show(&error, None);
            return Ok(Exit::Wrong);
        }
    };
    let (mut session, opened) = opened(shared, &paths, console);
    looks.picture = match ask.picture.options(&mut session) {
        Ok(picture) => picture,
        Err(error) => {
            console.show(&error, None);
            return Ok(opened.or(Exit::Wrong));
        }
    };
    for (name, value) in &ask.parameters {
        let value = parameter(value);
        session.parameters_mut().insert(name.as_str().into(), value);
    }
    let statements = match ask.file {
        Some(_) => script::statements(&text),
        None => vec![&*text],
    };
    let mut run = Run {
        interrupt: Interrupt::install(session.cancel()),
        session,
        looks,
        console,
        exit: opened,
        no_rows_is_one: ask.exit_status,
    };
    for statement in statements {
        run.statement(statement)?;
        if matches!(run.exit, Exit::Interrupted) {
            break;
        }
    }
    Ok(run.exit)
}

struct Run<'a> {
    session: ManuallyDrop<Session>,
    looks: Looks,
    console: &'a Console,
    interrupt: Interrupt,
    exit: Exit,
    no_rows_is_one: bool,
}

impl Run<'_> {
    fn statement(&mut self, text: &str) -> io::Result<()> {
        let asked = {
            let _progress = Progress::start("asking", self.console.wants_progress());
            self.interrupt.during(|| self.session.ask(text))
        };
        let exit = match asked {
            Ok(reply) => {
                let shown = self.looks.show(&mut self.session, &reply, self.console)?;
                let none = reply.answer.rows.is_empty() && reply.answer.text.is_none();
                match none && self.no_rows_is_one {
                    true => shown.or(Exit::Findings),
                    false => shown,
                }
            }
            Err(error) => {
                self.console.show(&error, Some(text));
                Exit::of(&error)
            }
        };
        self.exit = self.exit.or(exit);
        Ok(())
    }
}

/// Gives the text that is asked, and the paths; with `-f` the first word is a path.
fn asked(ask: &Ask) -> Result<(Cow<'_, str>, Vec<String>), String> {
    let question = ask.question.as_deref();
    let Some(file) = &ask.file else {
        return Ok((question.unwrap_or("").into(), ask.paths.clone()));
    };
    let mut paths: Vec<String> = question.map(str::to_owned).into_iter().collect();
    paths.extend(ask.paths.iter().cloned());
    let mut text = String::new();
    let read = match file.as_str() {
        "-" => io::stdin().lock().read_to_string(&mut text).map(|_| text),
        path => fs::read_to_string(path),
    };
    let read = read.map_err(|error| {
        let why = error.to_string().to_lowercase();
        format!("error: cannot read the questions in `{file}`: {why}")
    })?;
    Ok((read.into(), paths))
}

/// A value that reads as JSON is that value, else it is text.
fn parameter(text: &str) -> Value {
    serde_json::from_str::<Decoded>(text).map_or_else(|_| Value::text(text), |read| read.0)
}
