//! A packed graph as one file that is mapped and not parsed.
//!
//! Layout: 8 bytes of magic, the version, the length of the header and its checksum; the header, a
//! line of JSON that names every array by place and length; the arrays, each at a multiple of 64
//! bytes; the magic again. Little-endian, as every machine this runs on. Opening checks the
//! header, its checksum, the length and the end, so a torn or foreign file is refused; it does not
//! read the arrays.

use super::column::{Column, Present, Values};
use super::texts::Texts;
use super::{Adjacency, Frozen, FrozenBuilder};
use crate::model::slab::{Bytes, Slab};
use crate::model::symbol::{Interner, Symbol};
use crate::model::{Graph, GraphView as _};
use bytemuck::Pod;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"\x89archq\r\n";
/// Raised whenever the layout changes; an older file is refused by number.
const VERSION: u32 = 1;
/// Magic, version, length and checksum of the header.
const PREFIX: usize = 24;
const ALIGN: usize = 64;

/// Why a file is not opened as a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// It does not begin like one.
    Foreign,
    /// It is one of another version of archq.
    Version(u32),
    /// It ends too early, or its parts do not fit together.
    Torn(&'static str),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => write!(f, "not a snapshot of archq"),
            Self::Version(found) => {
                write!(
                    f,
                    "a snapshot of layout {found}, this archq reads layout {VERSION}"
                )
            }
            Self::Torn(what) => write!(f, "a snapshot that is torn: {what}"),
        }
    }
}

impl std::error::Error for SnapshotError {}

/// Place and length of an array behind the header.
type Part = (u64, u64);

#[derive(Serialize, Deserialize)]
struct Header {
    names: Vec<String>,
    label_sets: Vec<Vec<u32>>,
    labels: Vec<(u32, usize, usize)>,
    kinds: Vec<(u32, usize)>,
    texts: [Part; 3],
    node_labels: Part,
    label_nodes: Part,
    ends: Part,
    adjacency: [Part; 4],
    node_columns: Vec<ColumnHeader>,
    edge_columns: Vec<ColumnHeader>,
    indexes: Vec<(u32, Part)>,
    length: u64,
}

#[derive(Serialize, Deserialize)]
struct ColumnHeader {
    key: u32,
    kind: ColumnKind,
    values: Part,
    /// All owners, or the bits and the counts before each word.
    all: Option<u32>,
    bits: Part,
    before: Part,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum ColumnKind {
    Text,
    Int,
    Float,
    Bool,
    Encoded,
}

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

    /// Opens a snapshot without reading its arrays.
    ///
    /// # Errors
    /// Where the bytes are none, are of another version, or are not whole.
    pub fn open_snapshot(bytes: Bytes) -> Result<Graph, SnapshotError> {
        let (header, start) = read_header((*bytes).as_ref())?;
        let reader = Reader { bytes, start };
        let mut names = Interner::default();
        for name in &header.names {
            names.intern(name);
        }
        let frozen = reader
            .frozen(&header)
            .ok_or(SnapshotError::Torn("an array is not whole"))?;
        let graph = Graph::at_rest(names, frozen);
        // The symbols of the header have to be those of its names.
        let known = header.names.len();
        let sound = graph
            .labels()
            .iter()
            .chain(&graph.kinds())
            .all(|(s, _)| s.index() < known);
        if sound {
            Ok(graph)
        } else {
            Err(SnapshotError::Torn("a name is missing"))
        }
    }
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
    if bytes.len() as u64 != start as u64 + header.length + MAGIC.len() as u64
        || !bytes.ends_with(MAGIC)
    {
        return Err(SnapshotError::Torn("it has not its whole length"));
    }
    Ok((header, start))
}

/// FNV-1a, 64 bits: a header is some kilobytes.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn align(at: usize) -> usize {
    at.div_ceil(ALIGN) * ALIGN
}

/// Gathers the arrays of a snapshot and gives each its place.
#[derive(Default)]
struct Arrays<'a> {
    parts: Vec<&'a [u8]>,
    length: usize,
}

impl<'a> Arrays<'a> {
    fn put<T: Pod>(&mut self, array: &'a Slab<T>) -> Part {
        let bytes = array.as_bytes();
        let at = self.length;
        self.parts.push(bytes);
        self.length = align(at + bytes.len());
        (at as u64, bytes.len() as u64)
    }

    fn put_column(&mut self, key: Symbol, column: &'a Column) -> ColumnHeader {
        let (kind, values) = match &column.values {
            Values::Text(values) => (ColumnKind::Text, self.put(values)),
            Values::Int(values) => (ColumnKind::Int, self.put(values)),
            Values::Float(values) => (ColumnKind::Float, self.put(values)),
            Values::Bool(values) => (ColumnKind::Bool, self.put(values)),
            Values::Encoded(values) => (ColumnKind::Encoded, self.put(values)),
        };
        let (all, bits, before) = match &column.present {
            Present::All(bound) => (Some(*bound), (0, 0), (0, 0)),
            Present::Some { bits, before } => (None, self.put(bits), self.put(before)),
        };
        ColumnHeader {
            key: key.0,
            kind,
            values,
            all,
            bits,
            before,
        }
    }
}

impl Frozen {
    fn write(&self, names: &Interner, out: &mut dyn Write) -> io::Result<()> {
        let indexes: Vec<(Symbol, Arc<Slab<u32>>)> = match self.indexes.read() {
            Ok(indexes) => indexes
                .iter()
                .map(|(key, index)| (*key, index.clone()))
                .collect(),
            Err(_) => Vec::new(),
        };
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
        let mut labels: Vec<_> = self
            .by_label
            .iter()
            .map(|(label, range)| (label.0, range.start, range.end))
            .collect();
        labels.sort_unstable();
        let texts = [&self.texts.bytes].map(|array| arrays.put(array));
        let sides = [&self.adjacency.out, &self.adjacency.into];
        let [out, into] = sides.map(|side| [arrays.put(&side.starts), arrays.put(&side.hops)]);
        Header {
            names: names.names().iter().map(|name| name.to_string()).collect(),
            label_sets: self.label_sets.iter().map(set).collect(),
            labels,
            kinds: self
                .kinds()
                .into_iter()
                .map(|(kind, count)| (kind.0, count))
                .collect(),
            texts: [
                texts[0],
                arrays.put(&self.texts.ends),
                arrays.put(&self.texts.slots),
            ],
            node_labels: arrays.put(&self.node_labels),
            label_nodes: arrays.put(&self.label_nodes),
            ends: arrays.put(&self.ends),
            adjacency: [out[0], out[1], into[0], into[1]],
            node_columns: columns(&self.node_columns, arrays),
            edge_columns: columns(&self.edge_columns, arrays),
            indexes: indexes
                .iter()
                .map(|(key, index)| (key.0, arrays.put(&**index)))
                .collect(),
            length: arrays.length as u64,
        }
    }
}

fn columns<'a>(own: &'a [(Symbol, Column)], arrays: &mut Arrays<'a>) -> Vec<ColumnHeader> {
    own.iter()
        .map(|(key, column)| arrays.put_column(*key, column))
        .collect()
}

fn pad(out: &mut dyn Write, length: usize) -> io::Result<()> {
    out.write_all(&[0; ALIGN][..align(length) - length])
}

struct Reader {
    bytes: Bytes,
    start: usize,
}

impl Reader {
    fn frozen(&self, header: &Header) -> Option<Frozen> {
        let [out_starts, out_hops, in_starts, in_hops] = header.adjacency;
        let mut adjacency = Adjacency::default();
        adjacency.out.starts = self.get(out_starts)?;
        adjacency.out.hops = self.get(out_hops)?;
        adjacency.into.starts = self.get(in_starts)?;
        adjacency.into.hops = self.get(in_hops)?;
        let [bytes, ends, slots] = header.texts;
        let texts = Texts {
            bytes: self.get(bytes)?,
            ends: self.get(ends)?,
            slots: self.get(slots)?,
        };
        let indexes = header.indexes.iter();
        let indexes = indexes.map(|(key, part)| Some((Symbol(*key), Arc::new(self.get(*part)?))));
        let set = |set: &Vec<u32>| set.iter().map(|label| Symbol(*label)).collect();
        let labels = header.labels.iter();
        Some(Frozen {
            label_sets: header.label_sets.iter().map(set).collect(),
            by_label: labels
                .map(|(label, from, to)| (Symbol(*label), *from..*to))
                .collect(),
            by_kind: header
                .kinds
                .iter()
                .map(|(kind, count)| (Symbol(*kind), *count))
                .collect(),
            node_labels: self.get(header.node_labels)?,
            label_nodes: self.get(header.label_nodes)?,
            ends: self.get(header.ends)?,
            node_columns: self.columns(&header.node_columns)?,
            edge_columns: self.columns(&header.edge_columns)?,
            indexes: std::sync::RwLock::new(indexes.collect::<Option<_>>()?),
            adjacency,
            texts,
        })
    }

    fn get<T: Pod>(&self, (at, length): Part) -> Option<Slab<T>> {
        let from = self.start.checked_add(usize::try_from(at).ok()?)?;
        let range: Range<usize> = from..from.checked_add(usize::try_from(length).ok()?)?;
        Slab::mapped(&self.bytes, range)
    }

    fn columns(&self, headers: &[ColumnHeader]) -> Option<Vec<(Symbol, Column)>> {
        headers
            .iter()
            .map(|own| Some((Symbol(own.key), self.column(own)?)))
            .collect()
    }

    fn column(&self, header: &ColumnHeader) -> Option<Column> {
        let values = match header.kind {
            ColumnKind::Text => Values::Text(self.get(header.values)?),
            ColumnKind::Int => Values::Int(self.get(header.values)?),
            ColumnKind::Float => Values::Float(self.get(header.values)?),
            ColumnKind::Bool => Values::Bool(self.get(header.values)?),
            ColumnKind::Encoded => Values::Encoded(self.get(header.values)?),
        };
        let present = match header.all {
            Some(bound) => Present::All(bound),
            None => Present::Some {
                bits: self.get(header.bits)?,
                before: self.get(header.before)?,
            },
        };
        Some(Column { present, values })
    }
}
