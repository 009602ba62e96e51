//! Comparability: what `<` and its kin say, which is nothing at all between most types.

use super::number::compare_mixed;
use crate::model::Temporal;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use std::cmp::Ordering;

/// What a comparison of two values gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// They are comparable, and this is how they stand.
    Known(Ordering),
    /// A NaN is among them: every comparison is false.
    Never,
    /// They are not comparable, or a null leaves it open: the answer is null.
    Unknown,
}

/// Compares two values as `<` does; does not allocate.
#[must_use]
pub fn compare(left: &Value, right: &Value) -> Comparison {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Comparison::Known(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Comparison::Known(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => floats(a.partial_cmp(b)),
        (Value::Int(a), Value::Float(b)) => floats(compare_mixed(*a, *b)),
        (Value::Float(a), Value::Int(b)) => floats(compare_mixed(*b, *a).map(Ordering::reverse)),
        (Value::Bool(a), Value::Bool(b)) => Comparison::Known(a.cmp(b)),
        (Value::Temporal(a), Value::Temporal(b)) => temporals(a, b),
        (Value::List(a), Value::List(b)) => lists(a, b),
        _ => Comparison::Unknown,
    }
}

/// Gives the answer of `<`, `<=`, `>` or `>=`; `None` is null. Any other operator gives null.
#[must_use]
pub fn comparison(op: BinaryOp, left: &Value, right: &Value) -> Option<bool> {
    let order = match compare(left, right) {
        Comparison::Known(order) => order,
        Comparison::Never => return Some(false),
        Comparison::Unknown => return None,
    };
    match op {
        BinaryOp::Less => Some(order.is_lt()),
        BinaryOp::LessEqual => Some(order.is_le()),
        BinaryOp::Greater => Some(order.is_gt()),
        BinaryOp::GreaterEqual => Some(order.is_ge()),
        _ => None,
    }
}

fn floats(order: Option<Ordering>) -> Comparison {
    order.map_or(Comparison::Never, Comparison::Known)
}

/// Instants of one type are comparable. Durations are not: a month has no fixed length.
fn temporals(left: &Temporal, right: &Temporal) -> Comparison {
    match (left, right) {
        (Temporal::Duration(_), _) | (_, Temporal::Duration(_)) => Comparison::Unknown,
        _ => left
            .cmp_same_type(right)
            .map_or(Comparison::Unknown, Comparison::Known),
    }
}

/// The first pair that differs decides; then the shorter list comes first.
fn lists(left: &[Value], right: &[Value]) -> Comparison {
    for (a, b) in left.iter().zip(right) {
        match compare(a, b) {
            Comparison::Known(Ordering::Equal) => {}
            decided => return decided,
        }
    }
    Comparison::Known(left.len().cmp(&right.len()))
}
