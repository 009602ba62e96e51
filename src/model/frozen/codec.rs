//! A value as a short text, for columns of mixed types; only this room reads it back.
//!
//! A letter tells the type; numbers end with `;`, strings and lists begin with their length and
//! `:`. `l2:i1;s3:two` is `[1, 'two']`. Nodes, edges and paths are no property values and become
//! null, as does what is nested deeper than `DEEPEST`.

use super::filling::Given;
use crate::model::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, Value, ValueMap,
};
use std::fmt::Write as _;
use std::sync::Arc;

/// Deepest nesting that is kept.
const DEEPEST: usize = 512;

/// Writes a value.
pub(super) fn encode(value: Given<'_>) -> String {
    let mut out = String::new();
    match value {
        Given::Null => out.push('n'),
        Given::Bool(value) => put_bool(value, &mut out),
        Given::Int(value) => put_numbers('i', &[value], &mut out),
        Given::Float(value) => put_float(value, &mut out),
        Given::Text(text) => put_text(text, &mut out),
        Given::Other(value) => put(value, DEEPEST, &mut out),
    }
    out
}

/// Reads a value back; null where the text is none of ours.
pub(super) fn decode(text: &str) -> Value {
    Reader { rest: text }.value(DEEPEST).unwrap_or_default()
}

fn put(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Bool(value) => put_bool(*value, out),
        Value::Int(value) => put_numbers('i', &[*value], out),
        Value::Float(value) => put_float(*value, out),
        Value::Text(text) => put_text(text, out),
        Value::List(items) if depth > 0 => {
            put_length('l', items.len(), out);
            items.iter().for_each(|item| put(item, depth - 1, out));
        }
        Value::Map(map) if depth > 0 => {
            put_length('m', map.len(), out);
            for (key, value) in map.iter() {
                put_text(key, out);
                put(value, depth - 1, out);
            }
        }
        Value::Temporal(temporal) => put_temporal(temporal, out),
        _ => out.push('n'),
    }
}

fn put_bool(value: bool, out: &mut String) {
    out.push(if value { 't' } else { 'f' });
}

/// Writes the bits, so that NaN and infinities come back.
fn put_float(value: f64, out: &mut String) {
    put_numbers('d', &[value.to_bits() as i64], out);
}

fn put_text(text: &str, out: &mut String) {
    put_length('s', text.len(), out);
    out.push_str(text);
}

fn put_length(kind: char, length: usize, out: &mut String) {
    // A string takes whatever is written.
    let _ = write!(out, "{kind}{length}:");
}

fn put_numbers(kind: char, numbers: &[i64], out: &mut String) {
    out.push(kind);
    for number in numbers {
        let _ = write!(out, "{number};");
    }
}

fn put_temporal(temporal: &Temporal, out: &mut String) {
    match temporal {
        Temporal::Date(date) => put_numbers('D', &[date.days], out),
        Temporal::LocalTime(time) => put_numbers('L', &[time.nanos], out),
        Temporal::Time(time) => {
            put_numbers('T', &[time.local.nanos, i64::from(time.offset)], out);
        }
        Temporal::LocalDateTime(at) => put_numbers('M', &[at.date.days, at.time.nanos], out),
        Temporal::DateTime(at) => {
            let (date, time) = (at.local.date, at.local.time);
            let numbers = [date.days, time.nanos, i64::from(at.offset)];
            put_numbers('Z', &numbers, out);
            match at.zone.as_deref() {
                Some(zone) => put_text(zone, out),
                None => out.push('n'),
            }
        }
        Temporal::Duration(d) => {
            put_numbers('U', &[d.months, d.days, d.seconds, i64::from(d.nanos)], out);
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        let kind = self.rest.bytes().next()?;
        self.rest = self.rest.get(1..)?;
        Some(match kind {
            b'n' => Value::Null,
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'i' => Value::Int(self.number()?),
            b'd' => Value::Float(f64::from_bits(self.number()? as u64)),
            b's' => Value::text(self.text()?),
            b'l' => self.list(depth.checked_sub(1)?)?,
            b'm' => self.map(depth.checked_sub(1)?)?,
            _ => Value::Temporal(Arc::new(self.temporal(kind)?)),
        })
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let length = self.length()?;
        let mut items = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            items.push(self.value(depth)?);
        }
        Some(Value::list(items))
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        let length = self.length()?;
        let mut map = ValueMap::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            self.rest = self.rest.strip_prefix('s')?;
            let key = Arc::from(self.text()?);
            map.insert(key, self.value(depth)?);
        }
        Some(Value::map(map))
    }

    fn temporal(&mut self, kind: u8) -> Option<Temporal> {
        Some(match kind {
            b'D' => Temporal::Date(self.date()?),
            b'L' => Temporal::LocalTime(self.time()?),
            b'T' => Temporal::Time(Time {
                local: self.time()?,
                offset: self.small()?,
            }),
            b'M' => Temporal::LocalDateTime(self.local()?),
            b'Z' => Temporal::DateTime(DateTime {
                local: self.local()?,
                offset: self.small()?,
                zone: self.zone()?,
            }),
            b'U' => Temporal::Duration(Duration {
                months: self.number()?,
                days: self.number()?,
                seconds: self.number()?,
                nanos: self.small()?,
            }),
            _ => return None,
        })
    }

    fn date(&mut self) -> Option<Date> {
        let days = self.number()?;
        Some(Date { days })
    }

    fn time(&mut self) -> Option<LocalTime> {
        let nanos = self.number()?;
        Some(LocalTime { nanos })
    }

    fn local(&mut self) -> Option<LocalDateTime> {
        let (date, time) = (self.date()?, self.time()?);
        Some(LocalDateTime { date, time })
    }

    fn zone(&mut self) -> Option<Option<Arc<str>>> {
        Some(match self.value(1)? {
            Value::Text(zone) => Some(zone),
            _ => None,
        })
    }

    fn text(&mut self) -> Option<&'t str> {
        let length = self.length()?;
        let text = self.rest.get(..length)?;
        self.rest = self.rest.get(length..)?;
        Some(text)
    }

    fn length(&mut self) -> Option<usize> {
        self.until(b':')?.parse().ok()
    }

    fn number(&mut self) -> Option<i64> {
        self.until(b';')?.parse().ok()
    }

    fn small(&mut self) -> Option<i32> {
        self.number()?.try_into().ok()
    }

    fn until(&mut self, end: u8) -> Option<&'t str> {
        let at = self.rest.bytes().position(|byte| byte == end)?;
        let text = self.rest.get(..at)?;
        self.rest = self.rest.get(at + 1..)?;
        Some(text)
    }
}
