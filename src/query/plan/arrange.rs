//! From a pattern to steps: in the order written, or cheapest first.
//!
//! Both orders give the same rows. A condition is tested as soon as all it reads is known.

use super::Choose;
use super::Expand;
use super::How;
use super::Op;
use super::Plan;
use super::Repeat;
use super::Scan;
use super::Source;
use super::Step;
use super::WalkMany;
use super::estimate::Estimate;
use super::estimate::Start;
use super::expr::Expr;
use super::expr::ExprKind;
use super::expr::LabelTest;
use super::expr::Slot;
use super::passes::Context;
use super::pattern::Link;
use super::pattern::Pattern;
use super::pattern::Walk;
use super::slots::Slots;
use crate::diag::Span;
use crate::model::Symbol;
use crate::query::ast::PathMode;
use crate::query::ast::Selector;

/// Replaces every pattern that is left by steps in the order written.
pub(super) fn settle(plan: &mut Plan, _context: &Context<'_>) {
    replace(plan, None);
}

/// Replaces every pattern by steps, cheapest first.
pub(super) fn cheapest(plan: &mut Plan, context: &Context<'_>) {
    replace(plan, Some(context));
}

fn replace(plan: &mut Plan, context: Option<&Context<'_>>) {
    let is_pattern = |step: &Step| matches!(step.op, Op::Match(_));
    if !plan.steps.iter().any(is_pattern) {
        return;
    }
    let steps = std::mem::take(&mut plan.steps);
    for step in steps {
        match step.op {
            Op::Match(pattern) => {
                let ops = arrange(*pattern, context);
                plan.steps.extend(ops.into_iter().map(Step::new));
            }
            _ => plan.steps.push(step),
        }
    }
}

/// What may come next.
#[derive(Debug)]
enum Next {
    /// A node, from nothing.
    Node(Slot, Source),
    /// A link, by its place in the list of those that wait.
    Link(usize),
}

struct Arranging<'a> {
    pattern: Pattern,
    known: Slots,
    links: Vec<Link>,
    filters: Vec<Expr>,
    walked: Vec<Link>,
    ops: Vec<Op>,
    context: Option<&'a Context<'a>>,
}

fn arrange(mut pattern: Pattern, context: Option<&Context<'_>>) -> Vec<Op> {
    let mut work = Arranging {
        known: pattern.bound.iter().copied().collect(),
        links: std::mem::take(&mut pattern.links),
        filters: std::mem::take(&mut pattern.filters),
        walked: Vec::new(),
        ops: Vec::new(),
        pattern,
        context,
    };
    work.check_bound();
    work.settle_ready();
    while let Some(next) = work.next() {
        match next {
            Next::Node(slot, source) => work.scan(slot, source),
            Next::Link(at) => {
                let link = work.links.remove(at);
                work.walk(link);
            }
        }
        work.settle_ready();
    }
    if !work.filters.is_empty() {
        work.ops.push(Op::Filter(work.filters));
    }
    work.ops
}

impl Arranging<'_> {
    fn is_known(&self, slot: Slot) -> bool {
        self.known.has(slot)
    }

    /// A node that is bound before and joined to nothing must still be there.
    fn check_bound(&mut self) {
        let alone = |slot: &Slot| {
            self.is_known(*slot)
                && self
                    .links
                    .iter()
                    .all(|link| link.from != *slot && link.to != *slot)
        };
        let nodes = self.pattern.nodes.iter().map(|node| node.slot);
        let tests: Vec<Expr> = nodes.filter(alone).map(not_null).collect();
        if !tests.is_empty() {
            self.ops.push(Op::Filter(tests));
        }
    }

    /// Adds conditions and paths of which all parts are known.
    fn settle_ready(&mut self) {
        let known = std::mem::take(&mut self.known);
        let is_known = |slot: Slot| known.has(slot);
        let waiting = std::mem::take(&mut self.filters);
        let (ready, waiting): (Vec<Expr>, Vec<Expr>) = waiting
            .into_iter()
            .partition(|filter| filter.reads_only(&is_known));
        self.filters = waiting;
        let mut paths = Vec::new();
        self.pattern.paths.retain(|(slot, path)| {
            let ready = path.reads_only(&is_known);
            if ready {
                paths.push((*slot, path.clone()));
            }
            !ready
        });
        self.known = known;
        if !ready.is_empty() {
            self.ops.push(Op::Filter(ready));
        }
        if !paths.is_empty() {
            self.known.extend(paths.iter().map(|(slot, _)| *slot));
            self.ops.push(Op::Extend(paths));
            self.settle_ready();
        }
    }

    fn next(&self) -> Option<Next> {
        match self.context {
            None => self.next_written(),
            Some(context) => self.next_cheap(context),
        }
    }

    fn next_written(&self) -> Option<Next> {
        match self.links.first() {
            Some(link) if self.startable(link) => Some(Next::Link(0)),
            Some(link) => Some(Next::Node(link.from, Source::All)),
            None => {
                let node = self.unknown_nodes().next();
                node.map(|slot| Next::Node(slot, Source::All))
            }
        }
    }

    fn unknown_nodes(&self) -> impl Iterator<Item = Slot> {
        let nodes = self.pattern.nodes.iter().map(|node| node.slot);
        nodes.filter(|slot| !self.is_known(*slot))
    }

    /// Tells whether a link can be walked now.
    fn startable(&self, link: &Link) -> bool {
        match link.walk {
            Walk::Chosen(_) => true,
            Walk::One => link.bound || self.is_known(link.from) || self.is_known(link.to),
            Walk::Many(_) => self.is_known(link.from) || self.is_known(link.to),
            Walk::Group(_) => self.is_known(link.from),
        }
    }

    fn next_cheap(&self, context: &Context<'_>) -> Option<Next> {
        let estimate = Estimate::new(context.graph, &self.filters).growing(context.writes);
        let walks = self.links.iter().enumerate();
        let walks = walks.filter(|(_, link)| self.startable(link));
        let walks = walks.map(|(at, link)| {
            let both = self.is_known(link.from) && self.is_known(link.to);
            (estimate.walk(link, both), at)
        });
        let walk = walks.min_by(|a, b| a.0.total_cmp(&b.0));
        let nodes = self.unknown_nodes();
        let starts = nodes.filter_map(|slot| {
            let (rows, start) = self.offer(slot, &estimate, walk.is_some())?;
            Some((rows, slot, start))
        });
        let start = starts.min_by(|a, b| a.0.total_cmp(&b.0));
        match (walk, start) {
            (Some((rows, at)), Some((fewer, ..))) if rows <= fewer => Some(Next::Link(at)),
            (_, Some((_, slot, start))) => Some(Next::Node(slot, start.source(&self.known))),
            (walk, None) => walk.map(|(_, at)| Next::Link(at)),
        }
    }

    /// What a start at a node costs, where it is worth a thought. A second start multiplies rows, so
    /// it waits while there is something to walk; but a single node at the far end of a long walk
    /// lets the walk aim at it.
    fn offer<'f>(
        &self,
        slot: Slot,
        estimate: &Estimate<'f>,
        joined: bool,
    ) -> Option<(f64, Start<'f>)> {
        if joined && !self.aims_at(slot) {
            return None;
        }
        let start = estimate.start(slot);
        if !joined {
            let onward = self.onward(slot, estimate);
            return Some((start.rows * (1.0 + onward / 16.0), start));
        }
        (start.rows <= 1.5).then_some((start.rows, start))
    }

    /// Rows of the cheapest walk away from a node, within reason.
    fn onward(&self, slot: Slot, estimate: &Estimate<'_>) -> f64 {
        let links = self.links.iter().filter(|link| touches(link, slot));
        let least = links
            .map(|link| estimate.walk(link, false))
            .fold(f64::INFINITY, f64::min);
        if least.is_finite() {
            least.min(8.0)
        } else {
            1.0
        }
    }

    fn aims_at(&self, slot: Slot) -> bool {
        let mut long = self.links.iter().filter(|link| touches(link, slot));
        long.any(|link| matches!(link.walk, Walk::Many(_)))
    }

    fn scan(&mut self, slot: Slot, source: Source) {
        if let Source::Label(label, _) = &source {
            self.filters
                .retain(|filter| !is_label(filter, slot, *label));
        }
        self.known.insert(slot);
        self.ops.push(Op::Scan(Scan { slot, source }));
    }

    fn walk(&mut self, link: Link) {
        let unlike = self.unlike(&link);
        let (from, to) = (self.is_known(link.from), self.is_known(link.to));
        let op = match &link.walk {
            Walk::One => expand(&link, from, to, unlike),
            Walk::Many(_) => walk_many(&link, from, to, unlike),
            Walk::Group(group) => Op::Repeat(Box::new(Repeat {
                from: link.from,
                edge: link.edge,
                to: link.to,
                into: to,
                group: (**group).clone(),
                mode: link.mode,
                unlike,
            })),
            Walk::Chosen(chosen) => {
                let mut chosen = (**chosen).clone();
                chosen.pattern.bound = self.known.iter().collect();
                let mut body = Plan::default();
                let ops = arrange(chosen.pattern.clone(), self.context);
                body.steps.extend(ops.into_iter().map(Step::new));
                Op::Choose(Box::new(Choose {
                    body,
                    ends: (link.from, link.to),
                    chosen,
                }))
            }
        };
        self.ops.push(op);
        self.known.extend([link.from, link.to]);
        self.known.extend(link.fills());
        self.walked.push(link);
    }

    /// Lists the edges walked before that must differ from those of a link.
    fn unlike(&self, link: &Link) -> Vec<Slot> {
        let walked = self.walked.iter();
        let others = walked.filter(|other| excludes(link, other));
        others.map(|other| other.edge).collect()
    }
}

/// Tells whether two links of one MATCH may not share an edge.
pub(super) fn excludes(a: &Link, b: &Link) -> bool {
    let scope = match (a.mode, b.mode) {
        (PathMode::Walk, _) | (_, PathMode::Walk) => false,
        (PathMode::Default, PathMode::Default) => true,
        _ => a.path == b.path,
    };
    scope
        && a.kinds.meets(&b.kinds)
        && !matches!(a.walk, Walk::Chosen(_))
        && !matches!(b.walk, Walk::Chosen(_))
}

/// Tells whether a condition asks for nothing but a label that a scan sees to.
fn is_label(filter: &Expr, slot: Slot, label: Option<Symbol>) -> bool {
    match &filter.kind {
        ExprKind::HasLabels(subject, LabelTest::Is(own, _)) => {
            subject.as_slot() == Some(slot) && *own == label
        }
        _ => false,
    }
}

fn touches(link: &Link, slot: Slot) -> bool {
    link.from == slot || link.to == slot
}

fn not_null(slot: Slot) -> Expr {
    let span = Span::default();
    Expr::new(
        ExprKind::IsNull(Box::new(Expr::slot(slot, span)), false),
        span,
    )
}

fn expand(link: &Link, from: bool, to: bool, unlike: Vec<Slot>) -> Op {
    let forward = from || !to;
    let (start, end) = if forward {
        (link.from, link.to)
    } else {
        (link.to, link.from)
    };
    Op::Expand(Expand {
        from: start,
        edge: link.edge,
        to: end,
        side: if forward { link.side } else { link.side.flip() },
        kinds: link.kinds.clone(),
        into: from && to || link.from == link.to,
        from_known: from || to,
        bound: link.bound,
        unlike,
        keep: true,
        count: None,
    })
}

fn walk_many(link: &Link, from: bool, to: bool, unlike: Vec<Slot>) -> Op {
    let Walk::Many(many) = &link.walk else {
        return Op::Filter(Vec::new());
    };
    let forward = from || !to;
    let (start, end) = if forward {
        (link.from, link.to)
    } else {
        (link.to, link.from)
    };
    let how = match many.selector {
        Selector::All => How::Trails,
        _ => How::Shortest,
    };
    Op::Walk(Box::new(WalkMany {
        from: start,
        edge: link.edge,
        to: end,
        side: if forward { link.side } else { link.side.flip() },
        kinds: link.kinds.clone(),
        many: many.clone(),
        mode: link.mode,
        into: from && to || link.from == link.to,
        bound: link.bound,
        reversed: !forward,
        unlike,
        keep: true,
        how,
    }))
}
