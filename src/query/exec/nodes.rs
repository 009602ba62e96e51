//! Rows that differ in one slot only, which holds a node: many of them in one go.
//!
//! A scan or a walk often gives long runs of such rows, and what follows is mostly conditions on the
//! node and a group that counts it. Conditions drop nodes from the run, a group takes all of it; any
//! other step gets the rows one by one, so the rows and their order are the same either way.

use super::End;
use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::still::Still;
use crate::model::Cell;
use crate::model::ColumnView;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Token;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use crate::query::ops;
use crate::query::plan::Op;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::ExprKind;
use crate::query::plan::expr::LabelTest;
use crate::query::plan::expr::Slot;
use std::borrow::Cow;

/// Most nodes of one run, so that a reader who has enough rows does not wait for more.
pub(super) const RUN: usize = 1024;

impl Next<'_, '_> {
    /// Tells whether a run of nodes is worth gathering: the next step takes it whole.
    pub(super) fn takes_nodes(&self, exec: &Exec<'_>) -> bool {
        if exec.still.is_none() || exec.shared.profile.is_some() {
            return false;
        }
        match self.steps.first().map(|step| &step.op) {
            Some(Op::Filter(_)) => true,
            Some(Op::Semi { query, .. }) => query.edge_test().is_some(),
            Some(Op::Expand(_)) => true,
            Some(_) => false,
            None => matches!(self.end, End::Group(_)),
        }
    }

    /// Hands rows on that are as this one, but for a slot that holds each of the nodes in turn.
    pub(super) fn push_nodes(
        &mut self,
        exec: &Exec<'_>,
        row: &mut Row,
        slot: Slot,
        nodes: &mut Vec<NodeId>,
    ) -> Run<()> {
        let taken = match (&exec.still, self.steps.first().map(|step| &step.op)) {
            (Some(still), Some(Op::Filter(conditions))) if self.takes_nodes(exec) => {
                sift(conditions, exec, still, row, slot, nodes)?
            }
            (Some(still), Some(Op::Semi { query, anti })) if self.takes_nodes(exec) => {
                match query.edge_test().filter(|(from, _)| *from == slot) {
                    Some((_, edge)) => {
                        let has = |node: &NodeId| exec.has_edge(still, *node, edge);
                        nodes.retain(|node| has(node) != *anti);
                        true
                    }
                    None => false,
                }
            }
            (Some(_), None) => match &mut self.end {
                End::Group(groups) => return groups.take_nodes(exec, row, slot, nodes),
                End::Each(_) => false,
            },
            _ => false,
        };
        if taken {
            return match (
                nodes.is_empty(),
                self.steps.split_first(),
                self.states.split_first_mut(),
            ) {
                (false, Some((_, steps)), Some((_, states))) => {
                    let mut next = Next {
                        steps,
                        states,
                        end: self.end.again(),
                        run: self.run,
                    };
                    next.push_nodes(exec, row, slot, nodes)
                }
                _ => Ok(()),
            };
        }
        if let Some(Op::Expand(expand)) = self.steps.first().map(|step| &step.op)
            && self.takes_nodes(exec)
        {
            return self.walk_on(expand, exec, row, slot, nodes);
        }
        nodes.iter().try_for_each(|node| {
            exec.shared.guard.tick()?;
            row[slot] = Value::Node(*node);
            self.push(exec, row)
        })
    }
}

/// Drops the nodes for which not all conditions hold; false, and nothing dropped, where one of the
/// conditions asks for more than is known here.
fn sift(
    conditions: &[Expr],
    exec: &Exec<'_>,
    still: &Still<'_>,
    row: &Row,
    slot: Slot,
    nodes: &mut Vec<NodeId>,
) -> Run<bool> {
    if !conditions.iter().all(|condition| is_test(condition, slot)) {
        return Ok(false);
    }
    for condition in conditions {
        exec.shared.guard.tick()?;
        if nodes.is_empty() {
            break;
        }
        let Some(test) = test(condition, exec, still, row, slot)? else {
            keep_one_by_one(condition, exec, row, slot, nodes)?;
            continue;
        };
        match test {
            Test::Labels(test) => still.retain_labelled(nodes, test),
            Test::Same(node, wanted) => nodes.retain(|own| (*own == node) == wanted),
            Test::Property(property) => nodes.retain(|node| property.holds(*node, exec.view)),
            Test::Never => nodes.clear(),
        }
    }
    Ok(true)
}

fn keep_one_by_one(
    condition: &Expr,
    exec: &Exec<'_>,
    row: &Row,
    slot: Slot,
    nodes: &mut Vec<NodeId>,
) -> Run<()> {
    let mut own = row.clone();
    let mut kept = 0;
    for at in 0..nodes.len() {
        own[slot] = Value::Node(nodes[at]);
        if exec.holds(condition, &own)? {
            nodes[kept] = nodes[at];
            kept += 1;
        }
    }
    nodes.truncate(kept);
    Ok(())
}

/// A condition on the node of a slot.
enum Test<'t> {
    Labels(&'t LabelTest),
    /// It is this node, or is not.
    Same(NodeId, bool),
    Property(PropertyTest<'t>),
    Never,
}

/// A property compared with what is the same for the whole run.
struct PropertyTest<'t> {
    key: Symbol,
    column: ColumnView<'t>,
    op: BinaryOp,
    /// Any of these will do.
    others: Vec<(Cow<'t, Value>, Option<Token>)>,
}

/// Tells whether a condition is one that `test` reads, and can fail for no node.
fn is_test(condition: &Expr, slot: Slot) -> bool {
    match &condition.kind {
        ExprKind::HasLabels(subject, _) => subject.as_slot() == Some(slot),
        ExprKind::Binary(op, a, b) if sided(*op).is_some() => {
            let own = |expr: &Expr| own_side(expr, slot);
            own(a) && settled(b, slot) || own(b) && settled(a, slot)
        }
        ExprKind::Binary(BinaryOp::In, a, b) => {
            matches!(a.kind, ExprKind::Property(..)) && own_side(a, slot) && constants(b).is_some()
        }
        _ => false,
    }
}

/// The slot itself, or a property of it.
fn own_side(expr: &Expr, slot: Slot) -> bool {
    match &expr.kind {
        ExprKind::Slot(own) => *own == slot,
        ExprKind::Property(subject, key) => subject.as_slot() == Some(slot) && key.symbol.is_some(),
        _ => false,
    }
}

/// The same for the whole run, and known without an error.
fn settled(expr: &Expr, slot: Slot) -> bool {
    match &expr.kind {
        ExprKind::Const(_) => true,
        ExprKind::Slot(own) => *own != slot,
        ExprKind::Property(subject, key) => {
            subject.as_slot().is_some_and(|own| own != slot) && key.symbol.is_some()
        }
        _ => false,
    }
}

fn constants(expr: &Expr) -> Option<Vec<&Value>> {
    match &expr.kind {
        ExprKind::Const(Value::List(items)) => Some(items.iter().collect()),
        ExprKind::List(items) => items.iter().map(Expr::as_const).collect(),
        _ => None,
    }
}

/// Comparisons, and what they are with the sides changed.
fn sided(op: BinaryOp) -> Option<BinaryOp> {
    Some(match op {
        BinaryOp::Equal | BinaryOp::NotEqual => op,
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        _ => return None,
    })
}

/// Reads a condition; `None` where it has to be tested node by node.
fn test<'t, 'a: 't>(
    condition: &'t Expr,
    exec: &Exec<'_>,
    still: &Still<'a>,
    row: &'t Row,
    slot: Slot,
) -> Run<Option<Test<'t>>> {
    let (op, own, other) = match &condition.kind {
        ExprKind::HasLabels(_, test) => return Ok(Some(Test::Labels(test))),
        ExprKind::Binary(BinaryOp::In, own, list) => (BinaryOp::In, own, list),
        ExprKind::Binary(op, a, b) if own_side(a, slot) => (*op, a, b),
        ExprKind::Binary(op, a, b) => (sided(*op).unwrap_or(*op), b, a),
        _ => return Ok(None),
    };
    let others: Vec<Cow<'t, Value>> = match constants(other).filter(|_| op == BinaryOp::In) {
        Some(values) => values.into_iter().map(Cow::Borrowed).collect(),
        None => vec![exec.settled(other, row)?],
    };
    let ExprKind::Property(_, key) = &own.kind else {
        return Ok(same_node(op, &others));
    };
    let Some(key) = key.symbol else {
        return Ok(None);
    };
    let column = still.node_column(key);
    let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::In);
    let text = |value: &Cow<'_, Value>| matches!(**value, Value::Text(_));
    let Some(column) = column.filter(|_| !(ordered && others.iter().any(text))) else {
        return Ok(None);
    };
    let with_token = |value: Cow<'t, Value>| {
        let token = value.as_str().and_then(|text| exec.view.token(text));
        (value, token)
    };
    Ok(Some(Test::Property(PropertyTest {
        key,
        column,
        op,
        others: others.into_iter().map(with_token).collect(),
    })))
}

fn same_node<'t>(op: BinaryOp, others: &[Cow<'_, Value>]) -> Option<Test<'t>> {
    let wanted = match op {
        BinaryOp::Equal => true,
        BinaryOp::NotEqual => false,
        _ => return None,
    };
    match others.first().map(|value| &**value) {
        Some(Value::Node(node)) => Some(Test::Same(*node, wanted)),
        Some(Value::Null) => Some(Test::Never),
        _ => None,
    }
}

impl PropertyTest<'_> {
    fn holds(&self, node: NodeId, view: &dyn GraphView) -> bool {
        let own = match self.column.at(node.index()) {
            Cell::Null => return false,
            Cell::Text(own) => return self.holds_for_text(own),
            Cell::Bool(value) => Value::Bool(value),
            Cell::Int(value) => Value::Int(value),
            Cell::Float(value) => Value::Float(value),
            Cell::Other => view.node_property(node, self.key),
        };
        self.others
            .iter()
            .any(|(other, _)| compares(self.op, &own, other) == Some(true))
    }

    fn holds_for_text(&self, own: Token) -> bool {
        self.others.iter().any(|(other, token)| match self.op {
            BinaryOp::Equal | BinaryOp::In => *token == Some(own),
            BinaryOp::NotEqual => !other.is_null() && *token != Some(own),
            _ => false,
        })
    }
}

fn compares(op: BinaryOp, own: &Value, other: &Value) -> Option<bool> {
    match op {
        BinaryOp::Equal | BinaryOp::In => ops::equal(own, other),
        BinaryOp::NotEqual => ops::equal(own, other).map(|same| !same),
        _ => ops::comparison(op, own, other),
    }
}
