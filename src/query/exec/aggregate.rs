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
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashSet;

/// So many matched things of a group are kept for pictures.
const DRAWN: usize = 20_000;

/// Collects rows into groups.
pub(super) struct Groups<'p> {
    grouping: &'p Grouping,
    groups: IndexMap<RowKey, Group, FxBuildHasher>,
    scratch: RowKey,
}

/// What one group has gathered.
struct Group {
    totals: Vec<Total>,
    things: Vec<Value>,
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
        let mut arguments = Vec::with_capacity(aggregate.arguments.len());
        for argument in &aggregate.arguments {
            arguments.push(exec.value(argument, row)?);
        }
        match self {
            Self::Rows(_) => {}
            Self::Values(count) => *count += weight * i64::from(!arguments[0].is_null()),
            Self::Different(seen) => {
                if let Some(value) = arguments.pop().filter(|value| !value.is_null())
                    && seen.insert(HashKey(value))
                {
                    exec.shared.guard.keep(2 * size_of::<Value>())?;
                }
            }
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
            groups: IndexMap::default(),
            scratch: RowKey(Vec::new()),
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
        let grouping = self.grouping;
        let group = match self.groups.get_index_of(&self.scratch) {
            Some(at) => &mut self.groups[at],
            None => {
                let bytes = (self.scratch.0.len() + 2 * grouping.aggregates.len() + 4) * 16;
                exec.shared.guard.keep(bytes)?;
                let key = RowKey(self.scratch.0.clone());
                self.groups.entry(key).or_insert_with(|| fresh(grouping))
            }
        };
        for (total, aggregate) in group.totals.iter_mut().zip(&grouping.aggregates) {
            total.add(aggregate, weight, exec, row)?;
        }
        if let Some(trace) = &grouping.trace
            && group.things.len() < DRAWN
        {
            gather(&exec.value(trace, row)?, &mut group.things);
        }
        Ok(())
    }

    pub(super) fn finish(mut self, exec: &Exec<'_>) -> Run<Vec<Row>> {
        exec.shared.guard.look()?;
        if self.groups.is_empty() && self.grouping.keys.is_empty() {
            let group = fresh(self.grouping);
            self.groups.insert(RowKey(Vec::new()), group);
        }
        let mut rows = Vec::with_capacity(self.groups.len());
        for (key, group) in self.groups {
            let mut row = key.0;
            row.reserve_exact(self.grouping.frame.len() - row.len());
            for (total, aggregate) in group.totals.into_iter().zip(&self.grouping.aggregates) {
                row.push(total.finish(aggregate)?);
            }
            if self.grouping.trace.is_some() {
                row.push(Value::list(group.things));
            }
            row.resize(self.grouping.frame.len(), Value::Null);
            rows.push(row);
        }
        Ok(rows)
    }
}

fn fresh(grouping: &Grouping) -> Group {
    Group {
        totals: grouping.aggregates.iter().map(Total::new).collect(),
        things: Vec::new(),
    }
}
