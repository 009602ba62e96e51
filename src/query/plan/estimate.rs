//! How many rows to expect, from counts of labels, kinds and indexed values.
//!
//! Rough on purpose: it only has to tell a cheap start from a dear one. Counts cost nothing; the
//! number of nodes with a value is asked of the index, which is built on first use.

use super::Op;
use super::Plan;
use super::Source;
use super::expr::Expr;
use super::expr::ExprKind;
use super::expr::Key;
use super::expr::LabelTest;
use super::expr::Slot;
use super::pattern::KindSet;
use super::pattern::Link;
use super::pattern::Side;
use super::pattern::Walk;
use super::slots::Slots;
use crate::model::GraphView;
use crate::model::Symbol;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use std::sync::Arc;

/// An index by value is worth building from so many candidates on.
const INDEX_FROM: usize = 64;

/// A condition that is not understood keeps this share of the rows.
const SHARE: f64 = 0.5;

/// A label by its symbol, which the graph may not know, and its name.
type Label<'f> = (Option<Symbol>, &'f Arc<str>);

/// A start at a node.
pub(super) struct Start<'f> {
    /// Rows of it, after all conditions on the node alone.
    pub(super) rows: f64,
    label: Option<Label<'f>>,
    /// Nodes of that label, or as many as an index is worth building for.
    nodes: usize,
    /// Values that properties must have, and how many nodes have them.
    values: Vec<(&'f Key, &'f Expr, f64)>,
}

impl Start<'_> {
    /// Chooses where the nodes come from.
    pub(super) fn source(&self, known: &Slots) -> Source {
        let is_known = |slot: Slot| known.has(slot);
        let indexed = self.values.iter().filter(|(_, value, _)| {
            let indexed = value.as_const().is_none_or(indexable);
            self.nodes >= INDEX_FROM && indexed && value.reads_only(&is_known) && !has_local(value)
        });
        let fewest = indexed.min_by(|a, b| a.2.total_cmp(&b.2));
        match (fewest, self.label) {
            (Some((key, value, found)), _) if *found < self.nodes as f64 => Source::Property {
                key: (*key).clone(),
                value: (*value).clone(),
                found: *found,
            },
            (_, Some((label, name))) => Source::Label(label, Arc::clone(name)),
            (_, None) => Source::All,
        }
    }
}

/// Estimates over conditions that wait.
pub(super) struct Estimate<'a> {
    graph: &'a dyn GraphView,
    filters: &'a [Expr],
    growing: bool,
}

impl<'a> Estimate<'a> {
    pub(super) fn new(graph: &'a dyn GraphView, filters: &'a [Expr]) -> Self {
        let growing = false;
        Self {
            graph,
            filters,
            growing,
        }
    }

    /// Says whether the statement writes: while it is growing the graph, an index that follows its
    /// writes is worth more than the few nodes there are at its start.
    pub(super) fn growing(self, growing: bool) -> Self {
        Self { growing, ..self }
    }

    /// Looks at what a start at a node would be. Asks the index once for each value that is known.
    pub(super) fn start(&self, slot: Slot) -> Start<'a> {
        let label = self.narrowest(slot);
        let present = label.map_or_else(|| self.graph.node_count(), |(_, nodes)| nodes);
        let nodes = if self.growing {
            present.max(INDEX_FROM)
        } else {
            present
        };
        let pairs = self.filters.iter();
        let pairs = pairs.filter_map(|filter| equality(filter, slot));
        let values: Vec<(&Key, &Expr, f64)> = pairs
            .map(|(key, value)| (key, value, self.with_value(nodes, key, value)))
            .collect();
        let found = values.iter().map(|(_, _, found)| *found);
        let rows = found.fold(present as f64, f64::min);
        let other = self.filters.iter();
        let other = other.filter(|filter| {
            !matches!(filter.kind, ExprKind::HasLabels(..)) && reads_alone(filter, slot)
        });
        Start {
            label: label.map(|(label, _)| label),
            nodes,
            values,
            rows: rows * SHARE.powi(other.count().min(4) as i32),
        }
    }

    fn with_value(&self, nodes: usize, key: &Key, value: &Expr) -> f64 {
        match (key.symbol, value.as_const()) {
            (None, _) => 0.0,
            (Some(symbol), Some(value)) if nodes >= INDEX_FROM => self
                .graph
                .count_with_property(symbol, value)
                .map_or(nodes as f64, |found| found as f64),
            _ => nodes as f64 / 10.0,
        }
    }

    /// The label with fewest nodes that the node must carry, and how many these are.
    fn narrowest(&self, slot: Slot) -> Option<(Label<'a>, usize)> {
        let mut labels = Vec::new();
        for filter in self.filters {
            if let ExprKind::HasLabels(subject, test) = &filter.kind
                && subject.as_slot() == Some(slot)
            {
                required(test, &mut labels);
            }
        }
        let count = |label: Option<Symbol>| label.map_or(0, |label| self.graph.label_count(label));
        let labels = labels.into_iter();
        let counted = labels.map(|label| (label, count(label.0)));
        counted.min_by_key(|(_, nodes)| *nodes)
    }

    /// Rows that one row becomes by walking a link.
    pub(super) fn walk(&self, link: &Link, both: bool) -> f64 {
        if link.bound {
            return 0.5;
        }
        let fan = self.fan(&link.kinds, link.side);
        match &link.walk {
            Walk::One if both => (fan / self.graph.node_count().max(1) as f64).min(1.0) * 0.1,
            Walk::One => fan,
            Walk::Many(many) => {
                let hops = many.max.unwrap_or(6).clamp(1, 6) as i32;
                let rows = (fan.max(1.1)).powi(hops) + 2.0;
                if both { rows * 0.1 + 1.0 } else { rows }
            }
            Walk::Group(_) | Walk::Chosen(_) => 1e6,
        }
    }

    fn fan(&self, kinds: &KindSet, side: Side) -> f64 {
        let edges = edges_of(self.graph, kinds) as f64;
        let nodes = self.graph.node_count().max(1) as f64;
        let both = if side == Side::Both { 2.0 } else { 1.0 };
        // Edges of a kind crowd at a part of the nodes; the root lies between even and crowded.
        both * (edges / nodes).max(edges.sqrt() / nodes.sqrt())
    }
}

fn edges_of(graph: &dyn GraphView, kinds: &KindSet) -> usize {
    match kinds {
        KindSet::Any => graph.edge_count(),
        KindSet::Only(kinds) => kinds.iter().map(|kind| graph.kind_count(*kind)).sum(),
    }
}

/// Whole numbers beyond this are not one key as integer and as float.
const EXACT: i64 = 9_000_000_000_000_000;

/// Tells whether the index finds all nodes whose value equals this one.
pub(crate) fn indexable(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Text(_) => true,
        Value::Int(number) => number.abs() < EXACT,
        Value::Float(number) => number.abs() < EXACT as f64,
        _ => false,
    }
}

fn has_local(expr: &Expr) -> bool {
    if matches!(expr.kind, ExprKind::Local(_) | ExprKind::Subquery(_)) {
        return true;
    }
    let mut found = false;
    expr.each(&mut |part| found |= has_local(part));
    found
}

/// Reads `slot.key = value` (either way round).
pub(super) fn equality(filter: &Expr, slot: Slot) -> Option<(&Key, &Expr)> {
    let ExprKind::Binary(BinaryOp::Equal, a, b) = &filter.kind else {
        return None;
    };
    let side = |a: &'_ Expr| matches!(&a.kind, ExprKind::Property(subject, _) if subject.as_slot() == Some(slot));
    let (property, value) = if side(a) {
        (a, b)
    } else if side(b) {
        (b, a)
    } else {
        return None;
    };
    match &property.kind {
        ExprKind::Property(_, key) => Some((key, value)),
        _ => None,
    }
}

fn required<'f>(test: &'f LabelTest, into: &mut Vec<Label<'f>>) {
    match test {
        LabelTest::Is(symbol, name) => into.push((*symbol, name)),
        LabelTest::And(a, b) => {
            required(a, into);
            required(b, into);
        }
        _ => {}
    }
}

fn reads_alone(filter: &Expr, slot: Slot) -> bool {
    let (mut some, mut alone) = (false, true);
    filter.each_slot(true, &mut |read| {
        some = true;
        alone = alone && read == slot;
    });
    some && alone
}

/// Writes into every step how many rows it is expected to give.
pub(super) fn fill(plan: &mut Plan, graph: &dyn GraphView) {
    rows_of(plan, graph, 1.0);
}

fn rows_of(plan: &mut Plan, graph: &dyn GraphView, mut rows: f64) -> f64 {
    for step in &mut plan.steps {
        rows = after(&step.op, graph, rows);
        step.rows = rows;
        let mut inner = rows;
        step.op
            .each_plan_mut(&mut |plan| inner = rows_of(plan, graph, 1.0));
    }
    rows
}

fn after(op: &Op, graph: &dyn GraphView, rows: f64) -> f64 {
    let estimate = Estimate::new(graph, &[]);
    match op {
        Op::Scan(scan) => match &scan.source {
            Source::All => rows * graph.node_count() as f64,
            Source::Label(label, _) => {
                rows * label.map_or(0, |label| graph.label_count(label)) as f64
            }
            Source::Property { found, .. } => rows * found,
        },
        Op::Expand(expand) if expand.into || expand.bound => rows * 0.5,
        Op::Expand(expand) => rows * estimate.fan(&expand.kinds, expand.side),
        Op::Walk(walk) if walk.into => rows,
        Op::Walk(walk) => {
            let fan = estimate.fan(&walk.kinds, walk.side).max(1.1);
            rows * fan.powi(walk.many.max.unwrap_or(6).clamp(1, 6) as i32)
        }
        Op::Filter(conditions) => rows * SHARE.powi(conditions.len().min(4) as i32),
        Op::Aggregate(grouping) if grouping.keys.is_empty() => 1.0,
        Op::Aggregate(_) => (rows * 0.5).max(1.0),
        Op::Distinct(_) => (rows * 0.7).max(1.0),
        Op::Limit(count) => match count.as_const().and_then(Value::as_int) {
            Some(count) => rows.min(count.max(0) as f64),
            None => rows,
        },
        Op::Unwind { list, .. } => match list.as_const().and_then(Value::as_list) {
            Some(items) => rows * items.len() as f64,
            None => rows * 10.0,
        },
        Op::Semi { .. } => rows * SHARE,
        _ => rows,
    }
}
