//! The totals of groups: what each aggregate has gathered.
//!
//! They stand one group after the other, each with a total for each aggregate. Which group a row
//! belongs to is not known here.

use super::Exec;
use super::Row;
use super::Run;
use super::hops::HopRows;
use super::sets::Distinct;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::functions::Accumulator;
use crate::query::functions::Kind;
use crate::query::ops::RowKey;
use crate::query::plan::expr::Aggregate;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// The totals of all groups, one group after the other.
pub(super) enum Totals {
    /// Where rows are only counted.
    Counts(Vec<i64>),
    /// Anything else.
    Mixed(Vec<Total>),
}

/// What one aggregate of a group has gathered.
pub(super) enum Total {
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

    /// Adds what was gathered of other rows, where that adds up.
    fn join(&mut self, other: Self) {
        match (self, other) {
            (Self::Rows(own), Self::Rows(more)) | (Self::Values(own), Self::Values(more)) => {
                *own += more;
            }
            (Self::Different(own), Self::Different(more)) => own.join(*more),
            _ => {}
        }
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

/// Tells whether it makes no difference in what order the values of an aggregate are added up.
pub(super) fn adds_up(aggregate: &Aggregate) -> bool {
    let function = aggregate.function;
    function.is_none_or(|function| function.0.name == "count")
}

fn place(error: crate::diag::Diagnostic, aggregate: &Aggregate) -> crate::diag::Diagnostic {
    match error.span {
        Some(_) => error,
        None => error.at(aggregate.span),
    }
}

/// What a count has to reach to be among the first.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    /// Which of the counts of a group.
    at: usize,
    last: i64,
    descending: bool,
}

/// What an aggregate counts of rows of edges that were walked.
pub(super) enum Counted<'r> {
    /// The rows.
    Rows,
    /// The distinct nodes of a slot.
    Nodes(&'r [NodeId]),
}

impl<'r> Counted<'r> {
    /// Reads an aggregate; `None` where it does more than to count.
    pub(super) fn of(aggregate: &Aggregate, rows: &'r HopRows<'_>) -> Option<Self> {
        let Some(function) = aggregate.function else {
            return Some(Self::Rows);
        };
        let slot = aggregate.arguments.first()?.as_slot()?;
        let nodes = rows.nodes(slot);
        match (function.0.name, aggregate.distinct) {
            ("count", true) => nodes.map(Self::Nodes),
            ("count", false) if nodes.is_some() || rows.edges(slot).is_some() => Some(Self::Rows),
            _ => None,
        }
    }
}

impl Totals {
    pub(super) fn new(aggregates: &[Aggregate]) -> Self {
        let mut functions = aggregates.iter().map(|aggregate| aggregate.function);
        match functions.all(|function| function.is_none()) {
            true => Self::Counts(Vec::new()),
            false => Self::Mixed(Vec::new()),
        }
    }

    /// Makes room for one more group.
    pub(super) fn open(&mut self, aggregates: &[Aggregate]) {
        match self {
            Self::Counts(counts) => counts.resize(counts.len() + aggregates.len(), 0),
            Self::Mixed(totals) => totals.extend(aggregates.iter().map(Total::new)),
        }
    }

    /// Adds a row that stands for so many to a group.
    pub(super) fn add(
        &mut self,
        group: usize,
        aggregates: &[Aggregate],
        weight: i64,
        exec: &Exec<'_>,
        row: &Row,
    ) -> Run<()> {
        let first = group * aggregates.len();
        match self {
            Self::Counts(counts) => {
                let own = counts[first..].iter_mut().take(aggregates.len());
                own.for_each(|count| *count += weight);
            }
            Self::Mixed(totals) => {
                for (total, aggregate) in totals[first..].iter_mut().zip(aggregates) {
                    total.add(aggregate, weight, exec, row)?;
                }
            }
        }
        Ok(())
    }

    /// Adds rows with these nodes to each total of a range; all of them count the rows or the nodes.
    pub(super) fn add_nodes(
        &mut self,
        range: Range<usize>,
        nodes: &[NodeId],
        exec: &Exec<'_>,
    ) -> Run<()> {
        match self {
            Self::Counts(counts) => {
                let own = counts[range].iter_mut();
                own.for_each(|count| *count += nodes.len() as i64);
            }
            Self::Mixed(totals) => {
                for total in &mut totals[range] {
                    total.add_nodes(nodes, exec)?;
                }
            }
        }
        Ok(())
    }

    /// Counts one row in each of these places.
    pub(super) fn add_one_each(&mut self, places: impl Iterator<Item = usize>) {
        match self {
            Self::Counts(counts) => places.for_each(|at| counts[at] += 1),
            Self::Mixed(totals) => places.for_each(|at| {
                if let Total::Rows(count) | Total::Values(count) = &mut totals[at] {
                    *count += 1;
                }
            }),
        }
    }

    /// Adds a node in each of these places, where distinct ones are counted.
    pub(super) fn add_node_each<'n>(
        &mut self,
        places: impl Iterator<Item = (usize, &'n NodeId)>,
        exec: &Exec<'_>,
    ) -> Run<()> {
        let Self::Mixed(totals) = self else {
            return Ok(());
        };
        let mut new = 0;
        for (at, node) in places {
            if let Some(Total::Different(seen)) = totals.get_mut(at) {
                new += usize::from(seen.insert_node(*node));
            }
        }
        Ok(exec.shared.guard.keep(new * 2 * size_of::<Value>())?)
    }

    /// Adds the totals of groups that are all new.
    pub(super) fn append(&mut self, others: Self) {
        match (self, others) {
            (Self::Counts(own), Self::Counts(others)) => own.extend(others),
            (Self::Mixed(own), Self::Mixed(others)) => own.extend(others),
            _ => {}
        }
    }

    /// Makes room for so many groups in all.
    pub(super) fn reserve(&mut self, groups: usize, aggregates: &[Aggregate]) {
        while self.len() < groups * aggregates.len() {
            self.open(aggregates);
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Counts(counts) => counts.len(),
            Self::Mixed(totals) => totals.len(),
        }
    }

    /// Adds the totals of other groups, so many each, to those at their places.
    pub(super) fn join(&mut self, others: Self, places: &[usize], width: usize) {
        let ranges = places
            .iter()
            .map(|place| place * width..(place + 1) * width);
        match (self, others) {
            (Self::Counts(own), Self::Counts(others)) => {
                let others = ranges.flatten().zip(others);
                others.for_each(|(at, count)| own[at] += count);
            }
            (Self::Mixed(own), Self::Mixed(others)) => {
                let others = ranges.flatten().zip(others);
                others.for_each(|(at, total)| own[at].join(total));
            }
            _ => {}
        }
    }

    /// Gives the totals where rows are only counted.
    pub(super) fn counts_mut(&mut self) -> Option<&mut Vec<i64>> {
        match self {
            Self::Counts(counts) => Some(counts),
            Self::Mixed(_) => None,
        }
    }

    /// Gives the last of the first `top` counts at a place of each group; `None` where more is totalled
    /// than counts. Costs a comparison a group for all but the largest.
    pub(super) fn bar(&self, at: usize, width: usize, top: usize, descending: bool) -> Option<Bar> {
        let Self::Counts(counts) = self else {
            return None;
        };
        let sign = |count: i64| if descending { count } else { !count };
        let mut best: BinaryHeap<Reverse<i64>> = BinaryHeap::new();
        for count in counts.iter().skip(at).step_by(width) {
            let rank = Reverse(sign(*count));
            if best.len() < top {
                best.push(rank);
            } else if let Some(mut last) = best.peek_mut()
                && rank < *last
            {
                *last = rank;
            }
        }
        let last = sign(best.peek()?.0);
        Some(Bar {
            at,
            last,
            descending,
        })
    }

    /// Ends all totals; those of groups behind the bar may be passed over.
    pub(super) fn finished(self, aggregates: &[Aggregate], bar: Option<Bar>) -> Finished<'_> {
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

/// The totals of one group after the other.
pub(super) struct Finished<'p> {
    aggregates: &'p [Aggregate],
    bar: Option<Bar>,
    left: Left,
}

enum Left {
    Counts(std::vec::IntoIter<i64>),
    Mixed(std::vec::IntoIter<Total>),
}

impl Finished<'_> {
    /// Leaves out the next groups that do not reach the bar; gives how many.
    pub(super) fn pass_over(&mut self) -> usize {
        let (Some(bar), Left::Counts(counts)) = (self.bar, &mut self.left) else {
            return 0;
        };
        let width = self.aggregates.len().max(1);
        let groups = counts.as_slice().chunks_exact(width);
        let behind = match bar.descending {
            true => groups.take_while(|own| own[bar.at] < bar.last).count(),
            false => groups.take_while(|own| own[bar.at] > bar.last).count(),
        };
        if behind > 0 {
            counts.nth(behind * width - 1);
        }
        behind
    }

    /// Adds the totals of the next group to a row.
    pub(super) fn write(&mut self, row: &mut Row) -> Run<()> {
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
