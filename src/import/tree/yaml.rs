//! YAML events to nodes: tags, anchors, merge keys, and the scalars that people mean.
//!
//! Builds with a stack of its own, so depth costs no recursion; what aliases and merges add is
//! counted against a bound, so a small file cannot become a large tree.

use super::json::{keep_last, share};
use super::read::{Found, Origin};
use super::{At, Entry, Node, Tree};
use crate::diag::{Code, Diagnostic};
use crate::import::bounds::{Bounds, Stop};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, Tag};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Reads all documents of a text.
pub(super) fn read(text: &str, origin: &Origin, bounds: &Bounds) -> Result<Found, Diagnostic> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: bounds.nesting,
        block_nesting_limit: bounds.nesting,
    };
    let mut builder = Builder::new(origin, bounds);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| scan_error(&error, origin, bounds))?;
        if bounds.stop.is_set() {
            return Err(Stop::interrupted());
        }
        builder.event(event, span)?;
    }
    Ok(builder.found)
}

fn scan_error(error: &granit_parser::ScanError, origin: &Origin, bounds: &Bounds) -> Diagnostic {
    let at = origin.at(error.marker().line(), error.marker().col() + 1);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return origin.too_deep(at, bounds);
    }
    let message = error.info();
    let message = message
        .split('\n')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    origin.broken(at, format!("not well-formed YAML: {message}"))
}

/// A list or map that is not finished.
struct Open {
    at: At,
    tag: Option<String>,
    anchor: usize,
    data: Unfinished,
}

enum Unfinished {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Option<(Arc<str>, At)>,
    },
}

struct Builder<'a> {
    origin: &'a Origin,
    bounds: &'a Bounds,
    stack: Vec<Open>,
    anchors: FxHashMap<usize, (Node, Extent)>,
    copied: usize,
    values: usize,
    keys: FxHashSet<Arc<str>>,
    found: Found,
}

impl<'a> Builder<'a> {
    fn new(origin: &'a Origin, bounds: &'a Bounds) -> Self {
        Self {
            origin,
            bounds,
            stack: Vec::new(),
            anchors: FxHashMap::default(),
            copied: 0,
            values: 0,
            keys: FxHashSet::default(),
            found: Found::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        let at = self.origin.at(span.start.line(), span.start.col() + 1);
        self.values += 1;
        if self.values > self.bounds.values {
            return Err(self.origin.too_many(at, self.bounds));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_deref().and_then(tag_name);
                self.scalar(&text, style, anchor, tag, at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(at, anchor, tag.as_deref(), Unfinished::List(Vec::new()))
            }
            Event::MappingStart(_, anchor, tag) => {
                let data = Unfinished::Map {
                    entries: Vec::new(),
                    key: None,
                };
                self.open(at, anchor, tag.as_deref(), data)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(id) => self.alias(id, at),
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        at: At,
        anchor: usize,
        tag: Option<&Tag>,
        data: Unfinished,
    ) -> Result<(), Diagnostic> {
        self.check_depth(self.stack.len() + 1, at)?;
        self.stack.push(Open {
            at,
            tag: tag.and_then(tag_name),
            anchor,
            data,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        let Some(open) = self.stack.pop() else {
            return Ok(());
        };
        let data = match open.data {
            Unfinished::List(items) => Tree::List(items),
            Unfinished::Map { mut entries, .. } => {
                self.merge(&mut entries)?;
                keep_last(&mut entries, self.origin, &mut self.found);
                Tree::Map(entries)
            }
        };
        let node = tagged(Node { at: open.at, data }, open.tag, &mut self.keys);
        self.finish(node, open.anchor)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<String>,
        at: At,
    ) -> Result<(), Diagnostic> {
        if self.wants_key() && anchor == 0 {
            let key = share(&mut self.keys, text);
            return self.set_key(key, at);
        }
        let data = match style == ScalarStyle::Plain && tag.is_none() {
            true => plain(text),
            false => Tree::Text(text.into()),
        };
        let node = tagged(Node { at, data }, tag, &mut self.keys);
        self.finish(node, anchor)
    }

    fn alias(&mut self, id: usize, at: At) -> Result<(), Diagnostic> {
        let Some((node, extent)) = self.anchors.get(&id) else {
            let message = "an alias inside what it stands for".to_owned();
            return Err(self.origin.broken(at, message));
        };
        let (node, extent) = (node.clone(), *extent);
        self.count(extent.nodes, at)?;
        self.check_depth(self.stack.len() + extent.depth, at)?;
        self.finish(node, 0)
    }

    fn check_depth(&self, depth: usize, at: At) -> Result<(), Diagnostic> {
        if depth <= self.bounds.nesting {
            return Ok(());
        }
        Err(self.origin.too_deep(at, self.bounds))
    }

    fn count(&mut self, size: usize, at: At) -> Result<(), Diagnostic> {
        self.copied += size;
        if self.copied <= self.bounds.alias_values {
            return Ok(());
        }
        let most = self.bounds.alias_values;
        let message = format!("aliases make more than {most} values (`--max-alias-values`)");
        Err(self.origin.too_much(at, message))
    }

    /// Puts a finished node where it belongs.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        if anchor != 0 {
            let extent = extent(&node);
            self.count(extent.nodes, node.at)?;
            self.anchors.insert(anchor, (node.clone(), extent));
        }
        if self.wants_key() {
            let key = self.key_text(&node);
            return self.set_key(key, node.at);
        }
        match self.stack.last_mut().map(|open| &mut open.data) {
            None => self.found.documents.push(node),
            Some(Unfinished::List(items)) => items.push(node),
            Some(Unfinished::Map { entries, key }) => {
                if let Some((key, at)) = key.take() {
                    entries.push(Entry {
                        key,
                        at,
                        value: node,
                    });
                }
            }
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        let top = self.stack.last().map(|open| &open.data);
        matches!(top, Some(Unfinished::Map { key: None, .. }))
    }

    fn set_key(&mut self, text: Arc<str>, at: At) -> Result<(), Diagnostic> {
        if let Some(Unfinished::Map { key, .. }) = self.stack.last_mut().map(|open| &mut open.data)
        {
            *key = Some((text, at));
        }
        Ok(())
    }

    fn key_text(&mut self, node: &Node) -> Arc<str> {
        if let Some(text) = node.scalar() {
            return share(&mut self.keys, &text);
        }
        let finding = Diagnostic::finding(&Code::ODD_SHAPE, "a key that is no text");
        let place = self.origin.place(node.at);
        self.found.findings.push(finding.in_file(place));
        share(&mut self.keys, "?")
    }

    /// Works out `<<`: what the named maps hold and the map itself does not.
    fn merge(&mut self, entries: &mut Vec<Entry>) -> Result<(), Diagnostic> {
        while let Some(place) = entries.iter().position(|entry| &*entry.key == "<<") {
            let merged = entries.remove(place).value;
            let maps = match &merged.data {
                Tree::List(items) => items.as_slice(),
                _ => std::slice::from_ref(&merged),
            };
            for entry in maps.iter().flat_map(Node::entries) {
                if entries.iter().all(|own| own.key != entry.key) {
                    self.count(extent(&entry.value).nodes, entry.at)?;
                    entries.push(entry.clone());
                }
            }
        }
        Ok(())
    }
}

/// How large a part of a document is.
#[derive(Clone, Copy)]
struct Extent {
    nodes: usize,
    depth: usize,
}

fn extent(node: &Node) -> Extent {
    let below: Vec<Extent> = match &node.data {
        Tree::List(items) => items.iter().map(extent).collect(),
        Tree::Map(entries) => entries.iter().map(|e| extent(&e.value)).collect(),
        _ => Vec::new(),
    };
    Extent {
        nodes: 1 + below.iter().map(|e| e.nodes).sum::<usize>(),
        depth: 1 + below.iter().map(|e| e.depth).max().unwrap_or(0),
    }
}

/// Gives the name of a tag of our own: `Ref` for `!Ref`; none for YAML's `!!str` and for `!`.
fn tag_name(tag: &Tag) -> Option<String> {
    let own = !tag.is_yaml_core_schema() && !tag.suffix().is_empty();
    own.then(|| tag.suffix().to_owned())
}

/// Turns `!GetAtt x` into `{Fn::GetAtt: x}`.
fn tagged(node: Node, tag: Option<String>, keys: &mut FxHashSet<Arc<str>>) -> Node {
    let Some(tag) = tag else {
        return node;
    };
    let key = match tag.as_str() {
        "Ref" | "Condition" => share(keys, &tag),
        _ => share(keys, &format!("Fn::{tag}")),
    };
    let at = node.at;
    let entry = Entry {
        key,
        at,
        value: node,
    };
    Node {
        at,
        data: Tree::Map(vec![entry]),
    }
}

/// Reads a scalar without quotes. A number that starts with a zero stays text: account ids do.
fn plain(text: &str) -> Tree {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Tree::Null,
        "true" | "True" | "TRUE" => return Tree::Bool(true),
        "false" | "False" | "FALSE" => return Tree::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Tree::Text(text.into());
    }
    if let Ok(number) = text.parse() {
        return Tree::Int(number);
    }
    match text.parse::<f64>() {
        Ok(number) => Tree::Float(number),
        Err(_) => Tree::Text(text.into()),
    }
}
