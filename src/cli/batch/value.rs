//! Stands in for `render::json`: values as JSON.

use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Temporal;
use crate::model::Value;
use std::fmt::Write as _;

pub(super) fn text(out: &mut String, text: &str) {
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

pub(super) fn list(out: &mut String, items: &[Value], graph: &dyn GraphView) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        value(out, item, graph);
    }
    out.push(']');
}

fn value(out: &mut String, v: &Value, graph: &dyn GraphView) {
    match v {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => {
            let _ = write!(out, "{b}");
        }
        Value::Int(i) => {
            let _ = write!(out, "{i}");
        }
        Value::Float(f) if f.is_finite() => {
            let _ = write!(out, "{f:?}");
        }
        Value::Float(f) => {
            let word = if f.is_nan() {
                "NaN"
            } else if *f > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            };
            let _ = write!(out, "{{\"$\":\"float\",\"value\":\"{word}\"}}");
        }
        Value::Text(t) => text(out, t),
        Value::List(items) => list(out, items, graph),
        Value::Map(map) if map.contains_key("$") => {
            out.push_str("{\"$\":\"map\",\"entries\":[");
            for (at, (key, v)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push('[');
                text(out, key);
                out.push(',');
                value(out, v, graph);
                out.push(']');
            }
            out.push_str("]}");
        }
        Value::Map(map) => {
            out.push('{');
            for (at, (key, v)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                text(out, key);
                out.push(':');
                value(out, v, graph);
            }
            out.push('}');
        }
        Value::Node(n) => node(out, *n, graph),
        Value::Edge(e) => edge(out, *e, graph),
        Value::Path(path) => {
            out.push_str("{\"$\":\"path\",\"nodes\":[");
            for (at, n) in path.nodes.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                node(out, *n, graph);
            }
            out.push_str("],\"relationships\":[");
            for (at, e) in path.edges.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                edge(out, *e, graph);
            }
            out.push_str("]}");
        }
        Value::Temporal(t) => {
            let kind = match &**t {
                Temporal::Date(_) => "date",
                Temporal::LocalTime(_) => "localtime",
                Temporal::Time(_) => "time",
                Temporal::LocalDateTime(_) => "localdatetime",
                Temporal::DateTime(_) => "datetime",
                Temporal::Duration(_) => "duration",
            };
            let _ = write!(out, "{{\"$\":\"{kind}\",\"value\":\"{t}\"}}");
        }
    }
}

fn node(out: &mut String, node: NodeId, graph: &dyn GraphView) {
    let _ = write!(
        out,
        "{{\"$\":\"node\",\"id\":\"n{}\",\"labels\":[",
        graph.node_serial(node)
    );
    for (at, label) in graph.node_labels(node).iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        text(out, graph.name(*label));
    }
    out.push_str("],\"properties\":");
    properties(out, graph.node_properties(node), graph);
    out.push('}');
}

fn edge(out: &mut String, edge: EdgeId, graph: &dyn GraphView) {
    let ends = graph.ends(edge);
    let _ = write!(
        out,
        "{{\"$\":\"relationship\",\"id\":\"r{}\",\"type\":",
        graph.edge_serial(edge)
    );
    text(out, graph.name(ends.kind));
    let _ = write!(
        out,
        ",\"start\":\"n{}\",\"end\":\"n{}\",\"properties\":",
        graph.node_serial(ends.from),
        graph.node_serial(ends.to)
    );
    properties(out, graph.edge_properties(edge), graph);
    out.push('}');
}

fn properties(out: &mut String, properties: Vec<(Symbol, Value)>, graph: &dyn GraphView) {
    out.push('{');
    for (at, (key, v)) in properties.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        text(out, graph.name(*key));
        out.push(':');
        value(out, v, graph);
    }
    out.push('}');
}
