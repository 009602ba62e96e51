//! Durations: four parts that keep apart what cannot be turned into each other.

use super::Decimal;
use super::Duration;
use super::clock::DAY;
use super::clock::SECOND;

/// Seconds in an average month: a twelfth of 365.2425 days.
const MONTH_SECONDS: i64 = 2_629_746;

/// The parts of a duration, each possibly with a fraction that falls to the next finer part.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    months: Decimal,
    days: Decimal,
    seconds: Decimal,
    nanos: Decimal,
}

impl Duration {
    /// Makes a duration of its parts; nanoseconds beyond a second are carried over.
    #[must_use]
    pub fn new(months: i64, days: i64, nanos: i128) -> Option<Self> {
        let second = i128::from(SECOND);
        Some(Self {
            months,
            days,
            seconds: i64::try_from(nanos.div_euclid(second)).ok()?,
            nanos: nanos.rem_euclid(second) as i32,
        })
    }

    /// Makes a duration of numbers with fractions. What is left of a month becomes days and
    /// seconds of an average month, what is left of a day becomes seconds.
    #[must_use]
    pub fn from_decimals(
        months: Decimal,
        days: Decimal,
        seconds: Decimal,
        nanos: Decimal,
    ) -> Option<Self> {
        let parts = Parts {
            months,
            days,
            seconds,
            nanos,
        };
        parts.settle()
    }

    /// Gives seconds and nanoseconds as one number of nanoseconds.
    #[must_use]
    pub fn clock_nanos(self) -> i128 {
        i128::from(self.seconds) * i128::from(SECOND) + i128::from(self.nanos)
    }

    /// Adds two durations part by part.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::new(
            self.months.checked_add(other.months)?,
            self.days.checked_add(other.days)?,
            self.clock_nanos() + other.clock_nanos(),
        )
    }

    /// Turns the sign of every part.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        Self::new(
            self.months.checked_neg()?,
            self.days.checked_neg()?,
            -self.clock_nanos(),
        )
    }

    /// Multiplies by a whole number.
    #[must_use]
    pub fn times(self, factor: i64) -> Option<Self> {
        Self::new(
            self.months.checked_mul(factor)?,
            self.days.checked_mul(factor)?,
            self.clock_nanos().checked_mul(i128::from(factor))?,
        )
    }

    /// Applies a change to each part as a float; fractions fall to the next finer part.
    #[must_use]
    pub fn scaled(self, change: impl Fn(f64) -> f64) -> Option<Self> {
        let scale = |part: i64| Decimal::from_float(change(part as f64));
        Self::from_decimals(
            scale(self.months)?,
            scale(self.days)?,
            scale(self.seconds)?,
            scale(i64::from(self.nanos))?,
        )
    }

    /// Gives the length in nanoseconds with average months and days of 24 hours.
    pub(super) fn order_key(self) -> (i128, i64, i64) {
        let months = i128::from(self.months) * i128::from(MONTH_SECONDS) * i128::from(SECOND);
        let days = i128::from(self.days) * i128::from(DAY);
        (months + days + self.clock_nanos(), self.months, self.days)
    }
}

impl Parts {
    fn settle(self) -> Option<Duration> {
        let of_month = self.months.fraction_of(MONTH_SECONDS * SECOND);
        let day = i128::from(DAY);
        let month_days = i64::try_from(of_month / day).ok()?;
        let nanos = of_month % day
            + self.days.fraction_of(DAY)
            + i128::from(self.seconds.whole()?) * i128::from(SECOND)
            + self.seconds.fraction_of(SECOND)
            + i128::from(self.nanos.whole()?);
        let days = self.days.whole()?.checked_add(month_days)?;
        Duration::new(self.months.whole()?, days, nanos)
    }
}
