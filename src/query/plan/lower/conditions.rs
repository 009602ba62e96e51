//! Conditions inside patterns: labels, properties, WHERE.
//!
//! Those on nodes and single edges become conditions of the pattern, those on walks over several
//! edges become the test of each edge.

use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::LabelTest;
use super::super::expr::Slot;
use super::super::pattern::Pattern;
use super::super::pattern::Walk;
use super::Lower;
use super::Lowered;
use super::expr::Word;
use super::pattern::Walked;
use super::pattern::plain_kinds;
use crate::diag::Span;
use crate::model::Value;
use crate::query::ast;
use crate::query::ast::BinaryOp;
use std::sync::Arc;

/// Conditions to be lowered once all variables have slots.
pub(super) enum Pending<'p> {
    Node(Slot, &'p ast::NodePattern),
    Edge(Slot, &'p ast::EdgePattern, bool),
    Group(&'p ast::Expr),
}

impl Lower<'_> {
    /// Lowers the conditions inside a pattern. Those of walks over several edges move into the walk.
    pub(super) fn conditions(&mut self, walked: &Walked<'_>) -> Lowered<Vec<Expr>> {
        let mut filters = Vec::new();
        for pending in &walked.pending {
            match pending {
                Pending::Node(slot, node) => {
                    let subject = Expr::slot(*slot, node.span);
                    if let Some(labels) = &node.labels {
                        let test = self.labels(labels, Word::Label);
                        filters.push(has_labels(&subject, test));
                    }
                    self.fits(&subject, node.properties.as_ref(), &mut filters)?;
                    self.inline(node.filter.as_deref(), &mut filters)?;
                }
                Pending::Edge(slot, edge, false) => {
                    let subject = Expr::slot(*slot, edge.span);
                    self.edge_conditions(&subject, edge, &mut filters)?;
                }
                Pending::Edge(..) => {}
                Pending::Group(filter) => self.inline(Some(filter), &mut filters)?,
            }
        }
        Ok(filters)
    }

    fn edge_conditions(
        &mut self,
        subject: &Expr,
        edge: &ast::EdgePattern,
        filters: &mut Vec<Expr>,
    ) -> Lowered<()> {
        if let Some(kinds) = edge.kinds.as_ref().filter(|kinds| !plain_kinds(kinds)) {
            let test = self.labels(kinds, Word::Kind);
            filters.push(has_labels(subject, test));
        }
        self.fits(subject, edge.properties.as_ref(), filters)?;
        self.inline(edge.filter.as_deref(), filters)
    }

    /// Lowers what each edge of a walk must fulfil; the edge is the first local.
    fn edge_test(&mut self, edge: &ast::EdgePattern) -> Lowered<Option<Expr>> {
        let name = edge
            .name
            .as_ref()
            .map_or_else(|| "".into(), |name| Arc::clone(&name.text));
        let outer = std::mem::replace(&mut self.scope.locals, vec![name]);
        let subject = Expr::new(ExprKind::Local(0), edge.span);
        let mut filters = Vec::new();
        let result = self.edge_conditions(&subject, edge, &mut filters);
        self.scope.locals = outer;
        result?;
        Ok(filters.into_iter().reduce(both))
    }

    fn inline(&mut self, filter: Option<&ast::Expr>, filters: &mut Vec<Expr>) -> Lowered<()> {
        if let Some(filter) = filter {
            self.expr(filter)?.conjuncts(filters);
        }
        Ok(())
    }

    /// Lowers `{key: value}` in a pattern to one equality a key.
    fn fits(
        &mut self,
        subject: &Expr,
        properties: Option<&ast::Expr>,
        filters: &mut Vec<Expr>,
    ) -> Lowered<()> {
        let Some(properties) = properties else {
            return Ok(());
        };
        let span = properties.span;
        let entries: Vec<(ast::Name, Expr)> = match &properties.kind {
            ast::ExprKind::Map(entries) => entries
                .iter()
                .map(|(key, value)| Ok((key.clone(), self.expr(value)?)))
                .collect::<Lowered<_>>()?,
            _ => self.parameter_entries(properties, span)?,
        };
        for (key, value) in entries {
            self.look_for_key(&key);
            let property = ExprKind::Property(Box::new(subject.clone()), self.key(&key));
            let property = Expr::new(property, key.span);
            let span = value.span;
            let kind = ExprKind::Binary(BinaryOp::Equal, Box::new(property), Box::new(value));
            filters.push(Expr::new(kind, span));
        }
        Ok(())
    }

    fn parameter_entries(
        &mut self,
        properties: &ast::Expr,
        span: Span,
    ) -> Lowered<Vec<(ast::Name, Expr)>> {
        let value = self.expr(properties)?;
        let Some(Value::Map(map)) = value.as_const() else {
            return Ok(Vec::new());
        };
        let entry = |(key, value): (&Arc<str>, &Value)| {
            let name = ast::Name {
                text: Arc::clone(key),
                span,
            };
            (name, Expr::constant(value.clone(), span))
        };
        Ok(map.iter().map(entry).collect())
    }

    /// Lowers what each edge of the walks must fulfil.
    pub(super) fn tests(
        &mut self,
        patterns: &[ast::Pattern],
        lowered: &mut Pattern,
    ) -> Lowered<()> {
        let mut edges = Vec::new();
        for pattern in patterns {
            walks(&pattern.parts, &mut edges);
        }
        let mut edges = edges.into_iter();
        self.fill_tests(lowered, &mut edges)
    }

    fn fill_tests(
        &mut self,
        lowered: &mut Pattern,
        edges: &mut dyn Iterator<Item = &ast::EdgePattern>,
    ) -> Lowered<()> {
        for link in &mut lowered.links {
            match &mut link.walk {
                Walk::One => {
                    edges.next();
                }
                Walk::Many(many) => {
                    if let Some(edge) = edges.next() {
                        many.test = self.edge_test(edge)?;
                    }
                }
                Walk::Group(_) => {}
                Walk::Chosen(chosen) => self.fill_tests(&mut chosen.pattern, edges)?,
            }
        }
        Ok(())
    }
}

/// Lists the edge patterns outside of repeated groups, in the order of their links.
fn walks<'p>(parts: &'p [ast::PatternPart], into: &mut Vec<&'p ast::EdgePattern>) {
    for part in parts {
        match part {
            ast::PatternPart::Edge(edge) => into.push(edge),
            ast::PatternPart::Group(group) if group.length.is_none() => {
                walks(&group.pattern.parts, into);
            }
            _ => {}
        }
    }
}

fn has_labels(subject: &Expr, test: LabelTest) -> Expr {
    let span = subject.span;
    Expr::new(ExprKind::HasLabels(Box::new(subject.clone()), test), span)
}

fn both(a: Expr, b: Expr) -> Expr {
    let span = a.span.to(b.span);
    let kind = ExprKind::Binary(BinaryOp::And, Box::new(a), Box::new(b));
    Expr::new(kind, span)
}
