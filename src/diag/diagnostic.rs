//! One diagnostic: an error, a warning, a finding in a template or a note to an answer.

use super::codes::Code;
use std::fmt::Write as _;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Belongs to the answer: a bound was reached, a service is closed.
    Note,
    /// Worth knowing; the answer stands.
    Warning,
    /// Something in a template that was not understood or looks wrong.
    Finding,
    /// No answer.
    Error,
}

/// Bytes of a text, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Makes a span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Gives the smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Gives the 1-based line and column (in characters) of the start within `text`.
    #[must_use]
    pub fn line_column(self, text: &str) -> (usize, usize) {
        let mut at = self.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |tail| tail.chars().count())
            + 1;
        (line, column)
    }
}

/// Where in a file something is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file as the user named it, or as found below what they named.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: u32,
    /// 1-based column in characters; 0 where it is not known.
    pub column: u32,
}

/// An error, a warning, a finding or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which one; all are listed in `CODES`.
    pub code: &'static Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line in the user's words: lower case, no full stop, their text in backticks.
    pub message: String,
    /// The place in the question, in bytes of its text.
    pub span: Option<Span>,
    /// The place in a file; boxed, so that a result that carries an error stays small.
    pub place: Option<Box<Place>>,
    /// What would have been right here.
    pub expected: Option<String>,
    /// What to do: the nearest name, another spelling, a flag.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// Makes an error.
    #[must_use]
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Makes a warning.
    #[must_use]
    pub fn warning(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Makes a finding.
    #[must_use]
    pub fn finding(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Finding, code, message)
    }

    /// Makes a note.
    #[must_use]
    pub fn note(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    fn new(severity: Severity, code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span: None,
            place: None,
            expected: None,
            help: Vec::new(),
        }
    }

    /// Says where in the question.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says where in a file.
    #[must_use]
    pub fn in_file(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// Says what would have been right.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds a piece of advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds "did you mean `NAME`?" where there is a near name.
    #[must_use]
    pub fn nearest(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Gives the text a person reads, without colours: message, place, the line of `source` with a
    /// caret under the span, what was expected, and advice. Ends with a line break.
    #[must_use]
    pub fn render(&self, source: Option<&str>) -> String {
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Finding => "finding",
            Severity::Error => "error",
        };
        let mut out = format!("{word}[{}]: {}\n", self.code.id, self.message);
        if let Some(place) = &self.place {
            let _ = match place.column {
                0 => writeln!(out, "  --> {}:{}", place.file, place.line),
                column => writeln!(out, "  --> {}:{}:{column}", place.file, place.line),
            };
        }
        if let (Some(span), Some(source)) = (self.span, source) {
            push_caret(&mut out, span, source);
        }
        if let Some(expected) = &self.expected {
            let _ = writeln!(out, "  expected: {expected}");
        }
        for help in &self.help {
            let _ = writeln!(out, "  help: {help}");
        }
        out
    }
}

/// Longest piece of a source line that is shown around a caret, in characters.
const EXCERPT: usize = 120;

fn push_caret(out: &mut String, span: Span, source: &str) {
    let (line, column) = span.line_column(source);
    let text = source
        .split('\n')
        .nth(line - 1)
        .unwrap_or("")
        .trim_end_matches('\r');
    let chars: Vec<char> = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let from = (column - 1).saturating_sub(EXCERPT / 2).min(chars.len());
    let from = if chars.len() <= EXCERPT { 0 } else { from };
    let to = (from + EXCERPT).min(chars.len());
    let shown: String = chars[from..to].iter().collect();
    let lead: String = chars[from..(column - 1).clamp(from, to)].iter().collect();
    let length = source.get(span.start..span.end).map_or(1, |marked| {
        marked.split('\n').next().map_or(0, UnicodeWidthStr::width)
    });
    let room = shown.width().saturating_sub(lead.width()).max(1);
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let _ = writeln!(out, " {gutter} |");
    let _ = writeln!(out, " {number} | {shown}");
    let caret = "^".repeat(length.clamp(1, room));
    let _ = writeln!(out, " {gutter} | {}{caret}", " ".repeat(lead.width()));
}
