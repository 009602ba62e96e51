//! Walks whose far end is known walk towards it: trails are cut where the end is too far, and the
//! search for one shortest walk starts from both ends.

use super::super::How;
use super::super::Op;
use super::super::Plan;
use super::Context;
use crate::query::ast::Selector;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    for step in &mut plan.steps {
        let Op::Walk(walk) = &mut step.op else {
            continue;
        };
        if !walk.into || walk.bound {
            continue;
        }
        let one = matches!(
            walk.many.selector,
            Selector::AnyShortest | Selector::Any(1) | Selector::Shortest(1)
        );
        walk.how = match walk.how {
            How::Trails => How::Pruned,
            How::Shortest if one && walk.many.min <= 1 => How::Meet,
            how => how,
        };
    }
}
