//! Rewritings that keep the answer and save work, by name and in order.
//!
//! A pass sees one plan at a time, inner plans first; it may ask the graph for counts, never for
//! rows. Leaving any of them out gives the same answers (`tests/same.rs`).

mod aim;
mod anti;
mod count;
mod degree;
mod gather;
mod join;
mod late;
mod live;
mod prune;
mod reach;
mod top;

use super::Op;
use super::Plan;
use super::arrange;
use super::expr::Expr;
use super::expr::ExprKind;
use super::expr::Give;
use super::expr::Slot;
use crate::model::GraphView;

/// What a pass may ask.
pub(crate) struct Context<'a> {
    /// Counts of labels, kinds and values.
    pub graph: &'a dyn GraphView,
    /// What becomes of the rows of the plan.
    pub ending: Ending,
    /// Whether there are subqueries in expressions, which have plans of their own.
    pub nested: bool,
    /// Whether the statement writes, so that what is few now may be many when it runs.
    pub writes: bool,
}

/// What becomes of the rows of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// They go on in the same frame: any slot may be read.
    Open,
    /// Their columns are read.
    Columns,
    /// One slot is read.
    Slot(Slot),
    /// They are counted.
    Counted,
    /// It is asked whether there is one.
    Asked,
}

/// One rewriting.
pub(crate) struct Pass {
    /// Its name.
    pub name: &'static str,
    /// What it does and why, in a sentence.
    pub about: &'static str,
    /// Costs the square of the steps, and is left out of plans that no person wrote.
    pub square: bool,
    /// Rewrites one plan.
    pub run: fn(&mut Plan, &Context<'_>),
}

/// All passes, in the order they run.
pub(crate) const PASSES: &[Pass] = &[
    Pass {
        name: "gather",
        about: "moves conditions of WHERE into the pattern they follow, to be tested early",
        square: false,
        run: gather::run,
    },
    Pass {
        name: "join",
        about: "joins two unconnected parts of a pattern by equal values instead of all pairs",
        square: false,
        run: join::run,
    },
    Pass {
        name: "order",
        about: "walks a pattern from its cheapest end, by counts and by indexes of values",
        square: false,
        run: arrange::cheapest,
    },
    Pass {
        name: "count",
        about: "counts rows where what is counted cannot be null",
        square: false,
        run: count::run,
    },
    Pass {
        name: "prune",
        about: "leaves out paths and edge lists that nobody reads",
        square: true,
        run: prune::run,
    },
    Pass {
        name: "reach",
        about: "visits each node once where only the distinct ends of a walk are asked for",
        square: true,
        run: reach::run,
    },
    Pass {
        name: "aim",
        about: "walks towards a known end: by distance, or from both ends at once",
        square: false,
        run: aim::run,
    },
    Pass {
        name: "degree",
        about: "takes the number of edges at a node instead of a row for each",
        square: true,
        run: degree::run,
    },
    Pass {
        name: "top",
        about: "keeps only the first rows while sorting where LIMIT follows",
        square: false,
        run: top::run,
    },
    Pass {
        name: "late",
        about: "sorts groups before columns are made of them where only the first are wanted",
        square: false,
        run: late::run,
    },
    Pass {
        name: "anti",
        about: "makes EXISTS and NOT EXISTS in WHERE a step that stops at the first row",
        square: false,
        run: anti::run,
    },
];

/// Runs a pass on a plan and all plans inside, inner ones first.
pub(super) fn everywhere(
    plan: &mut Plan,
    context: &Context<'_>,
    pass: fn(&mut Plan, &Context<'_>),
) {
    for step in &mut plan.steps {
        let inner = Context {
            graph: context.graph,
            nested: context.nested,
            writes: context.writes,
            ending: match &step.op {
                Op::Semi { .. } => Ending::Asked,
                Op::Apply(_) | Op::Union(_) => Ending::Columns,
                _ => Ending::Open,
            },
        };
        step.op
            .each_plan_mut(&mut |plan| everywhere(plan, &inner, pass));
        if context.nested {
            step.op
                .each_expr_mut(&mut |expr| in_expr(expr, context, pass));
        }
    }
    pass(plan, context);
}

fn in_expr(expr: &mut Expr, context: &Context<'_>, pass: fn(&mut Plan, &Context<'_>)) {
    if let ExprKind::Subquery(subquery) = &mut expr.kind {
        let inner = Context {
            graph: context.graph,
            nested: context.nested,
            writes: context.writes,
            ending: match subquery.give {
                Give::Exists => Ending::Asked,
                Give::Count => Ending::Counted,
                Give::Collect(slot) | Give::First(slot) => Ending::Slot(slot),
            },
        };
        everywhere(&mut subquery.body, &inner, pass);
    }
    expr.each_mut(&mut |part| in_expr(part, context, pass));
}
