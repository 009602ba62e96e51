//! One shortest walk between two known ends, breadth first from both until they meet.

use super::Run;
use super::expand::Around;
use super::shortest;
use super::walk::Walking;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::query::plan::pattern::Side;
use rustc_hash::FxHashMap;

/// One half of the search: how each node was reached, and where the search stands.
struct Half {
    parents: FxHashMap<NodeId, Option<(EdgeId, NodeId)>>,
    front: Vec<NodeId>,
    depth: usize,
    depths: FxHashMap<NodeId, usize>,
    side: Side,
}

impl Half {
    fn new(start: NodeId, side: Side) -> Self {
        Self {
            parents: FxHashMap::from_iter([(start, None)]),
            front: vec![start],
            depth: 0,
            depths: FxHashMap::from_iter([(start, 0)]),
            side,
        }
    }

    /// Lists the edges from a node back to the start of this half.
    fn back(&self, node: NodeId) -> Vec<EdgeId> {
        let mut edges = Vec::new();
        let mut here = node;
        while let Some(Some((edge, before))) = self.parents.get(&here) {
            edges.push(*edge);
            here = *before;
        }
        edges
    }
}

pub(super) fn run(walking: &mut Walking<'_, '_, '_, '_>, from: NodeId) -> Run<()> {
    let Some(target) = walking.target.filter(|target| *target != from) else {
        return shortest::run(walking, from);
    };
    let max = walking.walk.many.max.unwrap_or(usize::MAX);
    let side = walking.walk.side;
    let mut near = Half::new(from, side);
    let mut far = Half::new(target, side.flip());
    while !near.front.is_empty() && !far.front.is_empty() && near.depth + far.depth < max {
        let forward = near.front.len() <= far.front.len();
        let (own, other) = if forward {
            (&mut near, &far)
        } else {
            (&mut far, &near)
        };
        if let Some(node) = widen(walking, own, other)? {
            let mut edges = near.back(node);
            edges.reverse();
            edges.extend(far.back(node));
            if edges.len() > max {
                return Ok(());
            }
            return walking.give(target, &edges);
        }
    }
    Ok(())
}

/// Widens one half by a step; gives the node where the halves meet on a shortest walk.
fn widen(
    walking: &mut Walking<'_, '_, '_, '_>,
    own: &mut Half,
    other: &Half,
) -> Run<Option<NodeId>> {
    own.depth += 1;
    let mut best: Option<(usize, NodeId)> = None;
    let mut further = Vec::new();
    for node in std::mem::take(&mut own.front) {
        for hop in Around::new(walking.exec, node, own.side, &walking.walk.kinds) {
            if own.parents.contains_key(&hop.node) || !walking.may_take(hop.edge)? {
                continue;
            }
            own.parents.insert(hop.node, Some((hop.edge, node)));
            own.depths.insert(hop.node, own.depth);
            further.push(hop.node);
            if let Some(depth) = other.depths.get(&hop.node)
                && best.is_none_or(|(least, _)| *depth < least)
            {
                best = Some((*depth, hop.node));
            }
        }
    }
    own.front = further;
    Ok(best.map(|(_, node)| node))
}
