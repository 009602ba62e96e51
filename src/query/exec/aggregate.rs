//! Groups rows and computes aggregates over each group.
//!
//! Groups come in the order of their first rows. Without keys there is one group, also of no rows.

use super::Exec;
use super::Row;
use super::Run;
use super::paths::gather;
use crate::model::Value;
use crate::query::functions::Accumulator;
use crate::query::functions::Kind;
use crate::query::ops::HashKey;
use crate::query::ops::RowKey;
use crate::query::plan::Grouping;
use crate::query::plan::expr::Aggregate;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashSet;

/// So many matched things of a group are kept for pictures.
const DRAWN: usize = 20_000;

/// Collects rows into groups.
pub(super) struct Groups<'p> {
    grouping: &'p Grouping,
    /// The keys of each group, by its number.
    keys: IndexSet<RowKey, FxBuildHasher>,
    /// The totals of all groups, one group after the other.
    totals: Vec<Total>,
    /// The matched things of each group, where pictures are wanted.
    things: Vec<Vec<Value>>,
    /// The keys of the row in flight, and the group of the row before it.
    scratch: RowKey,
    last: usize,
}

/// What one aggregate of a group has gathered.
enum Total {
    /// How many rows.
    Rows(i64),
    /// How many values that are not null.
    Values(i64),
    /// Distinct values that are not null, where only their number is asked.
    Different(FxHashSet<HashKey>),
    /// Anything else.
    Other(Box<dyn Accumulator>, Option<FxHashSet<RowKey>>),
}

impl Total {
    fn new(aggregate: &Aggregate) -> Self {
        let Some(function) = aggregate.function else {
            return Self::Rows(0);
        };
        match function.0.kind {
            Kind::Aggregate(make) => match (function.0.name, aggregate.distinct) {
                ("count", false) => Self::Values(0),
                ("count", true) => Self::Different(FxHashSet::default()),
                (_, distinct) => Self::Other(make(), distinct.then(FxHashSet::default)),
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
            let value = exec.value(argument, row)?;
            return self.count(value, weight, exec);
        }
        let mut arguments = Vec::with_capacity(aggregate.arguments.len());
        for argument in &aggregate.arguments {
            arguments.push(exec.value(argument, row)?);
        }
        match self {
            Self::Rows(_) | Self::Values(_) | Self::Different(_) => {}
            Self::Other(accumulator, seen) => {
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
                if seen.insert(HashKey(value)) {
                    exec.shared.guard.keep(2 * size_of::<Value>())?;
                }
            }
            Self::Rows(_) | Self::Other(..) => {}
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
        Self {
            grouping,
            keys: IndexSet::default(),
            totals: Vec::new(),
            things: Vec::new(),
            scratch: RowKey(Vec::new()),
            last: 0,
        }
    }

    pub(super) fn take(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        exec.shared.guard.tick()?;
        self.scratch.0.clear();
        for key in &self.grouping.keys {
            self.scratch.0.push(exec.value(key, row)?);
        }
        let weight = match self.grouping.weight {
            Some(slot) => row[slot].as_int().unwrap_or(1),
            None => 1,
        };
        let group = self.group(exec)?;
        let aggregates = &self.grouping.aggregates;
        let first = group * aggregates.len();
        for (total, aggregate) in self.totals[first..].iter_mut().zip(aggregates) {
            total.add(aggregate, weight, exec, row)?;
        }
        if let Some(trace) = &self.grouping.trace
            && let Some(things) = self.things.get_mut(group)
            && things.len() < DRAWN
        {
            gather(&exec.value(trace, row)?, things);
        }
        Ok(())
    }

    /// Gives the number of the group of the keys at hand. Rows of a group often follow each other.
    fn group(&mut self, exec: &Exec<'_>) -> Run<usize> {
        if self.keys.get_index(self.last) == Some(&self.scratch) {
            return Ok(self.last);
        }
        self.last = match self.keys.get_index_of(&self.scratch) {
            Some(at) => at,
            None => {
                let cells = self.scratch.0.len() + 2 * self.grouping.aggregates.len() + 4;
                exec.shared.guard.keep(cells * size_of::<Value>())?;
                self.open(RowKey(self.scratch.0.clone()))
            }
        };
        Ok(self.last)
    }

    fn open(&mut self, key: RowKey) -> usize {
        let totals = self.grouping.aggregates.iter().map(Total::new);
        self.totals.extend(totals);
        if self.grouping.trace.is_some() {
            self.things.push(Vec::new());
        }
        self.keys.insert_full(key).0
    }

    pub(super) fn finish(mut self, exec: &Exec<'_>) -> Run<Vec<Row>> {
        exec.shared.guard.look()?;
        if self.keys.is_empty() && self.grouping.keys.is_empty() {
            self.open(RowKey(Vec::new()));
        }
        let width = self.grouping.frame.len();
        let mut rows = Vec::with_capacity(self.keys.len());
        let mut totals = self.totals.into_iter();
        let mut things = self.things.into_iter();
        for key in self.keys {
            let mut row = Row::with_capacity(width);
            row.extend(key.0);
            for aggregate in &self.grouping.aggregates {
                if let Some(total) = totals.next() {
                    row.push(total.finish(aggregate)?);
                }
            }
            row.extend(things.next().map(Value::list));
            row.resize(width, Value::Null);
            rows.push(row);
        }
        Ok(rows)
    }
}
