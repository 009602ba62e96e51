//! Orderability: one total order over all values, for ORDER BY, `min` and `max`.

use super::number::compare_mixed;
use crate::model::Path;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::ValueMap;
use std::cmp::Ordering;

/// Orders two values of any types, smallest first; null is the largest.
///
/// Types stand in openCypher's order (maps, nodes, relationships, lists, paths, instants,
/// durations, strings, booleans, numbers, null); nodes and relationships by their ids. Allocates
/// for maps only.
#[must_use]
pub fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Float(a), Value::Float(b)) => floats(*a, *b),
        (Value::Int(a), Value::Float(b)) => compare_mixed(*a, *b).unwrap_or(Ordering::Less),
        (Value::Float(a), Value::Int(b)) => {
            compare_mixed(*b, *a).map_or(Ordering::Greater, Ordering::reverse)
        }
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Temporal(a), Value::Temporal(b)) => temporals(a, b),
        (Value::Node(a), Value::Node(b)) => a.cmp(b),
        (Value::Edge(a), Value::Edge(b)) => a.cmp(b),
        (Value::Path(a), Value::Path(b)) => paths(a, b),
        (Value::List(a), Value::List(b)) => lists(a, b),
        (Value::Map(a), Value::Map(b)) => maps(a, b),
        _ => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Edge(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::Temporal(temporal) => 5 + temporal_rank(temporal),
        Value::Text(_) => 11,
        Value::Bool(_) => 12,
        Value::Int(_) | Value::Float(_) => 13,
        Value::Null => 14,
    }
}

fn temporal_rank(temporal: &Temporal) -> u8 {
    match temporal {
        Temporal::DateTime(_) => 0,
        Temporal::LocalDateTime(_) => 1,
        Temporal::Date(_) => 2,
        Temporal::Time(_) => 3,
        Temporal::LocalTime(_) => 4,
        Temporal::Duration(_) => 5,
    }
}

fn temporals(left: &Temporal, right: &Temporal) -> Ordering {
    left.cmp_same_type(right)
        .unwrap_or_else(|| temporal_rank(left).cmp(&temporal_rank(right)))
}

/// NaN stands above all numbers; both zeros are one.
fn floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

fn lists(left: &[Value], right: &[Value]) -> Ordering {
    left.iter()
        .zip(right)
        .map(|(a, b)| order(a, b))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| left.len().cmp(&right.len()))
}

/// By number of keys, then by keys, then by the values in the order of the keys.
fn maps(left: &ValueMap, right: &ValueMap) -> Ordering {
    let sorted = |map: &ValueMap| {
        let mut entries: Vec<_> = map.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries
    };
    left.len().cmp(&right.len()).then_with(|| {
        let (left, right) = (sorted(left), sorted(right));
        let keys = left.iter().map(|e| &e.0).cmp(right.iter().map(|e| &e.0));
        keys.then_with(|| {
            let pairs = left.iter().zip(&right);
            pairs
                .map(|(a, b)| order(&a.1, &b.1))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        })
    })
}

/// Node by node and edge by edge; then the shorter path comes first.
fn paths(left: &Path, right: &Path) -> Ordering {
    left.nodes
        .cmp(&right.nodes)
        .then_with(|| left.edges.cmp(&right.edges))
}
