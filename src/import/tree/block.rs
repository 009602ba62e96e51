//! The plain part of YAML that people write in templates, read in one pass over the lines.
//!
//! Takes block maps and lists, scalars and short lists on one line, blocks of text and short tags,
//! all in ASCII. Gives nothing where a text holds anything else or is broken: the library then reads
//! it from its start, so that this is only ever a faster way to the same tree. Tests hold the two
//! against each other.

use super::json::keep_last;
use super::lines::Lines;
use super::read::{Found, Origin};
use super::scalar::{Functions, called, plain};
use super::shared::Shared;
use super::{At, Entry, Node, Tree};
use crate::import::bounds::Bounds;
use std::sync::Arc;

/// Events of the library around a document; they count as values.
const EVENTS_AROUND: usize = 4;

/// Reads a text, or gives nothing where it is not of the plain part.
pub(super) fn read(text: &str, origin: &Origin, bounds: &Bounds) -> Option<Found> {
    let lines = Lines::new(text)?;
    let mut reader = Reader {
        lines,
        origin,
        bounds,
        shared: Shared::new(text.len()),
        functions: Functions::default(),
        entries: Vec::new(),
        items: Vec::new(),
        values: EVENTS_AROUND,
        found: Found::default(),
    };
    let root = match reader.lines.column() {
        Some(0) => reader.block(0, 1)?,
        _ => return None,
    };
    if reader.lines.column().is_some() || reader.values > bounds.values {
        return None;
    }
    reader.found.documents.push(root);
    Some(reader.found)
}

struct Reader<'a> {
    lines: Lines<'a>,
    origin: &'a Origin,
    bounds: &'a Bounds,
    shared: Shared,
    functions: Functions,
    /// Entries of all maps that are not finished, the innermost last.
    entries: Vec<Entry>,
    /// Items of the lists that are not finished, likewise.
    items: Vec<Node>,
    values: usize,
    found: Found,
}

/// What reads a part that may go on over lines stands at its start and leaves at the first letter of
/// the next line with content, whose column tells to whom that belongs. `parent` is the column of
/// the map or list around, `depth` counts the maps and lists with the one that begins here.
impl Reader<'_> {
    /// Reads what starts a line or stands behind a dash: a map, a list or a scalar.
    fn block(&mut self, parent: usize, depth: usize) -> Option<Node> {
        let at = self.here();
        let column = self.lines.column()?;
        let data = if self.lines.at_dash() {
            Tree::List(self.list(column, depth)?.into())
        } else if self.lines.key().is_some() {
            Tree::Map(self.map(column, depth)?.into())
        } else {
            return self.inline(parent, depth, false);
        };
        Some(Node { at, data })
    }

    fn map(&mut self, column: usize, depth: usize) -> Option<Vec<Entry>> {
        self.open(depth)?;
        let from = self.entries.len();
        while self.lines.column() == Some(column) {
            let at = self.here();
            let (key, behind) = self.lines.key()?;
            let key = self.shared.get(key);
            self.lines.go_to(behind);
            self.values += 1;
            let value = self.value(column, depth + 1, true)?;
            self.entries.push(Entry { key, at, value });
        }
        self.closed(column)?;
        let mut entries = self.entries.split_off(from);
        keep_last(&mut entries, self.origin, &mut self.found);
        Some(entries)
    }

    fn list(&mut self, column: usize, depth: usize) -> Option<Vec<Node>> {
        self.open(depth)?;
        let from = self.items.len();
        while self.lines.column() == Some(column) && self.lines.at_dash() {
            self.lines.skip(1);
            self.lines.spaces();
            let item = match self.lines.ends_line() {
                true => self.value(column, depth + 1, false)?,
                false => self.block(column, depth + 1)?,
            };
            self.items.push(item);
        }
        self.closed(column)?;
        Some(self.items.split_off(from))
    }

    /// Counts a map or list that begins, which the library may find too deep or too much.
    fn open(&mut self, depth: usize) -> Option<()> {
        self.values += 2;
        let within = depth < self.bounds.nesting && self.values <= self.bounds.values;
        (within && !self.bounds.stop.is_set()).then_some(())
    }

    /// Checks that what comes next belongs to something further out.
    fn closed(&self, column: usize) -> Option<()> {
        self.lines
            .column()
            .is_none_or(|next| next <= column)
            .then_some(())
    }

    /// Reads what stands behind a key or a dash, on its line or below it.
    fn value(&mut self, parent: usize, depth: usize, list_beside: bool) -> Option<Node> {
        self.lines.spaces();
        if !self.lines.ends_line() {
            return self.inline(parent, depth, list_beside);
        }
        self.lines.next_content()?;
        self.below(parent, depth, list_beside)
    }

    /// Reads what is below a key, a dash or a tag. Where nothing is, the library says what that means.
    fn below(&mut self, parent: usize, depth: usize, list_beside: bool) -> Option<Node> {
        let column = self.lines.column()?;
        if column > parent {
            return self.block(parent, depth);
        }
        (list_beside && column == parent && self.lines.at_dash()).then_some(())?;
        // The library takes such a list to begin behind its first dash.
        let (line, column) = self.lines.first_item()?;
        let mut list = self.block(parent, depth)?;
        list.at = self.origin.at(line, column);
        Some(list)
    }

    /// Reads a scalar or a short list, or a tag with what is behind or below it.
    fn inline(&mut self, parent: usize, depth: usize, list_beside: bool) -> Option<Node> {
        let function = self.tag()?;
        if function.is_some() && self.lines.ends_line() {
            self.lines.next_content()?;
            // A scalar may be on another line than its tag, but nobody writes that.
            (self.lines.at_dash() || self.lines.key().is_some()).then_some(())?;
            let value = self.below(parent, depth, list_beside)?;
            return Some(called(value, function));
        }
        let value = self.one_line(parent, depth, function.is_some())?;
        self.lines.next_content()?;
        Some(called(value, function))
    }

    /// Reads a short tag and the spaces behind it.
    fn tag(&mut self) -> Option<Option<Arc<str>>> {
        if self.lines.peek() != b'!' {
            return Some(None);
        }
        let name = self.lines.tag()?;
        let function = self.functions.of(name, &mut self.shared);
        (self.lines.peek() != b'!').then_some(Some(function))
    }

    fn one_line(&mut self, parent: usize, depth: usize, tagged: bool) -> Option<Node> {
        let mut at = self.here();
        let data = match self.lines.peek() {
            b'[' | b'{' => self.flow(depth)?,
            b'|' | b'>' => {
                self.values += 1;
                let (text, (line, column)) = self.lines.text_block(parent)?;
                at = self.origin.at(line, column);
                Tree::Text(text.into())
            }
            b'"' | b'\'' => self.quoted()?,
            _ => {
                let text = self.lines.plain()?;
                self.scalar(text, tagged)
            }
        };
        self.lines.rest_is_blank()?;
        Some(Node { at, data })
    }

    fn quoted(&mut self) -> Option<Tree> {
        self.values += 1;
        let text = self.lines.quoted()?;
        Some(Tree::Text(self.shared.get(&text)))
    }

    fn scalar(&mut self, text: &str, tagged: bool) -> Tree {
        self.values += 1;
        let known = (!tagged).then(|| plain(text)).flatten();
        known.unwrap_or_else(|| Tree::Text(self.shared.get(text)))
    }

    /// Reads a list or map in brackets, which has to end on its line.
    fn flow(&mut self, depth: usize) -> Option<Tree> {
        self.open(depth)?;
        let (items, entries) = (self.items.len(), self.entries.len());
        if self.lines.peek() == b'[' {
            self.flow_parts(b']', |reader| {
                let item = reader.flow_value(depth + 1)?;
                reader.items.push(item);
                Some(())
            })?;
            return Some(Tree::List(self.items.split_off(items).into()));
        }
        self.flow_parts(b'}', |reader| reader.flow_entry(depth + 1))?;
        let mut entries = self.entries.split_off(entries);
        keep_last(&mut entries, self.origin, &mut self.found);
        Some(Tree::Map(entries.into()))
    }

    /// Reads what stands in brackets, part by part, with a comma behind each but the last.
    fn flow_parts(&mut self, end: u8, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.lines.skip(1);
        self.lines.spaces();
        while self.lines.peek() != end {
            part(self)?;
            self.lines.spaces();
            match self.lines.peek() {
                b',' => self.lines.skip(1),
                next if next == end => break,
                _ => return None,
            }
            self.lines.spaces();
        }
        self.lines.skip(1);
        Some(())
    }

    fn flow_entry(&mut self, depth: usize) -> Option<()> {
        let at = self.here();
        let (key, behind) = self
            .lines
            .key()
            .filter(|(key, _)| !key.contains(['{', '}']))?;
        let key = self.shared.get(key);
        self.lines.go_to(behind);
        self.values += 1;
        self.lines.spaces();
        let value = self.flow_value(depth)?;
        self.entries.push(Entry { key, at, value });
        Some(())
    }

    fn flow_value(&mut self, depth: usize) -> Option<Node> {
        let function = self.tag()?;
        let at = self.here();
        let data = match self.lines.peek() {
            b'[' | b'{' => self.flow(depth)?,
            b'"' | b'\'' => self.quoted()?,
            _ => {
                let text = self.lines.plain_in_brackets()?;
                self.scalar(text, function.is_some())
            }
        };
        Some(called(Node { at, data }, function))
    }

    fn here(&self) -> At {
        let (line, column) = self.lines.place();
        self.origin.at(line, column)
    }
}
