//! Takes EXISTS and NOT EXISTS (patterns as conditions, too) out of filters and makes them steps of
//! their own, which stop at the first row and are tested after all that costs less.

use super::super::Op;
use super::super::Plan;
use super::super::Step;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::Give;
use super::super::expr::Subquery;
use super::Context;
use crate::query::ast::UnaryOp;

pub(super) fn run(plan: &mut Plan, context: &Context<'_>) {
    if !context.nested {
        return;
    }
    let steps = std::mem::take(&mut plan.steps);
    for mut step in steps {
        let mut taken = Vec::new();
        if let Op::Filter(conditions) = &mut step.op {
            for condition in std::mem::take(conditions) {
                match semi(condition) {
                    Ok(op) => taken.push(Step::new(op)),
                    Err(condition) => conditions.push(condition),
                }
            }
        }
        if !matches!(&step.op, Op::Filter(conditions) if conditions.is_empty()) {
            plan.steps.push(step);
        }
        plan.steps.extend(taken);
    }
}

/// Reads a condition as a step; gives it back where it is none.
fn semi(condition: Expr) -> Result<Op, Expr> {
    let span = condition.span;
    match condition.kind {
        ExprKind::Subquery(query) if query.give == Give::Exists => {
            Ok(Op::Semi { query, anti: false })
        }
        ExprKind::Unary(UnaryOp::Not, inner) => match exists(*inner) {
            Ok(query) => Ok(Op::Semi { query, anti: true }),
            Err(inner) => {
                let kind = ExprKind::Unary(UnaryOp::Not, Box::new(inner));
                Err(Expr::new(kind, span))
            }
        },
        kind => Err(Expr::new(kind, span)),
    }
}

fn exists(expr: Expr) -> Result<Box<Subquery>, Expr> {
    match expr.kind {
        ExprKind::Subquery(query) if query.give == Give::Exists => Ok(query),
        kind => Err(Expr::new(kind, expr.span)),
    }
}
