//! What SAM adds before its types mean anything: `Globals`, and the APIs that events imply.
//!
//! What an event, a URL or an alias becomes is said by `make` rows in `data/types/sam`.

use crate::import::tree::{At, Entry, Node, Tree, edit};
use crate::import::types;
use std::sync::Arc;

/// Works `Globals` into the resources and adds the APIs that no resource declares.
pub(super) fn apply_globals(root: &mut Node) {
    let globals = root.get("Globals").cloned();
    let Some(resources) = entry_of(root, "Resources") else {
        return;
    };
    add_implicit_apis(&mut resources.value);
    add_embedded_connectors(&mut resources.value);
    let (Some(globals), Tree::Map(entries)) = (globals, &mut resources.value.data) else {
        return;
    };
    for entry in entries {
        let type_name = entry.value.get("Type").and_then(Node::text).cloned();
        let section = type_name.and_then(|name| types::globals().globals.get(&*name));
        let defaults = section.and_then(|section| globals.get(section));
        if let Some(defaults) = defaults {
            merge_into(&mut entry.value, defaults);
        }
    }
}

fn entry_of<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Entry> {
    match &mut node.data {
        Tree::Map(entries) => entries.iter_mut().find(|entry| &*entry.key == key),
        _ => None,
    }
}

fn merge_into(resource: &mut Node, defaults: &Node) {
    let left_out = ignored(resource);
    let at = resource.at;
    if resource.get("Properties").is_none()
        && let Tree::Map(entries) = &mut resource.data
    {
        edit(entries, |entries| {
            entries.push(map_entry("Properties", at, Vec::new()))
        });
    }
    let Some(properties) = entry_of(resource, "Properties") else {
        return;
    };
    if matches!(properties.value.data, Tree::Null) {
        properties.value.data = Tree::Map(Box::default());
    }
    let Tree::Map(own) = &mut properties.value.data else {
        return;
    };
    for entry in defaults.entries() {
        if !left_out(&entry.key) {
            merge_entry(own, entry);
        }
    }
}

/// Gives the test for properties that a resource does not want from `Globals`.
fn ignored(resource: &Node) -> impl Fn(&str) -> bool + use<> {
    let ignore = resource.get("IgnoreGlobals").cloned();
    move |key: &str| match &ignore {
        Some(node) if node.text().is_some_and(|text| &**text == "*") => true,
        Some(node) => node
            .items()
            .iter()
            .any(|item| item.text().is_some_and(|t| &**t == key)),
        None => false,
    }
}

/// Merges a default: maps key by key, lists with the default's items first, else the own value wins.
fn merge_entry(own: &mut Box<[Entry]>, default: &Entry) {
    let Some(there) = own.iter_mut().find(|entry| entry.key == default.key) else {
        edit(own, |own| own.push(default.clone()));
        return;
    };
    let is_call = there.value.call().is_some() || default.value.call().is_some();
    match (&mut there.value.data, &default.value.data) {
        (Tree::Map(inner), Tree::Map(defaults)) if !is_call => {
            defaults.iter().for_each(|entry| merge_entry(inner, entry));
        }
        (Tree::List(items), Tree::List(defaults)) => {
            *items = defaults.iter().chain(&**items).cloned().collect();
        }
        _ => {}
    }
}

/// The APIs that events without one of their own go to.
const IMPLICIT: [(&str, &str, &str, &str); 2] = [
    (
        "Api",
        "RestApiId",
        "ServerlessRestApi",
        "AWS::Serverless::Api",
    ),
    (
        "HttpApi",
        "ApiId",
        "ServerlessHttpApi",
        "AWS::Serverless::HttpApi",
    ),
];

fn add_implicit_apis(resources: &mut Node) {
    let Tree::Map(entries) = &mut resources.data else {
        return;
    };
    for (event, property, id, type_name) in IMPLICIT {
        let first = entries
            .iter()
            .find_map(|entry| first_event(entry, event, property));
        let known = entries.iter().any(|entry| &*entry.key == id);
        if let (Some(at), false) = (first, known) {
            let kind = Node {
                at,
                data: Tree::Text(type_name.into()),
            };
            let parts = vec![
                Entry {
                    key: "Type".into(),
                    at,
                    value: kind,
                },
                map_entry("Properties", at, Vec::new()),
            ];
            edit(entries, |entries| entries.push(map_entry(id, at, parts)));
        }
    }
}

/// Makes resources of the connectors that stand at their sources.
fn add_embedded_connectors(resources: &mut Node) {
    let Tree::Map(entries) = &mut resources.data else {
        return;
    };
    let mut made = Vec::new();
    for resource in entries.iter() {
        let connectors = resource
            .value
            .get("Connectors")
            .map_or(&[][..], Node::entries);
        made.extend(
            connectors
                .iter()
                .map(|connector| own_connector(resource, connector)),
        );
    }
    if !made.is_empty() {
        edit(entries, |entries| entries.extend(made));
    }
}

fn own_connector(resource: &Entry, connector: &Entry) -> Entry {
    let at = connector.at;
    let text = |text: Arc<str>| Node {
        at,
        data: Tree::Text(text),
    };
    let entry = |key: &str, value| Entry {
        key: key.into(),
        at,
        value,
    };
    let source = map_entry("Source", at, vec![entry("Id", text(resource.key.clone()))]);
    let given = connector
        .value
        .get("Properties")
        .map_or(&[][..], Node::entries);
    let mut properties = vec![source];
    properties.extend(given.iter().cloned());
    let id = format!("{}{}", resource.key, connector.key);
    let kind = entry("Type", text("AWS::Serverless::Connector".into()));
    map_entry(&id, at, vec![kind, map_entry("Properties", at, properties)])
}

/// Gives the place of the first event of a kind that names no API.
fn first_event(resource: &Entry, event: &str, property: &str) -> Option<At> {
    let type_name = resource.value.get("Type")?.text()?;
    if !type_name.starts_with("AWS::Serverless::") {
        return None;
    }
    let events = resource.value.get("Properties")?.get("Events")?;
    let implied = |entry: &&Entry| {
        let is_kind = entry
            .value
            .get("Type")
            .and_then(Node::text)
            .is_some_and(|t| &**t == event);
        let named = entry.value.get("Properties").and_then(|p| p.get(property));
        is_kind && named.is_none()
    };
    events.entries().iter().find(implied).map(|entry| entry.at)
}

fn map_entry(key: &str, at: At, entries: Vec<Entry>) -> Entry {
    Entry {
        key: Arc::from(key),
        at,
        value: Node {
            at,
            data: Tree::Map(entries.into()),
        },
    }
}
