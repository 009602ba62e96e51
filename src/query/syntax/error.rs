//! A refusal of the grammar in the user's words: what stands at the furthest place that could be
//! read, what could stand there, and what was probably meant.

use super::expected::Expected;
use super::hints;
use super::keywords::{CLAUSES, KEYWORDS, is_reserved};
use super::rules::Refusal;
use super::scan::{Bracket, Trivia, enclosing, too_deep};
use super::unexpected;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use pest::error::{ErrorVariant, InputLocation};

/// Puts a refusal into words.
pub(super) fn explain(text: &str, trivia: &Trivia, refusal: &Refusal) -> Diagnostic {
    let at = match refusal.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let ErrorVariant::ParsingError { positives, .. } = &refusal.variant else {
        // Steps or stack used up: no text of ordinary shape comes here.
        return too_deep(None);
    };
    let place = Place::new(text, trivia, at);
    let expected = Expected::new(positives);
    let diagnostic = advised(place.refusal(), &place, &expected).at(place.span());
    if let Some(quote) = place.open_quote() {
        return diagnostic.expected(format!("{quote} at the end of the text or name"));
    }
    let bracket = place.bracket.filter(|_| expected.may_close());
    match expected.line(bracket.map(|bracket| bracket.closing)) {
        Some(expected) => diagnostic.expected(expected),
        None => diagnostic,
    }
}

/// Adds one piece of advice: what a neighbour's spelling is here, or which word was meant.
fn advised(diagnostic: Diagnostic, place: &Place<'_>, expected: &Expected) -> Diagnostic {
    if place.open_quote().is_some() {
        return diagnostic;
    }
    if let Some(help) = hints::find(place.text, place.at, expected) {
        return diagnostic.help(help);
    }
    let parentheses = place.bracket.filter(|bracket| bracket.opening == '(');
    let list =
        parentheses.and_then(|open| hints::list_in_parentheses(place.text, place.at, open.at));
    if let Some(help) = list {
        return diagnostic.help(help);
    }
    if let (true, Some(bracket)) = (place.ended, place.bracket) {
        let (line, column) = Span::new(bracket.at, bracket.at).line_column(place.text);
        let opening = bracket.opening;
        return diagnostic.help(format!(
            "the `{opening}` at line {line}, column {column} is not closed"
        ));
    }
    let word = place.word();
    if expected.has("a pattern") && !word.is_empty() && !is_reserved(word) {
        return diagnostic.help(format!("a node stands in parentheses: `({word})`"));
    }
    if place.is_meant_as_name() && (expected.has("an expression") || expected.has("a variable")) {
        return diagnostic.help(format!(
            "`{word}` is a word of the language; as a name it stands in back-quotes"
        ));
    }
    diagnostic.nearest(meant(word, expected))
}

/// The keyword that was probably meant.
fn meant<'e>(word: &str, expected: &'e Expected) -> Option<&'e str> {
    let mut all = KEYWORDS.iter().map(|(keyword, _)| *keyword);
    if word.len() < 2 || all.clone().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    let clauses: &[&str] = if expected.has("a clause") {
        CLAUSES
    } else {
        &[]
    };
    let likely = clauses.iter().copied().chain(expected.keywords());
    nearest(word, likely).or_else(|| nearest(word, all.by_ref()))
}

/// The place of a refusal.
struct Place<'t> {
    text: &'t str,
    at: usize,
    /// Nothing but blanks and comments follows.
    ended: bool,
    /// The bracket that is open here.
    bracket: Option<Bracket>,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, trivia: &Trivia, at: usize) -> Self {
        // Between two nodes the grammar looks into the second one; the fault lies before it.
        let at = hints::between_nodes(text, at).unwrap_or(at);
        Self {
            text,
            at,
            ended: at >= trivia.end_of_words,
            bracket: enclosing(text, at),
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The word that stands there, if letters do.
    fn word(&self) -> &'t str {
        let rest = self.rest();
        let in_word = |c: char| c.is_alphanumeric() || c == '_';
        &rest[..rest.find(|c| !in_word(c)).unwrap_or(rest.len())]
    }

    /// A reserved word that stands where a name could, and no clause follows.
    fn is_meant_as_name(&self) -> bool {
        let word = self.word();
        let behind = self.rest()[word.len()..].trim_start();
        is_reserved(word) && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '(')
    }

    /// The word, the quoted text, or else the one character that stands there.
    fn shown(&self) -> &'t str {
        let word = self.word();
        if !word.is_empty() {
            return word;
        }
        let rest = self.rest();
        let first = rest.chars().next();
        let quote = first.filter(|c| matches!(c, '\'' | '"' | '`'));
        let end = quote
            .and_then(|quote| rest[1..].find(quote))
            .map(|end| end + 2);
        &rest[..end.unwrap_or(first.map_or(0, char::len_utf8))]
    }

    /// The quote that begins here and has no end.
    fn open_quote(&self) -> Option<&'t str> {
        let shown = self.shown();
        matches!(shown, "'" | "\"" | "`").then_some(shown)
    }

    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.shown().len())
    }

    fn refusal(&self) -> Diagnostic {
        let shown = self.shown();
        if self.ended || shown.is_empty() {
            return unexpected(match self.text.trim().is_empty() {
                true => "there is no question",
                false => "the question ends too early",
            });
        }
        if self.open_quote().is_some() {
            return unexpected("a quote that begins here has no end");
        }
        match shown.chars().next() {
            Some(c) if !c.is_ascii() && !c.is_alphanumeric() => Diagnostic::error(
                &Code::INVALID_UNICODE_CHARACTER,
                format!("`{c}` (U+{:04X}) is no sign of the language", u32::from(c)),
            ),
            _ => unexpected(format!("`{shown}` cannot stand here")),
        }
    }
}
