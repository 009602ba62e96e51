//! What lies between two instants, as a duration.
//!
//! What one of them lacks it takes from the other: the zone, and the date. Without a time it is
//! midnight. Months and days are only counted where both came with a date.

use super::super::Context;
use super::parts::Parts;
use crate::diag::Diagnostic;
use crate::model::DateTime;
use crate::model::Duration;
use crate::model::LocalDateTime;
use crate::model::LocalTime;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::temporal::DAY;
use crate::query::ops;
use crate::query::ops::Zone;
use std::sync::Arc;

/// `duration.between(from, to)`: months, days and the rest.
pub(super) fn between(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    measured(arguments, |span| {
        if !span.dated {
            return Duration::new(0, 0, span.nanos());
        }
        let months = span.from.months_until(span.to);
        let rest = span.after(months, 0)?;
        let days = rest.days();
        let rest = span.after(months, days)?;
        Duration::new(months, days, rest.nanos())
    })
}

/// `duration.inMonths(from, to)`.
pub(super) fn in_months(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    measured(arguments, |span| {
        let months = if span.dated {
            span.from.months_until(span.to)
        } else {
            0
        };
        Duration::new(months, 0, 0)
    })
}

/// `duration.inDays(from, to)`.
pub(super) fn in_days(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    measured(arguments, |span| {
        let days = if span.dated { span.days() } else { 0 };
        Duration::new(0, days, 0)
    })
}

/// `duration.inSeconds(from, to)`.
pub(super) fn in_seconds(_: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
    measured(arguments, |span| Duration::new(0, 0, span.nanos()))
}

/// Two instants on the clocks of one zone.
struct Span {
    zone: Zone,
    from: LocalDateTime,
    to: LocalDateTime,
    start: DateTime,
    end: DateTime,
    /// Both came with a date.
    dated: bool,
}

impl Span {
    fn nanos(&self) -> i128 {
        self.end.instant() - self.start.instant()
    }

    fn days(&self) -> i64 {
        // Years are bounded, so that the days fit with ease.
        ((self.to.nanos() - self.from.nanos()) / i128::from(DAY)) as i64
    }

    /// Gives what is left after months and days.
    fn after(&self, months: i64, days: i64) -> Option<Self> {
        let date = self.from.date.plus_months(months)?.plus_days(days)?;
        let from = LocalDateTime { date, ..self.from };
        let start = match from == self.from {
            true => self.start.clone(),
            false => self.zone.at_local(from, Some(self.start.offset))?,
        };
        Some(Self {
            zone: self.zone.clone(),
            from,
            to: self.to,
            start,
            end: self.end.clone(),
            dated: self.dated,
        })
    }
}

fn measured(
    arguments: &[Value],
    measure: impl Fn(Span) -> Option<Duration>,
) -> Result<Value, Diagnostic> {
    let from = Parts::of_value(&arguments[0], "from")?;
    let to = Parts::of_value(&arguments[1], "to")?;
    let length = span(from, to).and_then(measure);
    let length = length.ok_or_else(ops::out_of_range)?;
    Ok(Value::Temporal(Arc::new(Temporal::Duration(length))))
}

fn span(from: Parts, to: Parts) -> Option<Span> {
    let dated = from.date.is_some() && to.date.is_some();
    let zone = from.zone.clone().or(to.zone.clone()).unwrap_or(Zone::UTC);
    let day = from.date.or(to.date).unwrap_or(EPOCH);
    let complete = |parts: Parts| Parts {
        date: parts.date.or(Some(day)),
        time: parts.time.or(Some(LocalTime::MIDNIGHT)),
        zone: parts.zone.or(Some(zone.clone())),
        offset: parts.offset,
    };
    let (start, end) = (complete(from).instant()?, complete(to).instant()?);
    let to = zone.at_instant(end.instant())?.local;
    Some(Span {
        from: start.local,
        to,
        start,
        end,
        dated,
        zone,
    })
}

/// The day on which times without a date are compared.
const EPOCH: crate::model::Date = crate::model::Date { days: 0 };
