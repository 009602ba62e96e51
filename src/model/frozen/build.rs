//! Filling a packed graph in one pass, nodes and edges in any order.

use super::batch::{Batch, Dangling, Duplicate, ID, LabelSets, Open, why};
use super::column::Column;
use super::filling::{Columns, DROPPED, Given, Moved, Owners};
use super::texts::{Texts, TextsBuilder};
use super::{Adjacency, Frozen, LabelRun, sorted_owners};
use crate::model::Graph;
use crate::model::adjacency::WORTH_A_THREAD;
use crate::model::guard::Broken;
use crate::model::symbol::{Interner, Symbol};
use crate::model::view::{Ends, GraphView, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use std::thread;

/// Takes parts of a graph one behind the other, edges by the ids of their ends, and packs them.
#[derive(Debug, Default)]
pub struct FrozenBuilder {
    names: Interner,
    texts: TextsBuilder,
    sets: LabelSets,
    /// The node of each text that is the id of one.
    node_of: Vec<u32>,
    node_labels: Vec<u16>,
    node_columns: Columns,
    edge_columns: Columns,
    open: Vec<Open>,
}

/// No node.
const NOBODY: u32 = u32::MAX;

impl FrozenBuilder {
    /// Starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. A node whose id is there already is left out and listed.
    pub fn absorb(&mut self, part: Batch) -> Vec<Duplicate> {
        let texts: Vec<u32> = part.texts.iter().map(|t| self.texts.intern(t)).collect();
        let names: Vec<Symbol> = (part.names.names().iter())
            .map(|name| self.names.intern(name))
            .collect();
        let sets = self.absorb_sets(&part.sets, &names);
        self.node_of.resize(self.texts.len(), NOBODY);
        let first = self.node_labels.len() as u32;
        let mut duplicates = Vec::new();
        let mut owners = Vec::with_capacity(part.nodes.len());
        for (at, (id, set)) in part.nodes.iter().enumerate() {
            let text = texts[*id as usize];
            let node = &mut self.node_of[text as usize];
            if *node == NOBODY {
                *node = self.node_labels.len() as u32;
                owners.push(*node);
                self.node_labels.push(sets[*set as usize]);
            } else {
                let id = self.texts.get(text).to_owned();
                duplicates.push(Duplicate { at, id });
                owners.push(DROPPED);
            }
        }
        let mut moved = Moved {
            names: &names,
            texts: &texts,
            owners: match duplicates.is_empty() {
                true => Owners::From(first),
                false => Owners::Each(&owners),
            },
        };
        self.node_columns
            .append(part.node_columns, &moved, &mut self.texts);
        moved.owners = Owners::From(self.open.len() as u32);
        self.edge_columns
            .append(part.edge_columns, &moved, &mut self.texts);
        self.open.extend(part.open.iter().map(|open| Open {
            from: texts[open.from as usize],
            to: texts[open.to as usize],
            kind: names[open.kind.index()],
        }));
        duplicates
    }

    fn absorb_sets(&mut self, sets: &LabelSets, names: &[Symbol]) -> Vec<u16> {
        let mut numbers = Vec::with_capacity(sets.sets.len());
        for set in &sets.sets {
            let set: Vec<Symbol> = set.iter().map(|label| names[label.index()]).collect();
            numbers.push(self.sets.number(&set));
        }
        numbers
    }

    /// Packs what was added. An end that no node has becomes a node `:External` with that id, so
    /// that nothing is lost; they are listed.
    #[must_use]
    pub fn finish(mut self) -> (Graph, Vec<Dangling>) {
        self.node_of.resize(self.texts.len(), NOBODY);
        let dangling = self.add_ends();
        let open = std::mem::take(&mut self.open);
        let node = |text: u32| NodeId(self.node_of[text as usize]);
        // As large as an open edge, so that this takes no further memory.
        let ends = open.into_iter().map(|Open { from, to, kind }| Ends {
            kind,
            from: node(from),
            to: node(to),
        });
        let ends = ends.collect();
        self.node_of = Vec::new();
        (self.pack(ends), dangling)
    }

    /// Adds a node for each end that has none.
    fn add_ends(&mut self) -> Vec<Dangling> {
        let mut part = Batch::default();
        let mut dangling = Vec::new();
        let mut named = FxHashSet::default();
        for text in self.open.iter().flat_map(|open| [open.from, open.to]) {
            if self.node_of[text as usize] == NOBODY && named.insert(text) {
                let id = self.texts.get(text).to_owned();
                part.add_node(&id, ["External"]);
                part.set_node("why", Given::from(&why()));
                dangling.push(Dangling { id });
            }
        }
        self.absorb(part);
        dangling
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
            builder.node_labels.push(builder.sets.number(&labels));
            let number = moved[node.index()].0;
            for (key, value) in graph.node_properties(node) {
                let key = builder.names.intern(graph.name(key));
                let (columns, texts) = (&mut builder.node_columns, &mut builder.texts);
                columns.push(number, key, Given::from(&value), texts);
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
                let (columns, texts) = (&mut builder.edge_columns, &mut builder.texts);
                columns.push(number as u32, key, Given::from(&value), texts);
            }
        }
        builder.pack(ends)
    }

    fn pack(mut self, ends: Vec<Ends>) -> Graph {
        let bound = self.node_labels.len();
        let id = self.names.intern(ID);
        let texts = self.texts.finish();
        let node_columns = self.node_columns.finish(bound);
        let edge_columns = self.edge_columns.finish(ends.len());
        let (adjacency, indexes) = thread::scope(|scope| {
            let indexes = || first_index(id, &node_columns, &texts);
            if ends.len() < WORTH_A_THREAD {
                return (Adjacency::of_ends(bound, &ends), indexes());
            }
            let indexes = scope.spawn(indexes);
            let adjacency = Adjacency::of_ends(bound, &ends);
            (adjacency, indexes.join().unwrap_or_default())
        });
        let mut by_kind = FxHashMap::default();
        for Ends { kind, .. } in &ends {
            *by_kind.entry(*kind).or_default() += 1;
        }
        let (by_label, label_nodes) = label_lists(&self.sets, &self.node_labels);
        let frozen = Frozen {
            label_sets: self.sets.sets,
            node_labels: self.node_labels.into(),
            by_label,
            label_nodes: label_nodes.into(),
            by_kind,
            adjacency,
            node_columns,
            edge_columns,
            ends: ends.into(),
            indexes: indexes.into(),
            texts,
            names: self.names.len(),
            broken: Broken::default(),
        };
        Graph::at_rest(self.names, frozen)
    }
}

/// Lists the nodes of each label, one label behind the other.
fn label_lists(
    sets: &LabelSets,
    node_labels: &[u16],
) -> (FxHashMap<Symbol, LabelRun>, Vec<NodeId>) {
    let mut lists: FxHashMap<Symbol, Vec<NodeId>> = FxHashMap::default();
    for (node, set) in node_labels.iter().enumerate() {
        for label in &sets.sets[*set as usize] {
            lists.entry(*label).or_default().push(NodeId(node as u32));
        }
    }
    let mut lists: Vec<_> = lists.into_iter().collect();
    lists.sort_unstable_by_key(|(label, _)| *label);
    let mut nodes = Vec::with_capacity(lists.iter().map(|(_, list)| list.len()).sum());
    let mut by_label = FxHashMap::default();
    for (label, list) in lists {
        let range = nodes.len()..nodes.len() + list.len();
        by_label.insert(label, LabelRun::new(range));
        nodes.extend(list);
    }
    (by_label, nodes)
}

/// Indexes of node properties by key.
pub(super) type Indexes = FxHashMap<Symbol, Arc<super::Slab<u32>>>;

/// Makes the index of `id`, by which most questions start.
fn first_index(id: Symbol, columns: &[(Symbol, Column)], texts: &Texts) -> Indexes {
    let column = super::column(columns, id);
    column
        .map(|own| (id, Arc::new(sorted_owners(own, texts))))
        .into_iter()
        .collect()
}
