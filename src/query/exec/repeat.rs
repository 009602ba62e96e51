//! Walks a group of edges again and again, depth first.

use super::Exec;
use super::Input;
use super::Next;
use super::Row;
use super::Run;
use super::expand::used;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::ast::PathMode;
use crate::query::plan::Repeat;
use std::vec::IntoIter;

/// One round: its edges, where it ends, what its variables hold.
struct Round {
    edges: Vec<EdgeId>,
    end: NodeId,
    values: Vec<Value>,
}

pub(super) fn push(
    repeat: &Repeat,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let Value::Node(from) = row[repeat.from] else {
        return Ok(());
    };
    let max = repeat.group.max.unwrap_or(usize::MAX);
    if repeat.group.min == 0 {
        give(repeat, exec, row, from, &[], next)?;
    }
    if max == 0 {
        return Ok(());
    }
    let mut walked: Vec<Round> = Vec::new();
    let mut stack: Vec<IntoIter<Round>> = vec![rounds(repeat, exec, row, from)?];
    while let Some(waiting) = stack.last_mut() {
        exec.shared.guard.tick()?;
        let Some(round) = waiting.next() else {
            stack.pop();
            walked.pop();
            continue;
        };
        if repeats(repeat, row, from, &walked, &round) {
            continue;
        }
        let end = round.end;
        walked.push(round);
        if walked.len() >= repeat.group.min {
            give(repeat, exec, row, end, &walked, next)?;
        }
        if walked.len() < max && !exec.shared.guard.is_cut() {
            stack.push(rounds(repeat, exec, row, end)?);
        } else {
            walked.pop();
        }
    }
    Ok(())
}

/// Runs one round from a node.
fn rounds(repeat: &Repeat, exec: &Exec<'_>, row: &Row, from: NodeId) -> Run<IntoIter<Round>> {
    let group = &repeat.group;
    let mut inner = vec![Value::Null; group.body.frame.len()];
    for (expr, slot) in &group.imports {
        inner[*slot] = exec.value(expr, row)?;
    }
    inner[group.ends.0] = Value::Node(from);
    let mut found = Vec::new();
    exec.drive(&group.body.steps, Input::One(&mut inner), &mut |inner| {
        exec.shared.guard.tick()?;
        let Value::Node(end) = inner[group.ends.1] else {
            return Ok(());
        };
        let mut edges = Vec::new();
        group
            .edges
            .iter()
            .for_each(|slot| list_edges(&inner[*slot], &mut edges));
        let values = group.lists.iter();
        found.push(Round {
            edges,
            end,
            values: values.map(|(slot, _)| inner[*slot].clone()).collect(),
        });
        Ok(())
    })?;
    Ok(found.into_iter())
}

fn list_edges(value: &Value, into: &mut Vec<EdgeId>) {
    match value {
        Value::Edge(edge) => into.push(*edge),
        Value::List(items) => items.iter().for_each(|item| list_edges(item, into)),
        Value::Path(path) => into.extend(&path.edges),
        _ => {}
    }
}

/// Tells whether a round repeats what the mode forbids.
fn repeats(repeat: &Repeat, row: &Row, from: NodeId, walked: &[Round], round: &Round) -> bool {
    if repeat.mode == PathMode::Walk {
        return false;
    }
    let before = |edge: &EdgeId| walked.iter().any(|walked| walked.edges.contains(edge));
    let taken = |edge: &EdgeId| before(edge) || used(row, &repeat.unlike, *edge);
    let again = round.end == from || walked.iter().any(|walked| walked.end == round.end);
    round.edges.iter().any(taken) || repeat.mode == PathMode::Acyclic && again
}

fn give(
    repeat: &Repeat,
    exec: &Exec<'_>,
    row: &mut Row,
    end: NodeId,
    walked: &[Round],
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let other = |own: &Value| !matches!(own, Value::Node(node) if *node == end);
    if repeat.into && other(&row[repeat.to]) || !exec.shared.guard.path() {
        return Ok(());
    }
    if !repeat.into {
        row[repeat.to] = Value::Node(end);
    }
    let edges = walked.iter().flat_map(|round| &round.edges);
    row[repeat.edge] = Value::list(edges.map(|edge| Value::Edge(*edge)).collect());
    for (at, (_, outer)) in repeat.group.lists.iter().enumerate() {
        let values = walked.iter().filter_map(|round| round.values.get(at));
        row[*outer] = Value::list(values.cloned().collect());
    }
    next.push(exec, row)
}
