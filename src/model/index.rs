//! Nodes by the value of one key, kept up to date by every write.

use super::value::Value;
use super::view::NodeId;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A value by which nodes are found: numbers that are equal in the language are one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum IndexKey {
    Bool(bool),
    Int(i64),
    Bits(u64),
    Text(Arc<str>),
}

impl IndexKey {
    /// Gives the key of a value; `None` where values of its type are not indexed.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(Self::Bool(*b)),
            Value::Int(i) => Some(Self::Int(*i)),
            Value::Float(f) if *f == f.trunc() && f.abs() < 9.0e15 => Some(Self::Int(*f as i64)),
            Value::Float(f) if !f.is_nan() => Some(Self::Bits(f.to_bits())),
            Value::Text(text) => Some(Self::Text(text.clone())),
            _ => None,
        }
    }
}

/// Who has a value: mostly one node.
#[derive(Debug)]
enum Owners {
    One(NodeId),
    Several(BTreeSet<NodeId>),
}

/// The nodes of each value of a key.
#[derive(Debug, Default)]
pub(super) struct ValueIndex(FxHashMap<IndexKey, Owners>);

impl ValueIndex {
    /// Lists the nodes of a value in the order of their ids.
    pub(super) fn find(&self, key: &IndexKey) -> Vec<NodeId> {
        match self.0.get(key) {
            None => Vec::new(),
            Some(Owners::One(node)) => vec![*node],
            Some(Owners::Several(nodes)) => nodes.iter().copied().collect(),
        }
    }

    pub(super) fn add(&mut self, value: &Value, node: NodeId) {
        let Some(key) = IndexKey::of(value) else {
            return;
        };
        let owners = self.0.entry(key).or_insert(Owners::One(node));
        match owners {
            Owners::One(own) if *own == node => {}
            Owners::One(own) => *owners = Owners::Several(BTreeSet::from([*own, node])),
            Owners::Several(nodes) => drop(nodes.insert(node)),
        }
    }

    pub(super) fn remove(&mut self, value: &Value, node: NodeId) {
        let Some(key) = IndexKey::of(value) else {
            return;
        };
        let gone = match self.0.get_mut(&key) {
            Some(Owners::One(own)) => *own == node,
            Some(Owners::Several(nodes)) => nodes.remove(&node) && nodes.is_empty(),
            None => false,
        };
        if gone {
            self.0.remove(&key);
        }
    }
}
