//! Aggregates: one value from the rows of a group. Nulls do not count.
//!
//! DISTINCT is the caller's business: it hands each value in once. So is `count(*)`.

mod collect;
mod percentile;
mod spread;
mod sum;

use super::Accumulator;
use super::Function;
use super::Types;
use super::function::p;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;

const SUMMABLE: Types = Types::NUMBER.or(Types::DURATION);

/// The functions of this family. In their examples `x` takes the values that stand beside.
pub(super) const AGGREGATES: &[Function] = &[
    Function::aggregate("count", &[p("value", Types::ANY)], Types::INTEGER, || {
        Box::new(collect::Count::default())
    })
    .help("counts the values that are not null; `count(*)` counts rows")
    .over("[1, null, 1]")
    .example("count(x)", "2"),
    Function::aggregate("collect", &[p("value", Types::ANY)], Types::LIST, || {
        Box::new(collect::Collect::default())
    })
    .help("gathers the values that are not null in a list")
    .over("['a', null, 'b']")
    .example("collect(x)", "['a', 'b']"),
    Function::aggregate("min", &[p("value", Types::ANY)], Types::ANY, || {
        Box::new(collect::Extreme::least())
    })
    .help("gives the smallest value, in the order of ORDER BY")
    .over("[3, 1, 2]")
    .example("min(x)", "1"),
    Function::aggregate("max", &[p("value", Types::ANY)], Types::ANY, || {
        Box::new(collect::Extreme::greatest())
    })
    .help("gives the largest value, in the order of ORDER BY")
    .over("[3, 1, 2]")
    .example("max(x)", "3"),
    Function::aggregate("sum", &[p("number", SUMMABLE)], SUMMABLE, || {
        Box::new(sum::Sum::default())
    })
    .help("adds numbers or durations; 0 without any")
    .over("[1, 2, 3.5]")
    .example("sum(x)", "6.5"),
    Function::aggregate(
        "avg",
        &[p("number", SUMMABLE)],
        Types::FLOAT.or(Types::DURATION),
        || Box::new(sum::Average::default()),
    )
    .help("gives the mean of numbers or durations; null without any")
    .over("[1, 2]")
    .example("avg(x)", "1.5"),
    Function::aggregate("stDev", &[p("number", Types::NUMBER)], Types::FLOAT, || {
        Box::new(spread::Spread::of_sample())
    })
    .help("gives the standard deviation of a sample")
    .over("[2, 4, 6]")
    .example("stDev(x)", "2.0"),
    Function::aggregate(
        "stDevP",
        &[p("number", Types::NUMBER)],
        Types::FLOAT,
        || Box::new(spread::Spread::of_population()),
    )
    .help("gives the standard deviation of a whole population")
    .over("[2, 6]")
    .example("stDevP(x)", "2.0"),
    Function::aggregate(
        "percentileCont",
        &[p("number", Types::NUMBER), p("percentile", Types::NUMBER)],
        Types::FLOAT,
        || Box::new(percentile::Percentile::continuous()),
    )
    .help("gives the value at a percentile from 0.0 to 1.0, between two values if need be")
    .over("[10, 20, 30, 40]")
    .example("percentileCont(x, 0.5)", "25.0"),
    Function::aggregate(
        "percentileDisc",
        &[p("number", Types::NUMBER), p("percentile", Types::NUMBER)],
        Types::NUMBER,
        || Box::new(percentile::Percentile::discrete()),
    )
    .help("gives the value that is nearest to a percentile from 0.0 to 1.0")
    .over("[10, 20, 30, 40]")
    .example("percentileDisc(x, 0.5)", "20"),
];

/// The error for a value that an aggregate cannot take.
fn unfit(name: &str, expected: Types, found: &Value) -> Diagnostic {
    let message = format!("`{name}()` takes {expected} and got {}", found.type_name());
    Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, message)
}

/// Gives the first argument, unless it is null or not there.
fn given(arguments: &[Value]) -> Option<&Value> {
    arguments.first().filter(|value| !value.is_null())
}

/// Gives a number as a float.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(int) => Some(*int as f64),
        Value::Float(float) => Some(*float),
        _ => None,
    }
}
