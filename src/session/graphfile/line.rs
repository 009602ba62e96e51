//! One line of a graph: JSON to a node or a relationship of a part.
//!
//! Strings are borrowed from the line as long as nothing in them is escaped, and the lists that a
//! line needs are used again for the next one.

use crate::model::Batch;
use crate::model::Given;
use crate::model::Value;
use crate::session::decode::Shape;
use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde::de::Deserializer;
use serde::de::Error;
use serde::de::IgnoredAny;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use std::borrow::Cow;
use std::fmt;

/// A line as it was read; its labels and properties stand in `Lists`.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    kind: Cow<'a, str>,
    id: Option<Cow<'a, str>>,
    start: Option<Cow<'a, str>>,
    end: Option<Cow<'a, str>>,
    edge_kind: Option<Cow<'a, str>>,
}

/// The lists of a line.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    labels: Vec<Cow<'a, str>>,
    properties: Vec<(Cow<'a, str>, Field<'a>)>,
}

/// A value of a property.
#[derive(Debug)]
enum Field<'a> {
    Text(Cow<'a, str>),
    Other(Value),
}

impl Field<'_> {
    fn given(&self) -> Given<'_> {
        match self {
            Self::Text(text) => Given::Text(text),
            Self::Other(value) => Given::from(value),
        }
    }
}

/// Why a line is not taken, and at which column; 0 where it is the line as a whole.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) column: u32,
    pub(super) text: String,
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        Self { column: 0, text }
    }
}

impl From<&str> for Fault {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let text = text.split(" at line ").next().unwrap_or(&text);
        Self {
            column: u32::try_from(error.column()).unwrap_or(0),
            text: text.to_owned(),
        }
    }
}

/// Tells whether a text is a line of a graph.
pub(super) fn is_one(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else {
        return false;
    };
    let mut lists = Lists::default();
    let line = parse(text, &mut lists);
    line.is_ok_and(|line| matches!(&*line.kind, "node" | "relationship"))
}

/// Reads a line into a part.
pub(super) fn take<'a>(
    text: &'a str,
    lists: &mut Lists<'a>,
    batch: &mut Batch,
) -> Result<(), Fault> {
    let line = parse(text, lists)?;
    match &*line.kind {
        "node" => node(&line, lists, batch),
        "relationship" => edge(&line, lists, batch),
        other => Err(format!("`{other}` is neither `node` nor `relationship`").into()),
    }
}

fn parse<'a>(text: &'a str, lists: &mut Lists<'a>) -> Result<Line<'a>, serde_json::Error> {
    lists.labels.clear();
    lists.properties.clear();
    let mut json = serde_json::Deserializer::from_str(text);
    let line = LineInto(lists).deserialize(&mut json)?;
    json.end()?;
    Ok(line)
}

fn node(line: &Line<'_>, lists: &Lists<'_>, batch: &mut Batch) -> Result<(), Fault> {
    let id = line.id.as_deref().ok_or("a node without `id`")?;
    batch.add_node(id, lists.labels.iter().map(|label| &**label));
    for (key, value) in lists.properties.iter().filter(|(key, _)| *key != "id") {
        batch.set_node(key, value.given());
    }
    Ok(())
}

fn edge(line: &Line<'_>, lists: &Lists<'_>, batch: &mut Batch) -> Result<(), Fault> {
    let (Some(start), Some(end), Some(kind)) = (&line.start, &line.end, &line.edge_kind) else {
        return Err("a relationship needs `start`, `end` and `type`".into());
    };
    batch.add_edge(kind, start, end);
    for (key, value) in &lists.properties {
        batch.set_edge(key, value.given());
    }
    Ok(())
}

/// The keys of a line.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Kind,
    Id,
    Labels,
    Start,
    End,
    Type,
    Properties,
    #[serde(other)]
    Unknown,
}

struct LineInto<'l, 'a>(&'l mut Lists<'a>);

impl<'a> DeserializeSeed<'a> for LineInto<'_, 'a> {
    type Value = Line<'a>;

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<Line<'a>, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for LineInto<'_, 'a> {
    type Value = Line<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node or a relationship")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<Line<'a>, A::Error> {
        let mut line = Line::default();
        let mut kind = None;
        while let Some(key) = entries.next_key()? {
            let place = match key {
                Key::Kind => &mut kind,
                Key::Id => &mut line.id,
                Key::Start => &mut line.start,
                Key::End => &mut line.end,
                Key::Type => &mut line.edge_kind,
                Key::Labels => {
                    entries.next_value_seed(LabelsInto(&mut self.0.labels))?;
                    continue;
                }
                Key::Properties => {
                    entries.next_value_seed(PropertiesInto(&mut self.0.properties))?;
                    continue;
                }
                Key::Unknown => {
                    entries.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = entries
                .next_value::<Option<Borrowed<'a>>>()?
                .map(|text| text.0);
        }
        line.kind = kind.ok_or_else(|| A::Error::missing_field("kind"))?;
        Ok(line)
    }
}

/// A string, borrowed where it can be.
struct Borrowed<'a>(Cow<'a, str>);

impl<'a> Deserialize<'a> for Borrowed<'a> {
    fn deserialize<D: Deserializer<'a>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'a> Visitor<'a> for TextVisitor {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

struct LabelsInto<'l, 'a>(&'l mut Vec<Cow<'a, str>>);

impl<'a> DeserializeSeed<'a> for LabelsInto<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for LabelsInto<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of labels")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(Borrowed(label)) = items.next_element()? {
            self.0.push(label);
        }
        Ok(())
    }
}

struct PropertiesInto<'l, 'a>(&'l mut Vec<(Cow<'a, str>, Field<'a>)>);

impl<'a> DeserializeSeed<'a> for PropertiesInto<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for PropertiesInto<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of properties")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some((Borrowed(key), value)) = entries.next_entry::<Borrowed<'a>, Field<'a>>()? {
            // The last of two values of one key is meant; they need not stand side by side.
            match self.0.iter().position(|(own, _)| *own == key) {
                Some(at) => self.0[at].1 = value,
                None => self.0.push((key, value)),
            }
        }
        Ok(())
    }
}

impl<'a> Deserialize<'a> for Field<'a> {
    fn deserialize<D: Deserializer<'a>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(FieldVisitor)
    }
}

/// Strings are borrowed; everything else is read as everywhere.
struct FieldVisitor;

impl<'a> Visitor<'a> for FieldVisitor {
    type Value = Field<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Field<'a>, E> {
        Ok(Field::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Field<'a>, E> {
        Ok(Field::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Field<'a>, E> {
        Ok(Field::Other(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Field<'a>, E> {
        Ok(Field::Other(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Field<'a>, E> {
        Ok(Field::Other(Value::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Field<'a>, E> {
        Shape.visit_u64(value).map(Field::Other)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Field<'a>, E> {
        Ok(Field::Other(Value::Float(value)))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, items: A) -> Result<Field<'a>, A::Error> {
        Shape.visit_seq(items).map(Field::Other)
    }

    fn visit_map<A: MapAccess<'a>>(self, entries: A) -> Result<Field<'a>, A::Error> {
        Shape.visit_map(entries).map(Field::Other)
    }
}
