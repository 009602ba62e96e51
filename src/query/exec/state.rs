//! What an operator remembers from row to row within one run.

use super::Exec;
use super::Row;
use super::Run;
use super::count::number;
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
    /// How many rows are still to be dropped or let through.
    Left(usize),
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

/// Gives what the operators of these steps remember at the start of a run.
///
/// Counts of SKIP and LIMIT are computed here and not at the first row, so that a wrong one is an error
/// where there is no row, too.
pub(super) fn of_all(steps: &[Step], exec: &Exec<'_>) -> Run<Vec<State>> {
    steps.iter().map(|step| State::new(step, exec)).collect()
}

impl State {
    fn new(step: &Step, exec: &Exec<'_>) -> Run<Self> {
        Ok(match &step.op {
            Op::Skip(count) | Op::Limit(count) => Self::Left(number(count, exec)?),
            Op::Distinct(1) => Self::SeenOne(FxHashSet::default()),
            Op::Distinct(_) => Self::Seen(FxHashSet::default()),
            Op::Project(project) => Self::Frame(vec![Value::Null; project.frame.len()]),
            Op::Walk(_) => Self::Marks(Marks::default()),
            Op::Join(_) => Self::Table(None),
            _ => Self::Nothing,
        })
    }
}
