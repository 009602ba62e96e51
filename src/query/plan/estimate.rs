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
use crate::model::GraphView;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use rustc_hash::FxHashSet;

/// An index by value is worth building from so many candidates on.
const INDEX_FROM: usize = 64;

/// A condition that is not understood keeps this share of the rows.
const SHARE: f64 = 0.5;

/// Estimates over conditions that wait.
pub(super) struct Estimate<'a> {
    graph: &'a dyn GraphView,
    filters: &'a [Expr],
}

impl<'a> Estimate<'a> {
    pub(super) fn new(graph: &'a dyn GraphView, filters: &'a [Expr]) -> Self {
        Self { graph, filters }
    }

    /// Rows of a start at a node, after all conditions on it alone.
    pub(super) fn scan(&self, slot: Slot) -> f64 {
        let nodes = self.labelled(slot);
        let mut rows = nodes as f64;
        for (key, value) in self.equalities(slot) {
            rows = rows.min(self.with_value(nodes, &key, value));
        }
        let other = self
            .filters
            .iter()
            .filter(|filter| reads_alone(filter, slot));
        let other = other.filter(|filter| !matches!(filter.kind, ExprKind::HasLabels(..)));
        rows * SHARE.powi(other.count().min(4) as i32)
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

    fn labelled(&self, slot: Slot) -> usize {
        let labels = self.labels(slot).into_iter();
        let counts =
            labels.map(|(symbol, _)| symbol.map_or(0, |symbol| self.graph.label_count(symbol)));
        counts.min().unwrap_or_else(|| self.graph.node_count())
    }

    fn labels(&self, slot: Slot) -> Vec<(Option<crate::model::Symbol>, std::sync::Arc<str>)> {
        let mut found = Vec::new();
        for filter in self.filters {
            if let ExprKind::HasLabels(subject, test) = &filter.kind
                && subject.as_slot() == Some(slot)
            {
                required(test, &mut found);
            }
        }
        found
    }

    fn equalities(&self, slot: Slot) -> Vec<(Key, &Expr)> {
        let pairs = self
            .filters
            .iter()
            .filter_map(|filter| equality(filter, slot));
        pairs.map(|(key, value)| (key.clone(), value)).collect()
    }

    /// Chooses where the nodes of a start come from. While a statement is `growing` the graph, an
    /// index that follows its writes is worth more than the few nodes there are at its start.
    pub(super) fn source(&self, slot: Slot, bound: &FxHashSet<Slot>, growing: bool) -> Source {
        let nodes = match growing {
            true => self.labelled(slot).max(INDEX_FROM),
            false => self.labelled(slot),
        };
        let mut best: (f64, Source) = match self.narrowest(slot) {
            Some((label, name)) => (nodes as f64, Source::Label(label, name)),
            None => (nodes as f64, Source::All),
        };
        for (key, value) in self.equalities(slot) {
            let known = |slot: Slot| bound.contains(&slot);
            let indexed = value.as_const().is_some_and(indexable) || value.as_const().is_none();
            if nodes < INDEX_FROM || !indexed || !value.reads_only(&known) || has_local(value) {
                continue;
            }
            let rows = self.with_value(nodes, &key, value);
            if rows < best.0 {
                best = (rows, Source::Property(key, value.clone()));
            }
        }
        best.1
    }

    fn narrowest(&self, slot: Slot) -> Option<(Option<crate::model::Symbol>, std::sync::Arc<str>)> {
        let count = |label: &Option<crate::model::Symbol>| {
            label.map_or(0, |label| self.graph.label_count(label))
        };
        let labels = self.labels(slot);
        labels.into_iter().min_by_key(|(label, _)| count(label))
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

fn required(test: &LabelTest, into: &mut Vec<(Option<crate::model::Symbol>, std::sync::Arc<str>)>) {
    match test {
        LabelTest::Is(symbol, name) => into.push((*symbol, name.clone())),
        LabelTest::And(a, b) => {
            required(a, into);
            required(b, into);
        }
        _ => {}
    }
}

fn reads_alone(filter: &Expr, slot: Slot) -> bool {
    let mut slots = Vec::new();
    filter.slots(true, &mut slots);
    !slots.is_empty() && slots.iter().all(|read| *read == slot)
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
            Source::Property(key, value) => rows * estimate.with_value(INDEX_FROM, key, value),
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
