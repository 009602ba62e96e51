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
        Some(instant) => Parts::of_value(instant, "what is truncated")?,
        None => Parts::at(now, &Zone::UTC)?,
    };
    let unit = text(arguments, 0);
    let start = start_of(unit, &whole, target)?;
    let parts = match arguments.get(2) {
        Some(Value::Map(map)) => with_fields(start, map, unit, target)?,
        _ => start,
    };
    parts.finish(target, now)
}

fn start_of(unit: &str, whole: &Parts, target: Target) -> Result<Parts, Diagnostic> {
    let clock_unit = CLOCK_UNITS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit));
    let day_unit = DAY_UNITS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(unit));
    let time = whole.time.unwrap_or(LocalTime::MIDNIGHT);
    let too_fine = !target.has_time() && clock_unit.is_some();
    let too_coarse = !target.has_date() && day_unit.is_some_and(|unit| *unit != "day");
    if too_fine || too_coarse || clock_unit.is_none() && day_unit.is_none() {
        let names = DAY_UNITS
            .iter()
            .copied()
            .chain(CLOCK_UNITS.iter().map(|(name, _)| *name));
        let message = format!("`{}.truncate()` has no unit `{unit}`", target.name());
        return Err(bad_value(message).nearest(nearest(unit, names)));
    }
    let cut = |(_, nanos): &(&str, i64)| LocalTime {
        nanos: time.nanos - time.nanos % nanos,
    };
    let date = match (whole.date, day_unit) {
        (Some(date), Some(unit)) => Some(first_day(unit, date).ok_or_else(ops::out_of_range)?),
        (date, _) => date,
    };
    Ok(Parts {
        date,
        time: Some(clock_unit.map_or(LocalTime::MIDNIGHT, cut)),
        zone: whole.zone.clone(),
        offset: whole
            .offset
            .filter(|_| day_unit.is_none() || date.is_none()),
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
    if let Some((key, value)) = kept {
        map.entry(key.into()).or_insert(Value::Int(value));
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
