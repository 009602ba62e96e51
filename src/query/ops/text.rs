//! Operators on strings, and the plain text of a value as `toString()` gives it.

use super::regex;
use crate::diag::Diagnostic;
use crate::model::Value;

/// `left STARTS WITH right`; null where either is no string.
#[must_use]
pub fn starts_with(left: &Value, right: &Value) -> Value {
    of_texts(left, right, |text, part| text.starts_with(part))
}

/// `left ENDS WITH right`; null where either is no string.
#[must_use]
pub fn ends_with(left: &Value, right: &Value) -> Value {
    of_texts(left, right, |text, part| text.ends_with(part))
}

/// `left CONTAINS right`; null where either is no string.
#[must_use]
pub fn text_contains(left: &Value, right: &Value) -> Value {
    of_texts(left, right, |text, part| text.contains(part))
}

/// `left =~ right`: the pattern matches the whole text; null where either is no string.
pub fn matches(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (left, right) {
        (Value::Text(text), Value::Text(pattern)) => regex::matches(text, pattern).map(Value::Bool),
        _ => Ok(Value::Null),
    }
}

fn of_texts(left: &Value, right: &Value, test: impl Fn(&str, &str) -> bool) -> Value {
    match (left, right) {
        (Value::Text(text), Value::Text(part)) => Value::Bool(test(text, part)),
        _ => Value::Null,
    }
}

/// Gives the text of a simple value: a string, a number, a boolean, an instant or a duration.
pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Int(int) => Some(int.to_string()),
        Value::Float(float) => Some(float_text(*float)),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Temporal(temporal) => Some(temporal.to_string()),
        _ => None,
    }
}

/// Writes a float so that it reads as one: `1.0`, `2.5e-7`, `NaN`, `Infinity`.
pub(crate) fn float_text(float: f64) -> String {
    if float.is_nan() {
        return "NaN".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = float.abs();
    if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = format!("{float:E}");
        return match text.split_once('E') {
            Some((digits, power)) if !digits.contains('.') => format!("{digits}.0E{power}"),
            _ => text,
        };
    }
    format!("{float:?}")
}
