//! Writes values as the language does, nodes and relationships with labels and properties.

use archq::model::EdgeId;
use archq::model::Graph;
use archq::model::GraphView;
use archq::model::NodeId;
use archq::model::Path;
use archq::model::Symbol;
use archq::model::Value;

/// Writes a value.
pub(crate) fn of(value: &Value, graph: &Graph) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(int) => int.to_string(),
        Value::Float(float) => format!("{float:?}"),
        Value::Text(text) => format!("'{text}'"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| of(item, graph)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entries = map
                .iter()
                .map(|(key, value)| format!("{key}: {}", of(value, graph)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Temporal(temporal) => temporal.to_string(),
        Value::Node(id) => node(*id, graph),
        Value::Edge(id) => edge(*id, graph),
        Value::Path(walk) => path(walk, graph),
    }
}

fn node(id: NodeId, graph: &Graph) -> String {
    let labels = graph.node_labels(id).iter();
    let labels: String = labels
        .map(|label| format!(":{}", graph.name(*label)))
        .collect();
    let properties = properties(graph.node_properties(id), graph);
    match labels.is_empty() || properties.is_empty() {
        true => format!("({labels}{properties})"),
        false => format!("({labels} {properties})"),
    }
}

fn edge(id: EdgeId, graph: &Graph) -> String {
    if !graph.has_edge(id) {
        return "[gone]".to_owned();
    }
    let kind = graph.name(graph.ends(id).kind);
    let properties = properties(graph.edge_properties(id), graph);
    match properties.is_empty() {
        true => format!("[:{kind}]"),
        false => format!("[:{kind} {properties}]"),
    }
}

fn properties(properties: Vec<(Symbol, Value)>, graph: &Graph) -> String {
    if properties.is_empty() {
        return String::new();
    }
    let entries = properties.iter();
    let entries = entries.map(|(key, value)| format!("{}: {}", graph.name(*key), of(value, graph)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

fn path(path: &Path, graph: &Graph) -> String {
    let mut text = node(path.nodes[0], graph);
    for (at, id) in path.edges.iter().enumerate() {
        let (here, there) = (path.nodes[at], path.nodes[at + 1]);
        let (left, right) = match graph.ends(*id).from == here {
            true => ("-", "->"),
            false => ("<-", "-"),
        };
        text += &format!("{left}{}{right}{}", edge(*id, graph), node(there, graph));
    }
    format!("<{text}>")
}
