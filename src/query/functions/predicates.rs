//! Functions that ask, and functions that choose between values.

use super::Context;
use super::Function;
use super::Types;
use super::function::p;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

type Outcome = Result<Value, Diagnostic>;

const ANY: Types = Types::ANY;

/// The functions of this family.
pub(super) const PREDICATES: &[Function] = &[
    Function::scalar("coalesce", &[p("value", ANY)], ANY, coalesce)
        .repeats()
        .lenient()
        .help("gives the first argument that is not null")
        .example("coalesce(null, 'none', 1)", "'none'"),
    Function::scalar("exists", &[p("value", ANY)], Types::BOOLEAN, exists)
        .lenient()
        .help("tells whether a value, mostly a property, is not null")
        .example("exists({name: 'SQS'}.name)", "true"),
    Function::scalar(
        "isEmpty",
        &[p("value", Types::LIST.or(Types::STRING).or(Types::MAP))],
        Types::BOOLEAN,
        is_empty,
    )
    .help("tells whether a list, a string or a map is empty")
    .example("isEmpty([])", "true"),
    Function::scalar(
        "isNaN",
        &[p("number", Types::NUMBER)],
        Types::BOOLEAN,
        is_nan,
    )
    .help("tells whether a number is NaN")
    .example("isNaN(0.0 / 0.0)", "true"),
    Function::scalar("nullIf", &[p("value", ANY), p("other", ANY)], ANY, null_if)
        .lenient()
        .help("gives null where both are equal, else the first")
        .example("nullIf('none', 'none')", "null"),
];

fn coalesce(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let first = arguments.iter().find(|value| !value.is_null());
    Ok(first.cloned().unwrap_or_default())
}

fn exists(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(!arguments[0].is_null()))
}

fn is_empty(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(match &arguments[0] {
        Value::List(items) => items.is_empty(),
        Value::Text(text) => text.is_empty(),
        Value::Map(map) => map.is_empty(),
        _ => false,
    }))
}

fn is_nan(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let nan = matches!(arguments[0], Value::Float(float) if float.is_nan());
    Ok(Value::Bool(nan))
}

fn null_if(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(match ops::equal(&arguments[0], &arguments[1]) {
        Some(true) => Value::Null,
        _ => arguments[0].clone(),
    })
}
