//! Plans inside plans: OPTIONAL, semi-join, CALL { … }, UNION.

use super::Exec;
use super::Input;
use super::Next;
use super::Row;
use super::Run;
use crate::model::Value;
use crate::query::plan::Apply;
use crate::query::plan::Plan;
use crate::query::plan::Union;
use crate::query::plan::expr::Slot;
use crate::query::plan::expr::Subquery;

/// Gives the rows of a plan in the same frame, or one with nulls.
pub(super) fn optional(
    body: &Plan,
    slots: &[Slot],
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let mut found = false;
    exec.drive(&body.steps, Input::One(row), &mut |row| {
        found = true;
        next.push(exec, row)
    })?;
    if found {
        return Ok(());
    }
    for slot in slots {
        row[*slot] = Value::Null;
    }
    next.push(exec, row)
}

/// Keeps the row if a query inside gives a row, or with `anti` if it gives none.
pub(super) fn semi(
    query: &Subquery,
    anti: bool,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    if let (Some(still), Some((from, edge))) = (exec.still, query.edge_test())
        && let Value::Node(node) = row[from]
    {
        return match exec.has_edge(still, node, edge) != anti {
            true => next.push(exec, row),
            false => Ok(()),
        };
    }
    let mut inner = exec.inner_row(&query.body, &query.imports, row)?;
    match exec.any(&query.body.steps, &mut inner)? != anti {
        true => next.push(exec, row),
        false => Ok(()),
    }
}

/// Runs a plan in a frame of its own.
pub(super) fn push(
    apply: &Apply,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let mut inner = exec.inner_row(&apply.body, &apply.imports, row)?;
    let steps = &apply.body.steps;
    if apply.unit {
        exec.drive(steps, Input::One(&mut inner), &mut |_| Ok(()))?;
        return next.push(exec, row);
    }
    exec.drive(steps, Input::One(&mut inner), &mut |inner| {
        for (from, to) in &apply.exports {
            row[*to] = inner[*from].clone();
        }
        next.push(exec, row)
    })
}

/// Gives the rows of each branch.
pub(super) fn union(
    union: &Union,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    for branch in &union.branches {
        let mut inner = branch_row(branch, row);
        exec.drive(&branch.steps, Input::One(&mut inner), &mut |inner| {
            next.push(exec, inner)
        })?;
    }
    Ok(())
}

/// Gives the row that a branch of UNION starts from.
pub(super) fn branch_row(branch: &Plan, row: &Row) -> Row {
    let mut inner: Row = row.iter().take(branch.frame.len()).cloned().collect();
    inner.resize(branch.frame.len(), Value::Null);
    inner
}
