//! The graph over petgraph's `StableDiGraph`: nodes, edges, properties, and statements that can
//! be taken back.
//!
//! Between `begin` and `commit` a deleted node or edge is only marked, so that a question can tell
//! "deleted" from "never there" and `rollback` gives back exactly what was. Outside of that a
//! deletion is final at once.

use super::adjacency::Adjacency;
use super::answer::Changes;
use super::symbol::{Interner, Symbol};
use super::value::Value;
use super::view::{
    Direction, EdgeId, Ends, GraphView, Hop, Hops, HopsFrom, KindFilter, NodeId, Nodes,
};
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::{OnceLock, RwLock};

/// Properties in the order they were set; few, so a list is searched.
type Properties = Vec<(Symbol, Value)>;

#[derive(Clone, Debug)]
struct NodeData {
    labels: Vec<Symbol>,
    properties: Properties,
    serial: u64,
    dead: bool,
}

#[derive(Clone, Debug)]
struct EdgeData {
    kind: Symbol,
    properties: Properties,
    serial: u64,
    dead: bool,
}

/// What takes one change back.
#[derive(Clone, Debug)]
enum Undo {
    NodeAdded(NodeId),
    EdgeAdded(EdgeId),
    NodeRemoved(NodeId),
    EdgeRemoved(EdgeId),
    NodeProperty(NodeId, Symbol, Value),
    EdgeProperty(EdgeId, Symbol, Value),
    LabelAdded(NodeId, Symbol),
    LabelRemoved(NodeId, Symbol, usize),
}

/// How many nodes and edges a graph holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GraphCounts {
    /// Nodes.
    pub nodes: usize,
    /// Edges.
    pub edges: usize,
}

/// A value by which nodes are found: numbers that are equal in the language are one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum IndexKey {
    Bool(bool),
    Int(i64),
    Bits(u64),
    Text(std::sync::Arc<str>),
}

type ValueIndex = FxHashMap<IndexKey, Vec<NodeId>>;

/// A directed property graph with parallel edges.
#[derive(Debug, Default)]
pub struct Graph {
    store: StableDiGraph<NodeData, EdgeData>,
    names: Interner,
    live: BTreeSet<NodeId>,
    live_edges: usize,
    by_label: FxHashMap<Symbol, BTreeSet<NodeId>>,
    by_kind: FxHashMap<Symbol, usize>,
    serial: u64,
    journal: Option<Vec<Undo>>,
    adjacency: OnceLock<Adjacency>,
    indexes: RwLock<FxHashMap<Symbol, ValueIndex>>,
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
        }
    }
}

fn index_key(value: &Value) -> Option<IndexKey> {
    match value {
        Value::Bool(b) => Some(IndexKey::Bool(*b)),
        Value::Int(i) => Some(IndexKey::Int(*i)),
        Value::Float(f) if *f == f.trunc() && f.abs() < 9.0e15 => Some(IndexKey::Int(*f as i64)),
        Value::Float(f) if !f.is_nan() => Some(IndexKey::Bits(f.to_bits())),
        Value::Text(text) => Some(IndexKey::Text(text.clone())),
        _ => None,
    }
}

fn find(properties: &Properties, key: Symbol) -> Value {
    properties
        .iter()
        .find(|(k, _)| *k == key)
        .map_or(Value::Null, |(_, value)| value.clone())
}

/// Sets, replaces or (with null) removes a property; gives the value it had.
fn replace(properties: &mut Properties, key: Symbol, value: Value) -> Value {
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

impl Graph {
    /// Makes an empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the symbol for a label, a kind or a key, making one at first sight.
    pub fn intern(&mut self, name: &str) -> Symbol {
        self.names.intern(name)
    }

    /// Counts nodes and edges.
    #[must_use]
    pub fn counts(&self) -> GraphCounts {
        GraphCounts {
            nodes: self.live.len(),
            edges: self.live_edges,
        }
    }

    /// Adds a node. Labels that are named twice count once; properties that are null are not kept.
    pub fn add_node(&mut self, labels: &[Symbol], properties: Vec<(Symbol, Value)>) -> NodeId {
        self.touch();
        let mut own = Vec::with_capacity(labels.len());
        for &label in labels {
            if !own.contains(&label) {
                own.push(label);
            }
        }
        let mut kept = Properties::with_capacity(properties.len());
        for (key, value) in properties {
            replace(&mut kept, key, value);
        }
        let data = NodeData {
            labels: own,
            properties: kept,
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
        if !self.has_node(from) || !self.has_node(to) {
            return None;
        }
        self.touch();
        let mut kept = Properties::with_capacity(properties.len());
        for (key, value) in properties {
            replace(&mut kept, key, value);
        }
        let data = EdgeData {
            kind,
            properties: kept,
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
        if !self.has_node(node) {
            return Value::Null;
        }
        self.forget_indexes();
        let before = replace(&mut self.store[node_index(node)].properties, key, value);
        self.note(Undo::NodeProperty(node, key, before.clone()));
        before
    }

    /// Sets a property of an edge; null removes it. Gives the value it had.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: Symbol, value: Value) -> Value {
        if !self.has_edge(edge) {
            return Value::Null;
        }
        let before = replace(&mut self.store[edge_index(edge)].properties, key, value);
        self.note(Undo::EdgeProperty(edge, key, before.clone()));
        before
    }

    /// Adds a label to a node; false where it has it already.
    pub fn add_label(&mut self, node: NodeId, label: Symbol) -> bool {
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

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial - 1
    }

    fn note(&mut self, undo: Undo) {
        if let Some(journal) = &mut self.journal {
            journal.push(undo);
        }
    }

    /// Forgets what was built for reading: the shape of the graph is about to change.
    fn touch(&mut self) {
        self.adjacency.take();
        self.forget_indexes();
    }

    fn forget_indexes(&mut self) {
        match self.indexes.get_mut() {
            Ok(indexes) => indexes.clear(),
            Err(poisoned) => poisoned.into_inner().clear(),
        }
    }

    fn enlist(&mut self, node: NodeId) {
        self.live.insert(node);
        for &label in &self.store[node_index(node)].labels {
            self.by_label.entry(label).or_default().insert(node);
        }
    }

    fn delist(&mut self, node: NodeId) {
        self.live.remove(&node);
        for label in self.store[node_index(node)].labels.clone() {
            self.unlabel(node, label);
        }
    }

    fn unlabel(&mut self, node: NodeId, label: Symbol) {
        if let Some(nodes) = self.by_label.get_mut(&label) {
            nodes.remove(&node);
        }
    }

    fn bury_edge(&mut self, edge: EdgeId) {
        self.live_edges -= 1;
        let kind = self.store[edge_index(edge)].kind;
        if let Some(count) = self.by_kind.get_mut(&kind) {
            *count -= 1;
        }
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::NodeAdded(node) => {
                self.delist(node);
                self.store.remove_node(node_index(node));
            }
            Undo::EdgeAdded(edge) => {
                self.bury_edge(edge);
                self.store.remove_edge(edge_index(edge));
            }
            Undo::NodeRemoved(node) => {
                self.store[node_index(node)].dead = false;
                self.enlist(node);
            }
            Undo::EdgeRemoved(edge) => {
                let data = &mut self.store[edge_index(edge)];
                data.dead = false;
                self.live_edges += 1;
                *self.by_kind.entry(data.kind).or_default() += 1;
            }
            Undo::NodeProperty(node, key, value) => {
                replace(&mut self.store[node_index(node)].properties, key, value);
            }
            Undo::EdgeProperty(edge, key, value) => {
                replace(&mut self.store[edge_index(edge)].properties, key, value);
            }
            Undo::LabelAdded(node, label) => {
                self.store[node_index(node)].labels.retain(|l| *l != label);
                self.unlabel(node, label);
            }
            Undo::LabelRemoved(node, label, at) => {
                self.store[node_index(node)].labels.insert(at, label);
                self.by_label.entry(label).or_default().insert(node);
            }
        }
    }

    /// Compares before and after by what the journal names.
    fn changes(&self, journal: &[Undo]) -> Changes {
        let mut tally = Tally::default();
        for undo in journal {
            tally.see(self, undo);
        }
        tally.finish(self)
    }
}

/// First sight of each thing a journal names, to compare with what is there at the end.
#[derive(Default)]
struct Tally {
    added_nodes: BTreeSet<NodeId>,
    removed_nodes: BTreeSet<NodeId>,
    added_edges: BTreeSet<EdgeId>,
    removed_edges: BTreeSet<EdgeId>,
    node_values: FxHashMap<(NodeId, Symbol), Value>,
    edge_values: FxHashMap<(EdgeId, Symbol), Value>,
    label_moves: FxHashMap<Symbol, i64>,
}

impl Tally {
    fn see(&mut self, graph: &Graph, undo: &Undo) {
        match undo {
            Undo::NodeAdded(node) => {
                self.added_nodes.insert(*node);
                self.move_labels(graph, *node, 1);
            }
            Undo::EdgeAdded(edge) => {
                self.added_edges.insert(*edge);
            }
            Undo::NodeRemoved(node) => {
                self.move_labels(graph, *node, -1);
                self.removed_nodes.insert(*node);
            }
            Undo::EdgeRemoved(edge) => {
                self.removed_edges.insert(*edge);
            }
            Undo::NodeProperty(node, key, before) => {
                self.node_values
                    .entry((*node, *key))
                    .or_insert_with(|| before.clone());
            }
            Undo::EdgeProperty(edge, key, before) => {
                self.edge_values
                    .entry((*edge, *key))
                    .or_insert_with(|| before.clone());
            }
            // Labels of a node that came or went in the statement are counted with the node, by
            // the labels it has now.
            Undo::LabelAdded(node, label) if self.counts_alone(graph, *node) => {
                *self.label_moves.entry(*label).or_default() += 1;
            }
            Undo::LabelRemoved(node, label, _) if self.counts_alone(graph, *node) => {
                *self.label_moves.entry(*label).or_default() -= 1;
            }
            Undo::LabelAdded(..) | Undo::LabelRemoved(..) => {}
        }
    }

    fn counts_alone(&self, _graph: &Graph, node: NodeId) -> bool {
        !self.added_nodes.contains(&node)
    }

    fn move_labels(&mut self, graph: &Graph, node: NodeId, by: i64) {
        for label in &graph.store[node_index(node)].labels {
            *self.label_moves.entry(*label).or_default() += by;
        }
    }

    fn finish(self, graph: &Graph) -> Changes {
        let both = |a: &BTreeSet<NodeId>, b: &BTreeSet<NodeId>| a.difference(b).count() as u64;
        let edges = |a: &BTreeSet<EdgeId>, b: &BTreeSet<EdgeId>| a.difference(b).count() as u64;
        let mut changes = Changes {
            nodes_added: both(&self.added_nodes, &self.removed_nodes),
            nodes_removed: both(&self.removed_nodes, &self.added_nodes),
            relationships_added: edges(&self.added_edges, &self.removed_edges),
            relationships_removed: edges(&self.removed_edges, &self.added_edges),
            ..Changes::default()
        };
        self.count_node_properties(graph, &mut changes);
        self.count_edge_properties(graph, &mut changes);
        for (label, moved) in self.label_moves {
            let now = graph.by_label.get(&label).map_or(0, BTreeSet::len) as i64;
            changes.labels_added += u64::from(now > 0 && now - moved <= 0);
            changes.labels_removed += u64::from(now == 0 && now - moved > 0);
        }
        changes
    }

    fn count_node_properties(&self, graph: &Graph, changes: &mut Changes) {
        let gone = |node: &NodeId| self.removed_nodes.contains(node);
        for node in self.added_nodes.iter().filter(|node| !gone(node)) {
            changes.properties_added += graph.store[node_index(*node)].properties.len() as u64;
        }
        for node in self.removed_nodes.difference(&self.added_nodes) {
            // What a property was before the statement, not just before the deletion.
            let now = &graph.store[node_index(*node)].properties;
            let untouched = now
                .iter()
                .filter(|(key, _)| !self.node_values.contains_key(&(*node, *key)));
            changes.properties_removed += untouched.count() as u64;
        }
        for ((node, key), before) in &self.node_values {
            if self.added_nodes.contains(node) {
                continue;
            }
            let now = if gone(node) {
                Value::Null
            } else {
                graph.node_property(*node, *key)
            };
            count_change(before, &now, changes);
        }
    }

    fn count_edge_properties(&self, graph: &Graph, changes: &mut Changes) {
        let gone = |edge: &EdgeId| self.removed_edges.contains(edge);
        for edge in self.added_edges.iter().filter(|edge| !gone(edge)) {
            changes.properties_added += graph.store[edge_index(*edge)].properties.len() as u64;
        }
        for edge in self.removed_edges.difference(&self.added_edges) {
            let now = &graph.store[edge_index(*edge)].properties;
            let untouched = now
                .iter()
                .filter(|(key, _)| !self.edge_values.contains_key(&(*edge, *key)));
            changes.properties_removed += untouched.count() as u64;
        }
        for ((edge, key), before) in &self.edge_values {
            if self.added_edges.contains(edge) {
                continue;
            }
            let now = if gone(edge) {
                Value::Null
            } else {
                graph.edge_property(*edge, *key)
            };
            count_change(before, &now, changes);
        }
    }
}

fn count_change(before: &Value, now: &Value, changes: &mut Changes) {
    if before != now {
        changes.properties_added += u64::from(!now.is_null());
        changes.properties_removed += u64::from(!before.is_null());
    }
}

fn node_index(node: NodeId) -> NodeIndex {
    NodeIndex::new(node.index())
}

fn edge_index(edge: EdgeId) -> EdgeIndex {
    EdgeIndex::new(edge.index())
}

impl GraphView for Graph {
    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.names.get(name)
    }

    fn name(&self, symbol: Symbol) -> &str {
        self.names.name(symbol)
    }

    fn node_count(&self) -> usize {
        self.live.len()
    }

    fn edge_count(&self) -> usize {
        self.live_edges
    }

    fn node_bound(&self) -> usize {
        self.store
            .node_indices()
            .next_back()
            .map_or(0, |index| index.index() + 1)
    }

    fn edge_bound(&self) -> usize {
        self.store
            .edge_indices()
            .next_back()
            .map_or(0, |index| index.index() + 1)
    }

    fn nodes(&self) -> Nodes<'_> {
        Nodes::Set(self.live.iter())
    }

    fn edges(&self) -> Vec<EdgeId> {
        let edges = self
            .store
            .edge_references()
            .filter(|edge| !edge.weight().dead);
        edges.map(|edge| EdgeId(edge.id().index() as u32)).collect()
    }

    fn nodes_with_label(&self, label: Symbol) -> Nodes<'_> {
        self.by_label
            .get(&label)
            .map_or(Nodes::None, |nodes| Nodes::Set(nodes.iter()))
    }

    fn nodes_with_property(&self, key: Symbol, value: &Value) -> Option<Vec<NodeId>> {
        let wanted = index_key(value)?;
        let found = |index: &ValueIndex| index.get(&wanted).cloned().unwrap_or_default();
        if let Ok(indexes) = self.indexes.read()
            && let Some(index) = indexes.get(&key)
        {
            return Some(found(index));
        }
        let mut index = ValueIndex::default();
        for &node in &self.live {
            let properties = &self.store[node_index(node)].properties;
            let own = properties.iter().find(|(k, _)| *k == key);
            if let Some(own) = own.and_then(|(_, value)| index_key(value)) {
                index.entry(own).or_default().push(node);
            }
        }
        let nodes = found(&index);
        if let Ok(mut indexes) = self.indexes.write() {
            indexes.insert(key, index);
        }
        Some(nodes)
    }

    fn labels(&self) -> Vec<(Symbol, usize)> {
        let mut labels: Vec<_> = self
            .by_label
            .iter()
            .map(|(label, nodes)| (*label, nodes.len()))
            .filter(|(_, count)| *count > 0)
            .collect();
        labels.sort_unstable();
        labels
    }

    fn kinds(&self) -> Vec<(Symbol, usize)> {
        let kinds = self.by_kind.iter().filter(|(_, count)| **count > 0);
        let mut kinds: Vec<_> = kinds.map(|(kind, count)| (*kind, *count)).collect();
        kinds.sort_unstable();
        kinds
    }

    fn label_count(&self, label: Symbol) -> usize {
        self.by_label.get(&label).map_or(0, BTreeSet::len)
    }

    fn kind_count(&self, kind: Symbol) -> usize {
        self.by_kind.get(&kind).copied().unwrap_or(0)
    }

    fn has_node(&self, node: NodeId) -> bool {
        self.store
            .node_weight(node_index(node))
            .is_some_and(|data| !data.dead)
    }

    fn has_edge(&self, edge: EdgeId) -> bool {
        self.store
            .edge_weight(edge_index(edge))
            .is_some_and(|data| !data.dead)
    }

    fn node_serial(&self, node: NodeId) -> u64 {
        self.store
            .node_weight(node_index(node))
            .map_or(u64::MAX, |data| data.serial)
    }

    fn edge_serial(&self, edge: EdgeId) -> u64 {
        self.store
            .edge_weight(edge_index(edge))
            .map_or(u64::MAX, |data| data.serial)
    }

    fn node_labels(&self, node: NodeId) -> &[Symbol] {
        self.store
            .node_weight(node_index(node))
            .map_or(&[], |data| &data.labels)
    }

    fn node_property(&self, node: NodeId, key: Symbol) -> Value {
        self.store
            .node_weight(node_index(node))
            .map_or(Value::Null, |data| find(&data.properties, key))
    }

    fn node_properties(&self, node: NodeId) -> Vec<(Symbol, Value)> {
        self.store
            .node_weight(node_index(node))
            .map_or_else(Vec::new, |data| data.properties.clone())
    }

    fn ends(&self, edge: EdgeId) -> Ends {
        let index = edge_index(edge);
        match (
            self.store.edge_weight(index),
            self.store.edge_endpoints(index),
        ) {
            (Some(data), Some((from, to))) => Ends {
                kind: data.kind,
                from: NodeId(from.index() as u32),
                to: NodeId(to.index() as u32),
            },
            // An edge of another graph has no ends here; nothing has this id.
            _ => Ends {
                kind: Symbol(u32::MAX),
                from: NodeId(u32::MAX),
                to: NodeId(u32::MAX),
            },
        }
    }

    fn edge_property(&self, edge: EdgeId, key: Symbol) -> Value {
        self.store
            .edge_weight(edge_index(edge))
            .map_or(Value::Null, |data| find(&data.properties, key))
    }

    fn edge_properties(&self, edge: EdgeId) -> Vec<(Symbol, Value)> {
        self.store
            .edge_weight(edge_index(edge))
            .map_or_else(Vec::new, |data| data.properties.clone())
    }

    fn hops<'a>(&'a self, node: NodeId, direction: Direction, kinds: KindFilter<'a>) -> Hops<'a> {
        if let Some(adjacency) = self.adjacency.get() {
            return Hops(adjacency.hops(node, direction, kinds));
        }
        let side = match direction {
            Direction::Out => petgraph::Direction::Outgoing,
            Direction::In => petgraph::Direction::Incoming,
        };
        let wanted = |kind: &Symbol| match kinds {
            KindFilter::Any => true,
            KindFilter::Only(kinds) => kinds.contains(kind),
        };
        let mut hops: Vec<Hop> = self
            .store
            .edges_directed(node_index(node), side)
            .filter(|edge| !edge.weight().dead && wanted(&edge.weight().kind))
            .map(|edge| Hop {
                kind: edge.weight().kind,
                edge: EdgeId(edge.id().index() as u32),
                node: NodeId(match direction {
                    Direction::Out => edge.target().index() as u32,
                    Direction::In => edge.source().index() as u32,
                }),
            })
            .collect();
        hops.sort_unstable_by_key(|hop| (hop.kind, hop.edge));
        Hops(HopsFrom::Owned(hops.into_iter()))
    }

    fn prepare(&self) {
        self.adjacency.get_or_init(|| {
            let edges: Vec<(EdgeId, Ends)> = self
                .edges()
                .into_iter()
                .map(|edge| (edge, self.ends(edge)))
                .collect();
            Adjacency::new(self.node_bound(), &edges)
        });
    }
}

#[cfg(test)]
#[path = "graph_tests.rs"]
mod tests;
