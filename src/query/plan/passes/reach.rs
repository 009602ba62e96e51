//! Answers walks by reachability where only their ends are asked for, and each end once.
//!
//! The ends of trails of one step or more are the nodes that breadth-first search meets: a shortest
//! walk to a node repeats no edge. Two cases stay with trails: a least length above one, and both
//! directions from one step on, where the way back over the same edge is no trail.
//!
//! Where not even the start is read behind the walk, one search serves all starts.

use super::super::How;
use super::super::Op;
use super::super::Plan;
use super::super::WalkMany;
use super::super::pattern::Side;
use super::Context;
use super::live;
use crate::query::ast::PathMode;
use crate::query::ast::Selector;

pub(super) fn run(plan: &mut Plan, context: &Context<'_>) {
    for at in 0..plan.steps.len() {
        let Op::Walk(walk) = &plan.steps[at].op else {
            continue;
        };
        if !fits(walk) || !live::once_is_enough(plan, at, context.ending) {
            continue;
        }
        let read = live::behind(plan, at, context.ending, false);
        if read.has(walk.edge) {
            continue;
        }
        let drawn = live::behind(plan, at, context.ending, true);
        let keep = drawn.has(walk.edge);
        let to = walk.to;
        let shared = walk.many.max.is_none()
            && walk.many.test.is_none()
            && !walk.into
            && !keep
            && drawn.only(|slot| slot == to);
        if let Op::Walk(walk) = &mut plan.steps[at].op {
            walk.keep = keep;
            walk.how = if shared { How::ReachOnce } else { How::Reach };
        }
    }
}

fn fits(walk: &WalkMany) -> bool {
    walk.how == How::Trails
        && !walk.bound
        && walk.unlike.is_empty()
        && walk.many.selector == Selector::All
        && matches!(
            walk.mode,
            PathMode::Default | PathMode::Trail | PathMode::Walk
        )
        && walk.many.min <= 1
        && (walk.side != Side::Both || walk.many.min == 0)
}
