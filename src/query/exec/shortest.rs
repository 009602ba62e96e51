//! Shortest walks from one end, breadth first.
//!
//! One shortest walk for each end needs one parent a node, all shortest walks need all parents of
//! equal depth; what asks for more (the k shortest, a least length) goes through trails in the
//! order of their length.

use super::Run;
use super::expand::Around;
use super::walk::Walking;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::query::ast::PathMode;
use crate::query::ast::Selector;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::rc::Rc;

/// How a node was reached first: how deep, and by which steps.
struct Found {
    depth: usize,
    parents: Vec<(EdgeId, NodeId)>,
}

pub(super) fn run(walking: &mut Walking<'_, '_, '_, '_>, from: NodeId) -> Run<()> {
    let many = &walking.walk.many;
    match many.selector {
        Selector::AnyShortest | Selector::Any(1) | Selector::Shortest(1) if many.min <= 1 => {
            by_parents(walking, from, false)
        }
        Selector::AllShortest | Selector::ShortestGroups(1) if many.min <= 1 => {
            by_parents(walking, from, true)
        }
        _ => by_length(walking, from),
    }
}

fn by_parents(walking: &mut Walking<'_, '_, '_, '_>, from: NodeId, all: bool) -> Run<()> {
    let walk = walking.walk;
    if walk.many.min == 0 {
        walking.give(from, &[])?;
        if walking.target == Some(from) {
            return Ok(());
        }
    }
    let mut found: FxHashMap<NodeId, Found> = FxHashMap::default();
    let max = walk.many.max.unwrap_or(usize::MAX);
    let mut front = vec![from];
    let mut depth = 0;
    while !front.is_empty() && depth < max {
        depth += 1;
        front = widen(walking, (from, front), depth, all, &mut found)?;
        for end in &front {
            let wanted = walking.target.is_none_or(|target| target == *end);
            if wanted && !(walk.many.min == 0 && *end == from) {
                give_all(walking, from, *end, &found)?;
            }
        }
        if walking
            .target
            .is_some_and(|target| found.contains_key(&target))
        {
            return Ok(());
        }
    }
    Ok(())
}

/// Walks one step from all nodes of the front; gives the nodes first met.
fn widen(
    walking: &mut Walking<'_, '_, '_, '_>,
    (start, front): (NodeId, Vec<NodeId>),
    depth: usize,
    all: bool,
    found: &mut FxHashMap<NodeId, Found>,
) -> Run<Vec<NodeId>> {
    let walk = walking.walk;
    let mut further = Vec::new();
    for node in front {
        if node == start && depth > 1 {
            continue;
        }
        let came: Option<EdgeId> = found
            .get(&node)
            .and_then(|found| found.parents.first())
            .map(|(edge, _)| *edge);
        for hop in Around::new(walking.exec, node, walk.side, &walk.kinds) {
            // Back over the edge just walked leads nowhere new.
            if came == Some(hop.edge) || !walking.may_take(hop.edge)? {
                continue;
            }
            match found.get_mut(&hop.node) {
                None => {
                    let parents = vec![(hop.edge, node)];
                    found.insert(hop.node, Found { depth, parents });
                    further.push(hop.node);
                }
                Some(known) if all && known.depth == depth => {
                    known.parents.push((hop.edge, node));
                }
                Some(_) => {}
            }
        }
    }
    Ok(further)
}

/// Hands on all walks that the parents tell of.
fn give_all(
    walking: &mut Walking<'_, '_, '_, '_>,
    from: NodeId,
    end: NodeId,
    found: &FxHashMap<NodeId, Found>,
) -> Run<()> {
    let Some(depth) = found.get(&end).map(|found| found.depth) else {
        return Ok(());
    };
    // Each entry: the node, and which of its parents is to be tried next.
    let mut stack: Vec<(NodeId, usize)> = vec![(end, 0)];
    let mut edges: Vec<EdgeId> = Vec::new();
    while let Some((node, at)) = stack.last_mut() {
        let arrived = edges.len() == depth;
        if arrived && *node == from {
            let walked: Vec<EdgeId> = edges.iter().rev().copied().collect();
            walking.give(end, &walked)?;
        }
        let parents = found.get(node).map_or(&[][..], |found| &found.parents);
        match parents.get(*at) {
            Some((edge, parent)) if !arrived => {
                *at += 1;
                edges.push(*edge);
                stack.push((*parent, 0));
            }
            _ => {
                stack.pop();
                edges.pop();
            }
        }
    }
    Ok(())
}

/// A walk as a chain of steps that share their beginnings.
struct Chain {
    node: NodeId,
    length: usize,
    last: Option<(EdgeId, Rc<Chain>)>,
}

impl Chain {
    fn edges(&self) -> Vec<EdgeId> {
        let mut edges = Vec::with_capacity(self.length);
        let mut here = self;
        while let Some((edge, before)) = &here.last {
            edges.push(*edge);
            here = before;
        }
        edges.reverse();
        edges
    }

    fn has(&self, edge: EdgeId, node: NodeId, mode: PathMode) -> bool {
        let by_node = matches!(mode, PathMode::Acyclic | PathMode::Simple);
        let mut here = self;
        loop {
            if by_node && here.node == node && !(mode == PathMode::Simple && here.last.is_none()) {
                return true;
            }
            match &here.last {
                Some((own, _)) if *own == edge && mode != PathMode::Walk => return true,
                Some((_, before)) => here = before,
                None => return false,
            }
        }
    }
}

/// How many walks, and of how many lengths, an end still wants.
struct Wanted {
    walks: u64,
    lengths: u64,
    last: Option<usize>,
}

impl Wanted {
    fn of(selector: &Selector) -> Self {
        let (walks, lengths) = match selector {
            Selector::AnyShortest => (1, u64::MAX),
            Selector::Any(count) | Selector::Shortest(count) => (*count, u64::MAX),
            Selector::AllShortest => (u64::MAX, 1),
            Selector::ShortestGroups(count) => (u64::MAX, *count),
            Selector::All => (u64::MAX, u64::MAX),
        };
        Self {
            walks,
            lengths,
            last: None,
        }
    }

    /// Takes a walk of a length; walks come shortest first.
    fn take(&mut self, length: usize) -> bool {
        if self.last != Some(length) {
            if self.lengths == 0 {
                return false;
            }
            self.lengths -= 1;
            self.last = Some(length);
        }
        if self.walks == 0 {
            return false;
        }
        self.walks -= 1;
        true
    }

    fn is_full(&self, length: usize) -> bool {
        self.walks == 0 || self.lengths == 0 && self.last.is_some_and(|last| last < length)
    }
}

/// Goes through trails in the order of their length.
fn by_length(walking: &mut Walking<'_, '_, '_, '_>, from: NodeId) -> Run<()> {
    let walk = walking.walk;
    let max = walk.many.max.unwrap_or(usize::MAX);
    let mut wanted: FxHashMap<NodeId, Wanted> = FxHashMap::default();
    let mut queue = VecDeque::from([Rc::new(Chain {
        node: from,
        length: 0,
        last: None,
    })]);
    while let Some(chain) = queue.pop_front() {
        if chain.length >= walk.many.min {
            let own = wanted
                .entry(chain.node)
                .or_insert_with(|| Wanted::of(&walk.many.selector));
            let fits = walking.target.is_none_or(|target| target == chain.node);
            if fits && own.take(chain.length) {
                walking.give(chain.node, &chain.edges())?;
            }
        }
        let aimed = walking.target.and_then(|target| wanted.get(&target));
        if chain.length >= max
            || aimed.is_some_and(|wanted| wanted.is_full(chain.length + 1))
            || walking.exec.shared.guard.is_cut()
        {
            continue;
        }
        let home = chain.length > 0 && chain.node == from;
        if home && walk.mode == PathMode::Simple {
            continue;
        }
        for hop in Around::new(walking.exec, chain.node, walk.side, &walk.kinds) {
            if chain.has(hop.edge, hop.node, walk.mode) || !walking.may_take(hop.edge)? {
                continue;
            }
            walking.exec.shared.guard.keep(size_of::<Chain>() + 16)?;
            queue.push_back(Rc::new(Chain {
                node: hop.node,
                length: chain.length + 1,
                last: Some((hop.edge, Rc::clone(&chain))),
            }));
        }
    }
    Ok(())
}
