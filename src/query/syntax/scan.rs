//! One look over the text before the grammar: how long it is, how deeply it nests, where comments
//! and rare blanks lie, and whether something was left open.
//!
//! Knows brackets, quotes, comments, blanks and the words CASE and END; knows no grammar.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use std::borrow::Cow;

/// Longest text of a query, in bytes.
pub const MAX_TEXT: usize = 8 << 20;

/// Deepest nesting: of brackets and CASE in the text, and of the tree that is made of it. What
/// walks the tree may rely on it.
pub const MAX_DEPTH: usize = 256;

/// Signs of arithmetic between bare numbers from which a row of them nests too deeply, whatever they
/// are: every one joins two operands, and few levels of precedence share them.
const LONGEST_ROW: usize = 16 * MAX_DEPTH;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Trivia {
    /// Comments and blanks beyond ASCII, in order.
    comments: Vec<Span>,
    /// Deepest nesting.
    pub(super) depth: usize,
    /// A bracket, a quote or a comment was not closed.
    pub(super) open: bool,
    /// The last comment was not closed.
    open_comment: bool,
    /// Where the last word ends; blanks and comments follow.
    pub(super) end_of_words: usize,
}

impl Trivia {
    /// Takes blanks and comments off the end of a span.
    pub(super) fn trim(&self, text: &str, mut span: Span) -> Span {
        let last = text.as_bytes().get(span.end.wrapping_sub(1));
        if self.comments.is_empty() && last.is_some_and(u8::is_ascii_graphic) {
            return span;
        }
        loop {
            let piece = text.get(span.start..span.end).unwrap_or("");
            span.end = span.start + piece.trim_end_matches(is_blank).len();
            let at = self.comments.partition_point(|c| c.end < span.end);
            match self.comments.get(at) {
                Some(comment) if comment.end == span.end && comment.start >= span.start => {
                    span.end = comment.start;
                }
                _ => return span,
            }
        }
    }

    /// The text with a tab for every byte of its comments and of blanks beyond ASCII, so that the
    /// grammar, which would try them between any two words, need not know of them. One that is not closed stays and is
    /// refused.
    pub(super) fn without_comments<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let closed = self.comments.len() - usize::from(self.open_comment);
        if closed == 0 {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        for comment in &self.comments[..closed] {
            plain.push_str(text.get(plain.len()..comment.start).unwrap_or(""));
            plain.extend(std::iter::repeat_n('\t', comment.end - plain.len()));
        }
        plain.push_str(text.get(plain.len()..).unwrap_or(""));
        Cow::Owned(plain)
    }
}

/// A bracket that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bracket {
    pub(super) at: usize,
    pub(super) opening: char,
    pub(super) closing: char,
}

/// The innermost bracket that is open at a place. Looks at the text before it once.
pub(super) fn enclosing(text: &str, at: usize) -> Option<Bracket> {
    let before = text.get(..at)?;
    let mut scanner = Scanner::new(before);
    while scanner.at < before.len() {
        scanner.step().ok()?;
    }
    let open = scanner.open.into_iter().rev();
    open.filter_map(|at| bracket(before, at)).next()
}

/// The bracket at a place; none where CASE was opened.
fn bracket(text: &str, at: usize) -> Option<Bracket> {
    let opening = text.get(at..)?.chars().next()?;
    let closing = match opening {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    Some(Bracket {
        at,
        opening,
        closing,
    })
}

/// The refusal of a text that nests too deeply.
pub(super) fn too_deep(span: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &Code::NESTING_TOO_DEEP,
        format!("nested more than {MAX_DEPTH} levels deep"),
    )
    .help("name parts of it by `WITH … AS name`, or hand a list over as a parameter");
    match span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn too_long(length: usize) -> Diagnostic {
    Diagnostic::error(
        &Code::QUERY_TOO_LONG,
        format!("the question is {length} bytes long, more than {MAX_TEXT}"),
    )
    .help("hand data over as a parameter")
}

/// Looks over a text once.
pub(super) fn scan(text: &str) -> Result<Trivia, Diagnostic> {
    if text.len() > MAX_TEXT {
        return Err(too_long(text.len()));
    }
    let mut scanner = Scanner::new(text);
    while scanner.at < scanner.bytes.len() {
        scanner.step()?;
    }
    scanner.seen.open |= !scanner.open.is_empty();
    let end = scanner.seen.end_of_words;
    scanner.seen.end_of_words = end.min(text.len());
    Ok(scanner.seen)
}

/// Tells what separates words, in ASCII as the grammar has it.
fn is_blank(c: char) -> bool {
    matches!(c, '\t'..=' ') || c.is_whitespace()
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Where brackets and CASE were opened that are not closed yet.
    open: Vec<usize>,
    /// Signs of arithmetic since the last thing that is neither one nor a number.
    row: usize,
    seen: Trivia,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            open: Vec::new(),
            row: 0,
            seen: Trivia::default(),
        }
    }

    fn step(&mut self) -> Result<(), Diagnostic> {
        match self.byte(0) {
            b'\t'..=b' ' => {
                self.at += 1;
                return Ok(());
            }
            b'/' if self.byte(1) == b'*' => return self.block_comment(),
            b'/' if self.byte(1) == b'/' => return self.line_comment(),
            0x80.. if self.blank_beyond_ascii() => return Ok(()),
            b'+' | b'-' | b'*' | b'/' | b'%' | b'^' => self.sign()?,
            b'0'..=b'9' | b'.' => self.at += 1,
            b'_' => self.word()?,
            byte => {
                self.row = 0;
                self.other(byte)?;
            }
        }
        self.seen.end_of_words = self.at;
        Ok(())
    }

    fn other(&mut self, byte: u8) -> Result<(), Diagnostic> {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => return self.word(),
            b'\'' | b'"' | b'`' => self.quoted(byte),
            b'(' | b'[' | b'{' => return self.nest(1),
            b')' | b']' | b'}' => self.leave(),
            _ => self.at += 1,
        }
        Ok(())
    }

    /// Refuses a long row of signs before the grammar has read all of it.
    fn sign(&mut self) -> Result<(), Diagnostic> {
        self.at += 1;
        self.row += 1;
        match self.row > LONGEST_ROW {
            true => Err(too_deep(Some(Span::new(self.at - 1, self.at)))),
            false => Ok(()),
        }
    }

    /// Passes a blank beyond ASCII, if one stands here.
    fn blank_beyond_ascii(&mut self) -> bool {
        let first = self.text.get(self.at..).and_then(|t| t.chars().next());
        let Some(blank) = first.filter(|first| is_blank(*first)) else {
            return false;
        };
        let start = self.at;
        self.at += blank.len_utf8();
        self.seen.comments.push(Span::new(start, self.at));
        true
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn line_comment(&mut self) -> Result<(), Diagnostic> {
        let start = self.at;
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let length = self.bytes[start..].iter().position(ends);
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        self.seen.comments.push(Span::new(start, self.at));
        Ok(())
    }

    fn block_comment(&mut self) -> Result<(), Diagnostic> {
        let start = self.at;
        let body = self.bytes.get(start + 2..).unwrap_or(&[]);
        let length = body.windows(2).position(|piece| piece == b"*/");
        self.at = length.map_or(self.bytes.len(), |length| start + 2 + length + 2);
        self.seen.open_comment |= length.is_none();
        self.seen.open |= length.is_none();
        self.seen.comments.push(Span::new(start, self.at));
        Ok(())
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while self.at < self.bytes.len() && self.byte(0) != quote {
            let escape = self.byte(0) == b'\\' && quote != b'`';
            self.at += if escape { 2 } else { 1 };
        }
        self.seen.open |= self.at >= self.bytes.len();
        self.at += 1;
    }

    fn nest(&mut self, width: usize) -> Result<(), Diagnostic> {
        let start = self.at;
        self.at += width;
        self.open.push(start);
        self.seen.depth = self.seen.depth.max(self.open.len());
        if self.open.len() > MAX_DEPTH {
            return Err(too_deep(Some(Span::new(start, self.at))));
        }
        Ok(())
    }

    /// A bracket ends each CASE inside it.
    fn leave(&mut self) {
        self.at += 1;
        while self.open.pop().is_some_and(|at| self.is_case(at)) {}
    }

    fn is_case(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b'c' | b'C'))
    }

    /// CASE nests like a bracket, unless it names a property, a label or a key.
    fn word(&mut self) -> Result<(), Diagnostic> {
        let start = self.at;
        let rest = &self.bytes[start..];
        let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let length = rest.iter().position(|byte| !in_word(byte));
        let mut length = length.unwrap_or(rest.len());
        if let Some(word) = self
            .text
            .get(start..start + length)
            .filter(|w| !w.is_ascii())
        {
            length = word.find(is_blank).unwrap_or(length);
        }
        let word = &rest[..length];
        if word.eq_ignore_ascii_case(b"case") && !self.is_a_name(start) {
            return self.nest(length);
        }
        let in_case = self.open.last().is_some_and(|at| self.is_case(*at));
        if in_case && word.eq_ignore_ascii_case(b"end") && !self.is_a_name(start) {
            self.open.pop();
        }
        self.at += length;
        Ok(())
    }

    fn is_a_name(&self, start: usize) -> bool {
        let before = self.bytes[..start].iter().rev();
        let last = before.into_iter().find(|byte| !byte.is_ascii_whitespace());
        matches!(last, Some(b'.' | b':' | b'$' | b'|' | b'&' | b'!'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_brackets_and_case_but_not_in_texts_and_comments() {
        let depth = |text| scan(text).map(|seen| seen.depth).unwrap_or(0);
        assert_eq!(depth("RETURN [{a: (1)}]"), 3);
        assert_eq!(depth("RETURN '((((' // [[[["), 0);
        assert_eq!(
            depth("RETURN CASE WHEN true THEN CASE x WHEN 1 THEN 2 END END"),
            2
        );
        assert_eq!(depth("RETURN n.case, n.case, n.case"), 0);
    }

    #[test]
    fn knows_what_was_left_open() {
        for text in ["RETURN (1", "RETURN 'a", "RETURN 1 /* so", "RETURN `a"] {
            assert!(scan(text).is_ok_and(|seen| seen.open), "{text}");
        }
        assert!(scan("RETURN 1 // so").is_ok_and(|seen| !seen.open));
    }

    #[test]
    fn comments_become_tabs_and_nothing_moves() {
        let plain = |text: &str| scan(text).map(|seen| seen.without_comments(text).into_owned());
        let same = |text: &str, expected: &str| {
            assert!(plain(text).is_ok_and(|plain| plain == expected), "{text}");
        };
        same("a/*é*/b//c\r\nd", "a\t\t\t\t\t\tb\t\t\t\r\nd");
        same("'/* a */' // b", "'/* a */' \t\t\t\t");
        same("a /* b", "a /* b");
        same("é\u{a0}a\u{2003}'\u{a0}'", "é\t\ta\t\t\t'\u{a0}'");
    }

    #[test]
    fn takes_comments_off_the_end() {
        let text = "a.b /* x */ // y\n ";
        let seen = scan(text).unwrap_or_default();
        assert_eq!(seen.trim(text, Span::new(0, text.len())), Span::new(0, 3));
    }
}
