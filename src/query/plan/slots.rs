//! A set of slots: a bit for each, for frames are narrow.

use super::expr::Slot;

/// A set of slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    words: Vec<u64>,
}

impl Slots {
    /// Tells whether a slot is in it.
    pub(super) fn has(&self, slot: Slot) -> bool {
        let word = self.words.get(slot / 64);
        word.is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    pub(super) fn insert(&mut self, slot: Slot) {
        if slot / 64 >= self.words.len() {
            self.words.resize(slot / 64 + 1, 0);
        }
        self.words[slot / 64] |= 1 << (slot % 64);
    }

    pub(super) fn remove(&mut self, slot: Slot) {
        if let Some(word) = self.words.get_mut(slot / 64) {
            *word &= !(1 << (slot % 64));
        }
    }

    /// Lists them in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Slot> {
        (0..self.words.len() * 64).filter(|slot| self.has(*slot))
    }
}

impl Extend<Slot> for Slots {
    fn extend<T: IntoIterator<Item = Slot>>(&mut self, slots: T) {
        slots.into_iter().for_each(|slot| self.insert(slot));
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<T: IntoIterator<Item = Slot>>(slots: T) -> Self {
        let mut set = Self::default();
        set.extend(slots);
        set
    }
}
