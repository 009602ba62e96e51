//! A temporal value taken apart: date, time and zone, as far as it has them.

use super::super::error::bad_value;
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::model::DateTime;
use crate::model::LocalDateTime;
use crate::model::LocalTime;
use crate::model::Temporal;
use crate::model::Time;
use crate::model::Value;
use crate::query::ops;
use crate::query::ops::Zone;
use std::sync::Arc;

/// The five types of instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
}

impl Target {
    /// Names the constructor.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
        }
    }

    pub(super) fn has_date(self) -> bool {
        !matches!(self, Self::LocalTime | Self::Time)
    }

    pub(super) fn has_time(self) -> bool {
        self != Self::Date
    }

    pub(super) fn has_zone(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }
}

/// What is known of an instant.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) date: Option<Date>,
    pub(super) time: Option<LocalTime>,
    pub(super) zone: Option<Zone>,
    /// The offset that was written or that holds, which tells apart the two hours when clocks are
    /// put back.
    pub(super) offset: Option<i32>,
}

impl Parts {
    /// Takes a temporal value apart; `None` for a duration.
    pub(super) fn of(temporal: &Temporal) -> Result<Option<Self>, Diagnostic> {
        let (date, time, zone, offset) = match temporal {
            Temporal::Date(date) => (Some(*date), None, None, None),
            Temporal::LocalTime(time) => (None, Some(*time), None, None),
            Temporal::Time(time) => {
                let zone = Zone::Fixed(time.offset);
                (None, Some(time.local), Some(zone), Some(time.offset))
            }
            Temporal::LocalDateTime(local) => (Some(local.date), Some(local.time), None, None),
            Temporal::DateTime(instant) => {
                let local = instant.local;
                let zone = Zone::of(instant)?;
                (
                    Some(local.date),
                    Some(local.time),
                    Some(zone),
                    Some(instant.offset),
                )
            }
            Temporal::Duration(_) => return Ok(None),
        };
        Ok(Some(Self {
            date,
            time,
            zone,
            offset,
        }))
    }

    /// Takes the value of an argument or of a field apart.
    pub(super) fn of_value(value: &Value, what: &str) -> Result<Self, Diagnostic> {
        let parts = match value {
            Value::Temporal(temporal) => Self::of(temporal)?,
            _ => None,
        };
        parts.ok_or_else(|| {
            bad_value(format!(
                "`{what}` must be an instant, not {}",
                value.type_name()
            ))
            .expected("a date, a time or a date with a time")
        })
    }

    /// Takes an instant apart as the clocks of a zone show it.
    pub(super) fn at(nanos: i128, zone: &Zone) -> Result<Self, Diagnostic> {
        let shown = zone.at_instant(nanos).ok_or_else(ops::out_of_range)?;
        Ok(Self {
            date: Some(shown.local.date),
            time: Some(shown.local.time),
            zone: Some(zone.clone()),
            offset: Some(shown.offset),
        })
    }

    /// Gives date and time, at midnight where there is no time.
    pub(super) fn local(&self) -> Option<LocalDateTime> {
        Some(LocalDateTime {
            date: self.date?,
            time: self.time.unwrap_or(LocalTime::MIDNIGHT),
        })
    }

    /// Gives the instant, in UTC where there is no zone.
    pub(super) fn instant(&self) -> Option<DateTime> {
        let zone = self.zone.as_ref().unwrap_or(&Zone::UTC);
        zone.at_local(self.local()?, self.offset)
    }

    /// Gives the offset of the zone at this time; of a named zone without a date, at instant `now`.
    fn offset_now(&self, now: i128) -> Option<i32> {
        match (&self.zone, self.offset) {
            (_, Some(offset)) => Some(offset),
            (None, None) => Some(0),
            (Some(zone), None) => match self.date {
                Some(_) => self.instant().map(|instant| instant.offset),
                None => zone.offset_at(now),
            },
        }
    }

    /// Shows the same instant in another zone. Needs a zone of its own; a time without a date is
    /// moved around midnight.
    pub(super) fn moved_to(self, zone: Zone, now: i128) -> Option<Self> {
        if self.date.is_some() {
            let instant = self.instant()?.instant();
            return Self::at(instant, &zone).ok();
        }
        let from = self.offset_now(now)?;
        let to = zone.offset_at(now)?;
        let change = i128::from(to - from) * i128::from(crate::model::temporal::SECOND);
        Some(Self {
            time: self.time.map(|time| time.plus_nanos(change)),
            zone: Some(zone),
            offset: Some(to),
            date: None,
        })
    }

    /// Makes a value of the type that is wanted.
    pub(super) fn finish(self, target: Target, now: i128) -> Result<Value, Diagnostic> {
        let missing = || {
            let what = if target.has_date() && self.date.is_none() {
                "date"
            } else {
                "time"
            };
            bad_value(format!("`{}()` needs a {what}", target.name()))
        };
        let temporal = match target {
            Target::Date => Temporal::Date(self.date.ok_or_else(missing)?),
            Target::LocalTime => Temporal::LocalTime(self.time.ok_or_else(missing)?),
            Target::Time => Temporal::Time(Time {
                local: self.time.ok_or_else(missing)?,
                offset: self.offset_now(now).ok_or_else(ops::out_of_range)?,
            }),
            Target::LocalDateTime => Temporal::LocalDateTime(self.local().ok_or_else(missing)?),
            Target::DateTime => {
                self.date.ok_or_else(missing)?;
                Temporal::DateTime(self.instant().ok_or_else(ops::out_of_range)?)
            }
        };
        Ok(Value::Temporal(Arc::new(temporal)))
    }
}
