//! Moves the conditions of WHERE into the pattern in front of it, so that each is tested as soon as
//! what it reads is known, and may choose where to start.

use super::super::Op;
use super::super::Plan;
use super::Context;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    let mut at = 1;
    while at < plan.steps.len() {
        let (before, rest) = plan.steps.split_at_mut(at);
        match (before.last_mut().map(|step| &mut step.op), &mut rest[0].op) {
            (Some(Op::Match(pattern)), Op::Filter(conditions)) => {
                pattern.filters.append(conditions);
                plan.steps.remove(at);
            }
            _ => at += 1,
        }
    }
}
