//! Walks one edge from each row of a run straight into groups: many rows at a time.
//!
//! Such rows differ in the node that is left, the edge and the node at its other end, and in nothing
//! else. What the groups do not take in one go they get row by row, so the groups and their order
//! are the same either way.

use super::End;
use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::aggregate::Groups;
use super::expand;
use super::expand::Around;
use super::nodes::RUN;
use crate::model::EdgeId;
use crate::model::Hop;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::plan::Expand;
use crate::query::plan::expr::Slot;

/// Rows that differ in these three slots, a column each.
pub(super) struct HopRows<'p> {
    expand: &'p Expand,
    from: Vec<NodeId>,
    edges: Vec<EdgeId>,
    to: Vec<NodeId>,
    /// Rows before this one were taken.
    start: usize,
}

impl<'p> HopRows<'p> {
    fn new(expand: &'p Expand) -> Self {
        Self {
            expand,
            from: Vec::new(),
            edges: Vec::new(),
            to: Vec::new(),
            start: 0,
        }
    }

    #[inline]
    fn add(&mut self, from: NodeId, hop: Hop) {
        self.from.push(from);
        self.edges.push(hop.edge);
        self.to.push(hop.node);
    }

    #[inline]
    fn add_all(&mut self, from: NodeId, hops: &[Hop]) {
        hops.iter().for_each(|hop| self.add(from, *hop));
    }

    /// Counts the rows that were not taken.
    pub(super) fn len(&self) -> usize {
        self.from.len() - self.start
    }

    /// Gives the nodes of a slot, one a row.
    pub(super) fn nodes(&self, slot: Slot) -> Option<&[NodeId]> {
        let nodes = match slot {
            _ if slot == self.expand.to => &self.to,
            _ if slot == self.expand.from => &self.from,
            _ => return None,
        };
        nodes.get(self.start..)
    }

    /// Gives the edges of a slot, one a row.
    pub(super) fn edges(&self, slot: Slot) -> Option<&[EdgeId]> {
        let kept = self.expand.keep && slot == self.expand.edge;
        kept.then(|| self.edges.get(self.start..)).flatten()
    }

    /// Tells whether the rows differ in a slot.
    pub(super) fn fill(&self, slot: Slot) -> bool {
        [self.expand.from, self.expand.edge, self.expand.to].contains(&slot)
    }

    /// Hands all rows on, and forgets them.
    fn flush(&mut self, exec: &Exec<'_>, row: &mut Row, groups: &mut Groups<'_>) -> Run<()> {
        while self.len() > 0 {
            self.start += match groups.take_hops(exec, row, self)? {
                0 => {
                    self.write(row);
                    groups.take(exec, row)?;
                    1
                }
                taken => taken,
            };
        }
        self.from.clear();
        self.edges.clear();
        self.to.clear();
        self.start = 0;
        Ok(())
    }

    /// Fills the slots of the first row.
    fn write(&self, row: &mut Row) {
        row[self.expand.from] = Value::Node(self.from[self.start]);
        row[self.expand.to] = Value::Node(self.to[self.start]);
        if self.expand.keep {
            row[self.expand.edge] = Value::Edge(self.edges[self.start]);
        }
    }
}

impl Next<'_, '_> {
    /// Walks one edge from each row; the rows differ in a slot that holds each of the nodes in turn.
    pub(super) fn walk_on(
        &mut self,
        expand: &Expand,
        exec: &Exec<'_>,
        row: &mut Row,
        slot: Slot,
        nodes: &[NodeId],
    ) -> Run<()> {
        let (Some((_, steps)), Some((_, states))) =
            (self.steps.split_first(), self.states.split_first_mut())
        else {
            return Ok(());
        };
        if expand.from == slot
            && steps.is_empty()
            && let End::Group(groups) = &mut self.end
        {
            if expand.count.is_some() {
                return count(expand, exec, row, nodes, groups);
            }
            if !expand.bound && !expand.into && expand.unlike.is_empty() {
                return gather(expand, exec, row, nodes, groups);
            }
        }
        let mut next = Next {
            steps,
            states,
            end: self.end.again(),
            run: self.run,
        };
        nodes.iter().try_for_each(|node| {
            exec.shared.guard.tick()?;
            row[slot] = Value::Node(*node);
            expand::push(expand, exec, row, &mut next)
        })
    }
}

/// Groups a row for each edge.
fn gather(
    expand: &Expand,
    exec: &Exec<'_>,
    row: &mut Row,
    nodes: &[NodeId],
    groups: &mut Groups<'_>,
) -> Run<()> {
    let mut rows = HopRows::new(expand);
    for node in nodes {
        exec.shared.guard.tick()?;
        match runs(expand, exec, *node) {
            Some([first, second]) => {
                rows.add_all(*node, first);
                rows.add_all(*node, second);
            }
            None => {
                let hops = Around::new(exec, *node, expand.side, &expand.kinds);
                hops.for_each(|hop| rows.add(*node, hop));
            }
        }
        if rows.len() >= RUN {
            exec.shared.guard.tick()?;
            rows.flush(exec, row, groups)?;
        }
    }
    rows.flush(exec, row, groups)
}

#[inline]
fn runs<'a>(expand: &Expand, exec: &Exec<'a>, node: NodeId) -> Option<[&'a [Hop]; 2]> {
    exec.still?.runs(node, expand.side, &expand.kinds)
}

/// Groups a row for each node, which stands for all edges at it.
fn count(
    expand: &Expand,
    exec: &Exec<'_>,
    row: &mut Row,
    nodes: &[NodeId],
    groups: &mut Groups<'_>,
) -> Run<()> {
    exec.shared.guard.tick()?;
    let mut counted = Vec::with_capacity(nodes.len());
    for node in nodes {
        let degree = expand::count(expand, exec, *node);
        if degree > 0 {
            counted.push((*node, degree));
        }
    }
    let mut left = counted.as_slice();
    while let Some(((node, degree), rest)) = left.split_first() {
        let taken = groups.take_counted(exec, expand.from, left)?;
        if taken > 0 {
            left = &left[taken..];
            continue;
        }
        row[expand.from] = Value::Node(*node);
        expand::write_count(expand, row, *degree);
        groups.take(exec, row)?;
        left = rest;
    }
    Ok(())
}
