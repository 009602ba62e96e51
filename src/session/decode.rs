//! JSON to values: parameters, procedure rows and properties of a JSON Lines graph.
//!
//! Plain JSON where it suffices; what JSON has no word for is an object with the key `$` that
//! names its kind, as the page on `batch` says. The way back is `render::json`.

use crate::model::Value;
use crate::model::ValueMap;
use serde::Deserialize;
use serde::de::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use std::fmt;
use std::sync::Arc;

/// A value read from JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded(pub Value);

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shape).map(Decoded)
    }
}

/// A map of values, in the order written; no key of it is special.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecodedMap(pub ValueMap);

impl<'de> Deserialize<'de> for DecodedMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries).map(DecodedMap)
    }
}

pub(super) struct Shape;

impl<'de> Visitor<'de> for Shape {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value)
            .map(Value::Int)
            .map_err(|_| E::custom(format!("`{value}` does not fit into 64 bits")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Decoded(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::list(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value, A::Error> {
        let map = Entries.visit_map(entries)?;
        match map.get("$").and_then(Value::as_str) {
            Some(kind) => special(kind, &map).map_err(A::Error::custom),
            None => Ok(Value::map(map)),
        }
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = ValueMap;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<ValueMap, A::Error> {
        let mut map = ValueMap::new();
        while let Some((key, Decoded(value))) = entries.next_entry::<String, Decoded>()? {
            map.insert(Arc::from(key), value);
        }
        Ok(map)
    }
}

/// Reads an object with the key `$`.
fn special(kind: &str, map: &ValueMap) -> Result<Value, String> {
    let value = map.get("value").and_then(Value::as_str);
    match (kind, value) {
        ("float", Some("NaN")) => Ok(Value::Float(f64::NAN)),
        ("float", Some("Infinity")) => Ok(Value::Float(f64::INFINITY)),
        ("float", Some("-Infinity")) => Ok(Value::Float(f64::NEG_INFINITY)),
        ("map", _) => escaped_map(map),
        ("date" | "localtime" | "time" | "localdatetime" | "datetime" | "duration", Some(text)) => {
            temporal(kind, text)
        }
        _ => Err(format!("`{kind}` is no kind of value that can be given")),
    }
}

fn escaped_map(map: &ValueMap) -> Result<Value, String> {
    let entries = map.get("entries").and_then(Value::as_list).unwrap_or(&[]);
    let pairs = entries.iter().map(|entry| match entry.as_list() {
        Some([Value::Text(key), value]) => Ok((Arc::clone(key), value.clone())),
        _ => Err("an entry of a map is a key and a value".to_owned()),
    });
    pairs.collect::<Result<ValueMap, _>>().map(Value::map)
}

/// Reads a date, a time or a duration with the function of the language that has its name.
fn temporal(kind: &str, text: &str) -> Result<Value, String> {
    let wrong = || format!("`{text}` is no {kind}");
    let function = crate::query::functions::find(kind).ok_or_else(wrong)?;
    let crate::query::functions::Kind::Scalar(read) = function.kind else {
        return Err(wrong());
    };
    let graph = crate::model::Graph::new();
    let clock = crate::query::functions::Clock::at(std::time::SystemTime::UNIX_EPOCH);
    let context = crate::query::functions::Context {
        graph: &graph,
        clock: &clock,
    };
    read(&context, &[Value::text(text)]).map_err(|error| error.message)
}
