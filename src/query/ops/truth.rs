//! Logic with three values: true, false and unknown (null).

use super::unfit;
use crate::diag::Diagnostic;
use crate::model::Value;

/// `left AND right`: false wins over unknown.
pub fn and(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (known("AND", left)?, known("AND", right)?) {
        (Some(false), _) | (_, Some(false)) => Ok(Value::Bool(false)),
        (Some(true), Some(true)) => Ok(Value::Bool(true)),
        _ => Ok(Value::Null),
    }
}

/// `left OR right`: true wins over unknown.
pub fn or(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (known("OR", left)?, known("OR", right)?) {
        (Some(true), _) | (_, Some(true)) => Ok(Value::Bool(true)),
        (Some(false), Some(false)) => Ok(Value::Bool(false)),
        _ => Ok(Value::Null),
    }
}

/// `left XOR right`: unknown where either side is.
pub fn xor(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    let (left, right) = (known("XOR", left)?, known("XOR", right)?);
    let answer = left.zip(right).map(|(left, right)| left != right);
    Ok(super::truth(answer))
}

/// `NOT value`.
pub fn not(value: &Value) -> Result<Value, Diagnostic> {
    Ok(super::truth(known("NOT", value)?.map(|truth| !truth)))
}

fn known(word: &str, value: &Value) -> Result<Option<bool>, Diagnostic> {
    match value {
        Value::Bool(truth) => Ok(Some(*truth)),
        Value::Null => Ok(None),
        other => Err(unfit(&format!("an operand of `{word}`"), "BOOLEAN", other)),
    }
}
