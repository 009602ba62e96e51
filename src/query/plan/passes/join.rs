//! Splits a pattern of two unconnected parts that a condition `a = b` compares, so that they are
//! joined by hash instead of by trying all pairs.
//!
//! Where one side of the condition is a property of a node, the index of values does the same with
//! less memory, and the pattern stays whole.

use super::super::Join;
use super::super::Op;
use super::super::Plan;
use super::super::Step;
use super::super::arrange::excludes;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::Slot;
use super::super::pattern::Pattern;
use super::Context;
use crate::query::ast::BinaryOp;

pub(super) fn run(plan: &mut Plan, _context: &Context<'_>) {
    let mut at = 0;
    while at < plan.steps.len() {
        if let Op::Match(pattern) = &mut plan.steps[at].op
            && let Some(join) = split(pattern)
        {
            plan.steps.insert(at + 1, Step::new(Op::Join(join)));
        }
        at += 1;
    }
}

/// Takes one part out of a pattern, where a hash join pays.
fn split(pattern: &mut Pattern) -> Option<Join> {
    if !pattern.paths.is_empty() || !pattern.filters.iter().any(compares) {
        return None;
    }
    let parts = components(pattern);
    if parts.len() < 2 {
        return None;
    }
    let part = parts
        .iter()
        .skip(1)
        .find(|part| stands_alone(pattern, part))?;
    let inside = |slot: Slot| part.contains(&slot);
    let (mut on, mut own, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for filter in std::mem::take(&mut pattern.filters) {
        match sides(&filter, &inside) {
            Some(pair) => on.push(pair),
            None if reads_some(&filter) && filter.reads_only(&inside) => own.push(filter),
            None => rest.push(filter),
        }
    }
    let computed = |expr: &Expr| !matches!(expr.kind, ExprKind::Property(..));
    if on.is_empty()
        || on.iter().any(|(_, build)| !computed(build))
        || rest.iter().any(|filter| crosses(filter, &inside))
    {
        pattern.filters.extend(rest);
        pattern.filters.extend(own);
        pattern.filters.extend(on.into_iter().map(equal));
        return None;
    }
    pattern.filters = rest;
    Some(take_out(pattern, part, on, own))
}

fn take_out(
    pattern: &mut Pattern,
    part: &[Slot],
    on: Vec<(Expr, Expr)>,
    filters: Vec<Expr>,
) -> Join {
    let mut other = Pattern {
        filters,
        bound: pattern.bound.clone(),
        ..Pattern::default()
    };
    let nodes = std::mem::take(&mut pattern.nodes);
    (other.nodes, pattern.nodes) = nodes
        .into_iter()
        .partition(|node| part.contains(&node.slot));
    let links = std::mem::take(&mut pattern.links);
    (other.links, pattern.links) = links
        .into_iter()
        .partition(|link| part.contains(&link.from));
    let slots = other.introduced();
    let mut body = Plan::default();
    body.push(Op::Match(Box::new(other)));
    Join { body, on, slots }
}

/// Lists the slots of each connected part of a pattern.
fn components(pattern: &Pattern) -> Vec<Vec<Slot>> {
    let mut parts: Vec<Vec<Slot>> = pattern.nodes.iter().map(|node| vec![node.slot]).collect();
    for link in &pattern.links {
        let mut joined = link.fills();
        joined.extend([link.from, link.to]);
        let (touched, mut apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|part| part.iter().any(|slot| joined.contains(slot)));
        joined.extend(touched.into_iter().flatten());
        apart.push(joined);
        parts = apart;
    }
    parts.sort();
    parts
}

/// Tells whether a part depends on nothing bound before and shares no edge with the others.
fn stands_alone(pattern: &Pattern, part: &[Slot]) -> bool {
    let inside = |slot: &Slot| part.contains(slot);
    let (own, others): (Vec<_>, Vec<_>) = pattern
        .links
        .iter()
        .partition(|link| part.contains(&link.from));
    let shares = own
        .iter()
        .any(|link| others.iter().any(|other| excludes(link, other)));
    !shares && !pattern.bound.iter().any(inside)
}

/// Tells whether a condition is `a = b`, and neither of them known before.
fn compares(filter: &Expr) -> bool {
    match &filter.kind {
        ExprKind::Binary(BinaryOp::Equal, a, b) => reads_some(a) && reads_some(b),
        _ => false,
    }
}

/// Reads `a = b` with one side outside and the other inside of a part.
fn sides(filter: &Expr, inside: &dyn Fn(Slot) -> bool) -> Option<(Expr, Expr)> {
    let ExprKind::Binary(BinaryOp::Equal, a, b) = &filter.kind else {
        return None;
    };
    let within = |expr: &Expr| reads_some(expr) && expr.reads_only(inside);
    let outside = |expr: &Expr| reads_some(expr) && expr.reads_only(&|slot| !inside(slot));
    if outside(a) && within(b) {
        Some(((**a).clone(), (**b).clone()))
    } else if outside(b) && within(a) {
        Some(((**b).clone(), (**a).clone()))
    } else {
        None
    }
}

fn reads_some(expr: &Expr) -> bool {
    let mut some = false;
    expr.each_slot(true, &mut |_| some = true);
    some
}

fn crosses(expr: &Expr, inside: &dyn Fn(Slot) -> bool) -> bool {
    !expr.reads_only(&|slot| !inside(slot))
}

fn equal((a, b): (Expr, Expr)) -> Expr {
    let span = a.span.to(b.span);
    let kind = ExprKind::Binary(BinaryOp::Equal, Box::new(a), Box::new(b));
    Expr::new(kind, span)
}
