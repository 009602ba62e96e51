//! The text of temporal values: ISO 8601 as openCypher's `toString()` gives it.
//!
//! Seconds are left out where they are zero, fractions have up to nine digits without zeros at the
//! end, an offset of zero is `Z`.

use super::Date;
use super::DateTime;
use super::Duration;
use super::LocalDateTime;
use super::LocalTime;
use super::Temporal;
use super::Time;
use super::clock::SECOND;
use std::fmt;
use std::fmt::Display;
use std::fmt::Formatter;

impl Display for Temporal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::LocalTime(time) => time.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::LocalDateTime(local) => local.fmt(f),
            Self::DateTime(instant) => instant.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        match year {
            0..=9999 => write!(f, "{year:04}")?,
            10_000.. => write!(f, "+{year}")?,
            _ => write!(f, "-{:04}", year.unsigned_abs())?,
        }
        write!(f, "-{month:02}-{day:02}")
    }
}

impl Display for LocalTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        if self.nanos % (60 * SECOND) != 0 {
            write!(f, ":{:02}", self.second())?;
            write_fraction(f, self.nano())?;
        }
        Ok(())
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, Offset(self.offset))
    }
}

impl Display for LocalDateTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}

impl Display for DateTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, Offset(self.offset))?;
        match &self.zone {
            Some(zone) => write!(f, "[{zone}]"),
            None => Ok(()),
        }
    }
}

/// An offset from UTC in seconds, for its text: `Z`, `+01:00`, `+00:53:28`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset(pub i32);

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("Z");
        }
        let sign = if self.0 < 0 { '-' } else { '+' };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", size / 3600, size / 60 % 60)?;
        match size % 60 {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"),
        }
    }
}

impl Display for Duration {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        write_part(f, self.months / 12, "Y")?;
        write_part(f, self.months % 12, "M")?;
        write_part(f, self.days, "D")?;
        let clock = self.clock_nanos();
        if clock == 0 {
            let nothing = self.months == 0 && self.days == 0;
            return f.write_str(if nothing { "T0S" } else { "" });
        }
        f.write_str("T")?;
        let minute = i128::from(60 * SECOND);
        // Seconds are kept in 64 bits, so that their hours fit as well.
        write_part(f, (clock / (60 * minute)) as i64, "H")?;
        write_part(f, (clock / minute % 60) as i64, "M")?;
        write_seconds(f, (clock % minute) as i64)
    }
}

fn write_part(f: &mut Formatter<'_>, number: i64, unit: &str) -> fmt::Result {
    match number {
        0 => Ok(()),
        number => write!(f, "{number}{unit}"),
    }
}

fn write_seconds(f: &mut Formatter<'_>, nanos: i64) -> fmt::Result {
    if nanos == 0 {
        return Ok(());
    }
    let sign = if nanos < 0 { "-" } else { "" };
    write!(f, "{sign}{}", (nanos / SECOND).abs())?;
    write_fraction(f, (nanos % SECOND).abs())?;
    f.write_str("S")
}

fn write_fraction(f: &mut Formatter<'_>, nanos: i64) -> fmt::Result {
    if nanos == 0 {
        return Ok(());
    }
    let digits = format!("{nanos:09}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}
