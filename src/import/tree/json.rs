//! JSON to nodes, in one pass over the bytes, keeping lines and columns.
//!
//! Lenient where people are: control characters inside strings and a comma before a closing bracket
//! pass. Nesting is bounded, so recursion is.

use super::read::{Found, Origin};
use super::shared::Shared;
use super::{At, Entry, Node, Tree};
use crate::diag::Diagnostic;
use crate::import::bounds::{Bounds, Stop};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::sync::Arc;

/// Reads one JSON value that fills the text.
pub(super) fn read(text: &str, origin: &Origin, bounds: &Bounds) -> Result<Found, Diagnostic> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        next: 0,
        line: 1,
        line_start: 0,
        origin,
        bounds,
        shared: Shared::new(text.len()),
        entries: Vec::new(),
        items: Vec::new(),
        values: 0,
        found: Found::default(),
    };
    let value = reader.value(0).map_err(|error| *error)?;
    reader.blanks();
    if reader.next < reader.bytes.len() {
        return Err(*reader.expected("the end of the text"));
    }
    reader.found.documents.push(value);
    Ok(reader.found)
}

/// What ends reading; boxed, for a value and this share the room of a result.
type Broken = Box<Diagnostic>;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    next: usize,
    line: usize,
    line_start: usize,
    origin: &'a Origin,
    bounds: &'a Bounds,
    shared: Shared,
    /// Entries of all maps that are not finished, the innermost last; each takes its own from the
    /// end, so that it is as large as it has to be.
    entries: Vec<Entry>,
    /// Items of the lists that are not finished, likewise.
    items: Vec<Node>,
    values: usize,
    found: Found,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        self.blanks();
        let at = self.here();
        if depth > self.bounds.nesting {
            return Err(self.origin.too_deep(at, self.bounds).into());
        }
        if self.values >= self.bounds.values {
            return Err(self.origin.too_many(at, self.bounds).into());
        }
        self.values += 1;
        if self.bounds.stop.is_set() {
            return Err(Stop::interrupted().into());
        }
        let data = match self.peek() {
            b'{' => Tree::Map(self.map(depth)?.into()),
            b'[' => Tree::List(self.list(depth)?.into()),
            b'"' => Tree::Text(self.text()?),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true", Tree::Bool(true))?,
            b'f' => self.word("false", Tree::Bool(false))?,
            b'n' => self.word("null", Tree::Null)?,
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { at, data })
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, Broken> {
        self.next += 1;
        let from = self.entries.len();
        loop {
            self.blanks();
            match self.peek() {
                b'}' => break,
                b'"' => {}
                _ => return Err(self.expected("a key or `}`")),
            }
            let at = self.here();
            let key = self.text()?;
            self.found.note_key(&key);
            self.blanks();
            self.take(b':', "`:`")?;
            let value = self.value(depth + 1)?;
            self.entries.push(Entry { key, at, value });
            self.blanks();
            match self.peek() {
                b',' => self.next += 1,
                b'}' => break,
                _ => return Err(self.expected("`,` or `}`")),
            }
        }
        self.next += 1;
        let mut entries = self.entries.split_off(from);
        keep_last(&mut entries, self.origin, &mut self.found);
        Ok(entries)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, Broken> {
        self.next += 1;
        let from = self.items.len();
        loop {
            self.blanks();
            if self.peek() == b']' {
                break;
            }
            let item = self.value(depth + 1)?;
            self.items.push(item);
            self.blanks();
            match self.peek() {
                b',' => self.next += 1,
                b']' => break,
                _ => return Err(self.expected("`,` or `]`")),
            }
        }
        self.next += 1;
        Ok(self.items.split_off(from))
    }

    fn text(&mut self) -> Result<Arc<str>, Broken> {
        match self.plain() {
            Some(text) => Ok(self.shared.get(text)),
            None => {
                let text = self.string()?;
                Ok(self.shared.get(&text))
            }
        }
    }

    /// Takes a string as it stands in the text; nothing where it has escapes or lines.
    fn plain(&mut self) -> Option<&'a str> {
        let start = self.next + 1;
        let rest = self.bytes.get(start..)?;
        let length = plain_length(rest)?;
        (rest.get(length) == Some(&b'"')).then_some(())?;
        self.next = start + length + 1;
        self.text.get(start..start + length)
    }

    fn string(&mut self) -> Result<String, Broken> {
        let opened = self.here();
        self.next += 1;
        let mut out = String::new();
        let mut from = self.next;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    out.push_str(self.text.get(from..self.next).unwrap_or_default());
                    let c = self.escape()?;
                    out.push(c);
                    from = self.next;
                }
                b'\n' => {
                    self.next += 1;
                    self.new_line();
                }
                0 if self.next >= self.bytes.len() => {
                    let message = "a string that does not end".to_owned();
                    return Err(self.origin.broken(opened, message).into());
                }
                _ => self.next += 1,
            }
        }
        out.push_str(self.text.get(from..self.next).unwrap_or_default());
        self.next += 1;
        Ok(out)
    }

    fn escape(&mut self) -> Result<char, Broken> {
        self.next += 1;
        let letter = self.peek();
        self.next += 1;
        Ok(match letter {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => self.unicode()?,
            b'"' | b'\\' | b'/' => letter as char,
            _ => {
                self.next -= 1;
                return Err(self.expected("one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u`"));
            }
        })
    }

    fn unicode(&mut self) -> Result<char, Broken> {
        let first = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.bytes.get(self.next..self.next + 2) != Some(b"\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.next += 2;
        let second = self.four_digits()?;
        let pair = 0x10000 + ((first - 0xD800) << 10) + (second.wrapping_sub(0xDC00) & 0x3FF);
        Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_digits(&mut self) -> Result<u32, Broken> {
        let digits = self.text.get(self.next..self.next + 4);
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(number) => {
                self.next += 4;
                Ok(number)
            }
            None => Err(self.expected("four hexadecimal digits")),
        }
    }

    fn number(&mut self) -> Result<Tree, Broken> {
        let start = self.next;
        while matches!(self.peek(), b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') {
            self.next += 1;
        }
        let text = self.text.get(start..self.next).unwrap_or_default();
        if let Ok(number) = text.parse() {
            return Ok(Tree::Int(number));
        }
        text.parse().map(Tree::Float).map_err(|_| {
            self.next = start;
            self.expected("a number")
        })
    }

    fn word(&mut self, word: &str, tree: Tree) -> Result<Tree, Broken> {
        match self.text.get(self.next..self.next + word.len()) == Some(word) {
            true => {
                self.next += word.len();
                Ok(tree)
            }
            false => Err(self.expected("a value")),
        }
    }

    #[inline]
    fn blanks(&mut self) {
        // Mostly there are none.
        if self.peek() <= b' ' {
            self.pass_blanks();
        }
    }

    fn pass_blanks(&mut self) {
        loop {
            match self.peek() {
                b'\n' => {
                    self.next += 1;
                    self.new_line();
                    self.indentation();
                }
                b' ' | b'\t' | b'\r' => self.next += 1,
                _ => return,
            }
        }
    }

    /// Passes the spaces before a line, many at once.
    fn indentation(&mut self) {
        const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
        let rest = self.bytes.get(self.next..).unwrap_or_default();
        for (number, word) in rest.as_chunks::<8>().0.iter().enumerate() {
            let others = u64::from_le_bytes(*word) ^ SPACES;
            if others != 0 {
                self.next += number * 8 + others.trailing_zeros() as usize / 8;
                return;
            }
        }
    }

    fn new_line(&mut self) {
        self.line += 1;
        self.line_start = self.next;
    }

    fn take(&mut self, byte: u8, name: &str) -> Result<(), Broken> {
        match self.peek() == byte {
            true => {
                self.next += 1;
                Ok(())
            }
            false => Err(self.expected(name)),
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.next).copied().unwrap_or(0)
    }

    /// Counts columns in bytes, which is what they are up to the first letter beyond ASCII.
    fn here(&self) -> At {
        self.origin.at(self.line, self.next - self.line_start + 1)
    }

    fn expected(&self, what: &str) -> Broken {
        let rest = self.text.get(self.next..).unwrap_or_default();
        let seen = match rest.chars().next() {
            Some(c) => format!("`{}` does not belong here", c.escape_debug()),
            None => "the text ends too early".to_owned(),
        };
        self.origin.broken(self.here(), seen).expected(what).into()
    }
}

/// Gives how many letters come before a quote, a backslash or the end of the line; eight at a time.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let ends = marks(word, b'"') | marks(word, b'\\') | marks(word, b'\n');
        if ends != 0 {
            return Some(number * 8 + ends.trailing_zeros() as usize / 8);
        }
    }
    let length = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | b'\n'))?;
    Some(bytes.len() - rest.len() + length)
}

/// Sets the highest bit of each byte that is a letter, at least of the first one that is.
fn marks(word: u64, letter: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let zero_where_it_is = word ^ (LOW * u64::from(letter));
    zero_where_it_is.wrapping_sub(LOW) & !zero_where_it_is & HIGH
}

/// Leaves the last of several entries of one key, at the place of the first, with a finding.
pub(super) fn keep_last(entries: &mut Vec<Entry>, origin: &Origin, found: &mut Found) {
    if !any_twice(entries) {
        return;
    }
    let mut kept: indexmap::IndexMap<Arc<str>, Entry> = indexmap::IndexMap::new();
    for entry in entries.drain(..) {
        if kept.contains_key(&entry.key) {
            found.findings.push(origin.repeated(&entry.key, entry.at));
        }
        kept.insert(entry.key.clone(), entry);
    }
    entries.extend(kept.into_values());
}

#[inline]
fn any_twice(entries: &[Entry]) -> bool {
    match entries.len() {
        0 | 1 => false,
        2..=12 => entries
            .iter()
            .enumerate()
            .any(|(i, entry)| entries.iter().take(i).any(|before| before.key == entry.key)),
        many => {
            let mut seen = FxHashSet::with_capacity_and_hasher(many, FxBuildHasher);
            entries.iter().any(|entry| !seen.insert(&*entry.key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_end_of_a_plain_text_wherever_it_is() {
        for length in 0..40 {
            for end in ['"', '\\', '\n'] {
                let text = format!(
                    "{}{end}é\"",
                    "é!#[\u{1}".chars().cycle().take(length).collect::<String>()
                );
                assert_eq!(plain_length(text.as_bytes()), text.find(end), "{text:?}");
            }
            assert_eq!(plain_length(&vec![b'a'; length]), None);
        }
    }
}
