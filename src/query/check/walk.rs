//! The parts of an expression, whatever it is, and questions that need no more than that.

use crate::query::ast::{Expr, ExprKind, MapItem};
use crate::query::functions;

/// Calls back for each expression that stands directly in another one. Patterns and statements
/// inside are not entered: they have scopes of their own.
pub(super) fn parts<'e>(expr: &'e Expr, see: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Property(one, _)
        | ExprKind::HasLabels(one, _)
        | ExprKind::Unary(_, one)
        | ExprKind::IsNull(one, _) => see(one),
        ExprKind::Index(one, two) | ExprKind::Binary(_, one, two) => {
            see(one);
            see(two);
        }
        ExprKind::Slice(list, from, to) => {
            see(list);
            from.iter().chain(to).for_each(|bound| see(bound));
        }
        ExprKind::Chain(first, rest) => {
            see(first);
            rest.iter().for_each(|(_, other)| see(other));
        }
        ExprKind::List(items)
        | ExprKind::Call {
            arguments: items, ..
        } => items.iter().for_each(see),
        ExprKind::Map(entries) => entries.iter().for_each(|(_, value)| see(value)),
        ExprKind::Projection(subject, items) => {
            see(subject);
            entries(items).for_each(see);
        }
        _ => looping_parts(expr, see),
    }
}

fn looping_parts<'e>(expr: &'e Expr, see: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Comprehension {
            list,
            filter,
            value,
            ..
        } => {
            see(list);
            filter.iter().chain(value).for_each(|part| see(part));
        }
        ExprKind::Quantified { list, filter, .. } => {
            see(list);
            filter.iter().for_each(|part| see(part));
        }
        ExprKind::Reduce {
            start, list, step, ..
        } => [start, list, step].into_iter().for_each(|part| see(part)),
        ExprKind::Case {
            subject,
            branches,
            otherwise,
        } => {
            subject.iter().for_each(|part| see(part));
            for (when, then) in branches {
                see(when);
                see(then);
            }
            otherwise.iter().for_each(|part| see(part));
        }
        _ => {}
    }
}

/// The values written in a map projection.
pub(super) fn entries(items: &[MapItem]) -> impl Iterator<Item = &Expr> {
    items.iter().filter_map(|item| match item {
        MapItem::Entry(_, value) => Some(value),
        _ => None,
    })
}

/// Tells whether an expression is an aggregate.
pub(super) fn is_aggregate(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::CountStar => true,
        ExprKind::Call { name, .. } => {
            functions::find(&name.text).is_some_and(|function| function.is_aggregate())
        }
        _ => false,
    }
}

/// Tells whether there is an aggregate in an expression.
pub(super) fn has_aggregate(expr: &Expr) -> bool {
    any(expr, &is_aggregate)
}

/// Tells whether an expression or a part of it is as wanted.
pub(super) fn any(expr: &Expr, wanted: &dyn Fn(&Expr) -> bool) -> bool {
    let mut found = wanted(expr);
    parts(expr, &mut |part| found = found || any(part, wanted));
    found
}

/// Tells whether an expression is a variable or a property of one, however deep.
pub(super) fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) => true,
        ExprKind::Property(subject, _) => is_plain(subject),
        _ => false,
    }
}
