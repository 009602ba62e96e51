//! A part of a graph, filled by itself so that several can be filled at once.
//!
//! Names and strings have numbers of their own here; `FrozenBuilder::absorb` gives them the numbers
//! of the whole.

use super::filling::{Columns, Given};
use super::texts::TextsBuilder;
use crate::model::Value;
use crate::model::symbol::{Interner, Symbol};
use rustc_hash::FxHashMap;

/// The key by which a file names its nodes.
pub(super) const ID: &str = "id";

/// Nodes and edges of a part of a file, in the order they were added.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) names: Interner,
    pub(super) texts: TextsBuilder,
    pub(super) sets: LabelSets,
    /// The id and the set of labels of each node.
    pub(super) nodes: Vec<(u32, u16)>,
    /// Edges by the ids of their ends.
    pub(super) open: Vec<Open>,
    pub(super) node_columns: Columns,
    pub(super) edge_columns: Columns,
    labels: Vec<Symbol>,
}

/// An edge between the nodes of two ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: Symbol,
}

impl Batch {
    /// Adds a node; its id is asked as property `id`, too.
    pub fn add_node<'l>(&mut self, id: &str, labels: impl IntoIterator<Item = &'l str>) {
        self.labels.clear();
        for label in labels {
            let label = self.names.intern(label);
            if !self.labels.contains(&label) {
                self.labels.push(label);
            }
        }
        let set = self.sets.number(&self.labels);
        let text = self.texts.intern(id);
        self.nodes.push((text, set));
        self.set_node(ID, Given::Text(id));
    }

    /// Sets a property of the node that was added last.
    pub fn set_node(&mut self, key: &str, value: Given<'_>) {
        let owner = (self.nodes.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        self.node_columns.push(owner, key, value, &mut self.texts);
    }

    /// Adds an edge between the nodes of two ids, which may come later.
    pub fn add_edge(&mut self, kind: &str, start: &str, end: &str) {
        let kind = self.names.intern(kind);
        let (from, to) = (self.texts.intern(start), self.texts.intern(end));
        self.open.push(Open { from, to, kind });
    }

    /// Sets a property of the edge that was added last.
    pub fn set_edge(&mut self, key: &str, value: Given<'_>) {
        let owner = (self.open.len() as u32).wrapping_sub(1);
        let key = self.names.intern(key);
        self.edge_columns.push(owner, key, value, &mut self.texts);
    }

    /// Counts the nodes added.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Counts the edges added.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.open.len()
    }
}

/// The distinct sets of labels, by number.
#[derive(Debug, Default)]
pub(super) struct LabelSets {
    pub(super) sets: Vec<Vec<Symbol>>,
    numbers: FxHashMap<Vec<Symbol>, u16>,
}

impl LabelSets {
    /// Gives the number of a set without repetitions.
    pub(super) fn number(&mut self, set: &[Symbol]) -> u16 {
        match self.numbers.get(set) {
            Some(number) => *number,
            // Sixty thousand different sets of labels are no architecture; the rest share the last.
            None if self.sets.len() > u16::MAX as usize => u16::MAX,
            None => {
                let number = self.sets.len() as u16;
                self.sets.push(set.to_vec());
                self.numbers.insert(set.to_vec(), number);
                number
            }
        }
    }
}

/// A node whose id another node has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Its place among the nodes of its part.
    pub at: usize,
    /// The id.
    pub id: String,
}

/// An end of an edge that no node has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// The id that no node has.
    pub id: String,
}

/// What an end that no node has says of itself.
pub(super) fn why() -> Value {
    Value::text("no node has this id")
}
