//! SKIP and LIMIT.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::state::State;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::plan::expr::Expr;

/// Drops the first rows.
pub(super) fn skip(
    count: &Expr,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    match left(count, exec, state)? {
        0 => next.push(exec, row),
        left => {
            *state = State::Left(Some(left - 1));
            Ok(())
        }
    }
}

/// Drops all but the first rows, and ends the run behind the last of them.
pub(super) fn limit(
    count: &Expr,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let left = left(count, exec, state)?;
    if left == 0 {
        return Err(next.enough());
    }
    *state = State::Left(Some(left - 1));
    next.push(exec, row)?;
    match left {
        1 => Err(next.enough()),
        _ => Ok(()),
    }
}

fn left(count: &Expr, exec: &Exec<'_>, state: &mut State) -> Run<usize> {
    match state {
        State::Left(Some(left)) => Ok(*left),
        _ => {
            let left = number(count, exec)?;
            *state = State::Left(Some(left));
            Ok(left)
        }
    }
}

/// Computes how many rows SKIP or LIMIT means.
pub(super) fn number(count: &Expr, exec: &Exec<'_>) -> Run<usize> {
    let value = exec.value(count, &[])?;
    let (code, text) = match &value {
        Value::Int(number) if *number >= 0 => {
            return Ok(usize::try_from(*number).unwrap_or(usize::MAX));
        }
        Value::Int(number) => {
            let text = format!("a number of rows cannot be negative, and this is `{number}`");
            (&Code::NEGATIVE_ROW_COUNT, text)
        }
        other => {
            let text = format!(
                "a number of rows must be INTEGER, not {}",
                other.type_name()
            );
            (&Code::ROW_COUNT_TYPE, text)
        }
    };
    let error = Diagnostic::error(code, text).at(count.span);
    Err(error.expected("an integer from 0").into())
}
