//! A graph at rest, packed: what a graph of a million nodes is read from.
//!
//! Adjacency by kind in both directions, one column a property key, every string once. It cannot
//! change; the first write turns it into the petgraph store with the same ids (`thaw`).

mod batch;
mod build;
mod codec;
mod column;
mod filling;
mod reading;
mod snapshot;
mod texts;
mod thaw;

pub use batch::{Batch, Dangling, Duplicate};
pub use build::FrozenBuilder;
pub use filling::Given;
pub use snapshot::SnapshotError;
pub(super) use thaw::Thawing;

use super::adjacency::Adjacency;
use super::guard::Broken;
use super::slab::Slab;
use super::symbol::Symbol;
use super::value::Value;
use super::view::{Direction, EdgeId, Ends, HopsFrom, KindFilter, NodeId};
use column::{Column, Key, key_of};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock, RwLock};
use texts::Texts;

/// A packed graph; its names belong to the graph that holds it.
#[derive(Debug, Default)]
pub(super) struct Frozen {
    texts: Texts,
    /// The distinct sets of labels.
    label_sets: Vec<Vec<Symbol>>,
    /// The set of each node.
    node_labels: Slab<u16>,
    /// Where the nodes of each label stand in `label_nodes`.
    by_label: FxHashMap<Symbol, LabelRun>,
    label_nodes: Slab<NodeId>,
    ends: Slab<Ends>,
    by_kind: FxHashMap<Symbol, usize>,
    adjacency: Adjacency,
    node_columns: Vec<(Symbol, Column)>,
    edge_columns: Vec<(Symbol, Column)>,
    /// Owners of a key by value; that of `id` is there from the start.
    indexes: RwLock<FxHashMap<Symbol, Arc<Slab<u32>>>>,
    /// How many names the graph had when it was packed.
    names: usize,
    broken: Broken,
}

/// The nodes of a label.
#[derive(Debug)]
struct LabelRun {
    range: Range<usize>,
    /// Whether all of them are nodes; found out at first use.
    sound: OnceLock<bool>,
}

impl LabelRun {
    fn new(range: Range<usize>) -> Self {
        Self {
            range,
            sound: OnceLock::new(),
        }
    }
}

impl Frozen {
    pub(super) fn node_count(&self) -> usize {
        self.node_labels.len()
    }

    pub(super) fn edge_count(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn nodes(&self) -> Range<u32> {
        0..self.node_count() as u32
    }

    pub(super) fn edges(&self) -> impl Iterator<Item = EdgeId> {
        (0..self.ends.len() as u32).map(EdgeId)
    }

    pub(super) fn with_label(&self, label: Symbol) -> &[NodeId] {
        let Some(run) = self.by_label.get(&label) else {
            return &[];
        };
        let nodes = self.label_nodes.get(run.range.clone()).unwrap_or(&[]);
        let bound = self.node_count();
        let sound = run.sound.get_or_init(|| {
            let owned = matches!(self.label_nodes, Slab::Owned(_));
            let all = || nodes.iter().all(|node| node.index() < bound);
            self.broken.unless(owned || all())
        });
        if *sound { nodes } else { &[] }
    }

    /// Counts the nodes of a label without reading them.
    pub(super) fn label_count(&self, label: Symbol) -> usize {
        self.by_label.get(&label).map_or(0, |run| run.range.len())
    }

    /// Tells whether an array was met that does not hold what it should.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_set()
    }

    pub(super) fn labels(&self) -> Vec<(Symbol, usize)> {
        let mut labels: Vec<_> = self
            .by_label
            .iter()
            .map(|(l, run)| (*l, run.range.len()))
            .collect();
        labels.sort_unstable();
        labels
    }

    pub(super) fn kinds(&self) -> Vec<(Symbol, usize)> {
        let mut kinds: Vec<_> = self
            .by_kind
            .iter()
            .map(|(kind, count)| (*kind, *count))
            .collect();
        kinds.sort_unstable();
        kinds
    }

    pub(super) fn kind_count(&self, kind: Symbol) -> usize {
        self.by_kind.get(&kind).copied().unwrap_or(0)
    }

    pub(super) fn node_labels(&self, node: NodeId) -> &[Symbol] {
        let set = self.node_labels.get(node.index());
        set.and_then(|set| self.label_sets.get(*set as usize))
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn ends(&self, edge: EdgeId) -> Option<Ends> {
        let ends = self.ends.get(edge.index())?;
        let sound = ends.from.index() < self.node_count()
            && ends.to.index() < self.node_count()
            && ends.kind.index() < self.names;
        self.broken.unless(sound).then_some(*ends)
    }

    pub(super) fn node_property(&self, node: NodeId, key: Symbol) -> Value {
        column(&self.node_columns, key).map_or(Value::Null, |own| own.get(node.0, &self.texts))
    }

    pub(super) fn edge_property(&self, edge: EdgeId, key: Symbol) -> Value {
        column(&self.edge_columns, key).map_or(Value::Null, |own| own.get(edge.0, &self.texts))
    }

    pub(super) fn node_properties(&self, node: NodeId) -> Vec<(Symbol, Value)> {
        row(&self.node_columns, node.0, &self.texts)
    }

    pub(super) fn node_keys(&self) -> Vec<Symbol> {
        self.node_columns.iter().map(|(key, _)| *key).collect()
    }

    pub(super) fn edge_properties(&self, edge: EdgeId) -> Vec<(Symbol, Value)> {
        row(&self.edge_columns, edge.0, &self.texts)
    }

    pub(super) fn hops<'a>(
        &'a self,
        node: NodeId,
        direction: Direction,
        kinds: KindFilter<'a>,
    ) -> HopsFrom<'a> {
        self.adjacency.hops(node, direction, kinds)
    }

    /// Finds nodes by a value; sorts the owners of the key once.
    pub(super) fn with_property(&self, key: Symbol, value: &Value) -> Option<Vec<NodeId>> {
        self.owners_of(key, value, |same| {
            let bound = self.node_count();
            let sound = |owner: &&u32| self.broken.unless((**owner as usize) < bound);
            same.iter()
                .filter(sound)
                .map(|owner| NodeId(*owner))
                .collect()
        })
    }

    /// Counts nodes by a value, without a look at each.
    pub(super) fn count_with_property(&self, key: Symbol, value: &Value) -> Option<usize> {
        self.owners_of(key, value, <[u32]>::len)
    }

    /// Gives `f` the owners of a value, a run of the sorted owners of the key; `None` where values
    /// of that type are not indexed.
    fn owners_of<T: Default>(
        &self,
        key: Symbol,
        value: &Value,
        f: impl FnOnce(&[u32]) -> T,
    ) -> Option<T> {
        if !matches!(
            value,
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_)
        ) {
            return None;
        }
        let wanted = key_of(value, &self.texts);
        let Some(column) = column(&self.node_columns, key).filter(|_| wanted != Key::None) else {
            return Some(T::default());
        };
        let index = self.index(key, column);
        let from = index.partition_point(|owner| column.key(*owner, &self.texts) < wanted);
        let behind = &index[from..];
        let length = leading(behind, |owner| column.key(*owner, &self.texts) == wanted);
        Some(f(&behind[..length]))
    }

    fn index(&self, key: Symbol, column: &Column) -> Arc<Slab<u32>> {
        if let Ok(indexes) = self.indexes.read()
            && let Some(index) = indexes.get(&key)
        {
            return index.clone();
        }
        let index = Arc::new(sorted_owners(column, &self.texts));
        if let Ok(mut indexes) = self.indexes.write() {
            indexes.insert(key, index.clone());
        }
        index
    }
}

/// How many at the beginning of a list it holds for, where it holds for none behind them; looks at
/// few where they are few.
fn leading(list: &[u32], holds: impl Fn(&u32) -> bool) -> usize {
    let mut reach = 1;
    while list.get(reach - 1).is_some_and(&holds) {
        reach *= 2;
    }
    let within = &list[..reach.min(list.len())];
    within.partition_point(holds)
}

/// Lists the owners of a key by value.
fn sorted_owners(column: &Column, texts: &Texts) -> Slab<u32> {
    let mut owners = column.owners();
    owners.sort_by_key(|owner| column.key(*owner, texts));
    owners.into()
}

fn column(columns: &[(Symbol, Column)], key: Symbol) -> Option<&Column> {
    // They stand in the order of their keys.
    let at = columns.binary_search_by_key(&key, |(own, _)| *own).ok()?;
    columns.get(at).map(|(_, column)| column)
}

fn row(columns: &[(Symbol, Column)], owner: u32, texts: &Texts) -> Vec<(Symbol, Value)> {
    let cells = columns
        .iter()
        .map(|(key, column)| (*key, column.get(owner, texts)));
    cells.filter(|(_, value)| !value.is_null()).collect()
}
