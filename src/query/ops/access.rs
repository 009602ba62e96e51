//! Getting at parts: `value.key`, `value[index]`, `list[from..to]`, `item IN list`.

use super::equal;
use super::temporal;
use super::unfit;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;

/// `value.key` on a map, a node, a relationship, an instant or a duration; null of null.
pub fn property(value: &Value, key: &str, graph: &dyn GraphView) -> Result<Value, Diagnostic> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Node(node) => {
            alive(*node, graph)?;
            Ok(graph.get(*node, key))
        }
        Value::Edge(edge) => {
            edge_alive(*edge, graph)?;
            Ok(graph.get_edge(*edge, key))
        }
        Value::Map(map) => Ok(map.get(key).cloned().unwrap_or_default()),
        Value::Temporal(temporal) => temporal::component(temporal, key),
        other => Err(unfit(
            &format!("what `.{key}` is read from"),
            "MAP, NODE, RELATIONSHIP or a temporal value",
            other,
        )),
    }
}

/// `value[index]`: an item of a list (from the end where negative), a value of a map, a property.
pub fn index(value: &Value, index: &Value, graph: &dyn GraphView) -> Result<Value, Diagnostic> {
    match (value, index) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(items), Value::Int(at)) => Ok(item(items, *at)),
        (Value::List(_), other) => Err(unfit("the index of a list", "INTEGER", other)),
        (
            Value::Map(_) | Value::Node(_) | Value::Edge(_) | Value::Temporal(_),
            Value::Text(key),
        ) => property(value, key, graph),
        (Value::Map(_) | Value::Node(_) | Value::Edge(_) | Value::Temporal(_), other) => {
            let message = format!("a key must be STRING, not {}", other.type_name());
            Err(Diagnostic::error(
                &Code::MAP_ELEMENT_ACCESS_BY_NON_STRING,
                message,
            ))
        }
        (other, _) => Err(unfit(
            "what is indexed",
            "LIST, MAP, NODE or RELATIONSHIP",
            other,
        )),
    }
}

fn item(items: &[Value], at: i64) -> Value {
    let at = match at {
        0.. => usize::try_from(at).ok(),
        _ => usize::try_from(at.unsigned_abs())
            .ok()
            .and_then(|back| items.len().checked_sub(back)),
    };
    at.and_then(|at| items.get(at)).cloned().unwrap_or_default()
}

/// `list[from..to]`: from `from` up to but not including `to`, both from the end where negative,
/// the whole on a side that is left out; null where a bound is null.
pub fn slice(value: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, Diagnostic> {
    let items = match value {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(unfit("what is sliced", "LIST", other)),
    };
    let bounds = (
        bound(from, items.len(), 0)?,
        bound(to, items.len(), items.len())?,
    );
    Ok(match bounds {
        (Some(from), Some(to)) => items.get(from..to).unwrap_or_default().to_vec().into(),
        _ => Value::Null,
    })
}

fn bound(
    value: Option<&Value>,
    length: usize,
    otherwise: usize,
) -> Result<Option<usize>, Diagnostic> {
    match value {
        None => Ok(Some(otherwise)),
        Some(Value::Null) => Ok(None),
        Some(Value::Int(at)) => {
            let steps = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
            let from_end = length.saturating_sub(steps);
            Ok(Some(if *at < 0 { from_end } else { steps.min(length) }))
        }
        Some(other) => Err(unfit("the bound of a slice", "INTEGER", other)),
    }
}

/// `item IN list`: true where it is there, null where a null leaves it open.
pub fn contains(list: &Value, item: &Value) -> Result<Value, Diagnostic> {
    let items = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(unfit("the right side of `IN`", "LIST", other)),
    };
    let mut answer = Some(false);
    for own in items.iter() {
        match equal(item, own) {
            Some(true) => return Ok(Value::Bool(true)),
            None => answer = None,
            Some(false) => {}
        }
    }
    Ok(super::truth(answer))
}

/// Refuses a node that this statement has deleted.
pub(crate) fn alive(node: NodeId, graph: &dyn GraphView) -> Result<(), Diagnostic> {
    match graph.has_node(node) {
        true => Ok(()),
        false => Err(deleted("node")),
    }
}

/// Refuses a relationship that this statement has deleted.
pub(crate) fn edge_alive(edge: EdgeId, graph: &dyn GraphView) -> Result<(), Diagnostic> {
    match graph.has_edge(edge) {
        true => Ok(()),
        false => Err(deleted("relationship")),
    }
}

fn deleted(what: &str) -> Diagnostic {
    let message = format!("this {what} has been deleted");
    Diagnostic::error(&Code::DELETED_ENTITY_ACCESS, message)
}
