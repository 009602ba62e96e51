//! The words of a question as far as colours, brackets and the end of a statement need them.
//!
//! Far less than the grammar knows, but it never fails: a text half typed has tokens, too.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a keyword.
    Word,
    /// A number.
    Number,
    /// A string; its end may be missing.
    Text,
    /// A name in back-quotes; its end may be missing.
    Quoted,
    /// A comment; its end may be missing.
    Comment,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `;`.
    Semicolon,
    /// Any other sign.
    Sign,
    /// White space.
    Space,
}

/// A token: bytes from `start` up to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Takes a text apart; the tokens cover it without a gap.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first(rest);
        let end = start + length.max(1);
        found.push(Token { kind, start, end });
        start = end;
    }
    found
}

/// Gives the kind and the length of the first token of a text that is not empty.
fn first(rest: &str) -> (TokenKind, usize) {
    let mut chars = rest.chars();
    let head = chars.next().unwrap_or(' ');
    match head {
        '\'' | '"' => (TokenKind::Text, quoted(rest, head, true)),
        '`' => (TokenKind::Quoted, quoted(rest, head, false)),
        '(' | '[' | '{' => (TokenKind::Open, 1),
        ')' | ']' | '}' => (TokenKind::Close, 1),
        ';' => (TokenKind::Semicolon, 1),
        '/' if rest.starts_with("//") => {
            (TokenKind::Comment, rest.find('\n').unwrap_or(rest.len()))
        }
        '/' if rest.starts_with("/*") => {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            (TokenKind::Comment, end)
        }
        c if c.is_whitespace() => (TokenKind::Space, run(rest, char::is_whitespace)),
        c if c.is_ascii_digit() => {
            let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            (TokenKind::Number, length)
        }
        c if is_word(c) => (TokenKind::Word, run(rest, is_word)),
        c => (TokenKind::Sign, c.len_utf8()),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|c| !wanted(c)).unwrap_or(text.len())
}

/// Gives the length of a quoted text, up to the end where its closing quote is missing.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if escapes && c == '\\' {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

/// Tells whether a text ends with a `;` that is no part of a string or a comment.
#[must_use]
pub fn ends_with_semicolon(text: &str) -> bool {
    let last = tokens(text)
        .into_iter()
        .rfind(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    last.is_some_and(|token| token.kind == TokenKind::Semicolon)
}

/// Gives the place of the bracket that belongs to the one at `at`, if there is one at `at` and it
/// has a partner.
#[must_use]
pub fn partner(text: &str, at: usize) -> Option<usize> {
    let brackets: Vec<(usize, char)> = tokens(text)
        .into_iter()
        .filter(|token| matches!(token.kind, TokenKind::Open | TokenKind::Close))
        .filter_map(|token| Some((token.start, text[token.start..].chars().next()?)))
        .collect();
    let own = brackets.iter().position(|(place, _)| *place == at)?;
    let (_, bracket) = brackets[own];
    let (open, close) = pair_of(bracket);
    let mut depth = 0usize;
    let forward = bracket == open;
    let others: Box<dyn Iterator<Item = &(usize, char)>> = if forward {
        Box::new(brackets[own..].iter())
    } else {
        Box::new(brackets[..=own].iter().rev())
    };
    for (place, c) in others {
        if *c == bracket {
            depth += 1;
        } else if *c == open || *c == close {
            depth -= 1;
            if depth == 0 {
                return Some(*place);
            }
        }
    }
    None
}

fn pair_of(bracket: char) -> (char, char) {
    match bracket {
        '(' | ')' => ('(', ')'),
        '[' | ']' => ('[', ']'),
        _ => ('{', '}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_in_a_string_ends_nothing() {
        assert!(ends_with_semicolon("RETURN 1; // done"));
        assert!(!ends_with_semicolon("RETURN ';"));
        assert!(!ends_with_semicolon("RETURN ';'"));
        assert!(!ends_with_semicolon("RETURN 1 // ;"));
    }

    #[test]
    fn brackets_find_their_partner() {
        let text = "MATCH (a {b: ')'})-[r]->()";
        assert_eq!(partner(text, 6), Some(17));
        assert_eq!(partner(text, 17), Some(6));
        assert_eq!(partner(text, 0), None);
        assert_eq!(partner("((", 1), None);
    }

    #[test]
    fn tokens_cover_the_text() {
        let text = "what triggers 람다? 'open";
        let mut at = 0;
        for token in tokens(text) {
            assert_eq!(token.start, at);
            at = token.end;
        }
        assert_eq!(at, text.len());
    }
}
