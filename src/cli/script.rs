//! Statements of a text: what a file or a pipe holds.
//!
//! `;` ends a statement. A piece between two `;` that is whole as it stands is one statement over
//! as many lines as it has; else it is read as at the prompt, where a line that is whole ends one.
//! A line that starts with `:` is a command of the prompt.

use super::tokens::TokenKind;
use super::tokens::tokens;
use crate::session::Completeness;
use crate::session::completeness;

/// Most lines that are tried together as one statement.
const LONGEST: usize = 500;

/// Takes a text apart into statements, without the `;` and without what is empty.
#[must_use]
pub fn statements(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for token in tokens(text) {
        if token.kind == TokenKind::Semicolon {
            piece(&text[start..token.start], &mut found);
            start = token.end;
        }
    }
    piece(&text[start..], &mut found);
    found
}

/// Tells whether a line is a command of the prompt and not a question.
#[must_use]
pub fn is_command(line: &str) -> bool {
    line.trim_start().starts_with([':', '.', '\\'])
}

fn piece<'a>(text: &'a str, found: &mut Vec<&'a str>) {
    let text = text.trim();
    if is_silent(text) {
        return;
    }
    if is_command(text) {
        let (command, rest) = text.split_once('\n').unwrap_or((text, ""));
        found.push(command.trim());
        piece(rest, found);
    } else if !text.contains('\n') || is_whole(text) {
        found.push(text);
    } else {
        by_line(text, found);
    }
}

/// Tells whether there is nothing but space and comments.
fn is_silent(text: &str) -> bool {
    tokens(text)
        .iter()
        .all(|token| matches!(token.kind, TokenKind::Space | TokenKind::Comment))
}

fn is_whole(text: &str) -> bool {
    matches!(completeness(text), Completeness::Whole)
}

/// Takes off the fewest lines that are whole together; all of them where none are.
fn by_line<'a>(text: &'a str, found: &mut Vec<&'a str>) {
    let ends = text.match_indices('\n').map(|(at, _)| at).take(LONGEST);
    for end in ends {
        let head = &text[..end];
        if is_silent(head) {
            continue;
        }
        if is_whole(head) {
            found.push(head.trim());
            return piece(&text[end..], found);
        }
    }
    found.push(text);
}
