//! A value as a line of JSON, for columns of mixed types; only this room reads it back.
//!
//! Nodes, edges and paths are no property values and become null.

use crate::model::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, Value, ValueMap,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How values are written. Names are short because a large estate has many.
#[derive(Serialize, Deserialize)]
enum Written {
    #[serde(rename = "n")]
    Null,
    #[serde(rename = "b")]
    Bool(bool),
    #[serde(rename = "i")]
    Int(i64),
    /// The bits, so that NaN and infinities come back.
    #[serde(rename = "f")]
    Float(u64),
    #[serde(rename = "s")]
    Text(String),
    #[serde(rename = "l")]
    List(Vec<Written>),
    #[serde(rename = "m")]
    Map(Vec<(String, Written)>),
    #[serde(rename = "d")]
    Date(i64),
    #[serde(rename = "lt")]
    LocalTime(i64),
    #[serde(rename = "t")]
    Time(i64, i32),
    #[serde(rename = "ld")]
    LocalDateTime(i64, i64),
    #[serde(rename = "dt")]
    DateTime(i64, i64, i32, Option<String>),
    #[serde(rename = "du")]
    Duration(i64, i64, i64, i32),
}

/// Writes a value.
pub(super) fn encode(value: &Value) -> String {
    serde_json::to_string(&write(value)).unwrap_or_default()
}

/// Reads a value back; null where the text is none of ours.
pub(super) fn decode(text: &str) -> Value {
    serde_json::from_str(text).map_or(Value::Null, read)
}

fn write(value: &Value) -> Written {
    match value {
        Value::Null | Value::Node(_) | Value::Edge(_) | Value::Path(_) => Written::Null,
        Value::Bool(value) => Written::Bool(*value),
        Value::Int(value) => Written::Int(*value),
        Value::Float(value) => Written::Float(value.to_bits()),
        Value::Text(text) => Written::Text(text.to_string()),
        Value::List(items) => Written::List(items.iter().map(write).collect()),
        Value::Map(map) => Written::Map(
            map.iter()
                .map(|(key, value)| (key.to_string(), write(value)))
                .collect(),
        ),
        Value::Temporal(temporal) => write_temporal(temporal),
    }
}

fn write_temporal(temporal: &Temporal) -> Written {
    match temporal {
        Temporal::Date(date) => Written::Date(date.days),
        Temporal::LocalTime(time) => Written::LocalTime(time.nanos),
        Temporal::Time(time) => Written::Time(time.local.nanos, time.offset),
        Temporal::LocalDateTime(at) => Written::LocalDateTime(at.date.days, at.time.nanos),
        Temporal::DateTime(at) => Written::DateTime(
            at.local.date.days,
            at.local.time.nanos,
            at.offset,
            at.zone.as_deref().map(str::to_owned),
        ),
        Temporal::Duration(d) => Written::Duration(d.months, d.days, d.seconds, d.nanos),
    }
}

fn read(written: Written) -> Value {
    let local = |days, nanos| LocalDateTime {
        date: Date { days },
        time: LocalTime { nanos },
    };
    let temporal = |temporal| Value::Temporal(Arc::new(temporal));
    match written {
        Written::Null => Value::Null,
        Written::Bool(value) => Value::Bool(value),
        Written::Int(value) => Value::Int(value),
        Written::Float(bits) => Value::Float(f64::from_bits(bits)),
        Written::Text(text) => Value::from(text),
        Written::List(items) => Value::list(items.into_iter().map(read).collect()),
        Written::Map(entries) => {
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key.into(), read(value)));
            Value::map(entries.collect::<ValueMap>())
        }
        Written::Date(days) => temporal(Temporal::Date(Date { days })),
        Written::LocalTime(nanos) => temporal(Temporal::LocalTime(LocalTime { nanos })),
        Written::Time(nanos, offset) => temporal(Temporal::Time(Time {
            local: LocalTime { nanos },
            offset,
        })),
        Written::LocalDateTime(days, nanos) => {
            temporal(Temporal::LocalDateTime(local(days, nanos)))
        }
        Written::DateTime(days, nanos, offset, zone) => {
            let zone = zone.map(Arc::from);
            temporal(Temporal::DateTime(DateTime {
                local: local(days, nanos),
                offset,
                zone,
            }))
        }
        Written::Duration(months, days, seconds, nanos) => temporal(Temporal::Duration(Duration {
            months,
            days,
            seconds,
            nanos,
        })),
    }
}
