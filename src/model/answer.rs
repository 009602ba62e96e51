//! What a question gives: columns, rows, and the piece of the graph it touched.
//!
//! Values in rows name nodes and edges of the graph that was asked; who shows an answer needs
//! that graph too.

use super::value::Value;
use super::view::{EdgeId, NodeId};
use crate::diag::Diagnostic;
use std::collections::BTreeSet;
use std::time::Duration;

/// The answer to one question.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Names of the columns, as the question words them.
    pub columns: Vec<String>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// The piece of the graph that pictures draw.
    pub piece: Piece,
    /// What the statement changed, as can be seen before and after.
    pub changes: Changes,
    /// Remarks that belong to the answer: cut at a bound, a mark of a closed service, a hint.
    pub notes: Vec<Diagnostic>,
    /// True where a bound cut the rows.
    pub cut: bool,
    /// Time from parsing to the last row.
    pub elapsed: Duration,
    /// Text to print as it stands instead of rows (a plan, an explanation).
    pub text: Option<String>,
}

/// Nodes and edges of the graph that was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The nodes, by id.
    pub nodes: BTreeSet<NodeId>,
    /// The edges, by id; their ends are among the nodes.
    pub edges: BTreeSet<EdgeId>,
}

/// What a statement did to the graph, in the counts that openCypher's kit asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Nodes made and still there.
    pub nodes_added: u64,
    /// Nodes removed that were there before.
    pub nodes_removed: u64,
    /// Relationships made and still there.
    pub relationships_added: u64,
    /// Relationships removed that were there before.
    pub relationships_removed: u64,
    /// Properties that have a value they had not before.
    pub properties_added: u64,
    /// Properties that lost the value they had before.
    pub properties_removed: u64,
    /// Labels that the graph as a whole gained.
    pub labels_added: u64,
    /// Labels that the graph as a whole lost.
    pub labels_removed: u64,
}

impl Changes {
    /// Tells whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
