//! Counts the edges at a node instead of giving a row for each, where the rows are only counted.

use super::super::Grouping;
use super::super::Op;
use super::super::Plan;
use super::Context;
use super::live;

pub(super) fn run(plan: &mut Plan, context: &Context<'_>) {
    for at in 0..plan.steps.len().saturating_sub(1) {
        let live = live::behind(plan, at, context.ending, true);
        let [step, next] = &mut plan.steps[at..at + 2] else {
            continue;
        };
        if let (Op::Expand(expand), Op::Aggregate(grouping)) = (&mut step.op, &mut next.op)
            && only_counts(grouping)
            && expand.is_plain()
            && !live.has(expand.edge)
            && !live.has(expand.to)
        {
            // The edge is not read, so its slot is free for the number.
            expand.count = Some(expand.edge);
            grouping.weight = Some(expand.edge);
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
