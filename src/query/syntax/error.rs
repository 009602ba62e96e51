//! A refusal of the grammar in the user's words: what stands at the furthest place that could be
//! read, what could stand there, and what was probably meant.

use super::hints;
use super::human;
use super::keywords::{CLAUSES, KEYWORDS};
use super::rules::{Refusal, Rule};
use super::scan::{Trivia, too_deep};
use super::unexpected;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use pest::error::{ErrorVariant, InputLocation};

/// Most things that are listed behind "expected".
const MOST_EXPECTED: usize = 6;

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
    let diagnostic = place.refusal().at(place.span());
    let diagnostic = match expected(positives) {
        Some(expected) => diagnostic.expected(expected),
        None => diagnostic,
    };
    advised(diagnostic, &place, positives)
}

fn advised(diagnostic: Diagnostic, place: &Place<'_>, positives: &[Rule]) -> Diagnostic {
    if let Some(help) = hints::find(place.text, place.at) {
        return diagnostic.help(help);
    }
    let clauses = positives
        .iter()
        .any(|rule| human::words(*rule) == "a clause");
    let keywords: &[&str] = if clauses { CLAUSES } else { &[] };
    let expected = positives.iter().map(|rule| human::words(*rule));
    let expected = expected.map(|word| word.trim_matches('`'));
    let known = keywords.iter().copied().chain(expected);
    let all = KEYWORDS.iter().map(|(word, _)| *word);
    let word = place.word();
    if word.len() < 2 {
        return diagnostic;
    }
    let near = nearest(word, known).or_else(|| nearest(word, all));
    diagnostic.nearest(near.filter(|near| !near.eq_ignore_ascii_case(word)))
}

/// Lists what could stand there, each thing once, words of the language first.
fn expected(positives: &[Rule]) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for rule in positives {
        let word = human::words(*rule);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.sort_by_key(|word| (*word == human::words(Rule::EOI), !word.starts_with('`')));
    let more = words.len() > MOST_EXPECTED;
    words.truncate(MOST_EXPECTED);
    let last = words.pop()?;
    if words.is_empty() {
        return Some(last.to_owned());
    }
    let rest = words.join(", ");
    Some(if more {
        format!("{rest}, {last}, …")
    } else {
        format!("{rest} or {last}")
    })
}

/// The place of a refusal.
struct Place<'t> {
    text: &'t str,
    at: usize,
    ended: bool,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, trivia: &Trivia, at: usize) -> Self {
        Self {
            text,
            at,
            ended: at >= trivia.end_of_words,
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

    /// The word, or else the one character that stands there.
    fn shown(&self) -> &'t str {
        let word = self.word();
        if !word.is_empty() {
            return word;
        }
        let first = self.rest().chars().next().map_or(0, char::len_utf8);
        &self.rest()[..first]
    }

    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.shown().len())
    }

    fn refusal(&self) -> Diagnostic {
        let shown = self.shown();
        if self.ended || shown.is_empty() {
            return unexpected(if self.text.trim().is_empty() {
                "there is no question"
            } else {
                "the question ends too early"
            });
        }
        match shown.chars().next() {
            Some(quote @ ('\'' | '"' | '`')) => unexpected(format!(
                "the text that begins here has no `{quote}` at its end"
            )),
            Some(c) if !c.is_ascii() && !c.is_alphanumeric() => Diagnostic::error(
                &Code::INVALID_UNICODE_CHARACTER,
                format!("`{c}` (U+{:04X}) is no sign of the language", u32::from(c)),
            ),
            _ => unexpected(format!("`{shown}` cannot stand here")),
        }
    }
}
