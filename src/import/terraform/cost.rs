//! What working a configuration out may cost.
//!
//! A few lines can name a value so often that it grows without end: a text that holds another twice,
//! and is itself held twice by the next. So not only expressions are counted, but also what they come
//! to, once it is larger than people write.

use super::value::{Reference, Val};
use crate::import::Bounds;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Weight of a value that costs nothing: values inside, and pieces of text.
const LIGHT: usize = 4_096;
/// Weight that costs as much as an expression.
const PER_STEP: usize = 4;
/// Length of a piece of text, in bytes.
const PIECE: usize = 16;
/// Depth of lists and maps that nobody writes.
const DEEP: usize = 1_000;

/// What is left, and which bounds were met.
pub(crate) struct Cost<'b> {
    bounds: &'b Bounds,
    left: Cell<usize>,
    met: RefCell<BTreeSet<&'static str>>,
}

impl<'b> Cost<'b> {
    pub(super) fn new(bounds: &'b Bounds) -> Self {
        Self {
            bounds,
            left: Cell::new(bounds.expressions),
            met: RefCell::default(),
        }
    }

    /// Gives the bounds that it keeps.
    pub(super) fn bounds(&self) -> &Bounds {
        self.bounds
    }

    /// Spends steps; false where there are not so many left, or reading is to end.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.left.get();
        let enough = left >= steps && !self.bounds.stop.is_set();
        self.left.set(left.saturating_sub(steps));
        self.unless(enough, "--max-expressions")
    }

    /// Tells whether expressions may lead deeper into each other.
    pub(super) fn deeper(&self, depth: usize) -> bool {
        // Each name that leads to the next has an expression around it, and a part within that.
        let deepest = self.bounds.reference_steps.saturating_mul(3);
        self.unless(depth < deepest, "--max-reference-steps")
    }

    /// Gives as many items as a loop may make.
    pub(crate) fn items<T>(&self, items: Vec<T>) -> impl Iterator<Item = T> + use<T> {
        self.unless(items.len() <= self.most_items(), "--max-loop-items");
        items.into_iter().take(self.most_items())
    }

    /// Gives how many items a function may make.
    pub(crate) fn most_items(&self) -> usize {
        self.bounds.loop_items
    }

    /// Gives as many instances as are worked out of a block.
    pub(super) fn instances<T>(&self, items: Vec<T>) -> impl Iterator<Item = T> + use<T> {
        self.unless(items.len() <= self.bounds.instances, "--max-instances");
        items.into_iter().take(self.bounds.instances)
    }

    /// Gives what values refer to, no more of it than one value may remember.
    pub(super) fn references<'v>(
        &self,
        values: impl IntoIterator<Item = &'v Val>,
    ) -> Vec<Reference> {
        let most = self.bounds.references;
        let mut found = Vec::new();
        for value in values {
            value.collect_references(&mut found, most.saturating_add(1));
        }
        self.unless(found.len() <= most, "--max-references");
        found.truncate(most);
        found
    }

    /// Makes an open value that remembers what others refer to.
    pub(crate) fn open<'v>(
        &self,
        text: impl AsRef<str>,
        inputs: impl IntoIterator<Item = &'v Val>,
    ) -> Val {
        Val::open(text, self.references(inputs))
    }

    /// Gives the value back, or an open one where it is too heavy.
    pub(crate) fn weighed(&self, value: Val) -> Val {
        match self.bear(std::slice::from_ref(&value)) {
            true => value,
            false => Val::unknown("…"),
        }
    }

    /// Joins parts to a text, or gives an open one where that would be too long.
    pub(crate) fn joined(&self, parts: Vec<Val>) -> Val {
        match self.bear(&parts) {
            true => Val::join(parts),
            false => Val::unknown("…"),
        }
    }

    /// Spends what values weigh.
    fn bear(&self, values: &[Val]) -> bool {
        let most = self.left.get().saturating_mul(PER_STEP).max(LIGHT) + PER_STEP;
        let mut room = most;
        values.iter().for_each(|value| weigh(value, &mut room, 0));
        let weight = most - room;
        weight <= LIGHT || self.spend(weight / PER_STEP)
    }

    fn unless(&self, holds: bool, flag: &'static str) -> bool {
        if !holds {
            self.met.borrow_mut().insert(flag);
        }
        holds
    }

    /// Gives the flags of the bounds that were met.
    pub(super) fn met(&self) -> Vec<&'static str> {
        self.met.borrow().iter().copied().collect()
    }
}

/// Takes what a value weighs from the room there is.
fn weigh(value: &Val, room: &mut usize, depth: usize) {
    *room = match depth {
        DEEP.. => 0,
        _ => room.saturating_sub(1),
    };
    match value {
        _ if *room == 0 => {}
        Val::Text(text) => *room = room.saturating_sub(text.len() / PIECE),
        Val::List(items) | Val::Join(items) => {
            items.iter().for_each(|item| weigh(item, room, depth + 1));
        }
        Val::Map(map) => map.values().for_each(|item| weigh(item, room, depth + 1)),
        _ => {}
    }
}
