//! Walks one edge.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::nodes::RUN;
use super::still::Still;
use crate::model::Direction;
use crate::model::EdgeId;
use crate::model::Hop;
use crate::model::Hops;
use crate::model::KindFilter;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Value;
use crate::query::plan::Expand;
use crate::query::plan::expr::Slot;
use crate::query::plan::pattern::KindSet;
use crate::query::plan::pattern::Side;

pub(super) fn push(
    expand: &Expand,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    if expand.bound {
        return known_edge(expand, exec, row, next);
    }
    let Value::Node(from) = row[expand.from] else {
        return Ok(());
    };
    if expand.count.is_some() {
        let count = count(expand, exec, from);
        write_count(expand, row, count);
        return match count {
            0 => Ok(()),
            _ => next.push(exec, row),
        };
    }
    let to = match (expand.into, &row[expand.to]) {
        (true, Value::Node(to)) => Some(*to),
        (true, _) => return Ok(()),
        (false, _) => None,
    };
    if to.is_none() && !expand.keep && next.takes_nodes(exec) {
        return push_run(expand, exec, from, row, next);
    }
    for hop in Around::new(exec, from, expand.side, &expand.kinds) {
        exec.shared.guard.tick()?;
        if to.is_some_and(|to| to != hop.node) || used(row, &expand.unlike, hop.edge) {
            continue;
        }
        if expand.keep {
            row[expand.edge] = Value::Edge(hop.edge);
        }
        if to.is_none() {
            row[expand.to] = Value::Node(hop.node);
        }
        next.push(exec, row)?;
    }
    Ok(())
}

/// Counts the edges at a node that the step would walk.
#[inline]
pub(super) fn count(expand: &Expand, exec: &Exec<'_>, from: NodeId) -> usize {
    let still = exec.still;
    let degree = still.and_then(|still| still.degree(from, expand.side, &expand.kinds));
    degree.unwrap_or_else(|| Around::new(exec, from, expand.side, &expand.kinds).count())
}

/// Fills the slot of the number of edges.
pub(super) fn write_count(expand: &Expand, row: &mut Row, count: usize) {
    if let Some(slot) = expand.count {
        row[slot] = Value::Int(count as i64);
    }
}

/// Hands on the far ends of all edges in runs; nobody reads the edges.
fn push_run(
    expand: &Expand,
    exec: &Exec<'_>,
    from: NodeId,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let mut run = Vec::new();
    for hop in Around::new(exec, from, expand.side, &expand.kinds) {
        exec.shared.guard.tick()?;
        if !used(row, &expand.unlike, hop.edge) {
            run.push(hop.node);
        }
        if run.len() == RUN {
            next.push_nodes(exec, row, expand.to, &mut run)?;
            run.clear();
        }
    }
    match run.is_empty() {
        true => Ok(()),
        false => next.push_nodes(exec, row, expand.to, &mut run),
    }
}

/// Checks an edge that is known against the pattern, and fills its ends.
fn known_edge(expand: &Expand, exec: &Exec<'_>, row: &mut Row, next: &mut Next<'_, '_>) -> Run<()> {
    let Value::Edge(edge) = row[expand.edge] else {
        return Ok(());
    };
    let ends = exec.view.ends(edge);
    let kind = match &expand.kinds {
        KindSet::Any => true,
        KindSet::Only(kinds) => kinds.contains(&ends.kind),
    };
    if !kind || !exec.view.has_edge(edge) || used(row, &expand.unlike, edge) {
        return Ok(());
    }
    let (out, back) = ((ends.from, ends.to), (ends.to, ends.from));
    let ways: &[(NodeId, NodeId)] = match expand.side {
        Side::Out => &[out],
        Side::In => &[back],
        Side::Both if out == back => &[out],
        Side::Both => &[out, back],
    };
    for (from, to) in ways {
        let fits = |known: bool, slot: Slot, node: NodeId, row: &Row| {
            !known || matches!(row[slot], Value::Node(own) if own == node)
        };
        if !fits(expand.from_known, expand.from, *from, row)
            || !fits(expand.into, expand.to, *to, row)
            || expand.from == expand.to && from != to
        {
            continue;
        }
        if !expand.from_known {
            row[expand.from] = Value::Node(*from);
        }
        if !expand.into {
            row[expand.to] = Value::Node(*to);
        }
        next.push(exec, row)?;
    }
    Ok(())
}

/// Tells whether one of the slots holds an edge already.
pub(super) fn used(row: &Row, slots: &[Slot], edge: EdgeId) -> bool {
    slots.iter().any(|slot| match &row[*slot] {
        Value::Edge(own) => *own == edge,
        Value::List(items) => items.contains(&Value::Edge(edge)),
        _ => false,
    })
}

/// The edges at a node on one side or on both; a loop comes once.
pub(super) struct Around<'a> {
    node: NodeId,
    first: Edges<'a>,
    second: Option<Edges<'a>>,
    crossed: bool,
}

/// The edges at a node on one side.
enum Edges<'a> {
    /// In place.
    All(std::slice::Iter<'a, Hop>),
    /// In place, of which some kinds are wanted.
    Some(std::slice::Iter<'a, Hop>, &'a [Symbol]),
    /// As the graph hands them out.
    Asked(Hops<'a>),
}

impl<'a> Edges<'a> {
    fn new<'e: 'a>(
        exec: &Exec<'e>,
        node: NodeId,
        direction: Direction,
        kinds: &'a KindSet,
    ) -> Self {
        let Some((out, into)) = exec.still.and_then(Still::sides) else {
            let kinds = match kinds {
                KindSet::Any => KindFilter::Any,
                KindSet::Only(kinds) => KindFilter::Only(kinds),
            };
            return Self::Asked(exec.view.hops(node, direction, kinds));
        };
        let side = match direction {
            Direction::Out => out,
            Direction::In => into,
        };
        match kinds {
            KindSet::Any => Self::All(side.at(node).iter()),
            KindSet::Only(kinds) => match kinds.as_slice() {
                [kind] => Self::All(side.of_kind(node, *kind).iter()),
                kinds => Self::Some(side.at(node).iter(), kinds),
            },
        }
    }

    #[inline]
    fn next(&mut self) -> Option<Hop> {
        match self {
            Self::All(hops) => hops.next().copied(),
            Self::Some(hops, kinds) => hops.find(|hop| kinds.contains(&hop.kind)).copied(),
            Self::Asked(hops) => hops.next(),
        }
    }
}

impl<'a> Around<'a> {
    pub(super) fn new<'e: 'a>(
        exec: &Exec<'e>,
        node: NodeId,
        side: Side,
        kinds: &'a KindSet,
    ) -> Self {
        let (first, second) = match side {
            Side::Out => (Direction::Out, None),
            Side::In => (Direction::In, None),
            Side::Both => (Direction::Out, Some(Direction::In)),
        };
        Self {
            node,
            first: Edges::new(exec, node, first, kinds),
            second: second.map(|side| Edges::new(exec, node, side, kinds)),
            crossed: false,
        }
    }
}

impl Iterator for Around<'_> {
    type Item = Hop;

    #[inline]
    fn next(&mut self) -> Option<Hop> {
        loop {
            if let Some(hop) = self.first.next() {
                if self.crossed && hop.node == self.node {
                    continue;
                }
                return Some(hop);
            }
            self.first = self.second.take()?;
            self.crossed = true;
        }
    }
}
