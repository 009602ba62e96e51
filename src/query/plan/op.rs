//! The operators of a plan, as data.

use super::Frame;
use super::Plan;
use super::expr::Aggregate;
use super::expr::Expr;
use super::expr::Key;
use super::expr::Slot;
use super::expr::Subquery;
use super::pattern::Chosen;
use super::pattern::Group;
use super::pattern::KindSet;
use super::pattern::Many;
use super::pattern::Pattern;
use super::pattern::Side;
use crate::model::Symbol;
use crate::query::ast::PathMode;
use std::sync::Arc;

/// What a step does with each row, or with all rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Op {
    /// Finds a pattern; only until an order has been chosen.
    Match(Box<Pattern>),
    /// Gives a row for each node.
    Scan(Scan),
    /// Walks one edge.
    Expand(Expand),
    /// Walks several edges.
    Walk(Box<WalkMany>),
    /// Walks a group again and again.
    Repeat(Box<Repeat>),
    /// Runs a pattern and keeps chosen paths for each pair of ends.
    Choose(Box<Choose>),
    /// Keeps rows that fulfil all conditions.
    Filter(Vec<Expr>),
    /// Fills slots of the same frame.
    Extend(Vec<(Slot, Expr)>),
    /// Starts a new frame.
    Project(Project),
    /// Groups rows; starts a new frame: keys, then aggregates.
    Aggregate(Grouping),
    /// Orders rows.
    Sort(Sort),
    /// Drops rows that are equal in their first slots.
    Distinct(usize),
    /// Drops rows at the start.
    Skip(Expr),
    /// Drops rows behind the first.
    Limit(Expr),
    /// Gives a row for each item of a list.
    Unwind {
        /// The list.
        list: Expr,
        /// Where the item goes.
        slot: Slot,
    },
    /// Runs a plan in the same frame; a row of nulls where it gives none.
    Optional {
        /// The plan.
        body: Plan,
        /// The slots that become null.
        slots: Vec<Slot>,
    },
    /// Keeps a row if a query inside gives a row for it, or gives none.
    Semi {
        /// The query.
        query: Box<Subquery>,
        /// Keeps it if there is none.
        anti: bool,
    },
    /// Runs a plan in a frame of its own for each row.
    Apply(Apply),
    /// Joins with the rows of a plan that does not depend on the row, by equal values.
    Join(Join),
    /// Gives the rows of several plans.
    Union(Union),
    /// Looks rows up in a declared procedure.
    Call(Call),
    /// Makes nodes and edges.
    Create(Create),
    /// Finds a pattern or makes it.
    Merge(Box<Merge>),
    /// Sets and removes properties and labels.
    Set(Vec<SetOp>),
    /// Removes nodes and edges.
    Delete {
        /// What is removed.
        targets: Vec<Expr>,
        /// Removes the edges of nodes as well.
        detach: bool,
    },
    /// Runs an updating plan in the same frame for each item of a list.
    Foreach {
        /// The list.
        list: Expr,
        /// Where the item goes.
        slot: Slot,
        /// What is done.
        body: Plan,
    },
}

/// Gives a row for each node of a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scan {
    /// Where the node goes.
    pub slot: Slot,
    /// Which nodes.
    pub source: Source,
}

/// Where the nodes of a scan come from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// All nodes.
    All,
    /// Those of a label; `None` where the graph does not know it.
    Label(Option<Symbol>, Arc<str>),
    /// Those whose property has a value.
    Property {
        /// The property.
        key: Key,
        /// The value.
        value: Expr,
        /// How many they are expected to be.
        found: f64,
    },
}

/// Walks one edge from a node that is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expand {
    /// The node that is known.
    pub from: Slot,
    /// Where the edge goes.
    pub edge: Slot,
    /// Where the other end goes.
    pub to: Slot,
    /// Which way.
    pub side: Side,
    /// The kinds.
    pub kinds: KindSet,
    /// The other end is known, too.
    pub into: bool,
    /// The node to start from is known; else the edge is.
    pub from_known: bool,
    /// The edge is known.
    pub bound: bool,
    /// Edge slots of the same MATCH that must hold other edges.
    pub unlike: Vec<Slot>,
    /// Keeps the edge; false where nobody reads it.
    pub keep: bool,
    /// Where the number of edges goes instead of a row for each.
    pub count: Option<Slot>,
}

/// Walks several edges from a node that is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WalkMany {
    /// The node that is known.
    pub from: Slot,
    /// Where the list of edges goes.
    pub edge: Slot,
    /// Where the last node goes.
    pub to: Slot,
    /// Which way.
    pub side: Side,
    /// The kinds.
    pub kinds: KindSet,
    /// How far, and what each edge fulfils.
    pub many: Many,
    /// What may repeat.
    pub mode: PathMode,
    /// The last node is known, too.
    pub into: bool,
    /// The list of edges is known.
    pub bound: bool,
    /// The list is written from the far end.
    pub reversed: bool,
    /// Edge slots of the same MATCH that must hold other edges.
    pub unlike: Vec<Slot>,
    /// Keeps the list of edges; false where nobody reads it.
    pub keep: bool,
    /// Which algorithm.
    pub how: How,
}

/// How several edges are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Every trail, one by one.
    Trails,
    /// Every trail to a known end, cut where the end is too far.
    Pruned,
    /// Each node that can be reached, once per start.
    Reach,
    /// Each node that can be reached, once for all starts.
    ReachOnce,
    /// The shortest ones, breadth first from one end.
    Shortest,
    /// The shortest ones, breadth first from both ends.
    Meet,
}

/// Walks a group again and again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Repeat {
    /// The node that is known.
    pub from: Slot,
    /// Where the flat list of edges goes.
    pub edge: Slot,
    /// Where the last node goes.
    pub to: Slot,
    /// The last node is known, too.
    pub into: bool,
    /// One round.
    pub group: Group,
    /// What may repeat.
    pub mode: PathMode,
    /// Edge slots of the same MATCH that must hold other edges.
    pub unlike: Vec<Slot>,
}

/// Runs a pattern and keeps chosen paths for each pair of ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choose {
    /// Finds all paths, in the same frame.
    pub body: Plan,
    /// The ends.
    pub ends: (Slot, Slot),
    /// Which ones and by which path.
    pub chosen: Chosen,
}

/// Starts a new frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Project {
    /// What goes into its first slots.
    pub items: Vec<Expr>,
    /// The names of its slots.
    pub frame: Frame,
}

/// Groups rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grouping {
    /// What rows of a group have in common.
    pub keys: Vec<Expr>,
    /// What is computed over a group.
    pub aggregates: Vec<Aggregate>,
    /// The names of the slots of the new frame.
    pub frame: Frame,
    /// A slot that says how many rows a row stands for.
    pub weight: Option<Slot>,
    /// Expressions that list the matched things, for pictures; they fill the last slot.
    pub trace: Option<Expr>,
}

/// Orders rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sort {
    /// Slots, and whether largest come first.
    pub keys: Vec<(Slot, bool)>,
    /// How many rows are wanted (SKIP and LIMIT together), where that is known.
    pub top: Option<Vec<Expr>>,
}

/// Runs a plan in a frame of its own for each row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Apply {
    /// The plan.
    pub body: Plan,
    /// What it sees of the row.
    pub imports: Vec<(Expr, Slot)>,
    /// Its slots and where they go.
    pub exports: Vec<(Slot, Slot)>,
    /// It has no RETURN: each row passes once.
    pub unit: bool,
}

/// Joins by equal values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Join {
    /// Gives the rows of the other side, in a frame of the same shape.
    pub body: Plan,
    /// What must be equal: on the row, on the other side.
    pub on: Vec<(Expr, Expr)>,
    /// The slots that the other side fills.
    pub slots: Vec<Slot>,
}

/// Gives the rows of several plans.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    /// The plans; their columns stand in the same order.
    pub branches: Vec<Plan>,
    /// The names of the slots of the new frame.
    pub frame: Frame,
}

/// Looks rows up in a declared procedure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    /// Its name.
    pub name: Arc<str>,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// Columns of the outputs and where they go.
    pub outputs: Vec<(usize, Slot)>,
}

/// Makes nodes and edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Create {
    /// In the order written.
    pub parts: Vec<NewPart>,
    /// Named paths.
    pub paths: Vec<(Slot, Expr)>,
}

/// A node or an edge to be made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NewPart {
    /// A node.
    Node {
        /// Where it goes.
        slot: Slot,
        /// Its labels.
        labels: Vec<Key>,
        /// Its properties: a map.
        properties: Option<Expr>,
    },
    /// An edge.
    Edge {
        /// Where it goes.
        slot: Slot,
        /// Its kind.
        kind: Key,
        /// Where it starts.
        from: Slot,
        /// Where it ends.
        to: Slot,
        /// Its properties: a map.
        properties: Option<Expr>,
    },
}

/// Finds a pattern or makes it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Merge {
    /// Finds it, in the same frame.
    pub find: Plan,
    /// Makes it.
    pub make: Create,
    /// Property maps of the pattern, none of whose values may be null.
    pub maps: Vec<Expr>,
    /// What is set when it was made.
    pub on_create: Vec<SetOp>,
    /// What is set when it was there.
    pub on_match: Vec<SetOp>,
}

/// One change of properties or labels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SetOp {
    /// Sets a property, or removes it with null.
    Property {
        /// The node or edge.
        target: Expr,
        /// The key.
        key: Key,
        /// The value.
        value: Expr,
    },
    /// Sets all properties of a map.
    Properties {
        /// The node or edge.
        target: Expr,
        /// Keeps those that the map does not name.
        add: bool,
        /// The map, node or edge.
        value: Expr,
    },
    /// Adds labels.
    AddLabels {
        /// The node.
        target: Expr,
        /// The labels.
        labels: Vec<Key>,
    },
    /// Takes labels away.
    RemoveLabels {
        /// The node.
        target: Expr,
        /// The labels.
        labels: Vec<Key>,
    },
}

impl Op {
    /// Tells whether the step writes.
    #[must_use]
    pub(crate) fn writes(&self) -> bool {
        match self {
            Self::Create(_)
            | Self::Merge(_)
            | Self::Set(_)
            | Self::Delete { .. }
            | Self::Foreach { .. } => true,
            Self::Apply(apply) => apply.body.writes(),
            Self::Union(union) => union.branches.iter().any(Plan::writes),
            _ => false,
        }
    }

    /// Tells whether the step itself goes along edges.
    #[must_use]
    pub(crate) fn expands(&self) -> bool {
        matches!(
            self,
            Self::Expand(_) | Self::Walk(_) | Self::Repeat(_) | Self::Choose(_)
        )
    }

    /// Tells whether the step has to see all rows before it gives the first.
    #[must_use]
    pub(crate) fn collects(&self) -> bool {
        matches!(self, Self::Aggregate(_) | Self::Sort(_))
    }

    /// Calls `f` with each plan directly inside.
    pub(crate) fn each_plan(&self, f: &mut dyn FnMut(&Plan)) {
        match self {
            Self::Repeat(repeat) => f(&repeat.group.body),
            Self::Choose(choose) => f(&choose.body),
            Self::Optional { body, .. } | Self::Foreach { body, .. } => f(body),
            Self::Semi { query, .. } => f(&query.body),
            Self::Apply(apply) => f(&apply.body),
            Self::Join(join) => f(&join.body),
            Self::Union(union) => union.branches.iter().for_each(f),
            Self::Merge(merge) => f(&merge.find),
            _ => {}
        }
    }

    /// Calls `f` with each plan directly inside, to be changed in place.
    pub(crate) fn each_plan_mut(&mut self, f: &mut dyn FnMut(&mut Plan)) {
        match self {
            Self::Repeat(repeat) => f(&mut repeat.group.body),
            Self::Choose(choose) => f(&mut choose.body),
            Self::Optional { body, .. } | Self::Foreach { body, .. } => f(body),
            Self::Semi { query, .. } => f(&mut query.body),
            Self::Apply(apply) => f(&mut apply.body),
            Self::Join(join) => f(&mut join.body),
            Self::Union(union) => union.branches.iter_mut().for_each(f),
            Self::Merge(merge) => f(&mut merge.find),
            _ => {}
        }
    }
}

impl Subquery {
    /// Reads a query that asks for nothing but an edge at a node outside: the slot of the node there,
    /// and the step.
    #[must_use]
    pub(crate) fn edge_test(&self) -> Option<(Slot, &Expand)> {
        let [step] = self.body.steps.as_slice() else {
            return None;
        };
        let Op::Expand(edge) = &step.op else {
            return None;
        };
        let import = self.imports.iter().find(|(_, slot)| *slot == edge.from)?;
        let outside = import.0.as_slot()?;
        edge.is_plain().then_some((outside, edge))
    }
}

impl Expand {
    /// Tells whether it walks any edge of the kinds away from a node that is known.
    #[must_use]
    pub(crate) fn is_plain(&self) -> bool {
        self.from_known && !self.into && !self.bound && self.unlike.is_empty()
    }
}
