//! What the arguments of a call name in plain words: `"TableName": "orders"` in a mapping template.
//!
//! The keys that name something are those of `data/types/tables/calls.toml`. A template in Velocity is
//! no JSON, so the text is searched for the key and not parsed.

use super::endpoint::End;
use super::finder::Finder;
use super::types;
use super::value::{Data, Val};

/// A key whose value names a resource, and the type of that resource.
type Key = (&'static str, &'static String);

/// Gives the resources of a service that are named under a key of one of its calls.
pub(crate) fn ends(finder: &Finder<'_>, value: &Val, service: &str, stack: u32) -> Vec<End> {
    let keys = keys_of(service);
    let mut ends = Vec::new();
    if !keys.is_empty() {
        search(finder, value, &keys, stack, &mut ends);
    }
    ends
}

fn keys_of(service: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for row in &types::calls().calls {
        let prefix = row.call.split(':').next().unwrap_or_default();
        let Some(type_name) = &row.type_name else {
            continue;
        };
        if types::service_of_prefix(prefix) == Some(service) {
            keys.extend(row.arguments.iter().map(|path| (last(path), type_name)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Gives the last word of a path: `TopicArn` of `integration.request.querystring.TopicArn`.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Searches maps and texts. Recursion is bounded by the nesting of documents.
fn search(finder: &Finder<'_>, value: &Val, keys: &[Key], stack: u32, ends: &mut Vec<End>) {
    match &value.data {
        Data::List(items) => {
            items
                .iter()
                .for_each(|item| search(finder, item, keys, stack, ends));
        }
        Data::Either(own) => {
            search(finder, &own.yes, keys, stack, ends);
            search(finder, &own.no, keys, stack, ends);
        }
        Data::Map(entries) => {
            for (name, inner) in entries {
                let named = keys.iter().filter(|(key, _)| *key == last(name));
                for (_, type_name) in named {
                    let text = inner.rendered().unwrap_or_default();
                    add(finder, text.trim_matches('\''), type_name, stack, ends);
                }
                search(finder, inner, keys, stack, ends);
            }
        }
        Data::Text(_) | Data::Concat(_) => {
            let text = value.rendered().unwrap_or_default();
            for (key, type_name) in keys {
                for named in values_of(&text, key) {
                    add(finder, named, type_name, stack, ends);
                }
            }
        }
        _ => {}
    }
}

fn add(finder: &Finder<'_>, text: &str, type_name: &str, stack: u32, ends: &mut Vec<End>) {
    let value = Val::text(Default::default(), text);
    let found = finder.resources(&value, &[type_name.to_owned()], stack);
    for end in found.into_iter().map(End::Resource) {
        if !ends.contains(&end) {
            ends.push(end);
        }
    }
}

/// Gives what follows a key in a text: `"KEY": "value"`, `KEY=value&`.
fn values_of<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let behind = text.match_indices(key).filter_map(|(at, _)| {
        let rest = text.get(at + key.len()..)?;
        let rest = rest.trim_start_matches(['"', '\'', '\\']).trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'', '\\']);
        rest.split(['"', '\'', '&', '\\', '\n']).next()
    });
    behind.filter(|value| !value.is_empty()).collect()
}
