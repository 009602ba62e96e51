//! Aggregates over values of any type: `count`, `collect`, `min`, `max`.

use super::Accumulator;
use super::given;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;
use std::cmp::Ordering;

/// `count(value)`.
#[derive(Debug, Default)]
pub(super) struct Count(i64);

impl Accumulator for Count {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        self.0 += i64::from(given(arguments).is_some());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        Ok(Value::Int(self.0))
    }
}

/// `collect(value)`.
#[derive(Debug, Default)]
pub(super) struct Collect(Vec<Value>);

impl Accumulator for Collect {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        self.0.extend(given(arguments).cloned());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        Ok(Value::list(self.0))
    }
}

/// `min(value)` and `max(value)`.
#[derive(Debug)]
pub(super) struct Extreme {
    /// How a value stands to the best so far if it is better.
    better: Ordering,
    best: Option<Value>,
}

impl Extreme {
    pub(super) fn least() -> Self {
        Self {
            better: Ordering::Less,
            best: None,
        }
    }

    pub(super) fn greatest() -> Self {
        Self {
            better: Ordering::Greater,
            best: None,
        }
    }
}

impl Accumulator for Extreme {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        let Some(value) = given(arguments) else {
            return Ok(());
        };
        let best = self.best.as_ref();
        if best.is_none_or(|best| ops::order(value, best) == self.better) {
            self.best = Some(value.clone());
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        Ok(self.best.unwrap_or_default())
    }
}
