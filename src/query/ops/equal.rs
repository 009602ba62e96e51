//! Equality with three values: yes, no, or unknown where a null decides.

use super::number::compare_mixed;
use crate::model::Value;
use crate::model::ValueMap;
use std::cmp::Ordering;

/// Tells whether two values are equal; `None` where a null leaves it open.
///
/// Values of different types are unequal, integers and floats are one type here, NaN equals
/// nothing. Walks lists and maps; a difference anywhere decides, even beside a null.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Int(a), Value::Int(b)) => Some(a == b),
        (Value::Text(a), Value::Text(b)) => Some(a == b),
        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
        (Value::Float(a), Value::Float(b)) => Some(a == b),
        (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) => {
            Some(compare_mixed(*a, *b) == Some(Ordering::Equal))
        }
        (Value::Node(a), Value::Node(b)) => Some(a == b),
        (Value::Edge(a), Value::Edge(b)) => Some(a == b),
        (Value::Path(a), Value::Path(b)) => Some(a == b),
        (Value::Temporal(a), Value::Temporal(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) => equal_lists(a, b),
        (Value::Map(a), Value::Map(b)) => equal_maps(a, b),
        _ => Some(false),
    }
}

fn equal_lists(left: &[Value], right: &[Value]) -> Option<bool> {
    if left.len() != right.len() {
        return Some(false);
    }
    all(left.iter().zip(right).map(|(a, b)| equal(a, b)))
}

fn equal_maps(left: &ValueMap, right: &ValueMap) -> Option<bool> {
    if left.len() != right.len() || left.keys().any(|key| !right.contains_key(key)) {
        return Some(false);
    }
    all(left
        .iter()
        .map(|(key, value)| equal(value, right.get(key).unwrap_or(&Value::Null))))
}

/// Joins answers by AND: one no decides, else one unknown leaves it open.
fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut whole = Some(true);
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => {}
        }
    }
    whole
}
