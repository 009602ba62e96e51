//! Times of day and instants: their parts, and sums that need no time zone.

use super::Date;
use super::DateTime;
use super::LocalDateTime;
use super::LocalTime;
use super::Time;

/// Nanoseconds in a second.
pub const SECOND: i64 = 1_000_000_000;
/// Nanoseconds in a day.
pub const DAY: i64 = 86_400 * SECOND;

impl LocalTime {
    /// Midnight.
    pub const MIDNIGHT: Self = Self { nanos: 0 };

    /// Makes a time of hour, minute, second and nanosecond, if there is such a time.
    #[must_use]
    pub fn new(hour: i64, minute: i64, second: i64, nano: i64) -> Option<Self> {
        let known = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..SECOND).contains(&nano);
        known.then(|| Self {
            nanos: ((hour * 60 + minute) * 60 + second) * SECOND + nano,
        })
    }

    /// Gives the hour.
    #[must_use]
    pub fn hour(self) -> i64 {
        self.nanos / (3600 * SECOND)
    }

    /// Gives the minute of the hour.
    #[must_use]
    pub fn minute(self) -> i64 {
        self.nanos / (60 * SECOND) % 60
    }

    /// Gives the second of the minute.
    #[must_use]
    pub fn second(self) -> i64 {
        self.nanos / SECOND % 60
    }

    /// Gives the nanosecond of the second.
    #[must_use]
    pub fn nano(self) -> i64 {
        self.nanos % SECOND
    }

    /// Adds nanoseconds, around midnight.
    #[must_use]
    pub fn plus_nanos(self, nanos: i128) -> Self {
        let sum = (i128::from(self.nanos) + nanos).rem_euclid(i128::from(DAY));
        Self { nanos: sum as i64 }
    }
}

impl Time {
    /// Gives the nanoseconds since midnight UTC; may lie outside of one day.
    #[must_use]
    pub fn utc_nanos(self) -> i64 {
        self.local.nanos - i64::from(self.offset) * SECOND
    }

    pub(super) fn order_key(self) -> (i64, i32) {
        (self.utc_nanos(), self.offset)
    }
}

impl LocalDateTime {
    /// Gives the nanoseconds since 1970-01-01 on the same clock.
    #[must_use]
    pub fn nanos(self) -> i128 {
        i128::from(self.date.days) * i128::from(DAY) + i128::from(self.time.nanos)
    }

    /// Makes a date and time of nanoseconds since 1970-01-01, if the year is within bounds.
    #[must_use]
    pub fn from_nanos(nanos: i128) -> Option<Self> {
        let day = i128::from(DAY);
        let days = i64::try_from(nanos.div_euclid(day)).ok()?;
        Some(Self {
            date: Date::from_days(days)?,
            time: LocalTime {
                nanos: nanos.rem_euclid(day) as i64,
            },
        })
    }

    /// Counts the whole months from here to `other`, negative where it lies before.
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        let end = if other.date > self.date && other.time < self.time {
            other.date.days - 1
        } else if other.date < self.date && other.time > self.time {
            other.date.days + 1
        } else {
            other.date.days
        };
        self.date.months_until(Date { days: end })
    }
}

impl DateTime {
    /// Gives the nanoseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn instant(&self) -> i128 {
        self.local.nanos() - i128::from(self.offset) * i128::from(SECOND)
    }

    pub(super) fn order_key(&self) -> (i128, i32, Option<&str>) {
        (self.instant(), self.offset, self.zone.as_deref())
    }
}
