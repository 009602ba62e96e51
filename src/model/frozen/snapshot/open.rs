//! A file to a packed graph.

use super::header::{Array, ColumnHeader, ColumnKind, Header, Part};
use super::{MAGIC, PREFIX, SnapshotError, VERSION, align, checksum, sum};
use crate::model::Graph;
use crate::model::adjacency::{Adjacency, Side};
use crate::model::frozen::build::Indexes;
use crate::model::frozen::column::{Column, Present, Values};
use crate::model::frozen::texts::Texts;
use crate::model::frozen::{Frozen, LabelRun};
use crate::model::guard::{Bounds, Broken, Guard};
use crate::model::slab::{Bytes, Slab};
use crate::model::symbol::{Interner, Symbol};
use crate::model::view::{Ends, NodeId};
use bytemuck::Pod;
use std::ops::Range;
use std::sync::{Arc, RwLock};

/// Bytes of arrays that are summed up at every opening: a few tenths of a millisecond.
const SMALL: u64 = 2 << 20;

impl Graph {
    /// Opens a snapshot without reading its arrays, unless they are small.
    ///
    /// # Errors
    /// Where the bytes are none, are of another version, or are not whole.
    pub fn open_snapshot(bytes: Bytes) -> Result<Graph, SnapshotError> {
        open(bytes, false)
    }

    /// Opens a snapshot and reads all of it, to find out whether it is as it was written.
    ///
    /// # Errors
    /// As [`Graph::open_snapshot`], and where an array does not have its checksum.
    pub fn open_verified(bytes: Bytes) -> Result<Graph, SnapshotError> {
        open(bytes, true)
    }
}

fn open(bytes: Bytes, verify: bool) -> Result<Graph, SnapshotError> {
    let (header, start) = read_header(&bytes)?;
    let reader = Reader {
        arrays: &header.arrays,
        bytes,
        start,
    };
    if verify || header.length <= SMALL && !reader.bytes.is_built_in() {
        reader.verify()?;
    }
    let mut names = Interner::default();
    for name in &header.names {
        names.intern(name);
    }
    if names.len() != header.names.len() || !has_its_names(&header) {
        return Err(SnapshotError::Torn("a name is missing"));
    }
    let frozen = reader
        .frozen(&header)
        .ok_or(SnapshotError::Torn("an array is not whole"))?;
    Ok(Graph::at_rest(names, frozen))
}

fn read_header(bytes: &[u8]) -> Result<(Header, usize), SnapshotError> {
    if !bytes.starts_with(MAGIC) {
        return Err(SnapshotError::Foreign);
    }
    let number = |at: usize| {
        let part = bytes.get(at..at + 4).and_then(|part| part.try_into().ok());
        part.map(u32::from_le_bytes)
            .ok_or(SnapshotError::Torn("it ends in its first line"))
    };
    let version = number(8)?;
    if version != VERSION {
        return Err(SnapshotError::Version(version));
    }
    let length = number(12)? as usize;
    let sum = u64::from(number(16)?) | u64::from(number(20)?) << 32;
    let header = bytes.get(PREFIX..PREFIX + length);
    let header = header.ok_or(SnapshotError::Torn("it ends in its header"))?;
    if checksum(header) != sum {
        return Err(SnapshotError::Torn("its header does not have its checksum"));
    }
    let header: Header =
        serde_json::from_slice(header).map_err(|_| SnapshotError::Torn("its header"))?;
    let start = align(PREFIX + length);
    let whole = (start as u64 + MAGIC.len() as u64).checked_add(header.length);
    if whole != Some(bytes.len() as u64) || !bytes.ends_with(MAGIC) {
        return Err(SnapshotError::Torn("it has not its whole length"));
    }
    Ok((header, start))
}

/// Tells whether all symbols of a header are those of its names.
fn has_its_names(header: &Header) -> bool {
    let columns = header.node_columns.iter().chain(&header.edge_columns);
    let symbols = (header.label_sets.iter().flatten().copied())
        .chain(header.labels.iter().map(|(label, ..)| *label))
        .chain(header.kinds.iter().map(|(kind, _)| *kind))
        .chain(columns.map(|column| column.key))
        .chain(header.indexes.iter().map(|(key, _)| *key));
    let known = header.names.len();
    symbols.into_iter().all(|symbol| (symbol as usize) < known)
}

struct Reader<'h> {
    arrays: &'h [Array],
    bytes: Bytes,
    start: usize,
}

impl Reader<'_> {
    fn verify(&self) -> Result<(), SnapshotError> {
        for (part, Array(.., own)) in self.arrays.iter().enumerate() {
            let range = self.range(part as Part);
            let bytes = range.and_then(|range| self.bytes.get(range));
            if bytes.is_none_or(|bytes| sum(bytes) != *own) {
                return Err(SnapshotError::Torn("an array does not have its checksum"));
            }
        }
        Ok(())
    }

    fn frozen(&self, header: &Header) -> Option<Frozen> {
        let node_labels: Slab<u16> = self.get(header.node_labels)?;
        let ends: Slab<Ends> = self.get(header.ends)?;
        let label_nodes: Slab<NodeId> = self.get(header.label_nodes)?;
        let bounds = Bounds {
            nodes: node_labels.len(),
            edges: ends.len(),
            names: header.names.len(),
        };
        let runs = header.labels.iter();
        let sound = runs.clone().all(|(_, from, to)| from <= to && *to <= label_nodes.len())
            // Counts are trusted by whoever makes room for so many.
            && header.kinds.iter().try_fold(0usize, |sum, (_, count)| sum.checked_add(*count))
                == Some(bounds.edges);
        if !sound {
            return None;
        }
        let broken = Broken::default();
        let [out, out_hops, into, into_hops] = header.adjacency;
        let set = |set: &Vec<u32>| set.iter().map(|label| Symbol(*label)).collect();
        Some(Frozen {
            label_sets: header.label_sets.iter().map(set).collect(),
            by_label: runs
                .map(|(label, from, to)| (Symbol(*label), LabelRun::new(*from..*to)))
                .collect(),
            by_kind: header
                .kinds
                .iter()
                .map(|(kind, count)| (Symbol(*kind), *count))
                .collect(),
            texts: self.texts(header.texts)?,
            node_columns: self.columns(&header.node_columns, bounds.nodes)?,
            edge_columns: self.columns(&header.edge_columns, bounds.edges)?,
            indexes: RwLock::new(self.indexes(header)?),
            adjacency: Adjacency::of_sides(
                self.side(out, out_hops, bounds, &broken)?,
                self.side(into, into_hops, bounds, &broken)?,
            ),
            node_labels,
            label_nodes,
            ends,
            names: bounds.names,
            broken,
        })
    }

    fn texts(&self, [bytes, ends, slots]: [Part; 3]) -> Option<Texts> {
        let texts = Texts {
            bytes: self.get(bytes)?,
            ends: self.get(ends)?,
            slots: self.get(slots)?,
        };
        let fits = texts.slots.is_empty() || texts.slots.len().is_power_of_two();
        fits.then_some(texts)
    }

    fn side(&self, starts: Part, hops: Part, bounds: Bounds, broken: &Broken) -> Option<Side> {
        let side = Side {
            starts: self.get(starts)?,
            hops: self.get(hops)?,
            guard: Some(Arc::new(Guard::new(bounds.edges, bounds, broken.clone()))),
        };
        let fits = side.starts.len() == bounds.nodes + 1 && side.hops.len() == bounds.edges;
        fits.then_some(side)
    }

    fn indexes(&self, header: &Header) -> Option<Indexes> {
        let indexes = header.indexes.iter();
        indexes
            .map(|(key, part)| Some((Symbol(*key), Arc::new(self.get(*part)?))))
            .collect()
    }

    fn range(&self, part: Part) -> Option<Range<usize>> {
        let Array(at, length, _) = self.arrays.get(part as usize)?;
        let from = self.start.checked_add(usize::try_from(*at).ok()?)?;
        Some(from..from.checked_add(usize::try_from(*length).ok()?)?)
    }

    fn get<T: Pod>(&self, part: Part) -> Option<Slab<T>> {
        Slab::of(&self.bytes, self.range(part)?)
    }

    fn columns(&self, headers: &[ColumnHeader], bound: usize) -> Option<Vec<(Symbol, Column)>> {
        let headers = headers.iter();
        headers
            .map(|own| Some((Symbol(own.key), self.column(own, bound)?)))
            .collect()
    }

    fn column(&self, header: &ColumnHeader, bound: usize) -> Option<Column> {
        let values = match header.kind {
            ColumnKind::Text => Values::Text(self.get(header.values)?),
            ColumnKind::Int => Values::Int(self.get(header.values)?),
            ColumnKind::Float => Values::Float(self.get(header.values)?),
            ColumnKind::Bool => Values::Bool(self.get(header.values)?),
            ColumnKind::Encoded => Values::Encoded(self.get(header.values)?),
        };
        let present = match header.some {
            None => Present::All(u32::try_from(bound).ok()?),
            Some((bits, before)) => Present::Some {
                bits: self.get(bits)?,
                before: self.get(before)?,
            },
        };
        let words = bound.div_ceil(64);
        let fits = match &present {
            Present::All(_) => true,
            Present::Some { bits, before } => bits.len() == words && before.len() == words,
        };
        fits.then_some(Column::new(present, values))
    }
}
