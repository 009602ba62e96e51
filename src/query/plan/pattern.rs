//! A pattern as a small graph: nodes, links and conditions, before an order to walk it is chosen.
//!
//! `lower` makes it from the text, `arrange` turns it into steps. Knows no graph.

use super::Plan;
use super::expr::Expr;
use super::expr::Slot;
use crate::model::Symbol;
use crate::query::ast::Arrow;
use crate::query::ast::PathMode;
use crate::query::ast::Selector;

/// The patterns of one MATCH.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pattern {
    /// The nodes, each once.
    pub nodes: Vec<Node>,
    /// What joins them.
    pub links: Vec<Link>,
    /// Conditions from inside the pattern; conditions of WHERE join them by a pass.
    pub filters: Vec<Expr>,
    /// Named paths: the slot and how it is made.
    pub paths: Vec<(Slot, Expr)>,
    /// Slots that hold something before this MATCH.
    pub bound: Vec<Slot>,
}

/// A node of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Where it goes.
    pub slot: Slot,
}

/// Which way a link is walked from its `from` end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Along the arrow.
    Out,
    /// Against the arrow.
    In,
    /// Either way.
    Both,
}

impl Side {
    /// Gives the side as seen from the other end.
    #[must_use]
    pub(crate) fn flip(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Both => Self::Both,
        }
    }
}

impl From<Arrow> for Side {
    fn from(arrow: Arrow) -> Self {
        match arrow {
            Arrow::Right => Self::Out,
            Arrow::Left => Self::In,
            Arrow::Either => Self::Both,
        }
    }
}

/// The kinds that a link may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KindSet {
    /// All.
    Any,
    /// These; an empty list matches nothing.
    Only(Vec<Symbol>),
}

impl KindSet {
    /// Tells whether an edge could be in both sets.
    #[must_use]
    pub(crate) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => a.iter().any(|kind| b.contains(kind)),
            (Self::Only(a), Self::Any) | (Self::Any, Self::Only(a)) => !a.is_empty(),
            (Self::Any, Self::Any) => true,
        }
    }
}

/// What joins two nodes of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    /// The slot of the edge, or of the list of edges.
    pub edge: Slot,
    /// One end.
    pub from: Slot,
    /// The other end.
    pub to: Slot,
    /// Which way from `from`.
    pub side: Side,
    /// The kinds.
    pub kinds: KindSet,
    /// The edge slot holds a value before this MATCH.
    pub bound: bool,
    /// How it is walked.
    pub walk: Walk,
    /// Which path of the MATCH it belongs to.
    pub path: usize,
    /// What may repeat.
    pub mode: PathMode,
}

/// How a link is walked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Walk {
    /// One edge.
    One,
    /// Edges one after the other.
    Many(Many),
    /// A group of edges, repeated.
    Group(Box<Group>),
    /// A whole pattern of which some paths are taken.
    Chosen(Box<Chosen>),
}

/// A walk over several edges.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Many {
    /// At least.
    pub min: usize,
    /// At most.
    pub max: Option<usize>,
    /// What each edge must fulfil; the edge is the first local.
    pub test: Option<Expr>,
    /// Which walks are wanted.
    pub selector: Selector,
}

/// A repeated group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// One round, in a frame of its own.
    pub body: Plan,
    /// Slots of that frame: first node, last node.
    pub ends: (Slot, Slot),
    /// Slots of that frame that hold edges, in the order walked.
    pub edges: Vec<Slot>,
    /// What the round sees of the row outside.
    pub imports: Vec<(Expr, Slot)>,
    /// Slots of that frame and the lists outside that they fill.
    pub lists: Vec<(Slot, Slot)>,
    /// At least so many rounds.
    pub min: usize,
    /// At most.
    pub max: Option<usize>,
}

/// A pattern of several links under a selector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen {
    /// The pattern.
    pub pattern: Pattern,
    /// The path, by whose length is chosen.
    pub path: Slot,
    /// Which.
    pub selector: Selector,
}

impl Link {
    /// Lists the slots that the link fills beside its ends.
    #[must_use]
    pub(crate) fn fills(&self) -> Vec<Slot> {
        let mut slots = vec![self.edge];
        match &self.walk {
            Walk::Group(group) => slots.extend(group.lists.iter().map(|(_, outer)| *outer)),
            Walk::Chosen(chosen) => slots.extend(chosen.pattern.introduced()),
            Walk::One | Walk::Many(_) => {}
        }
        slots
    }
}

impl Pattern {
    /// Lists all slots that the pattern fills.
    #[must_use]
    pub(crate) fn introduced(&self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.nodes.iter().map(|node| node.slot).collect();
        slots.extend(self.links.iter().flat_map(Link::fills));
        slots.extend(self.paths.iter().map(|(slot, _)| *slot));
        slots.retain(|slot| !self.bound.contains(slot));
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}
