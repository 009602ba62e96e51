//! Truncation: an instant at the start of its year, its week, its hour, … with fields set anew.

use super::super::Context;
use super::super::error::bad_value;
use super::super::error::text;
use super::fields::Fields;
use super::parts::Parts;
use super::parts::Target;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Date;
use crate::model::LocalTime;
use crate::model::Value;
use crate::model::ValueMap;
use crate::model::temporal::SECOND;
use crate::query::ops;
use crate::query::ops::Zone;

/// The units in which whole days are counted, longest first.
const DAY_UNITS: &[&str] = &[
    "millennium",
    "century",
    "decade",
    "year",
    "weekYear",
    "quarter",
    "month",
    "week",
    "day",
];
/// The units within a day, with their nanoseconds.
const CLOCK_UNITS: &[(&str, i64)] = &[
    ("hour", 3600 * SECOND),
    ("minute", 60 * SECOND),
    ("second", SECOND),
    ("millisecond", 1_000_000),
    ("microsecond", 1_000),
];

/// `date.truncate(unit, instant, fields)` and its kin.
pub(super) fn truncate(
    target: Target,
    context: &Context<'_>,
    arguments: &[Value],
) -> Result<Value, Diagnostic> {
    let now = context.clock.statement();
    let whole = match arguments.get(1) {
        Some(instant) => Parts::of_value(instant, "instant")?,
        None => Parts::at(now, &Zone::UTC)?,
    };
    let unit = text(arguments, 0);
    let start = start_of(&unit_of(unit, target)?, whole).ok_or_else(ops::out_of_range)?;
    let parts = match arguments.get(2) {
        Some(Value::Map(map)) => with_fields(start, map, unit, target)?,
        _ => start,
    };
    parts.finish(target, now)
}

/// A unit to which an instant is truncated.
enum Unit {
    /// Whole days, by name.
    Days(&'static str),
    /// Nanoseconds of the day.
    Clock(i64),
}

fn unit_of(name: &str, target: Target) -> Result<Unit, Diagnostic> {
    let days = DAY_UNITS
        .iter()
        .find(|unit| unit.eq_ignore_ascii_case(name));
    let clock = CLOCK_UNITS
        .iter()
        .find(|(unit, _)| unit.eq_ignore_ascii_case(name));
    match (days, clock) {
        (Some(unit), _) if target.has_date() || *unit == "day" => Ok(Unit::Days(unit)),
        (_, Some((_, nanos))) if target.has_time() => Ok(Unit::Clock(*nanos)),
        _ => {
            let names = DAY_UNITS.iter().copied();
            let names = names.chain(CLOCK_UNITS.iter().map(|(unit, _)| *unit));
            let message = format!("`{}.truncate()` has no unit `{name}`", target.name());
            Err(bad_value(message).nearest(nearest(name, names)))
        }
    }
}

fn start_of(unit: &Unit, whole: Parts) -> Option<Parts> {
    let time = whole.time.unwrap_or(LocalTime::MIDNIGHT).nanos;
    let (date, time) = match (unit, whole.date) {
        (Unit::Clock(nanos), date) => (date, time - time % nanos),
        (Unit::Days(unit), Some(date)) => (Some(first_day(unit, date)?), 0),
        (Unit::Days(_), None) => (None, 0),
    };
    // Another day may have another offset.
    let kept = date == whole.date;
    Some(Parts {
        date,
        time: Some(LocalTime { nanos: time }),
        offset: whole.offset.filter(|_| kept),
        zone: whole.zone,
    })
}

fn first_day(unit: &str, date: Date) -> Option<Date> {
    let (year, month, _) = date.ymd();
    let year_of = |years: i64| Date::new(year - year.rem_euclid(years), 1, 1);
    match unit {
        "millennium" => year_of(1000),
        "century" => year_of(100),
        "decade" => year_of(10),
        "year" => year_of(1),
        "weekYear" => Date::from_week(date.week().0, 1, 1),
        "quarter" => Date::from_quarter(year, date.quarter(), 1),
        "month" => Date::new(year, month, 1),
        "week" => date.plus_days(1 - date.weekday()),
        _ => Some(date),
    }
}

/// Sets fields anew. A finer part of the second is added to what the unit has kept of it, and a
/// zone is put in the place of the one that was there.
fn with_fields(
    start: Parts,
    map: &ValueMap,
    unit: &str,
    target: Target,
) -> Result<Parts, Diagnostic> {
    let mut map = map.clone();
    let nano = start.time.map_or(0, LocalTime::nano);
    let finer = map
        .keys()
        .any(|key| matches!(&**key, "microsecond" | "nanosecond"));
    let kept = match unit.to_lowercase().as_str() {
        "millisecond" if finer => Some(("millisecond", nano / 1_000_000)),
        "microsecond" if finer => Some(("microsecond", nano / 1_000)),
        _ => None,
    };
    if let Some((key, value)) = kept.filter(|(key, _)| !map.contains_key(key)) {
        map.insert(key.into(), Value::Int(value));
    }
    let fields = Fields::new(&map, target)?;
    let zone = fields.zone()?;
    Ok(Parts {
        date: fields.date(start.date)?,
        time: fields.time(start.time)?,
        offset: start.offset.filter(|_| zone.is_none()),
        zone: zone.or(start.zone),
    })
}
