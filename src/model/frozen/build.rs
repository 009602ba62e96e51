//! Filling a packed graph in one pass, nodes and edges in any order.

use super::column::{Cell, ColumnBuilder};
use super::texts::Texts;
use super::{Adjacency, Frozen};
use crate::model::symbol::{Interner, Symbol};
use crate::model::view::{EdgeId, Ends, NodeId};
use crate::model::{Graph, Value};
use rustc_hash::FxHashMap;

/// Takes nodes and edges one by one, edges by the ids of their ends, and packs them.
#[derive(Debug, Default)]
pub struct FrozenBuilder {
    names: Interner,
    frozen: Frozen,
    /// The node of each text that is the id of one.
    node_of: Vec<u32>,
    sets: FxHashMap<Vec<Symbol>, u16>,
    nodes: Columns,
    edges: Columns,
    open: Vec<(u32, u32, Symbol)>,
}

/// Columns that are being filled, by key.
#[derive(Debug, Default)]
struct Columns(Vec<Option<ColumnBuilder>>);

/// No node.
const NOBODY: u32 = u32::MAX;

impl Columns {
    fn push(&mut self, owner: u32, key: Symbol, cell: Cell<'_>, texts: &mut Texts) {
        if self.0.len() <= key.index() {
            self.0.resize(key.index() + 1, None);
        }
        self.0[key.index()]
            .get_or_insert_default()
            .push(owner, cell, texts);
    }

    fn finish(self, bound: usize) -> Vec<(Symbol, super::Column)> {
        let built = self.0.into_iter().enumerate();
        built
            .filter_map(|(key, column)| Some((Symbol(key as u32), column?.finish(bound)?)))
            .collect()
    }
}

/// Nodes or edges that an edge names and that never came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The id that no node has.
    pub id: String,
}

impl FrozenBuilder {
    /// Starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node; its id is asked as property `id`, too. False where the id is there already.
    pub fn add_node(&mut self, id: &str, labels: &[&str]) -> bool {
        let text = self.frozen.texts.intern(id) as usize;
        if self.node_of.len() <= text {
            self.node_of.resize(text + 1, NOBODY);
        }
        if self.node_of[text] != NOBODY {
            return false;
        }
        let node = self.frozen.node_labels.len() as u32;
        self.node_of[text] = node;
        let mut set: Vec<Symbol> = Vec::with_capacity(labels.len());
        for label in labels.iter().map(|label| self.names.intern(label)) {
            if !set.contains(&label) {
                set.push(label);
            }
        }
        for label in &set {
            self.frozen
                .by_label
                .entry(*label)
                .or_default()
                .push(NodeId(node));
        }
        let next = self.sets.len() as u16;
        let set = *self.sets.entry(set).or_insert_with_key(|set| {
            self.frozen.label_sets.push(set.clone());
            next
        });
        self.frozen.node_labels.push(set);
        self.frozen.all.push(NodeId(node));
        self.set_node("id", Value::text(id));
        true
    }

    /// Sets a property of the node that was added last.
    pub fn set_node(&mut self, key: &str, value: Value) {
        let owner = (self.frozen.node_labels.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        push(&mut self.nodes, owner, key, value, &mut self.frozen.texts);
    }

    /// Adds an edge between the nodes of two ids, which may come later.
    pub fn add_edge(&mut self, kind: &str, start: &str, end: &str) {
        let kind = self.names.intern(kind);
        let texts = &mut self.frozen.texts;
        self.open
            .push((texts.intern(start), texts.intern(end), kind));
    }

    /// Sets a property of the edge that was added last.
    pub fn set_edge(&mut self, key: &str, value: Value) {
        let owner = (self.open.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        push(&mut self.edges, owner, key, value, &mut self.frozen.texts);
    }

    /// Packs what was added. An end that no node has becomes a node `:External` with that id, so
    /// that nothing is lost; they are listed.
    #[must_use]
    pub fn finish(mut self) -> (Graph, Vec<Dangling>) {
        let mut dangling = Vec::new();
        let open = std::mem::take(&mut self.open);
        let mut ends = Vec::with_capacity(open.len());
        for (from, to, kind) in open {
            let (from, to) = (self.end(from, &mut dangling), self.end(to, &mut dangling));
            *self.frozen.by_kind.entry(kind).or_default() += 1;
            ends.push(Ends { kind, from, to });
        }
        let bound = self.frozen.node_labels.len();
        let numbered = ends
            .iter()
            .enumerate()
            .map(|(at, ends)| (EdgeId(at as u32), *ends));
        self.frozen.adjacency = Adjacency::packed(bound, numbered);
        self.frozen.node_columns = self.nodes.finish(bound);
        self.frozen.edge_columns = self.edges.finish(ends.len());
        self.frozen.ends = ends;
        (Graph::at_rest(self.names, self.frozen), dangling)
    }

    fn end(&mut self, text: u32, dangling: &mut Vec<Dangling>) -> NodeId {
        if let Some(&node) = self.node_of.get(text as usize)
            && node != NOBODY
        {
            return NodeId(node);
        }
        let id = self.frozen.texts.get(text).to_owned();
        self.add_node(&id, &["External"]);
        self.set_node("why", Value::text("no node has this id"));
        dangling.push(Dangling { id });
        NodeId(self.node_of[text as usize])
    }
}

fn push(columns: &mut Columns, owner: u32, key: Symbol, value: Value, texts: &mut Texts) {
    let cell = match &value {
        Value::Null => return,
        Value::Text(text) => Cell::Text(text),
        Value::Int(value) => Cell::Int(*value),
        Value::Float(value) => Cell::Float(*value),
        Value::Bool(value) => Cell::Bool(*value),
        _ => Cell::Any(value),
    };
    columns.push(owner, key, cell, texts);
}
