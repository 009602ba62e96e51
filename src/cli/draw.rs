//! `archq draw`: the architecture as a picture.

use super::args::Draw;
use super::args::Shared;
use super::exit::Exit;
use super::opened;
use super::paint::Console;
use super::show;
use super::show::Looks;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::render::Format;
use crate::render::architecture;
use crate::session::Reply;
use std::io;
use std::path::Path;

/// Draws what the paths hold; without a path, what is asked for with `ask 'draw …'` is meant.
pub(super) fn run(draw: &Draw, shared: &Shared, console: &Console) -> io::Result<Exit> {
    let format = match format(draw, shared) {
        Ok(format) => format,
        Err(error) => {
            console.show(&error, None);
            return Ok(Exit::Wrong);
        }
    };
    let (mut session, exit) = opened(shared, &draw.paths, console);
    if session.loaded().is_empty() {
        return Ok(exit);
    }
    let mut looks = Looks::new(Some(format));
    looks.picture = match draw.picture.options(&mut session) {
        Ok(picture) => picture,
        Err(error) => {
            console.show(&error, None);
            return Ok(exit.or(Exit::Wrong));
        }
    };
    if let Err(error) = looks.write_to(draw.output.as_deref()) {
        console.show(&error, None);
        return Ok(Exit::of(&error));
    }
    let reply = Reply {
        answer: Answer {
            piece: architecture(session.graph()),
            ..Answer::default()
        },
        output: None,
    };
    let shown = looks.show(&mut session, &reply, console)?;
    Ok(exit.or(shown))
}

/// Finds the format: the flag, the ending of the file, or DOT.
fn format(draw: &Draw, shared: &Shared) -> Result<Format, Diagnostic> {
    if let Some(name) = &shared.format {
        return show::format(name);
    }
    let Some(file) = &draw.output else {
        return show::format("dot");
    };
    Format::of_file(Path::new(file)).ok_or_else(|| {
        Diagnostic::error(
            &Code::UNKNOWN_FORMAT,
            format!("the ending of `{file}` tells no format"),
        )
        .help("name one with `--format`, or end the name with `.dot`")
    })
}
