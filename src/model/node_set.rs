//! A set of nodes in the order of their numbers: a bit for each, in words of 64.
//!
//! Nodes come with growing numbers, so that a word is nearly always added behind the last one;
//! numbers that nobody has take no room. A word that loses its last node stays, empty.

use super::view::NodeId;

/// How many nodes one word holds.
const WIDTH: u32 = u64::BITS;

/// A set of nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct NodeSet {
    /// The number of each word, growing, with its bits.
    words: Vec<(u32, u64)>,
    count: usize,
}

impl NodeSet {
    /// Adds a node. Costs a search among the words, and moves those behind a new one.
    pub(super) fn insert(&mut self, node: NodeId) {
        let (word, bit) = place(node);
        let at = match self.words.last() {
            Some((last, _)) if *last == word => self.words.len() - 1,
            Some((last, _)) if *last > word => match self.find(word) {
                Ok(at) => at,
                Err(at) => {
                    self.words.insert(at, (word, 0));
                    at
                }
            },
            _ => {
                self.words.push((word, 0));
                self.words.len() - 1
            }
        };
        if let Some((_, bits)) = self.words.get_mut(at) {
            self.count += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    /// Takes a node out. Costs a search among the words.
    pub(super) fn remove(&mut self, node: NodeId) {
        let (word, bit) = place(node);
        let at = self.find(word).ok();
        if let Some((_, bits)) = at.and_then(|at| self.words.get_mut(at)) {
            self.count -= usize::from(*bits & bit != 0);
            *bits &= !bit;
        }
    }

    /// Counts the nodes; costs nothing.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Lists the nodes, the smallest number first.
    pub(super) fn iter(&self) -> Members<'_> {
        Members {
            words: self.words.iter(),
            base: 0,
            bits: 0,
            left: self.count,
        }
    }

    fn find(&self, word: u32) -> Result<usize, usize> {
        self.words.binary_search_by_key(&word, |(own, _)| *own)
    }
}

fn place(node: NodeId) -> (u32, u64) {
    (node.0 / WIDTH, 1 << (node.0 % WIDTH))
}

/// The nodes of a set, one after the other.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    words: std::slice::Iter<'a, (u32, u64)>,
    /// The smallest number of the word that is being read.
    base: u32,
    /// What is left of that word.
    bits: u64,
    left: usize,
}

impl Iterator for Members<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        while self.bits == 0 {
            let (word, bits) = self.words.next()?;
            (self.base, self.bits) = (word * WIDTH, *bits);
        }
        let lowest = self.bits.trailing_zeros();
        self.bits &= self.bits - 1;
        self.left -= 1;
        Some(NodeId(self.base + lowest))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn holds_what_a_set_of_the_library_holds(steps in prop::collection::vec((any::<bool>(), 0u32..400), 0..200)) {
            let (mut own, mut other) = (NodeSet::default(), BTreeSet::new());
            for (added, number) in steps {
                let node = NodeId(number);
                match added {
                    true => {
                        own.insert(node);
                        other.insert(node);
                    }
                    false => {
                        own.remove(node);
                        other.remove(&node);
                    }
                }
                prop_assert_eq!(own.len(), other.len());
                prop_assert_eq!(own.iter().size_hint().0, other.len());
            }
            prop_assert!(own.iter().eq(other.iter().copied()));
        }
    }
}
