//! What the header of a snapshot says.

use serde::{Deserialize, Serialize};

/// The place of an array among those of the header.
pub(super) type Part = u32;

/// Place, length and checksum of an array behind the header.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Array(pub(super) u64, pub(super) u64, pub(super) u64);

#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) names: Vec<String>,
    pub(super) label_sets: Vec<Vec<u32>>,
    /// Each label with the run of its nodes.
    pub(super) labels: Vec<(u32, usize, usize)>,
    pub(super) kinds: Vec<(u32, usize)>,
    pub(super) texts: [Part; 3],
    pub(super) node_labels: Part,
    pub(super) label_nodes: Part,
    pub(super) ends: Part,
    pub(super) adjacency: [Part; 4],
    pub(super) node_columns: Vec<ColumnHeader>,
    pub(super) edge_columns: Vec<ColumnHeader>,
    pub(super) indexes: Vec<(u32, Part)>,
    pub(super) arrays: Vec<Array>,
    /// Bytes of all arrays.
    pub(super) length: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ColumnHeader {
    pub(super) key: u32,
    pub(super) kind: ColumnKind,
    pub(super) values: Part,
    /// The bits of the owners and the counts before each word; none where all own a value.
    pub(super) some: Option<(Part, Part)>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum ColumnKind {
    Text,
    Int,
    Float,
    Bool,
    Encoded,
}
