//! Patterns of MATCH: variables first, so that a condition may name any of them; then conditions.

use super::super::Op;
use super::super::Plan;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::PathPiece;
use super::super::expr::Slot;
use super::super::pattern::Chosen;
use super::super::pattern::KindSet;
use super::super::pattern::Link;
use super::super::pattern::Many;
use super::super::pattern::Node;
use super::super::pattern::Pattern;
use super::super::pattern::Walk;
use super::Lower;
use super::Lowered;
use super::conditions::Pending;
use super::expr::Word;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast;
use crate::query::ast::PathMode;
use crate::query::ast::Selector;
use std::sync::Arc;

/// Most relationships in one MATCH; choosing an order costs the square.
const LINKS: usize = 200;

/// Most paths in one MATCH, for the same reason.
const PATHS: usize = 400;

/// What one path of a MATCH adds.
#[derive(Default)]
pub(super) struct Walked<'p> {
    pieces: Vec<PathPiece>,
    pub(super) pending: Vec<Pending<'p>>,
    links: Vec<Link>,
    nodes: Vec<Slot>,
}

fn bounded(count: usize, most: usize, what: &str) -> Lowered<()> {
    if count <= most {
        return Ok(());
    }
    let text = format!("more than {most} {what} in one MATCH");
    let error = Diagnostic::error(&Code::QUERY_TOO_LONG, text);
    Err(Box::new(error.help("join several MATCH clauses by WITH")))
}

impl Lower<'_> {
    /// Lowers the patterns of a MATCH, without its WHERE.
    pub(super) fn patterns(&mut self, patterns: &[ast::Pattern]) -> Lowered<Pattern> {
        let mut whole = Pattern {
            bound: (0..self.scope.width()).collect(),
            ..Pattern::default()
        };
        bounded(patterns.len(), PATHS, "paths")?;
        for (number, pattern) in patterns.iter().enumerate() {
            self.pattern(pattern, number, &mut whole)?;
        }
        bounded(whole.links.len(), LINKS, "relationships")?;
        let things = whole.nodes.iter().map(|node| node.slot);
        let things = things.chain(whole.links.iter().flat_map(Link::fills));
        self.scope.things.extend(things);
        Ok(whole)
    }

    fn pattern(
        &mut self,
        pattern: &ast::Pattern,
        number: usize,
        whole: &mut Pattern,
    ) -> Lowered<()> {
        let mut walked = Walked::default();
        self.parts(&pattern.parts, pattern, number, &whole.bound, &mut walked)?;
        let path = pattern.name.as_ref();
        let path = path.map(|name| (self.scope.declare(&name.text), name.span));
        let filters = self.conditions(&walked)?;
        let made = Expr::new(ExprKind::Path(walked.pieces.clone()), pattern.span);
        let mode = pattern.mode;
        if simple(pattern) || matches!(pattern.selector, Selector::All) {
            whole.filters.extend(filters);
            add_nodes(whole, &walked.nodes);
            if walked.links.len() > 1 && matches!(mode, PathMode::Acyclic | PathMode::Simple) {
                whole
                    .filters
                    .push(obeys(&walked.pieces, mode, pattern.span));
            }
            whole.links.extend(walked.links);
            whole.paths.extend(path.map(|(slot, _)| (slot, made)));
            return Ok(());
        }
        let slot = path.map_or_else(|| self.scope.hidden("path"), |(slot, _)| slot);
        self.choose(pattern, number, walked, filters, (slot, made), whole);
        Ok(())
    }

    /// Adds a path of several links under a selector as one link.
    fn choose(
        &mut self,
        pattern: &ast::Pattern,
        number: usize,
        walked: Walked<'_>,
        filters: Vec<Expr>,
        path: (Slot, Expr),
        whole: &mut Pattern,
    ) {
        let (first, last) = ends(&walked.nodes);
        let mut inner = Pattern {
            filters,
            links: walked.links,
            bound: whole.bound.clone(),
            ..Pattern::default()
        };
        add_nodes(&mut inner, &walked.nodes);
        add_nodes(whole, &[first, last]);
        if matches!(pattern.mode, PathMode::Acyclic | PathMode::Simple) {
            inner
                .filters
                .push(obeys(&walked.pieces, pattern.mode, pattern.span));
        }
        inner.paths.push(path.clone());
        let edge = self.scope.hidden("chosen");
        whole.links.push(Link {
            edge,
            from: first,
            to: last,
            side: super::super::pattern::Side::Both,
            kinds: KindSet::Any,
            bound: false,
            path: number,
            mode: pattern.mode,
            walk: Walk::Chosen(Box::new(Chosen {
                pattern: inner,
                path: path.0,
                selector: pattern.selector.clone(),
            })),
        });
    }

    fn parts<'p>(
        &mut self,
        parts: &'p [ast::PatternPart],
        pattern: &'p ast::Pattern,
        number: usize,
        bound: &[Slot],
        walked: &mut Walked<'p>,
    ) -> Lowered<()> {
        let mut here: Option<Slot> = None;
        let mut waiting: Option<&'p ast::EdgePattern> = None;
        for part in parts {
            match part {
                ast::PatternPart::Node(node) => {
                    let glued = here.filter(|_| waiting.is_none());
                    let slot = self.node(node, glued);
                    walked.pending.push(Pending::Node(slot, node));
                    if let (Some(from), Some(edge)) = (here, waiting.take()) {
                        self.edge(edge, (from, slot), pattern, number, bound, walked);
                    }
                    self.arrive(slot, glued, walked);
                    here = Some(slot);
                }
                ast::PatternPart::Edge(edge) => {
                    if here.is_none() {
                        let slot = self.scope.hidden("_");
                        self.arrive(slot, None, walked);
                        here = Some(slot);
                    }
                    waiting = Some(edge);
                }
                ast::PatternPart::Group(group) => {
                    let from = self.before_group(
                        &mut here,
                        waiting.take(),
                        pattern,
                        number,
                        bound,
                        walked,
                    );
                    here = Some(match group.length {
                        Some(length) => {
                            self.repeat(group, length, from, pattern, number, walked)?
                        }
                        None => self.once(group, from, pattern, number, bound, walked)?,
                    });
                }
            }
        }
        Ok(())
    }

    /// Gives the node in front of a group, made up where the text has none.
    fn before_group<'p>(
        &mut self,
        here: &mut Option<Slot>,
        waiting: Option<&'p ast::EdgePattern>,
        pattern: &'p ast::Pattern,
        number: usize,
        bound: &[Slot],
        walked: &mut Walked<'p>,
    ) -> Slot {
        match (*here, waiting) {
            (Some(from), None) => from,
            (from, waiting) => {
                let slot = self.scope.hidden("_");
                if let (Some(from), Some(edge)) = (from, waiting) {
                    self.edge(edge, (from, slot), pattern, number, bound, walked);
                }
                self.arrive(slot, None, walked);
                slot
            }
        }
    }

    fn arrive(&mut self, slot: Slot, glued: Option<Slot>, walked: &mut Walked<'_>) {
        if glued != Some(slot) {
            walked.nodes.push(slot);
            walked.pieces.push(PathPiece::Node(slot));
        }
    }

    /// Gives the slot of a node; two nodes side by side (around a group) are one.
    fn node(&mut self, node: &ast::NodePattern, glued: Option<Slot>) -> Slot {
        let Some(name) = &node.name else {
            return glued.unwrap_or_else(|| self.scope.hidden("_"));
        };
        match (self.scope.slot(&name.text), glued) {
            (Some(slot), _) => slot,
            (None, Some(slot)) => {
                self.scope.alias(&name.text, slot);
                slot
            }
            (None, None) => self.scope.declare(&name.text),
        }
    }

    fn edge<'p>(
        &mut self,
        edge: &'p ast::EdgePattern,
        (from, to): (Slot, Slot),
        pattern: &'p ast::Pattern,
        number: usize,
        bound: &[Slot],
        walked: &mut Walked<'p>,
    ) {
        let known = edge
            .name
            .as_ref()
            .and_then(|name| self.scope.slot(&name.text));
        let slot = known.unwrap_or_else(|| match &edge.name {
            Some(name) => self.scope.declare(&name.text),
            None => self.scope.hidden("_"),
        });
        let many =
            edge.length.is_some() || !matches!(pattern.selector, Selector::All) && simple(pattern);
        walked.pending.push(Pending::Edge(slot, edge, many));
        walked.pieces.push(PathPiece::Edges(slot));
        walked.links.push(Link {
            edge: slot,
            from,
            to,
            side: edge.arrow.into(),
            kinds: self.kinds(edge.kinds.as_ref()),
            bound: known.is_some_and(|slot| bound.contains(&slot)),
            path: number,
            mode: pattern.mode,
            walk: walk(edge, pattern, many),
        });
    }

    /// Walks a parenthesised pattern that has no length: its parts are parts of the path.
    fn once<'p>(
        &mut self,
        group: &'p ast::Group,
        from: Slot,
        pattern: &'p ast::Pattern,
        number: usize,
        bound: &[Slot],
        walked: &mut Walked<'p>,
    ) -> Lowered<Slot> {
        let mut inner = Walked::default();
        let parts = &group.pattern.parts;
        if let Some(ast::PatternPart::Node(first)) = parts.first()
            && let Some(name) = &first.name
            && self.scope.slot(&name.text).is_none()
        {
            self.scope.alias(&name.text, from);
        }
        self.parts(parts, pattern, number, bound, &mut inner)?;
        let first = inner.nodes.first().copied().unwrap_or(from);
        if first != from {
            inner.glue(first, from);
        }
        walked.pending.extend(inner.pending);
        walked
            .pending
            .extend(group.filter.as_deref().map(Pending::Group));
        walked.links.extend(inner.links);
        walked.pieces.extend(inner.pieces.into_iter().skip(1));
        walked.nodes.extend(inner.nodes.iter().skip(1));
        Ok(inner.nodes.last().copied().unwrap_or(from))
    }

    fn repeat<'p>(
        &mut self,
        group: &'p ast::Group,
        length: ast::Length,
        from: Slot,
        pattern: &'p ast::Pattern,
        number: usize,
        walked: &mut Walked<'p>,
    ) -> Lowered<Slot> {
        let lowered = self.group(group, length)?;
        let edge = self.scope.hidden("_");
        let to = self.scope.hidden("_");
        walked.pieces.push(PathPiece::Edges(edge));
        walked.links.push(Link {
            edge,
            from,
            to,
            side: super::super::pattern::Side::Out,
            kinds: KindSet::Any,
            bound: false,
            path: number,
            mode: pattern.mode,
            walk: Walk::Group(Box::new(lowered)),
        });
        self.arrive(to, None, walked);
        Ok(to)
    }

    /// Resolves the kinds of an edge; what is no plain list becomes a condition (see `conditions`).
    fn kinds(&self, kinds: Option<&ast::LabelExpr>) -> KindSet {
        match kinds {
            Some(kinds) if plain_kinds(kinds) => {
                let mut known = Vec::new();
                self.list_kinds(kinds, &mut known);
                KindSet::Only(known)
            }
            _ => KindSet::Any,
        }
    }

    fn list_kinds(&self, kinds: &ast::LabelExpr, into: &mut Vec<crate::model::Symbol>) {
        match kinds {
            ast::LabelExpr::Name(name) => {
                let kind = self.symbol(name, Word::Kind);
                into.extend(kind.filter(|kind| !into.contains(kind)));
            }
            ast::LabelExpr::Or(a, b) => {
                self.list_kinds(a, into);
                self.list_kinds(b, into);
            }
            _ => {}
        }
    }

    /// Lowers a single pattern with its condition into steps; gives the slot of its path.
    pub(super) fn match_one(
        &mut self,
        pattern: &ast::Pattern,
        filter: Option<&ast::Expr>,
        plan: &mut Plan,
    ) -> Lowered<Option<Slot>> {
        let mut pattern = pattern.clone();
        let selected = !matches!(pattern.selector, Selector::All);
        if selected && pattern.name.is_none() {
            pattern.name = Some(ast::Name {
                text: "".into(),
                span: pattern.span,
            });
        }
        let name = pattern.name.as_ref().map(|name| Arc::clone(&name.text));
        let mut lowered = self.patterns(std::slice::from_ref(&pattern))?;
        self.tests(std::slice::from_ref(&pattern), &mut lowered)?;
        plan.push(Op::Match(Box::new(lowered)));
        self.filter(filter, plan)?;
        Ok(name.and_then(|name| self.scope.slot(&name)))
    }

    /// Adds a condition as a step.
    pub(super) fn filter(&mut self, filter: Option<&ast::Expr>, plan: &mut Plan) -> Lowered<()> {
        if let Some(filter) = filter {
            let mut conditions = Vec::new();
            self.expr(filter)?.conjuncts(&mut conditions);
            plan.push(Op::Filter(conditions));
        }
        Ok(())
    }
}

impl Walked<'_> {
    /// Lets a node that was made for a group be the one in front of it.
    fn glue(&mut self, made: Slot, front: Slot) {
        let swap = |slot: &mut Slot| {
            if *slot == made {
                *slot = front;
            }
        };
        self.nodes.iter_mut().for_each(swap);
        for link in &mut self.links {
            swap(&mut link.from);
            swap(&mut link.to);
        }
        for piece in &mut self.pieces {
            match piece {
                PathPiece::Node(slot) | PathPiece::Edges(slot) => swap(slot),
            }
        }
        for pending in &mut self.pending {
            if let Pending::Node(slot, _) = pending {
                swap(slot);
            }
        }
    }
}

/// Tells whether a pattern is one relationship between two nodes.
fn simple(pattern: &ast::Pattern) -> bool {
    use ast::PatternPart::Edge;
    use ast::PatternPart::Node;
    matches!(pattern.parts[..], [Node(_), Edge(_), Node(_)])
}

pub(super) fn plain_kinds(kinds: &ast::LabelExpr) -> bool {
    match kinds {
        ast::LabelExpr::Name(_) => true,
        ast::LabelExpr::Or(a, b) => plain_kinds(a) && plain_kinds(b),
        _ => false,
    }
}

fn walk(edge: &ast::EdgePattern, pattern: &ast::Pattern, many: bool) -> Walk {
    if !many {
        return Walk::One;
    }
    let (min, max) = match edge.length {
        None => (1, Some(1)),
        Some(length) => (length.min.unwrap_or(1), length.max),
    };
    let selector = if simple(pattern) {
        pattern.selector.clone()
    } else {
        Selector::All
    };
    Walk::Many(Many {
        min: usize::try_from(min).unwrap_or(usize::MAX),
        max: max.map(|max| usize::try_from(max).unwrap_or(usize::MAX)),
        test: None,
        selector,
    })
}

fn add_nodes(pattern: &mut Pattern, slots: &[Slot]) {
    for &slot in slots {
        if pattern.nodes.iter().all(|node| node.slot != slot) {
            pattern.nodes.push(Node { slot });
        }
    }
}

fn ends(nodes: &[Slot]) -> (Slot, Slot) {
    let first = nodes.first().copied().unwrap_or_default();
    (first, nodes.last().copied().unwrap_or(first))
}

fn obeys(pieces: &[PathPiece], mode: PathMode, span: Span) -> Expr {
    Expr::new(ExprKind::Obeys(pieces.to_vec(), mode), span)
}
