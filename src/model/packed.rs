//! What a graph at rest lets a walk or a scan read in place: runs of edges, columns, sets of labels.
//!
//! These are plain slices, taken once and read many times; a graph that can be written has none, and
//! the reader asks `GraphView` for values instead. Built by `frozen` and `adjacency`.

use super::guard::Guard;
use super::symbol::Symbol;
use super::view::{Hop, NodeId};

/// A string of a graph at rest as a number: equal numbers are equal strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub(crate) u32);

impl Token {
    /// Gives the number, dense from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A property in place; a string is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// No property.
    Null,
    /// True or false.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Text(Token),
    /// A value that is not kept as it is; ask for the property.
    Other,
}

/// All edges on one side of all nodes.
#[derive(Clone, Copy, Debug)]
pub struct PackedSide<'a> {
    pub(super) starts: &'a [u32],
    pub(super) hops: &'a [Hop],
    /// Watches over the edges of a snapshot.
    pub(super) guard: Option<&'a Guard>,
}

impl<'a> PackedSide<'a> {
    /// Gives the edges at a node, sorted by kind and id.
    #[inline]
    #[must_use]
    pub fn at(&self, node: NodeId) -> &'a [Hop] {
        let i = node.index();
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => match self.guard {
                None => self.hops.get(from as usize..to as usize).unwrap_or(&[]),
                Some(guard) => guard.run(self.hops, from as usize, to as usize),
            },
            _ => &[],
        }
    }

    /// Counts the edges at a node; touches none of them, unless it is the first to ask of a snapshot.
    #[inline]
    #[must_use]
    pub fn degree(&self, node: NodeId) -> usize {
        if self.guard.is_some() {
            return self.at(node).len();
        }
        let i = node.index();
        match (self.starts.get(i), self.starts.get(i + 1)) {
            (Some(&from), Some(&to)) => to.saturating_sub(from) as usize,
            _ => 0,
        }
    }

    /// Gives the edges of one kind at a node.
    #[inline]
    #[must_use]
    pub fn of_kind(&self, node: NodeId, kind: Symbol) -> &'a [Hop] {
        run_of(self.at(node), kind)
    }
}

/// Edges up to which a run is looked for one by one.
const FEW: usize = 12;

/// Finds the run of one kind in edges sorted by kind.
#[inline]
pub(super) fn run_of(hops: &[Hop], kind: Symbol) -> &[Hop] {
    if hops.len() <= FEW {
        let from = hops.iter().take_while(|hop| hop.kind < kind).count();
        let rest = &hops[from..];
        let length = rest.iter().take_while(|hop| hop.kind == kind).count();
        return &rest[..length];
    }
    let from = hops.partition_point(|hop| hop.kind < kind);
    let to = from + hops[from..].partition_point(|hop| hop.kind == kind);
    &hops[from..to]
}

/// The values of one key.
#[derive(Clone, Copy, Debug)]
pub struct ColumnView<'a> {
    pub(super) present: PresentView<'a>,
    pub(super) values: ValuesView<'a>,
}

/// Who has a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum PresentView<'a> {
    All,
    Some { bits: &'a [u64], before: &'a [u32] },
}

/// Values of one type.
#[derive(Clone, Copy, Debug)]
pub(super) enum ValuesView<'a> {
    Nothing,
    Text(&'a [u32]),
    Int(&'a [i64]),
    Float(&'a [f64]),
    Bool(&'a [u8]),
    Other,
}

impl ColumnView<'_> {
    /// A column without values.
    pub(super) const EMPTY: Self = Self {
        present: PresentView::All,
        values: ValuesView::Nothing,
    };

    /// Gives the property of the node or edge with an index.
    #[inline]
    #[must_use]
    pub fn at(&self, owner: usize) -> Cell {
        let Some(place) = self.present.place(owner) else {
            return Cell::Null;
        };
        let cell = match self.values {
            ValuesView::Nothing => None,
            ValuesView::Text(values) => values.get(place).map(|text| Cell::Text(Token(*text))),
            ValuesView::Int(values) => values.get(place).map(|value| Cell::Int(*value)),
            ValuesView::Float(values) => values.get(place).map(|value| Cell::Float(*value)),
            ValuesView::Bool(values) => values.get(place).map(|value| Cell::Bool(*value != 0)),
            ValuesView::Other => Some(Cell::Other),
        };
        cell.unwrap_or(Cell::Null)
    }
}

impl PresentView<'_> {
    #[inline]
    fn place(&self, owner: usize) -> Option<usize> {
        match self {
            Self::All => Some(owner),
            Self::Some { bits, before } => {
                let word = *bits.get(owner / 64)?;
                let bit = owner % 64;
                if word >> bit & 1 == 0 {
                    return None;
                }
                let below = word & ((1 << bit) - 1);
                Some((before.get(owner / 64)? + below.count_ones()) as usize)
            }
        }
    }
}
