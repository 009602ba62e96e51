//! Colours of a line while it is typed: keywords, strings, labels, names, matching brackets.

use super::vocabulary::Words;
use crate::cli::paint::Paint;
use crate::cli::paint::Tone;
use crate::cli::tokens::Token;
use crate::cli::tokens::TokenKind;
use crate::cli::tokens::partner;
use crate::cli::tokens::tokens;
use rustyline::highlight::CmdKind;
use rustyline::highlight::Highlighter;
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

/// Longest text that is coloured, in bytes.
const LONGEST: usize = 20_000;

pub(super) struct ArchqHighlighter {
    words: Rc<Words>,
    paint: Paint,
    /// The bracket at the cursor and its partner.
    brackets: Cell<Option<(usize, usize)>>,
}

impl ArchqHighlighter {
    pub(super) fn new(words: Rc<Words>, paint: Paint) -> Self {
        Self {
            words,
            paint,
            brackets: Cell::new(None),
        }
    }

    fn token(&self, line: &str, before: Option<char>, token: Token) -> String {
        let text = &line[token.start..token.end];
        let tone = match token.kind {
            TokenKind::Text | TokenKind::Number => Some(Tone::Literal),
            TokenKind::Quoted => Some(Tone::Name),
            TokenKind::Comment => Some(Tone::Quiet),
            TokenKind::Open | TokenKind::Close => self.bracket(token.start),
            TokenKind::Word => self.word(text, before),
            _ => None,
        };
        tone.map_or_else(|| text.to_owned(), |tone| self.paint.tone(tone, text))
    }

    fn word(&self, word: &str, before: Option<char>) -> Option<Tone> {
        match before {
            Some(':' | '|' | '&' | '!') => Some(Tone::Label),
            Some('.' | '$') => None,
            _ if self.words.is_keyword(word) => Some(Tone::Keyword),
            _ if self.words.is_name(word) => Some(Tone::Name),
            _ => None,
        }
    }

    fn bracket(&self, at: usize) -> Option<Tone> {
        let (own, other) = self.brackets.get()?;
        (at == own || at == other).then_some(Tone::Match)
    }

    fn question(&self, line: &str) -> String {
        let mut before = None;
        let mut out = String::with_capacity(line.len() * 2);
        for token in tokens(line) {
            out += &self.token(line, before, token);
            if token.kind != TokenKind::Space {
                before = line[token.start..token.end].chars().next_back();
            }
        }
        out
    }
}

impl Highlighter for ArchqHighlighter {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.paint.is_on() || line.len() > LONGEST {
            return Cow::Borrowed(line);
        }
        Cow::Owned(match command(line) {
            Some((name, rest)) => self.paint.tone(Tone::Keyword, name) + rest,
            None => self.question(line),
        })
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.paint.tone(Tone::Quiet, hint))
    }

    fn highlight_char(&self, line: &str, at: usize, kind: CmdKind) -> bool {
        let places = [Some(at), at.checked_sub(1)];
        let found = match kind {
            CmdKind::ForcedRefresh => None,
            _ => places
                .into_iter()
                .flatten()
                .find_map(|at| Some((at, partner(line, at)?))),
        };
        self.brackets.set(found);
        self.paint.is_on()
    }
}

/// Takes a command's name off a line, if the line is one.
fn command(line: &str) -> Option<(&str, &str)> {
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    line.starts_with([':', '.', '\\'])
        .then(|| line.split_at(end))
}
