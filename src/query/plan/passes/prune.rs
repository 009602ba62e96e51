//! Leaves out what nobody reads: named paths, edges of single steps, lists of edges of walks.

use super::super::Op;
use super::super::Plan;
use super::Context;
use super::live;

pub(super) fn run(plan: &mut Plan, context: &Context<'_>) {
    for at in (0..plan.steps.len()).rev() {
        if !matches!(
            plan.steps[at].op,
            Op::Extend(_) | Op::Expand(_) | Op::Walk(_)
        ) {
            continue;
        }
        let live = live::behind(plan, at, context.ending, true);
        match &mut plan.steps[at].op {
            Op::Extend(items) => items.retain(|(slot, _)| live.has(*slot)),
            Op::Expand(expand) => expand.keep = live.has(expand.edge),
            Op::Walk(walk) => walk.keep = live.has(walk.edge),
            _ => {}
        }
    }
    plan.steps
        .retain(|step| !matches!(&step.op, Op::Extend(items) if items.is_empty()));
}
