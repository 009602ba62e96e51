//! What stands beside an aggregate in one expression: it has to be the same for all rows of a group.
//!
//! openCypher asks for more than that: what is the same has to be seen at once, so only variables
//! and properties that are columns by themselves count, and no computed columns.

use super::Checked;
use super::scope::Scope;
use super::walk::{any, has_aggregate, is_aggregate, is_plain, parts};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::query::ast::{Expr, ExprKind, Name, Projection};
use std::collections::HashSet;
use std::sync::Arc;

/// The columns that rows are grouped by.
struct Keys {
    plain: HashSet<String>,
    computed: HashSet<String>,
}

impl Keys {
    fn of(part: &Projection, scope: &Scope<'_>) -> Self {
        let keys = part.items.iter().filter(|item| !has_aggregate(&item.expr));
        let (plain, computed): (Vec<&Expr>, Vec<&Expr>) =
            keys.map(|item| &item.expr).partition(|expr| is_plain(expr));
        let mut plain: HashSet<String> = plain.into_iter().map(Expr::to_string).collect();
        if part.star {
            let starred = scope.all();
            plain.extend(starred.keys().map(|name| variable(name).to_string()));
        }
        Self {
            plain,
            computed: computed
                .into_iter()
                .filter(|expr| any(expr, &reads_the_row))
                .map(Expr::to_string)
                .collect(),
        }
    }
}

/// Tells whether an expression may have another value in another row; a literal has not.
fn reads_the_row(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Variable(_)
            | ExprKind::Pattern(_)
            | ExprKind::PatternComprehension { .. }
            | ExprKind::Exists(_)
            | ExprKind::Count(_)
            | ExprKind::Collect(_)
    )
}

/// Judges the columns of a grouping WITH or RETURN.
pub(super) fn judge_items(part: &Projection, scope: &Scope<'_>) -> Checked {
    let mixed = |expr: &&Expr| has_aggregate(expr) && !is_aggregate(expr);
    let mut mixed = part
        .items
        .iter()
        .map(|item| &item.expr)
        .filter(mixed)
        .peekable();
    if mixed.peek().is_none() {
        return Ok(());
    }
    let keys = Keys::of(part, scope);
    mixed.try_for_each(|expr| judge(expr, &keys, &mut Vec::new()))
}

/// Judges an item of ORDER BY with an aggregate in it; columns may be named as well.
pub(super) fn judge_order(expr: &Expr, part: &Projection, columns: &Scope<'_>) -> Checked {
    let mut keys = Keys::of(part, columns);
    let names = columns.all();
    keys.plain
        .extend(names.keys().map(|name| variable(name).to_string()));
    judge(expr, &keys, &mut Vec::new())
}

/// `local` are the variables that the expression itself defines.
fn judge<'e>(expr: &'e Expr, keys: &Keys, local: &mut Vec<&'e Name>) -> Checked {
    if is_aggregate(expr) {
        return Ok(());
    }
    let is_local = |name: &str| local.iter().any(|own| &*own.text == name);
    if is_plain(expr) {
        if keys.plain.contains(&expr.to_string()) || root(expr).is_some_and(is_local) {
            return Ok(());
        }
        if matches!(expr.kind, ExprKind::Variable(_)) {
            return Err(ambiguous(expr));
        }
        return match root(expr).map(variable) {
            Some(root) if keys.plain.contains(&root.to_string()) => Ok(()),
            _ => Err(ambiguous(expr)),
        };
    }
    if keys.computed.contains(&expr.to_string()) {
        return Err(ambiguous(expr));
    }
    let known = local.len();
    own_names(expr, local);
    let mut result = Ok(());
    parts(expr, &mut |part| {
        if result.is_ok() {
            result = judge(part, keys, local);
        }
    });
    local.truncate(known);
    result
}

fn own_names<'e>(expr: &'e Expr, local: &mut Vec<&'e Name>) {
    match &expr.kind {
        ExprKind::Comprehension { name, .. } | ExprKind::Quantified { name, .. } => {
            local.push(name);
        }
        ExprKind::Reduce { total, name, .. } => local.extend([total, name]),
        _ => {}
    }
}

/// The variable that a property belongs to.
fn root(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(name),
        ExprKind::Property(subject, _) => root(subject),
        _ => None,
    }
}

fn variable(name: impl AsRef<str>) -> ExprKind {
    ExprKind::Variable(Arc::from(name.as_ref()))
}

fn ambiguous(expr: &Expr) -> Diagnostic {
    Diagnostic::error(
        &Code::AMBIGUOUS_AGGREGATION_EXPRESSION,
        format!("`{expr}` stands beside an aggregate and may differ within a group"),
    )
    .at(expr.span)
    .expected("beside an aggregate: variables and properties that are columns themselves")
    .help(format!(
        "compute it in a WITH before: `WITH …, {expr} AS key`"
    ))
}
