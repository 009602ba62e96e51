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
mod create;
mod delete;
mod distinct;
mod eval;
mod expand;
mod foreach;
mod join;
mod lists;
mod meet;
mod merge;
mod paths;
mod profile;
mod project;
mod reach;
mod repeat;
mod rows;
mod scan;
mod set;
mod shortest;
mod sort;
mod state;
mod subquery;
mod trails;
mod unwind;
mod walk;
mod write;

pub(crate) use profile::Profile;
pub(crate) use write::Writer;

use super::functions;
use super::functions::Clock;
use super::limits::Guard;
use super::plan::Op;
use super::plan::Step;
use super::procedures::Procedures;
use crate::diag::Diagnostic;
use crate::model::GraphView;
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

/// Reads a graph.
#[derive(Clone, Copy)]
pub(crate) struct Exec<'a> {
    pub(crate) view: &'a dyn GraphView,
    pub(crate) shared: &'a Shared<'a>,
    /// The statement only reads: what it has seen once is there to the end.
    pub(crate) unchanging: bool,
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
    sink: &'n mut Sink<'s>,
    run: u64,
}

impl Next<'_, '_> {
    /// Hands the row on.
    pub(crate) fn push(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        let (Some((step, steps)), Some((state, states))) =
            (self.steps.split_first(), self.states.split_first_mut())
        else {
            return (self.sink)(row);
        };
        let mut next = Next {
            steps,
            states,
            sink: &mut *self.sink,
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
        let Some(at) = steps.iter().position(|step| step.op.collects()) else {
            return self.stretch(steps, input, sink);
        };
        let mut input = self.collect(&steps[..=at], input)?;
        let mut rest = &steps[at + 1..];
        while let Some(at) = rest.iter().position(|step| step.op.collects()) {
            input = self.collect(&rest[..=at], input)?;
            rest = &rest[at + 1..];
        }
        self.stretch(rest, input, sink)
    }

    /// Runs steps of which the last one collects, and gives what it has collected.
    fn collect<'r>(&self, steps: &[Step], input: Input<'_>) -> Run<Input<'r>> {
        let Some((last, steps)) = steps.split_last() else {
            return Ok(Input::Many(Vec::new()));
        };
        let rows = match &last.op {
            Op::Aggregate(grouping) => {
                let mut groups = aggregate::Groups::new(grouping);
                self.stretch(steps, input, &mut |row| groups.take(self, row))?;
                groups.finish(self)?
            }
            Op::Sort(sort) => {
                let mut sorter = sort::Sorter::new(self, sort)?;
                self.stretch(steps, input, &mut |row| sorter.take(self, row))?;
                sorter.finish(self)?
            }
            _ => Vec::new(),
        };
        if let Some(profile) = &self.shared.profile {
            profile.count(last.id, rows.len());
        }
        Ok(Input::Many(rows))
    }

    /// Runs steps none of which collects.
    fn stretch(&self, steps: &[Step], input: Input<'_>, sink: &mut Sink<'_>) -> Run<()> {
        let mut states: Vec<State> = steps.iter().map(State::new).collect();
        let run = self.run_number();
        let mut next = Next {
            steps,
            states: &mut states,
            sink,
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
            Op::Skip(count) => rows::skip(count, self, state, row, next),
            Op::Limit(count) => rows::limit(count, self, state, row, next),
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
