//! The plan of a statement: a tree of operators that prints itself.
//!
//! A plan is a list of steps, each fed by the one before it; a step may hold plans of its own
//! (OPTIONAL, subqueries, UNION). A row is a list of slots, a *frame*; WITH and RETURN start a new
//! frame, so that rows stay as narrow as what is in scope.
//!
//! `lower` makes the plain plan from the tree of the text, `passes` rewrite it, one by one and by
//! name, and `settle` leaves only what `exec` can run. Nothing here touches a row.

mod arrange;
pub(crate) mod estimate;
pub(crate) mod expr;
pub(crate) mod lower;
mod op;
pub(crate) mod passes;
pub(crate) mod pattern;
mod show;
mod slots;
mod uses;

pub(crate) use op::*;
pub(crate) use show::expected;
pub(crate) use show::show;

use crate::model::GraphView;
use expr::Slot;
use std::sync::Arc;

/// The names of the slots of a row, for printing; there are as many slots as names.
pub(crate) type Frame = Vec<Arc<str>>;

/// Steps, each fed by the one before it; the first by the rows given to the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
    /// The names of the slots of the rows given to the plan.
    pub frame: Frame,
    /// Names of the columns, where the plan ends with RETURN; they are the first slots of its rows.
    pub columns: Vec<Arc<str>>,
    /// The slot of a result row that lists the matched things, for pictures.
    pub trace: Option<Slot>,
}

/// One operator with what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// What it does.
    pub op: Op,
    /// How many rows it is expected to give.
    pub rows: f64,
    /// Its number in the whole plan, for profiles.
    pub id: usize,
}

impl Step {
    /// Makes a step that has not been estimated.
    #[must_use]
    pub(crate) fn new(op: Op) -> Self {
        Self {
            op,
            rows: 0.0,
            id: 0,
        }
    }
}

impl Plan {
    /// Tells whether a step writes, also in a plan inside.
    #[must_use]
    pub(crate) fn writes(&self) -> bool {
        self.steps.iter().any(|step| step.op.writes())
    }

    /// Adds a step.
    pub(crate) fn push(&mut self, op: Op) {
        self.steps.push(Step::new(op));
    }

    /// Counts the steps, those of inner plans included.
    #[must_use]
    pub(crate) fn size(&self) -> usize {
        let mut count = 0;
        self.each_step(&mut |_| count += 1);
        count
    }

    /// Tells whether a step goes along edges, also in a plan or a subquery inside.
    #[must_use]
    pub(crate) fn expands(&self) -> bool {
        let mut found = false;
        self.each_step(&mut |step| found = found || step.op.expands());
        found || self.has_subqueries()
    }

    /// Tells whether an expression of a step holds a subquery.
    fn has_subqueries(&self) -> bool {
        let mut found = false;
        self.each_step(&mut |step| {
            step.op
                .each_expr(&mut |expr| found = found || expr.has_subquery());
        });
        found
    }

    /// Calls `f` with every step in the order of printing.
    pub(crate) fn each_step(&self, f: &mut dyn FnMut(&Step)) {
        for step in &self.steps {
            f(step);
            step.op.each_plan(&mut |plan| plan.each_step(f));
        }
    }

    /// Gives every step its number.
    fn number(&mut self, next: &mut usize) {
        for step in &mut self.steps {
            step.id = *next;
            *next += 1;
            step.op.each_plan_mut(&mut |plan| plan.number(next));
        }
    }
}

/// Up to so many steps, passes that cost their square are worth it.
const REWRITTEN: usize = 500;

/// So many steps may follow each other without one that collects, for each step calls the next.
const CHAIN: usize = 200;

/// Makes a plain plan ready to run: passes, then an order for what no pass has ordered, then
/// estimates.
pub(crate) fn finish(plan: &mut Plan, graph: &dyn GraphView, which: &dyn Fn(&str) -> bool) {
    let context = passes::Context {
        graph,
        ending: passes::Ending::Columns,
        nested: plan.has_subqueries(),
        writes: plan.steps.iter().any(|step| step.op.writes()),
    };
    let small = plan.size() <= REWRITTEN;
    for pass in passes::PASSES {
        if which(pass.name) && (small || !pass.square) {
            passes::everywhere(plan, &context, pass.run);
        }
    }
    passes::everywhere(plan, &context, arrange::settle);
    passes::everywhere(plan, &context, breathe);
    estimate::fill(plan, graph);
    plan.number(&mut 0);
}

/// Lets a long chain of steps collect its rows now and then, so that it does not use up the stack.
fn breathe(plan: &mut Plan, _context: &passes::Context<'_>) {
    if plan.steps.len() <= CHAIN {
        return;
    }
    let mut since = 0;
    let steps = std::mem::take(&mut plan.steps);
    for step in steps {
        since = match step.op.collects() || step.op.writes() {
            true => 0,
            false => since + 1,
        };
        plan.steps.push(step);
        if since >= CHAIN {
            let (keys, top) = (Vec::new(), None);
            plan.push(Op::Sort(Sort { keys, top }));
            since = 0;
        }
    }
}
