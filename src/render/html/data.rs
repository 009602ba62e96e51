//! What a page knows about its drawing: names, facts, configuration, places and reasons, as JSON.

use super::super::Job;
use super::super::figure::Figure;
use super::super::figure::Manner;
use super::super::json;
use super::super::picture::Link;
use super::super::picture::Node;
use super::super::picture::remarks;
use super::super::text::harmless;
use super::super::text::is_steering;
use super::super::value::phrase_of;
use crate::model::NodeId;
use crate::model::Value;
use crate::model::ValueMap;
use std::fmt::Write as _;

/// Properties that are told in an order of their own; all others follow.
const FIRST: [&str; 8] = [
    "id", "type", "service", "category", "status", "why", "file", "line",
];

/// Most nodes of one that stands for several whose facts are told.
const TOLD: usize = 40;

/// Gives the data of a drawing; safe to stand in a script block of JSON.
pub(super) fn data(job: &Job<'_>, figure: &Figure) -> String {
    let picture = &figure.picture;
    let nodes = picture
        .nodes
        .iter()
        .map(|node| node_data(job, node))
        .collect();
    let links = picture
        .links
        .iter()
        .map(|link| link_data(job, link))
        .collect();
    let boxes = picture
        .frames
        .iter()
        .map(|frame| {
            map([
                ("title", Value::text(&frame.title)),
                ("parent", place(frame.parent)),
            ])
        })
        .collect();
    let all = map([
        ("nodes", Value::list(nodes)),
        ("links", Value::list(links)),
        ("boxes", Value::list(boxes)),
    ]);
    guarded(&json::value_to_string(&all, job.view))
}

/// Makes JSON fit for a block of a page: a closing tag inside of a string would end the block, and
/// what could steer a reader's eye is written out visibly. Both occur in strings only.
fn guarded(json: &str) -> String {
    json.chars()
        .fold(String::with_capacity(json.len()), |mut own, c| {
            let _ = match c {
                '<' => write!(own, "\\u003c"),
                c if is_steering(c) => write!(own, "\\\\u{{{:x}}}", u32::from(c)),
                c => write!(own, "{c}"),
            };
            own
        })
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::map(
        entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect::<ValueMap>(),
    )
}

fn place(at: Option<usize>) -> Value {
    at.map_or(Value::Null, |at| Value::Int(at as i64))
}

fn node_data(job: &Job<'_>, node: &Node) -> Value {
    let all = node
        .ids
        .iter()
        .take(TOLD)
        .map(|id| facts(job, *id))
        .collect();
    map([
        ("name", Value::text(&node.name)),
        ("what", Value::text(&node.what)),
        ("box", place(node.frame)),
        ("all", Value::list(all)),
    ])
}

/// Lists the properties of a node as pairs of name and text; what has an inside as JSON.
fn facts(job: &Job<'_>, node: NodeId) -> Value {
    let mut properties = job.view.node_properties(node);
    let rank = |name: &str| {
        FIRST
            .iter()
            .position(|first| *first == name)
            .unwrap_or(FIRST.len())
    };
    properties.sort_by_key(|(key, _)| rank(job.view.name(*key)));
    let pairs = properties
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| {
            let text = match &value {
                Value::Text(text) => Value::Text(text.clone()),
                Value::Map(_) | Value::List(_) => value.clone(),
                other => Value::text(json::value_to_string(other, job.view)),
            };
            Value::list(vec![Value::text(job.view.name(key)), text])
        });
    Value::list(pairs.collect())
}

fn link_data(job: &Job<'_>, link: &Link) -> Value {
    map([
        ("from", Value::Int(link.from as i64)),
        ("to", Value::Int(link.to as i64)),
        ("kind", Value::text(&link.kind)),
        ("says", Value::text(harmless(&phrase_of(&link.kind)))),
        ("phrase", Value::text(&link.phrase)),
        (
            "manner",
            Value::text(Manner::of(&link.kind, link.failure).class()),
        ),
        (
            "reasons",
            Value::list(
                remarks(job.view, link)
                    .into_iter()
                    .map(Value::from)
                    .collect(),
            ),
        ),
    ])
}
