//! Dates, times, instants and durations as openCypher has them.
//!
//! Years reach ±999,999,999, so days are counted here and not by a date-time library; the
//! library (jiff) is asked for time zones by `query::functions`. Here are the shapes, the calendar,
//! the arithmetic that needs no zone, and the text of each value; nothing here reads a clock.

mod calendar;
mod clock;
mod decimal;
mod duration;
mod text;

pub use calendar::YEARS;
pub use clock::{DAY, SECOND};
pub use decimal::Decimal;
pub use text::Offset;

use std::cmp::Ordering;
use std::sync::Arc;

/// A calendar date: days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Days since 1970-01-01, negative before.
    pub days: i64,
}

/// A time of day without a zone: nanoseconds since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime {
    /// Nanoseconds since midnight, below 86,400,000,000,000.
    pub nanos: i64,
}

/// A time of day with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// The time on the clock there.
    pub local: LocalTime,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// A date and a time without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// The date on the calendar.
    pub date: Date,
    /// The time on the clock.
    pub time: LocalTime,
}

/// An instant as a clock in a zone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The date and time on the clock there.
    pub local: LocalDateTime,
    /// Seconds east of UTC that hold there and then.
    pub offset: i32,
    /// The name of the zone (`Europe/Stockholm`), if it was given by name.
    pub zone: Option<Arc<str>>,
}

/// A duration in the four parts that cannot be turned into each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Months; twelve make a year.
    pub months: i64,
    /// Days; seven make a week.
    pub days: i64,
    /// Whole seconds.
    pub seconds: i64,
    /// Nanoseconds beside the seconds, from 0 to 999,999,999.
    pub nanos: i32,
}

/// Any temporal value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Temporal {
    /// A calendar date.
    Date(Date),
    /// A time of day without a zone.
    LocalTime(LocalTime),
    /// A time of day with an offset.
    Time(Time),
    /// A date and time without a zone.
    LocalDateTime(LocalDateTime),
    /// A date and time in a zone.
    DateTime(DateTime),
    /// A duration.
    Duration(Duration),
}

impl Temporal {
    /// Names the type as the language does.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Date(_) => "DATE",
            Self::LocalTime(_) => "LOCAL TIME",
            Self::Time(_) => "ZONED TIME",
            Self::LocalDateTime(_) => "LOCAL DATETIME",
            Self::DateTime(_) => "ZONED DATETIME",
            Self::Duration(_) => "DURATION",
        }
    }

    /// Compares two values of one type; `None` between types.
    ///
    /// Instants are ordered by the point in time, then by offset from west to east, then by the
    /// name of the zone; durations by their length with average months.
    #[must_use]
    pub fn cmp_same_type(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::LocalTime(a), Self::LocalTime(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.order_key().cmp(&b.order_key())),
            (Self::LocalDateTime(a), Self::LocalDateTime(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.order_key().cmp(&b.order_key())),
            (Self::Duration(a), Self::Duration(b)) => Some(a.order_key().cmp(&b.order_key())),
            _ => None,
        }
    }
}
