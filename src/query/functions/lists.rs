//! Functions on lists, and those that strings and lists share.

use super::Context;
use super::Function;
use super::Types;
use super::error::bad_range;
use super::error::list;
use super::function::p;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

type Outcome = Result<Value, Diagnostic>;

const LIST: Types = Types::LIST;

/// The functions of this family.
pub(super) const LISTS: &[Function] = &[
    Function::scalar(
        "size",
        &[p("value", LIST.or(Types::STRING).or(Types::MAP))],
        Types::INTEGER,
        size,
    )
    .help("gives the number of items of a list, characters of a string, keys of a map")
    .example("size(['a', 'b'])", "2"),
    Function::scalar("head", &[p("list", LIST)], Types::ANY, head)
        .help("gives the first item, null of an empty list")
        .example("head([3, 1, 2])", "3"),
    Function::scalar("last", &[p("list", LIST)], Types::ANY, last)
        .help("gives the last item, null of an empty list")
        .example("last([3, 1, 2])", "2"),
    Function::scalar("tail", &[p("list", LIST)], LIST, tail)
        .help("gives all items but the first")
        .example("tail([3, 1, 2])", "[1, 2]"),
    Function::scalar(
        "reverse",
        &[p("value", LIST.or(Types::STRING))],
        LIST.or(Types::STRING),
        reverse,
    )
    .help("turns a list or a string round")
    .example("reverse([3, 1, 2])", "[2, 1, 3]"),
    Function::scalar(
        "range",
        &[
            p("start", Types::ANY),
            p("end", Types::ANY),
            p("step", Types::ANY),
        ],
        LIST,
        range,
    )
    .optional(1)
    .help("gives the integers from start to end, both included, by step (1)")
    .example("range(0, 10, 5)", "[0, 5, 10]"),
];

fn size(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let size = match &arguments[0] {
        Value::List(items) => items.len(),
        Value::Text(text) => text.chars().count(),
        Value::Map(map) => map.len(),
        _ => return Ok(Value::Null),
    };
    Ok(Value::Int(size as i64))
}

fn head(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(list(arguments, 0).first().cloned().unwrap_or_default())
}

fn last(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(list(arguments, 0).last().cloned().unwrap_or_default())
}

fn tail(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let rest = list(arguments, 0).get(1..).unwrap_or_default();
    Ok(rest.to_vec().into())
}

fn reverse(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(match &arguments[0] {
        Value::Text(text) => text.chars().rev().collect::<String>().into(),
        _ => list(arguments, 0)
            .iter()
            .rev()
            .cloned()
            .collect::<Vec<_>>()
            .into(),
    })
}

fn range(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let (start, end) = (whole(arguments, 0)?, whole(arguments, 1)?);
    let step = if arguments.len() > 2 {
        whole(arguments, 2)?
    } else {
        1
    };
    if step == 0 {
        return Err(bad_range("the step of `range()` is zero"));
    }
    let towards = if step > 0 { end >= start } else { end <= start };
    if !towards {
        return Ok(Value::list(Vec::new()));
    }
    let count = end.abs_diff(start) / step.unsigned_abs();
    ops::list_fits(usize::try_from(count).unwrap_or(usize::MAX))?;
    let items = (0..=count as i64).map(|at| Value::Int(start.wrapping_add(at.wrapping_mul(step))));
    Ok(items.collect::<Vec<_>>().into())
}

fn whole(arguments: &[Value], at: usize) -> Result<i64, Diagnostic> {
    arguments[at].as_int().ok_or_else(|| {
        let message = format!(
            "`range()` takes INTEGER and got {}",
            arguments[at].type_name()
        );
        Diagnostic::error(&Code::ARGUMENT_INVALID_ARGUMENT_TYPE, message)
    })
}
