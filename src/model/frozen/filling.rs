//! Columns while they are being filled: owners and values, one type as long as it can.

use super::codec;
use super::column::{Column, Present, Values};
use super::texts::TextsBuilder;
use crate::model::Value;
use crate::model::symbol::Symbol;

/// A value that is given to a builder; a string is borrowed from where it was read.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// A list, a map or a time.
    Other(&'a Value),
}

impl<'a> From<&'a Value> for Given<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(value) => Self::Int(*value),
            Value::Float(value) => Self::Float(*value),
            Value::Text(text) => Self::Text(text),
            other => Self::Other(other),
        }
    }
}

/// Columns by key.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<ColumnBuilder>);

impl Columns {
    pub(super) fn push(
        &mut self,
        owner: u32,
        key: Symbol,
        value: Given<'_>,
        texts: &mut TextsBuilder,
    ) {
        self.column(key).push(owner, value, texts);
    }

    /// Adds the columns of a part whose keys, owners and strings have other numbers here.
    pub(super) fn append(&mut self, part: Self, moved: &Moved<'_>, texts: &mut TextsBuilder) {
        for (column, key) in part.0.into_iter().zip(moved.names) {
            self.column(*key).append(column, moved, texts);
        }
    }

    pub(super) fn finish(self, bound: usize) -> Vec<(Symbol, Column)> {
        let built = self.0.into_iter().enumerate();
        built
            .filter_map(|(key, column)| Some((Symbol(key as u32), column.finish(bound)?)))
            .collect()
    }

    fn column(&mut self, key: Symbol) -> &mut ColumnBuilder {
        if self.0.len() <= key.index() {
            self.0.resize_with(key.index() + 1, ColumnBuilder::default);
        }
        &mut self.0[key.index()]
    }
}

/// The new numbers of a part that becomes part of a whole.
pub(super) struct Moved<'a> {
    /// Of each name.
    pub(super) names: &'a [Symbol],
    /// Of each string.
    pub(super) texts: &'a [u32],
    pub(super) owners: Owners<'a>,
}

/// The new numbers of the owners of a part.
pub(super) enum Owners<'a> {
    /// All behind those that are there.
    From(u32),
    /// Each its own; `DROPPED` is left out.
    Each(&'a [u32]),
}

/// The number of an owner that is left out.
pub(super) const DROPPED: u32 = u32::MAX;

impl Owners<'_> {
    fn of(&self, owner: u32) -> u32 {
        match self {
            Self::From(first) => first + owner,
            Self::Each(numbers) => numbers.get(owner as usize).copied().unwrap_or(DROPPED),
        }
    }
}

/// A column that is being filled, by ascending owners.
#[derive(Debug, Default)]
struct ColumnBuilder {
    owners: Vec<u32>,
    values: Filling,
}

#[derive(Debug, Default)]
enum Filling {
    #[default]
    Nothing,
    Text(Vec<u32>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<u8>),
    Encoded(Vec<u32>),
}

impl ColumnBuilder {
    /// Adds the value of an owner; a second value of the last owner takes the place of the first.
    /// Null is no value.
    fn push(&mut self, owner: u32, value: Given<'_>, texts: &mut TextsBuilder) {
        if matches!(value, Given::Null) {
            return;
        }
        if self.owners.last() == Some(&owner) {
            self.owners.pop();
            self.values.pop();
        }
        self.owners.push(owner);
        self.values.push(value, texts);
    }

    /// Adds the values of a part; a part of another type makes this one encoded.
    fn append(&mut self, part: Self, moved: &Moved<'_>, texts: &mut TextsBuilder) {
        if matches!(moved.owners, Owners::Each(_)) || !self.values.takes(&part.values) {
            for (at, owner) in part.owners.iter().enumerate() {
                let owner = moved.owners.of(*owner);
                if owner != DROPPED {
                    let value = part.values.at(at, moved.texts, texts);
                    self.push(owner, Given::from(&value), texts);
                }
            }
            return;
        }
        let owners = part.owners.iter().map(|owner| moved.owners.of(*owner));
        self.owners.extend(owners);
        self.values.extend(part.values, moved.texts);
    }

    /// Packs the column of a store with `bound` owners; `None` where nothing was added.
    fn finish(self, bound: usize) -> Option<Column> {
        let values = match self.values {
            Filling::Nothing => return None,
            Filling::Text(values) => Values::Text(values.into()),
            Filling::Int(values) => Values::Int(values.into()),
            Filling::Float(values) => Values::Float(values.into()),
            Filling::Bool(values) => Values::Bool(values.into()),
            Filling::Encoded(values) => Values::Encoded(values.into()),
        };
        let present = Present::new(&self.owners, bound);
        Some(Column::new(present, values))
    }
}

impl Filling {
    fn push(&mut self, value: Given<'_>, texts: &mut TextsBuilder) {
        if matches!(self, Self::Nothing) {
            *self = Self::of_type(value);
        }
        match (&mut *self, value) {
            (Self::Text(values), Given::Text(text)) => values.push(texts.intern(text)),
            (Self::Int(values), Given::Int(value)) => values.push(value),
            (Self::Float(values), Given::Float(value)) => values.push(value),
            (Self::Bool(values), Given::Bool(value)) => values.push(u8::from(value)),
            (Self::Encoded(values), value) => {
                // A string keeps its own number too, so that an index can name it.
                if let Given::Text(text) = value {
                    texts.intern(text);
                }
                values.push(texts.intern(&codec::encode(value)));
            }
            _ => {
                self.loosen(texts);
                self.push(value, texts);
            }
        }
    }

    fn of_type(value: Given<'_>) -> Self {
        match value {
            Given::Text(_) => Self::Text(Vec::new()),
            Given::Int(_) => Self::Int(Vec::new()),
            Given::Float(_) => Self::Float(Vec::new()),
            Given::Bool(_) => Self::Bool(Vec::new()),
            Given::Null | Given::Other(_) => Self::Encoded(Vec::new()),
        }
    }

    /// Tells whether the values of a part are of the same type.
    fn takes(&self, part: &Self) -> bool {
        matches!(self, Self::Nothing)
            || std::mem::discriminant(self) == std::mem::discriminant(part)
    }

    /// Adds values of the same type, strings by their new numbers.
    fn extend(&mut self, part: Self, texts: &[u32]) {
        let new = |number: u32| texts.get(number as usize).copied().unwrap_or(0);
        if matches!(self, Self::Nothing) {
            *self = match part {
                Self::Text(_) => Self::Text(Vec::new()),
                Self::Encoded(_) => Self::Encoded(Vec::new()),
                other => {
                    *self = other;
                    return;
                }
            };
        }
        match (self, part) {
            (Self::Text(values), Self::Text(part))
            | (Self::Encoded(values), Self::Encoded(part)) => {
                values.extend(part.into_iter().map(new));
            }
            (Self::Int(values), Self::Int(part)) => values.extend(part),
            (Self::Float(values), Self::Float(part)) => values.extend(part),
            (Self::Bool(values), Self::Bool(part)) => values.extend(part),
            _ => {}
        }
    }

    /// Gives a value of a part whose strings have the numbers `new` in the pool.
    fn at(&self, place: usize, new: &[u32], texts: &TextsBuilder) -> Value {
        let text = |number: &u32| texts.get(new.get(*number as usize).copied().unwrap_or(0));
        let value = match self {
            Self::Nothing => None,
            Self::Text(values) => values.get(place).map(|n| Value::text(text(n))),
            Self::Int(values) => values.get(place).copied().map(Value::Int),
            Self::Float(values) => values.get(place).copied().map(Value::Float),
            Self::Bool(values) => values.get(place).map(|value| Value::Bool(*value != 0)),
            Self::Encoded(values) => values.get(place).map(|n| codec::decode(text(n))),
        };
        value.unwrap_or_default()
    }

    fn pop(&mut self) {
        match self {
            Self::Nothing => {}
            Self::Text(values) | Self::Encoded(values) => drop(values.pop()),
            Self::Int(values) => drop(values.pop()),
            Self::Float(values) => drop(values.pop()),
            Self::Bool(values) => drop(values.pop()),
        }
    }

    /// Turns values of one type into encoded ones.
    fn loosen(&mut self, texts: &mut TextsBuilder) {
        let before = std::mem::take(self);
        let encoded = match before {
            Self::Nothing => Vec::new(),
            Self::Encoded(values) => values,
            Self::Int(values) => encoded(values, Given::Int, texts),
            Self::Float(values) => encoded(values, Given::Float, texts),
            Self::Bool(values) => encoded(values, |value| Given::Bool(value != 0), texts),
            Self::Text(values) => values
                .into_iter()
                .map(|number| {
                    let text = codec::encode(Given::Text(texts.get(number)));
                    texts.intern(&text)
                })
                .collect(),
        };
        *self = Self::Encoded(encoded);
    }
}

fn encoded<T>(
    values: Vec<T>,
    given: impl Fn(T) -> Given<'static>,
    texts: &mut TextsBuilder,
) -> Vec<u32> {
    let values = values.into_iter();
    values
        .map(|value| texts.intern(&codec::encode(given(value))))
        .collect()
}
