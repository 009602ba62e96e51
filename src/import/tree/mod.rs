//! A tree of what a YAML or JSON text holds, with the place of every part.
//!
//! Takes text, gives nodes. YAML's short tags (`!Ref`, `!GetAtt`, …) come out in their long form, so
//! that nobody above has to know in which of the two languages a template was written. Does not know
//! what any key means.

mod block;
#[cfg(test)]
mod block_tests;
mod json;
mod lines;
mod read;
mod scalar;
mod shared;
mod text;
mod yaml;

pub(crate) use read::{Found, read, read_embedded};
pub(crate) use text::decode;

use std::sync::Arc;

/// A place in one of the loaded files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct At {
    /// Which file, as a number of the model.
    pub(crate) file: u32,
    /// 1-based line.
    pub(crate) line: u32,
    /// 1-based column in characters.
    pub(crate) column: u32,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where it starts.
    pub(crate) at: At,
    /// What it is.
    pub(crate) data: Tree,
}

/// What a part of a document is.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
    List(Box<[Node]>),
    Map(Box<[Entry]>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key; equal keys of a document mostly share one copy.
    pub(crate) key: Arc<str>,
    /// Where the key stands.
    pub(crate) at: At,
    /// The value.
    pub(crate) value: Node,
}

impl Node {
    /// Gives the value of a key of a map; searches the map.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Takes the value of a key out of a map and leaves null; searches the map.
    pub(crate) fn take(&mut self, key: &str) -> Option<Node> {
        let Tree::Map(entries) = &mut self.data else {
            return None;
        };
        let entry = entries.iter_mut().find(|entry| &*entry.key == key)?;
        let at = entry.value.at;
        let data = Tree::Null;
        Some(std::mem::replace(&mut entry.value, Node { at, data }))
    }

    /// Tells whether a key like this is anywhere inside; walks all of it.
    pub(crate) fn has_key(&self, wanted: &impl Fn(&str) -> bool) -> bool {
        match &self.data {
            Tree::List(items) => items.iter().any(|item| item.has_key(wanted)),
            Tree::Map(entries) => entries
                .iter()
                .any(|entry| wanted(&entry.key) || entry.value.has_key(wanted)),
            _ => false,
        }
    }

    /// Gives the entries of a map, none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Tree::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Gives the items of a list, none for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.data {
            Tree::List(items) => items,
            _ => &[],
        }
    }

    /// Gives the text of a string.
    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match &self.data {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives a scalar as people write it: `80`, `true`, `text`.
    pub(crate) fn scalar(&self) -> Option<Arc<str>> {
        match &self.data {
            Tree::Text(text) => Some(text.clone()),
            Tree::Int(number) => Some(number.to_string().into()),
            Tree::Float(number) => Some(number.to_string().into()),
            Tree::Bool(truth) => Some(truth.to_string().into()),
            _ => None,
        }
    }

    /// Gives name and argument of a function call: a map with the one key `Ref`, `Condition` or
    /// `Fn::…`.
    pub(crate) fn call(&self) -> Option<(&str, &Node)> {
        match self.entries() {
            [only] if &*only.key == "Ref" || is_function(&only.key) => {
                Some((&only.key, &only.value))
            }
            _ => None,
        }
    }
}

/// Changes a list whose length is not kept with it; copies it where the length changes.
pub(crate) fn edit<T>(items: &mut Box<[T]>, change: impl FnOnce(&mut Vec<T>)) {
    let mut list = std::mem::take(items).into_vec();
    change(&mut list);
    *items = list.into();
}

/// Tells whether a key is that of a function: `Fn::…`. Compares letters, for it is asked of nearly
/// every key.
pub(crate) fn is_function(key: &str) -> bool {
    matches!(key.as_bytes(), [b'F', b'n', b':', b':', ..])
}
