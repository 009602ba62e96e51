//! Paths from the slots of a pattern, and what pictures draw of a row.

use super::Exec;
use super::Row;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Path;
use crate::model::Value;
use crate::query::ast::PathMode;
use crate::query::plan::expr::PathPiece;
use crate::query::plan::expr::Slot;
use std::sync::Arc;

/// So many things of one row are kept for pictures.
const DRAWN: usize = 10_000;

impl Exec<'_> {
    /// Makes the path of a pattern; null where a part is null.
    pub(super) fn path(&self, pieces: &[PathPiece], row: &[Value]) -> Value {
        match build(self.view, pieces, row) {
            Some(path) => Value::Path(Arc::new(path)),
            None => Value::Null,
        }
    }

    /// Tells whether a path keeps to a mode that forbids nodes to repeat.
    pub(super) fn obeys(&self, pieces: &[PathPiece], mode: PathMode, row: &[Value]) -> Value {
        let Some(path) = build(self.view, pieces, row) else {
            return Value::Null;
        };
        let mut nodes = path.nodes;
        if mode == PathMode::Simple && nodes.len() > 1 && nodes.first() == nodes.last() {
            nodes.pop();
        }
        let count = nodes.len();
        nodes.sort_unstable();
        nodes.dedup();
        Value::Bool(nodes.len() == count)
    }

    /// Lists the nodes and edges that the slots hold.
    pub(super) fn trace(&self, slots: &[Slot], row: &[Value]) -> Value {
        let mut things = Vec::new();
        for slot in slots {
            gather(&row[*slot], &mut things);
        }
        Value::list(things)
    }
}

fn build(view: &dyn GraphView, pieces: &[PathPiece], row: &[Value]) -> Option<Path> {
    let mut path = Path {
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    for piece in pieces {
        match piece {
            PathPiece::Node(slot) => match &row[*slot] {
                Value::Node(node) if path.nodes.is_empty() => path.nodes.push(*node),
                Value::Node(_) => {}
                _ => return None,
            },
            PathPiece::Edges(slot) => follow(view, &row[*slot], &mut path)?,
        }
    }
    (!path.nodes.is_empty()).then_some(path)
}

fn follow(view: &dyn GraphView, edges: &Value, path: &mut Path) -> Option<()> {
    match edges {
        Value::Edge(edge) => step(view, *edge, path),
        Value::List(items) => items.iter().try_for_each(|item| follow(view, item, path)),
        _ => None,
    }
}

fn step(view: &dyn GraphView, edge: EdgeId, path: &mut Path) -> Option<()> {
    let here: NodeId = *path.nodes.last()?;
    let ends = view.ends(edge);
    path.edges.push(edge);
    path.nodes.push(if ends.from == here {
        ends.to
    } else {
        ends.from
    });
    Some(())
}

/// Adds the nodes and edges of a value, also those inside lists and maps.
pub(super) fn gather(value: &Value, into: &mut Vec<Value>) {
    if into.len() >= DRAWN {
        return;
    }
    match value {
        Value::Node(_) | Value::Edge(_) | Value::Path(_) => into.push(value.clone()),
        Value::List(items) => items.iter().for_each(|item| gather(item, into)),
        Value::Map(map) => map.values().for_each(|item| gather(item, into)),
        _ => {}
    }
}

/// Copies the slots of a row that a plan in the same frame fills.
pub(super) fn copy(row: &Row, slots: &[Slot]) -> Vec<Value> {
    slots.iter().map(|slot| row[*slot].clone()).collect()
}

/// Writes copied slots back.
pub(super) fn paste(row: &mut Row, slots: &[Slot], values: &[Value]) {
    for (slot, value) in slots.iter().zip(values) {
        row[*slot] = value.clone();
    }
}
