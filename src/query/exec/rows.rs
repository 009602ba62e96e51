//! SKIP and LIMIT; how many rows they mean is settled before the first row (`state`).

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::state::State;

/// Drops the first rows.
pub(super) fn skip(
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    match state {
        State::Left(left @ 1..) => {
            *left -= 1;
            Ok(())
        }
        _ => next.push(exec, row),
    }
}

/// Drops all but the first rows, and ends the run behind the last of them.
pub(super) fn limit(
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let State::Left(left @ 1..) = state else {
        return Err(next.enough());
    };
    *left -= 1;
    let last = *left == 0;
    next.push(exec, row)?;
    if last { Err(next.enough()) } else { Ok(()) }
}
