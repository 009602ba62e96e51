//! Runs a plan on a graph, row by row.
//!
//! Rows are pushed: an operator fills slots of the one row that is in flight and hands it to the
//! steps behind it, so no row is copied that is not kept. Operators that need all rows first (sort,
//! groups) collect; what writes runs between two such stretches (`write`), so that no clause sees
//! what it is doing itself. Every loop asks the guard. Knows no text and no tree of it.

mod aggregate;
mod apply;
mod call;
mod choose;
mod count;
mod create;
mod delete;
mod distinct;
mod eval;
mod expand;
mod foreach;
mod hops;
mod join;
mod keys;
mod lists;
mod meet;
mod merge;
mod nodes;
mod parts;
mod paths;
mod profile;
mod project;
mod reach;
mod repeat;
mod rows;
mod scan;
mod set;
mod sets;
mod shortest;
mod sort;
mod state;
mod still;
mod subquery;
mod totals;
mod trails;
mod unwind;
mod walk;
mod write;

pub(crate) use profile::Profile;
pub(crate) use still::Still;
pub(crate) use write::Writer;

use super::functions;
use super::functions::Clock;
use super::limits::Guard;
use super::plan::Expand;
use super::plan::Grouping;
use super::plan::Op;
use super::plan::Step;
use super::procedures::Procedures;
use crate::diag::Diagnostic;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;
use state::State;
use std::cell::Cell;

/// A row: what the slots of a frame hold.
pub(crate) type Row = Vec<Value>;

/// Where rows go at the end.
pub(crate) type Sink<'s> = dyn FnMut(&mut Row) -> Run<()> + 's;

/// Why a stretch of steps ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Somebody has enough rows: the run with this number.
    Done(u64),
    /// A bound cut the answer.
    Cut,
    /// An error.
    Failed(Box<Diagnostic>),
}

impl From<Box<Diagnostic>> for Stop {
    fn from(error: Box<Diagnostic>) -> Self {
        Self::Failed(error)
    }
}

impl From<Diagnostic> for Stop {
    fn from(error: Diagnostic) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// What running gives.
pub(crate) type Run<T> = Result<T, Stop>;

/// What all parts of one running statement share.
pub(crate) struct Shared<'a> {
    pub(crate) guard: Guard<'a>,
    pub(crate) clock: &'a Clock,
    pub(crate) procedures: &'a Procedures,
    pub(crate) profile: Option<Profile>,
    pub(crate) runs: Cell<u64>,
}

impl Shared<'_> {
    /// What one of so many threads may use, of the same statement.
    fn part(&self, count: usize) -> Self {
        Self {
            guard: self.guard.part(count),
            clock: self.clock,
            procedures: self.procedures,
            profile: None,
            runs: Cell::new(0),
        }
    }
}

/// Reads a graph.
#[derive(Clone, Copy)]
pub(crate) struct Exec<'a> {
    pub(crate) view: &'a dyn GraphView,
    pub(crate) shared: &'a Shared<'a>,
    /// What a statement that only reads may rely on.
    pub(crate) still: Option<&'a Still<'a>>,
}

/// Rows that a stretch of steps starts from.
pub(crate) enum Input<'r> {
    /// One row, given back as it was but for slots that the steps fill.
    One(&'r mut Row),
    /// Rows that were kept.
    Many(Vec<Row>),
}

/// The steps behind an operator.
pub(crate) struct Next<'n, 's> {
    steps: &'n [Step],
    states: &'n mut [State],
    end: End<'n, 's>,
    run: u64,
}

/// Where rows go behind the last step.
enum End<'n, 's> {
    /// Each to a caller.
    Each(&'n mut Sink<'s>),
    /// Into groups.
    Group(&'n mut aggregate::Groups<'s>),
}

impl<'s> End<'_, 's> {
    /// Lends it to a step further on.
    fn again(&mut self) -> End<'_, 's> {
        match self {
            End::Each(sink) => End::Each(&mut **sink),
            End::Group(groups) => End::Group(groups),
        }
    }

    fn take(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        match self {
            End::Each(sink) => sink(row),
            End::Group(groups) => groups.take(exec, row),
        }
    }
}

impl Next<'_, '_> {
    /// Hands the row on.
    pub(crate) fn push(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        let (Some((step, steps)), Some((state, states))) =
            (self.steps.split_first(), self.states.split_first_mut())
        else {
            return self.end.take(exec, row);
        };
        let mut next = Next {
            steps,
            states,
            end: self.end.again(),
            run: self.run,
        };
        match &exec.shared.profile {
            None => exec.flow(step, state, row, &mut next),
            Some(profile) => profile.time(step.id, || exec.flow(step, state, row, &mut next)),
        }
    }

    /// Ends the stretch: nobody wants more rows.
    pub(crate) fn enough(&self) -> Stop {
        Stop::Done(self.run)
    }
}

impl<'a> Exec<'a> {
    /// Runs steps that only read on rows, and gives their rows to `sink`.
    pub(crate) fn drive(&self, steps: &[Step], input: Input<'_>, sink: &mut Sink<'_>) -> Run<()> {
        let Some(at) = collector(steps) else {
            return self.stretch(steps, input, End::Each(sink));
        };
        let mut input = self.collect(&steps[..=at], input)?;
        let mut rest = &steps[at + 1..];
        while let Some(at) = collector(rest) {
            input = self.collect(&rest[..=at], input)?;
            rest = &rest[at + 1..];
        }
        self.stretch(rest, input, End::Each(sink))
    }

    /// Runs steps of which the last one collects, and gives what it has collected.
    fn collect<'r>(&self, steps: &[Step], input: Input<'_>) -> Run<Input<'r>> {
        let Some((last, steps)) = steps.split_last() else {
            return Ok(Input::Many(Vec::new()));
        };
        let rows = match &last.op {
            Op::Aggregate(grouping) => self.grouped(steps, input, grouping)?.finish(self)?,
            Op::Sort(sort) => {
                let mut sorter = sort::Sorter::new(self, sort)?;
                match steps.split_last() {
                    Some((group, steps)) if group.op.collects() => {
                        self.first_groups(group, steps, input, &mut sorter)?;
                    }
                    _ => {
                        let mut take = |row: &mut Row| sorter.take(self, row);
                        self.stretch(steps, input, End::Each(&mut take))?;
                    }
                }
                sorter.finish(self)?
            }
            _ => Vec::new(),
        };
        if let Some(profile) = &self.shared.profile {
            profile.count(last.id, rows.len());
        }
        Ok(Input::Many(rows))
    }

    /// Groups rows, and makes rows only of the groups that a sorter may still want.
    fn first_groups(
        &self,
        group: &Step,
        steps: &[Step],
        input: Input<'_>,
        sorter: &mut sort::Sorter<'_>,
    ) -> Run<()> {
        let Op::Aggregate(grouping) = &group.op else {
            return Ok(());
        };
        let groups = self.grouped(steps, input, grouping)?;
        if let Some(profile) = &self.shared.profile {
            profile.count(group.id, groups.count());
        }
        groups.sort(self, sorter)
    }

    fn grouped<'p>(
        &self,
        steps: &[Step],
        input: Input<'_>,
        grouping: &'p Grouping,
    ) -> Run<aggregate::Groups<'p>> {
        if let Some(groups) = parts::grouped(self, steps, &input, grouping) {
            return Ok(groups);
        }
        let mut groups = aggregate::Groups::new(grouping);
        self.stretch(steps, input, End::Group(&mut groups))?;
        Ok(groups)
    }

    /// Runs steps none of which collects.
    fn stretch(&self, steps: &[Step], input: Input<'_>, end: End<'_, '_>) -> Run<()> {
        let mut states = state::of_all(steps, self)?;
        let run = self.run_number();
        let mut next = Next {
            steps,
            states: &mut states,
            end,
            run,
        };
        let result = match input {
            Input::One(row) => next.push(self, row),
            Input::Many(rows) => rows
                .into_iter()
                .try_for_each(|mut row| next.push(self, &mut row)),
        };
        match result {
            Err(Stop::Done(number)) if number == run => Ok(()),
            other => other,
        }
    }

    /// Gives a number that no other run of this statement has.
    fn run_number(&self) -> u64 {
        let number = self.shared.runs.get() + 1;
        self.shared.runs.set(number);
        number
    }

    /// Tells whether steps give a row at all; stops at the first.
    pub(crate) fn any(&self, steps: &[Step], row: &mut Row) -> Run<bool> {
        let number = self.run_number();
        let mut sink = |_: &mut Row| Err(Stop::Done(number));
        match self.drive(steps, Input::One(row), &mut sink) {
            Err(Stop::Done(own)) if own == number => Ok(true),
            other => other.map(|()| false),
        }
    }

    /// Tells whether a node has an edge that a plain step would walk.
    fn has_edge(&self, still: &Still<'_>, node: NodeId, edge: &Expand) -> bool {
        match still.degree(node, edge.side, &edge.kinds) {
            Some(degree) => degree > 0,
            None => {
                let mut around = expand::Around::new(self, node, edge.side, &edge.kinds);
                around.next().is_some()
            }
        }
    }

    /// Runs one operator on one row.
    fn flow(
        &self,
        step: &Step,
        state: &mut State,
        row: &mut Row,
        next: &mut Next<'_, '_>,
    ) -> Run<()> {
        match &step.op {
            Op::Scan(scan) => scan::push(scan, self, row, next),
            Op::Expand(expand) => expand::push(expand, self, row, next),
            Op::Walk(walk) => walk::push(walk, self, state, row, next),
            Op::Repeat(repeat) => repeat::push(repeat, self, row, next),
            Op::Choose(choose) => choose::push(choose, self, row, next),
            Op::Filter(conditions) => project::filter(conditions, self, row, next),
            Op::Extend(items) => project::extend(items, self, row, next),
            Op::Project(project) => project::push(project, self, state, row, next),
            Op::Distinct(width) => distinct::push(*width, self, state, row, next),
            Op::Skip(_) => rows::skip(self, state, row, next),
            Op::Limit(_) => rows::limit(self, state, row, next),
            Op::Unwind { list, slot } => unwind::push(list, *slot, self, row, next),
            Op::Optional { body, slots } => apply::optional(body, slots, self, row, next),
            Op::Semi { query, anti } => apply::semi(query, *anti, self, row, next),
            Op::Apply(apply) => apply::push(apply, self, row, next),
            Op::Join(join) => join::push(join, self, state, row, next),
            Op::Union(union) => apply::union(union, self, row, next),
            Op::Call(call) => call::push(call, self, row, next),
            // Settled, collected or written elsewhere; a row just passes.
            Op::Match(_)
            | Op::Aggregate(_)
            | Op::Sort(_)
            | Op::Create(_)
            | Op::Merge(_)
            | Op::Set(_)
            | Op::Delete { .. }
            | Op::Foreach { .. } => next.push(self, row),
        }
    }

    /// What functions may see.
    pub(crate) fn functions(&self) -> functions::Context<'_> {
        functions::Context {
            graph: self.view,
            clock: self.shared.clock,
        }
    }
}

/// Finds where the first stretch of steps ends: at a step that collects, and at the sort behind it
/// if that wants only the first groups.
fn collector(steps: &[Step]) -> Option<usize> {
    let at = steps.iter().position(|step| step.op.collects())?;
    let group = matches!(steps[at].op, Op::Aggregate(_));
    match steps.get(at + 1).map(|step| &step.op) {
        Some(Op::Sort(sort)) if group && sort.top.is_some() => Some(at + 1),
        _ => Some(at),
    }
}
