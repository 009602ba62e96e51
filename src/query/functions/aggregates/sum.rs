//! `sum` and `avg`, over numbers or over durations.

use super::Accumulator;
use super::SUMMABLE;
use super::given;
use super::number;
use super::unfit;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

/// `sum(number)`: integers stay integers as long as they are among themselves.
#[derive(Debug, Default)]
pub(super) struct Sum(Option<Value>);

impl Accumulator for Sum {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        let Some(value) = given(arguments) else {
            return Ok(());
        };
        if !SUMMABLE.accepts(super::Types::of(value)) {
            return Err(unfit("sum", SUMMABLE, value));
        }
        self.0 = Some(match &self.0 {
            Some(sum) => ops::add(sum, value)?,
            None => value.clone(),
        });
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        Ok(self.0.unwrap_or(Value::Int(0)))
    }
}

/// `avg(number)`: always a float, or a duration.
#[derive(Debug, Default)]
pub(super) struct Average {
    sum: Option<Value>,
    count: i64,
}

impl Accumulator for Average {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        let Some(value) = given(arguments) else {
            return Ok(());
        };
        if !SUMMABLE.accepts(super::Types::of(value)) {
            return Err(unfit("avg", SUMMABLE, value));
        }
        // Floats from the start, so that a sum of integers does not overflow on the way to a mean.
        let value = number(value).map_or_else(|| value.clone(), Value::Float);
        self.count += 1;
        self.sum = Some(match &self.sum {
            Some(sum) => ops::add(sum, &value)?,
            None => value,
        });
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        match self.sum {
            Some(sum) => ops::divide(&sum, &Value::Int(self.count)),
            None => Ok(Value::Null),
        }
    }
}
