//! The graph over petgraph's `StableDiGraph`: nodes, edges, properties, and statements that can
//! be taken back.
//!
//! Between `begin` and `commit` a deleted node or edge is only marked, so that a question can tell
//! "deleted" from "never there" and `rollback` gives back exactly what was. Outside of that a
//! deletion is final at once.

use super::adjacency::Adjacency;
use super::answer::Changes;
use super::frozen::{Frozen, Thawing};
use super::index::ValueIndex;
use super::journal::Undo;
use super::node_set::NodeSet;
use super::shortcuts::Shortcuts;
use super::symbol::{Interner, Symbol};
use super::value::Value;
use super::view::{Direction, EdgeId, GraphView, KindFilter, NodeId};
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock, RwLock};

/// Properties in the order they were set; few, so a list is searched.
pub(super) type Properties = Vec<(Symbol, Value)>;

#[derive(Clone, Debug)]
pub(super) struct NodeData {
    pub(super) labels: Vec<Symbol>,
    pub(super) properties: Properties,
    pub(super) serial: u64,
    pub(super) dead: bool,
}

#[derive(Clone, Debug)]
pub(super) struct EdgeData {
    pub(super) kind: Symbol,
    pub(super) properties: Properties,
    pub(super) serial: u64,
    pub(super) dead: bool,
}

/// How many nodes and edges a graph holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GraphCounts {
    /// Nodes.
    pub nodes: usize,
    /// Edges.
    pub edges: usize,
}

/// A directed property graph with parallel edges.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) store: StableDiGraph<NodeData, EdgeData>,
    pub(super) names: Interner,
    pub(super) live: NodeSet,
    pub(super) live_edges: usize,
    pub(super) by_label: FxHashMap<Symbol, NodeSet>,
    pub(super) by_kind: FxHashMap<Symbol, usize>,
    serial: u64,
    journal: Option<Vec<Undo>>,
    pub(super) adjacency: OnceLock<Adjacency>,
    pub(super) indexes: RwLock<FxHashMap<Symbol, ValueIndex>>,
    pub(super) shortcuts: Shortcuts,
    /// The packed form, as long as nothing has been written; the store is empty until then.
    pub(super) rest: Option<Arc<Frozen>>,
}

impl Clone for Graph {
    /// Copies nodes, edges and names; indexes are built anew where they are needed.
    fn clone(&self) -> Self {
        Self {
            store: self.store.clone(),
            names: self.names.clone(),
            live: self.live.clone(),
            live_edges: self.live_edges,
            by_label: self.by_label.clone(),
            by_kind: self.by_kind.clone(),
            serial: self.serial,
            journal: None,
            adjacency: OnceLock::new(),
            indexes: RwLock::default(),
            shortcuts: Shortcuts::default(),
            rest: self.rest.clone(),
        }
    }
}

/// Sets, replaces or (with null) removes a property; gives the value it had.
pub(super) fn replace(properties: &mut Properties, key: Symbol, value: Value) -> Value {
    match properties.iter().position(|(k, _)| *k == key) {
        Some(at) if value.is_null() => properties.remove(at).1,
        Some(at) => std::mem::replace(&mut properties[at].1, value),
        None if value.is_null() => Value::Null,
        None => {
            properties.push((key, value));
            Value::Null
        }
    }
}

/// Gives properties as if they had been set one after the other; a list that is so already, which
/// most are, stays as it is.
fn settled(properties: Properties) -> Properties {
    if properties.iter().all(|(_, value)| !value.is_null()) && all_differ(&properties) {
        return properties;
    }
    let mut kept = Properties::with_capacity(properties.len());
    for (key, value) in properties {
        replace(&mut kept, key, value);
    }
    kept
}

/// Tells whether no key is there twice. A bit for a key, which some share, saves most searches.
fn all_differ(properties: &[(Symbol, Value)]) -> bool {
    let mut bits = 0u64;
    properties.iter().enumerate().all(|(at, (key, _))| {
        let seen = bits;
        bits |= 1 << (key.index() % 64);
        seen != bits || properties.iter().take(at).all(|(before, _)| before != key)
    })
}

impl Graph {
    /// Makes an empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a graph of a packed one and the names it uses.
    pub(super) fn at_rest(names: Interner, frozen: Frozen) -> Self {
        Self {
            names,
            rest: Some(Arc::new(frozen)),
            ..Self::default()
        }
    }

    /// Copies a packed graph into the store that can be written, with the same ids; walks it once.
    pub(super) fn thaw(&mut self) {
        let Some(rest) = self.rest.take() else { return };
        self.shortcuts = Shortcuts::default();
        let journal = self.journal.take();
        let mut values = Thawing::new(&rest);
        for (node, properties) in rest.nodes().map(NodeId).zip(values.nodes()) {
            self.add_node(rest.node_labels(node), properties);
        }
        for (edge, properties) in rest.edges().zip(values.edges()) {
            if let Some(ends) = rest.ends(edge) {
                self.add_edge(ends.kind, ends.from, ends.to, properties);
            }
        }
        self.journal = journal;
    }

    /// Makes an empty graph with room for nodes and edges.
    #[must_use]
    pub fn with_capacity(nodes: usize, edges: usize) -> Self {
        Self {
            store: StableDiGraph::with_capacity(nodes, edges),
            ..Self::default()
        }
    }

    /// Gives the symbol for a label, a kind or a key, making one at first sight.
    pub fn intern(&mut self, name: &str) -> Symbol {
        self.names.intern(name)
    }

    /// Counts nodes and edges.
    #[must_use]
    pub fn counts(&self) -> GraphCounts {
        GraphCounts {
            nodes: self.node_count(),
            edges: self.edge_count(),
        }
    }

    /// Adds a node. Labels that are named twice count once; properties that are null are not kept.
    pub fn add_node(&mut self, labels: &[Symbol], properties: Vec<(Symbol, Value)>) -> NodeId {
        self.thaw();
        self.touch();
        let mut own = Vec::with_capacity(labels.len());
        for &label in labels {
            if !own.contains(&label) {
                own.push(label);
            }
        }
        let data = NodeData {
            labels: own,
            properties: settled(properties),
            serial: self.next_serial(),
            dead: false,
        };
        let id = NodeId(self.store.add_node(data).index() as u32);
        self.enlist(id);
        self.note(Undo::NodeAdded(id));
        id
    }

    /// Adds an edge between two nodes of this graph; `None` where an end is not there.
    pub fn add_edge(
        &mut self,
        kind: Symbol,
        from: NodeId,
        to: NodeId,
        properties: Vec<(Symbol, Value)>,
    ) -> Option<EdgeId> {
        self.thaw();
        if !self.has_node(from) || !self.has_node(to) {
            return None;
        }
        self.touch();
        let data = EdgeData {
            kind,
            properties: settled(properties),
            serial: self.next_serial(),
            dead: false,
        };
        let id = EdgeId(
            self.store
                .add_edge(node_index(from), node_index(to), data)
                .index() as u32,
        );
        self.live_edges += 1;
        *self.by_kind.entry(kind).or_default() += 1;
        self.note(Undo::EdgeAdded(id));
        Some(id)
    }

    /// Removes an edge; false where it is not there.
    pub fn remove_edge(&mut self, edge: EdgeId) -> bool {
        self.thaw();
        if !self.has_edge(edge) {
            return false;
        }
        self.touch();
        self.bury_edge(edge);
        match &mut self.journal {
            Some(journal) => {
                self.store[edge_index(edge)].dead = true;
                journal.push(Undo::EdgeRemoved(edge));
            }
            None => drop(self.store.remove_edge(edge_index(edge))),
        }
        true
    }

    /// Removes a node that has no edges left; false where it is not there or still has some.
    pub fn remove_node(&mut self, node: NodeId) -> bool {
        self.thaw();
        if !self.has_node(node) || self.is_connected(node) {
            return false;
        }
        self.touch();
        self.delist(node);
        match &mut self.journal {
            Some(journal) => {
                self.store[node_index(node)].dead = true;
                journal.push(Undo::NodeRemoved(node));
            }
            None => drop(self.store.remove_node(node_index(node))),
        }
        true
    }

    /// Removes a node and all its edges; false where it is not there.
    pub fn detach_node(&mut self, node: NodeId) -> bool {
        let edges: Vec<EdgeId> = [Direction::Out, Direction::In]
            .into_iter()
            .flat_map(|side| self.hops(node, side, KindFilter::Any).map(|hop| hop.edge))
            .collect();
        for edge in edges {
            self.remove_edge(edge);
        }
        self.remove_node(node)
    }

    /// Tells whether any edge touches a node.
    #[must_use]
    pub fn is_connected(&self, node: NodeId) -> bool {
        [Direction::Out, Direction::In]
            .into_iter()
            .any(|side| self.hops(node, side, KindFilter::Any).next().is_some())
    }

    /// Sets a property of a node; null removes it. Gives the value it had.
    pub fn set_node_property(&mut self, node: NodeId, key: Symbol, value: Value) -> Value {
        self.thaw();
        if !self.has_node(node) {
            return Value::Null;
        }
        let added = value.clone();
        let before = replace(&mut self.store[node_index(node)].properties, key, value);
        if let Some(index) = self.indexes_mut().get_mut(&key) {
            index.remove(&before, node);
            index.add(&added, node);
        }
        self.note(Undo::NodeProperty(node, key, before.clone()));
        before
    }

    /// Sets a property of an edge; null removes it. Gives the value it had.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: Symbol, value: Value) -> Value {
        self.thaw();
        if !self.has_edge(edge) {
            return Value::Null;
        }
        let before = replace(&mut self.store[edge_index(edge)].properties, key, value);
        self.note(Undo::EdgeProperty(edge, key, before.clone()));
        before
    }

    /// Adds a label to a node; false where it has it already.
    pub fn add_label(&mut self, node: NodeId, label: Symbol) -> bool {
        self.thaw();
        if !self.has_node(node) || self.has_label(node, label) {
            return false;
        }
        self.store[node_index(node)].labels.push(label);
        self.by_label.entry(label).or_default().insert(node);
        self.note(Undo::LabelAdded(node, label));
        true
    }

    /// Takes a label from a node; false where it has it not.
    pub fn remove_label(&mut self, node: NodeId, label: Symbol) -> bool {
        self.thaw();
        if !self.has_node(node) {
            return false;
        }
        let labels = &mut self.store[node_index(node)].labels;
        let Some(at) = labels.iter().position(|l| *l == label) else {
            return false;
        };
        labels.remove(at);
        self.unlabel(node, label);
        self.note(Undo::LabelRemoved(node, label, at));
        true
    }

    /// Starts a statement that can be taken back. A statement inside a statement is part of it.
    pub fn begin(&mut self) {
        self.journal.get_or_insert_default();
    }

    /// Ends a statement and keeps what it did; gives what can be seen of it.
    pub fn commit(&mut self) -> Changes {
        let journal = self.journal.take().unwrap_or_default();
        let changes = self.changes(&journal);
        for undo in &journal {
            match *undo {
                Undo::EdgeRemoved(edge) => drop(self.store.remove_edge(edge_index(edge))),
                Undo::NodeRemoved(node) => drop(self.store.remove_node(node_index(node))),
                _ => {}
            }
        }
        changes
    }

    /// Ends a statement and takes back all it did.
    pub fn rollback(&mut self) {
        let journal = self.journal.take().unwrap_or_default();
        if journal.is_empty() {
            return;
        }
        self.touch();
        self.indexes_mut().clear();
        for undo in journal.into_iter().rev() {
            self.take_back(undo);
        }
    }

    /// Copies all nodes and edges of another graph into this one; gives the new id of each of its
    /// nodes, by index. Walks the other graph once.
    pub fn absorb(&mut self, other: &Graph) -> Vec<Option<NodeId>> {
        let mut moved = vec![None; other.node_bound()];
        for node in other.nodes() {
            let labels: Vec<Symbol> = other
                .node_labels(node)
                .iter()
                .map(|l| self.intern(other.name(*l)))
                .collect();
            let properties = self.translate(other, other.node_properties(node));
            moved[node.index()] = Some(self.add_node(&labels, properties));
        }
        for edge in other.edges() {
            let ends = other.ends(edge);
            if let (Some(from), Some(to)) = (moved[ends.from.index()], moved[ends.to.index()]) {
                let kind = self.intern(other.name(ends.kind));
                let properties = self.translate(other, other.edge_properties(edge));
                self.add_edge(kind, from, to, properties);
            }
        }
        moved
    }

    fn translate(&mut self, other: &Graph, properties: Properties) -> Properties {
        properties
            .into_iter()
            .map(|(key, value)| (self.intern(other.name(key)), value))
            .collect()
    }

    /// Numbers further nodes and edges above those of another graph, of which this one is an
    /// earlier state: no number is given twice.
    pub fn number_after(&mut self, other: &Graph) {
        self.serial = self.serial.max(other.serial);
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial - 1
    }

    fn note(&mut self, undo: Undo) {
        if let Some(journal) = &mut self.journal {
            journal.push(undo);
        }
    }

    /// Forgets the edges that were packed for reading: they are about to change.
    fn touch(&mut self) {
        self.adjacency.take();
        self.shortcuts = Shortcuts::default();
    }

    fn indexes_mut(&mut self) -> &mut FxHashMap<Symbol, ValueIndex> {
        match self.indexes.get_mut() {
            Ok(indexes) => indexes,
            Err(poisoned) => poisoned.into_inner(),
        }
    }

    /// Brings the properties of a node into the indexes, or out of them.
    fn index_node(&mut self, node: NodeId, change: fn(&mut ValueIndex, &Value, NodeId)) {
        let indexes = match self.indexes.get_mut() {
            Ok(indexes) => indexes,
            Err(poisoned) => poisoned.into_inner(),
        };
        if indexes.is_empty() {
            return;
        }
        for (key, value) in &self.store[node_index(node)].properties {
            if let Some(index) = indexes.get_mut(key) {
                change(index, value, node);
            }
        }
    }

    pub(super) fn enlist(&mut self, node: NodeId) {
        self.live.insert(node);
        self.index_node(node, ValueIndex::add);
        for &label in &self.store[node_index(node)].labels {
            self.by_label.entry(label).or_default().insert(node);
        }
    }

    pub(super) fn delist(&mut self, node: NodeId) {
        self.live.remove(node);
        self.index_node(node, ValueIndex::remove);
        for label in self.store[node_index(node)].labels.clone() {
            self.unlabel(node, label);
        }
    }

    pub(super) fn unlabel(&mut self, node: NodeId, label: Symbol) {
        if let Some(nodes) = self.by_label.get_mut(&label) {
            nodes.remove(node);
        }
    }

    pub(super) fn bury_edge(&mut self, edge: EdgeId) {
        self.live_edges -= 1;
        let kind = self.store[edge_index(edge)].kind;
        if let Some(count) = self.by_kind.get_mut(&kind) {
            *count -= 1;
        }
    }
}

pub(super) fn node_index(node: NodeId) -> NodeIndex {
    NodeIndex::new(node.index())
}

pub(super) fn edge_index(edge: EdgeId) -> EdgeIndex {
    EdgeIndex::new(edge.index())
}

#[cfg(test)]
#[path = "graph_tests.rs"]
mod tests;
