//! Runs plans that write: stretches of reading, and between them one writing step at a time.
//!
//! A writing step sees all its rows before it changes anything, and what stands behind it sees all
//! it did. The caller begins and ends the statement (`Graph::begin`, `commit`, `rollback`).

use super::Exec;
use super::Input;
use super::Row;
use super::Run;
use super::Shared;
use super::apply::branch_row;
use crate::model::Graph;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::plan::Apply;
use crate::query::plan::Op;
use crate::query::plan::Plan;
use crate::query::plan::Step;
use crate::query::plan::Union;

/// Reads and writes a graph.
pub(crate) struct Writer<'a> {
    pub(super) graph: &'a mut Graph,
    pub(super) shared: &'a Shared<'a>,
    /// Nodes that are to go once their edges are gone.
    pub(super) doomed: Vec<NodeId>,
}

impl<'a> Writer<'a> {
    /// Makes a writer over a graph on which a statement has begun.
    pub(crate) fn new(graph: &'a mut Graph, shared: &'a Shared<'a>) -> Self {
        Self {
            graph,
            shared,
            doomed: Vec::new(),
        }
    }

    /// Gives the reader of the graph as it stands now.
    pub(super) fn reader(&self) -> Exec<'_> {
        Exec {
            view: &*self.graph,
            shared: self.shared,
            still: None,
        }
    }

    /// Runs a plan on rows and gives its rows.
    pub(crate) fn run(&mut self, plan: &Plan, rows: Vec<Row>) -> Run<Vec<Row>> {
        let mut rows = rows;
        let mut from = 0;
        for (at, step) in plan.steps.iter().enumerate() {
            if step.op.writes() {
                rows = self.read(&plan.steps[from..at], rows)?;
                rows = self.write(step, rows)?;
                from = at + 1;
            }
        }
        self.read(&plan.steps[from..], rows)
    }

    /// Runs steps that only read.
    pub(super) fn read(&self, steps: &[Step], rows: Vec<Row>) -> Run<Vec<Row>> {
        if steps.is_empty() {
            return Ok(rows);
        }
        let mut kept = Vec::new();
        let reader = self.reader();
        reader.drive(steps, Input::Many(rows), &mut |row| {
            let bytes = size_of::<Row>() + row.len() * size_of::<Value>();
            self.shared.guard.keep(bytes)?;
            kept.push(row.clone());
            Ok(())
        })?;
        Ok(kept)
    }

    fn write(&mut self, step: &Step, mut rows: Vec<Row>) -> Run<Vec<Row>> {
        match &step.op {
            Op::Create(create) => {
                for row in &mut rows {
                    self.create(create, row)?;
                }
            }
            Op::Merge(merge) => rows = self.merge(merge, rows)?,
            Op::Set(items) => {
                for row in &rows {
                    self.set(items, row)?;
                }
            }
            Op::Delete { targets, detach } => self.delete(targets, *detach, &rows)?,
            Op::Foreach { list, slot, body } => {
                for row in &mut rows {
                    self.foreach(list, *slot, body, row)?;
                }
            }
            Op::Apply(apply) => rows = self.apply(apply, rows)?,
            Op::Union(union) => rows = self.union(union, &rows)?,
            _ => {}
        }
        if let Some(profile) = &self.shared.profile {
            profile.count(step.id, rows.len());
        }
        Ok(rows)
    }

    /// Runs a writing plan in a frame of its own for each row.
    fn apply(&mut self, apply: &Apply, rows: Vec<Row>) -> Run<Vec<Row>> {
        let mut all = Vec::new();
        for row in rows {
            let reader = self.reader();
            let inner = reader.inner_row(&apply.body, &apply.imports, &row)?;
            let found = self.run(&apply.body, vec![inner])?;
            if apply.unit {
                all.push(row);
                continue;
            }
            for inner in found {
                let mut outer = row.clone();
                for (from, to) in &apply.exports {
                    outer[*to] = inner[*from].clone();
                }
                all.push(outer);
            }
        }
        Ok(all)
    }

    fn union(&mut self, union: &Union, rows: &[Row]) -> Run<Vec<Row>> {
        let mut all = Vec::new();
        for row in rows {
            for branch in &union.branches {
                all.extend(self.run(branch, vec![branch_row(branch, row)])?);
            }
        }
        Ok(all)
    }
}
