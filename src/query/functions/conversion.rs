//! Turning values of one type into another.

use super::Context;
use super::Function;
use super::Types;
use super::error::list;
use super::function::p;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

type Outcome = Result<Value, Diagnostic>;

const ANY: Types = Types::ANY;
const NUMERIC: Types = Types::NUMBER.or(Types::STRING).or(Types::BOOLEAN);
const TRUTHY: Types = Types::BOOLEAN.or(Types::STRING).or(Types::INTEGER);
const SIMPLE: Types = Types::STRING
    .or(Types::NUMBER)
    .or(Types::BOOLEAN)
    .or(Types::INSTANT)
    .or(Types::DURATION);

/// The functions of this family. Types are judged while running: what `toInteger(x)` is asked for
/// is mostly of a type that nobody knows before.
pub(super) const CONVERSION: &[Function] = &[
    Function::scalar("toString", &[p("value", SIMPLE)], Types::STRING, to_string)
        .late()
        .help("gives the text of a number, a boolean, an instant or a duration")
        .example("toString(1.5)", "'1.5'"),
    Function::scalar(
        "toStringOrNull",
        &[p("value", ANY)],
        Types::STRING,
        to_string,
    )
    .help("gives the text of a value, null where it has none")
    .example("toStringOrNull([1])", "null"),
    Function::scalar(
        "toStringList",
        &[p("list", Types::LIST)],
        Types::LIST,
        |_, a| each(a, text_of),
    )
    .help("gives the text of each item, null where it has none")
    .example("toStringList([1, true, []])", "['1', 'true', null]"),
    Function::scalar(
        "toInteger",
        &[p("value", NUMERIC)],
        Types::INTEGER,
        to_integer,
    )
    .late()
    .help("gives the whole number of a number or a string, null where the string is none")
    .example("toInteger('2.9')", "2"),
    Function::scalar("toInt", &[p("value", NUMERIC)], Types::INTEGER, to_integer)
        .late()
        .help("gives the whole number of a number or a string, null where the string is none")
        .example("toInt('42')", "42"),
    Function::scalar(
        "toIntegerOrNull",
        &[p("value", ANY)],
        Types::INTEGER,
        |_, a| Ok(integer_of(&a[0])),
    )
    .help("gives the whole number of a value, null where there is none")
    .example("toIntegerOrNull([1])", "null"),
    Function::scalar(
        "toIntegerList",
        &[p("list", Types::LIST)],
        Types::LIST,
        |_, a| each(a, integer_of),
    )
    .help("gives the whole number of each item, null where there is none")
    .example("toIntegerList(['1', 2.5, 'x'])", "[1, 2, null]"),
    Function::scalar(
        "toFloat",
        &[p("value", Types::NUMBER.or(Types::STRING))],
        Types::FLOAT,
        to_float,
    )
    .late()
    .help("gives the float of a number or a string, null where the string is none")
    .example("toFloat('1.5')", "1.5"),
    Function::scalar("toFloatOrNull", &[p("value", ANY)], Types::FLOAT, to_float)
        .help("gives the float of a value, null where there is none")
        .example("toFloatOrNull(true)", "null"),
    Function::scalar(
        "toFloatList",
        &[p("list", Types::LIST)],
        Types::LIST,
        |_, a| each(a, float_of),
    )
    .help("gives the float of each item, null where there is none")
    .example("toFloatList(['1.5', 2, 'x'])", "[1.5, 2.0, null]"),
    Function::scalar(
        "toBoolean",
        &[p("value", TRUTHY)],
        Types::BOOLEAN,
        to_boolean,
    )
    .late()
    .help(
        "gives the truth of `true` and `false`, null of other strings; an integer is true unless 0",
    )
    .example("toBoolean('TRUE')", "true"),
    Function::scalar(
        "toBooleanOrNull",
        &[p("value", ANY)],
        Types::BOOLEAN,
        to_boolean,
    )
    .help("gives the truth of a value, null where there is none")
    .example("toBooleanOrNull('maybe')", "null"),
    Function::scalar(
        "toBooleanList",
        &[p("list", Types::LIST)],
        Types::LIST,
        |_, a| each(a, truth_of),
    )
    .help("gives the truth of each item, null where there is none")
    .example("toBooleanList(['true', 0, 'x'])", "[true, false, null]"),
    Function::scalar("valueType", &[p("value", ANY)], Types::STRING, value_type)
        .lenient()
        .help("names the type of a value")
        .example("valueType([1])", "'LIST'"),
];

fn to_string(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text_of(&arguments[0]))
}

fn to_integer(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    match &arguments[0] {
        Value::Float(float) if !fits(*float) => {
            let message = format!(
                "`{}` does not fit a 64-bit integer",
                ops::float_text(*float)
            );
            Err(Diagnostic::error(
                &Code::ARITHMETIC_INTEGER_OVERFLOW,
                message,
            ))
        }
        other => Ok(integer_of(other)),
    }
}

fn to_float(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(float_of(&arguments[0]))
}

fn to_boolean(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(truth_of(&arguments[0]))
}

fn value_type(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(arguments[0].type_name().into())
}

fn each(arguments: &[Value], convert: fn(&Value) -> Value) -> Outcome {
    Ok(list(arguments, 0)
        .iter()
        .map(convert)
        .collect::<Vec<_>>()
        .into())
}

fn text_of(value: &Value) -> Value {
    match value {
        Value::Text(_) => value.clone(),
        other => ops::plain(other).map_or(Value::Null, Value::from),
    }
}

/// Tells whether the whole part of a float is a 64-bit integer; NaN is none.
fn fits(float: f64) -> bool {
    (i64::MIN as f64..i64::MAX as f64).contains(&float)
}

fn integer_of(value: &Value) -> Value {
    match value {
        Value::Int(_) => value.clone(),
        Value::Float(float) if fits(*float) => Value::Int(*float as i64),
        Value::Bool(truth) => Value::Int(i64::from(*truth)),
        Value::Text(text) => integer_in(text.trim()),
        _ => Value::Null,
    }
}

fn integer_in(text: &str) -> Value {
    if let Ok(int) = text.parse::<i64>() {
        return Value::Int(int);
    }
    match number_in(text) {
        Some(float) if fits(float) => Value::Int(float as i64),
        _ => Value::Null,
    }
}

fn float_of(value: &Value) -> Value {
    match value {
        Value::Float(_) => value.clone(),
        Value::Int(int) => Value::Float(*int as f64),
        Value::Text(text) => number_in(text.trim()).map_or(Value::Null, Value::Float),
        _ => Value::Null,
    }
}

/// Reads a number as the language writes it; also `NaN` and `Infinity`, as `toString()` gives them.
fn number_in(text: &str) -> Option<f64> {
    let named = matches!(text, "NaN" | "Infinity" | "-Infinity" | "+Infinity");
    let digits = text.trim_start_matches(['+', '-']);
    let written = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    (named || written).then(|| text.parse().ok()).flatten()
}

fn truth_of(value: &Value) -> Value {
    match value {
        Value::Bool(_) => value.clone(),
        Value::Int(int) => Value::Bool(*int != 0),
        Value::Text(text) => match text.trim().to_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
