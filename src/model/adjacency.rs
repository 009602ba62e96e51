//! Edges by node and kind, packed: what a walk reads instead of petgraph's linked lists.
//!
//! Built in one pass over the edges, 12 bytes an edge and direction; never changed, only dropped.

use super::guard::Guard;
use super::packed::{PackedSide, run_of};
use super::slab::Slab;
use super::symbol::Symbol;
use super::view::{Direction, EdgeId, Ends, Hop, HopsFrom, KindFilter, NodeId};
use std::sync::{Arc, OnceLock};
use std::thread;

/// Edges from which packing them is worth a second thread.
pub(super) const WORTH_A_THREAD: usize = 50_000;

/// Both directions of a graph at rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    pub(super) out: Side,
    pub(super) into: Side,
    /// Whether an edge leads from a node to itself, once somebody has asked.
    loops: OnceLock<bool>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// Where the hops of node `i` start; one more entry than nodes.
    pub(super) starts: Slab<u32>,
    /// Hops sorted by node, then kind, then edge.
    pub(super) hops: Slab<Hop>,
    /// Watches over the edges of a snapshot.
    pub(super) guard: Option<Arc<Guard>>,
}

impl Adjacency {
    /// Packs the edges of a graph whose node indices lie below `bound`; sorts by counting.
    pub(super) fn packed(
        bound: usize,
        edges: impl Iterator<Item = (EdgeId, Ends)> + Clone,
    ) -> Self {
        let out = edges.clone().map(leaving);
        let into = edges.map(entering);
        Self::of_sides(Side::new(bound, out), Side::new(bound, into))
    }

    /// Joins two sides that are there.
    pub(super) fn of_sides(out: Side, into: Side) -> Self {
        Self {
            out,
            into,
            loops: OnceLock::new(),
        }
    }

    /// Packs the edges of a graph without gaps, both sides at once where that is worth it.
    pub(super) fn of_ends(bound: usize, ends: &[Ends]) -> Self {
        let edges = || {
            let ends = ends.iter().enumerate();
            ends.map(|(at, ends)| (EdgeId(at as u32), *ends))
        };
        if ends.len() < WORTH_A_THREAD {
            return Self::packed(bound, edges());
        }
        thread::scope(|scope| {
            let into = scope.spawn(|| Side::new(bound, edges().map(entering)));
            let out = Side::new(bound, edges().map(leaving));
            let into = into.join();
            let into = into.unwrap_or_else(|_| Side::new(bound, edges().map(entering)));
            Self::of_sides(out, into)
        })
    }

    /// Takes the slices of one direction.
    pub(super) fn side(&self, direction: Direction) -> PackedSide<'_> {
        let side = match direction {
            Direction::Out => &self.out,
            Direction::In => &self.into,
        };
        PackedSide {
            starts: &side.starts,
            hops: &side.hops,
            guard: side.guard.as_deref().filter(|guard| !guard.is_done()),
        }
    }

    /// Tells whether an edge leads from a node to itself; goes over all edges the first time.
    pub(super) fn has_loops(&self) -> bool {
        *self.loops.get_or_init(|| {
            let out = self.side(Direction::Out);
            (0..out.starts.len() as u32).map(NodeId).any(|node| {
                let mut hops = out.at(node).iter();
                hops.any(|hop| hop.node == node)
            })
        })
    }

    pub(super) fn hops<'a>(
        &'a self,
        node: NodeId,
        direction: Direction,
        kinds: KindFilter<'a>,
    ) -> HopsFrom<'a> {
        let all = self.side(direction).at(node);
        match kinds {
            KindFilter::Any => HopsFrom::Run(all.iter()),
            KindFilter::Only([]) => HopsFrom::Run([].iter()),
            KindFilter::Only(&[kind]) => HopsFrom::Run(run_of(all, kind).iter()),
            KindFilter::Only(kinds) => HopsFrom::Filtered(all.iter(), kinds),
        }
    }
}

fn leaving((edge, Ends { kind, from, to }): (EdgeId, Ends)) -> (NodeId, Hop) {
    let hop = Hop {
        kind,
        edge,
        node: to,
    };
    (from, hop)
}

fn entering((edge, Ends { kind, from, to }): (EdgeId, Ends)) -> (NodeId, Hop) {
    let hop = Hop {
        kind,
        edge,
        node: from,
    };
    (to, hop)
}

impl Side {
    fn new(bound: usize, edges: impl Iterator<Item = (NodeId, Hop)> + Clone) -> Self {
        let mut starts = vec![0u32; bound + 1];
        for (node, _) in edges.clone() {
            starts[node.index() + 1] += 1;
        }
        for i in 0..bound {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let blank = Hop {
            kind: Symbol(0),
            edge: EdgeId(0),
            node: NodeId(0),
        };
        let mut hops = vec![blank; starts[bound] as usize];
        for (node, hop) in edges {
            let place = &mut next[node.index()];
            hops[*place as usize] = hop;
            *place += 1;
        }
        for i in 0..bound {
            let run = &mut hops[starts[i] as usize..starts[i + 1] as usize];
            run.sort_unstable_by_key(|hop| (hop.kind, hop.edge));
        }
        Self {
            starts: starts.into(),
            hops: hops.into(),
            guard: None,
        }
    }
}
