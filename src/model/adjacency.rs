//! Edges by node and kind, packed: what a walk reads instead of petgraph's linked lists.
//!
//! Built in one pass over the edges, 12 bytes an edge and direction; never changed, only dropped.

use super::slab::Slab;
use super::symbol::Symbol;
use super::view::{Direction, EdgeId, Ends, Hop, HopsFrom, KindFilter, NodeId};

/// Both directions of a graph at rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    pub(super) out: Side,
    pub(super) into: Side,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// Where the hops of node `i` start; one more entry than nodes.
    pub(super) starts: Slab<u32>,
    /// Hops sorted by node, then kind, then edge.
    pub(super) hops: Slab<Hop>,
}

impl Adjacency {
    /// Packs the edges of a graph whose node indices lie below `bound`; sorts by counting.
    pub(super) fn packed(
        bound: usize,
        edges: impl Iterator<Item = (EdgeId, Ends)> + Clone,
    ) -> Self {
        let out = edges.clone().map(|(edge, Ends { kind, from, to })| {
            (
                from,
                Hop {
                    kind,
                    edge,
                    node: to,
                },
            )
        });
        let into = edges.map(|(edge, Ends { kind, from, to })| {
            (
                to,
                Hop {
                    kind,
                    edge,
                    node: from,
                },
            )
        });
        Self {
            out: Side::new(bound, out),
            into: Side::new(bound, into),
        }
    }

    pub(super) fn hops<'a>(
        &'a self,
        node: NodeId,
        direction: Direction,
        kinds: KindFilter<'a>,
    ) -> HopsFrom<'a> {
        let side = match direction {
            Direction::Out => &self.out,
            Direction::In => &self.into,
        };
        let all = side.at(node);
        match kinds {
            KindFilter::Any => HopsFrom::Run(all.iter()),
            KindFilter::Only([]) => HopsFrom::Run([].iter()),
            KindFilter::Only(&[kind]) => HopsFrom::Run(run_of(all, kind).iter()),
            KindFilter::Only(kinds) => HopsFrom::Filtered(all.iter(), kinds),
        }
    }
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
        }
    }

    fn at(&self, node: NodeId) -> &[Hop] {
        let i = node.index();
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => &self.hops[from as usize..to as usize],
            _ => &[],
        }
    }
}

fn run_of(hops: &[Hop], kind: Symbol) -> &[Hop] {
    let from = hops.partition_point(|hop| hop.kind < kind);
    let to = from + hops[from..].partition_point(|hop| hop.kind == kind);
    &hops[from..to]
}
