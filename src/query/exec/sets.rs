//! Sets of values: those of a DISTINCT aggregate.

use crate::model::NodeId;
use crate::model::Value;
use crate::query::ops::HashKey;
use rustc_hash::FxHashSet;

/// A set of values; nodes, which are numbers, are kept as such.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    nodes: NodeSet,
    others: FxHashSet<HashKey>,
}

impl Distinct {
    /// Adds a value; false where it was there.
    pub(super) fn insert(&mut self, value: Value) -> bool {
        match value {
            Value::Node(node) => self.nodes.insert(node),
            value => self.others.insert(HashKey(value)),
        }
    }

    /// Adds a node; false where it was there.
    #[inline]
    pub(super) fn insert_node(&mut self, node: NodeId) -> bool {
        self.nodes.insert(node)
    }

    /// Adds nodes; gives how many are new.
    pub(super) fn extend(&mut self, nodes: &[NodeId]) -> usize {
        let before = self.nodes.len;
        nodes.iter().for_each(|node| {
            self.nodes.insert(*node);
        });
        self.nodes.len - before
    }

    /// Adds all of another set.
    pub(super) fn join(&mut self, other: Self) {
        other.nodes.each(|node| {
            self.nodes.insert(node);
        });
        self.others.extend(other.others);
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len + self.others.len()
    }
}

/// Nodes by their numbers: few as a hash set, many as bits.
#[derive(Debug, Default)]
struct NodeSet {
    len: usize,
    few: FxHashSet<NodeId>,
    /// One bit a node; empty as long as there are few.
    bits: Vec<u64>,
}

/// Most nodes of the hash set.
const FEW: usize = 256;

/// One node in so many has to be in the set before bits pay.
const SPARSE: usize = 512;

impl NodeSet {
    #[inline]
    fn insert(&mut self, node: NodeId) -> bool {
        let new = match self.bits.is_empty() {
            true => self.few.insert(node),
            false => self.mark(node),
        };
        self.len += usize::from(new);
        if new && self.bits.is_empty() && self.len > FEW {
            self.spread(node);
        }
        new
    }

    fn mark(&mut self, node: NodeId) -> bool {
        let (word, bit) = (node.index() / 64, 1 << (node.index() % 64));
        if self.bits.len() <= word {
            self.bits.resize((word + 1).next_power_of_two(), 0);
        }
        let new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        new
    }

    /// Calls `f` with each node.
    fn each(&self, mut f: impl FnMut(NodeId)) {
        self.few.iter().for_each(|node| f(*node));
        for (at, word) in self.bits.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                f(NodeId(at as u32 * 64 + left.trailing_zeros()));
                left &= left - 1;
            }
        }
    }

    /// Changes to bits where the numbers lie close enough together.
    fn spread(&mut self, largest: NodeId) {
        if largest.index() / SPARSE > self.len {
            return;
        }
        for node in std::mem::take(&mut self.few) {
            self.mark(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_nodes_are_counted_once_each() {
        let nodes: Vec<NodeId> = (0..3000u32).map(|at| NodeId(at * 7 % 2000)).collect();
        let mut set = Distinct::default();
        assert_eq!(set.extend(&nodes), 2000);
        assert!(!set.insert(Value::Node(NodeId(1))));
        assert!(set.insert(Value::Int(1)));
        assert_eq!(set.len(), 2001);
    }
}
