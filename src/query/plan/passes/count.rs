//! `count(x)` over a node, edge or path that a pattern found counts rows: none of them is null.

use super::super::Op;
use super::super::Plan;
use super::super::Step;
use super::super::expr::ExprKind;
use super::super::expr::Slot;
use super::Context;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    for at in 0..plan.steps.len() {
        let (before, rest) = plan.steps.split_at_mut(at);
        let Some(Op::Aggregate(grouping)) = rest.first_mut().map(|step| &mut step.op) else {
            continue;
        };
        for aggregate in &mut grouping.aggregates {
            let counts = aggregate.function.is_some_and(|f| f.0.name == "count");
            let slot = aggregate.arguments.first().and_then(|a| a.as_slot());
            if counts && !aggregate.distinct && slot.is_some_and(|slot| never_null(before, slot)) {
                aggregate.function = None;
                aggregate.arguments.clear();
            }
        }
    }
}

/// Tells whether the last step that filled a slot always fills it with something.
fn never_null(steps: &[Step], slot: Slot) -> bool {
    for step in steps.iter().rev() {
        if step.op.new_frame() {
            return false;
        }
        let mut filled = Vec::new();
        step.op.fills(&mut filled);
        if filled.contains(&slot) {
            return match &step.op {
                Op::Scan(_) | Op::Expand(_) | Op::Walk(_) | Op::Repeat(_) => true,
                Op::Extend(items) => items
                    .iter()
                    .any(|(own, expr)| *own == slot && matches!(expr.kind, ExprKind::Path(_))),
                _ => false,
            };
        }
    }
    false
}
