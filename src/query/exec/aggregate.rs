//! Groups rows and computes aggregates over each group.
//!
//! Groups come in the order of their first rows. Without keys there is one group, also of no rows.

use super::Exec;
use super::Row;
use super::Run;
use super::keys::Keys;
use super::paths::gather;
use super::sets::Distinct;
use super::sort::Sorter;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::functions::Accumulator;
use crate::query::functions::Kind;
use crate::query::ops::RowKey;
use crate::query::plan::Grouping;
use crate::query::plan::expr::Aggregate;
use crate::query::plan::expr::Slot;
use rustc_hash::FxHashSet;

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

/// The totals of all groups, one group after the other.
enum Totals {
    /// Where rows are only counted.
    Counts(Vec<i64>),
    /// Anything else.
    Mixed(Vec<Total>),
}

/// What one aggregate of a group has gathered.
enum Total {
    /// How many rows.
    Rows(i64),
    /// How many values that are not null.
    Values(i64),
    /// Distinct values that are not null, where only their number is asked.
    Different(Box<Distinct>),
    /// Anything else.
    Other(Box<dyn Accumulator>, Option<Box<FxHashSet<RowKey>>>),
}

impl Total {
    fn new(aggregate: &Aggregate) -> Self {
        let Some(function) = aggregate.function else {
            return Self::Rows(0);
        };
        match function.0.kind {
            Kind::Aggregate(make) => match (function.0.name, aggregate.distinct) {
                ("count", false) => Self::Values(0),
                ("count", true) => Self::Different(Box::default()),
                (_, distinct) => Self::Other(make(), distinct.then(Box::default)),
            },
            Kind::Scalar(_) => Self::Rows(0),
        }
    }

    fn add(&mut self, aggregate: &Aggregate, weight: i64, exec: &Exec<'_>, row: &Row) -> Run<()> {
        if let Self::Rows(count) = self {
            *count += weight;
            return Ok(());
        }
        if let Self::Values(_) | Self::Different(_) = self
            && let Some(argument) = aggregate.arguments.first()
        {
            let slot = argument.as_slot().map(|slot| &row[slot]);
            if let (Self::Different(seen), Some(Value::Node(node))) = (&mut *self, slot) {
                return match seen.insert_node(*node) {
                    true => Ok(exec.shared.guard.keep(2 * size_of::<Value>())?),
                    false => Ok(()),
                };
            }
            let value = exec.value(argument, row)?;
            return self.count(value, weight, exec);
        }
        let mut arguments = Vec::with_capacity(aggregate.arguments.len());
        for argument in &aggregate.arguments {
            arguments.push(exec.value(argument, row)?);
        }
        if let Self::Other(accumulator, seen) = self {
            let new = seen
                .as_mut()
                .is_none_or(|seen| seen.insert(RowKey(arguments.clone())));
            if new {
                exec.shared.guard.keep(size_of::<Value>())?;
                accumulator
                    .add(&arguments)
                    .map_err(|error| place(error, aggregate))?;
            }
        }
        Ok(())
    }

    /// Counts a value that is not null.
    fn count(&mut self, value: Value, weight: i64, exec: &Exec<'_>) -> Run<()> {
        if value.is_null() {
            return Ok(());
        }
        match self {
            Self::Values(count) => *count += weight,
            Self::Different(seen) => {
                if seen.insert(value) {
                    exec.shared.guard.keep(2 * size_of::<Value>())?;
                }
            }
            Self::Rows(_) | Self::Other(..) => {}
        }
        Ok(())
    }

    /// Counts rows that hold these nodes where the aggregate looks.
    fn add_nodes(&mut self, nodes: &[NodeId], exec: &Exec<'_>) -> Run<()> {
        match self {
            Self::Rows(count) | Self::Values(count) => *count += nodes.len() as i64,
            Self::Different(seen) => {
                let new = seen.extend(nodes);
                exec.shared.guard.keep(new * 2 * size_of::<Value>())?;
            }
            Self::Other(..) => {}
        }
        Ok(())
    }

    fn finish(self, aggregate: &Aggregate) -> Run<Value> {
        Ok(match self {
            Self::Rows(count) | Self::Values(count) => Value::Int(count),
            Self::Different(seen) => Value::Int(seen.len() as i64),
            Self::Other(accumulator, _) => accumulator
                .finish()
                .map_err(|error| place(error, aggregate))?,
        })
    }
}

fn place(error: crate::diag::Diagnostic, aggregate: &Aggregate) -> crate::diag::Diagnostic {
    match error.span {
        Some(_) => error,
        None => error.at(aggregate.span),
    }
}

impl<'p> Groups<'p> {
    pub(super) fn new(grouping: &'p Grouping) -> Self {
        let counts = grouping
            .aggregates
            .iter()
            .all(|aggregate| aggregate.function.is_none());
        Self {
            grouping,
            keys: Keys::new(&grouping.keys),
            totals: match counts {
                true => Totals::Counts(Vec::new()),
                false => Totals::Mixed(Vec::new()),
            },
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
        let aggregates = &self.grouping.aggregates;
        let first = group * aggregates.len();
        match &mut self.totals {
            Totals::Counts(counts) => {
                let own = counts[first..].iter_mut().take(aggregates.len());
                own.for_each(|count| *count += weight);
            }
            Totals::Mixed(totals) => {
                for (total, aggregate) in totals[first..].iter_mut().zip(aggregates) {
                    total.add(aggregate, weight, exec, row)?;
                }
            }
        }
        if let Some(trace) = &self.grouping.trace
            && let Some(things) = self.things.get_mut(group)
            && things.len() < DRAWN
        {
            gather(&exec.value(trace, row)?, things);
        }
        Ok(())
    }

    /// Takes a row that stands for so many, and differs from the row before in a slot that holds this
    /// node; false, and nothing taken, where more than the node decides.
    #[inline]
    pub(super) fn take_counted(
        &mut self,
        exec: &Exec<'_>,
        slot: Slot,
        node: NodeId,
        weight: usize,
    ) -> Run<bool> {
        let known = self.keys.len();
        let Totals::Counts(counts) = &mut self.totals else {
            return Ok(false);
        };
        let width = self.grouping.aggregates.len();
        if self.grouping.trace.is_some() || known == 0 {
            return Ok(false);
        }
        let Some(group) = self.keys.find_node(slot, node) else {
            return Ok(false);
        };
        if group == known {
            exec.shared.guard.keep((width + 1) * size_of::<Value>())?;
            counts.resize(counts.len() + width, 0);
        }
        for count in counts[group * width..].iter_mut().take(width) {
            *count += weight as i64;
        }
        Ok(true)
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
        match &mut self.totals {
            Totals::Counts(counts) => {
                let own = counts[group * width..].iter_mut().take(width);
                own.for_each(|count| *count += nodes.len() as i64);
            }
            Totals::Mixed(totals) => {
                for total in totals[group * width..].iter_mut().take(width) {
                    total.add_nodes(nodes, exec)?;
                }
            }
        }
        Ok(())
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
            let cells = self.grouping.keys.len() + 2 * self.grouping.aggregates.len() + 4;
            exec.shared.guard.keep(cells * size_of::<Value>())?;
            self.open();
        }
        Ok(group)
    }

    /// Makes room for one more group.
    fn open(&mut self) {
        let aggregates = &self.grouping.aggregates;
        match &mut self.totals {
            Totals::Counts(counts) => counts.resize(counts.len() + aggregates.len(), 0),
            Totals::Mixed(totals) => totals.extend(aggregates.iter().map(Total::new)),
        }
        if self.grouping.trace.is_some() {
            self.things.push(Vec::new());
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

    /// What a count of each group is compared with, and how it has to stand to it: where a sorter wants
    /// the first rows by a count, that of the last of them.
    fn bar(&self, sorter: &Sorter<'_>) -> Option<Bar> {
        let Totals::Counts(counts) = &self.totals else {
            return None;
        };
        let (slot, descending, top) = sorter.first_by()?;
        let width = self.grouping.aggregates.len();
        let at = slot.checked_sub(self.grouping.keys.len())?;
        if at >= width || top == 0 || top >= self.keys.len() {
            return None;
        }
        let mut own: Vec<i64> = counts.iter().skip(at).step_by(width).copied().collect();
        let order = |a: &i64, b: &i64| if descending { b.cmp(a) } else { a.cmp(b) };
        let (_, last, _) = own.select_nth_unstable_by(top - 1, order);
        Some(Bar {
            at,
            last: *last,
            descending,
        })
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
            self.open();
        }
        let width = self.grouping.frame.len();
        let mut totals = self.totals.finished(&self.grouping.aggregates, bar);
        let mut things = self.things.into_iter();
        let mut row = Row::with_capacity(width);
        for group in 0..self.keys.len() {
            let things = things.next();
            if totals.passes_over() {
                continue;
            }
            row.clear();
            self.keys.write(group, exec, &mut row);
            totals.write(&mut row)?;
            row.extend(things.map(Value::list));
            row.resize(width, Value::Null);
            give(&mut row)?;
        }
        Ok(())
    }
}

/// What a count has to reach to be among the first.
#[derive(Clone, Copy)]
struct Bar {
    /// Which of the counts of a group.
    at: usize,
    last: i64,
    descending: bool,
}

/// The totals of one group after the other.
struct Finished<'p> {
    aggregates: &'p [Aggregate],
    bar: Option<Bar>,
    left: Left,
}

enum Left {
    Counts(std::vec::IntoIter<i64>),
    Mixed(std::vec::IntoIter<Total>),
}

impl Totals {
    fn finished(self, aggregates: &[Aggregate], bar: Option<Bar>) -> Finished<'_> {
        Finished {
            aggregates,
            bar,
            left: match self {
                Self::Counts(counts) => Left::Counts(counts.into_iter()),
                Self::Mixed(totals) => Left::Mixed(totals.into_iter()),
            },
        }
    }
}

impl Finished<'_> {
    /// Leaves the next group out if it does not reach the bar.
    #[inline]
    fn passes_over(&mut self) -> bool {
        let (Some(bar), Left::Counts(counts)) = (self.bar, &mut self.left) else {
            return false;
        };
        let own = counts.as_slice().get(bar.at).copied().unwrap_or_default();
        let behind = if bar.descending {
            own < bar.last
        } else {
            own > bar.last
        };
        if behind {
            counts.nth(self.aggregates.len() - 1);
        }
        behind
    }

    /// Adds the totals of the next group to a row.
    fn write(&mut self, row: &mut Row) -> Run<()> {
        for aggregate in self.aggregates {
            row.push(match &mut self.left {
                Left::Counts(counts) => Value::Int(counts.next().unwrap_or_default()),
                Left::Mixed(totals) => match totals.next() {
                    Some(total) => total.finish(aggregate)?,
                    None => Value::Null,
                },
            });
        }
        Ok(())
    }
}
