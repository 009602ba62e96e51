//! Semantic text: pieces of text with a role, harmless by construction. The door paints roles.
//!
//! Whatever is pushed loses the power to steer a terminal: control characters, escape sequences and
//! bidirectional controls are written out visibly. Colours are not known here.

use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// What a piece of text is, for whoever paints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nothing special.
    Plain,
    /// The head of a column, a title.
    Head,
    /// The name of a node.
    Name,
    /// A label or a service.
    Label,
    /// A kind of edge or its phrase.
    Kind,
    /// A number.
    Number,
    /// A quoted string.
    Quoted,
    /// True, false, null.
    Word,
    /// Lines, counts, remarks.
    Dim,
}

/// Turns a piece of text with a role into what is written.
pub type Painter<'a> = &'a dyn Fn(Role, &str) -> String;

/// A line of text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pieces: Vec<(Role, String)>,
}

impl Text {
    /// Makes a text of one piece.
    #[must_use]
    pub fn new(role: Role, text: &str) -> Self {
        let mut own = Self::default();
        own.push(role, text);
        own
    }

    /// Adds a piece; what could steer a terminal is written out visibly.
    pub fn push(&mut self, role: Role, text: &str) {
        let text = harmless(text);
        match self.pieces.last_mut() {
            Some((last, own)) if *last == role => own.push_str(&text),
            _ => self.pieces.push((role, text.into_owned())),
        }
    }

    /// Adds the pieces of another text.
    pub fn append(&mut self, other: Text) {
        self.pieces.extend(other.pieces);
    }

    /// Counts the columns that the text takes on a terminal.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| text.width()).sum()
    }

    /// Gives the text without roles.
    #[must_use]
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// Gives the text as `painter` wants it.
    #[must_use]
    pub fn painted(&self, painter: Option<Painter<'_>>) -> String {
        let Some(painter) = painter else {
            return self.plain();
        };
        self.pieces
            .iter()
            .map(|(role, text)| painter(*role, text))
            .collect()
    }

    /// Cuts to a width, with an ellipsis where something is lost.
    #[must_use]
    pub fn cut(&self, width: usize) -> Text {
        if self.width() <= width {
            return self.clone();
        }
        let mut own = self.split_at(width.saturating_sub(1)).0;
        own.push(Role::Dim, "…");
        own
    }

    /// Breaks into lines of at most `width` columns, at spaces where there are any, and into at
    /// most `lines` of them; the last one ends in an ellipsis where something is lost.
    #[must_use]
    pub fn wrap(&self, width: usize, lines: usize) -> Vec<Text> {
        let width = width.max(2);
        let mut rest = self.clone();
        let mut made = Vec::new();
        while rest.width() > width && made.len() + 1 < lines {
            let (line, tail) = rest.split_at(rest.break_before(width));
            made.push(line);
            rest = tail.without_leading_space();
        }
        made.push(rest.cut(width));
        made
    }

    /// Finds where a line of `width` columns should end: behind the last space, else at `width`.
    fn break_before(&self, width: usize) -> usize {
        let (mut at, mut best) = (0, 0);
        for c in self.pieces.iter().flat_map(|(_, text)| text.chars()) {
            at += c.width().unwrap_or(0);
            if at > width {
                break;
            }
            if c == ' ' {
                best = at;
            }
        }
        if best * 2 > width { best } else { width }
    }

    fn split_at(&self, width: usize) -> (Text, Text) {
        let (mut left, mut right) = (Text::default(), Text::default());
        let mut room = width;
        for (role, text) in &self.pieces {
            let at = if right.pieces.is_empty() {
                fitting(text, &mut room)
            } else {
                0
            };
            if at > 0 {
                left.pieces.push((*role, text[..at].to_owned()));
            }
            if at < text.len() {
                right.pieces.push((*role, text[at..].to_owned()));
            }
        }
        (left, right)
    }

    /// Takes spaces from the end.
    pub(super) fn trim_end(&mut self) {
        while let Some((_, text)) = self.pieces.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if !text.is_empty() {
                return;
            }
            self.pieces.pop();
        }
    }

    fn without_leading_space(mut self) -> Text {
        if let Some((_, text)) = self.pieces.first_mut() {
            *text = text.trim_start().to_owned();
        }
        self
    }
}

/// Gives how many bytes of `text` fit into `room` columns, and takes them from it.
fn fitting(text: &str, room: &mut usize) -> usize {
    for (at, c) in text.char_indices() {
        let width = c.width().unwrap_or(0);
        if width > *room {
            *room = 0;
            return at;
        }
        *room -= width;
    }
    text.len()
}

/// Tells whether a character could steer a terminal or hide what is there: controls, bidirectional
/// controls, line and paragraph separators, invisible spaces, tags.
pub(super) fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Writes out what could steer a terminal: `\n`, `\t`, `\u{1b}`.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut own = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => own.push_str("\\n"),
            '\r' => own.push_str("\\r"),
            '\t' => own.push_str("\\t"),
            c if is_steering(c) => {
                let _ = write!(own, "\\u{{{:x}}}", u32::from(c));
            }
            c => own.push(c),
        }
    }
    Cow::Owned(own)
}
