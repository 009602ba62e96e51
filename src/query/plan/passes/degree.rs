//! Counts the edges at a node instead of giving a row for each, where the rows are only counted.

use super::super::Grouping;
use super::super::Op;
use super::super::Plan;
use super::super::Step;
use super::super::expr::Slot;
use super::Context;
use super::live;

pub(super) fn run(plan: &mut Plan, context: &Context<'_>) {
    for at in 0..plan.steps.len().saturating_sub(1) {
        let [step, next] = &plan.steps[at..at + 2] else {
            continue;
        };
        let (Op::Expand(expand), Op::Aggregate(grouping)) = (&step.op, &next.op) else {
            continue;
        };
        let (edge, to) = (expand.edge, expand.to);
        if !only_counts(grouping) || !expand.is_plain() {
            continue;
        }
        let live = live::behind(plan, at, context.ending, true);
        if !live.has(edge) && !live.has(to) {
            // The edge is not read, so its slot is free for the number.
            count_at(&mut plan.steps[at..at + 2], edge);
        }
    }
}

/// Lets a step count edges into a slot, and the next one take the number from there.
fn count_at(steps: &mut [Step], slot: Slot) {
    for step in steps {
        match &mut step.op {
            Op::Expand(expand) => expand.count = Some(slot),
            Op::Aggregate(grouping) => grouping.weight = Some(slot),
            _ => {}
        }
    }
}

fn only_counts(grouping: &Grouping) -> bool {
    grouping.weight.is_none()
        && grouping
            .aggregates
            .iter()
            .all(|aggregate| aggregate.function.is_none())
}
