//! Values for people: short, in the words of the graph.
//!
//! A node is its name with what it is in parentheses, a relationship an arrow, a path a chain of
//! arrows with the phrases of the kinds. What a person sees need not be read back.

use super::text::Role;
use super::text::Text;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::Kinds;
use crate::model::NodeId;
use crate::model::Path;
use crate::model::Value;
use crate::model::ValueMap;

/// Properties that may serve as the name of a node, best first.
const NAMES: [&str; 4] = ["name", "id", "key", "title"];

/// Label that says nothing beside a more telling one.
const RESOURCE: &str = "Resource";

/// Gives the text of a value as it stands alone in a cell: strings without quotes.
pub(super) fn text_of(value: &Value, view: &dyn GraphView) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::Text(text) => Text::new(Role::Plain, text),
        other => {
            let mut text = Text::default();
            push_value(&mut text, other, view);
            text
        }
    }
}

fn push_value(text: &mut Text, value: &Value, view: &dyn GraphView) {
    match value {
        Value::Null => text.push(Role::Word, "null"),
        Value::Bool(truth) => text.push(Role::Word, if *truth { "true" } else { "false" }),
        Value::Int(number) => text.push(Role::Number, &number.to_string()),
        Value::Float(number) => text.push(Role::Number, &format!("{number:?}")),
        Value::Text(string) => text.push(Role::Quoted, &quoted(string)),
        Value::List(items) => push_list(text, items, view),
        Value::Map(map) => push_map(text, map, view),
        Value::Node(node) => push_node(text, *node, view),
        Value::Edge(edge) => push_edge(text, *edge, view),
        Value::Path(path) => push_path(text, path, view),
        Value::Temporal(temporal) => text.push(Role::Number, &temporal.to_string()),
    }
}

fn quoted(string: &str) -> String {
    format!("'{}'", string.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn push_list(text: &mut Text, items: &[Value], view: &dyn GraphView) {
    text.push(Role::Plain, "[");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push(Role::Plain, ", ");
        }
        push_value(text, item, view);
    }
    text.push(Role::Plain, "]");
}

fn push_map(text: &mut Text, map: &ValueMap, view: &dyn GraphView) {
    text.push(Role::Plain, "{");
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            text.push(Role::Plain, ", ");
        }
        text.push(Role::Plain, key);
        text.push(Role::Plain, ": ");
        push_value(text, value, view);
    }
    text.push(Role::Plain, "}");
}

/// Gives the name of a node: the first of its naming properties, if it has one.
pub(super) fn name_of(node: NodeId, view: &dyn GraphView) -> Option<String> {
    NAMES.iter().find_map(|key| match view.get(node, key) {
        Value::Text(text) if !text.is_empty() => Some(text.to_string()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Gives the label that tells most about a node: any before `Resource`.
pub(super) fn label_of(node: NodeId, view: &dyn GraphView) -> Option<&str> {
    let labels = view.node_labels(node);
    labels
        .iter()
        .map(|label| view.name(*label))
        .find(|label| *label != RESOURCE)
        .or_else(|| labels.first().map(|label| view.name(*label)))
}

fn push_node(text: &mut Text, node: NodeId, view: &dyn GraphView) {
    let Some(name) = name_of(node, view) else {
        return push_nameless(text, node, view);
    };
    text.push(Role::Name, &name);
    if let Some(label) = label_of(node, view) {
        text.push(Role::Label, &format!(" ({label})"));
    }
}

/// Writes a node without a name as a query would: its labels and properties.
fn push_nameless(text: &mut Text, node: NodeId, view: &dyn GraphView) {
    text.push(Role::Plain, "(");
    for label in view.node_labels(node) {
        text.push(Role::Label, &format!(":{}", view.name(*label)));
    }
    let properties: ValueMap = view
        .node_properties(node)
        .into_iter()
        .map(|(key, value)| (view.name(key).into(), value))
        .collect();
    if !properties.is_empty() {
        if !view.node_labels(node).is_empty() {
            text.push(Role::Plain, " ");
        }
        push_map(text, &properties, view);
    }
    text.push(Role::Plain, ")");
}

fn short_name(node: NodeId, view: &dyn GraphView) -> String {
    name_of(node, view)
        .or_else(|| label_of(node, view).map(|label| format!(":{label}")))
        .unwrap_or_else(|| "()".to_owned())
}

fn push_edge(text: &mut Text, edge: EdgeId, view: &dyn GraphView) {
    let ends = view.ends(edge);
    text.push(Role::Name, &short_name(ends.from, view));
    text.push(Role::Dim, " -[");
    text.push(Role::Kind, view.name(ends.kind));
    text.push(Role::Dim, "]-> ");
    text.push(Role::Name, &short_name(ends.to, view));
}

/// Gives the phrase of a kind, or its name where the table does not know it.
pub(super) fn phrase_of(kind: &str) -> String {
    Kinds::built_in()
        .get(kind)
        .map_or_else(|| kind.to_owned(), |row| row.phrase.clone())
}

fn push_path(text: &mut Text, path: &Path, view: &dyn GraphView) {
    let Some(first) = path.nodes.first() else {
        return;
    };
    text.push(Role::Name, &short_name(*first, view));
    for (edge, (from, to)) in path
        .edges
        .iter()
        .zip(path.nodes.iter().zip(path.nodes.iter().skip(1)))
    {
        let ends = view.ends(*edge);
        let forward = ends.from == *from;
        text.push(Role::Dim, if forward { " -" } else { " <-" });
        text.push(Role::Kind, &phrase_of(view.name(ends.kind)));
        text.push(Role::Dim, if forward { "-> " } else { "- " });
        text.push(Role::Name, &short_name(*to, view));
    }
}
