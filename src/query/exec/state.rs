//! What an operator remembers from row to row within one run.

use super::Row;
use super::join::Table;
use super::reach::Marks;
use crate::model::Value;
use crate::query::ops::RowKey;
use crate::query::plan::Op;
use crate::query::plan::Step;
use rustc_hash::FxHashSet;

/// What one operator remembers.
pub(super) enum State {
    /// Nothing.
    Nothing,
    /// How many rows are still to be dropped or let through; `None` before the first.
    Left(Option<usize>),
    /// Rows seen before.
    Seen(FxHashSet<RowKey>),
    /// Single values seen before, where rows have one column.
    SeenOne(FxHashSet<crate::query::ops::HashKey>),
    /// The row of the new frame.
    Frame(Row),
    /// Nodes reached.
    Marks(Marks),
    /// The other side of a join; `None` before the first row.
    Table(Option<Table>),
}

impl State {
    /// Gives what the operator of a step remembers at the start.
    pub(super) fn new(step: &Step) -> Self {
        match &step.op {
            Op::Skip(_) | Op::Limit(_) => Self::Left(None),
            Op::Distinct(1) => Self::SeenOne(FxHashSet::default()),
            Op::Distinct(_) => Self::Seen(FxHashSet::default()),
            Op::Project(project) => Self::Frame(vec![Value::Null; project.frame.len()]),
            Op::Walk(_) => Self::Marks(Marks::default()),
            Op::Join(_) => Self::Table(None),
            _ => Self::Nothing,
        }
    }
}
