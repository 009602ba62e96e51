//! Filters rows, fills slots, and starts new frames.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::state::State;
use crate::model::Value;
use crate::query::plan::Project;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Slot;

/// Keeps rows for which all conditions are true.
pub(super) fn filter(
    conditions: &[Expr],
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    for condition in conditions {
        if !exec.holds(condition, row)? {
            return Ok(());
        }
    }
    next.push(exec, row)
}

/// Fills slots of the same frame.
pub(super) fn extend(
    items: &[(Slot, Expr)],
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    for (slot, expr) in items {
        row[*slot] = exec.value(expr, row)?;
    }
    next.push(exec, row)
}

/// Starts a new frame; its row is used again for every row.
pub(super) fn push(
    project: &Project,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    exec.shared.guard.tick()?;
    let State::Frame(frame) = state else {
        return Ok(());
    };
    frame.resize(project.frame.len(), Value::Null);
    for (slot, item) in project.items.iter().enumerate() {
        frame[slot] = exec.value(item, row)?;
    }
    next.push(exec, frame)
}
