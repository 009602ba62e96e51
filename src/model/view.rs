//! What a question may see of a graph: one small trait, so that another store can take the place
//! of the petgraph one without a caller noticing.
//!
//! Ids here wrap the store's own indices; petgraph's types do not leave this room.

use super::node_set::Members;
use super::packed::{ColumnView, PackedSide, Token};
use super::shortcuts::NarrowSide;
use super::symbol::Symbol;
use super::value::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A node of one graph.
#[repr(transparent)]
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable,
)]
pub struct NodeId(pub(crate) u32);

/// An edge of one graph.
#[repr(transparent)]
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable,
)]
pub struct EdgeId(pub(crate) u32);

impl NodeId {
    /// Gives the place of the node among the store's slots, for side tables.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl EdgeId {
    /// Gives the place of the edge among the store's slots, for side tables.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which way edges are walked from a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Along the arrow.
    Out,
    /// Against the arrow.
    In,
}

/// The kinds of edges that a walk takes.
#[derive(Clone, Copy, Debug)]
pub enum KindFilter<'a> {
    /// All of them.
    Any,
    /// Those in the list; an empty list takes none.
    Only(&'a [Symbol]),
}

/// One edge seen from the node that is being left.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Hop {
    /// The kind of the edge.
    pub kind: Symbol,
    /// The edge.
    pub edge: EdgeId,
    /// The node at the other end.
    pub node: NodeId,
}

/// What an edge joins.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Ends {
    /// The kind of the edge.
    pub kind: Symbol,
    /// Where it starts.
    pub from: NodeId,
    /// Where it ends.
    pub to: NodeId,
}

/// Nodes, in the order of their ids.
#[derive(Debug)]
pub enum Nodes<'a> {
    /// Kept as a set, as a graph that changes does.
    Set(Members<'a>),
    /// Kept as a list, as a graph at rest does.
    Slice(std::slice::Iter<'a, NodeId>),
    /// All of a graph at rest.
    Range(std::ops::Range<u32>),
    /// Found one by one.
    Found(std::vec::IntoIter<NodeId>),
    /// None at all.
    None,
}

impl Iterator for Nodes<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        match self {
            Self::Set(ids) => ids.next(),
            Self::Slice(ids) => ids.next().copied(),
            Self::Range(ids) => ids.next().map(NodeId),
            Self::Found(ids) => ids.next(),
            Self::None => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Set(ids) => ids.size_hint(),
            Self::Slice(ids) => ids.size_hint(),
            Self::Range(ids) => ids.size_hint(),
            Self::Found(ids) => ids.size_hint(),
            Self::None => (0, Some(0)),
        }
    }
}

impl Nodes<'_> {
    /// Splits them into stretches, no more than so many, about as long as each other.
    #[must_use]
    pub fn split(self, count: usize) -> Vec<Self> {
        let length = self.size_hint().0.div_ceil(count.max(1)).max(1);
        match self {
            Self::Slice(ids) => {
                let parts = ids.as_slice().chunks(length);
                parts.map(|part| Self::Slice(part.iter())).collect()
            }
            Self::Range(ids) => {
                let end = ids.end;
                let starts = ids.step_by(length);
                let part = |from: u32| from..end.min(from.saturating_add(length as u32));
                starts.map(|from| Self::Range(part(from))).collect()
            }
            found => {
                let mut ids: Vec<NodeId> = found.collect();
                let mut parts = Vec::with_capacity(count);
                while ids.len() > length {
                    let rest = ids.split_off(length);
                    parts.push(Self::Found(ids.into_iter()));
                    ids = rest;
                }
                parts.push(Self::Found(ids.into_iter()));
                parts
            }
        }
    }

    /// Moves the next nodes to a list, no more than so many.
    pub fn move_to(&mut self, list: &mut Vec<NodeId>, most: usize) {
        match self {
            Self::Set(ids) => list.extend(ids.take(most)),
            Self::Slice(ids) => list.extend(ids.take(most)),
            Self::Range(ids) => list.extend(ids.take(most).map(NodeId)),
            Self::Found(ids) => list.extend(ids.take(most)),
            Self::None => {}
        }
    }
}

/// The edges at a node in one direction, of the kinds asked for.
#[derive(Debug)]
pub struct Hops<'a>(pub(super) HopsFrom<'a>);

#[derive(Debug)]
pub(super) enum HopsFrom<'a> {
    /// A run of one kind, or of all kinds.
    Run(std::slice::Iter<'a, Hop>),
    /// All kinds, of which some are wanted.
    Filtered(std::slice::Iter<'a, Hop>, &'a [Symbol]),
    /// Collected from a store without adjacency lists by kind.
    Owned(std::vec::IntoIter<Hop>),
}

impl Iterator for Hops<'_> {
    type Item = Hop;

    #[inline]
    fn next(&mut self) -> Option<Hop> {
        match &mut self.0 {
            HopsFrom::Run(hops) => hops.next().copied(),
            HopsFrom::Filtered(hops, kinds) => hops.find(|hop| kinds.contains(&hop.kind)).copied(),
            HopsFrom::Owned(hops) => hops.next(),
        }
    }
}

/// A property graph as a question sees it.
///
/// Costs are those of the petgraph store; `n` is the number of nodes, `d` the edges at a node.
pub trait GraphView: Sync {
    /// Gives the symbol of a label, kind or key that the graph has seen.
    fn symbol(&self, name: &str) -> Option<Symbol>;
    /// Gives the name of a symbol of this graph.
    fn name(&self, symbol: Symbol) -> &str;

    /// Counts the nodes.
    fn node_count(&self) -> usize;
    /// Counts the edges.
    fn edge_count(&self) -> usize;
    /// Gives a number above the index of every node, for side tables.
    fn node_bound(&self) -> usize;
    /// Gives a number above the index of every edge, for side tables.
    fn edge_bound(&self) -> usize;
    /// Lists all nodes in the order of their ids.
    fn nodes(&self) -> Nodes<'_>;
    /// Lists all edges in the order of their ids; walks the graph once.
    fn edges(&self) -> Vec<EdgeId>;
    /// Lists the nodes that carry a label, without touching the others.
    fn nodes_with_label(&self, label: Symbol) -> Nodes<'_>;
    /// Lists the nodes whose property equals `value`, by an index built on first use; `None` where
    /// values of that type are not indexed.
    fn nodes_with_property(&self, key: Symbol, value: &Value) -> Option<Vec<NodeId>>;
    /// Counts the nodes whose property equals `value`, by the same index.
    fn count_with_property(&self, key: Symbol, value: &Value) -> Option<usize> {
        self.nodes_with_property(key, value)
            .map(|nodes| nodes.len())
    }
    /// Lists the labels in use with the number of their nodes.
    fn labels(&self) -> Vec<(Symbol, usize)>;
    /// Lists the kinds in use with the number of their edges.
    fn kinds(&self) -> Vec<(Symbol, usize)>;
    /// Counts the nodes of a label.
    fn label_count(&self, label: Symbol) -> usize;
    /// Counts the edges of a kind.
    fn kind_count(&self, kind: Symbol) -> usize;

    /// Tells whether the node is there and not deleted.
    fn has_node(&self, node: NodeId) -> bool;
    /// Tells whether the edge is there and not deleted.
    fn has_edge(&self, edge: EdgeId) -> bool;
    /// Gives a number that no other node of this graph has had or will have.
    fn node_serial(&self, node: NodeId) -> u64;
    /// Gives a number that no other edge of this graph has had or will have.
    fn edge_serial(&self, edge: EdgeId) -> u64;
    /// Gives the labels of a node, in the order they were added.
    fn node_labels(&self, node: NodeId) -> &[Symbol];
    /// Gives a property of a node, null where it has none.
    fn node_property(&self, node: NodeId, key: Symbol) -> Value;
    /// Gives all properties of a node, in the order they were set.
    fn node_properties(&self, node: NodeId) -> Vec<(Symbol, Value)>;
    /// Lists the keys that nodes have, of the first `most` nodes where finding out takes asking them.
    fn node_keys(&self, most: usize) -> Vec<Symbol> {
        let nodes = self.nodes().take(most);
        let cells = nodes.flat_map(|node| self.node_properties(node));
        let keys: BTreeSet<Symbol> = cells.map(|(key, _)| key).collect();
        keys.into_iter().collect()
    }
    /// Gives the kind and the two ends of an edge.
    fn ends(&self, edge: EdgeId) -> Ends;
    /// Gives a property of an edge, null where it has none.
    fn edge_property(&self, edge: EdgeId, key: Symbol) -> Value;
    /// Gives all properties of an edge, in the order they were set.
    fn edge_properties(&self, edge: EdgeId) -> Vec<(Symbol, Value)>;
    /// Lists the edges that leave or enter a node. A self-loop is listed once in each direction.
    /// Touches only edges of the kinds asked for once `prepare` has run, else all `d`.
    fn hops<'a>(&'a self, node: NodeId, direction: Direction, kinds: KindFilter<'a>) -> Hops<'a>;
    /// Builds what makes walks fast (adjacency by kind), in time of the whole graph, once; a write
    /// drops it. Worth calling before a statement that only reads.
    fn prepare(&self);

    /// Gives the edges of one direction in place, once `prepare` has run on them.
    fn packed(&self, _direction: Direction) -> Option<PackedSide<'_>> {
        None
    }
    /// Gives the far ends alone of edges of some kinds, where they were asked for before; with `make`
    /// goes over all edges to gather them, once. A write drops them.
    fn narrow(
        &self,
        _direction: Direction,
        _kinds: &[Symbol],
        _make: bool,
    ) -> Option<Arc<NarrowSide>> {
        None
    }
    /// Tells whether each node is known to have a string of its own under a key; goes over all nodes
    /// the first time.
    fn is_unique(&self, _key: Symbol) -> bool {
        false
    }
    /// Tells whether an edge may lead from a node to itself; goes over all edges the first time.
    fn has_loops(&self) -> bool {
        true
    }
    /// Gives a property of all nodes in place, where the graph is at rest.
    fn node_column(&self, _key: Symbol) -> Option<ColumnView<'_>> {
        None
    }
    /// Gives a property of all edges in place, where the graph is at rest.
    fn edge_column(&self, _key: Symbol) -> Option<ColumnView<'_>> {
        None
    }
    /// Gives the number of the set of labels of each node, and the sets, where the graph is at rest.
    fn label_sets(&self) -> Option<(&[u16], &[Vec<Symbol>])> {
        None
    }
    /// Gives the number of a string, where the graph is at rest and holds it.
    fn token(&self, _text: &str) -> Option<Token> {
        None
    }
    /// Gives the string of a number; empty where the graph has none.
    fn token_text(&self, _token: Token) -> &str {
        ""
    }

    /// Tells whether a node carries a label.
    fn has_label(&self, node: NodeId, label: Symbol) -> bool {
        self.node_labels(node).contains(&label)
    }
    /// Gives a property of a node by the key's name, null where there is none.
    fn get(&self, node: NodeId, key: &str) -> Value {
        self.symbol(key)
            .map_or(Value::Null, |key| self.node_property(node, key))
    }
    /// Gives a property of an edge by the key's name, null where there is none.
    fn get_edge(&self, edge: EdgeId, key: &str) -> Value {
        self.symbol(key)
            .map_or(Value::Null, |key| self.edge_property(edge, key))
    }
    /// Counts the edges at a node in one direction; touches each once.
    fn degree(&self, node: NodeId, direction: Direction, kinds: KindFilter<'_>) -> usize {
        self.hops(node, direction, kinds).count()
    }
}
