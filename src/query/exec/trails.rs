//! Walks every trail, depth first, with a stack of its own.
//!
//! Towards a known end, nodes that are too far from it are not entered (`pruned`).

use super::Run;
use super::expand::Around;
use super::walk::Walking;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::query::ast::PathMode;
use rustc_hash::FxHashMap;

/// From this length on, edges of the path are found in a set instead of by looking at each.
const LONG: usize = 48;

/// Steps that a node is away from the end, at least.
pub(super) type Distances = FxHashMap<NodeId, usize>;

/// The path walked so far.
struct Trail {
    nodes: Vec<NodeId>,
    edges: Vec<EdgeId>,
    /// Edges of a long path; empty while it is short.
    set: rustc_hash::FxHashSet<EdgeId>,
}

impl Trail {
    fn has(&self, edge: EdgeId) -> bool {
        if self.set.is_empty() {
            self.edges.contains(&edge)
        } else {
            self.set.contains(&edge)
        }
    }

    fn push(&mut self, edge: EdgeId, node: NodeId) {
        self.edges.push(edge);
        self.nodes.push(node);
        if self.edges.len() == LONG {
            self.set.extend(self.edges.iter().copied());
        } else if self.edges.len() > LONG {
            self.set.insert(edge);
        }
    }

    fn pop(&mut self) {
        self.nodes.pop();
        if let Some(edge) = self.edges.pop() {
            if self.edges.len() < LONG {
                self.set.clear();
            } else {
                self.set.remove(&edge);
            }
        }
    }
}

/// Walks all trails from a node; with distances, only those that can still reach the end.
pub(super) fn run(
    walking: &mut Walking<'_, '_, '_, '_>,
    from: NodeId,
    distances: Option<&Distances>,
) -> Run<()> {
    let walk = walking.walk;
    let (min, max) = (walk.many.min, walk.many.max.unwrap_or(usize::MAX));
    if min == 0 {
        walking.give(from, &[])?;
    }
    if max == 0 {
        return Ok(());
    }
    let mut trail = Trail {
        nodes: vec![from],
        edges: Vec::new(),
        set: Default::default(),
    };
    let exec = walking.exec;
    let mut stack = vec![Around::new(exec, from, walk.side, &walk.kinds)];
    while let Some(hops) = stack.last_mut() {
        let Some(hop) = hops.next() else {
            stack.pop();
            trail.pop();
            continue;
        };
        let length = trail.edges.len() + 1;
        let near = distances.is_none_or(|distances| {
            let distance = distances.get(&hop.node);
            distance.is_some_and(|distance| length + distance <= max)
        });
        let end = near
            .then(|| repeats(walk.mode, &trail, hop.edge, hop.node))
            .flatten();
        let Some(last) = end else {
            walking.exec.shared.guard.tick()?;
            continue;
        };
        if !walking.may_take(hop.edge)? {
            continue;
        }
        trail.push(hop.edge, hop.node);
        if length >= min {
            walking.give(hop.node, &trail.edges)?;
        }
        if length < max && !last && !walking.exec.shared.guard.is_cut() {
            stack.push(Around::new(exec, hop.node, walk.side, &walk.kinds));
        } else {
            trail.pop();
        }
    }
    Ok(())
}

/// Tells whether a step keeps to the mode: `None` where not, else whether it must be the last.
fn repeats(mode: PathMode, trail: &Trail, edge: EdgeId, node: NodeId) -> Option<bool> {
    match mode {
        PathMode::Walk => Some(false),
        PathMode::Default | PathMode::Trail => (!trail.has(edge)).then_some(false),
        PathMode::Acyclic => (!trail.nodes.contains(&node)).then_some(false),
        PathMode::Simple => {
            let home = trail.nodes.first() == Some(&node);
            let again = trail.nodes.contains(&node);
            (!again || home && !trail.has(edge)).then_some(home)
        }
    }
}

/// Walks the trails to a known end, with the distance to it in hand.
pub(super) fn pruned(walking: &mut Walking<'_, '_, '_, '_>, from: NodeId) -> Run<()> {
    let Some(target) = walking.target else {
        return run(walking, from, None);
    };
    let max = walking.walk.many.max.unwrap_or(usize::MAX);
    let distances = distances(walking, target, max)?;
    if from != target && distances.get(&from).is_none_or(|distance| *distance > max) {
        return Ok(());
    }
    run(walking, from, Some(&distances))
}

/// Measures how far nodes are from the end, breadth first against the walk.
fn distances(walking: &mut Walking<'_, '_, '_, '_>, target: NodeId, max: usize) -> Run<Distances> {
    let side = walking.walk.side.flip();
    let mut known = Distances::default();
    known.insert(target, 0);
    let mut front = vec![target];
    let mut depth = 0;
    while !front.is_empty() && depth < max {
        depth += 1;
        let mut further = Vec::new();
        for node in front {
            for hop in Around::new(walking.exec, node, side, &walking.walk.kinds) {
                walking.exec.shared.guard.tick()?;
                if let std::collections::hash_map::Entry::Vacant(entry) = known.entry(hop.node) {
                    entry.insert(depth);
                    further.push(hop.node);
                }
            }
        }
        front = further;
    }
    Ok(known)
}
