//! Which names stand for which slots, and the frame that is being filled.

use super::super::Frame;
use super::super::Op;
use super::super::Plan;
use super::super::expr::Expr;
use super::super::expr::Slot;
use std::sync::Arc;

/// Names in scope and the slots of the present frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The slots of the present frame, by the name they print as.
    slots: Frame,
    /// Variables in scope.
    known: Vec<(Arc<str>, Slot)>,
    /// Variables of comprehensions, outermost first.
    pub(super) locals: Vec<Arc<str>>,
    /// Names that stand for expressions: aliases while ORDER BY is lowered.
    pub(super) aliases: Vec<(Arc<str>, Expr)>,
    /// Slots of this frame that patterns filled, for pictures.
    pub(super) things: Vec<Slot>,
    /// The slot that lists what earlier frames matched.
    pub(super) trace: Option<Slot>,
    /// The step that started the present frame; `None` where it is the plan's first.
    home: Option<usize>,
}

impl Scope {
    /// Gives the slot of a variable.
    pub(super) fn slot(&self, name: &str) -> Option<Slot> {
        let found = self.known.iter().rev().find(|(known, _)| &**known == name);
        found.map(|(_, slot)| *slot)
    }

    /// Gives the place of the innermost local of a name.
    pub(super) fn local(&self, name: &str) -> Option<usize> {
        self.locals.iter().rposition(|local| &**local == name)
    }

    /// Adds a slot that no name stands for.
    pub(super) fn hidden(&mut self, print: &str) -> Slot {
        self.slots.push(print.into());
        self.slots.len() - 1
    }

    /// Adds a variable with a slot of its own.
    pub(super) fn declare(&mut self, name: &Arc<str>) -> Slot {
        let slot = self.hidden(name);
        self.known.push((Arc::clone(name), slot));
        slot
    }

    /// Lets a variable stand for a slot that is there.
    pub(super) fn alias(&mut self, name: &Arc<str>, slot: Slot) {
        self.known.push((Arc::clone(name), slot));
    }

    /// Takes a variable out of scope; its slot stays.
    pub(super) fn forget(&mut self, name: &str) {
        if let Some(at) = self.known.iter().rposition(|(known, _)| &**known == name) {
            self.known.remove(at);
        }
    }

    /// Lists the variables in scope, by name.
    pub(super) fn variables(&self) -> Vec<(Arc<str>, Slot)> {
        let mut variables = self.known.clone();
        variables.sort();
        variables
    }

    /// Gives the slots of the present frame.
    pub(super) fn names(&self) -> Frame {
        self.slots.clone()
    }

    /// Counts the slots of the present frame.
    pub(super) fn width(&self) -> usize {
        self.slots.len()
    }

    /// Starts over with a frame whose first `columns` slots are variables.
    pub(super) fn restart(&mut self, frame: &[Arc<str>], columns: usize) {
        let known = frame.iter().take(columns).cloned().enumerate();
        self.known = known.map(|(slot, name)| (name, slot)).collect();
        self.slots = frame.to_vec();
        self.things.clear();
        self.trace = None;
    }

    /// Notes that the step just added to the plan starts a new frame.
    pub(super) fn enter(&mut self, plan: &Plan) {
        self.home = plan.steps.len().checked_sub(1);
    }

    /// Writes the slots of the frame that ends here where it started.
    pub(super) fn close(&mut self, plan: &mut Plan) {
        let home = self.home.take();
        let step = home.and_then(|at| plan.steps.get_mut(at));
        match step.map(|step| &mut step.op) {
            Some(Op::Project(project)) => project.frame.clone_from(&self.slots),
            Some(Op::Aggregate(grouping)) => grouping.frame.clone_from(&self.slots),
            Some(Op::Union(union)) => union.frame.clone_from(&self.slots),
            _ => plan.frame.clone_from(&self.slots),
        }
    }
}
