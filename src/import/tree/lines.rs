//! Lines of plain YAML, taken apart into keys, scalars and blocks of text.
//!
//! Gives nothing for whatever it does not know for certain. Does not know how parts belong together.

use std::borrow::Cow;

/// Letters of the longest key that is taken.
const LONGEST_KEY: usize = 200;

/// A text of printable ASCII and a place in it.
pub(super) struct Lines<'a> {
    text: &'a str,
    next: usize,
    line: usize,
    line_start: usize,
}

impl<'a> Lines<'a> {
    /// Stands at the first letter of the first line with content; nothing where the text holds
    /// anything else than printable ASCII.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let known = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
        text.as_bytes().iter().all(known).then_some(())?;
        let mut lines = Self {
            text,
            next: 0,
            line: 1,
            line_start: 0,
        };
        if text.starts_with("---\n") {
            lines.new_line(3);
        }
        lines.skip_empty()?;
        Some(lines)
    }

    /// Gives line and column of the place, both from 1.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.line, self.next - self.line_start + 1)
    }

    /// Gives the column from 0; nothing at the end of the text.
    pub(super) fn column(&self) -> Option<usize> {
        (self.next < self.text.len()).then_some(self.next - self.line_start)
    }

    /// Gives the next letter, 0 at the end of the text.
    pub(super) fn peek(&self) -> u8 {
        self.ahead(0)
    }

    fn ahead(&self, letters: usize) -> u8 {
        let bytes = self.text.as_bytes();
        bytes.get(self.next + letters).copied().unwrap_or(0)
    }

    pub(super) fn skip(&mut self, letters: usize) {
        self.next += letters;
    }

    pub(super) fn go_to(&mut self, place: usize) {
        self.next = place;
    }

    /// Passes spaces.
    pub(super) fn spaces(&mut self) {
        while self.peek() == b' ' {
            self.next += 1;
        }
    }

    /// Tells whether nothing more is on the line, behind a space.
    pub(super) fn ends_line(&self) -> bool {
        matches!(self.peek(), b'\n' | 0 | b'#')
    }

    /// Checks that nothing but a comment follows what was read.
    pub(super) fn rest_is_blank(&mut self) -> Option<()> {
        let from = self.next;
        self.spaces();
        (self.ends_line() && (self.peek() != b'#' || self.next > from)).then_some(())
    }

    /// Tells whether this is the dash of a list.
    pub(super) fn at_dash(&self) -> bool {
        self.peek() == b'-' && ends_word(self.ahead(1))
    }

    /// Gives the place of what stands behind a dash, if something does.
    pub(super) fn first_item(&self) -> Option<(usize, usize)> {
        let behind = self.text.get(self.next + 1..)?;
        let spaces = behind.len() - behind.trim_start_matches(' ').len();
        let (line, column) = self.place();
        let there = !behind.get(spaces..)?.starts_with(['\n', '#']);
        there.then_some((line, column + 1 + spaces))
    }

    /// Goes from the end of a line or its comment to the next line with content.
    pub(super) fn next_content(&mut self) -> Option<()> {
        match self.end_of_line() {
            end if end < self.text.len() => self.new_line(end),
            end => self.next = end,
        }
        self.skip_empty()
    }

    fn skip_empty(&mut self) -> Option<()> {
        loop {
            self.spaces();
            match self.peek() {
                b'\n' => self.new_line(self.next),
                b'#' => match self.end_of_line() {
                    end if end < self.text.len() => self.new_line(end),
                    end => self.next = end,
                },
                _ => break,
            }
        }
        let rest = self.text.get(self.next..)?;
        let marks = ["---", "...", "%"];
        let marked = self.next == self.line_start && marks.iter().any(|m| rest.starts_with(m));
        (!marked).then_some(())
    }

    /// Goes behind the end of a line.
    fn new_line(&mut self, end: usize) {
        self.next = end + 1;
        self.line += 1;
        self.line_start = self.next;
    }

    fn end_of_line(&self) -> usize {
        let rest = self.text.as_bytes().get(self.next..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n');
        length.map_or(self.text.len(), |length| self.next + length)
    }

    /// Gives the key that starts here and the place behind its colon, without going there.
    pub(super) fn key(&self) -> Option<(&'a str, usize)> {
        let rest = self.text.get(self.next..)?;
        let bytes = rest.as_bytes();
        let (from, length) = match bytes.first()? {
            quote @ (b'"' | b'\'') => (1, quoted_length(rest, *quote)?),
            first if starts_plain(*first) => (0, key_length(bytes)?),
            _ => return None,
        };
        let key = rest.get(from..from + length)?;
        let colon = from + length + from;
        let ends = bytes.get(colon) == Some(&b':')
            && ends_word(bytes.get(colon + 1).copied().unwrap_or(0));
        (ends && length <= LONGEST_KEY && key != "<<" && !key.contains(['\'', '\\']))
            .then_some((key, self.next + colon + 1))
    }

    /// Takes a scalar in quotes that ends on its line.
    pub(super) fn quoted(&mut self) -> Option<Cow<'a, str>> {
        let rest = self.text.get(self.next..)?;
        let quote = self.peek();
        let length = quoted_length(rest, quote)?;
        let text = rest.get(1..=length)?;
        self.next += length + 2;
        match quote {
            b'\'' if text.contains('\'') => Some(Cow::Owned(text.replace("''", "'"))),
            b'"' if text.contains('\\') => unescaped(text).map(Cow::Owned),
            _ => Some(Cow::Borrowed(text)),
        }
    }

    /// Takes a scalar without quotes that ends with its line or before a comment.
    pub(super) fn plain(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes().get(self.next..)?;
        starts_scalar(bytes).then_some(())?;
        let mut length = 0;
        while let Some(byte) = bytes.get(length).filter(|byte| **byte != b'\n') {
            match byte {
                b':' if ends_word(bytes.get(length + 1).copied().unwrap_or(0)) => return None,
                b'#' if bytes.get(length.checked_sub(1)?) == Some(&b' ') => break,
                _ => length += 1,
            }
        }
        self.take_trimmed(length)
    }

    /// Takes a scalar without quotes in a list or map in brackets.
    pub(super) fn plain_in_brackets(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes().get(self.next..)?;
        starts_scalar(bytes).then_some(())?;
        let mut length = 0;
        loop {
            match bytes.get(length)? {
                b',' | b']' | b'}' => break,
                b'\n' | b'[' | b'{' | b'#' => return None,
                b':' if !is_inside(*bytes.get(length + 1)?) => return None,
                _ => length += 1,
            }
        }
        self.take_trimmed(length)
    }

    fn take_trimmed(&mut self, length: usize) -> Option<&'a str> {
        let text = self.text.get(self.next..self.next + length)?;
        let text = text.trim_end_matches(' ');
        self.next += text.len();
        Some(text)
    }

    /// Takes a short tag and the spaces behind it; gives its name.
    pub(super) fn tag(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.next + 1..)?;
        let length = rest.bytes().position(|b| !b.is_ascii_alphanumeric());
        let name = rest.get(..length.unwrap_or(rest.len()))?;
        self.next += 1 + name.len();
        (!name.is_empty() && ends_word(self.peek())).then_some(())?;
        self.spaces();
        Some(name)
    }

    /// Takes a block of text behind `|` or `>`, whose lines stand right of a column, and gives where
    /// its first letter is; leaves at the end of its last line.
    pub(super) fn text_block(&mut self, parent: usize) -> Option<(String, (usize, usize))> {
        let folded = self.peek() == b'>';
        let stripped = self.ahead(1) == b'-';
        self.next += 1 + usize::from(stripped);
        self.rest_is_blank()?;
        let mut block = TextBlock {
            parent,
            indent: None,
            text: String::new(),
            empty_lines: 0,
        };
        let mut end = self.end_of_line();
        let mut first = None;
        while let Some(rest) = self.text.get(end + 1..).filter(|rest| !rest.is_empty()) {
            // A text that ends within a line ends this block in a way of its own.
            let length = rest.find('\n')?;
            let line = rest.get(..length)?;
            if !block.take(line, folded)? {
                break;
            }
            self.new_line(end);
            end += 1 + length;
            first = first.or(block.indent.map(|indent| (self.line, indent + 1)));
        }
        self.next = end;
        Some((block.end(stripped)?, first?))
    }
}

/// A block of text as far as it was read.
struct TextBlock {
    parent: usize,
    /// The column of its lines, which the first one tells.
    indent: Option<usize>,
    text: String,
    /// Empty lines that wait for one that is not.
    empty_lines: usize,
}

impl TextBlock {
    /// Takes a line; false for one that does not belong to the block.
    fn take(&mut self, line: &str, folded: bool) -> Option<bool> {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if spaces == line.len() {
            self.empty_lines += 1;
            // More spaces than the block has are text.
            return (spaces <= self.indent.unwrap_or(0)).then_some(true);
        }
        let indent = *self.indent.get_or_insert(spaces);
        if indent <= self.parent {
            return None;
        }
        if spaces < indent {
            return Some(false);
        }
        let odd = folded && (spaces > indent || self.empty_lines > 0);
        (!odd).then_some(())?;
        if !self.text.is_empty() {
            self.text.push(if folded { ' ' } else { '\n' });
        }
        (0..self.empty_lines).for_each(|_| self.text.push('\n'));
        self.empty_lines = 0;
        self.text.push_str(line.get(indent..)?);
        Some(true)
    }

    fn end(mut self, stripped: bool) -> Option<String> {
        if self.text.is_empty() {
            return None;
        }
        if !stripped {
            self.text.push('\n');
        }
        Some(self.text)
    }
}

fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | 0)
}

/// Tells whether a letter behind a colon in brackets makes the colon a part of a scalar.
fn is_inside(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'/' | b'$' | b'*' | b'-' | b'_')
}

fn starts_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'$' | b'.')
}

fn starts_scalar(bytes: &[u8]) -> bool {
    match bytes {
        [b'-', second, ..] => second.is_ascii_alphanumeric(),
        [first, ..] => starts_plain(*first) || b"()+;<=^~\\".contains(first),
        [] => false,
    }
}

/// Gives how long a key without quotes is.
fn key_length(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        match bytes.get(length)? {
            b':' if ends_word(bytes.get(length + 1).copied().unwrap_or(0)) => return Some(length),
            b':' | b'_' | b'-' | b'.' | b'/' | b'$' | b'{' | b'}' | b'*' | b'+' | b'@' | b'=' => {}
            byte if byte.is_ascii_alphanumeric() => {}
            _ => return None,
        }
        length += 1;
    }
}

/// Works the escapes of a text in double quotes out, the ones that are in use.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        out.push(match escape.as_bytes().first()? {
            b'n' => '\n',
            b't' => '\t',
            letter @ (b'"' | b'\\' | b'/') => *letter as char,
            _ => return None,
        });
        rest = escape.get(1..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// Gives how long the text in quotes is that starts a text.
fn quoted_length(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes().get(1..)?;
    let mut length = 0;
    loop {
        match bytes.get(length)? {
            b'\n' => return None,
            b'\\' if quote == b'"' => length += 2,
            byte if *byte == quote => {
                // Two single quotes are one.
                if quote == b'"' || bytes.get(length + 1) != Some(&quote) {
                    return Some(length);
                }
                length += 2;
            }
            _ => length += 1,
        }
    }
}
