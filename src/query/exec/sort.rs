//! Orders rows; where only the first are wanted, keeps no more than those.

use super::Exec;
use super::Row;
use super::Run;
use super::count::number;
use crate::model::Value;
use crate::query::ops;
use crate::query::plan::Sort;
use crate::query::plan::expr::Slot;
use std::cmp::Ordering;

/// Rows are cut back to the wanted number when so many times more are kept.
const SLACK: usize = 4;

/// Collects rows and gives them in order. Equal rows keep the order they came in.
pub(super) struct Sorter<'p> {
    sort: &'p Sort,
    rows: Vec<Row>,
    top: Option<usize>,
    /// The first `top` rows are in order, and what is not before them is dropped.
    barred: bool,
}

impl<'p> Sorter<'p> {
    pub(super) fn new(exec: &Exec<'_>, sort: &'p Sort) -> Run<Self> {
        let top = match &sort.top {
            None => None,
            Some(parts) => {
                let mut top = 0usize;
                for part in parts {
                    top = top.saturating_add(number(part, exec)?);
                }
                Some(top)
            }
        };
        Ok(Self {
            sort,
            rows: Vec::new(),
            top,
            barred: false,
        })
    }

    pub(super) fn take(&mut self, exec: &Exec<'_>, row: &mut Row) -> Run<()> {
        exec.shared.guard.tick()?;
        let Some(top) = self.top else {
            exec.shared.guard.keep(bytes(row))?;
            self.rows.push(row.clone());
            return Ok(());
        };
        // Once there are enough rows, the last of them is the bar for all that follow.
        if self.barred
            && self
                .rows
                .get(top.wrapping_sub(1))
                .is_none_or(|bar| self.compare(row, bar).is_ge())
        {
            return Ok(());
        }
        exec.shared.guard.keep(bytes(row))?;
        self.rows.push(row.clone());
        if self.rows.len() >= top.saturating_mul(SLACK).max(64) {
            self.order();
            let dropped = self.rows.len().saturating_sub(top);
            self.rows.truncate(top);
            self.barred = true;
            exec.shared.guard.release(dropped * bytes(row));
        }
        Ok(())
    }

    /// Gives the slot that decides first, whether its largest come first, and how many rows are wanted.
    pub(super) fn first_by(&self) -> Option<(Slot, bool, usize)> {
        let (slot, descending) = self.sort.keys.first()?;
        Some((*slot, *descending, self.top?))
    }

    pub(super) fn finish(mut self, exec: &Exec<'_>) -> Run<Vec<Row>> {
        exec.shared.guard.look()?;
        self.order();
        if let Some(top) = self.top {
            self.rows.truncate(top);
        }
        Ok(self.rows)
    }

    fn order(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| self.compare(a, b));
        self.rows = rows;
    }

    fn compare(&self, a: &Row, b: &Row) -> Ordering {
        let mut orders = self.sort.keys.iter().map(|(slot, descending)| {
            let order = ops::order(&a[*slot], &b[*slot]);
            if *descending { order.reverse() } else { order }
        });
        let first = orders.find(|order| order.is_ne());
        first.unwrap_or(Ordering::Equal)
    }
}

fn bytes(row: &Row) -> usize {
    row.len() * size_of::<Value>() + size_of::<Row>()
}
