//! What questions found out about a graph that has not changed since: kept until the next write.

use super::packed::{Cell, ColumnView, PackedSide};
use super::symbol::Symbol;
use super::view::{Direction, NodeId};
use rustc_hash::FxHashMap;
use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::{Arc, RwLock};
use std::thread;
use std::thread::ScopedJoinHandle;

/// Most sets of kinds whose edges are kept narrow, for each takes memory.
const NARROW: usize = 4;

/// Nodes up to which one thread gathers their edges.
const ALONE: usize = 100_000;

/// Far ends of the edges of some kinds on one side of all nodes, and nothing else of them.
#[derive(Debug, Default)]
pub struct NarrowSide {
    starts: Vec<u32>,
    nodes: Vec<NodeId>,
}

impl NarrowSide {
    fn new(side: &PackedSide<'_>, bound: usize, kinds: &[Symbol]) -> Self {
        let highest = kinds.iter().map(|kind| kind.index() + 1).max();
        let mut wanted = vec![false; highest.unwrap_or(0)];
        kinds.iter().for_each(|kind| wanted[kind.index()] = true);
        let threads = match bound < ALONE {
            true => 1,
            false => thread::available_parallelism().map_or(1, NonZero::get),
        };
        let (length, wanted) = (bound.div_ceil(threads).max(1), &wanted);
        let stretches = (0..bound).step_by(length);
        let mut stretches = stretches.map(|from| {
            let nodes = from as u32..bound.min(from + length) as u32;
            move || Self::of_stretch(side, nodes, wanted)
        });
        thread::scope(|scope| {
            let first = stretches.next();
            let spawn = |work| thread::Builder::new().spawn_scoped(scope, work);
            let others = stretches.map(|work| spawn(work.clone()).map_err(|_| work));
            let others: Vec<_> = others.collect();
            let mut all = first.map_or_else(Self::default, |work| work());
            for other in others {
                // What no thread could be had for is done here.
                let more = other.map_or_else(|work| Ok(work()), ScopedJoinHandle::join);
                all.append(more.unwrap_or_else(|panic| resume_unwind(panic)));
            }
            all
        })
    }

    /// Gathers the edges of some nodes that follow each other.
    fn of_stretch(side: &PackedSide<'_>, stretch: Range<u32>, wanted: &[bool]) -> Self {
        let mut starts = Vec::with_capacity(stretch.len() + 1);
        let mut nodes = Vec::new();
        starts.push(0);
        for node in stretch {
            let hops = side.at(NodeId(node)).iter();
            let own = hops.filter(|hop| wanted.get(hop.kind.index()) == Some(&true));
            nodes.extend(own.map(|hop| hop.node));
            starts.push(nodes.len() as u32);
        }
        Self { starts, nodes }
    }

    /// Adds the edges of the nodes behind its own.
    fn append(&mut self, more: Self) {
        let before = self.nodes.len() as u32;
        let starts = more.starts.into_iter().skip(1);
        self.starts.extend(starts.map(|start| before + start));
        self.nodes.extend(more.nodes);
    }

    /// Gives the far ends at a node, by kind and then by edge.
    #[inline]
    #[must_use]
    pub fn at(&self, node: NodeId) -> &[NodeId] {
        let i = node.index();
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => self.nodes.get(from as usize..to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// One direction and the kinds that are walked.
type Walked = (Direction, Vec<Symbol>);

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Shortcuts {
    narrow: RwLock<Vec<(Walked, Arc<NarrowSide>)>>,
    unique: RwLock<FxHashMap<Symbol, bool>>,
}

impl Shortcuts {
    /// Gives the narrow form of some kinds, if it was made.
    pub(super) fn narrow(&self, direction: Direction, kinds: &[Symbol]) -> Option<Arc<NarrowSide>> {
        let known = self.narrow.read().ok()?;
        let found = known
            .iter()
            .find(|((own, list), _)| *own == direction && list == kinds);
        found.map(|(_, side)| Arc::clone(side))
    }

    /// Makes the narrow form; the oldest makes room for it.
    pub(super) fn make_narrow(
        &self,
        direction: Direction,
        kinds: &[Symbol],
        side: &PackedSide<'_>,
        bound: usize,
    ) -> Arc<NarrowSide> {
        let made = Arc::new(NarrowSide::new(side, bound, kinds));
        if let Ok(mut known) = self.narrow.write() {
            if known.len() >= NARROW {
                known.remove(0);
            }
            known.push(((direction, kinds.to_vec()), Arc::clone(&made)));
        }
        made
    }

    /// Tells whether each node has a string of its own in a column; finds out once.
    pub(super) fn is_unique(&self, key: Symbol, column: &ColumnView<'_>, bound: usize) -> bool {
        let known = self.unique.read().ok();
        if let Some(unique) = known.and_then(|known| known.get(&key).copied()) {
            return unique;
        }
        let unique = all_differ(column, bound);
        if let Ok(mut known) = self.unique.write() {
            known.insert(key, unique);
        }
        unique
    }
}

/// Tells whether all values of a column are strings, there for each node, and no two are the same.
fn all_differ(column: &ColumnView<'_>, bound: usize) -> bool {
    let mut seen: Vec<u64> = Vec::new();
    (0..bound).all(|node| {
        let Cell::Text(token) = column.at(node) else {
            return false;
        };
        let (word, bit) = (token.index() / 64, 1 << (token.index() % 64));
        if seen.len() <= word {
            seen.resize((word + 1).next_power_of_two(), 0);
        }
        let new = seen[word] & bit == 0;
        seen[word] |= bit;
        new
    })
}
