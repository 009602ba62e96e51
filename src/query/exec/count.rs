//! How many rows SKIP and LIMIT mean.

use super::Exec;
use super::Run;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::plan::expr::Expr;

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
