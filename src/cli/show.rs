//! Where an answer goes and in which format: the one place that decides it for prompt and `ask`.
//!
//! The question's own `as FORMAT to "FILE"` comes first, then `--format` and `-o` (at the prompt
//! `:format` and `:output`), then the ending of the file, then the terminal: a table there,
//! tab-separated text elsewhere.

use super::exit::Exit;
use super::paint::Console;
use super::picture;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Answer;
use crate::model::Changes;
use crate::model::Value;
use crate::render::FORMATS;
use crate::render::Format;
use crate::render::Options;
use crate::render::PictureOptions;
use crate::render::Role;
use crate::render::render;
use crate::session::Reply;
use crate::session::Session;
use std::env;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// How answers are shown until somebody says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// The format that was asked for.
    pub format: Option<Format>,
    /// The file that answers go to.
    output: Option<PathBuf>,
    /// Whether to say how long it took.
    pub timer: bool,
    /// How pictures are drawn.
    pub picture: PictureOptions,
}

/// Finds a format by the name a person gave.
///
/// # Errors
/// Where there is none of that name.
pub fn format(name: &str) -> Result<Format, Diagnostic> {
    Format::named(name).ok_or_else(|| {
        let names = FORMATS.iter().map(|format| format.name);
        let list: Vec<&str> = names.clone().collect();
        Diagnostic::error(
            &Code::UNKNOWN_FORMAT,
            format!("there is no format `{name}`"),
        )
        .nearest(nearest(name, names))
        .help(format!("formats are {}", list.join(", ")))
    })
}

/// Lists the formats and marks the one that is set.
#[must_use]
pub fn formats(set: Option<Format>) -> Answer {
    let row = |format: &Format| {
        let mark = if Some(*format) == set { "set" } else { "" };
        [format.name, format.help, mark].map(Value::from).into()
    };
    Answer {
        columns: ["format", "what it is", ""].map(str::to_owned).into(),
        rows: FORMATS.iter().map(row).collect(),
        ..Answer::default()
    }
}

impl Looks {
    /// Makes looks with a format, or with the usual one.
    #[must_use]
    pub fn new(format: Option<Format>) -> Self {
        Self {
            format,
            ..Self::default()
        }
    }

    /// Sends answers to a file from now on, or back to standard output.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write_to(&mut self, file: Option<&str>) -> Result<(), Diagnostic> {
        if let Some(file) = file {
            File::create(file).map_err(|error| cannot_write(Path::new(file), &error))?;
        }
        self.output = file.map(PathBuf::from);
        Ok(())
    }

    /// Shows the answer of a question, and beside it what is to be said of it.
    ///
    /// # Errors
    /// Where standard output cannot be written.
    pub fn show(
        &self,
        session: &mut Session,
        reply: &Reply,
        console: &Console,
    ) -> io::Result<Exit> {
        let exit = match self.destination(reply) {
            Ok(way) => self.write(session, &reply.answer, way, console)?,
            Err(error) => {
                console.show(&error, None);
                Exit::of(&error)
            }
        };
        if let Some(changes) = changed(&reply.answer.changes) {
            console.say(&changes);
        }
        for note in &reply.answer.notes {
            console.show(note, None);
        }
        if self.timer {
            let ms = reply.answer.elapsed.as_secs_f64() * 1e3;
            console.say(&format!("{ms:.1} ms"));
        }
        Ok(exit)
    }

    /// Shows a list of the program's own: of formats, of findings.
    ///
    /// # Errors
    /// Where standard output cannot be written.
    pub fn tell(&self, session: &Session, answer: &Answer, console: &Console) -> io::Result<()> {
        let rows = self.format.filter(|format| !format.picture);
        let format = rows.unwrap_or_else(|| usual(console));
        to_stdout(session, answer, format, PictureOptions::default(), console)
    }

    /// Gives the choices of a picture, with what its caption says of the inputs; rows need none.
    fn picture(&self, session: &mut Session, drawn: bool) -> Result<PictureOptions, Diagnostic> {
        let mut options = self.picture.clone();
        if drawn {
            picture::ask(&mut options, session)?;
        }
        let findings = session.findings().iter();
        options.not_understood = findings
            .filter(|finding| finding.code == &Code::UNKNOWN_TYPE)
            .count();
        Ok(options)
    }

    fn destination(&self, reply: &Reply) -> Result<(Option<Format>, Option<PathBuf>), Diagnostic> {
        let output = reply.output.as_ref();
        let own_file = output
            .and_then(|output| output.file.clone())
            .map(PathBuf::from);
        let own_format = match output.and_then(|output| output.format.as_deref()) {
            Some(name) => Some(format(name)?),
            None => None,
        };
        let file = own_file.clone().or_else(|| self.output.clone());
        let picture = output.is_some_and(|o| o.format.is_none() && o.file.is_none());
        let set = self.format.filter(|format| format.picture || !picture);
        let by_name = file.as_deref().and_then(Format::of_file);
        let by_name = by_name.filter(|format| format.picture || !picture);
        let drawn = picture.then_some(Format::named("dot")).flatten();
        let asked = match own_file {
            Some(_) => own_format.or(by_name).or(set),
            None => own_format.or(set).or(by_name).or(drawn),
        };
        Ok((asked, file))
    }

    fn write(
        &self,
        session: &mut Session,
        answer: &Answer,
        (format, file): (Option<Format>, Option<PathBuf>),
        console: &Console,
    ) -> io::Result<Exit> {
        let format = format.unwrap_or_else(|| match file {
            Some(_) => Format::PLAIN,
            None => usual(console),
        });
        let picture = match self.picture(session, format.picture) {
            Ok(picture) => picture,
            Err(error) => {
                console.show(&error, None);
                return Ok(Exit::of(&error));
            }
        };
        match file {
            Some(path) => Ok(self.write_file(session, answer, format, picture, &path, console)),
            None if format.binary && console.out_is_terminal => {
                console.show(&no_text(format), None);
                Ok(Exit::Wrong)
            }
            None => {
                to_stdout(session, answer, format, picture, console)?;
                Ok(Exit::Answered)
            }
        }
    }

    fn write_file(
        &self,
        session: &Session,
        answer: &Answer,
        format: Format,
        picture: PictureOptions,
        path: &Path,
        console: &Console,
    ) -> Exit {
        let appends = !format.picture && self.output.as_deref() == Some(path);
        let options = Options {
            picture,
            ..Options::default()
        };
        match to_file(session, answer, format, &options, path, appends) {
            Ok(notes) => {
                notes.iter().for_each(|note| console.show(note, None));
                // What goes to one file for long is said once, where it begins.
                if !appends {
                    console.say(&format!("written to {}", path.display()));
                }
                Exit::Answered
            }
            Err(error) => {
                let error = cannot_write(path, &error);
                console.show(&error, None);
                Exit::of(&error)
            }
        }
    }
}

fn no_text(format: Format) -> Diagnostic {
    let message = format!("`{}` is nothing for a terminal", format.name);
    Diagnostic::error(&Code::BAD_USAGE, message)
        .help("name a file, with `-o FILE` or `to \"FILE\"`, or send it to another program")
}

fn usual(console: &Console) -> Format {
    match console.out_is_terminal {
        true => Format::TABLE,
        false => Format::PLAIN,
    }
}

fn to_stdout(
    session: &Session,
    answer: &Answer,
    format: Format,
    picture: PictureOptions,
    console: &Console,
) -> io::Result<()> {
    let painter = |role: Role, text: &str| console.out.role(role, text);
    let decorated = console.out.is_on() && !format.machine;
    let options = Options {
        width: console.out_is_terminal.then(width).flatten(),
        painter: decorated.then_some(&painter),
        picture,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let notes = write(session, answer, format, &options, &mut out)?;
    out.flush()?;
    notes.iter().for_each(|note| console.show(note, None));
    Ok(())
}

fn to_file(
    session: &Session,
    answer: &Answer,
    format: Format,
    options: &Options<'_>,
    path: &Path,
    appends: bool,
) -> io::Result<Vec<Diagnostic>> {
    let file = match appends {
        true => OpenOptions::new().append(true).create(true).open(path)?,
        false => File::create(path)?,
    };
    let mut out = BufWriter::new(file);
    let notes = write(session, answer, format, options, &mut out)?;
    out.flush()?;
    Ok(notes)
}

fn write(
    session: &Session,
    answer: &Answer,
    format: Format,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> io::Result<Vec<Diagnostic>> {
    match &answer.text {
        Some(text) => writeln!(out, "{}", text.trim_end()).map(|()| Vec::new()),
        // A statement without RETURN has no table, not even an empty one.
        None if answer.columns.is_empty() && !format.picture && !format.machine => Ok(Vec::new()),
        None => render(answer, session.graph(), format, options, out),
    }
}

/// Says what a statement changed, if anything.
fn changed(changes: &Changes) -> Option<String> {
    let counts = [
        ("node", changes.nodes_added, changes.nodes_removed),
        (
            "edge",
            changes.relationships_added,
            changes.relationships_removed,
        ),
        (
            "value",
            changes.properties_added,
            changes.properties_removed,
        ),
        ("label", changes.labels_added, changes.labels_removed),
    ];
    let said = |what: &str, count: u64, how: &str| match count {
        0 => None,
        1 => Some(format!("1 {what} {how}")),
        _ => Some(format!("{count} {what}s {how}")),
    };
    let parts: Vec<String> = counts
        .into_iter()
        .flat_map(|(what, added, removed)| {
            [said(what, added, "added"), said(what, removed, "removed")]
        })
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Columns of the terminal; `COLUMNS` rules where it is set.
fn width() -> Option<usize> {
    let set = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    set.filter(|width| *width > 0)
        .or_else(super::terminal::width)
}

fn cannot_write(path: &Path, error: &io::Error) -> Diagnostic {
    let why = error.to_string().to_lowercase();
    let message = format!("cannot write `{}`: {why}", path.display());
    Diagnostic::error(&Code::CANNOT_WRITE, message)
}
