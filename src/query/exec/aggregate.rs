//! Groups rows and computes aggregates over each group.
//!
//! Groups come in the order of their first rows. Without keys there is one group, also of no rows.

use super::Exec;
use super::Row;
use super::Run;
use super::hops::HopRows;
use super::keys::Joined;
use super::keys::Keys;
use super::paths::gather;
use super::sort::Sorter;
use super::totals;
use super::totals::Bar;
use super::totals::Counted;
use super::totals::Totals;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::plan::Grouping;
use crate::query::plan::expr::Aggregate;
use crate::query::plan::expr::Slot;

/// So many matched things of a group are kept for pictures.
const DRAWN: usize = 20_000;

/// Collects rows into groups.
pub(super) struct Groups<'p> {
    grouping: &'p Grouping,
    keys: Keys<'p>,
    totals: Totals,
    /// The matched things of each group, where pictures are wanted.
    things: Vec<Vec<Value>>,
}

impl<'p> Groups<'p> {
    pub(super) fn new(grouping: &'p Grouping) -> Self {
        Self {
            grouping,
            keys: Keys::new(&grouping.keys),
            totals: Totals::new(&grouping.aggregates),
            things: Vec::new(),
        }
    }

    /// Counts the groups so far.
    pub(super) fn count(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn take(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        exec.shared.guard.tick()?;
        let weight = match self.grouping.weight {
            Some(slot) => row[slot].as_int().unwrap_or(1),
            None => 1,
        };
        let group = self.group(exec, row)?;
        self.totals
            .add(group, &self.grouping.aggregates, weight, exec, row)?;
        if let Some(trace) = &self.grouping.trace
            && let Some(things) = self.things.get_mut(group)
            && things.len() < DRAWN
        {
            gather(&exec.value(trace, row)?, things);
        }
        Ok(())
    }

    /// Takes rows each of which stands for so many, and which differ in a slot that holds these nodes;
    /// gives how many of them: none where more than the node decides.
    pub(super) fn take_counted(
        &mut self,
        exec: &Exec<'_>,
        slot: Slot,
        rows: &[(NodeId, usize)],
    ) -> Run<usize> {
        let Some(counts) = self.totals.counts_mut() else {
            return Ok(0);
        };
        if self.grouping.trace.is_some() || !self.keys.stand_for(slot) {
            return Ok(0);
        }
        let known = self.keys.len();
        let width = self.grouping.aggregates.len();
        for (node, weight) in rows {
            let first = self.keys.find_node(*node) * width;
            let weight = *weight as i64;
            if first == counts.len() {
                counts.extend(std::iter::repeat_n(weight, width));
                continue;
            }
            let own = counts[first..].iter_mut().take(width);
            own.for_each(|count| *count += weight);
        }
        let new = self.keys.len() - known;
        let bytes = new * (width + 1) * size_of::<Value>();
        exec.shared.guard.keep(bytes)?;
        Ok(rows.len())
    }

    /// Takes rows of edges that were walked; gives how many of them: none where they have to be taken
    /// one by one.
    pub(super) fn take_hops(
        &mut self,
        exec: &Exec<'_>,
        row: &Row,
        rows: &HopRows<'_>,
    ) -> Run<usize> {
        if self.grouping.trace.is_some() || self.grouping.weight.is_some() || self.keys.len() == 0 {
            return Ok(0);
        }
        let aggregates = &self.grouping.aggregates;
        if !aggregates
            .iter()
            .all(|own| Counted::of(own, rows).is_some())
        {
            return Ok(0);
        }
        let known = self.keys.len();
        let groups = self.keys.find_all(exec, row, rows)?;
        for _ in known..self.keys.len() {
            self.open(exec)?;
        }
        let width = aggregates.len();
        for (at, aggregate) in aggregates.iter().enumerate() {
            let places = groups.iter().map(|group| group * width + at);
            match Counted::of(aggregate, rows) {
                Some(Counted::Nodes(nodes)) => {
                    self.totals.add_node_each(places.zip(nodes), exec)?
                }
                _ => self.totals.add_one_each(places),
            }
        }
        Ok(groups.len())
    }

    /// Takes rows that are as this one, but for a slot that holds each of the nodes in turn.
    pub(super) fn take_nodes(
        &mut self,
        exec: &Exec<'_>,
        row: &mut Row,
        slot: Slot,
        nodes: &[NodeId],
    ) -> Run<()> {
        let Some(first) = nodes.first() else {
            return Ok(());
        };
        row[slot] = Value::Node(*first);
        if !self.takes_whole(slot) {
            return nodes.iter().try_for_each(|node| {
                row[slot] = Value::Node(*node);
                self.take(exec, row)
            });
        }
        exec.shared.guard.tick()?;
        let group = self.group(exec, row)?;
        let width = self.grouping.aggregates.len();
        self.totals
            .add_nodes(group * width..(group + 1) * width, nodes, exec)
    }

    /// Tells whether rows that differ in a slot only are of one group, which counts them or what
    /// the slot holds.
    fn takes_whole(&self, slot: Slot) -> bool {
        let counts = |aggregate: &Aggregate| match aggregate.function {
            None => true,
            Some(function) => {
                let argument = aggregate.arguments.first().and_then(|own| own.as_slot());
                function.0.name == "count" && argument == Some(slot)
            }
        };
        self.grouping.trace.is_none()
            && self.grouping.weight.is_none()
            && !self.keys.read(slot)
            && self.grouping.aggregates.iter().all(counts)
    }

    /// Gives the number of the group of a row.
    fn group(&mut self, exec: &Exec<'_>, row: &Row) -> Run<usize> {
        let known = self.keys.len();
        let group = self.keys.find(exec, row)?;
        if self.keys.len() > known {
            self.open(exec)?;
        }
        Ok(group)
    }

    /// Makes room for one more group.
    fn open(&mut self, exec: &Exec<'_>) -> Run<()> {
        let aggregates = &self.grouping.aggregates;
        let cells = self.grouping.keys.len() + 2 * aggregates.len() + 4;
        exec.shared.guard.keep(cells * size_of::<Value>())?;
        self.totals.open(aggregates);
        if self.grouping.trace.is_some() {
            self.things.push(Vec::new());
        }
        Ok(())
    }

    /// Tells whether groups of some rows and groups of others can be joined to those of all rows.
    pub(super) fn can_join(grouping: &Grouping) -> bool {
        grouping.trace.is_none() && grouping.aggregates.iter().all(totals::adds_up)
    }

    /// Adds the groups of rows that come behind its own.
    pub(super) fn join(&mut self, others: Self, exec: &Exec<'_>) {
        match self.keys.join(others.keys, exec) {
            Joined::Behind => self.totals.append(others.totals),
            Joined::At(places) => {
                let aggregates = &self.grouping.aggregates;
                self.totals.reserve(self.keys.len(), aggregates);
                self.totals.join(others.totals, &places, aggregates.len());
            }
        }
    }

    /// Gives a row for each group.
    pub(super) fn finish(self, exec: &Exec<'_>) -> Run<Vec<Row>> {
        let mut rows = Vec::with_capacity(self.keys.len());
        self.each(exec, None, &mut |row| {
            rows.push(std::mem::take(row));
            Ok(())
        })?;
        Ok(rows)
    }

    /// Gives a row to a sorter for each group that may be among the first.
    pub(super) fn sort(self, exec: &Exec<'_>, sorter: &mut Sorter<'_>) -> Run<()> {
        let bar = self.bar(sorter);
        self.each(exec, bar, &mut |row| sorter.take(exec, row))
    }

    /// What a count of each group is compared with: where a sorter wants the first rows by a count,
    /// that of the last of them.
    fn bar(&self, sorter: &Sorter<'_>) -> Option<Bar> {
        let (slot, descending, top) = sorter.first_by()?;
        let width = self.grouping.aggregates.len();
        let at = slot.checked_sub(self.grouping.keys.len())?;
        if at >= width || top == 0 || top >= self.keys.len() {
            return None;
        }
        self.totals.bar(at, width, top, descending)
    }

    /// Makes a row of each group, or of each that passes the bar.
    fn each(
        mut self,
        exec: &Exec<'_>,
        bar: Option<Bar>,
        give: &mut dyn FnMut(&mut Row) -> Run<()>,
    ) -> Run<()> {
        exec.shared.guard.look()?;
        if self.keys.len() == 0 && self.grouping.keys.is_empty() {
            self.keys.only();
            self.open(exec)?;
        }
        let width = self.grouping.frame.len();
        let mut totals = self.totals.finished(&self.grouping.aggregates, bar);
        let mut things = self.things.into_iter();
        let mut row = Row::with_capacity(width);
        let mut groups = 0..self.keys.len();
        loop {
            let behind = totals.pass_over();
            let (Some(group), things) = (groups.nth(behind), things.nth(behind)) else {
                return Ok(());
            };
            row.clear();
            self.keys.write(group, exec, &mut row);
            totals.write(&mut row)?;
            row.extend(things.map(Value::list));
            row.resize(width, Value::Null);
            give(&mut row)?;
        }
    }
}
