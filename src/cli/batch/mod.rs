//! `archq batch`: one JSON object a line, in and out.
//!
//! A long-lived process for scripts: loads once, answers until its input ends. Every request gets
//! exactly one reply, flushed before the next is read; a request that fails, even by a fault of
//! the program, ends nothing.

mod reply;
mod request;

use super::args::Batch;
use super::args::Shared;
use super::exit::Exit;
use super::opened;
use super::paint::Console;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::session::Session;
use request::Asked;
use request::Request;
use std::io;
use std::io::BufRead;
use std::io::Read;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::time::Duration;
use std::time::Instant;

/// Longest request, in bytes.
const LONGEST_REQUEST: u64 = 64 << 20;

/// Answers requests until the input ends.
pub(super) fn run(batch: &Batch, shared: &Shared, console: &Console) -> io::Result<Exit> {
    let (mut session, exit) = opened(shared, &batch.paths, console);
    session.want_rows_alone();
    serve(&mut session, io::stdin().lock(), io::stdout().lock())?;
    Ok(exit)
}

fn serve(session: &mut Session, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    let mut text = Vec::new();
    loop {
        line.clear();
        let bounded = input.by_ref().take(LONGEST_REQUEST + 1);
        if { bounded }.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        text.clear();
        if line.len() as u64 > LONGEST_REQUEST {
            skip_line(&mut input)?;
            reply::error(&mut text, None, &too_long(), "");
        } else {
            answer(session, &line, &mut text);
        }
        text.push(b'\n');
        output.write_all(&text)?;
        output.flush()?;
    }
}

/// Reads on to the end of a line that nobody keeps.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |at| at + 1);
        input.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

fn answer(session: &mut Session, line: &[u8], out: &mut Vec<u8>) {
    let request = match Request::read(line) {
        Ok(request) => request,
        Err(error) => return reply::error(out, None, &error, ""),
    };
    let id = request.id;
    match request.asked() {
        Ok(Asked::Query {
            text,
            parameters,
            timeout,
        }) => {
            let started = Instant::now();
            let result = guarded(session, timeout, |session| {
                session.ask_with(&text, &parameters)
            });
            match result {
                Ok(reply) => {
                    reply::answer(out, id, &reply.answer, session.graph(), started.elapsed())
                }
                Err(error) => reply::error(out, id, &error, &text),
            }
        }
        Ok(Asked::Reset) => {
            session.reset();
            reply::done(out, id);
        }
        Ok(Asked::Procedure(procedure)) => {
            session.procedures_mut().declare(procedure);
            reply::done(out, id);
        }
        Err(error) => reply::error(out, id, &error, ""),
    }
}

/// Runs one question with its own time; a fault in it becomes an error.
fn guarded<T>(
    session: &mut Session,
    timeout: Option<Duration>,
    ask: impl FnOnce(&mut Session) -> Result<T, Diagnostic>,
) -> Result<T, Diagnostic> {
    let usual = session.limits_mut().time;
    session.limits_mut().time = timeout.or(usual);
    let result = catch_unwind(AssertUnwindSafe(|| ask(session)));
    session.limits_mut().time = usual;
    result.unwrap_or_else(|_| {
        session.recover();
        Err(Diagnostic::error(
            &Code::FAULT,
            "a fault in archq itself; the graph is as it was",
        ))
    })
}

fn too_long() -> Diagnostic {
    let mib = LONGEST_REQUEST >> 20;
    Diagnostic::error(
        &Code::BAD_REQUEST,
        format!("a request is at most {mib} MiB long"),
    )
}
