//! Rows and time per operator, for `profile`.

use super::Run;
use std::cell::RefCell;
use std::time::Duration;
use std::time::Instant;

/// What was measured of one step.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    /// Rows given to the step.
    pub(crate) rows: u64,
    /// Time in the step and in all that follow it.
    pub(crate) whole: Duration,
    /// Time in the step alone.
    pub(crate) own: Duration,
}

/// Measures of all steps, by their number.
#[derive(Debug)]
pub(crate) struct Profile {
    measures: RefCell<Vec<Measure>>,
    inner: RefCell<Vec<Duration>>,
}

impl Profile {
    /// Makes room for so many steps.
    pub(crate) fn new(steps: usize) -> Self {
        Self {
            measures: RefCell::new(vec![Measure::default(); steps]),
            inner: RefCell::default(),
        }
    }

    /// Runs a step and adds what it took, less what the steps it called took.
    pub(crate) fn time(&self, id: usize, step: impl FnOnce() -> Run<()>) -> Run<()> {
        self.inner.borrow_mut().push(Duration::ZERO);
        let start = Instant::now();
        let result = step();
        let whole = start.elapsed();
        let inner = self.inner.borrow_mut().pop().unwrap_or_default();
        if let Some(outer) = self.inner.borrow_mut().last_mut() {
            *outer += whole;
        }
        if let Some(measure) = self.measures.borrow_mut().get_mut(id) {
            measure.rows += 1;
            measure.whole += whole;
            measure.own += whole.saturating_sub(inner);
        }
        result
    }

    /// Adds rows to a step that is not called row by row.
    pub(crate) fn count(&self, id: usize, rows: usize) {
        if let Some(measure) = self.measures.borrow_mut().get_mut(id) {
            measure.rows += rows as u64;
        }
    }

    /// Gives what was measured of a step.
    pub(crate) fn of(&self, id: usize) -> Measure {
        self.measures.borrow().get(id).copied().unwrap_or_default()
    }
}
