//! Standard deviations, in one pass and without keeping the values (Welford).

use super::Accumulator;
use super::Types;
use super::given;
use super::number;
use super::unfit;
use crate::diag::Diagnostic;
use crate::model::Value;

/// `stDev(number)` and `stDevP(number)`.
#[derive(Debug)]
pub(super) struct Spread {
    name: &'static str,
    /// What is taken from the count before dividing: 1 for a sample.
    less: f64,
    count: f64,
    mean: f64,
    squares: f64,
}

impl Spread {
    pub(super) fn of_sample() -> Self {
        Self::new("stDev", 1.0)
    }

    pub(super) fn of_population() -> Self {
        Self::new("stDevP", 0.0)
    }

    fn new(name: &'static str, less: f64) -> Self {
        Self {
            name,
            less,
            count: 0.0,
            mean: 0.0,
            squares: 0.0,
        }
    }
}

impl Accumulator for Spread {
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic> {
        let Some(value) = given(arguments) else {
            return Ok(());
        };
        let number = number(value).ok_or_else(|| unfit(self.name, Types::NUMBER, value))?;
        self.count += 1.0;
        let before = number - self.mean;
        self.mean += before / self.count;
        self.squares += before * (number - self.mean);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Value, Diagnostic> {
        let divisor = self.count - self.less;
        let variance = if divisor > 0.0 {
            self.squares / divisor
        } else {
            0.0
        };
        Ok(Value::Float(variance.sqrt()))
    }
}
