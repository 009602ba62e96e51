//! Groups that are walked again and again: `((a)-[r]->(b) WHERE …){1,5}`.
//!
//! One round is a plan in a frame of its own; its variables become lists outside.

use super::super::Op;
use super::super::Plan;
use super::super::expr::Slot;
use super::super::pattern::Group;
use super::super::pattern::Link;
use super::super::pattern::Walk;
use super::Lower;
use super::Lowered;
use super::subquery::Imports;
use super::subquery::prune;
use crate::query::ast;
use std::sync::Arc;

/// One round as lowered: the plan, its ends, its edges, its variables.
struct Round {
    body: Plan,
    ends: (Slot, Slot),
    edges: Vec<Slot>,
    variables: Vec<(Arc<str>, Slot)>,
}

impl Lower<'_> {
    /// Lowers a repeated group and declares the lists it fills.
    pub(super) fn group(&mut self, group: &ast::Group, length: ast::Length) -> Lowered<Group> {
        let (round, imports): (Round, Imports) =
            self.inside(group.span, |lower| lower.round(group))?;
        let mut imports = imports;
        prune(&round.body, &mut imports);
        let lists = round
            .variables
            .iter()
            .map(|(name, inner)| (*inner, self.scope.declare(name)))
            .collect();
        let bound = |bound: Option<u64>| bound.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        Ok(Group {
            body: round.body,
            ends: round.ends,
            edges: round.edges,
            imports,
            lists,
            min: bound(length.min).unwrap_or(0),
            max: bound(length.max),
        })
    }

    fn round(&mut self, group: &ast::Group) -> Lowered<Round> {
        let outside = self.scope.variables();
        // A name inside is a new variable, also where the same name stands outside.
        for name in names(&group.pattern.parts) {
            self.scope.forget(&name);
        }
        let parts = std::slice::from_ref(&*group.pattern);
        let mut pattern = self.patterns(parts)?;
        self.tests(parts, &mut pattern)?;
        let nodes: Vec<Slot> = pattern.nodes.iter().map(|node| node.slot).collect();
        let ends = match (pattern.links.first(), pattern.links.last()) {
            (Some(first), Some(last)) => (first.from, last.to),
            _ => {
                let only = nodes.first().copied().unwrap_or_default();
                (only, only)
            }
        };
        pattern.bound.push(ends.0);
        let edges = pattern.links.iter().map(edge_list).collect();
        let mut body = Plan::default();
        body.push(Op::Match(Box::new(pattern)));
        self.filter(group.filter.as_deref(), &mut body)?;
        let variables = self.scope.variables();
        let variables = variables.into_iter().filter(|pair| !outside.contains(pair));
        let variables = variables.collect();
        self.scope.close(&mut body);
        Ok(Round {
            body,
            ends,
            edges,
            variables,
        })
    }
}

fn edge_list(link: &Link) -> Slot {
    match &link.walk {
        Walk::Chosen(chosen) => chosen.path,
        Walk::One | Walk::Many(_) | Walk::Group(_) => link.edge,
    }
}

/// Lists the names that a pattern brings.
fn names(parts: &[ast::PatternPart]) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    for part in parts {
        let name = match part {
            ast::PatternPart::Node(node) => node.name.as_ref(),
            ast::PatternPart::Edge(edge) => edge.name.as_ref(),
            ast::PatternPart::Group(group) => {
                found.extend(names(&group.pattern.parts));
                None
            }
        };
        found.extend(name.map(|name| Arc::clone(&name.text)));
    }
    found
}
