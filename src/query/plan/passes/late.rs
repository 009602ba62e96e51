//! Makes columns of groups only where the rows are among the first that are wanted: sorts the groups
//! themselves, and renames what is left.

use super::super::Op;
use super::super::Plan;
use super::super::Project;
use super::super::Sort;
use super::super::expr::Slot;
use super::Context;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    for at in 2..plan.steps.len() {
        let [group, columns, order] = &mut plan.steps[at - 2..=at] else {
            continue;
        };
        if let (Op::Aggregate(_), Op::Project(project), Op::Sort(sort)) =
            (&group.op, &columns.op, &mut order.op)
            && sort.top.is_some()
            && rename(sort, project)
        {
            plan.steps.swap(at - 1, at);
            if matches!(
                plan.steps.get(at + 1).map(|step| &step.op),
                Some(Op::Limit(_))
            ) {
                plan.steps.swap(at, at + 1);
            }
        }
    }
}

/// Reads the keys of a sort in the frame before a projection; false, and nothing changed, where a
/// column is more than a slot of it.
fn rename(sort: &mut Sort, project: &Project) -> bool {
    let before = |slot: Slot| project.items.get(slot).and_then(|item| item.as_slot());
    let keys = sort.keys.iter();
    let keys: Option<Vec<_>> = keys
        .map(|(slot, descending)| Some((before(*slot)?, *descending)))
        .collect();
    let found = keys.is_some();
    sort.keys = keys.unwrap_or_else(|| std::mem::take(&mut sort.keys));
    found
}
