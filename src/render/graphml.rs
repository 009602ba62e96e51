//! The piece of graph for other graph programs, whole: every node and edge with all properties.
//!
//! Nothing is hidden, merged or shortened here. A property whose values are all of one plain type
//! keeps it; anything with an inside goes as JSON.

use super::Job;
use super::json;
use super::xml::attribute;
use crate::model::GraphView;
use crate::model::Symbol;
use crate::model::Value;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";

/// The types of the properties of all nodes, or of all edges, by symbol.
type Keys = BTreeMap<Symbol, &'static str>;

/// Writes the piece of graph as GraphML.
pub(super) fn write_graphml(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (view, piece) = (job.view, &job.answer.piece);
    let nodes = keys(
        piece
            .nodes
            .iter()
            .flat_map(|node| view.node_properties(*node)),
    );
    let edges = keys(
        piece
            .edges
            .iter()
            .flat_map(|edge| view.edge_properties(*edge)),
    );
    out.write_all(HEAD.as_bytes())?;
    writeln!(
        out,
        "<key id=\"labels\" for=\"node\" attr.name=\"labels\" attr.type=\"string\"/>"
    )?;
    writeln!(
        out,
        "<key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>"
    )?;
    write_keys(view, &nodes, "node", out)?;
    write_keys(view, &edges, "edge", out)?;
    writeln!(out, "<graph edgedefault=\"directed\">")?;
    for node in &piece.nodes {
        let labels: Vec<&str> = view
            .node_labels(*node)
            .iter()
            .map(|label| view.name(*label))
            .collect();
        write!(
            out,
            "<node id=\"n{}\"><data key=\"labels\">{}</data>",
            view.node_serial(*node),
            attribute(&labels.join(":"))
        )?;
        write_data(view, &view.node_properties(*node), "node", out)?;
        writeln!(out, "</node>")?;
    }
    for edge in &piece.edges {
        let ends = view.ends(*edge);
        let (from, to) = (view.node_serial(ends.from), view.node_serial(ends.to));
        let kind = attribute(view.name(ends.kind));
        write!(
            out,
            "<edge id=\"r{}\" source=\"n{from}\" target=\"n{to}\"><data key=\"kind\">{kind}</data>",
            view.edge_serial(*edge)
        )?;
        write_data(view, &view.edge_properties(*edge), "edge", out)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

fn keys(properties: impl Iterator<Item = (Symbol, Value)>) -> Keys {
    let mut keys = Keys::new();
    for (key, value) in properties.filter(|(_, value)| !value.is_null()) {
        let own = type_of(&value);
        let known = keys.entry(key).or_insert(own);
        if *known != own {
            *known = "string";
        }
    }
    keys
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Int(_) => "long",
        Value::Float(_) => "double",
        _ => "string",
    }
}

fn write_keys(view: &dyn GraphView, keys: &Keys, of: &str, out: &mut dyn Write) -> io::Result<()> {
    for (key, kind) in keys {
        let name = attribute(view.name(*key));
        writeln!(
            out,
            "<key id=\"{of}{}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>",
            key.index()
        )?;
    }
    Ok(())
}

fn write_data(
    view: &dyn GraphView,
    properties: &[(Symbol, Value)],
    of: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (key, value) in properties {
        let text = match value {
            Value::Null => continue,
            Value::Text(text) => text.to_string(),
            Value::Float(number) if !number.is_finite() => number.to_string(),
            other => json::value_to_string(other, view),
        };
        write!(
            out,
            "<data key=\"{of}{}\">{}</data>",
            key.index(),
            attribute(&text)
        )?;
    }
    Ok(())
}
