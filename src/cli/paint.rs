//! Colours, and who gets them; the sole user of `colored`.

use crate::diag::Diagnostic;
use crate::render::Role;
use clap::ValueEnum;
use colored::Color;
use colored::Colorize;
use std::env;
use std::io;
use std::io::IsTerminal;
use std::io::Write;

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb` says no or `CLICOLOR_FORCE` says yes.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Decides: the flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then what is at the other end.
    fn decide(self, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if is_set("NO_COLOR") => false,
            Self::Auto if env::var("CLICOLOR_FORCE").is_ok_and(|v| !v.is_empty() && v != "0") => {
                true
            }
            Self::Auto => terminal && env::var("TERM").is_ok_and(|term| term != "dumb"),
        }
    }
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// An error and what marks its place.
    Error,
    /// A warning or a finding.
    Warning,
    /// A remark, a help line.
    Note,
    /// Lines of a frame, hints: there if wanted.
    Quiet,
    /// A keyword of the language.
    Keyword,
    /// A string or a number.
    Literal,
    /// A label or a kind.
    Label,
    /// A name of what is loaded.
    Name,
    /// A heading.
    Strong,
    /// A bracket and its partner.
    Match,
}

/// Colours text for one stream, or leaves it as it is.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Makes a paint that colours or does not.
    #[must_use]
    pub fn new(on: bool) -> Self {
        if on {
            // The decision is made here; the library shall not make its own.
            colored::control::set_override(true);
        }
        Self { on }
    }

    /// Tells whether colours are wanted.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.on
    }

    /// Colours a text.
    #[must_use]
    pub fn tone(self, tone: Tone, text: &str) -> String {
        if !self.on {
            return text.to_owned();
        }
        let painted = match tone {
            Tone::Error => text.color(Color::Red).bold(),
            Tone::Warning => text.color(Color::Yellow).bold(),
            Tone::Note => text.color(Color::Cyan),
            Tone::Quiet => text.dimmed(),
            Tone::Keyword => text.color(Color::Blue).bold(),
            Tone::Literal => text.color(Color::Green),
            Tone::Label => text.color(Color::Magenta),
            Tone::Name => text.color(Color::Cyan),
            Tone::Strong => text.bold(),
            Tone::Match => text.bold().underline(),
        };
        painted.to_string()
    }

    /// Colours a piece of an answer by its role.
    #[must_use]
    pub fn role(self, role: Role, text: &str) -> String {
        let tone = match role {
            Role::Plain => return text.to_owned(),
            Role::Head => Tone::Strong,
            Role::Name => Tone::Name,
            Role::Label | Role::Kind => Tone::Label,
            Role::Number | Role::Quoted => Tone::Literal,
            Role::Word => Tone::Keyword,
            Role::Dim => Tone::Quiet,
        };
        self.tone(tone, text)
    }

    /// Renders a diagnostic; `source` is the question its span is in.
    #[must_use]
    pub fn diagnostic(self, diagnostic: &Diagnostic, source: Option<&str>) -> String {
        let plain = diagnostic.render(source);
        if !self.on {
            return plain;
        }
        plain.lines().map(|line| self.line(line) + "\n").collect()
    }

    /// Colours one line of a rendered diagnostic by how it begins.
    fn line(self, line: &str) -> String {
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        if let Some((head, rest)) = body.split_once("]: ").filter(|_| indent.is_empty()) {
            let tone = match head.split('[').next() {
                Some("error") => Tone::Error,
                Some("warning" | "finding") => Tone::Warning,
                _ => Tone::Note,
            };
            let head = self.tone(tone, &format!("{head}]"));
            return format!("{head}: {}", self.tone(Tone::Strong, rest));
        }
        if let Some(rest) = body.strip_prefix("--> ") {
            return format!("{indent}{} {rest}", self.tone(Tone::Quiet, "-->"));
        }
        for word in ["help:", "expected:"] {
            if let Some(rest) = body.strip_prefix(word) {
                return format!("{indent}{}{rest}", self.tone(Tone::Note, word));
            }
        }
        match line.split_once('|') {
            Some((gutter, rest)) if rest.trim_start().starts_with('^') => {
                let gutter = self.tone(Tone::Quiet, &format!("{gutter}|"));
                format!("{gutter}{}", self.tone(Tone::Error, rest))
            }
            Some((gutter, rest)) => {
                format!("{}{rest}", self.tone(Tone::Quiet, &format!("{gutter}|")))
            }
            None => line.to_owned(),
        }
    }
}

/// The two streams of the program and how each is painted.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    /// For the answer.
    pub out: Paint,
    /// For everything else.
    pub err: Paint,
    /// Whether the answer goes to a terminal.
    pub out_is_terminal: bool,
    /// Whether messages go to a terminal.
    pub err_is_terminal: bool,
}

impl Console {
    /// Looks at the environment and at both streams.
    #[must_use]
    pub fn new(when: When) -> Self {
        let out_is_terminal = io::stdout().is_terminal();
        let err_is_terminal = io::stderr().is_terminal();
        Self {
            out: Paint::new(when.decide(out_is_terminal)),
            err: Paint::new(when.decide(err_is_terminal)),
            out_is_terminal,
            err_is_terminal,
        }
    }

    /// Tells whether a sign of life may be drawn.
    #[must_use]
    pub fn wants_progress(&self) -> bool {
        self.err_is_terminal && env::var("TERM").is_ok_and(|term| term != "dumb")
    }

    /// Says a line to the person, beside the answer.
    pub fn say(&self, line: &str) {
        // Where nobody listens there is nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Shows a diagnostic in one line, as compilers do: `file:line: error: …`.
    pub fn show_line(&self, diagnostic: &Diagnostic) {
        let place = diagnostic.place.as_ref().map_or(String::new(), |place| {
            let column = match place.column {
                0 => String::new(),
                column => format!("{column}:"),
            };
            format!("{}:{}:{column} ", place.file, place.line)
        });
        let plain = diagnostic.render(None);
        let head = plain.lines().next().unwrap_or_default();
        self.say(&format!("{place}{}", self.err.line(head)));
    }

    /// Shows a diagnostic beside the answer.
    pub fn show(&self, diagnostic: &Diagnostic, source: Option<&str>) {
        let text = self.err.diagnostic(diagnostic, source);
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
