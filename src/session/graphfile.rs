//! JSON Lines graphs, in and out: one node or relationship a line.
//!
//! A node's `id` names it for the relationships of the same file, which may come before it, and
//! can be asked as property `id`. Lines are read and written one by one; the whole text is never
//! held.

use super::decode::DecodedMap;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Place;
use crate::model::FrozenBuilder;
use crate::model::Graph;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Value;
use crate::render::json;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;
use std::io;
use std::io::BufRead;
use std::io::Read as _;
use std::io::Write;
use std::sync::Arc;

/// Longest line, in bytes.
const LONGEST_LINE: u64 = 64 << 20;

/// One line, whichever kind it is of.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    labels: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    start: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    end: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "type")]
    edge_kind: Option<Cow<'a, str>>,
    #[serde(default)]
    properties: DecodedMap,
}

/// A graph that was read, and what is odd about it.
pub(super) struct Read {
    pub(super) graph: Graph,
    pub(super) findings: Vec<Diagnostic>,
}

/// Tells by its first line whether a text is such a graph.
pub(super) fn is_graph(text: &[u8]) -> bool {
    let line = text.trim_ascii_start().split(|byte| *byte == b'\n').next();
    let line = line.and_then(|line| serde_json::from_slice::<Line<'_>>(line).ok());
    line.is_some_and(|line| matches!(&*line.kind, "node" | "relationship"))
}

/// Reads a graph line by line.
pub(super) fn read(name: &str, mut input: impl BufRead) -> Result<Read, Diagnostic> {
    let mut builder = FrozenBuilder::new();
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        let bounded = input.by_ref().take(LONGEST_LINE + 1);
        let read = { bounded }.read_until(b'\n', &mut bytes);
        if read.map_err(|error| placed(name, number, 0, &error.to_string()))? == 0 {
            break;
        }
        number += 1;
        if bytes.len() as u64 > LONGEST_LINE {
            let text = format!("a line is longer than {} MiB", LONGEST_LINE >> 20);
            return Err(placed(name, number, 0, &text));
        }
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            let line = serde_json::from_slice(&bytes).map_err(|e| broken(name, number, &e))?;
            take(&mut builder, line).map_err(|text| placed(name, number, 0, &text))?;
        }
    }
    Ok(finish(name, builder))
}

fn take(builder: &mut FrozenBuilder, line: Line<'_>) -> Result<(), String> {
    match &*line.kind {
        "node" => node(builder, line),
        "relationship" => edge(builder, line),
        other => Err(format!("`{other}` is neither `node` nor `relationship`")),
    }
}

fn node(builder: &mut FrozenBuilder, line: Line<'_>) -> Result<(), String> {
    let id = line.id.ok_or("a node without `id`")?;
    let labels = line.labels.iter().map(|label| &**label);
    if !builder.add_node(&id, labels) {
        return Err(format!("the id `{id}` is there twice"));
    }
    for (key, value) in line.properties.0 {
        if &*key != "id" {
            builder.set_node(&key, &value);
        }
    }
    Ok(())
}

fn edge(builder: &mut FrozenBuilder, line: Line<'_>) -> Result<(), String> {
    let (Some(start), Some(end), Some(kind)) = (line.start, line.end, line.edge_kind) else {
        return Err("a relationship needs `start`, `end` and `type`".to_owned());
    };
    builder.add_edge(&kind, &start, &end);
    for (key, value) in line.properties.0 {
        builder.set_edge(&key, &value);
    }
    Ok(())
}

fn finish(name: &str, builder: FrozenBuilder) -> Read {
    let (graph, dangling) = builder.finish();
    let findings = dangling.into_iter().map(|end| {
        let text = format!(
            "`{name}` has a relationship to `{}`, which no node is",
            end.id
        );
        Diagnostic::finding(&Code::UNRESOLVED_REFERENCE, text)
    });
    Read {
        graph,
        findings: findings.collect(),
    }
}

fn broken(name: &str, line: u32, error: &serde_json::Error) -> Diagnostic {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or(&text);
    placed(name, line, error.column() as u32, text)
}

fn placed(name: &str, line: u32, column: u32, text: &str) -> Diagnostic {
    let error = Diagnostic::error(
        &Code::BROKEN_SYNTAX,
        format!("cannot read `{name}`: {text}"),
    );
    match line {
        0 => error,
        _ => error.in_file(Place {
            file: name.into(),
            line,
            column,
        }),
    }
}

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
