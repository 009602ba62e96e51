//! Drops rows that were there before.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::state::State;
use crate::model::Value;
use crate::query::ops::HashKey;
use crate::query::ops::RowKey;

pub(super) fn push(
    width: usize,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    exec.shared.guard.tick()?;
    let new = match state {
        State::SeenOne(seen) => seen.insert(HashKey(row[0].clone())),
        State::Seen(seen) => seen.insert(RowKey(row[..width].to_vec())),
        _ => true,
    };
    if !new {
        return Ok(());
    }
    exec.shared.guard.keep((width + 1) * size_of::<Value>())?;
    next.push(exec, row)
}
