//! petgraph's view of a graph, so that its algorithms run on both forms: the store that is written
//! to, and the packed one at rest.
//!
//! The weight of a node or an edge is its id; a cost is asked from the graph as a property. Ids of
//! removed nodes leave gaps, so a graph is no `NodeCompactIndexable`.

use super::graph::Graph;
use super::view::{Direction, EdgeId, Ends, GraphView, Hop, Hops, KindFilter, NodeId, Nodes};
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount,
    NodeIndexable, VisitMap, Visitable,
};

/// An edge as petgraph's algorithms see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkedEdge {
    edge: EdgeId,
    ends: Ends,
}

impl EdgeRef for WalkedEdge {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
    type Weight = EdgeId;

    fn source(&self) -> NodeId {
        self.ends.from
    }

    fn target(&self) -> NodeId {
        self.ends.to
    }

    fn weight(&self) -> &EdgeId {
        &self.edge
    }

    fn id(&self) -> EdgeId {
        self.edge
    }
}

/// The edges at a node, as they run.
#[derive(Debug)]
pub struct WalkedEdges<'g> {
    node: NodeId,
    direction: Direction,
    hops: Hops<'g>,
}

impl Iterator for WalkedEdges<'_> {
    type Item = WalkedEdge;

    fn next(&mut self) -> Option<WalkedEdge> {
        let Hop { kind, edge, node } = self.hops.next()?;
        let (from, to) = match self.direction {
            Direction::Out => (self.node, node),
            Direction::In => (node, self.node),
        };
        let ends = Ends { kind, from, to };
        Some(WalkedEdge { edge, ends })
    }
}

/// The nodes at the other ends of the edges at a node.
#[derive(Debug)]
pub struct Neighbours<'g>(Hops<'g>);

impl Iterator for Neighbours<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        Some(self.0.next()?.node)
    }
}

/// All edges of a graph.
#[derive(Debug)]
pub struct AllEdges<'g> {
    graph: &'g Graph,
    edges: std::vec::IntoIter<EdgeId>,
}

impl Iterator for AllEdges<'_> {
    type Item = WalkedEdge;

    fn next(&mut self) -> Option<WalkedEdge> {
        let edge = self.edges.next()?;
        let ends = self.graph.ends(edge);
        Some(WalkedEdge { edge, ends })
    }
}

/// Marks of nodes that were seen, a bit each.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<u64>);

impl Marks {
    fn word(&mut self, node: NodeId) -> Option<(&mut u64, u64)> {
        let word = self.0.get_mut(node.index() / 64)?;
        Some((word, 1 << (node.index() % 64)))
    }
}

impl VisitMap<NodeId> for Marks {
    fn visit(&mut self, node: NodeId) -> bool {
        let Some((word, bit)) = self.word(node) else {
            return false;
        };
        let first = *word & bit == 0;
        *word |= bit;
        first
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        let word = self.0.get(node.index() / 64);
        word.is_some_and(|word| word >> (node.index() % 64) & 1 == 1)
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        let Some((word, bit)) = self.word(node) else {
            return false;
        };
        let was = *word & bit != 0;
        *word &= !bit;
        was
    }
}

fn direction(direction: petgraph::Direction) -> Direction {
    match direction {
        petgraph::Direction::Outgoing => Direction::Out,
        petgraph::Direction::Incoming => Direction::In,
    }
}

impl GraphBase for Graph {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
}

impl GraphProp for Graph {
    type EdgeType = petgraph::Directed;
}

impl Data for Graph {
    type NodeWeight = NodeId;
    type EdgeWeight = EdgeId;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        GraphView::node_count(self)
    }
}

impl EdgeCount for Graph {
    fn edge_count(&self) -> usize {
        GraphView::edge_count(self)
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        GraphView::node_bound(self)
    }

    fn to_index(&self, node: NodeId) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeId {
        NodeId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl EdgeIndexable for Graph {
    fn edge_bound(&self) -> usize {
        GraphView::edge_bound(self)
    }

    fn to_index(&self, edge: EdgeId) -> usize {
        edge.index()
    }

    fn from_index(&self, index: usize) -> EdgeId {
        EdgeId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl Visitable for Graph {
    type Map = Marks;

    fn visit_map(&self) -> Marks {
        Marks(vec![0; GraphView::node_bound(self).div_ceil(64)])
    }

    fn reset_map(&self, marks: &mut Marks) {
        *marks = self.visit_map();
    }
}

impl<'g> IntoNodeIdentifiers for &'g Graph {
    type NodeIdentifiers = Nodes<'g>;

    fn node_identifiers(self) -> Nodes<'g> {
        self.nodes()
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = WalkedEdge;
    type EdgeReferences = AllEdges<'g>;

    fn edge_references(self) -> AllEdges<'g> {
        let edges = GraphView::edges(self).into_iter();
        AllEdges { graph: self, edges }
    }
}

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Neighbours<'g>;

    fn neighbors(self, node: NodeId) -> Neighbours<'g> {
        Neighbours(self.hops(node, Direction::Out, KindFilter::Any))
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Neighbours<'g>;

    fn neighbors_directed(self, node: NodeId, side: petgraph::Direction) -> Neighbours<'g> {
        Neighbours(self.hops(node, direction(side), KindFilter::Any))
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = WalkedEdges<'g>;

    fn edges(self, node: NodeId) -> WalkedEdges<'g> {
        self.edges_directed(node, petgraph::Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g Graph {
    type EdgesDirected = WalkedEdges<'g>;

    fn edges_directed(self, node: NodeId, side: petgraph::Direction) -> WalkedEdges<'g> {
        let direction = direction(side);
        let hops = self.hops(node, direction, KindFilter::Any);
        WalkedEdges {
            node,
            direction,
            hops,
        }
    }
}
