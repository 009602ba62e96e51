//! Joins with rows that do not depend on the row in flight, by equal values.

use super::Exec;
use super::Input;
use super::Next;
use super::Row;
use super::Run;
use super::paths;
use super::state::State;
use crate::model::Value;
use crate::query::ops::RowKey;
use crate::query::plan::Join;
use crate::query::plan::expr::Expr;
use rustc_hash::FxHashMap;

/// The other side, by the values that must be equal.
pub(super) type Table = FxHashMap<RowKey, Vec<Vec<Value>>>;

pub(super) fn push(
    join: &Join,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let State::Table(table) = state else {
        return Ok(());
    };
    if table.is_none() {
        *table = Some(build(join, exec, row)?);
    }
    let probe = key(exec, join.on.iter().map(|(probe, _)| probe), row)?;
    let (Some(table), Some(probe)) = (table, probe) else {
        return Ok(());
    };
    for values in table.get(&probe).map_or(&[][..], Vec::as_slice) {
        exec.shared.guard.tick()?;
        paths::paste(row, &join.slots, values);
        next.push(exec, row)?;
    }
    Ok(())
}

fn build(join: &Join, exec: &Exec<'_>, row: &Row) -> Run<Table> {
    let mut table = Table::default();
    let mut inner = row.clone();
    exec.drive(&join.body.steps, Input::One(&mut inner), &mut |inner| {
        if let Some(key) = key(exec, join.on.iter().map(|(_, build)| build), inner)? {
            let bytes = (join.slots.len() + join.on.len() + 2) * size_of::<Value>();
            exec.shared.guard.keep(bytes)?;
            let values = paths::copy(inner, &join.slots);
            table.entry(key).or_default().push(values);
        }
        Ok(())
    })?;
    Ok(table)
}

/// Computes a key; `None` where a null or NaN is in it, which equals nothing.
fn key<'e>(
    exec: &Exec<'_>,
    exprs: impl Iterator<Item = &'e Expr>,
    row: &Row,
) -> Run<Option<RowKey>> {
    let mut values = Vec::new();
    for expr in exprs {
        match exec.value(expr, row)? {
            Value::Null => return Ok(None),
            Value::Float(number) if number.is_nan() => return Ok(None),
            value => values.push(value),
        }
    }
    Ok(Some(RowKey(values)))
}
