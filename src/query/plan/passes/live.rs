//! What later steps still read, and whether they mind equal rows. Passes ask this.

use super::super::Op;
use super::super::Plan;
use super::super::expr::Slot;
use super::super::slots::Slots;
use super::Ending;

/// The slots that are read behind a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    /// Any slot may be read.
    pub(super) all: bool,
    slots: Slots,
}

impl Live {
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.all || self.slots.has(slot)
    }

    /// Tells whether only slots for which `known` holds are read.
    pub(super) fn only(&self, known: impl Fn(Slot) -> bool) -> bool {
        !self.all && self.slots.iter().all(known)
    }
}

/// Gives what is read behind the step at `at`. With `soft`, what pictures read counts, too.
pub(super) fn behind(plan: &Plan, at: usize, ending: Ending, soft: bool) -> Live {
    let rest = plan.steps.get(at + 1..).unwrap_or_default();
    let frame_end = rest.iter().position(|step| step.op.new_frame());
    let (mut live, steps) = match frame_end {
        Some(end) => (Live::default(), &rest[..=end]),
        None => (at_end(plan, ending, soft), rest),
    };
    let mut slots = Vec::new();
    for step in steps.iter().rev() {
        step.op.fills(&mut slots);
        slots.drain(..).for_each(|slot| live.slots.remove(slot));
        step.op.reads(soft, &mut slots);
        live.slots.extend(slots.drain(..));
    }
    live
}

fn at_end(plan: &Plan, ending: Ending, soft: bool) -> Live {
    let mut live = Live::default();
    match ending {
        Ending::Open => live.all = true,
        Ending::Columns => {
            live.slots.extend(0..plan.columns.len());
            live.slots.extend(plan.trace.filter(|_| soft));
        }
        Ending::Slot(slot) => live.slots.insert(slot),
        Ending::Counted | Ending::Asked => {}
    }
    live
}

/// Tells whether it makes no difference how often equal rows come out of the step at `at`.
pub(super) fn once_is_enough(plan: &Plan, at: usize, ending: Ending) -> bool {
    for step in plan.steps.get(at + 1..).unwrap_or_default() {
        match &step.op {
            Op::Distinct(_) => return true,
            Op::Aggregate(grouping) => {
                return grouping.weight.is_none()
                    && grouping.aggregates.iter().all(|aggregate| {
                        let name = aggregate.function.map(|function| function.0.name);
                        aggregate.distinct && aggregate.function.is_some()
                            || matches!(name, Some("min" | "max"))
                    });
            }
            Op::Skip(_) | Op::Limit(_) => return false,
            Op::Sort(sort) if sort.top.is_some() => return false,
            op if op.writes() => return false,
            _ => {}
        }
    }
    ending == Ending::Asked
}
