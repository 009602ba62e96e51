//! A packed graph to a file.

use super::header::{Array, ColumnHeader, ColumnKind, Header, Part};
use super::{ALIGN, MAGIC, PREFIX, VERSION, align, checksum, sum};
use crate::model::Graph;
use crate::model::frozen::column::{Column, Present, Values};
use crate::model::frozen::{Frozen, FrozenBuilder};
use crate::model::slab::Slab;
use crate::model::symbol::{Interner, Symbol};
use bytemuck::Pod;
use std::io::{self, Write};
use std::sync::Arc;

impl Graph {
    /// Writes the graph as a snapshot; packs it first where it was written to.
    ///
    /// # Errors
    /// Where `out` fails.
    pub fn write_snapshot(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.rest {
            Some(frozen) => frozen.write(&self.names, out),
            None => FrozenBuilder::repack(self).write_snapshot(out),
        }
    }
}

/// Gathers the arrays of a snapshot and gives each its place.
#[derive(Default)]
struct Arrays<'a> {
    parts: Vec<&'a [u8]>,
    places: Vec<Array>,
    length: usize,
}

impl<'a> Arrays<'a> {
    fn put<T: Pod>(&mut self, array: &'a Slab<T>) -> Part {
        let bytes = array.as_bytes();
        let at = self.length;
        self.length = align(at + bytes.len());
        let place = Array(at as u64, bytes.len() as u64, sum(bytes));
        self.places.push(place);
        self.parts.push(bytes);
        self.parts.len() as Part - 1
    }

    fn put_column(&mut self, key: Symbol, column: &'a Column) -> ColumnHeader {
        let (kind, values) = match &column.values {
            Values::Text(values) => (ColumnKind::Text, self.put(values)),
            Values::Int(values) => (ColumnKind::Int, self.put(values)),
            Values::Float(values) => (ColumnKind::Float, self.put(values)),
            Values::Bool(values) => (ColumnKind::Bool, self.put(values)),
            Values::Encoded(values) => (ColumnKind::Encoded, self.put(values)),
        };
        let some = match &column.present {
            Present::All(_) => None,
            Present::Some { bits, before } => Some((self.put(bits), self.put(before))),
        };
        ColumnHeader {
            key: key.0,
            kind,
            values,
            some,
        }
    }

    fn put_columns(&mut self, columns: &'a [(Symbol, Column)]) -> Vec<ColumnHeader> {
        let columns = columns.iter();
        columns
            .map(|(key, column)| self.put_column(*key, column))
            .collect()
    }
}

impl Frozen {
    fn write(&self, names: &Interner, out: &mut dyn Write) -> io::Result<()> {
        let mut indexes: Vec<(Symbol, Arc<Slab<u32>>)> = match self.indexes.read() {
            Ok(indexes) => indexes
                .iter()
                .map(|(key, index)| (*key, index.clone()))
                .collect(),
            Err(_) => Vec::new(),
        };
        indexes.sort_unstable_by_key(|(key, _)| *key);
        let mut arrays = Arrays::default();
        let header = self.header(names, &indexes, &mut arrays);
        let text = serde_json::to_vec(&header)?;
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&(text.len() as u32).to_le_bytes())?;
        out.write_all(&checksum(&text).to_le_bytes())?;
        out.write_all(&text)?;
        pad(out, PREFIX + text.len())?;
        for part in &arrays.parts {
            out.write_all(part)?;
            pad(out, part.len())?;
        }
        out.write_all(MAGIC)
    }

    fn header<'a>(
        &'a self,
        names: &Interner,
        indexes: &'a [(Symbol, Arc<Slab<u32>>)],
        arrays: &mut Arrays<'a>,
    ) -> Header {
        let set = |set: &Vec<Symbol>| set.iter().map(|label| label.0).collect();
        let labels = self.by_label.iter();
        let mut labels: Vec<_> = labels
            .map(|(label, run)| (label.0, run.range.start, run.range.end))
            .collect();
        labels.sort_unstable();
        let kinds = self.kinds().into_iter();
        let [out, into] = [&self.adjacency.out, &self.adjacency.into];
        let indexes = indexes.iter();
        Header {
            names: names.names().iter().map(|name| name.to_string()).collect(),
            label_sets: self.label_sets.iter().map(set).collect(),
            labels,
            kinds: kinds.map(|(kind, count)| (kind.0, count)).collect(),
            texts: [
                arrays.put(&self.texts.bytes),
                arrays.put(&self.texts.ends),
                arrays.put(&self.texts.slots),
            ],
            node_labels: arrays.put(&self.node_labels),
            label_nodes: arrays.put(&self.label_nodes),
            ends: arrays.put(&self.ends),
            adjacency: [
                arrays.put(&out.starts),
                arrays.put(&out.hops),
                arrays.put(&into.starts),
                arrays.put(&into.hops),
            ],
            node_columns: arrays.put_columns(&self.node_columns),
            edge_columns: arrays.put_columns(&self.edge_columns),
            indexes: indexes
                .map(|(key, index)| (key.0, arrays.put(&**index)))
                .collect(),
            arrays: std::mem::take(&mut arrays.places),
            length: arrays.length as u64,
        }
    }
}

fn pad(out: &mut dyn Write, length: usize) -> io::Result<()> {
    out.write_all(&[0; ALIGN][..align(length) - length])
}
