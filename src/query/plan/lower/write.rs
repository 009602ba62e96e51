//! CREATE, MERGE, SET, REMOVE, DELETE and FOREACH.

use super::super::Create;
use super::super::Merge;
use super::super::NewPart;
use super::super::Op;
use super::super::Plan;
use super::super::SetOp;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::Key;
use super::super::expr::PathPiece;
use super::super::expr::Slot;
use super::Lower;
use super::Lowered;
use crate::diag::Span;
use crate::query::ast;
use std::sync::Arc;

impl Lower<'_> {
    pub(super) fn create(&mut self, patterns: &[ast::Pattern], plan: &mut Plan) -> Lowered<()> {
        let mut create = Create::default();
        for pattern in patterns {
            self.new_path(pattern, &mut create)?;
        }
        let mut things = Vec::new();
        Op::Create(create.clone()).fills(&mut things);
        self.scope.things.extend(things);
        plan.push(Op::Create(create));
        Ok(())
    }

    fn new_path(&mut self, pattern: &ast::Pattern, create: &mut Create) -> Lowered<()> {
        let mut pieces = Vec::new();
        let mut here: Option<Slot> = None;
        let mut waiting: Option<&ast::EdgePattern> = None;
        for part in &pattern.parts {
            match part {
                ast::PatternPart::Node(node) => {
                    let slot = self.new_node(node, create)?;
                    if let (Some(from), Some(edge)) = (here, waiting.take()) {
                        let edge = self.new_edge(edge, from, slot, create)?;
                        pieces.push(PathPiece::Edges(edge));
                    }
                    pieces.push(PathPiece::Node(slot));
                    here = Some(slot);
                }
                ast::PatternPart::Edge(edge) => waiting = Some(edge),
                ast::PatternPart::Group(_) => {}
            }
        }
        if let Some(name) = &pattern.name {
            let slot = self.scope.declare(&name.text);
            let path = Expr::new(ExprKind::Path(pieces), pattern.span);
            create.paths.push((slot, path));
        }
        Ok(())
    }

    fn new_node(&mut self, node: &ast::NodePattern, create: &mut Create) -> Lowered<Slot> {
        let name = node.name.as_ref();
        if let Some(slot) = name.and_then(|name| self.scope.slot(&name.text)) {
            return Ok(slot);
        }
        let properties = self.new_properties(node.properties.as_ref())?;
        let slot = match name {
            Some(name) => self.scope.declare(&name.text),
            None => self.scope.hidden("_"),
        };
        let mut labels = Vec::new();
        if let Some(expr) = &node.labels {
            self.list_labels(expr, &mut labels);
        }
        create.parts.push(NewPart::Node {
            slot,
            labels,
            properties,
        });
        Ok(slot)
    }

    fn new_edge(
        &mut self,
        edge: &ast::EdgePattern,
        left: Slot,
        right: Slot,
        create: &mut Create,
    ) -> Lowered<Slot> {
        let properties = self.new_properties(edge.properties.as_ref())?;
        let slot = match &edge.name {
            Some(name) => self.scope.declare(&name.text),
            None => self.scope.hidden("_"),
        };
        let mut kinds = Vec::new();
        if let Some(expr) = &edge.kinds {
            self.list_labels(expr, &mut kinds);
        }
        let (from, to) = match edge.arrow {
            ast::Arrow::Left => (right, left),
            ast::Arrow::Right | ast::Arrow::Either => (left, right),
        };
        if let Some(kind) = kinds.into_iter().next() {
            create.parts.push(NewPart::Edge {
                slot,
                kind,
                from,
                to,
                properties,
            });
        }
        Ok(slot)
    }

    fn new_properties(&mut self, properties: Option<&ast::Expr>) -> Lowered<Option<Expr>> {
        properties.map(|expr| self.expr(expr)).transpose()
    }

    fn list_labels(&self, labels: &ast::LabelExpr, into: &mut Vec<Key>) {
        match labels {
            ast::LabelExpr::Name(name) => into.push(self.key(name)),
            ast::LabelExpr::And(a, b) | ast::LabelExpr::Or(a, b) => {
                self.list_labels(a, into);
                self.list_labels(b, into);
            }
            ast::LabelExpr::Not(_) | ast::LabelExpr::Any => {}
        }
    }

    pub(super) fn merge(
        &mut self,
        pattern: &ast::Pattern,
        on_create: &[ast::SetItem],
        on_match: &[ast::SetItem],
        plan: &mut Plan,
    ) -> Lowered<()> {
        let outside = self.scope.clone();
        let mut find = Plan::default();
        self.match_one(pattern, None, &mut find)?;
        find.frame = self.scope.names();
        // What is made fills the slots that the search would have filled.
        let found = std::mem::replace(&mut self.scope, outside);
        let mut make = Create::default();
        let made = self.new_path(pattern, &mut make);
        self.scope = found;
        made?;
        same_slots(&find, &mut make);
        let maps = maps(&make);
        let on_create = self.set_items(on_create)?;
        let on_match = self.set_items(on_match)?;
        plan.push(Op::Merge(Box::new(Merge {
            find,
            make,
            maps,
            on_create,
            on_match,
        })));
        Ok(())
    }

    pub(super) fn set(&mut self, items: &[ast::SetItem], plan: &mut Plan) -> Lowered<()> {
        let items = self.set_items(items)?;
        plan.push(Op::Set(items));
        Ok(())
    }

    fn set_items(&mut self, items: &[ast::SetItem]) -> Lowered<Vec<SetOp>> {
        items.iter().map(|item| self.set_item(item)).collect()
    }

    fn set_item(&mut self, item: &ast::SetItem) -> Lowered<SetOp> {
        Ok(match item {
            ast::SetItem::Property { target, key, value } => SetOp::Property {
                target: self.expr(target)?,
                key: self.key(key),
                value: self.expr(value)?,
            },
            ast::SetItem::Properties { target, add, value } => SetOp::Properties {
                target: self.variable(&target.text, target.span)?,
                add: *add,
                value: self.expr(value)?,
            },
            ast::SetItem::Labels { target, labels } => SetOp::AddLabels {
                target: self.variable(&target.text, target.span)?,
                labels: labels.iter().map(|label| self.key(label)).collect(),
            },
        })
    }

    pub(super) fn remove(&mut self, items: &[ast::RemoveItem], plan: &mut Plan) -> Lowered<()> {
        let items = items.iter().map(|item| self.remove_item(item));
        let items = items.collect::<Lowered<Vec<SetOp>>>()?;
        plan.push(Op::Set(items));
        Ok(())
    }

    fn remove_item(&mut self, item: &ast::RemoveItem) -> Lowered<SetOp> {
        Ok(match item {
            ast::RemoveItem::Property { target, key } => SetOp::Property {
                target: self.expr(target)?,
                key: self.key(key),
                value: Expr::constant(crate::model::Value::Null, key.span),
            },
            ast::RemoveItem::Labels { target, labels } => SetOp::RemoveLabels {
                target: self.variable(&target.text, target.span)?,
                labels: labels.iter().map(|label| self.key(label)).collect(),
            },
        })
    }

    pub(super) fn delete(
        &mut self,
        detach: bool,
        targets: &[ast::Expr],
        plan: &mut Plan,
    ) -> Lowered<()> {
        let targets = targets.iter().map(|target| self.expr(target));
        let targets = targets.collect::<Lowered<Vec<Expr>>>()?;
        plan.push(Op::Delete { targets, detach });
        Ok(())
    }

    pub(super) fn foreach(
        &mut self,
        name: &ast::Name,
        list: &ast::Expr,
        body: &[ast::Clause],
        span: Span,
        plan: &mut Plan,
    ) -> Lowered<()> {
        let list = self.expr(list)?;
        let before = self.scope.variables();
        let slot = self.scope.declare(&name.text);
        let body = self.deeper(span, |lower| {
            let mut inner = Plan::default();
            for clause in body {
                lower.clause(clause, &mut inner)?;
            }
            inner.frame = lower.scope.names();
            Ok(inner)
        })?;
        for (name, slot) in self.scope.variables() {
            if !before.contains(&(Arc::clone(&name), slot)) {
                self.scope.forget(&name);
            }
        }
        plan.push(Op::Foreach { list, slot, body });
        Ok(())
    }
}

/// Searching declares nodes and edges in another order than making; this brings the slots of
/// what is made in line with those of the search.
fn same_slots(find: &Plan, make: &mut Create) {
    let Some(Op::Match(pattern)) = find.steps.first().map(|step| &step.op) else {
        return;
    };
    let nodes: Vec<Slot> = pattern
        .nodes
        .iter()
        .map(|node| node.slot)
        .filter(|slot| !pattern.bound.contains(slot))
        .collect();
    let edges: Vec<Slot> = pattern.links.iter().map(|link| link.edge).collect();
    let mut moved: Vec<(Slot, Slot)> = Vec::new();
    let (mut node, mut edge) = (nodes.into_iter(), edges.into_iter());
    for part in &make.parts {
        match part {
            NewPart::Node { slot, .. } => moved.extend(node.next().map(|to| (*slot, to))),
            NewPart::Edge { slot, .. } => moved.extend(edge.next().map(|to| (*slot, to))),
        }
    }
    let paths = make.paths.iter().zip(&pattern.paths);
    moved.extend(paths.map(|((made, _), (found, _))| (*made, *found)));
    rename(make, &moved);
}

fn maps(make: &Create) -> Vec<Expr> {
    let maps = make.parts.iter().filter_map(|part| match part {
        NewPart::Node { properties, .. } | NewPart::Edge { properties, .. } => properties.clone(),
    });
    maps.collect()
}

fn rename(make: &mut Create, moved: &[(Slot, Slot)]) {
    let renamed = |slot: Slot| {
        let found = moved.iter().find(|(from, _)| *from == slot);
        found.map_or(slot, |(_, to)| *to)
    };
    for part in &mut make.parts {
        match part {
            NewPart::Node { slot, .. } => *slot = renamed(*slot),
            NewPart::Edge { slot, from, to, .. } => {
                *slot = renamed(*slot);
                *from = renamed(*from);
                *to = renamed(*to);
            }
        }
    }
    for (slot, path) in &mut make.paths {
        *slot = renamed(*slot);
        if let ExprKind::Path(pieces) = &mut path.kind {
            for piece in pieces {
                match piece {
                    PathPiece::Node(slot) | PathPiece::Edges(slot) => *slot = renamed(*slot),
                }
            }
        }
    }
}
