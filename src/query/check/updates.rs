//! Clauses that change the graph: CREATE, MERGE, SET, REMOVE, DELETE.

use super::patterns::conflict;
use super::place::Place;
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{
    Arrow, ClauseKind, EdgePattern, Expr, ExprKind, LabelExpr, Name, NodePattern, Pattern,
    PatternPart, RemoveItem, Selector, SetItem,
};
use crate::query::functions::Types;

/// What can be changed and removed.
const THINGS: Types = Types::NODE.or(Types::RELATIONSHIP);

impl Check<'_> {
    /// One updating clause.
    pub(super) fn update(&self, kind: &ClauseKind, scope: &mut Scope<'_>) -> Checked {
        match kind {
            ClauseKind::Create(patterns) => patterns
                .iter()
                .try_for_each(|pattern| self.made(pattern, scope, false)),
            ClauseKind::Merge {
                pattern,
                on_create,
                on_match,
            } => {
                self.made(pattern, scope, true)?;
                let mut items = on_create.iter().chain(on_match);
                items.try_for_each(|item| self.set(item, scope))
            }
            ClauseKind::Set(items) => items.iter().try_for_each(|item| self.set(item, scope)),
            ClauseKind::Remove(items) => {
                items.iter().try_for_each(|item| self.removed(item, scope))
            }
            ClauseKind::Delete { targets, .. } => targets
                .iter()
                .try_for_each(|target| self.deleted(target, scope)),
            _ => Ok(()),
        }
    }

    /// A pattern of CREATE or MERGE.
    fn made(&self, pattern: &Pattern, scope: &mut Scope<'_>, merge: bool) -> Checked {
        if pattern.selector != Selector::All || pattern.mode != Default::default() {
            return Err(not_made("a path selector", pattern.span));
        }
        // MERGE searches first, so what it makes cannot depend on itself.
        self.inner_expressions(pattern, scope, merge)?;
        if let Some(name) = &pattern.name {
            scope.free(name)?;
        }
        let alone = pattern.parts.len() == 1;
        for part in &pattern.parts {
            match part {
                PatternPart::Node(node) => made_node(node, scope, alone)?,
                PatternPart::Edge(edge) => made_edge(edge, scope, merge)?,
                PatternPart::Group(group) => return Err(not_made("a group", group.span)),
            }
        }
        if let Some(name) = &pattern.name {
            scope.free(name)?;
            scope.bind(&name.text, Type::PATH);
        }
        Ok(())
    }

    fn set(&self, item: &SetItem, scope: &Scope<'_>) -> Checked {
        match item {
            SetItem::Property { target, value, .. } => {
                self.changed(target, scope)?;
                self.expr(value, Place::plain(scope)).map(|_| ())
            }
            SetItem::Properties { target, value, .. } => {
                changed_variable(target, scope, THINGS)?;
                let known = self.expr(value, Place::plain(scope))?;
                if known.excludes(THINGS.or(Types::MAP)) {
                    return Err(wrong_value(value.span, known));
                }
                Ok(())
            }
            SetItem::Labels { target, .. } => changed_variable(target, scope, Types::NODE),
        }
    }

    fn removed(&self, item: &RemoveItem, scope: &Scope<'_>) -> Checked {
        match item {
            RemoveItem::Property { target, .. } => self.changed(target, scope),
            RemoveItem::Labels { target, .. } => changed_variable(target, scope, Types::NODE),
        }
    }

    fn changed(&self, target: &Expr, scope: &Scope<'_>) -> Checked {
        let known = self.expr(target, Place::plain(scope))?;
        if known.excludes(THINGS.or(Types::MAP)) {
            return Err(unchangeable(known, target.span));
        }
        Ok(())
    }

    fn deleted(&self, target: &Expr, scope: &Scope<'_>) -> Checked {
        if matches!(target.kind, ExprKind::HasLabels(..)) {
            return Err(Diagnostic::error(
                &Code::INVALID_DELETE,
                "DELETE removes nodes and relationships, no labels",
            )
            .at(target.span)
            .help(format!("to take a label away write `REMOVE {target}`")));
        }
        let known = self.expr(target, Place::plain(scope))?;
        if known.excludes(THINGS.or(Types::PATH)) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!("a value of type {} cannot be deleted", known.of),
            )
            .at(target.span)
            .expected("a node, a relationship or a path"));
        }
        Ok(())
    }
}

/// A known node may only be an end of something new.
fn made_node(node: &NodePattern, scope: &mut Scope<'_>, alone: bool) -> Checked {
    if let Some(filter) = &node.filter {
        return Err(not_made("a condition", filter.span));
    }
    if let Some(labels) = &node.labels
        && !is_plain(labels)
    {
        return Err(not_made("a choice of labels", node.span));
    }
    let Some(name) = &node.name else {
        return Ok(());
    };
    let Some(known) = scope.get(&name.text) else {
        scope.bind(&name.text, Type::NODE);
        return Ok(());
    };
    if known.excludes(Types::NODE) {
        return Err(conflict(name, known, "a node"));
    }
    if alone || node.labels.is_some() || node.properties.is_some() {
        return Err(already_bound(name).help(
            "a node that is there stands bare at the end of a relationship: `(n)-[:KIND]->()`",
        ));
    }
    Ok(())
}

fn made_edge(edge: &EdgePattern, scope: &mut Scope<'_>, merge: bool) -> Checked {
    if let Some(length) = edge.length {
        return Err(Diagnostic::error(
            &Code::CREATING_VAR_LENGTH,
            "what is made has one relationship and not a length",
        )
        .at(length.span));
    }
    if let Some(filter) = &edge.filter {
        return Err(not_made("a condition", filter.span));
    }
    if !matches!(edge.kinds, Some(LabelExpr::Name(_))) {
        return Err(Diagnostic::error(
            &Code::NO_SINGLE_RELATIONSHIP_TYPE,
            "a relationship that is made has one kind",
        )
        .at(edge.span)
        .expected("one kind: `-[:KIND]->`"));
    }
    if edge.arrow == Arrow::Either && !merge {
        return Err(Diagnostic::error(
            &Code::REQUIRES_DIRECTED_RELATIONSHIP,
            "a relationship that is made points one way",
        )
        .at(edge.span)
        .expected("`-[:KIND]->` or `<-[:KIND]-`"));
    }
    if let Some(name) = &edge.name {
        scope.free(name)?;
        scope.bind(&name.text, Type::EDGE);
    }
    Ok(())
}

/// Names joined by "and" only.
fn is_plain(labels: &LabelExpr) -> bool {
    match labels {
        LabelExpr::Name(_) => true,
        LabelExpr::And(left, right) => is_plain(left) && is_plain(right),
        _ => false,
    }
}

fn changed_variable(name: &Name, scope: &Scope<'_>, wanted: Types) -> Checked {
    let known = scope.find(&name.text, name.span)?;
    if known.excludes(wanted) {
        return Err(unchangeable(known, name.span));
    }
    Ok(())
}

fn unchangeable(known: Type, span: Span) -> Diagnostic {
    Diagnostic::error(
        &Code::INVALID_ARGUMENT_TYPE,
        format!("a value of type {} cannot be changed", known.of),
    )
    .at(span)
    .expected("a node or a relationship")
}

fn wrong_value(span: Span, known: Type) -> Diagnostic {
    Diagnostic::error(
        &Code::INVALID_ARGUMENT_TYPE,
        format!("a value of type {} is no set of properties", known.of),
    )
    .at(span)
    .expected("a map, a node or a relationship")
}

fn not_made(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        &Code::UNEXPECTED_SYNTAX,
        format!("{what} is for searching and cannot be made"),
    )
    .at(span)
    .help("search by MATCH, then make by CREATE or MERGE")
}
