//! A packed graph as the values that a store holds: column by column, and every string and every
//! encoded value once, shared by all who have it.

use super::Frozen;
use super::codec;
use super::column::{Column, Values};
use crate::model::Value;
use crate::model::symbol::Symbol;

/// The properties of one owner.
type Row = Vec<(Symbol, Value)>;

/// Gives properties and remembers the values it gave.
pub(in crate::model) struct Thawing<'f> {
    frozen: &'f Frozen,
    texts: Vec<Value>,
    encoded: Vec<Value>,
}

impl<'f> Thawing<'f> {
    pub(in crate::model) fn new(frozen: &'f Frozen) -> Self {
        let none = vec![Value::Null; frozen.texts.len()];
        Self {
            frozen,
            texts: none.clone(),
            encoded: none,
        }
    }

    /// Gives the properties of each node.
    pub(in crate::model) fn nodes(&mut self) -> Vec<Row> {
        self.rows(&self.frozen.node_columns, self.frozen.node_count())
    }

    /// Gives the properties of each edge.
    pub(in crate::model) fn edges(&mut self) -> Vec<Row> {
        self.rows(&self.frozen.edge_columns, self.frozen.edge_count())
    }

    fn rows(&mut self, columns: &'f [(Symbol, Column)], count: usize) -> Vec<Row> {
        let mut rows = vec![Row::new(); count];
        for (key, column) in columns {
            for (place, owner) in column.owners().into_iter().enumerate() {
                let value = self.value(column, place);
                if let Some(row) = rows.get_mut(owner as usize)
                    && !value.is_null()
                {
                    row.push((*key, value));
                }
            }
        }
        rows
    }

    fn value(&mut self, column: &Column, place: usize) -> Value {
        let texts = &self.frozen.texts;
        let (kept, number, read): (_, _, fn(&str) -> Value) = match &column.values {
            Values::Text(numbers) => (&mut self.texts, numbers.get(place), |text| {
                Value::text(text)
            }),
            Values::Encoded(numbers) => (&mut self.encoded, numbers.get(place), codec::decode),
            _ => return column.at(place, texts).unwrap_or_default(),
        };
        let Some((number, kept)) = number.and_then(|n| Some((*n, kept.get_mut(*n as usize)?)))
        else {
            return Value::Null;
        };
        if kept.is_null() {
            *kept = read(texts.get(number));
        }
        kept.clone()
    }
}
