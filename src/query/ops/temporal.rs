//! Instants and durations: sums, multiples, and their components as properties.

use super::mismatch;
use super::zone::Zone;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Date;
use crate::model::DateTime;
use crate::model::Duration;
use crate::model::LocalDateTime;
use crate::model::LocalTime;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::temporal::Offset;
use crate::model::temporal::SECOND;
use std::sync::Arc;

/// `left + right`: an instant and a duration in either order, or two durations.
pub(super) fn add(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match (temporal(left), temporal(right)) {
        (Some(Temporal::Duration(a)), Some(Temporal::Duration(b))) => made(a.plus(*b)),
        (Some(instant), Some(Temporal::Duration(length)))
        | (Some(Temporal::Duration(length)), Some(instant)) => shifted(instant, *length),
        _ => Err(mismatch("+", left, right)),
    }
}

/// `left - right`: a duration from an instant or from a duration.
pub(super) fn subtract(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    let Some(Temporal::Duration(length)) = temporal(right) else {
        return Err(mismatch("-", left, right).help("duration.between() gives what lies between"));
    };
    let length = length.negated().ok_or_else(out_of_range)?;
    match temporal(left) {
        Some(Temporal::Duration(whole)) => made(whole.plus(length)),
        Some(instant) => shifted(instant, length),
        None => Err(mismatch("-", left, right)),
    }
}

/// `left * right`: a duration and a number in either order.
pub(super) fn multiply(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    let (length, number) = match (temporal(left), temporal(right)) {
        (Some(Temporal::Duration(length)), None) => (length, right),
        (None, Some(Temporal::Duration(length))) => (length, left),
        _ => return Err(mismatch("*", left, right)),
    };
    match number {
        Value::Int(factor) => made(length.times(*factor)),
        Value::Float(factor) => made(length.scaled(|part| part * factor)),
        _ => Err(mismatch("*", left, right)),
    }
}

/// `left / right`: a duration by a number.
pub(super) fn divide(left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    let divisor = match right {
        Value::Int(0) => {
            let message = "division of a duration by zero";
            return Err(Diagnostic::error(&Code::DIVISION_BY_ZERO, message));
        }
        Value::Int(divisor) => *divisor as f64,
        Value::Float(divisor) => *divisor,
        _ => return Err(mismatch("/", left, right)),
    };
    match temporal(left) {
        Some(Temporal::Duration(length)) => made(length.scaled(|part| part / divisor)),
        _ => Err(mismatch("/", left, right)),
    }
}

/// `-duration`.
pub(super) fn negate(value: &Value) -> Result<Value, Diagnostic> {
    match temporal(value) {
        Some(Temporal::Duration(length)) => made(length.negated()),
        _ => Err(super::unfit(
            "the operand of a sign",
            "a number or DURATION",
            value,
        )),
    }
}

fn temporal(value: &Value) -> Option<&Temporal> {
    match value {
        Value::Temporal(temporal) => Some(temporal),
        _ => None,
    }
}

fn made(length: Option<Duration>) -> Result<Value, Diagnostic> {
    let length = length.ok_or_else(out_of_range)?;
    Ok(Value::Temporal(Arc::new(Temporal::Duration(length))))
}

/// The error for a temporal value beyond its bounds.
pub(crate) fn out_of_range() -> Diagnostic {
    let message = "the result lies outside of what a temporal value can hold";
    Diagnostic::error(&Code::NUMBER_OUT_OF_RANGE, message)
        .expected("years from -999,999,999 to 999,999,999")
}

fn shifted(instant: &Temporal, length: Duration) -> Result<Value, Diagnostic> {
    let shifted = match instant {
        Temporal::Date(date) => plus_days_only(*date, length).map(Temporal::Date),
        Temporal::LocalTime(time) => {
            Some(Temporal::LocalTime(time.plus_nanos(length.clock_nanos())))
        }
        Temporal::Time(time) => {
            let mut time = *time;
            time.local = time.local.plus_nanos(length.clock_nanos());
            Some(Temporal::Time(time))
        }
        Temporal::LocalDateTime(local) => plus(*local, length).map(Temporal::LocalDateTime),
        Temporal::DateTime(instant) => plus_in_zone(instant, length)?.map(Temporal::DateTime),
        Temporal::Duration(_) => None,
    };
    let shifted = shifted.ok_or_else(out_of_range)?;
    Ok(Value::Temporal(Arc::new(shifted)))
}

/// Adds months, then days, then the whole days within the seconds.
fn plus_days_only(date: Date, length: Duration) -> Option<Date> {
    let date = date.plus_months(length.months)?;
    let days = length.days.checked_add(length.seconds / 86_400)?;
    date.plus_days(days)
}

fn plus(local: LocalDateTime, length: Duration) -> Option<LocalDateTime> {
    let date = local.date.plus_months(length.months)?;
    let date = date.plus_days(length.days)?;
    let moved = LocalDateTime { date, ..local };
    LocalDateTime::from_nanos(moved.nanos().checked_add(length.clock_nanos())?)
}

/// Months and days move the calendar of the zone, seconds move the instant.
fn plus_in_zone(from: &DateTime, length: Duration) -> Result<Option<DateTime>, Diagnostic> {
    let zone = Zone::of(from)?;
    let whole_days = Duration {
        seconds: 0,
        nanos: 0,
        ..length
    };
    let Some(local) = plus(from.local, whole_days) else {
        return Ok(None);
    };
    let moved = match local == from.local {
        true => from.clone(),
        false => zone
            .at_local(local, Some(from.offset))
            .ok_or_else(out_of_range)?,
    };
    Ok(zone.at_instant(moved.instant() + length.clock_nanos()))
}

/// `temporal.key`: a component of an instant or a duration.
pub fn component(temporal: &Temporal, key: &str) -> Result<Value, Diagnostic> {
    let found = match temporal {
        Temporal::Date(date) => of_date(*date, key),
        Temporal::LocalTime(time) => of_time(*time, key),
        Temporal::Time(time) => {
            of_time(time.local, key).or_else(|| of_offset(time.offset, None, key))
        }
        Temporal::LocalDateTime(local) => {
            of_date(local.date, key).or_else(|| of_time(local.time, key))
        }
        Temporal::DateTime(instant) => of_instant(instant, key),
        Temporal::Duration(length) => of_duration(*length, key),
    };
    found.ok_or_else(|| {
        let message = format!("a {} has no component `{key}`", temporal.type_name());
        Diagnostic::error(&Code::INVALID_ARGUMENT_VALUE, message)
            .nearest(nearest(key, COMPONENTS.iter().copied()))
    })
}

/// All components, for the nearest name.
const COMPONENTS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "weekYear",
    "day",
    "ordinalDay",
    "dayOfWeek",
    "weekDay",
    "dayOfQuarter",
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
    "timezone",
    "offset",
    "offsetMinutes",
    "offsetSeconds",
    "epochSeconds",
    "epochMillis",
    "years",
    "quarters",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
    "microseconds",
    "nanoseconds",
    "quartersOfYear",
    "monthsOfYear",
    "monthsOfQuarter",
    "daysOfWeek",
    "minutesOfHour",
    "secondsOfMinute",
    "millisecondsOfSecond",
    "microsecondsOfSecond",
    "nanosecondsOfSecond",
];

fn of_date(date: Date, key: &str) -> Option<Value> {
    let number = match key {
        "year" => date.year(),
        "quarter" => date.quarter(),
        "month" => date.ymd().1,
        "week" => date.week().1,
        "weekYear" => date.week().0,
        "day" => date.ymd().2,
        "ordinalDay" => date.ordinal(),
        "dayOfWeek" | "weekDay" => date.weekday(),
        "dayOfQuarter" => date.day_of_quarter(),
        _ => return None,
    };
    Some(Value::Int(number))
}

fn of_time(time: LocalTime, key: &str) -> Option<Value> {
    let number = match key {
        "hour" => time.hour(),
        "minute" => time.minute(),
        "second" => time.second(),
        "millisecond" => time.nano() / 1_000_000,
        "microsecond" => time.nano() / 1_000,
        "nanosecond" => time.nano(),
        _ => return None,
    };
    Some(Value::Int(number))
}

fn of_offset(offset: i32, zone: Option<&Arc<str>>, key: &str) -> Option<Value> {
    match key {
        "timezone" => Some(zone.map_or_else(
            || Value::from(Offset(offset).to_string()),
            |zone| Value::Text(Arc::clone(zone)),
        )),
        "offset" => Some(Value::from(Offset(offset).to_string())),
        "offsetMinutes" => Some(Value::Int(i64::from(offset / 60))),
        "offsetSeconds" => Some(Value::Int(i64::from(offset))),
        _ => None,
    }
}

fn of_instant(instant: &DateTime, key: &str) -> Option<Value> {
    let since = |unit: i64| i64::try_from(instant.instant().div_euclid(i128::from(unit))).ok();
    match key {
        "epochSeconds" => since(SECOND).map(Value::Int),
        "epochMillis" => since(1_000_000).map(Value::Int),
        _ => of_date(instant.local.date, key)
            .or_else(|| of_time(instant.local.time, key))
            .or_else(|| of_offset(instant.offset, instant.zone.as_ref(), key)),
    }
}

fn of_duration(length: Duration, key: &str) -> Option<Value> {
    let nanos = i64::from(length.nanos);
    let clock = |unit: i128| i64::try_from(length.clock_nanos().div_euclid(unit)).ok();
    let number = match key {
        "years" => length.months / 12,
        "quarters" => length.months / 3,
        "months" => length.months,
        "weeks" => length.days / 7,
        "days" => length.days,
        "hours" => length.seconds / 3600,
        "minutes" => length.seconds / 60,
        "seconds" => length.seconds,
        "milliseconds" => clock(1_000_000)?,
        "microseconds" => clock(1_000)?,
        "nanoseconds" => clock(1)?,
        "quartersOfYear" => length.months / 3 % 4,
        "monthsOfYear" => length.months % 12,
        "monthsOfQuarter" => length.months % 3,
        "daysOfWeek" => length.days % 7,
        "minutesOfHour" => length.seconds / 60 % 60,
        "secondsOfMinute" => length.seconds % 60,
        "millisecondsOfSecond" => nanos / 1_000_000,
        "microsecondsOfSecond" => nanos / 1_000,
        "nanosecondsOfSecond" => nanos,
        _ => return None,
    };
    Some(Value::Int(number))
}
