//! Gives each node that can be reached, once, breadth first.
//!
//! Right where only the ends are asked for and each once: the nodes that trails of one step or more
//! lead to are those that breadth-first search meets (see the pass `reach`).

use super::Run;
use super::expand::Around;
use super::nodes::RUN;
use super::walk::Walking;
use crate::model::Direction;
use crate::model::EdgeId;
use crate::model::NarrowSide;
use crate::model::NodeId;
use crate::model::PackedSide;
use crate::query::plan::How;
use crate::query::plan::pattern::KindSet;
use std::sync::Arc;

/// Which nodes were reached.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// One bit a node.
    bits: Vec<u64>,
    /// The nodes that are marked, to be taken back before the next search.
    marked: Vec<NodeId>,
    parents: Vec<(EdgeId, NodeId)>,
    /// Which kinds are walked, by the number of their symbol; empty before the first search.
    kinds: Vec<bool>,
    /// A list that is used again.
    run: Vec<NodeId>,
}

impl Marks {
    /// Starts a new search, or goes on with the old one.
    fn start(&mut self, bound: usize, fresh: bool) {
        let words = bound.div_ceil(64);
        if self.bits.len() < words {
            self.bits.resize(words, 0);
        }
        if !fresh {
            return;
        }
        if self.marked.len() > words {
            self.bits.fill(0);
        } else {
            for node in &self.marked {
                self.bits[node.index() / 64] = 0;
            }
        }
        self.marked.clear();
    }

    /// Marks a node; false where it was marked in this search.
    #[inline]
    fn mark(&mut self, node: NodeId) -> bool {
        let bit = 1 << (node.index() % 64);
        match self.bits.get_mut(node.index() / 64) {
            Some(word) if *word & bit == 0 => {
                *word |= bit;
                self.marked.push(node);
                true
            }
            _ => false,
        }
    }

    #[inline]
    fn has(&self, node: NodeId) -> bool {
        let word = self.bits.get(node.index() / 64);
        word.is_some_and(|word| word >> (node.index() % 64) & 1 == 1)
    }

    fn keep_parent(&mut self, bound: usize, node: NodeId, edge: EdgeId, from: NodeId) {
        if self.parents.len() <= node.index() {
            self.parents.resize(bound, (edge, from));
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

    /// Notes which kinds a walk takes.
    fn note_kinds(&mut self, kinds: &KindSet) {
        if let (true, KindSet::Only(kinds)) = (self.kinds.is_empty(), kinds) {
            let bound = kinds.iter().map(|kind| kind.index() + 1).max();
            self.kinds = vec![false; bound.unwrap_or(1)];
            kinds
                .iter()
                .for_each(|kind| self.kinds[kind.index()] = true);
        }
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
    let mut field = Field::new(walking, marks);
    let max = walk.many.max.unwrap_or(usize::MAX);
    let mut front = vec![from];
    let mut depth = 0;
    while !front.is_empty() && depth < max {
        depth += 1;
        front = match &mut field {
            Some(field) => sweep(walking, from, front, field, marks)?,
            None => level(walking, from, front, depth, marks)?,
        };
    }
    Ok(())
}

/// The edges that a search goes over, in place.
struct Field<'a> {
    sides: Vec<(Direction, PackedSide<'a>)>,
    /// The far ends of the wanted edges alone, where the graph has them at hand.
    narrow: Option<Vec<Arc<NarrowSide>>>,
    /// They are worth making from so many nodes on.
    worth: usize,
}

/// One node in so many has to be met before going over all edges once pays for the next searches.
const NARROW_FROM: usize = 64;

impl<'a> Field<'a> {
    fn new(walking: &Walking<'_, '_, '_, 'a>, marks: &mut Marks) -> Option<Self> {
        let sides = walking.sides().filter(|_| walking.gives_nodes())?;
        marks.note_kinds(&walking.walk.kinds);
        let mut field = Self {
            sides,
            narrow: None,
            worth: walking.exec.view.node_bound() / NARROW_FROM,
        };
        field.look_for_narrow(walking, false);
        Some(field)
    }

    fn look_for_narrow(&mut self, walking: &Walking<'_, '_, '_, '_>, make: bool) {
        if let KindSet::Only(kinds) = &walking.walk.kinds {
            let view = walking.exec.view;
            let sides = self.sides.iter();
            self.narrow = sides
                .map(|(direction, _)| view.narrow(*direction, kinds, make))
                .collect();
        }
    }
}

/// Walks one step from all nodes of the front, over edges in place; gives the new front.
fn sweep(
    walking: &mut Walking<'_, '_, '_, '_>,
    start: NodeId,
    front: Vec<NodeId>,
    field: &mut Field<'_>,
    marks: &mut Marks,
) -> Run<Vec<NodeId>> {
    if field.narrow.is_none() && marks.marked.len() > field.worth {
        field.look_for_narrow(walking, true);
    }
    let mut further = Vec::new();
    for node in front {
        walking.exec.shared.guard.tick()?;
        match &field.narrow {
            Some(narrow) => narrow.iter().for_each(|side| {
                let new = side.at(node).iter().filter(|far| marks.mark(**far));
                further.extend(new);
            }),
            None => field.sides.iter().for_each(|(_, side)| {
                meet(side, node, &walking.walk.kinds, marks, &mut further);
            }),
        }
    }
    let mut run = std::mem::take(&mut marks.run);
    for part in further.chunks(RUN) {
        run.clear();
        run.extend_from_slice(part);
        walking.give_nodes(&mut run)?;
    }
    marks.run = run;
    further.retain(|node| *node != start);
    Ok(further)
}

/// Marks the far ends of the edges at a node, and adds those that were not marked yet.
fn meet(
    side: &PackedSide<'_>,
    node: NodeId,
    kinds: &KindSet,
    marks: &mut Marks,
    further: &mut Vec<NodeId>,
) {
    let hops = side.at(node);
    let any = matches!(kinds, KindSet::Any);
    for hop in hops {
        let wanted = any || marks.kinds.get(hop.kind.index()) == Some(&true);
        if wanted && marks.mark(hop.node) {
            further.push(hop.node);
        }
    }
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
    let bound = walking.exec.view.node_bound();
    let mut further = Vec::new();
    for node in front {
        for hop in Around::new(walking.exec, node, walk.side, &walk.kinds) {
            walking.exec.shared.guard.tick()?;
            if marks.has(hop.node) || !plain && !walking.may_take(hop.edge)? {
                continue;
            }
            marks.mark(hop.node);
            let mut edges = Vec::new();
            if walk.keep {
                marks.keep_parent(bound, hop.node, hop.edge, node);
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
