//! ISO 8601 texts of instants: the basic and the extended form, calendar, week, quarter and
//! ordinal dates, offsets and named zones.

use super::super::error::bad_value;
use super::parts::Parts;
use super::parts::Target;
use crate::diag::Diagnostic;
use crate::model::Date;
use crate::model::LocalTime;
use crate::query::ops;
use crate::query::ops::Zone;

/// Reads a text as an instant of the type that is wanted.
pub(super) fn parse(text: &str, target: Target) -> Result<Parts, Diagnostic> {
    let parts = match target {
        Target::Date => date(text).map(|date| (Some(date), None)),
        Target::LocalTime | Target::Time => Some((None, Some(text))),
        Target::LocalDateTime | Target::DateTime => match text.split_once(['T', 't']) {
            Some((day, time)) => date(day).map(|date| (Some(date), Some(time))),
            None => date(text).map(|date| (Some(date), None)),
        },
    };
    let (date, rest) = parts.ok_or_else(|| unread(text, target))?;
    let mut parts = Parts {
        date,
        ..Parts::default()
    };
    if let Some(rest) = rest {
        let (clock, zone) = split_zone(rest);
        parts.time = Some(time(clock).ok_or_else(|| unread(text, target))?);
        if !zone.is_empty() {
            if !target.has_zone() {
                return Err(unread(text, target).help("this type has no time zone"));
            }
            add_zone(&mut parts, zone)
                .map_err(|error| error.unwrap_or_else(|| unread(text, target)))?;
        }
    }
    Ok(parts)
}

fn unread(text: &str, target: Target) -> Diagnostic {
    let example = match target {
        Target::Date => "`2015-07-21`, `2015-W30-2` or `2015-202`",
        Target::LocalTime => "`21:40:32.142`",
        Target::Time => "`21:40:32.142+01:00`",
        Target::LocalDateTime => "`2015-07-21T21:40:32.142`",
        Target::DateTime => "`2015-07-21T21:40:32.142+01:00[Europe/London]`",
    };
    bad_value(format!("`{text}` cannot be read as {}", target.name())).expected(example)
}

/// Cuts off what begins with a zone's first sign.
fn split_zone(text: &str) -> (&str, &str) {
    let at = text.find(['Z', 'z', '+', '-', '[']).unwrap_or(text.len());
    text.split_at(at)
}

/// Adds offset and zone; an error without words where they cannot be read.
fn add_zone(parts: &mut Parts, text: &str) -> Result<(), Option<Diagnostic>> {
    let (offset, name) = match text.split_once('[') {
        Some((offset, name)) => (offset, Some(name.strip_suffix(']').ok_or(None)?)),
        None => (text, None),
    };
    if !offset.is_empty() {
        parts.offset = Some(ops::parse_offset(offset).ok_or(None)?);
    }
    parts.zone = match (name, parts.offset) {
        (Some(name), _) => Some(Zone::parse(name)?),
        (None, Some(offset)) => Some(Zone::Fixed(offset)),
        (None, None) => None,
    };
    match (parts.offset, parts.instant()) {
        (Some(offset), Some(instant)) if instant.offset != offset => Err(Some(bad_value(format!(
            "the offset in `{text}` does not hold there and then"
        )))),
        _ => Ok(()),
    }
}

/// Reads a date: a year, alone or with month, month and day, week, quarter or day of the year.
fn date(text: &str) -> Option<Date> {
    let (year, rest) = year(text)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(week) = rest.strip_prefix(['W', 'w']) {
        let (week, day) = pair(week, 2)?;
        return Date::from_week(year, number(week)?, number_or(day, 1)?);
    }
    if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
        let (quarter, day) = pair(quarter, 1)?;
        return Date::from_quarter(year, number(quarter)?, number_or(day, 1)?);
    }
    if rest.len() == 3 && !rest.contains('-') {
        return Date::from_ordinal(year, number(rest)?);
    }
    if rest.is_empty() {
        return Date::new(year, 1, 1);
    }
    let (month, day) = pair(rest, 2)?;
    let two = |part: &str| part.len() == 2 || part.is_empty();
    two(day).then_some(())?;
    Date::new(year, number(month)?, number_or(day, 1)?)
}

/// Reads four digits, or a sign and up to nine digits before a dash or the end.
fn year(text: &str) -> Option<(i64, &str)> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", rest) => (-1, rest),
        ("+", rest) => (1, rest),
        _ => {
            let (year, rest) = text.split_at_checked(4)?;
            return Some((number(year)?, rest));
        }
    };
    let end = digits.find('-').unwrap_or(digits.len());
    let (year, rest) = digits.split_at(end);
    (1..=9).contains(&year.len()).then_some(())?;
    Some((sign * number(year)?, rest))
}

/// Cuts a text behind so many characters; a dash between the parts is left out.
fn pair(text: &str, first: usize) -> Option<(&str, &str)> {
    let (first, rest) = text.split_at_checked(first)?;
    match rest.strip_prefix('-') {
        Some("") => None,
        Some(rest) => Some((first, rest)),
        None => Some((first, rest)),
    }
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn number_or(text: &str, otherwise: i64) -> Option<i64> {
    if text.is_empty() {
        Some(otherwise)
    } else {
        number(text)
    }
}

/// Reads a time of day: `21`, `2140`, `21:40`, `214032.142`, `21:40:32.142`.
pub(super) fn time(text: &str) -> Option<LocalTime> {
    let (clock, fraction) = match text.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = match clock.contains(':') {
        true => clock.split(':').collect(),
        false => clock
            .as_bytes()
            .chunks(2)
            .filter_map(|two| std::str::from_utf8(two).ok())
            .collect(),
    };
    let known = (1..=3).contains(&parts.len()) && parts.iter().all(|part| part.len() == 2);
    let complete = fraction.is_none() || parts.len() == 3;
    (known && complete).then_some(())?;
    let part = |at: usize| parts.get(at).map_or(Some(0), |part| number(part));
    LocalTime::new(
        part(0)?,
        part(1)?,
        part(2)?,
        fraction.map_or(Some(0), nanos)?,
    )
}

/// Reads up to nine digits behind the point as nanoseconds.
fn nanos(digits: &str) -> Option<i64> {
    (1..=9).contains(&digits.len()).then_some(())?;
    number(&format!("{digits:0<9}"))
}
