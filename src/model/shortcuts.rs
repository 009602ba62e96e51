//! What questions found out about a graph that has not changed since: kept until the next write.

use super::packed::{Cell, ColumnView, PackedSide};
use super::symbol::Symbol;
use super::view::{Direction, NodeId};
use rustc_hash::FxHashMap;
use std::sync::{Arc, RwLock};

/// Most sets of kinds whose edges are kept narrow, for each takes memory.
const NARROW: usize = 4;

/// Far ends of the edges of some kinds on one side of all nodes, and nothing else of them.
#[derive(Debug)]
pub struct NarrowSide {
    starts: Vec<u32>,
    nodes: Vec<NodeId>,
}

impl NarrowSide {
    fn new(side: &PackedSide<'_>, bound: usize, kinds: &[Symbol]) -> Self {
        let highest = kinds.iter().map(|kind| kind.index() + 1).max();
        let mut wanted = vec![false; highest.unwrap_or(0)];
        kinds.iter().for_each(|kind| wanted[kind.index()] = true);
        let mut starts = Vec::with_capacity(bound + 1);
        let mut nodes = Vec::new();
        starts.push(0);
        for node in 0..bound as u32 {
            let hops = side.at(NodeId(node)).iter();
            let own = hops.filter(|hop| wanted.get(hop.kind.index()) == Some(&true));
            nodes.extend(own.map(|hop| hop.node));
            starts.push(nodes.len() as u32);
        }
        Self { starts, nodes }
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
