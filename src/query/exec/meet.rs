//! One shortest walk between two known ends, breadth first from both until they meet.

use super::Run;
use super::expand::Around;
use super::shortest;
use super::walk::Walking;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::query::plan::pattern::Side;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// One half of the search: how each node was reached, and where the search stands.
struct Half {
    reached: FxHashMap<NodeId, Reached>,
    front: Vec<NodeId>,
    depth: u32,
    side: Side,
}

/// How a node was reached.
struct Reached {
    /// By which edge, and from where; nothing for the start.
    by: Option<(EdgeId, NodeId)>,
    /// After so many steps.
    depth: u32,
}

impl Half {
    fn new(start: NodeId, side: Side) -> Self {
        let at_start = Reached { by: None, depth: 0 };
        Self {
            reached: FxHashMap::from_iter([(start, at_start)]),
            front: vec![start],
            depth: 0,
            side,
        }
    }

    /// Counts the steps that were made.
    fn steps(&self) -> usize {
        self.depth as usize
    }

    /// Lists the edges from a node back to the start of this half.
    fn back(&self, node: NodeId) -> Vec<EdgeId> {
        let mut edges = Vec::new();
        let mut here = node;
        let by = |node| self.reached.get(&node).and_then(|reached| reached.by);
        while let Some((edge, before)) = by(here) {
            edges.push(edge);
            here = before;
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
    while !near.front.is_empty() && !far.front.is_empty() && near.steps() + far.steps() < max {
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
    let mut best: Option<(u32, NodeId)> = None;
    let mut further = Vec::new();
    for node in std::mem::take(&mut own.front) {
        for hop in Around::new(walking.exec, node, own.side, &walking.walk.kinds) {
            let Entry::Vacant(place) = own.reached.entry(hop.node) else {
                continue;
            };
            if !walking.may_take(hop.edge)? {
                continue;
            }
            place.insert(Reached {
                by: Some((hop.edge, node)),
                depth: own.depth,
            });
            further.push(hop.node);
            if let Some(met) = other.reached.get(&hop.node)
                && best.is_none_or(|(least, _)| met.depth < least)
            {
                best = Some((met.depth, hop.node));
            }
        }
    }
    own.front = further;
    Ok(best.map(|(_, node)| node))
}
