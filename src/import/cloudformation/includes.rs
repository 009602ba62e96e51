//! `AWS::Include`: documents beside a template that are put in where it names them.
//!
//! Takes a template and gives it back whole. Other macros are not worked out.

use super::load::read_document;
use crate::diag::Code;
use crate::import::resource::Model;
use crate::import::tree::{At, Entry, Node, Tree, edit};
use crate::import::{Bounds, Files};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The key under which a document stands that is no map.
pub(super) const INCLUDED: &str = "Included";

/// The key of a map that may name a document to include.
pub(super) const TRANSFORM: &str = "Fn::Transform";

/// Tells whether a template includes a document as a whole.
pub(super) fn is_extended(root: &Node) -> bool {
    whole(root).next().is_some()
}

/// Gives the files that a template as a whole includes.
fn whole(root: &Node) -> impl Iterator<Item = (Arc<str>, At)> {
    let transform = root.get("Transform");
    let listed = transform.map_or(&[][..], Node::items).iter();
    transform.into_iter().chain(listed).filter_map(location)
}

/// Reads what a template includes.
pub(super) struct Includes<'a> {
    pub(super) model: &'a mut Model,
    pub(super) files: &'a dyn Files,
    pub(super) bounds: &'a Bounds,
    /// Documents that may still be read.
    pub(super) left: usize,
}

impl Includes<'_> {
    /// Puts in what the template as a whole includes, then what its parts do.
    pub(super) fn put_all(&mut self, root: &mut Node) {
        for (path, at) in whole(root).collect::<Vec<_>>() {
            if let Some(document) = self.read(&path, at) {
                add_sections(root, document);
            }
        }
        self.put(root);
    }

    fn put(&mut self, node: &mut Node) {
        match &mut node.data {
            Tree::List(items) => items.iter_mut().for_each(|item| self.put(item)),
            Tree::Map(entries) => entries
                .iter_mut()
                .for_each(|entry| self.put(&mut entry.value)),
            _ => {}
        }
        let named = node.get(TRANSFORM).and_then(location);
        let document = named.and_then(|(path, at)| self.read(&path, at));
        if let (Some(document), Tree::Map(entries)) = (document, &mut node.data) {
            put_in(entries, document);
        }
    }

    fn read(&mut self, location: &str, at: At) -> Option<Node> {
        let (base, path) = match self.model.asset(location).cloned() {
            Some(asset) => asset,
            None if location.contains("://") => return None,
            None => (self.model.file(at), location.into()),
        };
        let Some(left) = self.left.checked_sub(1) else {
            let message = "a document is not included, there are too many (`--max-includes`)";
            self.model.note(&Code::CUT_AT_BOUND, at, message.to_owned());
            return None;
        };
        self.left = left;
        read_document(self.model, self.files, self.bounds, &base, &path, at)
    }
}

/// Gives the file that a transform includes, and where it says so.
fn location(transform: &Node) -> Option<(Arc<str>, At)> {
    let name = transform.get("Name")?.text()?;
    let location = transform.get("Parameters")?.get("Location")?;
    (&**name == "AWS::Include").then_some(())?;
    Some((location.text()?.clone(), location.at))
}

/// Puts a document in the place of the transform that includes it.
fn put_in(entries: &mut Box<[Entry]>, document: Node) {
    let is_transform = |entry: &Entry| &*entry.key == TRANSFORM;
    match document.data {
        Tree::Map(new) => {
            edit(entries, |entries| {
                entries.retain(|entry| !is_transform(entry))
            });
            add_missing(entries, new);
        }
        _ => {
            let transform = entries.iter_mut().find(|entry| is_transform(entry));
            if let Some(Tree::Map(inside)) = transform.map(|entry| &mut entry.value.data) {
                let at = document.at;
                let included = Entry {
                    key: INCLUDED.into(),
                    at,
                    value: document,
                };
                edit(inside, |inside| inside.push(included));
            }
        }
    }
}

/// Adds the sections of a document to those of a template.
fn add_sections(root: &mut Node, document: Node) {
    let (Tree::Map(sections), Tree::Map(new)) = (&mut root.data, document.data) else {
        return;
    };
    for section in new {
        let own = sections.iter_mut().find(|own| own.key == section.key);
        match (own.map(|own| &mut own.value.data), section.value.data) {
            (Some(Tree::Map(own)), Tree::Map(new)) => add_missing(own, new),
            (Some(_), _) => {}
            (None, data) => {
                let value = Node {
                    data,
                    ..section.value
                };
                edit(sections, |all| all.push(Entry { value, ..section }));
            }
        }
    }
}

/// Adds entries whose keys are not there yet; what a template says itself counts.
fn add_missing(entries: &mut Box<[Entry]>, new: Box<[Entry]>) {
    let known: FxHashSet<Arc<str>> = entries.iter().map(|own| own.key.clone()).collect();
    let missing = new.into_iter().filter(|entry| !known.contains(&entry.key));
    edit(entries, |entries| entries.extend(missing));
}
