//! Errors that functions share, and arguments as Rust values.

use super::Function;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;

/// The error for an argument of a type that the function does not take.
pub(super) fn wrong_type(function: &Function, at: usize, found: &Value) -> Diagnostic {
    let expected = function.parameter_types(at);
    let message = format!(
        "`{}()` takes {expected} and got {}",
        function.name,
        found.type_name()
    );
    Diagnostic::error(&Code::INVALID_ARGUMENT_VALUE, message).expected(function.signature())
}

/// The error for an aggregate where there is one row only.
pub(super) fn aggregate_in_row(function: &Function) -> Diagnostic {
    let message = format!("`{}()` needs rows to aggregate", function.name);
    Diagnostic::error(&Code::INVALID_AGGREGATION, message)
}

/// The error for an argument of the right type with a value that does not do.
pub(super) fn bad_value(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&Code::INVALID_ARGUMENT_VALUE, message)
}

/// The error for a number outside of its bounds.
pub(super) fn bad_range(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&Code::NUMBER_OUT_OF_RANGE, message)
}

/// Gives an argument that was checked to be a string.
pub(super) fn text(arguments: &[Value], at: usize) -> &str {
    arguments.get(at).and_then(Value::as_str).unwrap_or("")
}

/// Gives an argument that was checked to be an integer.
pub(super) fn int(arguments: &[Value], at: usize) -> i64 {
    arguments.get(at).and_then(Value::as_int).unwrap_or(0)
}

/// Gives an argument that was checked to be a number, as a float.
pub(super) fn float(arguments: &[Value], at: usize) -> f64 {
    match arguments.get(at) {
        Some(Value::Int(int)) => *int as f64,
        Some(Value::Float(float)) => *float,
        _ => f64::NAN,
    }
}

/// Gives an argument that was checked to be a list.
pub(super) fn list(arguments: &[Value], at: usize) -> &[Value] {
    arguments.get(at).and_then(Value::as_list).unwrap_or(&[])
}

/// Gives an argument that was checked to be a length: not negative.
pub(super) fn length(arguments: &[Value], at: usize, what: &str) -> Result<usize, Diagnostic> {
    let number = int(arguments, at);
    usize::try_from(number).map_err(|_| bad_value(format!("{what} is negative: `{number}`")))
}
