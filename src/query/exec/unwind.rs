//! Gives a row for each item of a list; none for null, one for any other value.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use crate::model::Value;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Slot;

pub(super) fn push(
    list: &Expr,
    slot: Slot,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    match exec.value(list, row)? {
        Value::Null => Ok(()),
        Value::List(items) => items.iter().try_for_each(|item| {
            exec.shared.guard.tick()?;
            row[slot] = item.clone();
            next.push(exec, row)
        }),
        other => {
            row[slot] = other;
            next.push(exec, row)
        }
    }
}
