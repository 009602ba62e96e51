//! Groups the rows of a large scan on several threads, each a stretch of its nodes.
//!
//! The groups of a later stretch are added behind those of the earlier ones, so that groups and their
//! order are those of one thread. Only totals that do not mind in what order they are added up are
//! taken. Where a stretch fails or a bound cuts it, nothing of it counts: one thread does all of it,
//! and tells what happens first.

use super::End;
use super::Exec;
use super::Input;
use super::Next;
use super::Row;
use super::Run;
use super::Shared;
use super::Still;
use super::aggregate::Groups;
use super::scan;
use super::state;
use crate::model::GraphView;
use crate::model::Nodes;
use crate::query::limits::Guard;
use crate::query::plan::Grouping;
use crate::query::plan::Op;
use crate::query::plan::Step;
use crate::query::plan::expr::Slot;
use std::thread;

/// Stack of a thread, in bytes; only what is used is ever real.
const STACK: usize = 64 << 20;

/// Fewest nodes of a stretch.
const FEWEST: usize = 16;

/// Groups the rows of steps on several threads; `None` where one thread has to do it, or had better.
pub(super) fn grouped<'p>(
    exec: &Exec<'_>,
    steps: &[Step],
    input: &Input<'_>,
    grouping: &'p Grouping,
) -> Option<Groups<'p>> {
    let (Input::One(row), Some((first, rest))) = (input, steps.split_first()) else {
        return None;
    };
    let Op::Scan(scan) = &first.op else {
        return None;
    };
    let threads = exec.shared.guard.limits().threads();
    let fits = threads > 1
        && exec.still.is_some()
        && exec.shared.profile.is_none()
        && rest.iter().all(|step| is_apart(&step.op))
        && Groups::can_join(grouping);
    if !fits || work(steps) < exec.shared.guard.limits().alone as f64 {
        return None;
    }
    let nodes = scan::nodes(scan, exec.view)?;
    let fewest = FEWEST.min(exec.shared.guard.limits().alone.max(1));
    let threads = threads.min(nodes.size_hint().0 / fewest);
    if threads < 2 {
        return None;
    }
    let task = Task {
        slot: scan.slot,
        steps: rest,
        grouping,
    };
    joined(exec, side_by_side(exec, &task, row, nodes.split(threads))?)
}

/// Tells whether a step treats each row without regard to those before it, and with little memory: a
/// walk of many steps takes and gives back so much of it that threads would wait for each other.
fn is_apart(op: &Op) -> bool {
    matches!(
        op,
        Op::Expand(_) | Op::Filter(_) | Op::Extend(_) | Op::Semi { .. }
    )
}

/// Tells how much there is to do, in rows.
fn work(steps: &[Step]) -> f64 {
    steps.iter().map(|step| step.rows).sum()
}

/// What is done for each stretch.
struct Task<'t, 'p> {
    slot: Slot,
    steps: &'t [Step],
    grouping: &'p Grouping,
}

/// What a stretch gave, and the guard that watched over it.
type Done<'a, 'p> = (Guard<'a>, Run<Groups<'p>>);

/// Does all stretches, the first on this thread; `None` where there are no threads to be had.
fn side_by_side<'a, 'p>(
    exec: &Exec<'a>,
    task: &Task<'_, 'p>,
    row: &Row,
    stretches: Vec<Nodes<'_>>,
) -> Option<Vec<Done<'a, 'p>>> {
    let (view, count) = (exec.view, stretches.len());
    thread::scope(|scope| {
        let mut works = stretches.into_iter().map(|nodes| {
            let (shared, row) = (exec.shared.part(count), row.clone());
            move || {
                let groups = stretch(view, &shared, task, row, nodes);
                (shared.guard, groups)
            }
        });
        let first = works.next()?;
        let builder = || thread::Builder::new().stack_size(STACK);
        let others = works.map(|work| builder().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect::<Option<_>>()?;
        let mut done = vec![first()];
        for other in others {
            done.push(other.join().ok()?);
        }
        Some(done)
    })
}

/// Groups the rows that begin at these nodes.
fn stretch<'p>(
    view: &dyn GraphView,
    shared: &Shared<'_>,
    task: &Task<'_, 'p>,
    mut row: Row,
    nodes: Nodes<'_>,
) -> Run<Groups<'p>> {
    let still = Still::new(view);
    let exec = Exec {
        view,
        shared,
        still: Some(&still),
    };
    let mut groups = Groups::new(task.grouping);
    let mut states = state::of_all(task.steps, &exec)?;
    let mut next = Next {
        steps: task.steps,
        states: &mut states,
        end: End::Group(&mut groups),
        run: exec.run_number(),
    };
    scan::give(task.slot, nodes, &exec, &mut row, &mut next)?;
    Ok(groups)
}

/// Joins the groups of all stretches in their order.
fn joined<'p>(exec: &Exec<'_>, done: Vec<Done<'_, 'p>>) -> Option<Groups<'p>> {
    let (guards, groups): (Vec<_>, Vec<_>) = done.into_iter().unzip();
    let groups: Vec<Groups<'p>> = groups.into_iter().collect::<Run<_>>().ok()?;
    if !exec.shared.guard.take_over(&guards) {
        return None;
    }
    groups.into_iter().reduce(|mut all, more| {
        all.join(more, exec);
        all
    })
}
