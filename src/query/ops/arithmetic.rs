//! `+ - * / % ^`: numbers with errors instead of overflow, and what `+` joins.
//!
//! Null makes null. Integers stay integers; an integer that does not fit 64 bits and a division of
//! integers by zero are errors. Floats follow IEEE 754 and give NaN or an infinity.

use super::list_fits;
use super::mismatch;
use super::plain;
use super::temporal;
use super::text_fits;
use super::unfit;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use std::borrow::Cow;

/// `left + right`: numbers, strings (also with a number or a boolean), lists (also with one item),
/// instants and durations.
pub fn add(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(a), Value::Int(b)) => whole("+", a.checked_add(*b), *a, *b),
        (Value::List(a), Value::List(b)) => list(a, b),
        (Value::List(a), item) => list(a, std::slice::from_ref(item)),
        (item, Value::List(b)) => list(std::slice::from_ref(item), b),
        (Value::Text(_), _) | (_, Value::Text(_)) => join(left, right),
        (Value::Temporal(_), _) | (_, Value::Temporal(_)) => temporal::add(left, right),
        _ => floats("+", left, right, |a, b| a + b),
    }
}

/// `left - right`: numbers, durations, a duration from an instant.
pub fn subtract(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(a), Value::Int(b)) => whole("-", a.checked_sub(*b), *a, *b),
        (Value::Temporal(_), _) => temporal::subtract(left, right),
        _ => floats("-", left, right, |a, b| a - b),
    }
}

/// `left * right`: numbers, a duration and a number.
pub fn multiply(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(a), Value::Int(b)) => whole("*", a.checked_mul(*b), *a, *b),
        (Value::Temporal(_), _) | (_, Value::Temporal(_)) => temporal::multiply(left, right),
        _ => floats("*", left, right, |a, b| a * b),
    }
}

/// `left / right`: numbers, a duration by a number. Two integers give an integer.
pub fn divide(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(_), Value::Int(0)) => Err(by_zero()),
        (Value::Int(a), Value::Int(b)) => whole("/", a.checked_div(*b), *a, *b),
        (Value::Temporal(_), _) => temporal::divide(left, right),
        _ => floats("/", left, right, |a, b| a / b),
    }
}

/// `left % right`: the rest, with the sign of the left side.
pub fn modulo(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(_), Value::Int(0)) => Err(by_zero()),
        (Value::Int(a), Value::Int(b)) => Ok(Value::Int(a.wrapping_rem(*b))),
        _ => floats("%", left, right, |a, b| a % b),
    }
}

/// `left ^ right`, always a float.
pub fn power(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        _ => floats("^", left, right, f64::powf),
    }
}

/// `-value`.
pub fn negate(value: &Value) -> Result<Value, Diagnostic> {
    match value {
        Value::Int(int) => whole("-", int.checked_neg(), 0, *int),
        Value::Float(float) => Ok(Value::Float(-float)),
        Value::Temporal(_) => temporal::negate(value),
        other => positive(other),
    }
}

/// `+value`: the number itself.
pub(super) fn positive(value: &Value) -> Result<Value, Diagnostic> {
    match value {
        Value::Null | Value::Int(_) | Value::Float(_) => Ok(value.clone()),
        other => Err(unfit("the operand of a sign", "INTEGER or FLOAT", other)),
    }
}

fn whole(symbol: &str, result: Option<i64>, left: i64, right: i64) -> Result<Value, Diagnostic> {
    result.map(Value::Int).ok_or_else(|| {
        let message = format!("`{left} {symbol} {right}` does not fit a 64-bit integer");
        Diagnostic::error(&Code::ARITHMETIC_INTEGER_OVERFLOW, message)
            .help("write one side as a float, for example with toFloat()")
    })
}

fn by_zero() -> Diagnostic {
    Diagnostic::error(&Code::DIVISION_BY_ZERO, "division of an integer by zero")
}

fn floats(
    symbol: &str,
    left: &Value,
    right: &Value,
    apply: impl Fn(f64, f64) -> f64,
) -> Result<Value, Diagnostic> {
    match (as_float(left), as_float(right)) {
        (Some(a), Some(b)) => Ok(Value::Float(apply(a, b))),
        _ => Err(mismatch(symbol, left, right)),
    }
}

fn as_float(value: &Value) -> Option<f64> {
    match value {
        Value::Int(int) => Some(*int as f64),
        Value::Float(float) => Some(*float),
        _ => None,
    }
}

fn join(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    let (Some(a), Some(b)) = (piece(left), piece(right)) else {
        return Err(mismatch("+", left, right).help("toString() makes a string of it"));
    };
    text_fits(a.len().saturating_add(b.len()))?;
    Ok(Value::from([a, b].concat()))
}

fn piece(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => plain(value).map(Cow::Owned),
        _ => None,
    }
}

fn list(left: &[Value], right: &[Value]) -> Result<Value, Diagnostic> {
    list_fits(left.len().saturating_add(right.len()))?;
    Ok(Value::list([left, right].concat()))
}
