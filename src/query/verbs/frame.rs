//! What stands around a question: `explain` or `profile` before it, `draw of` before it, and
//! `as FORMAT [to "FILE"]` behind it.
//!
//! Which formats there are is the business of who shows the answer.

use super::words::Word;
use super::words::words;
use crate::diag::Span;

/// Whether a question is run or explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Give the answer.
    #[default]
    Run,
    /// Give the core query and the plan.
    Explain,
    /// Run it and give the plan with rows and time.
    Profile,
}

/// Where an answer goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The format as the user named it; `None` for a picture of any kind (`draw of …`).
    pub format: Option<String>,
    /// The file; `None` for where answers usually go.
    pub file: Option<String>,
    /// Where in the question the format stands.
    pub span: Option<Span>,
}

impl Output {
    /// A picture, in whatever format the desk thinks best.
    pub(super) fn picture() -> Self {
        Self::default()
    }
}

/// A line, taken apart.
#[derive(Debug)]
pub(super) struct Frame {
    /// The question itself.
    pub(super) body: Span,
    /// The question behind `draw [of]`, where the body begins so: it may be a verb of its own.
    pub(super) drawn: Option<Span>,
    /// Whether it begins as a core query does.
    pub(super) is_core: bool,
    pub(super) mode: Mode,
    pub(super) output: Option<Output>,
}

impl Frame {
    /// Takes a line apart; `core` are the words that begin a core query.
    pub(super) fn read(line: &str, core: &[String]) -> Frame {
        let words = words(line);
        let (mode, first) = mode(&words);
        let draws = first_is(&words[first..], "draw");
        let of = usize::from(first_is(words.get(first + 1..).unwrap_or(&[]), "of"));
        let behind = first + 1 + of;
        // `draw` and a core query or a verb: the picture of its answer. `draw` alone and `draw X`
        // are rows of the table.
        let drawn_core = draws && begins_core(&words[behind.min(words.len())..], core);
        let first = if drawn_core { behind } else { first };
        let is_core = begins_core(&words[first..], core);
        let (last, named) = output(line, &words, is_core);
        let picture = drawn_core.then(Output::picture);
        let drawn = draws && !drawn_core && behind < last;
        Frame {
            body: body(line, &words, first, last),
            drawn: drawn.then(|| body(line, &words, behind, last)),
            is_core,
            mode,
            output: named.or(picture),
        }
    }

    /// Gives the line with `as FORMAT` read as words of the question; `None` where a file is named
    /// behind it or it was not there.
    pub(super) fn whole(&self) -> Option<Frame> {
        let output = self
            .output
            .as_ref()
            .filter(|output| output.file.is_none())?;
        Some(Frame {
            body: self.body.to(output.span?),
            drawn: None,
            is_core: self.is_core,
            mode: self.mode,
            output: None,
        })
    }

    /// Tells whether there was anything around the question.
    pub(super) fn says_something(&self) -> bool {
        self.mode != Mode::Run || self.output.is_some()
    }
}

fn mode(words: &[Word]) -> (Mode, usize) {
    match words.first() {
        Some(word) if word.quoted => (Mode::Run, 0),
        Some(word) if word.text == "explain" => (Mode::Explain, 1),
        Some(word) if word.text == "profile" => (Mode::Profile, 1),
        _ => (Mode::Run, 0),
    }
}

fn first_is(words: &[Word], wanted: &str) -> bool {
    words
        .first()
        .is_some_and(|word| !word.quoted && word.text == wanted)
}

fn begins_core(words: &[Word], core: &[String]) -> bool {
    let Some(word) = words.first() else {
        return false;
    };
    let letters = word.text.find(|c: char| !c.is_alphanumeric() && c != '_');
    let head = &word.text[..letters.unwrap_or(word.text.len())];
    word.text.starts_with("//") || word.text.starts_with("/*") || core.iter().any(|c| c == head)
}

/// Gives the bytes from a word on up to another, with the punctuation behind it.
fn body(line: &str, words: &[Word], first: usize, last: usize) -> Span {
    let start = words
        .get(first)
        .map_or(line.len(), |word| outer(word).start);
    let end = words.get(last).map_or(line.len(), |word| outer(word).start);
    let start = start.min(end);
    let length = line.get(start..end).map_or(0, |text| text.trim_end().len());
    Span::new(start, start + length)
}

/// The place of a word with its quotes.
fn outer(word: &Word) -> Span {
    let quote = usize::from(word.quoted);
    Span::new(word.span.start - quote, word.span.end + quote)
}

/// Reads `as FORMAT [to FILE]` off the end; gives the word it begins at.
fn output(line: &str, words: &[Word], is_core: bool) -> (usize, Option<Output>) {
    let none = (words.len(), None);
    let is = |at: usize, text: &str| first_is(&words[at.min(words.len())..], text);
    let with_file = words
        .len()
        .checked_sub(4)
        .filter(|at| is(*at, "as") && is(at + 2, "to"));
    let without = words.len().checked_sub(2).filter(|at| is(*at, "as"));
    // In a core query `RETURN p AS dot` names a column; only what cannot be a name is ours.
    let without = without.filter(|at| !is_core || *at >= 2 && is(at - 2, "as"));
    let Some(at) = with_file.or(without).filter(|at| *at > 0) else {
        return none;
    };
    let slice = |word: &Word| line[word.span.start..word.span.end].to_owned();
    let Some(format) = words.get(at + 1) else {
        return none;
    };
    let file = with_file.and_then(|at| words.get(at + 3)).map(slice);
    let output = Output {
        format: Some(format.text.clone()),
        file,
        span: Some(format.span),
    };
    (at, Some(output))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, Frame) {
        let frame = Frame::read(line, &["match".to_owned()]);
        (
            line[frame.body.start..frame.body.end].trim().to_owned(),
            frame,
        )
    }

    #[test]
    fn takes_a_line_apart() {
        let (body, frame) = read("explain paths from A to B as svg to \"My File.svg\"");
        assert_eq!(body, "paths from A to B");
        assert_eq!(frame.mode, Mode::Explain);
        let file = frame.output.and_then(|output| output.file);
        assert_eq!(file.as_deref(), Some("My File.svg"));
    }

    #[test]
    fn leaves_names_of_columns_to_the_core() {
        assert!(read("MATCH (n) RETURN n AS dot").1.output.is_none());
        let (body, frame) = read("MATCH (n) RETURN n.name AS name as csv");
        assert_eq!(body, "MATCH (n) RETURN n.name AS name");
        assert!(frame.output.is_some());
        assert!(read("draw of MATCH (n) RETURN n").1.is_core);
    }
}
