//! A graph as JSON Lines: nodes, then relationships, each line on its own.

use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Value;
use crate::render::json;
use rustc_hash::FxHashMap;
use std::io;
use std::io::Write;
use std::sync::Arc;

/// Writes a graph: nodes, then relationships, each in the order of the graph. Walks it once.
///
/// # Errors
/// Where the output cannot be written.
pub fn save_graph(graph: &dyn GraphView, out: &mut dyn Write) -> io::Result<()> {
    let names = Names::new(graph);
    for node in graph.nodes() {
        out.write_all(b"{\"kind\":\"node\",\"id\":")?;
        json::write_text(&names.of(graph, node), out)?;
        out.write_all(b",\"labels\":[")?;
        for (at, label) in graph.node_labels(node).iter().enumerate() {
            separate(at, out)?;
            json::write_text(graph.name(*label), out)?;
        }
        out.write_all(b"],\"properties\":")?;
        properties(graph, graph.node_properties(node), out)?;
    }
    for edge in graph.edges() {
        let ends = graph.ends(edge);
        out.write_all(b"{\"kind\":\"relationship\",\"start\":")?;
        json::write_text(&names.of(graph, ends.from), out)?;
        out.write_all(b",\"end\":")?;
        json::write_text(&names.of(graph, ends.to), out)?;
        out.write_all(b",\"type\":")?;
        json::write_text(graph.name(ends.kind), out)?;
        out.write_all(b",\"properties\":")?;
        properties(graph, graph.edge_properties(edge), out)?;
    }
    Ok(())
}

fn properties(
    graph: &dyn GraphView,
    properties: Vec<(Symbol, Value)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{")?;
    for (at, (key, value)) in properties.iter().enumerate() {
        separate(at, out)?;
        json::write_text(graph.name(*key), out)?;
        out.write_all(b":")?;
        json::write_value(value, graph, out)?;
    }
    out.write_all(b"}}\n")
}

fn separate(at: usize, out: &mut dyn Write) -> io::Result<()> {
    match at {
        0 => Ok(()),
        _ => out.write_all(b","),
    }
}

/// What nodes are called in a file: by their property `id` where no other node has it, too.
struct Names {
    /// How many nodes carry an id.
    counts: FxHashMap<Arc<str>, usize>,
    key: Option<Symbol>,
}

impl Names {
    fn new(graph: &dyn GraphView) -> Self {
        let key = graph.symbol("id");
        let mut counts = FxHashMap::default();
        if let Some(key) = key {
            for node in graph.nodes() {
                if let Value::Text(id) = graph.node_property(node, key) {
                    *counts.entry(id).or_default() += 1;
                }
            }
        }
        Self { counts, key }
    }

    fn of(&self, graph: &dyn GraphView, node: NodeId) -> String {
        let value = self.key.map(|key| graph.node_property(node, key));
        match value {
            Some(Value::Text(id)) if self.counts.get(&id) == Some(&1) => id.to_string(),
            _ => format!("#{}", graph.node_serial(node)),
        }
    }
}
