//! YAML events to nodes: tags, anchors, merge keys, and the scalars that people mean.
//!
//! Builds with a stack of its own, so depth costs no recursion; what aliases and merges add is
//! counted against a bound, so a small file cannot become a large tree.

use super::json::keep_last;
use super::read::{Found, Origin};
use super::scalar::{Functions, called, plain};
use super::shared::Shared;
use super::{At, Entry, Node, Tree};
use crate::diag::{Code, Diagnostic};
use crate::import::bounds::{Bounds, Stop};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, Tag};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Reads all documents of a text.
pub(super) fn read(text: &str, origin: &Origin, bounds: &Bounds) -> Result<Found, Diagnostic> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: bounds.nesting,
        block_nesting_limit: bounds.nesting,
    };
    let mut builder = Builder::new(text.len(), origin, bounds);
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
    function: Option<Arc<str>>,
    anchor: usize,
    data: Unfinished,
}

/// Where the items or entries of a list or map begin, and the key that waits for its value.
enum Unfinished {
    List(usize),
    Map(usize, Option<(Arc<str>, At)>),
}

struct Builder<'a> {
    origin: &'a Origin,
    bounds: &'a Bounds,
    stack: Vec<Open>,
    anchors: FxHashMap<usize, (Node, Extent)>,
    copied: usize,
    values: usize,
    shared: Shared,
    functions: Functions,
    /// Entries of all maps that are not finished, the innermost last; each takes its own from the
    /// end, so that it is as large as it has to be.
    entries: Vec<Entry>,
    /// Items of the lists that are not finished, likewise.
    items: Vec<Node>,
    found: Found,
}

impl<'a> Builder<'a> {
    fn new(bytes: usize, origin: &'a Origin, bounds: &'a Bounds) -> Self {
        Self {
            origin,
            bounds,
            stack: Vec::new(),
            anchors: FxHashMap::default(),
            copied: 0,
            values: 0,
            shared: Shared::new(bytes),
            functions: Functions::default(),
            entries: Vec::new(),
            items: Vec::new(),
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
                let function = self.function(tag.as_deref());
                self.scalar(&text, style, anchor, function, at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                let data = Unfinished::List(self.items.len());
                self.open(at, anchor, tag.as_deref(), data)
            }
            Event::MappingStart(_, anchor, tag) => {
                let data = Unfinished::Map(self.entries.len(), None);
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
        let function = self.function(tag);
        self.stack.push(Open {
            at,
            function,
            anchor,
            data,
        });
        Ok(())
    }

    /// Gives the function that a tag of our own means; none for YAML's `!!str` and for `!`.
    fn function(&mut self, tag: Option<&Tag>) -> Option<Arc<str>> {
        let name = tag.filter(|tag| !tag.is_yaml_core_schema())?.suffix();
        (!name.is_empty()).then(|| self.functions.of(name, &mut self.shared))
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        let Some(open) = self.stack.pop() else {
            return Ok(());
        };
        let data = match open.data {
            Unfinished::List(from) => Tree::List(self.items.split_off(from).into()),
            Unfinished::Map(from, _) => {
                let mut entries = self.entries.split_off(from);
                self.merge(&mut entries)?;
                keep_last(&mut entries, self.origin, &mut self.found);
                Tree::Map(entries.into())
            }
        };
        let node = called(Node { at: open.at, data }, open.function);
        self.finish(node, open.anchor)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        function: Option<Arc<str>>,
        at: At,
    ) -> Result<(), Diagnostic> {
        if self.wants_key() && anchor == 0 {
            let key = self.shared.get(text);
            return self.set_key(key, at);
        }
        let known = match style == ScalarStyle::Plain && function.is_none() {
            true => plain(text),
            false => None,
        };
        let data = known.unwrap_or_else(|| Tree::Text(self.shared.get(text)));
        self.finish(called(Node { at, data }, function), anchor)
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
            Some(Unfinished::List(_)) => self.items.push(node),
            Some(Unfinished::Map(_, key)) => {
                let value = node;
                self.entries
                    .extend(key.take().map(|(key, at)| Entry { key, at, value }));
            }
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        let top = self.stack.last().map(|open| &open.data);
        matches!(top, Some(Unfinished::Map(_, None)))
    }

    fn set_key(&mut self, text: Arc<str>, at: At) -> Result<(), Diagnostic> {
        if let Some(Unfinished::Map(_, key)) = self.stack.last_mut().map(|open| &mut open.data) {
            *key = Some((text, at));
        }
        Ok(())
    }

    fn key_text(&mut self, node: &Node) -> Arc<str> {
        if let Some(text) = node.scalar() {
            return self.shared.get(&text);
        }
        let finding = Diagnostic::finding(&Code::ODD_SHAPE, "a key that is no text");
        let place = self.origin.place(node.at);
        self.found.findings.push(finding.in_file(place));
        self.shared.get("?")
    }

    /// Works out `<<`: what the named maps hold and the map itself does not.
    fn merge(&mut self, entries: &mut Vec<Entry>) -> Result<(), Diagnostic> {
        while let Some(place) = entries.iter().position(|entry| &*entry.key == "<<") {
            let merged = entries.remove(place).value;
            let maps = match &merged.data {
                Tree::List(items) => &**items,
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
