//! Values of properties after evaluation: what is known is plain, what is not stays symbolic.
//!
//! Independent of the input language. A reference names a resource by the stack (or module) it was
//! written in and the id it was called; the model finds the resource.

use super::tree::{At, Node, Tree};
use crate::model::{Value, ValueMap};
use std::borrow::Cow;
use std::sync::Arc;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Val {
    /// Where it stands.
    pub(crate) at: At,
    /// What it is.
    pub(crate) data: Data,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
    List(Box<[Val]>),
    Map(Box<[(Arc<str>, Val)]>),
    /// A resource, or an attribute of it.
    Ref(Arc<Ref>),
    /// A text assembled of texts, references and open parts.
    Concat(Box<[Val]>),
    /// One value or another, by a condition that nothing decides.
    Either(Box<Either>),
    /// Not known; as people would write it: `${Stage}`.
    Open(Arc<str>),
}

/// Two values and what chooses between them.
#[derive(Clone, Debug)]
pub(crate) struct Either {
    /// The name of the condition.
    pub(crate) condition: Arc<str>,
    /// The value where it holds.
    pub(crate) yes: Val,
    /// The value where it does not.
    pub(crate) no: Val,
}

/// A resource as one stack names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ref {
    /// The stack whose names count.
    pub(crate) stack: u32,
    /// The id within the stack.
    pub(crate) id: Arc<str>,
    /// The attribute, if it is not the resource itself.
    pub(crate) attribute: Option<Arc<str>>,
}

impl Val {
    /// Makes a value at a place.
    pub(crate) fn new(at: At, data: Data) -> Self {
        Self { at, data }
    }

    /// Makes a text at a place.
    pub(crate) fn text(at: At, text: impl AsRef<str>) -> Self {
        Self::new(at, Data::Text(text.as_ref().into()))
    }

    /// Makes a reference at a place.
    pub(crate) fn refers(at: At, reference: Ref) -> Self {
        Self::new(at, Data::Ref(Arc::new(reference)))
    }

    /// Takes a key for what it names: `${Table}` for a reference, anything else for a text.
    pub(crate) fn named(at: At, stack: u32, key: &Arc<str>) -> Self {
        let inside = key
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'));
        let Some(id) = inside.filter(|id| !id.contains(['$', '{', ':'])) else {
            return Self::new(at, Data::Text(key.clone()));
        };
        let reference = Ref {
            stack,
            id: id.into(),
            attribute: None,
        };
        Self::refers(at, reference)
    }

    /// Takes a document as it stands, without any evaluation.
    pub(crate) fn plain(node: &Node) -> Self {
        let data = match &node.data {
            Tree::Null => Data::Null,
            Tree::Bool(truth) => Data::Bool(*truth),
            Tree::Int(number) => Data::Int(*number),
            Tree::Float(number) => Data::Float(*number),
            Tree::Text(text) => Data::Text(text.clone()),
            Tree::List(items) => Data::List(items.iter().map(Self::plain).collect()),
            Tree::Map(entries) => Data::Map(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), Self::plain(&entry.value)))
                    .collect(),
            ),
        };
        Self::new(node.at, data)
    }

    /// Joins parts to one text; what is plain melts together.
    pub(crate) fn concat(at: At, parts: Vec<Val>) -> Self {
        if is_flat(&parts) {
            return Self::new(at, Data::Concat(parts.into()));
        }
        let mut flat: Vec<Val> = Vec::with_capacity(parts.len());
        for part in parts {
            match part.data {
                Data::Concat(inner) => inner.into_iter().for_each(|p| push_part(&mut flat, p)),
                _ => push_part(&mut flat, part),
            }
        }
        match flat.len() {
            0 => Self::text(at, ""),
            1 => Self::new(at, flat.swap_remove(0).data),
            _ => Self::new(at, Data::Concat(flat.into())),
        }
    }

    /// Gives the value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Val> {
        self.entries()
            .iter()
            .find(|(k, _)| &**k == key)
            .map(|(_, value)| value)
    }

    /// Gives the value of a key without regard to case, for documents that are written either way.
    pub(crate) fn get_any_case(&self, key: &str) -> Option<&Val> {
        self.entries()
            .iter()
            .find(|(k, _)| k.eq_ignore_ascii_case(key))
            .map(|(_, value)| value)
    }

    /// Gives the entries of a map, none for anything else.
    pub(crate) fn entries(&self) -> &[(Arc<str>, Val)] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Gives the items of a list, or the value itself as the only item.
    pub(crate) fn items(&self) -> &[Val] {
        match &self.data {
            Data::List(items) => items,
            Data::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Gives the text of a string that is wholly known.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Tells whether nothing in the value is symbolic at its top.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.data,
            Data::Open(_) | Data::Ref(_) | Data::Concat(_) | Data::Either(..)
        )
    }

    /// Writes the value as one text, what is not known in `${…}`; lists and maps give nothing.
    pub(crate) fn rendered(&self) -> Option<Arc<str>> {
        match &self.data {
            Data::Text(text) | Data::Open(text) => Some(text.clone()),
            Data::Either(own) => own.yes.rendered(),
            _ => self.written().map(Arc::from),
        }
    }

    /// Gives what `rendered` gives to who only looks at it: a text that is there is not made anew.
    pub(crate) fn written(&self) -> Option<Cow<'_, str>> {
        Some(match &self.data {
            Data::Text(text) | Data::Open(text) => Cow::Borrowed(text),
            Data::Bool(truth) => truth.to_string().into(),
            Data::Int(number) => number.to_string().into(),
            Data::Float(number) => number.to_string().into(),
            Data::Ref(_) | Data::Concat(_) => {
                let mut text = String::with_capacity(self.room());
                self.write(&mut text);
                text.into()
            }
            Data::Either(own) => return own.yes.written(),
            Data::Null | Data::List(_) | Data::Map(_) => return None,
        })
    }

    /// Gives about how long the value is as a text.
    fn room(&self) -> usize {
        match &self.data {
            Data::Text(text) | Data::Open(text) => text.len(),
            Data::Concat(parts) => parts.iter().map(Val::room).sum(),
            Data::Ref(own) => own.id.len() + own.attribute.as_ref().map_or(0, |a| a.len()) + 4,
            _ => 8,
        }
    }

    /// Writes what `rendered` gives behind a text.
    fn write(&self, out: &mut String) {
        match &self.data {
            Data::Text(text) | Data::Open(text) => out.push_str(text),
            Data::Ref(reference) => reference.write(out),
            Data::Concat(parts) => parts.iter().for_each(|part| part.write(out)),
            _ => out.push_str(self.written().as_deref().unwrap_or_default()),
        }
    }

    /// Calls `see` with every reference inside, together with the condition it stands under.
    pub(crate) fn each_reference<'a>(&'a self, see: &mut dyn FnMut(&'a Ref, At, Option<&'a str>)) {
        self.references_under(None, see);
    }

    fn references_under<'a>(
        &'a self,
        condition: Option<&'a str>,
        see: &mut dyn FnMut(&'a Ref, At, Option<&'a str>),
    ) {
        match &self.data {
            Data::Ref(reference) => see(reference, self.at, condition),
            Data::List(items) | Data::Concat(items) => {
                items
                    .iter()
                    .for_each(|item| item.references_under(condition, see));
            }
            Data::Map(entries) => {
                entries
                    .iter()
                    .for_each(|(_, value)| value.references_under(condition, see));
            }
            Data::Either(own) => {
                own.yes.references_under(Some(&own.condition), see);
                own.no.references_under(Some(&own.condition), see);
            }
            _ => {}
        }
    }
}

/// Tells whether parts of a text cannot melt any further.
fn is_flat(parts: &[Val]) -> bool {
    let settled = |part: &Val| match &part.data {
        Data::Text(text) => !text.is_empty(),
        Data::Concat(_) | Data::Bool(_) | Data::Int(_) | Data::Float(_) => false,
        _ => true,
    };
    let both_plain = |pair: &[Val]| pair.iter().all(|part| matches!(part.data, Data::Text(_)));
    parts.len() > 1 && parts.iter().all(settled) && !parts.windows(2).any(both_plain)
}

fn push_part(parts: &mut Vec<Val>, part: Val) {
    let Some(text) = part.plain_text() else {
        parts.push(part);
        return;
    };
    if text.is_empty() {
        return;
    }
    match parts.last_mut().map(|last| &mut last.data) {
        Some(Data::Text(before)) => *before = format!("{before}{text}").into(),
        _ => parts.push(Val::new(part.at, Data::Text(text))),
    }
}

impl Val {
    /// Gives a known scalar as text.
    pub(crate) fn plain_text(&self) -> Option<Arc<str>> {
        match &self.data {
            Data::Text(_) | Data::Bool(_) | Data::Int(_) | Data::Float(_) => self.rendered(),
            _ => None,
        }
    }
}

impl Ref {
    /// Writes the reference as people do, behind a text: `${Queue.Arn}`.
    fn write(&self, out: &mut String) {
        out.push_str("${");
        out.push_str(&self.id);
        if let Some(attribute) = &self.attribute {
            out.push('.');
            out.push_str(attribute);
        }
        out.push('}');
    }
}

impl Val {
    /// Gives the value as a property of the graph: what is not known as readable text.
    pub(crate) fn to_value(&self) -> Value {
        self.clone().into_value()
    }

    /// Turns the value into a property of the graph; its texts move over as they are.
    pub(crate) fn into_value(self) -> Value {
        self.turned(&mut String::new())
    }

    /// Does what `into_value` does, with room in which texts are put together.
    fn turned(self, room: &mut String) -> Value {
        match self.data {
            Data::Null => Value::Null,
            Data::Bool(truth) => Value::Bool(truth),
            Data::Int(number) => Value::Int(number),
            Data::Float(number) => Value::Float(number),
            Data::Text(text) | Data::Open(text) => Value::Text(text),
            Data::List(items) => {
                // Collected in place they would keep the room that they had.
                let mut values = Vec::with_capacity(items.len());
                values.extend(items.into_iter().map(|item| item.turned(room)));
                Value::list(values)
            }
            Data::Map(entries) => {
                let entries = entries.into_iter();
                let values = entries.map(|(key, value)| (key, value.turned(room)));
                Value::map(values.collect())
            }
            Data::Either(own) => {
                let mut map = ValueMap::with_capacity(3);
                map.insert("if".into(), Value::Text(own.condition));
                map.insert("then".into(), own.yes.turned(room));
                map.insert("else".into(), own.no.turned(room));
                Value::map(map)
            }
            Data::Ref(_) | Data::Concat(_) => {
                room.clear();
                self.write(room);
                Value::text(room)
            }
        }
    }
}
