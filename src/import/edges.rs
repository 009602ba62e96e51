//! The integration edges of a graph as rows for other programs.

use super::types;
use crate::model::{Class, EdgeId, GraphView, Kinds, NodeId, Value};
use serde::Serialize;

/// One integration edge, as `archq edges --format json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EdgeRow {
    /// Where it starts.
    pub from: EndRow,
    /// Where it ends.
    pub to: EndRow,
    /// The kind in lower case.
    pub kind: String,
    /// How.
    pub mechanism: String,
    /// The file that declares it.
    pub file: String,
    /// The line that declares it.
    pub line: i64,
}

/// One end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndRow {
    /// The logical id or address; what is known of an end outside.
    pub id: String,
    /// The type as written, empty for an end outside.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The short name of the service.
    pub service: String,
}

/// The lightest kind that is an integration, that of file systems in use: below are roles, keys,
/// networks and logs.
const LIGHTEST: u32 = 42;

/// Lists the integration edges of a graph: requests, events, data and who decides about them, between
/// things of their own. Walks the edges once.
pub fn edges<'a>(graph: &'a dyn GraphView) -> impl Iterator<Item = EdgeRow> + 'a {
    graph
        .edges()
        .into_iter()
        .filter_map(move |edge| row(graph, edge))
}

fn row(graph: &dyn GraphView, edge: EdgeId) -> Option<EdgeRow> {
    let ends = graph.ends(edge);
    let kind = graph.name(ends.kind);
    let known = Kinds::built_in().get(kind)?;
    if known.structural || known.weight < LIGHTEST {
        return None;
    }
    if looked_through(graph, ends.from) || looked_through(graph, ends.to) {
        return None;
    }
    // A network keeps strangers from all that lies in it; that is where a thing is, not what it is for.
    if known.class == Class::Access && is_container(graph, ends.from) {
        return None;
    }
    // Who reads the mail of a topic, or what nobody can tell, is no service to integrate with.
    let served = |node| !graph.get(node, "service").is_null();
    if !served(ends.from) || !served(ends.to) {
        return None;
    }
    Some(EdgeRow {
        from: end(graph, ends.from)?,
        to: end(graph, ends.to)?,
        kind: kind.to_lowercase(),
        mechanism: text(graph.get_edge(edge, "mechanism")),
        file: text(graph.get_edge(edge, "file")),
        line: graph.get_edge(edge, "line").as_int().unwrap_or(0),
    })
}

fn looked_through(graph: &dyn GraphView, node: NodeId) -> bool {
    matches!(graph.get(node, "role").as_str(), Some("glue" | "part"))
}

fn is_container(graph: &dyn GraphView, node: NodeId) -> bool {
    graph.get(node, "role").as_str() == Some("container")
}

fn end(graph: &dyn GraphView, node: NodeId) -> Option<EndRow> {
    let id = match graph.get(node, "logical_id") {
        Value::Null => graph.get(node, "id"),
        id => id,
    };
    let service = text(graph.get(node, "service"));
    Some(EndRow {
        id: id.as_str()?.to_owned(),
        type_name: text(graph.get(node, "type")),
        service: types::contract_name(&service),
    })
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    }
}
