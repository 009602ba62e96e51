//! Making instants: of now, of a text, of a map of fields, of another instant, of an epoch.

use super::super::Context;
use super::super::error::bad_value;
use super::super::error::int;
use super::fields::Fields;
use super::parse::parse;
use super::parts::Parts;
use super::parts::Target;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::model::ValueMap;
use crate::model::temporal::SECOND;
use crate::query::ops;
use crate::query::ops::Zone;

/// `date(…)` and its kin.
pub(super) fn make(
    target: Target,
    context: &Context<'_>,
    arguments: &[Value],
) -> Result<Value, Diagnostic> {
    let now = context.clock.statement();
    let parts = match arguments.first() {
        None => Parts::at(now, &Zone::UTC)?,
        Some(Value::Text(text)) => parse(text, target)?,
        Some(Value::Map(map)) if map.values().any(Value::is_null) => return Ok(Value::Null),
        Some(Value::Map(map)) => of_map(map, target, now)?,
        Some(other) => Parts::of_value(other, "from")?,
    };
    parts.finish(target, now)
}

/// `date.statement([zone])` and its kin: an instant in a zone.
pub(super) fn show(target: Target, now: i128, arguments: &[Value]) -> Result<Value, Diagnostic> {
    let zone = match arguments.first() {
        Some(Value::Text(text)) => Zone::parse(text)?,
        Some(Value::Map(map)) => Fields::new(map, target)?.zone()?.unwrap_or(Zone::UTC),
        _ => Zone::UTC,
    };
    Parts::at(now, &zone)?.finish(target, now)
}

fn of_map(map: &ValueMap, target: Target, now: i128) -> Result<Parts, Diagnostic> {
    let fields = Fields::new(map, target)?;
    let zone = fields.zone()?;
    if let Some(zone) = zone.as_ref().filter(|_| fields.only_zone()) {
        return Parts::at(now, zone);
    }
    let base = base(fields)?;
    let from = base.zone.is_some();
    let parts = Parts {
        date: fields.date(base.date)?,
        time: fields.time(base.time)?,
        ..base
    };
    match zone {
        Some(zone) if from => parts.moved_to(zone, now).ok_or_else(ops::out_of_range),
        Some(zone) => Ok(Parts {
            zone: Some(zone),
            ..parts
        }),
        None => Ok(parts),
    }
}

/// Gives what the fields stand on: `datetime`, or `date` and `time`, or an epoch.
fn base(fields: Fields<'_>) -> Result<Parts, Diagnostic> {
    if let Some(epoch) = epoch(fields)? {
        return Parts::at(epoch, &Zone::UTC);
    }
    let given = |key: &str| fields.value(key).map(|value| Parts::of_value(value, key));
    let (whole, date, time) = (given("datetime"), given("date"), given("time"));
    if let Some(whole) = whole {
        return match date.is_none() && time.is_none() {
            true => whole,
            false => Err(bad_value("`datetime` stands beside `date` or `time`")),
        };
    }
    let mut base = time.transpose()?.unwrap_or_default();
    if fields.value("time").is_some() && base.time.is_none() {
        return Err(bad_value("`time` has no time in it"));
    }
    base.date = date.transpose()?.and_then(|date| date.date);
    if fields.value("date").is_some() && base.date.is_none() {
        return Err(bad_value("`date` has no date in it"));
    }
    Ok(base)
}

fn epoch(fields: Fields<'_>) -> Result<Option<i128>, Diagnostic> {
    let (seconds, millis) = (fields.int("epochSeconds")?, fields.int("epochMillis")?);
    Ok(match (seconds, millis) {
        (Some(seconds), _) => Some(i128::from(seconds) * i128::from(SECOND)),
        (None, Some(millis)) => Some(i128::from(millis) * 1_000_000),
        (None, None) => None,
    })
}

/// `datetime.fromepoch(seconds, nanoseconds)`.
pub(super) fn from_epoch(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    let seconds = i128::from(int(arguments, 0)) * i128::from(SECOND);
    let nanos = seconds + i128::from(int(arguments, 1));
    Parts::at(nanos, &Zone::UTC)?.finish(Target::DateTime, nanos)
}

/// `datetime.fromepochmillis(milliseconds)`.
pub(super) fn from_epoch_millis(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    let nanos = i128::from(int(arguments, 0)) * 1_000_000;
    Parts::at(nanos, &Zone::UTC)?.finish(Target::DateTime, nanos)
}
