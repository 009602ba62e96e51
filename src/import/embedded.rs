//! Documents inside a text: JSON in a `Sub`, a state machine in a `Join`.
//!
//! What is not known in the text is replaced by a token, the text is read, and the tokens are put
//! back, so that a reference in the middle of a definition is still a reference.

use super::bounds::Bounds;
use super::tree::{self, At, Node, Tree};
use super::value::{Data, Val};
use std::sync::Arc;

/// A token is one of these, a number, and the other; both are for private use in Unicode.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// Reads a text that starts like JSON.
pub(crate) fn json(value: &Val) -> Option<Val> {
    starts_like_json(value).then(|| document(value)).flatten()
}

/// Reads a text of JSON, or of several lines of YAML.
pub(crate) fn text(value: &Val) -> Option<Val> {
    let lines = match &value.data {
        Data::Concat(parts) => parts
            .iter()
            .filter_map(Val::as_text)
            .any(|text| text.contains('\n')),
        _ => value.as_text().is_some_and(|text| text.contains('\n')),
    };
    (lines || starts_like_json(value))
        .then(|| document(value))
        .flatten()
}

/// Reads a text as JSON or YAML; gives nothing where it is neither, or no list or map.
pub(crate) fn document(value: &Val) -> Option<Val> {
    let (text, parts) = with_tokens(value)?;
    let name: Arc<str> = "".into();
    let found = tree::read_embedded(&text, value.at, &name, &Bounds::default()).ok()?;
    let node = found.documents.into_iter().next()?;
    matches!(node.data, Tree::List(_) | Tree::Map(_)).then(|| restore(&node, &parts))
}

fn starts_like_json(value: &Val) -> bool {
    let first = match &value.data {
        Data::Concat(parts) => parts.first().and_then(Val::as_text),
        _ => value.as_text(),
    };
    first.is_some_and(|text| text.trim_start().starts_with(['{', '[']))
}

fn with_tokens(value: &Val) -> Option<(String, Vec<Val>)> {
    let parts = match &value.data {
        Data::Text(text) => return Some((text.to_string(), Vec::new())),
        Data::Concat(parts) => parts,
        _ => return None,
    };
    let mut text = String::new();
    let mut kept = Vec::new();
    for part in parts {
        match part.as_text() {
            Some(plain) => text.push_str(plain),
            None => {
                text.push_str(&format!("{OPEN}{}{CLOSE}", kept.len()));
                kept.push(part.clone());
            }
        }
    }
    Some((text, kept))
}

fn restore(node: &Node, parts: &[Val]) -> Val {
    let data = match &node.data {
        Tree::Text(text) if text.contains(OPEN) => return split_tokens(text, node.at, parts),
        Tree::List(items) => Data::List(items.iter().map(|item| restore(item, parts)).collect()),
        Tree::Map(entries) => Data::Map(
            entries
                .iter()
                .map(|entry| {
                    (
                        key(&entry.key, entry.at, parts),
                        restore(&entry.value, parts),
                    )
                })
                .collect(),
        ),
        _ => return Val::plain(node),
    };
    Val::new(node.at, data)
}

fn key(text: &Arc<str>, at: At, parts: &[Val]) -> Arc<str> {
    match text.contains(OPEN) {
        true => split_tokens(text, at, parts)
            .rendered()
            .unwrap_or_else(|| text.clone()),
        false => text.clone(),
    }
}

fn split_tokens(text: &str, at: At, parts: &[Val]) -> Val {
    let mut pieces = Vec::new();
    for (i, piece) in text.split(OPEN).enumerate() {
        let (token, plain) = match (i, piece.split_once(CLOSE)) {
            (0, _) | (_, None) => (None, piece),
            (_, Some((number, plain))) => (number.parse::<usize>().ok(), plain),
        };
        pieces.extend(token.and_then(|number| parts.get(number)).cloned());
        pieces.push(Val::text(at, plain));
    }
    Val::concat(at, pieces)
}
