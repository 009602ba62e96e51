//! What a statement that only reads may rely on: nothing it has seen goes away.
//!
//! Holds the edges, columns and label sets of the graph in place, each looked up once. A graph that
//! is not packed has none of them, and the reader goes through `GraphView`.

use crate::model::Cell;
use crate::model::ColumnView;
use crate::model::Direction;
use crate::model::GraphView;
use crate::model::Hop;
use crate::model::NodeId;
use crate::model::PackedSide;
use crate::model::Symbol;
use crate::model::Value;
use crate::query::plan::expr::LabelTest;
use crate::query::plan::pattern::KindSet;
use crate::query::plan::pattern::Side;
use std::cell;
use std::cell::RefCell;

/// A graph that does not change.
pub(crate) struct Still<'a> {
    view: &'a dyn GraphView,
    sides: Option<(PackedSide<'a>, PackedSide<'a>)>,
    label_sets: Option<(&'a [u16], &'a [Vec<Symbol>])>,
    node_columns: Columns<'a>,
    edge_columns: Columns<'a>,
    loops: cell::Cell<Option<bool>>,
}

/// Columns that were asked for; a question asks for few.
type Columns<'a> = RefCell<Vec<(Symbol, ColumnView<'a>)>>;

impl<'a> Still<'a> {
    /// Takes what the graph has packed.
    pub(crate) fn new(view: &'a dyn GraphView) -> Self {
        let out = view.packed(Direction::Out);
        Self {
            view,
            sides: out.zip(view.packed(Direction::In)),
            label_sets: view.label_sets(),
            node_columns: RefCell::default(),
            edge_columns: RefCell::default(),
            loops: cell::Cell::new(None),
        }
    }

    /// Gives the edges that leave and those that enter.
    pub(super) fn sides(&self) -> Option<(PackedSide<'a>, PackedSide<'a>)> {
        self.sides
    }

    /// Gives the column of a property of nodes.
    pub(super) fn node_column(&self, key: Symbol) -> Option<ColumnView<'a>> {
        self.label_sets?;
        column(&self.node_columns, key, || self.view.node_column(key))
    }

    /// Gives the column of a property of edges.
    pub(super) fn edge_column(&self, key: Symbol) -> Option<ColumnView<'a>> {
        self.label_sets?;
        column(&self.edge_columns, key, || self.view.edge_column(key))
    }

    /// Gives a property in place.
    #[inline]
    pub(super) fn cell(&self, subject: &Value, key: Symbol) -> Option<Cell> {
        let cell = match subject {
            Value::Node(node) => self.node_column(key)?.at(node.index()),
            Value::Edge(edge) => self.edge_column(key)?.at(edge.index()),
            _ => return None,
        };
        (cell != Cell::Other).then_some(cell)
    }

    /// Counts the edges at a node without touching those of other kinds; a loop counts once.
    #[inline]
    pub(super) fn degree(&self, node: NodeId, side: Side, kinds: &KindSet) -> Option<usize> {
        let (out, into) = self.sides?;
        let one = |side: &PackedSide<'_>| match kinds {
            KindSet::Any => side.degree(node),
            _ => count(side, node, kinds, |_| true),
        };
        Some(match side {
            Side::Out => one(&out),
            Side::In => one(&into),
            Side::Both if self.has_loops() => {
                one(&out) + count(&into, node, kinds, |hop| hop.node != node)
            }
            Side::Both => one(&out) + one(&into),
        })
    }

    /// Gives the edges at a node in place, those of each side; `None` where some of them would have to
    /// be left out.
    #[inline]
    pub(super) fn runs(&self, node: NodeId, side: Side, kinds: &KindSet) -> Option<[&'a [Hop]; 2]> {
        let (out, into) = self.sides.as_ref()?;
        let one = |side: &PackedSide<'a>| match kinds {
            KindSet::Any => Some(side.at(node)),
            KindSet::Only(kinds) => match kinds.as_slice() {
                [kind] => Some(side.of_kind(node, *kind)),
                _ => None,
            },
        };
        match side {
            Side::Out => Some([one(out)?, &[]]),
            Side::In => Some([one(into)?, &[]]),
            Side::Both if self.has_loops() => None,
            Side::Both => Some([one(out)?, one(into)?]),
        }
    }

    fn has_loops(&self) -> bool {
        let known = self.loops.get();
        known.unwrap_or_else(|| {
            let loops = self.view.has_loops();
            self.loops.set(Some(loops));
            loops
        })
    }

    /// Drops the nodes whose labels do not pass; tests each set of labels once.
    pub(super) fn retain_labelled(&self, nodes: &mut Vec<NodeId>, test: &LabelTest) {
        let Some((of_node, sets)) = self.label_sets else {
            return nodes.retain(|node| test.holds(self.view.node_labels(*node)));
        };
        let mut known: Vec<Option<bool>> = vec![None; sets.len()];
        nodes.retain(|node| {
            let set = of_node.get(node.index()).copied().unwrap_or(u16::MAX) as usize;
            match (known.get_mut(set), sets.get(set)) {
                (Some(known), Some(labels)) => *known.get_or_insert_with(|| test.holds(labels)),
                _ => test.holds(&[]),
            }
        });
    }
}

#[inline]
fn column<'a>(
    columns: &Columns<'a>,
    key: Symbol,
    find: impl FnOnce() -> Option<ColumnView<'a>>,
) -> Option<ColumnView<'a>> {
    let known = columns.borrow();
    if let Some((_, column)) = known.iter().find(|(own, _)| *own == key) {
        return Some(*column);
    }
    drop(known);
    let column = find()?;
    columns.borrow_mut().push((key, column));
    Some(column)
}

/// Counts the edges of some kinds at a node; all of them need not be looked at.
fn count(
    side: &PackedSide<'_>,
    node: NodeId,
    kinds: &KindSet,
    fits: impl Fn(&Hop) -> bool,
) -> usize {
    let hops = side.at(node);
    match kinds {
        KindSet::Any => hops.iter().filter(|hop| fits(hop)).count(),
        KindSet::Only(kinds) => {
            let wanted = hops.iter().filter(|hop| kinds.contains(&hop.kind));
            wanted.filter(|hop| fits(hop)).count()
        }
    }
}
