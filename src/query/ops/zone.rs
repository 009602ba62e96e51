//! Time zones: fixed offsets and named zones with their history (jiff's bundled tables).
//!
//! The tables reach from year -9999 to 9999; years beyond are looked up in one with the same
//! calendar, four hundred years being a whole number of weeks.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::DateTime;
use crate::model::LocalDateTime;
use crate::model::temporal::SECOND;
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::AmbiguousOffset;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// The largest offset from UTC in either direction: 18 hours.
const LARGEST: i32 = 18 * 3600;
/// Years that are looked up as they are.
const TABLED: std::ops::RangeInclusive<i64> = -9_000..=9_000;
/// The era of 400 years, before and after year 0, in which years beyond are looked up.
const LAST_ERA: i64 = 22;
/// Nanoseconds in 400 years.
const ERA_NANOS: i128 = 146_097 * 86_400 * 1_000_000_000;

/// A time zone.
#[derive(Clone, Debug)]
pub(crate) enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// A zone with a name and a history.
    Named(Arc<str>, TimeZone),
}

impl Zone {
    /// UTC.
    pub(crate) const UTC: Self = Self::Fixed(0);

    /// Reads `Z`, `+01:00`, `-0130`, `+05` or a name such as `Europe/Stockholm`.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        if let Some(offset) = parse_offset(text) {
            return Ok(Self::Fixed(offset));
        }
        let zone = TimeZone::get(text).map_err(|_| unknown(text))?;
        let name = zone.iana_name().unwrap_or(text).into();
        Ok(Self::Named(name, zone))
    }

    /// Gives the zone of an instant.
    pub(crate) fn of(instant: &DateTime) -> Result<Self, Diagnostic> {
        match &instant.zone {
            Some(name) => Self::parse(name),
            None => Ok(Self::Fixed(instant.offset)),
        }
    }

    fn name(&self) -> Option<Arc<str>> {
        match self {
            Self::Fixed(_) => None,
            Self::Named(name, _) => Some(Arc::clone(name)),
        }
    }

    /// Gives the instant at which the clocks of the zone show a date and time. Of two such instants
    /// it is the one with offset `wanted`, else the first; where clocks skip that time, it is as much
    /// later as they skip.
    pub(crate) fn at_local(&self, local: LocalDateTime, wanted: Option<i32>) -> Option<DateTime> {
        let (offset, skipped) = match self.offsets(local)? {
            AmbiguousOffset::Unambiguous { offset } => (offset.seconds(), 0),
            AmbiguousOffset::Gap { before, after } => {
                (after.seconds(), after.seconds() - before.seconds())
            }
            AmbiguousOffset::Fold { after, .. } if wanted == Some(after.seconds()) => {
                (after.seconds(), 0)
            }
            AmbiguousOffset::Fold { before, .. } => (before.seconds(), 0),
        };
        let skipped = i128::from(skipped) * i128::from(SECOND);
        Some(DateTime {
            local: LocalDateTime::from_nanos(local.nanos() + skipped)?,
            offset,
            zone: self.name(),
        })
    }

    /// Gives an instant (nanoseconds since 1970-01-01T00:00Z) as the clocks of the zone show it.
    pub(crate) fn at_instant(&self, nanos: i128) -> Option<DateTime> {
        let offset = self.offset_at(nanos)?;
        let local = nanos + i128::from(offset) * i128::from(SECOND);
        Some(DateTime {
            local: LocalDateTime::from_nanos(local)?,
            offset,
            zone: self.name(),
        })
    }

    /// Gives the seconds east of UTC that hold at an instant.
    pub(crate) fn offset_at(&self, nanos: i128) -> Option<i32> {
        let zone = match self {
            Self::Fixed(offset) => return Some(*offset),
            Self::Named(_, zone) => zone,
        };
        let year = LocalDateTime::from_nanos(nanos)?.date.year();
        let nanos = nanos + i128::from(eras_away(year)) * ERA_NANOS;
        let seconds = i64::try_from(nanos.div_euclid(i128::from(SECOND))).ok()?;
        let timestamp = Timestamp::from_second(seconds).ok()?;
        Some(zone.to_offset(timestamp).seconds())
    }

    fn offsets(&self, local: LocalDateTime) -> Option<AmbiguousOffset> {
        let zone = match self {
            Self::Fixed(offset) => {
                let offset = jiff::tz::Offset::from_seconds(*offset).ok()?;
                return Some(AmbiguousOffset::Unambiguous { offset });
            }
            Self::Named(_, zone) => zone,
        };
        Some(zone.to_ambiguous_timestamp(civil(local)?).offset())
    }
}

fn unknown(text: &str) -> Diagnostic {
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    Diagnostic::error(
        &Code::INVALID_ARGUMENT_VALUE,
        format!("`{text}` is not a time zone"),
    )
    .expected("an offset such as `+01:00`, or a name such as `Europe/Stockholm`")
    .nearest(nearest(text, names.iter().map(String::as_str)))
}

/// Gives how many times 400 years lead from a year to one within the tables.
fn eras_away(year: i64) -> i64 {
    match year {
        year if TABLED.contains(&year) => 0,
        year if year > 0 => LAST_ERA - year.div_euclid(400),
        year => -LAST_ERA - year.div_euclid(400),
    }
}

fn civil(local: LocalDateTime) -> Option<civil::DateTime> {
    let (year, month, day) = local.date.ymd();
    let year = year + eras_away(year) * 400;
    let time = local.time;
    civil::DateTime::new(
        i16::try_from(year).ok()?,
        month as i8,
        day as i8,
        time.hour() as i8,
        time.minute() as i8,
        time.second() as i8,
        time.nano() as i32,
    )
    .ok()
}

/// Reads an offset: `Z`, or a sign with `HH`, `HHMM`, `HH:MM`, `HHMMSS` or `HH:MM:SS`.
pub(crate) fn parse_offset(text: &str) -> Option<i32> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let parts: Vec<&str> = match digits.contains(':') {
        true => digits.split(':').collect(),
        false => digits
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).unwrap_or(""))
            .collect(),
    };
    let known = parts.len() <= 3 && parts.iter().all(|part| is_pair(part));
    let part = |at: usize| {
        parts
            .get(at)
            .map_or(Some(0), |part| part.parse::<i32>().ok())
    };
    let (hours, minutes, seconds) = (part(0)?, part(1)?, part(2)?);
    let offset = hours * 3600 + minutes * 60 + seconds;
    (known && minutes < 60 && seconds < 60 && offset <= LARGEST).then_some(sign * offset)
}

fn is_pair(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())
}
