//! What a statement did, and how it is taken back.
//!
//! The journal notes one entry a change while a statement runs. `rollback` walks it backwards;
//! `commit` reads it to count what can be seen before and after.

use super::answer::Changes;
use super::graph::{Graph, edge_index, node_index, replace};
use super::node_set::NodeSet;
use super::symbol::Symbol;
use super::value::Value;
use super::view::{EdgeId, GraphView, NodeId};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What takes one change back.
#[derive(Clone, Debug)]
pub(super) enum Undo {
    NodeAdded(NodeId),
    EdgeAdded(EdgeId),
    NodeRemoved(NodeId),
    EdgeRemoved(EdgeId),
    NodeProperty(NodeId, Symbol, Value),
    EdgeProperty(EdgeId, Symbol, Value),
    LabelAdded(NodeId, Symbol),
    LabelRemoved(NodeId, Symbol, usize),
}

impl Graph {
    pub(super) fn take_back(&mut self, undo: Undo) {
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
    pub(super) fn changes(&self, journal: &[Undo]) -> Changes {
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
            Undo::LabelAdded(node, label) if self.counts_alone(*node) => {
                *self.label_moves.entry(*label).or_default() += 1;
            }
            Undo::LabelRemoved(node, label, _) if self.counts_alone(*node) => {
                *self.label_moves.entry(*label).or_default() -= 1;
            }
            Undo::LabelAdded(..) | Undo::LabelRemoved(..) => {}
        }
    }

    fn counts_alone(&self, node: NodeId) -> bool {
        !self.added_nodes.contains(&node)
    }

    fn move_labels(&mut self, graph: &Graph, node: NodeId, by: i64) {
        for label in &graph.store[node_index(node)].labels {
            *self.label_moves.entry(*label).or_default() += by;
        }
    }

    fn finish(self, graph: &Graph) -> Changes {
        let mut changes = Changes {
            nodes_added: only_in(&self.added_nodes, &self.removed_nodes),
            nodes_removed: only_in(&self.removed_nodes, &self.added_nodes),
            relationships_added: only_in(&self.added_edges, &self.removed_edges),
            relationships_removed: only_in(&self.removed_edges, &self.added_edges),
            ..Changes::default()
        };
        self.count_node_properties(graph, &mut changes);
        self.count_edge_properties(graph, &mut changes);
        for (label, moved) in self.label_moves {
            let now = graph.by_label.get(&label).map_or(0, NodeSet::len) as i64;
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

fn only_in<T: Ord>(these: &BTreeSet<T>, those: &BTreeSet<T>) -> u64 {
    these.difference(those).count() as u64
}

fn count_change(before: &Value, now: &Value, changes: &mut Changes) {
    if before != now {
        changes.properties_added += u64::from(!now.is_null());
        changes.properties_removed += u64::from(!before.is_null());
    }
}
