//! Documents as values: what `jsondecode` and `yamldecode` give.

use super::value::Val;
use crate::import::Bounds;
use crate::import::tree::{self, At, Node, Tree};
use serde_json::Value as Json;

/// Reads a text of YAML; nothing where it is not well formed.
pub(super) fn yaml(text: &str, bounds: &Bounds) -> Option<Val> {
    let found = tree::read_embedded(text, At::default(), &"".into(), bounds).ok()?;
    found.documents.first().map(from_tree)
}

/// Reads a text of JSON; nothing where it is not well formed.
pub(super) fn json(text: &str) -> Option<Val> {
    serde_json::from_str(text).ok().map(|json| from_json(&json))
}

fn from_tree(node: &Node) -> Val {
    match &node.data {
        Tree::Null => Val::Null,
        Tree::Bool(value) => Val::Bool(*value),
        Tree::Int(number) => Val::Number(*number as f64),
        Tree::Float(number) => Val::Number(*number),
        Tree::Text(text) => Val::text(text),
        Tree::List(items) => Val::list(items.iter().map(from_tree).collect()),
        Tree::Map(entries) => {
            let value = |entry: &tree::Entry| (entry.key.clone(), from_tree(&entry.value));
            Val::map(entries.iter().map(value).collect())
        }
    }
}

/// Turns JSON into a value.
pub(crate) fn from_json(json: &Json) -> Val {
    match json {
        Json::Null => Val::Null,
        Json::Bool(value) => Val::Bool(*value),
        Json::Number(number) => Val::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Val::text(text),
        Json::Array(items) => Val::list(items.iter().map(from_json).collect()),
        Json::Object(map) => Val::map(
            map.iter()
                .map(|(key, value)| (key.as_str().into(), from_json(value)))
                .collect(),
        ),
    }
}
