//! Sorting in front of LIMIT keeps no more rows than are wanted.

use super::super::Op;
use super::super::Plan;
use super::Context;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    for at in 0..plan.steps.len() {
        let following = |ahead: usize| plan.steps.get(at + ahead).map(|step| &step.op);
        let top = match (following(1), following(2)) {
            (Some(Op::Limit(limit)), _) => vec![limit.clone()],
            (Some(Op::Skip(skip)), Some(Op::Limit(limit))) => vec![skip.clone(), limit.clone()],
            _ => continue,
        };
        if let Op::Sort(sort) = &mut plan.steps[at].op
            && !sort.keys.is_empty()
        {
            sort.top = Some(top);
        }
    }
}
