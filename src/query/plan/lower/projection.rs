//! WITH and RETURN: items, grouping, DISTINCT, ORDER BY, SKIP, LIMIT, WHERE.
//!
//! All of it is lowered in the scope in front of the clause, aliases standing for their items.
//! Then each expression is *moved* behind the projection: a part that equals an item becomes that
//! item's slot. What still reads the old frame rides along in a hidden column.

use super::super::Frame;
use super::super::Grouping;
use super::super::Op;
use super::super::Plan;
use super::super::Project;
use super::super::Sort;
use super::super::expr::Aggregate;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::Slot;
use super::Lower;
use super::Lowered;
use crate::query::ast;
use std::sync::Arc;

/// The items of a projection and what goes with them, still in the old frame.
struct Parts {
    names: Vec<Arc<str>>,
    items: Vec<Expr>,
    order: Vec<(Expr, bool)>,
    filter: Vec<Expr>,
}

impl Lower<'_> {
    /// Lowers WITH or RETURN; afterwards its items are what is in scope.
    pub(super) fn projection(&mut self, part: &ast::Projection, plan: &mut Plan) -> Lowered<()> {
        let mut parts = self.parts_of(part)?;
        let grouped = parts
            .items
            .iter()
            .chain(parts.order.iter().map(|(expr, _)| expr));
        if grouped.into_iter().any(Expr::has_aggregate) {
            self.group_by(&mut parts, plan);
        }
        self.project(part, parts, plan)
    }

    fn parts_of(&mut self, part: &ast::Projection) -> Lowered<Parts> {
        let mut parts = Parts {
            names: Vec::new(),
            items: Vec::new(),
            order: Vec::new(),
            filter: Vec::new(),
        };
        if part.star {
            for (name, slot) in self.scope.variables() {
                parts
                    .items
                    .push(Expr::slot(slot, crate::diag::Span::default()));
                parts.names.push(name);
            }
        }
        for item in &part.items {
            parts.items.push(self.expr(&item.expr)?);
            parts.names.push(column(item));
        }
        self.scope.aliases = parts
            .names
            .iter()
            .cloned()
            .zip(parts.items.clone())
            .collect();
        let result = self.behind(part, &mut parts);
        self.scope.aliases.clear();
        result?;
        Ok(parts)
    }

    fn behind(&mut self, part: &ast::Projection, parts: &mut Parts) -> Lowered<()> {
        for sort in &part.order {
            let expr = self.expr(&sort.expr)?;
            parts.order.push((expr, sort.descending));
        }
        if let Some(filter) = &part.filter {
            self.expr(filter)?.conjuncts(&mut parts.filter);
        }
        Ok(())
    }

    /// Adds the grouping and moves all parts behind it.
    fn group_by(&mut self, parts: &mut Parts, plan: &mut Plan) {
        let mut keys: Vec<Expr> = Vec::new();
        for item in &parts.items {
            if !item.has_aggregate() && !keys.contains(item) {
                keys.push(item.clone());
            }
        }
        let mut aggregates = Vec::new();
        let moved = parts.items.iter_mut();
        let moved = moved.chain(parts.order.iter_mut().map(|(expr, _)| expr));
        for expr in moved.chain(&mut parts.filter) {
            regroup(expr, &keys, &mut aggregates);
        }
        let traced = self.trace();
        let mut frame: Frame = parts
            .names
            .iter()
            .take(keys.len())
            .map(|_| "key".into())
            .collect();
        frame.resize(keys.len(), "key".into());
        frame.resize(keys.len() + aggregates.len(), "aggregate".into());
        let trace = traced.is_some().then_some(frame.len());
        frame.extend(trace.map(|_| "trace".into()));
        self.scope.close(plan);
        plan.push(Op::Aggregate(Grouping {
            keys,
            aggregates,
            frame: frame.clone(),
            weight: None,
            trace: traced,
        }));
        self.scope.restart(&frame, 0);
        self.scope.trace = trace;
        self.scope.enter(plan);
    }

    fn project(&mut self, part: &ast::Projection, parts: Parts, plan: &mut Plan) -> Lowered<()> {
        let Parts {
            names,
            mut items,
            mut order,
            mut filter,
        } = parts;
        let columns = names.len();
        let mut frame: Frame = names;
        let mut hidden = Hidden {
            columns,
            items: items.clone(),
        };
        for (expr, _) in &mut order {
            hidden.place(expr);
        }
        for expr in &mut filter {
            hidden.place(expr);
        }
        items = hidden.items;
        frame.resize(items.len(), "hidden".into());
        let trace = self.trace();
        let traced = trace.is_some().then_some(items.len());
        items.extend(trace);
        frame.extend(traced.map(|_| "trace".into()));
        self.scope.close(plan);
        plan.push(Op::Project(Project {
            items,
            frame: frame.clone(),
        }));
        self.scope.restart(&frame, columns);
        self.scope.trace = traced;
        self.scope.enter(plan);
        self.columns = columns;
        if part.distinct {
            plan.push(Op::Distinct(columns));
        }
        self.order(part, order, plan)?;
        if !filter.is_empty() {
            plan.push(Op::Filter(filter));
        }
        Ok(())
    }

    fn order(
        &mut self,
        part: &ast::Projection,
        order: Vec<(Expr, bool)>,
        plan: &mut Plan,
    ) -> Lowered<()> {
        if !order.is_empty() {
            let mut keys = Vec::new();
            let mut computed = Vec::new();
            for (expr, descending) in order {
                let slot = match expr.as_slot() {
                    Some(slot) => slot,
                    None => {
                        let slot = self.scope.hidden("order");
                        computed.push((slot, expr));
                        slot
                    }
                };
                keys.push((slot, descending));
            }
            if !computed.is_empty() {
                plan.push(Op::Extend(computed));
            }
            plan.push(Op::Sort(Sort { keys, top: None }));
        }
        if let Some(skip) = &part.skip {
            let count = self.expr(skip)?;
            plan.push(Op::Skip(count));
        }
        if let Some(limit) = &part.limit {
            let count = self.expr(limit)?;
            plan.push(Op::Limit(count));
        }
        Ok(())
    }

    /// Gives what lists the matched things of the present frame, where pictures are wanted.
    fn trace(&self) -> Option<Expr> {
        if !self.tracing {
            return None;
        }
        let mut slots: Vec<Slot> = self.scope.trace.into_iter().collect();
        slots.extend(&self.scope.things);
        slots.sort_unstable();
        slots.dedup();
        let span = crate::diag::Span::default();
        (!slots.is_empty()).then(|| Expr::new(ExprKind::Trace(slots), span))
    }
}

/// Columns behind the items, for what ORDER BY and WHERE read of the old frame.
struct Hidden {
    columns: usize,
    items: Vec<Expr>,
}

impl Hidden {
    /// Moves an expression behind the projection.
    fn place(&mut self, expr: &mut Expr) {
        let mut moved = expr.clone();
        let whole = move_over(&mut moved, &self.items[..self.columns]);
        if whole {
            *expr = moved;
            return;
        }
        let at = self.items.iter().position(|item| item == expr);
        let slot = at.unwrap_or_else(|| {
            self.items.push(expr.clone());
            self.items.len() - 1
        });
        *expr = Expr::slot(slot, expr.span);
    }
}

/// Replaces parts that equal an item by the item's slot; false where a slot of the old frame is
/// left.
fn move_over(expr: &mut Expr, items: &[Expr]) -> bool {
    if let Some(slot) = items.iter().position(|item| item == expr) {
        *expr = Expr::slot(slot, expr.span);
        return true;
    }
    match &expr.kind {
        ExprKind::Slot(_) | ExprKind::Path(_) | ExprKind::Obeys(..) | ExprKind::Trace(_) => false,
        _ => {
            let mut whole = true;
            expr.each_mut(&mut |part| whole &= move_over(part, items));
            whole
        }
    }
}

/// Replaces keys and aggregates by their slots in the frame of the groups.
fn regroup(expr: &mut Expr, keys: &[Expr], aggregates: &mut Vec<Aggregate>) {
    if let Some(slot) = keys.iter().position(|key| key == expr) {
        *expr = Expr::slot(slot, expr.span);
        return;
    }
    if let ExprKind::Aggregate(aggregate) = &expr.kind {
        let at = aggregates.iter().position(|known| known == &**aggregate);
        let at = at.unwrap_or_else(|| {
            aggregates.push((**aggregate).clone());
            aggregates.len() - 1
        });
        *expr = Expr::slot(keys.len() + at, expr.span);
        return;
    }
    expr.each_mut(&mut |part| regroup(part, keys, aggregates));
}

fn column(item: &ast::ProjectionItem) -> Arc<str> {
    match (&item.alias, &item.expr.kind) {
        (Some(alias), _) => Arc::clone(&alias.text),
        (None, ast::ExprKind::Variable(name)) => Arc::clone(name),
        (None, _) => Arc::clone(&item.text),
    }
}
