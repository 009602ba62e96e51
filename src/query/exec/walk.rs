//! Walks several edges: chooses the algorithm that the plan names, and hands each end on.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::expand::used;
use super::meet;
use super::reach;
use super::shortest;
use super::state::State;
use super::trails;
use crate::model::Direction;
use crate::model::EdgeId;
use crate::model::NodeId;
use crate::model::PackedSide;
use crate::model::Value;
use crate::query::plan::How;
use crate::query::plan::WalkMany;
use crate::query::plan::pattern::Side;

/// One running walk: the operator, its row, and what follows.
pub(super) struct Walking<'w, 'n, 's, 'e> {
    pub(super) walk: &'w WalkMany,
    pub(super) exec: &'w Exec<'e>,
    pub(super) row: &'w mut Row,
    pub(super) next: &'w mut Next<'n, 's>,
    /// The other end, where it is known.
    pub(super) target: Option<NodeId>,
}

pub(super) fn push(
    walk: &WalkMany,
    exec: &Exec<'_>,
    state: &mut State,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let Value::Node(from) = row[walk.from] else {
        return Ok(());
    };
    let target = match (walk.into, &row[walk.to]) {
        (true, Value::Node(to)) => Some(*to),
        (true, _) => return Ok(()),
        (false, _) => None,
    };
    let mut walking = Walking {
        walk,
        exec,
        row,
        next,
        target,
    };
    match (walk.bound, walk.how, state) {
        (true, ..) => walking.known_list(from),
        (_, How::Trails, _) => trails::run(&mut walking, from, None),
        (_, How::Pruned, _) => trails::pruned(&mut walking, from),
        (_, How::Reach | How::ReachOnce, State::Marks(marks)) => {
            reach::run(&mut walking, from, marks)
        }
        (_, How::Meet, _) => meet::run(&mut walking, from),
        (_, How::Reach | How::ReachOnce | How::Shortest, _) => shortest::run(&mut walking, from),
    }
}

impl<'e> Walking<'_, '_, '_, 'e> {
    /// Tells whether the walk may take an edge: not used before, and as the pattern asks.
    pub(super) fn may_take(&mut self, edge: EdgeId) -> Run<bool> {
        self.exec.shared.guard.tick()?;
        if used(self.row, &self.walk.unlike, edge) {
            return Ok(false);
        }
        match &self.walk.many.test {
            None => Ok(true),
            Some(test) => {
                let mut locals = vec![Value::Edge(edge)];
                let value = self.exec.eval(test, self.row, &mut locals)?;
                Ok(matches!(value, Value::Bool(true)))
            }
        }
    }

    /// Hands on one walk that ends at a node. The edges come in the order walked.
    pub(super) fn give(&mut self, end: NodeId, edges: &[EdgeId]) -> Run<()> {
        if self.target.is_some_and(|target| target != end) {
            return Ok(());
        }
        if !self.exec.shared.guard.path() {
            return Ok(());
        }
        if self.walk.keep {
            let mut list: Vec<Value> = edges.iter().map(|edge| Value::Edge(*edge)).collect();
            if self.walk.reversed {
                list.reverse();
            }
            self.row[self.walk.edge] = Value::list(list);
        }
        if self.target.is_none() {
            self.row[self.walk.to] = Value::Node(end);
        }
        self.next.push(self.exec, self.row)
    }

    /// Gives the edges in place that the walk takes, one list for each direction.
    pub(super) fn sides(&self) -> Option<Vec<(Direction, PackedSide<'e>)>> {
        let (out, into) = self.exec.still?.sides()?;
        let (out, into) = ((Direction::Out, out), (Direction::In, into));
        Some(match self.walk.side {
            Side::Out => vec![out],
            Side::In => vec![into],
            Side::Both => vec![out, into],
        })
    }

    /// Tells whether ends may be handed on many at a time: nothing is asked of their edges.
    pub(super) fn gives_nodes(&self) -> bool {
        let walk = self.walk;
        let plain = walk.many.test.is_none() && walk.unlike.is_empty() && !walk.keep;
        plain && self.target.is_none()
    }

    /// Hands on walks to many ends, of which nobody reads the edges.
    pub(super) fn give_nodes(&mut self, ends: &mut Vec<NodeId>) -> Run<()> {
        ends.truncate(self.exec.shared.guard.some_paths(ends.len()));
        self.next
            .push_nodes(self.exec, self.row, self.walk.to, ends)
    }

    /// Follows a list of edges that is known.
    fn known_list(&mut self, from: NodeId) -> Run<()> {
        let Value::List(items) = self.row[self.walk.edge].clone() else {
            return Ok(());
        };
        let mut edges: Vec<EdgeId> = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item {
                Value::Edge(edge) => edges.push(*edge),
                _ => return Ok(()),
            }
        }
        if self.walk.reversed {
            edges.reverse();
        }
        let many = &self.walk.many;
        if edges.len() < many.min || many.max.is_some_and(|max| edges.len() > max) {
            return Ok(());
        }
        let mut here = from;
        for edge in &edges {
            let hops =
                super::expand::Around::new(self.exec, here, self.walk.side, &self.walk.kinds);
            let mut hops = hops.filter(|hop| hop.edge == *edge);
            match hops.next() {
                Some(hop) if self.may_take(*edge)? => here = hop.node,
                _ => return Ok(()),
            }
        }
        if self.target.is_some_and(|target| target != here) {
            return Ok(());
        }
        if self.target.is_none() {
            self.row[self.walk.to] = Value::Node(here);
        }
        self.next.push(self.exec, self.row)
    }
}
