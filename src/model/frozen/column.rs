//! One property of many nodes or edges: who has it, and the values one behind the other.
//!
//! A column holds one type as long as it can. A second type turns it into encoded values: numbers
//! of strings in the pool that hold what `codec` writes.

use super::codec;
use super::texts::Texts;
use crate::model::Value;
use crate::model::slab::Slab;
use std::sync::OnceLock;

/// The values of one key.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(super) present: Present,
    pub(super) values: Values,
    /// Whether all its strings are there; found out when it is first read as a whole.
    sound: OnceLock<bool>,
}

/// Values of one type.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Text(Slab<u32>),
    Int(Slab<i64>),
    Float(Slab<f64>),
    Bool(Slab<u8>),
    Encoded(Slab<u32>),
}

/// A value as a key of an index: equal values of the language have equal keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Bool(bool),
    Int(i64),
    Bits(u64),
    Text(u32),
    /// Lists, maps and times are not found by an index.
    None,
}

impl Column {
    pub(super) fn new(present: Present, values: Values) -> Self {
        Self {
            present,
            values,
            sound: OnceLock::new(),
        }
    }

    /// Tells whether all numbers of strings lie below `texts`; goes over those of a snapshot once.
    pub(super) fn has_its_texts(&self, texts: usize) -> bool {
        match &self.values {
            Values::Text(numbers @ Slab::Kept(..)) => *self
                .sound
                .get_or_init(|| numbers.iter().all(|number| (*number as usize) < texts)),
            _ => true,
        }
    }

    /// Gives the value at an owner, null where it has none.
    pub(crate) fn get(&self, owner: u32, texts: &Texts) -> Value {
        let Some(place) = self.present.place(owner) else {
            return Value::Null;
        };
        self.at(place, texts).unwrap_or_default()
    }

    pub(super) fn at(&self, place: usize, texts: &Texts) -> Option<Value> {
        Some(match &self.values {
            Values::Text(values) => Value::text(texts.get(*values.get(place)?)),
            Values::Int(values) => Value::Int(*values.get(place)?),
            Values::Float(values) => Value::Float(*values.get(place)?),
            Values::Bool(values) => Value::Bool(*values.get(place)? != 0),
            Values::Encoded(values) => codec::decode(texts.get(*values.get(place)?)),
        })
    }

    /// Gives the value at an owner as a key of an index.
    pub(crate) fn key(&self, owner: u32, texts: &Texts) -> Key {
        let Some(place) = self.present.place(owner) else {
            return Key::None;
        };
        match &self.values {
            Values::Text(values) => values.get(place).map_or(Key::None, |text| Key::Text(*text)),
            _ => self
                .at(place, texts)
                .map_or(Key::None, |value| key_of(&value, texts)),
        }
    }

    /// Lists the owners in ascending order.
    pub(crate) fn owners(&self) -> Vec<u32> {
        self.present.owners()
    }
}

/// Gives the key of a value; `Key::None` where no index knows it, or no owner can have it.
pub(crate) fn key_of(value: &Value, texts: &Texts) -> Key {
    match value {
        Value::Bool(value) => Key::Bool(*value),
        Value::Int(value) => Key::Int(*value),
        Value::Float(value) if *value == value.trunc() && value.abs() < 9.0e15 => {
            Key::Int(*value as i64)
        }
        Value::Float(value) if !value.is_nan() => Key::Bits(value.to_bits()),
        Value::Text(text) => texts.find(text).map_or(Key::None, Key::Text),
        _ => Key::None,
    }
}

/// Who has a value: everybody, or those whose bit is set.
#[derive(Clone, Debug)]
pub(super) enum Present {
    All(u32),
    Some { bits: Slab<u64>, before: Slab<u32> },
}

impl Present {
    /// `owners` ascend and lie below `bound`.
    pub(super) fn new(owners: &[u32], bound: usize) -> Self {
        if owners.len() == bound {
            return Self::All(bound as u32);
        }
        let mut bits = vec![0u64; bound.div_ceil(64)];
        for owner in owners {
            bits[*owner as usize / 64] |= 1 << (owner % 64);
        }
        let running = bits.iter().scan(0, |sum, word| {
            let before = *sum;
            *sum += word.count_ones();
            Some(before)
        });
        let before: Vec<u32> = running.collect();
        Self::Some {
            bits: bits.into(),
            before: before.into(),
        }
    }

    /// Gives the place of an owner's value.
    #[inline]
    pub(super) fn place(&self, owner: u32) -> Option<usize> {
        match self {
            Self::All(bound) => (owner < *bound).then_some(owner as usize),
            Self::Some { bits, before } => {
                let word = *bits.get(owner as usize / 64)?;
                let bit = owner % 64;
                if word >> bit & 1 == 0 {
                    return None;
                }
                let below = word & ((1 << bit) - 1);
                Some(*before.get(owner as usize / 64)? as usize + below.count_ones() as usize)
            }
        }
    }

    fn owners(&self) -> Vec<u32> {
        match self {
            Self::All(bound) => (0..*bound).collect(),
            Self::Some { bits, .. } => {
                let of_word = |(at, word): (usize, &u64)| {
                    let word = *word;
                    let set = (0..64).filter(move |bit| word >> bit & 1 == 1);
                    set.map(move |bit| at as u32 * 64 + bit)
                };
                bits.iter().enumerate().flat_map(of_word).collect()
            }
        }
    }
}
