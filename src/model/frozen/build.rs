//! Filling a packed graph in one pass, nodes and edges in any order.

use super::column::{Column, ColumnBuilder};
use super::texts::{Texts, TextsBuilder};
use super::{Adjacency, Frozen, sorted_owners};
use crate::model::symbol::{Interner, Symbol};
use crate::model::view::{EdgeId, Ends, GraphView, NodeId};
use crate::model::{Graph, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The key by which a file names its nodes.
const ID: &str = "id";

/// Takes nodes and edges one by one, edges by the ids of their ends, and packs them.
#[derive(Debug, Default)]
pub struct FrozenBuilder {
    names: Interner,
    texts: TextsBuilder,
    /// The node of each text that is the id of one.
    node_of: Vec<u32>,
    label_sets: Vec<Vec<Symbol>>,
    set_numbers: FxHashMap<Vec<Symbol>, u16>,
    node_labels: Vec<u16>,
    node_columns: Columns,
    edge_columns: Columns,
    /// Edges by the texts of their ends.
    open: Vec<(u32, u32, Symbol)>,
}

/// An end of an edge that no node has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The id that no node has.
    pub id: String,
}

/// No node.
const NOBODY: u32 = u32::MAX;

impl FrozenBuilder {
    /// Starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node; its id is asked as property `id`, too. False where the id is there already.
    pub fn add_node<'l>(&mut self, id: &str, labels: impl IntoIterator<Item = &'l str>) -> bool {
        let text = self.texts.intern(id) as usize;
        if self.node_of.len() <= text {
            self.node_of.resize(text + 1, NOBODY);
        }
        if self.node_of[text] != NOBODY {
            return false;
        }
        self.node_of[text] = self.node_labels.len() as u32;
        let labels: Vec<Symbol> = labels.into_iter().map(|l| self.names.intern(l)).collect();
        self.push_node(&labels);
        self.set_node(ID, &Value::text(id));
        true
    }

    /// Sets a property of the node that was added last.
    pub fn set_node(&mut self, key: &str, value: &Value) {
        let owner = (self.node_labels.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        self.node_columns.push(owner, key, value, &mut self.texts);
    }

    /// Adds an edge between the nodes of two ids, which may come later.
    pub fn add_edge(&mut self, kind: &str, start: &str, end: &str) {
        let kind = self.names.intern(kind);
        self.open
            .push((self.texts.intern(start), self.texts.intern(end), kind));
    }

    /// Sets a property of the edge that was added last.
    pub fn set_edge(&mut self, key: &str, value: &Value) {
        let owner = (self.open.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        self.edge_columns.push(owner, key, value, &mut self.texts);
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
            ends.push(Ends { kind, from, to });
        }
        (self.pack(ends), dangling)
    }

    /// Packs a graph that was written to: the same nodes and edges in the same order, with new ids
    /// where some were removed. Walks the graph once.
    pub(crate) fn repack(graph: &Graph) -> Graph {
        let mut builder = Self {
            names: graph.names.clone(),
            ..Self::default()
        };
        let mut moved = vec![NodeId(NOBODY); graph.node_bound()];
        for node in graph.nodes() {
            moved[node.index()] = NodeId(builder.node_labels.len() as u32);
            let labels = graph
                .node_labels(node)
                .iter()
                .map(|l| builder.names.intern(graph.name(*l)));
            let labels: Vec<Symbol> = labels.collect();
            builder.push_node(&labels);
            for (key, value) in graph.node_properties(node) {
                builder.set_node(graph.name(key), &value);
            }
        }
        let mut ends = Vec::with_capacity(graph.edge_count());
        for (number, edge) in graph.edges().into_iter().enumerate() {
            let Ends { kind, from, to } = graph.ends(edge);
            let kind = builder.names.intern(graph.name(kind));
            ends.push(Ends {
                kind,
                from: moved[from.index()],
                to: moved[to.index()],
            });
            for (key, value) in graph.edge_properties(edge) {
                let key = builder.names.intern(graph.name(key));
                builder
                    .edge_columns
                    .push(number as u32, key, &value, &mut builder.texts);
            }
        }
        builder.pack(ends)
    }

    fn push_node(&mut self, labels: &[Symbol]) {
        let mut set: Vec<Symbol> = Vec::with_capacity(labels.len());
        for label in labels {
            if !set.contains(label) {
                set.push(*label);
            }
        }
        let number = match self.set_numbers.get(&set) {
            Some(number) => *number,
            // Sixty thousand different sets of labels are no architecture; the rest share the last.
            None if self.label_sets.len() > u16::MAX as usize => u16::MAX,
            None => {
                let number = self.label_sets.len() as u16;
                self.label_sets.push(set.clone());
                self.set_numbers.insert(set, number);
                number
            }
        };
        self.node_labels.push(number);
    }

    fn end(&mut self, text: u32, dangling: &mut Vec<Dangling>) -> NodeId {
        if let Some(&node) = self.node_of.get(text as usize)
            && node != NOBODY
        {
            return NodeId(node);
        }
        let id = self.texts.get(text).to_owned();
        self.add_node(&id, ["External"]);
        self.set_node("why", &Value::text("no node has this id"));
        dangling.push(Dangling { id });
        NodeId(self.node_of[text as usize])
    }

    fn pack(mut self, ends: Vec<Ends>) -> Graph {
        let bound = self.node_labels.len();
        let numbered = ends
            .iter()
            .enumerate()
            .map(|(at, ends)| (EdgeId(at as u32), *ends));
        let adjacency = Adjacency::packed(bound, numbered);
        let mut by_kind = FxHashMap::default();
        for Ends { kind, .. } in &ends {
            *by_kind.entry(*kind).or_default() += 1;
        }
        let mut lists: FxHashMap<Symbol, Vec<NodeId>> = FxHashMap::default();
        for (node, set) in self.node_labels.iter().enumerate() {
            for label in &self.label_sets[*set as usize] {
                lists.entry(*label).or_default().push(NodeId(node as u32));
            }
        }
        let mut lists: Vec<_> = lists.into_iter().collect();
        lists.sort_unstable_by_key(|(label, _)| *label);
        let mut label_nodes = Vec::new();
        let mut by_label = FxHashMap::default();
        for (label, nodes) in lists {
            by_label.insert(label, label_nodes.len()..label_nodes.len() + nodes.len());
            label_nodes.extend(nodes);
        }
        let texts = self.texts.finish();
        let node_columns = self.node_columns.finish(bound);
        let id = self.names.intern(ID);
        let indexes = first_index(id, &node_columns, &texts);
        let frozen = Frozen {
            label_sets: self.label_sets,
            node_labels: self.node_labels.into(),
            by_label,
            label_nodes: label_nodes.into(),
            by_kind,
            adjacency,
            node_columns,
            edge_columns: self.edge_columns.finish(ends.len()),
            ends: ends.into(),
            indexes: indexes.into(),
            texts,
        };
        Graph::at_rest(self.names, frozen)
    }
}

/// The index of `id`, by which most questions start.
fn first_index(
    id: Symbol,
    columns: &[(Symbol, Column)],
    texts: &Texts,
) -> FxHashMap<Symbol, Arc<super::Slab<u32>>> {
    let column = super::column(columns, id);
    column
        .map(|own| (id, Arc::new(sorted_owners(own, texts))))
        .into_iter()
        .collect()
}

/// Columns that are being filled, by key.
#[derive(Debug, Default)]
struct Columns(Vec<ColumnBuilder>);

impl Columns {
    fn push(&mut self, owner: u32, key: Symbol, value: &Value, texts: &mut TextsBuilder) {
        if self.0.len() <= key.index() {
            self.0.resize_with(key.index() + 1, ColumnBuilder::default);
        }
        self.0[key.index()].push(owner, value, texts);
    }

    fn finish(self, bound: usize) -> Vec<(Symbol, Column)> {
        let built = self.0.into_iter().enumerate();
        built
            .filter_map(|(key, column)| Some((Symbol(key as u32), column.finish(bound)?)))
            .collect()
    }
}
