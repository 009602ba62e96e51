//! Statements of a text: what a file or a pipe holds.
//!
//! `;` ends a statement, and so does the end of a line that is a verb or a command of the prompt.
//! Of a core query as many lines are taken as parse together.

use super::tokens::TokenKind;
use super::tokens::tokens;
use crate::query::parse_core;
use crate::session::Completeness;
use crate::session::completeness;

/// Most lines that are tried together as one statement.
const LONGEST: usize = 500;

/// Keywords that begin a core query.
pub const STARTS: &[&str] = &[
    "CALL", "CREATE", "DELETE", "DETACH", "FOREACH", "MATCH", "MERGE", "OPTIONAL", "REMOVE",
    "RETURN", "SET", "UNWIND", "WITH",
];

/// Takes a text apart into statements, without the `;` and without what is empty.
#[must_use]
pub fn statements(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for token in tokens(text) {
        if token.kind == TokenKind::Semicolon && token.start >= start {
            let piece = &text[start..token.start];
            start = token.end;
            // A command takes its line as it is, `;` and all.
            match piece.rsplit('\n').next().filter(|last| is_command(last)) {
                Some(last) => {
                    pieces(&piece[..piece.len() - last.len()], &mut found);
                    found.push(last.trim());
                }
                None => pieces(piece, &mut found),
            }
        }
    }
    pieces(&text[start..], &mut found);
    found
}

/// Tells whether a line is a command of the prompt and not a question.
#[must_use]
pub fn is_command(line: &str) -> bool {
    let mut chars = line.trim_start().chars();
    matches!(chars.next(), Some(':' | '.' | '\\'))
        && chars.next().is_none_or(|c| c.is_alphabetic() || c == '?')
}

/// Tells whether a word begins a core query.
#[must_use]
pub fn begins_core(word: &str) -> bool {
    STARTS.iter().any(|start| start.eq_ignore_ascii_case(word))
}

/// Takes statements off a text without `;`, one after the other.
fn pieces<'a>(mut text: &'a str, found: &mut Vec<&'a str>) {
    while !is_silent(text) {
        let length = first(text);
        let (statement, rest) = text.split_at(length);
        if !is_silent(statement) {
            found.push(statement.trim());
        }
        text = rest;
    }
}

/// Gives the length of the first statement of a text that is not silent.
fn first(text: &str) -> usize {
    let mut ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    ends.push(text.len());
    let silent = ends.partition_point(|end| is_silent(&text[..*end]));
    let ends = &ends[silent.min(ends.len() - 1)..];
    if !is_core(text) {
        return ends[0];
    }
    let bound = next_query(text).unwrap_or(text.len());
    let near = ends.iter().filter(|end| **end <= bound).count();
    let few = &ends[..near.clamp(1, LONGEST)];
    let parses = |end: &&usize| parse_core(text[..**end].trim()).is_ok();
    let whole = |end: &&usize| completeness(&text[..**end]) == Completeness::Whole;
    let found = few.iter().rev().find(parses).or(few.iter().find(whole));
    found.copied().unwrap_or(text.len())
}

/// Gives where a line begins another core query: after RETURN only UNION goes on with clauses.
fn next_query(text: &str) -> Option<usize> {
    let (mut depth, mut returned, mut fresh) = (0usize, false, true);
    for token in tokens(text) {
        let word = &text[token.start..token.end];
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Space => {
                fresh |= word.contains('\n');
                continue;
            }
            TokenKind::Word if depth == 0 && word.eq_ignore_ascii_case("union") => returned = false,
            TokenKind::Word if depth == 0 && fresh && returned && begins_core(word) => {
                return Some(token.start);
            }
            TokenKind::Word if depth == 0 && word.eq_ignore_ascii_case("return") => returned = true,
            _ => {}
        }
        fresh = false;
    }
    None
}

/// Tells whether there is nothing but space and comments.
fn is_silent(text: &str) -> bool {
    let mut tokens = tokens(text).into_iter();
    tokens.all(|token| matches!(token.kind, TokenKind::Space | TokenKind::Comment))
}

/// Tells whether the first word of a text begins a core query, explained or not.
fn is_core(text: &str) -> bool {
    let words = tokens(text).into_iter();
    let mut words = words
        .filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment))
        .map(|token| &text[token.start..token.end]);
    let first = words.next().unwrap_or_default();
    let explained = ["explain", "profile"]
        .iter()
        .any(|w| w.eq_ignore_ascii_case(first));
    begins_core(if explained {
        words.next().unwrap_or_default()
    } else {
        first
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_end_with_their_line() {
        let text = "services\n\ntriggers of Lambda\n:format json\n";
        assert_eq!(
            statements(text),
            ["services", "triggers of Lambda", ":format json"]
        );
    }

    #[test]
    fn a_core_query_takes_the_lines_that_parse_together() {
        let text = "// all\nMATCH (n)\nRETURN n\nORDER BY n.id\nMATCH (m) RETURN m\nservices";
        assert_eq!(
            statements(text),
            [
                "// all\nMATCH (n)\nRETURN n\nORDER BY n.id",
                "MATCH (m) RETURN m",
                "services"
            ]
        );
    }

    #[test]
    fn a_semicolon_ends_what_is_wrong() {
        let text = "RETURN (;\nRETURN ';' AS a; :quit; RETURN 2";
        assert_eq!(
            statements(text),
            ["RETURN (", "RETURN ';' AS a", ":quit", "RETURN 2"]
        );
    }
}
