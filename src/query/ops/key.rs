//! Equivalence: which values count as one in DISTINCT, in grouping and in joins.

use super::number::as_integer;
use super::number::compare_mixed;
use crate::model::Value;
use crate::model::ValueMap;
use rustc_hash::FxHasher;
use std::cmp::Ordering;
use std::hash::Hash;
use std::hash::Hasher;
use std::sync::Arc;

/// Tells whether two values are the same: equal, or both null, or both NaN, also within lists and
/// maps. Does not allocate.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b || a.is_nan() && b.is_nan(),
        (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) => {
            compare_mixed(*a, *b) == Some(Ordering::Equal)
        }
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Node(a), Value::Node(b)) => a == b,
        (Value::Edge(a), Value::Edge(b)) => a == b,
        (Value::Path(a), Value::Path(b)) => a == b,
        (Value::Temporal(a), Value::Temporal(b)) => a == b,
        (Value::List(a), Value::List(b)) => same_rows(a, b),
        (Value::Map(a), Value::Map(b)) => same_maps(a, b),
        _ => false,
    }
}

fn same_rows(left: &[Value], right: &[Value]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
}

fn same_maps(left: &ValueMap, right: &ValueMap) -> bool {
    let within =
        |(key, value): (&Arc<str>, &Value)| right.get(key).is_some_and(|other| same(value, other));
    left.len() == right.len() && left.iter().all(within)
}

/// Feeds a value to a hasher, so that values which are the same give the same hash.
pub fn hash<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => state.write_u8(0),
        Value::Int(int) => int.hash(state),
        Value::Float(float) => hash_float(*float, state),
        Value::Text(text) => text.hash(state),
        Value::Bool(truth) => truth.hash(state),
        Value::Node(node) => node.hash(state),
        Value::Edge(edge) => edge.hash(state),
        Value::Path(path) => path.hash(state),
        Value::Temporal(temporal) => temporal.hash(state),
        Value::List(items) => {
            state.write_usize(items.len());
            items.iter().for_each(|item| hash(item, state));
        }
        Value::Map(map) => state.write_u64(map.iter().map(hash_entry).fold(0, u64::wrapping_add)),
    }
}

/// Hashes of entries are added up, because the order of keys does not matter.
fn hash_entry((key, value): (&Arc<str>, &Value)) -> u64 {
    let mut state = FxHasher::default();
    key.hash(&mut state);
    hash(value, &mut state);
    state.finish()
}

/// A float that is a whole number hashes as that integer does.
fn hash_float<H: Hasher>(float: f64, state: &mut H) {
    match as_integer(float) {
        Some(int) => int.hash(state),
        None if float.is_nan() => state.write_u64(f64::NAN.to_bits()),
        None => float.to_bits().hash(state),
    }
}

/// A value as a key of a hash table; keys are equal where the values are the same.
#[derive(Clone, Debug)]
pub struct HashKey(pub Value);

impl PartialEq for HashKey {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for HashKey {}

impl Hash for HashKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

/// Several values as one key: a row of DISTINCT, the keys of a group.
#[derive(Clone, Debug)]
pub struct RowKey(pub Vec<Value>);

impl PartialEq for RowKey {
    fn eq(&self, other: &Self) -> bool {
        same_rows(&self.0, &other.0)
    }
}

impl Eq for RowKey {}

impl Hash for RowKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|value| hash(value, state));
    }
}
