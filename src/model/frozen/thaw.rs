//! A packed graph as the values that a store holds, every string shared by all who have it.

use super::Frozen;
use super::column::{Column, Values};
use crate::model::Value;
use crate::model::symbol::Symbol;
use crate::model::view::{EdgeId, NodeId};
use std::sync::Arc;

/// Gives properties and remembers the strings it gave.
pub(in crate::model) struct Thawing<'f> {
    frozen: &'f Frozen,
    texts: Vec<Option<Arc<str>>>,
}

impl<'f> Thawing<'f> {
    pub(in crate::model) fn new(frozen: &'f Frozen) -> Self {
        Self {
            frozen,
            texts: vec![None; frozen.texts.len()],
        }
    }

    pub(in crate::model) fn node(&mut self, node: NodeId) -> Vec<(Symbol, Value)> {
        self.row(&self.frozen.node_columns, node.0)
    }

    pub(in crate::model) fn edge(&mut self, edge: EdgeId) -> Vec<(Symbol, Value)> {
        self.row(&self.frozen.edge_columns, edge.0)
    }

    fn row(&mut self, columns: &'f [(Symbol, Column)], owner: u32) -> Vec<(Symbol, Value)> {
        let cells = columns.iter();
        let cells = cells.map(|(key, column)| (*key, self.cell(column, owner)));
        cells.filter(|(_, value)| !value.is_null()).collect()
    }

    fn cell(&mut self, column: &Column, owner: u32) -> Value {
        let Values::Text(values) = &column.values else {
            return column.get(owner, &self.frozen.texts);
        };
        let Some(place) = column.present.place(owner) else {
            return Value::Null;
        };
        let number = values.get(place).copied().unwrap_or(u32::MAX);
        match self.texts.get_mut(number as usize) {
            Some(kept) => {
                let text = kept.get_or_insert_with(|| self.frozen.texts.get(number).into());
                Value::Text(Arc::clone(text))
            }
            None => Value::Null,
        }
    }
}
