//! Gives each node that can be reached, once, breadth first.
//!
//! Right where only the ends are asked for and each once: the nodes that trails of one step or more
//! lead to are those that breadth-first search meets (see the pass `reach`).

use super::Run;
use super::expand::Around;
use super::walk::Walking;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::query::plan::How;

/// Which nodes were reached, by number of the search that reached them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    seen: Vec<u32>,
    search: u32,
    parents: Vec<(EdgeId, NodeId)>,
}

impl Marks {
    /// Starts a new search, or goes on with the old one.
    fn start(&mut self, bound: usize, fresh: bool) {
        if self.seen.len() < bound {
            self.seen.resize(bound, 0);
        }
        if fresh || self.search == 0 {
            self.search = self.search.wrapping_add(1);
            if self.search == 0 {
                self.seen.fill(0);
                self.search = 1;
            }
        }
    }

    /// Marks a node; false where it was marked in this search.
    fn mark(&mut self, node: NodeId) -> bool {
        match self.seen.get_mut(node.index()) {
            Some(seen) if *seen != self.search => {
                *seen = self.search;
                true
            }
            _ => false,
        }
    }

    fn has(&self, node: NodeId) -> bool {
        self.seen.get(node.index()) == Some(&self.search)
    }

    fn keep_parent(&mut self, node: NodeId, edge: EdgeId, from: NodeId) {
        if self.parents.len() <= node.index() {
            self.parents.resize(self.seen.len(), (edge, from));
        }
        if let Some(parent) = self.parents.get_mut(node.index()) {
            *parent = (edge, from);
        }
    }

    /// Gives the edges from a start to a node it reached.
    fn edges(&self, start: NodeId, node: NodeId, depth: usize) -> Vec<EdgeId> {
        let mut edges = Vec::new();
        let mut here = node;
        for _ in 0..depth {
            let Some((edge, from)) = self.parents.get(here.index()) else {
                break;
            };
            edges.push(*edge);
            here = *from;
            if here == start {
                break;
            }
        }
        edges.reverse();
        edges
    }
}

pub(super) fn run(
    walking: &mut Walking<'_, '_, '_, '_>,
    from: NodeId,
    marks: &mut Marks,
) -> Run<()> {
    let walk = walking.walk;
    marks.start(walking.exec.view.node_bound(), walk.how == How::Reach);
    if walk.how == How::ReachOnce && marks.has(from) {
        return Ok(());
    }
    if walk.many.min == 0 && marks.mark(from) {
        walking.give(from, &[])?;
    }
    let max = walk.many.max.unwrap_or(usize::MAX);
    let mut front = vec![from];
    let mut depth = 0;
    while !front.is_empty() && depth < max {
        depth += 1;
        front = level(walking, from, front, depth, marks)?;
    }
    Ok(())
}

/// Walks one step from all nodes of the front; gives the new front.
fn level(
    walking: &mut Walking<'_, '_, '_, '_>,
    start: NodeId,
    front: Vec<NodeId>,
    depth: usize,
    marks: &mut Marks,
) -> Run<Vec<NodeId>> {
    let walk = walking.walk;
    let plain = walk.many.test.is_none() && walk.unlike.is_empty();
    let mut further = Vec::new();
    for node in front {
        for hop in Around::new(walking.exec.view, node, walk.side, &walk.kinds) {
            walking.exec.shared.guard.tick()?;
            if marks.has(hop.node) || !plain && !walking.may_take(hop.edge)? {
                continue;
            }
            marks.mark(hop.node);
            let mut edges = Vec::new();
            if walk.keep {
                marks.keep_parent(hop.node, hop.edge, node);
                edges = marks.edges(start, hop.node, depth);
            }
            walking.give(hop.node, &edges)?;
            if hop.node != start {
                further.push(hop.node);
            }
        }
    }
    Ok(further)
}
