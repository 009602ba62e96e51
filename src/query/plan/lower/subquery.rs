//! Queries inside: EXISTS, COUNT, COLLECT, pattern predicates and comprehensions, CALL { … }.
//!
//! A query inside has a frame of its own; it sees the variables outside through imports, and what
//! it does not read is not imported.

use super::super::Apply;
use super::super::Op;
use super::super::Plan;
use super::super::Project;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::Give;
use super::super::expr::Slot;
use super::super::expr::Subquery;
use super::Lower;
use super::Lowered;
use super::scope::Scope;
use crate::diag::Span;
use crate::query::ast;
use std::sync::Arc;

/// What a body sees: expressions outside, slots inside.
pub(super) type Imports = Vec<(Expr, Slot)>;

impl Lower<'_> {
    /// Lowers a body in a frame of its own that sees all variables outside.
    pub(super) fn inside<T>(
        &mut self,
        span: Span,
        body: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<(T, Imports)> {
        let names: Vec<Arc<str>> = self.visible();
        let tracing = std::mem::replace(&mut self.tracing, false);
        let result = self.inside_with(&names, span, body);
        self.tracing = tracing;
        result
    }

    /// Lowers a body in a frame of its own that sees the named variables.
    fn inside_with<T>(
        &mut self,
        names: &[Arc<str>],
        span: Span,
        body: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<(T, Imports)> {
        let mut scope = Scope::default();
        let mut imports = Imports::new();
        for name in names {
            let outside = self.variable(name, span)?;
            imports.push((outside, scope.declare(name)));
        }
        std::mem::swap(&mut self.scope, &mut scope);
        let result = self.deeper(span, body);
        self.scope = scope;
        Ok((result?, imports))
    }

    fn visible(&self) -> Vec<Arc<str>> {
        let variables = self.scope.variables().into_iter().map(|(name, _)| name);
        let mut names: Vec<Arc<str>> = variables.chain(self.scope.locals.clone()).collect();
        names.extend(self.scope.aliases.iter().map(|(name, _)| Arc::clone(name)));
        names.sort();
        names.dedup();
        names
    }

    /// Lowers `EXISTS { … }` and its kin.
    pub(super) fn nested(
        &mut self,
        statement: &ast::Statement,
        give: Give,
        span: Span,
    ) -> Lowered<Expr> {
        let (body, imports) = self.inside(span, |lower| lower.statement(statement))?;
        Ok(subquery(body, imports, give, span))
    }

    /// Lowers a pattern that stands as a condition or, under a selector, as a path.
    pub(super) fn pattern_value(&mut self, pattern: &ast::Pattern, span: Span) -> Lowered<Expr> {
        let ((body, path), imports) = self.inside(span, |lower| {
            let mut plan = Plan::default();
            let path = lower.match_one(pattern, None, &mut plan)?;
            lower.scope.close(&mut plan);
            Ok((plan, path))
        })?;
        let give = match (&pattern.selector, path) {
            (ast::Selector::All, _) | (_, None) => Give::Exists,
            (ast::Selector::AnyShortest, Some(path)) => Give::First(path),
            (_, Some(path)) => Give::Collect(path),
        };
        Ok(subquery(body, imports, give, span))
    }

    /// Lowers `[pattern WHERE filter | value]`.
    pub(super) fn pattern_comprehension(
        &mut self,
        pattern: &ast::Pattern,
        filter: Option<&ast::Expr>,
        value: &ast::Expr,
        span: Span,
    ) -> Lowered<Expr> {
        let (body, imports) = self.inside(span, |lower| {
            let mut plan = Plan::default();
            lower.match_one(pattern, filter, &mut plan)?;
            let item = lower.expr(value)?;
            lower.scope.close(&mut plan);
            plan.push(Op::Project(Project {
                items: vec![item],
                frame: vec!["value".into()],
            }));
            Ok(plan)
        })?;
        Ok(subquery(body, imports, Give::Collect(0), span))
    }

    /// Lowers `CALL { … }`.
    pub(super) fn call_subquery(
        &mut self,
        names: Option<&[ast::Name]>,
        body: &ast::Statement,
        span: Span,
        plan: &mut Plan,
    ) -> Lowered<()> {
        let names: Vec<Arc<str>> = match names {
            Some(names) => names.iter().map(|name| Arc::clone(&name.text)).collect(),
            None if imports_by_with(body) => self.visible(),
            None => Vec::new(),
        };
        let (body, mut imports) = self.inside_with(&names, span, |lower| lower.statement(body))?;
        prune(&body, &mut imports);
        let columns = body.columns.clone();
        let mut exports: Vec<(Slot, Slot)> = columns
            .iter()
            .enumerate()
            .map(|(inner, name)| (inner, self.scope.declare(name)))
            .collect();
        if let Some(trace) = body.trace {
            let outer = self.scope.hidden("trace");
            exports.push((trace, outer));
            self.scope.things.push(outer);
        }
        plan.push(Op::Apply(Apply {
            unit: body.columns.is_empty(),
            body,
            imports,
            exports,
        }));
        Ok(())
    }
}

fn imports_by_with(body: &ast::Statement) -> bool {
    let queries = std::iter::once(&body.first).chain(body.unions.iter().map(|u| &u.query));
    queries
        .filter_map(|query| query.clauses.first())
        .any(|clause| matches!(clause.kind, ast::ClauseKind::With(_)))
}

fn subquery(body: Plan, mut imports: Imports, give: Give, span: Span) -> Expr {
    prune(&body, &mut imports);
    let subquery = Subquery {
        body,
        imports,
        give,
    };
    Expr::new(ExprKind::Subquery(Box::new(subquery)), span)
}

/// Drops imports that the body does not read.
pub(super) fn prune(body: &Plan, imports: &mut Imports) {
    let mut read = Vec::new();
    body.reads(true, &mut read);
    imports.retain(|(_, slot)| read.contains(slot));
}
