//! Making durations: of a text, of a map of parts, of another duration.

use super::super::Context;
use super::super::error::bad_value;
use super::parse;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Duration;
use crate::model::LocalTime;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::ValueMap;
use crate::model::temporal::Decimal;
use crate::query::ops;
use std::sync::Arc;

/// A part of a duration: its name in a map, its letter in a text, what it is made of.
struct Unit {
    name: &'static str,
    letter: char,
    /// Which of the four parts it counts for.
    part: usize,
    /// How many of that part it is.
    factor: i64,
}

const MONTHS: usize = 0;
const DAYS: usize = 1;
const SECONDS: usize = 2;
const NANOS: usize = 3;

const fn unit(name: &'static str, letter: char, part: usize, factor: i64) -> Unit {
    Unit {
        name,
        letter,
        part,
        factor,
    }
}

/// All units; those of the calendar come before those of the clock.
const UNITS: &[Unit] = &[
    unit("years", 'Y', MONTHS, 12),
    unit("quarters", 'Q', MONTHS, 3),
    unit("months", 'M', MONTHS, 1),
    unit("weeks", 'W', DAYS, 7),
    unit("days", 'D', DAYS, 1),
    unit("hours", 'H', SECONDS, 3600),
    unit("minutes", 'M', SECONDS, 60),
    unit("seconds", 'S', SECONDS, 1),
    unit("milliseconds", ' ', NANOS, 1_000_000),
    unit("microseconds", ' ', NANOS, 1_000),
    unit("nanoseconds", ' ', NANOS, 1),
];

/// The four parts while they are being summed up.
#[derive(Default)]
struct Sum([Decimal; 4]);

impl Sum {
    fn add(&mut self, unit: &Unit, amount: Decimal) -> Option<()> {
        let amount = amount.times(unit.factor)?;
        self.0[unit.part] = self.0[unit.part].plus(amount)?;
        Some(())
    }

    fn duration(&self) -> Option<Duration> {
        let [months, days, seconds, nanos] = self.0;
        Duration::from_decimals(months, days, seconds, nanos)
    }
}

/// `duration(…)`.
pub(super) fn duration(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    let length = match &arguments[0] {
        Value::Text(text) => of_text(text)?,
        Value::Map(map) if map.values().any(Value::is_null) => return Ok(Value::Null),
        Value::Map(map) => of_map(map)?,
        other => return Ok(other.clone()),
    };
    Ok(Value::Temporal(Arc::new(Temporal::Duration(length))))
}

fn of_map(map: &ValueMap) -> Result<Duration, Diagnostic> {
    let mut sum = Sum::default();
    for (key, value) in map {
        let unit = UNITS
            .iter()
            .find(|unit| unit.name == &**key)
            .ok_or_else(|| {
                bad_value(format!("a duration has no `{key}`"))
                    .nearest(nearest(key, UNITS.iter().map(|unit| unit.name)))
            })?;
        let amount = match value {
            Value::Int(int) => Some(Decimal::from(*int)),
            Value::Float(float) => Decimal::from_float(*float),
            other => {
                let message = format!("`{key}` must be a number, not {}", other.type_name());
                return Err(bad_value(message));
            }
        };
        let amount = amount.ok_or_else(ops::out_of_range)?;
        sum.add(unit, amount).ok_or_else(ops::out_of_range)?;
    }
    sum.duration().ok_or_else(ops::out_of_range)
}

fn of_text(text: &str) -> Result<Duration, Diagnostic> {
    let unread = || {
        bad_value(format!("`{text}` cannot be read as a duration"))
            .expected("`P1Y2M3DT4H5M6.7S` or `P2012-02-02T14:37:21.545`")
    };
    let (body, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let body = body.strip_prefix(['P', 'p']).ok_or_else(unread)?;
    let length = by_units(body)
        .or_else(|| by_date(body))
        .ok_or_else(unread)?;
    match negative {
        true => length.negated().ok_or_else(ops::out_of_range),
        false => Ok(length),
    }
}

/// Reads `1Y2M3DT4H5M6.7S`: amounts with letters, each unit once, longest first.
fn by_units(body: &str) -> Option<Duration> {
    let (calendar, clock) = match body.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some((calendar, clock)) => (calendar, clock),
        None if body.is_empty() => return None,
        None => (body, ""),
    };
    let is_clock = |unit: &&Unit| unit.part == SECONDS;
    let mut sum = Sum::default();
    let calendar_units = UNITS.iter().filter(|unit| unit.part < SECONDS).collect();
    amounts(calendar, calendar_units, &mut sum)?;
    amounts(clock, UNITS.iter().filter(is_clock).collect(), &mut sum)?;
    sum.duration()
}

fn amounts(mut text: &str, units: Vec<&Unit>, sum: &mut Sum) -> Option<()> {
    let mut units = units.into_iter();
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (amount, rest) = text.split_at(end);
        let letter = rest.chars().next()?.to_ascii_uppercase();
        let unit = units.find(|unit| unit.letter == letter)?;
        sum.add(unit, Decimal::parse(amount)?)?;
        text = &rest[1..];
    }
    Some(())
}

/// Reads `2012-02-02T14:37:21.545`: years, months, days and a time of day.
fn by_date(body: &str) -> Option<Duration> {
    let (date, clock) = match body.split_once(['T', 't']) {
        Some((date, clock)) => (date, Some(clock)),
        None => (body, None),
    };
    let digits: String = date.chars().filter(|c| *c != '-').collect();
    let plain = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    let dashes = date.len() == 8 || date.len() == 10 && date.split('-').count() == 3;
    (plain && dashes).then_some(())?;
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i64>().ok();
    let months = part(0, 4)? * 12 + part(4, 6)?;
    let time = clock.map_or(Some(LocalTime::MIDNIGHT), parse::time)?;
    Duration::new(months, part(6, 8)?, i128::from(time.nanos))
}
