//! Patterns that are searched: MATCH, patterns as conditions, list-making patterns.

use super::place::Place;
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{
    EdgePattern, Expr, ExprKind, Group, Match, Name, NodePattern, PathMode, Pattern, PatternPart,
};
use crate::query::functions::Types;
use std::sync::Arc;

/// Names that one MATCH has used for relationships, in order.
#[derive(Default)]
struct Used {
    edges: Vec<Arc<str>>,
}

impl Check<'_> {
    /// MATCH: names come into scope, then the conditions are judged.
    pub(super) fn matched(&self, part: &Match, scope: &mut Scope<'_>) -> Checked {
        let mut used = Used::default();
        for pattern in &part.patterns {
            self.names(pattern, scope, &mut used)?;
        }
        for pattern in &part.patterns {
            self.inner_expressions(pattern, scope, true)?;
        }
        part.filter
            .iter()
            .try_for_each(|filter| self.filter(filter, scope))
    }

    /// A pattern as a condition: all its names are known already.
    pub(super) fn condition_pattern(&self, pattern: &Pattern, scope: &Scope<'_>) -> Checked {
        for name in names_of(pattern) {
            scope.find(&name.text, name.span)?;
        }
        let mut same = Scope::inside(scope);
        self.names(pattern, &mut same, &mut Used::default())?;
        self.inner_expressions(pattern, &same, true)
    }

    /// `[pattern WHERE … | …]`: a scope of its own with the pattern's names.
    pub(super) fn own_pattern<'s>(
        &self,
        pattern: &Pattern,
        scope: &'s Scope<'s>,
    ) -> Checked<Scope<'s>> {
        let mut inner = Scope::inside(scope);
        self.names(pattern, &mut inner, &mut Used::default())?;
        self.inner_expressions(pattern, &inner, true)?;
        Ok(inner)
    }

    /// Binds the names of a pattern; the path's own name has to be new.
    fn names(&self, pattern: &Pattern, scope: &mut Scope<'_>, used: &mut Used) -> Checked {
        if pattern.mode == PathMode::Walk {
            bounded(pattern)?;
        }
        if let Some(name) = &pattern.name {
            scope.free(name)?;
        }
        for part in &pattern.parts {
            match part {
                PatternPart::Node(node) => bind_node(node, scope)?,
                PatternPart::Edge(edge) => bind_edge(edge, scope, used)?,
                PatternPart::Group(group) => self.bind_group(group, scope, used)?,
            }
        }
        if let Some(name) = &pattern.name {
            if names_of(pattern).any(|other| other.text == name.text) {
                return Err(already_bound(name));
            }
            scope.bind(&name.text, Type::PATH);
        }
        Ok(())
    }

    /// Names inside a repeated group are lists outside of it.
    fn bind_group(&self, group: &Group, scope: &mut Scope<'_>, used: &mut Used) -> Checked {
        if group.length.is_none() {
            self.names(&group.pattern, scope, used)?;
            return group
                .filter
                .iter()
                .try_for_each(|filter| self.filter(filter, scope));
        }
        let mut inner = Scope::inside(scope);
        for name in names_of(&group.pattern) {
            scope.free(name)?;
        }
        self.names(&group.pattern, &mut inner, used)?;
        if let Some(filter) = &group.filter {
            self.filter(filter, &inner)?;
        }
        let known: Vec<(Arc<str>, Type)> = names_of(&group.pattern)
            .map(|name| (Arc::clone(&name.text), inner.get(&name.text)))
            .map(|(name, known)| (name, known.unwrap_or(Type::ANY)))
            .collect();
        for (name, known) in known {
            scope.bind(&name, Type::list(known.of));
        }
        Ok(())
    }

    /// Properties and conditions inside a pattern. Where it is searched, a parameter cannot stand
    /// for all properties.
    pub(super) fn inner_expressions(
        &self,
        pattern: &Pattern,
        scope: &Scope<'_>,
        searched: bool,
    ) -> Checked {
        for part in &pattern.parts {
            let (properties, filter) = match part {
                PatternPart::Node(node) => (&node.properties, &node.filter),
                PatternPart::Edge(edge) => {
                    self.inner_edge(edge, scope, searched)?;
                    continue;
                }
                PatternPart::Group(group) => {
                    let mut inner = Scope::inside(scope);
                    // Inside the group its names are single things, judged in `bind_group`.
                    self.single_names(&group.pattern, &mut inner);
                    self.inner_expressions(&group.pattern, &inner, searched)?;
                    continue;
                }
            };
            self.properties(properties.as_ref(), scope, searched)?;
            if let Some(filter) = filter {
                self.filter(filter, scope)?;
            }
        }
        Ok(())
    }

    /// Inside a relationship of several steps its name is one of them.
    fn inner_edge(&self, edge: &EdgePattern, scope: &Scope<'_>, searched: bool) -> Checked {
        self.properties(edge.properties.as_ref(), scope, searched)?;
        let Some(filter) = &edge.filter else {
            return Ok(());
        };
        match &edge.name {
            Some(name) => self.filter(filter, &Scope::with(scope, name, Type::EDGE)),
            None => self.filter(filter, scope),
        }
    }

    fn single_names(&self, pattern: &Pattern, scope: &mut Scope<'_>) {
        for part in &pattern.parts {
            match part {
                PatternPart::Node(node) => {
                    node.name
                        .iter()
                        .for_each(|n| scope.bind(&n.text, Type::NODE));
                }
                PatternPart::Edge(edge) => {
                    edge.name
                        .iter()
                        .for_each(|n| scope.bind(&n.text, Type::EDGE));
                }
                PatternPart::Group(group) => self.single_names(&group.pattern, scope),
            }
        }
    }

    fn properties(&self, properties: Option<&Expr>, scope: &Scope<'_>, searched: bool) -> Checked {
        let Some(properties) = properties else {
            return Ok(());
        };
        if let (ExprKind::Parameter(name), true) = (&properties.kind, searched) {
            return Err(Diagnostic::error(
                &Code::INVALID_PARAMETER_USE,
                format!("`${name}` cannot stand for all properties in a search"),
            )
            .at(properties.span)
            .help(format!("name them one by one: `{{key: ${name}.key}}`")));
        }
        self.expr(properties, Place::plain(scope)).map(|_| ())
    }
}

/// All names in a pattern but the path's own.
pub(super) fn names_of(pattern: &Pattern) -> Box<dyn Iterator<Item = &Name> + '_> {
    Box::new(pattern.parts.iter().flat_map(|part| match part {
        PatternPart::Node(node) => Box::new(node.name.iter()) as Box<dyn Iterator<Item = &Name>>,
        PatternPart::Edge(edge) => Box::new(edge.name.iter()),
        PatternPart::Group(group) => names_of(&group.pattern),
    }))
}

fn bind_node(node: &NodePattern, scope: &mut Scope<'_>) -> Checked {
    let Some(name) = &node.name else {
        return Ok(());
    };
    match scope.get(&name.text) {
        Some(known) if known.excludes(Types::NODE) => Err(conflict(name, known, "a node")),
        _ => {
            scope.bind(&name.text, Type::NODE);
            Ok(())
        }
    }
}

fn bind_edge(edge: &EdgePattern, scope: &mut Scope<'_>, used: &mut Used) -> Checked {
    let Some(name) = &edge.name else {
        return Ok(());
    };
    let (wanted, words) = match edge.length {
        Some(_) => (Type::EDGES, "a list of relationships"),
        None => (Type::EDGE, "a relationship"),
    };
    match scope.get(&name.text) {
        Some(known) if known.excludes(wanted.of) => Err(conflict(name, known, words)),
        Some(known) if edge.length.is_some() && known.item().excludes(Types::RELATIONSHIP) => {
            Err(conflict(name, known, words))
        }
        _ if used.edges.contains(&name.text) => Err(twice(name)),
        _ => {
            used.edges.push(Arc::clone(&name.text));
            scope.bind(&name.text, wanted);
            Ok(())
        }
    }
}

fn twice(name: &Name) -> Diagnostic {
    Diagnostic::error(
        &Code::RELATIONSHIP_UNIQUENESS_VIOLATION,
        format!("`{}` stands for two relationships of one MATCH", name.text),
    )
    .at(name.span)
    .help("no relationship is walked twice in one MATCH; take another name")
}

/// The refusal of a variable that is something else.
pub(super) fn conflict(name: &Name, known: Type, wanted: &str) -> Diagnostic {
    Diagnostic::error(
        &Code::VARIABLE_TYPE_CONFLICT,
        format!(
            "`{}` is {wanted} here, but was of type {} before",
            name.text, known.of
        ),
    )
    .at(name.span)
    .help("take another name")
}

/// A walk may repeat everything, so it has to end somewhere.
fn bounded(pattern: &Pattern) -> Checked {
    let open = pattern.parts.iter().find_map(|part| match part {
        PatternPart::Edge(edge) => edge.length.filter(|length| length.max.is_none()),
        PatternPart::Group(group) => group.length.filter(|length| length.max.is_none()),
        PatternPart::Node(_) => None,
    });
    match open.map(|length| length.span) {
        None => Ok(()),
        Some(span) => Err(no_end(span)),
    }
}

fn no_end(span: Span) -> Diagnostic {
    Diagnostic::error(
        &Code::INVALID_RELATIONSHIP_PATTERN,
        "a WALK may go round in circles and needs a bound",
    )
    .at(span)
    .expected("a largest length, such as `{1,5}`")
    .help("or take TRAIL, ACYCLIC or SIMPLE, which end by themselves")
}
