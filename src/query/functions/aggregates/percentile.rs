//! Percentiles: the values are kept and sorted once, at the end.

use super::Accumulator;
use super::Types;
use super::given;
use super::number;
use super::unfit;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

/// `percentileCont(number, percentile)` and `percentileDisc(number, percentile)`.
#[derive(Debug)]
pub(super) struct Percentile {
    name: &'static str,
    pick: fn(&[Value], f64) -> Value,
    values: Vec<Value>,
    percentile: f64,
}

impl Percentile {
    pub(super) fn continuous() -> Self {
        Self::new("percentileCont", between)
    }

    pub(super) fn discrete() -> Self {
        Self::new("percentileDisc", nearest)
    }

    fn new(name: &'static str, pick: fn(&[Value], f64) -> Value) -> Self {
        Self {
            name,
            pick,
            values: Vec::new(),
            percentile: 0.0,
        }
    }

    fn percentile(&self, arguments: &[Value]) -> Result<f64, Diagnostic> {
        let given = arguments.get(1).unwrap_or(&Value::Null);
        let percentile = number(given).ok_or_else(|| unfit(self.name, Types::NUMBER, given))?;
        if (0.0..=1.0).contains(&percentile) {
            return Ok(percentile);
        }
        let message = format!(
            "the percentile `{}` is out of range",
            ops::float_text(percentile)
        );
        Err(Diagnostic::error(&Code::NUMBER_OUT_OF_RANGE, message)
            .expected("a number from 0.0 to 1.0"))
    }
}

impl Accumulator for Percentile {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        self.percentile = self.percentile(arguments)?;
        let Some(value) = given(arguments) else {
            return Ok(());
        };
        number(value).ok_or_else(|| unfit(self.name, Types::NUMBER, value))?;
        self.values.push(value.clone());
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Value, Diagnostic> {
        self.values.sort_by(ops::order);
        Ok((self.pick)(&self.values, self.percentile))
    }
}

/// Gives the first value with at least that part of all values at or below it.
fn nearest(values: &[Value], percentile: f64) -> Value {
    let rank = (percentile * values.len() as f64).ceil() as usize;
    values
        .get(rank.saturating_sub(1))
        .cloned()
        .unwrap_or_default()
}

/// Gives the point between the two values around that part of the way from first to last.
fn between(values: &[Value], percentile: f64) -> Value {
    let place = percentile * values.len().saturating_sub(1) as f64;
    let at = |place: f64| values.get(place as usize).and_then(number);
    match (at(place.floor()), at(place.ceil())) {
        (Some(low), Some(high)) => Value::Float(low + (high - low) * place.fract()),
        _ => Value::Null,
    }
}
