//! One property of many nodes or edges: who has it, and the values one behind the other.
//!
//! A column holds one type as long as it can; a second type turns it into plain values.

use super::texts::Texts;
use crate::model::Value;

/// The values of one key.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    present: Present,
    values: Values,
}

#[derive(Clone, Debug)]
enum Values {
    Text(Vec<u32>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<bool>),
    Any(Vec<Value>),
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
    /// Gives the value at an owner, null where it has none.
    pub(crate) fn get(&self, owner: u32, texts: &Texts) -> Value {
        match self.present.place(owner) {
            None => Value::Null,
            Some(place) => match &self.values {
                Values::Text(values) => Value::text(texts.get(values[place])),
                Values::Int(values) => Value::Int(values[place]),
                Values::Float(values) => Value::Float(values[place]),
                Values::Bool(values) => Value::Bool(values[place]),
                Values::Any(values) => values[place].clone(),
            },
        }
    }

    /// Gives the value at an owner as a key of an index.
    pub(crate) fn key(&self, owner: u32, texts: &Texts) -> Key {
        match self.present.place(owner) {
            None => Key::None,
            Some(place) => match &self.values {
                Values::Text(values) => Key::Text(values[place]),
                Values::Int(values) => Key::Int(values[place]),
                Values::Float(values) => float_key(values[place]),
                Values::Bool(values) => Key::Bool(values[place]),
                Values::Any(values) => key_of(&values[place], texts),
            },
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
        Value::Float(value) => float_key(*value),
        Value::Text(text) => texts.find(text).map_or(Key::None, Key::Text),
        _ => Key::None,
    }
}

fn float_key(value: f64) -> Key {
    if value == value.trunc() && value.abs() < 9.0e15 {
        Key::Int(value as i64)
    } else if value.is_nan() {
        Key::None
    } else {
        Key::Bits(value.to_bits())
    }
}

/// Who has a value: everybody, or those whose bit is set.
#[derive(Clone, Debug)]
enum Present {
    All(u32),
    Some { bits: Vec<u64>, before: Vec<u32> },
}

impl Present {
    /// `owners` ascend and lie below `bound`.
    fn new(owners: &[u32], bound: usize) -> Self {
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
        let before = running.collect();
        Self::Some { bits, before }
    }

    /// Gives the place of an owner's value.
    #[inline]
    fn place(&self, owner: u32) -> Option<usize> {
        match self {
            Self::All(bound) => (owner < *bound).then_some(owner as usize),
            Self::Some { bits, before } => {
                let word = *bits.get(owner as usize / 64)?;
                let bit = owner % 64;
                if word >> bit & 1 == 0 {
                    return None;
                }
                let below = word & ((1 << bit) - 1);
                Some((before[owner as usize / 64] + below.count_ones()) as usize)
            }
        }
    }

    fn owners(&self) -> Vec<u32> {
        match self {
            Self::All(bound) => (0..*bound).collect(),
            Self::Some { bits, .. } => {
                let of_word = |(at, word): (usize, &u64)| {
                    let word = *word;
                    (0..64)
                        .filter(move |bit| word >> bit & 1 == 1)
                        .map(move |bit| at as u32 * 64 + bit)
                };
                bits.iter().enumerate().flat_map(of_word).collect()
            }
        }
    }
}

/// A column that is being filled, by ascending owners.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColumnBuilder {
    owners: Vec<u32>,
    values: Option<Values>,
}

/// A value on its way into a column.
pub(crate) enum Cell<'v> {
    Text(&'v str),
    Int(i64),
    Float(f64),
    Bool(bool),
    Any(Value),
}

impl ColumnBuilder {
    /// Adds the value of an owner; a second value of the last owner takes the place of the first.
    pub(crate) fn push(&mut self, owner: u32, cell: Cell<'_>, texts: &mut Texts) {
        if self.owners.last() == Some(&owner) {
            self.drop_last();
        }
        self.owners.push(owner);
        let fits = matches!(
            (&self.values, &cell),
            (None, _)
                | (Some(Values::Text(_)), Cell::Text(_))
                | (Some(Values::Int(_)), Cell::Int(_))
                | (Some(Values::Float(_)), Cell::Float(_))
                | (Some(Values::Bool(_)), Cell::Bool(_))
                | (Some(Values::Any(_)), _)
        );
        if !fits {
            self.loosen(texts);
        }
        let values = self.values.get_or_insert_with(|| match &cell {
            Cell::Text(_) => Values::Text(Vec::new()),
            Cell::Int(_) => Values::Int(Vec::new()),
            Cell::Float(_) => Values::Float(Vec::new()),
            Cell::Bool(_) => Values::Bool(Vec::new()),
            Cell::Any(_) => Values::Any(Vec::new()),
        });
        match (values, cell) {
            (Values::Text(values), Cell::Text(text)) => values.push(texts.intern(text)),
            (Values::Int(values), Cell::Int(value)) => values.push(value),
            (Values::Float(values), Cell::Float(value)) => values.push(value),
            (Values::Bool(values), Cell::Bool(value)) => values.push(value),
            (Values::Any(values), cell) => values.push(cell.into_value(texts)),
            // `loosen` has made room for every other pair.
            _ => {}
        }
    }

    /// Packs the column of a store with `bound` owners.
    pub(crate) fn finish(self, bound: usize) -> Option<Column> {
        let present = Present::new(&self.owners, bound);
        self.values.map(|values| Column { present, values })
    }

    fn drop_last(&mut self) {
        self.owners.pop();
        match &mut self.values {
            Some(Values::Text(values)) => drop(values.pop()),
            Some(Values::Int(values)) => drop(values.pop()),
            Some(Values::Float(values)) => drop(values.pop()),
            Some(Values::Bool(values)) => drop(values.pop()),
            Some(Values::Any(values)) => drop(values.pop()),
            None => {}
        }
    }

    fn loosen(&mut self, texts: &Texts) {
        let any = match self.values.take() {
            Some(Values::Text(values)) => values
                .iter()
                .map(|number| Value::text(texts.get(*number)))
                .collect(),
            Some(Values::Int(values)) => values.into_iter().map(Value::Int).collect(),
            Some(Values::Float(values)) => values.into_iter().map(Value::Float).collect(),
            Some(Values::Bool(values)) => values.into_iter().map(Value::Bool).collect(),
            Some(Values::Any(values)) => values,
            None => Vec::new(),
        };
        self.values = Some(Values::Any(any));
    }
}

impl Cell<'_> {
    fn into_value(self, texts: &mut Texts) -> Value {
        match self {
            // Interned too, so that an index finds it.
            Self::Text(text) => {
                texts.intern(text);
                Value::text(text)
            }
            Self::Int(value) => Value::Int(value),
            Self::Float(value) => Value::Float(value),
            Self::Bool(value) => Value::Bool(value),
            Self::Any(value) => value,
        }
    }
}
