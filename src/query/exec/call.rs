//! Looks rows up in a declared procedure.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use crate::model::Value;
use crate::query::ops;
use crate::query::plan::Call;

pub(super) fn push(
    call: &Call,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let Some(procedure) = exec.shared.procedures.get(&call.name) else {
        return next.push(exec, row);
    };
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for argument in &call.arguments {
        arguments.push(exec.value(argument, row)?);
    }
    // A procedure without outputs is called for nothing but itself: the row passes.
    if procedure.outputs.is_empty() {
        return next.push(exec, row);
    }
    for own in &procedure.rows {
        exec.shared.guard.tick()?;
        let fits = arguments.iter().zip(own).all(|(a, b)| ops::same(a, b));
        if !fits {
            continue;
        }
        for (column, slot) in &call.outputs {
            row[*slot] = own.get(*column).cloned().unwrap_or(Value::Null);
        }
        next.push(exec, row)?;
    }
    Ok(())
}
