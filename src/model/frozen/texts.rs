//! Strings kept once each: one run of bytes, where each string ends, and a table that finds them.

use crate::model::slab::Slab;

/// A pool of strings; a string is known by its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    pub(super) bytes: Slab<u8>,
    pub(super) ends: Slab<u64>,
    /// Numbers of strings by hash, open addressing; `FREE` where there is none. A power of two.
    pub(super) slots: Slab<u32>,
}

/// A slot without a string.
const FREE: u32 = u32::MAX;

/// A pool that is being filled.
#[derive(Debug)]
pub(super) struct TextsBuilder {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    slots: Vec<u32>,
}

/// Hashes a string for the table of a snapshot: multiply and rotate over words of eight bytes, as
/// FxHash does. Stands here because a snapshot has to find its strings in every later version.
fn hash(text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut words = text.chunks_exact(8);
    let mut state = text.len() as u64;
    let mut mix = |word: u64| state = (state.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    for word in &mut words {
        mix(u64::from_le_bytes(word.try_into().unwrap_or_default()));
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    mix(u64::from_le_bytes(last));
    state ^ (state >> 32)
}

fn slice<'b>(bytes: &'b [u8], ends: &[u64], number: u32) -> &'b [u8] {
    let number = number as usize;
    let start = if number == 0 {
        0
    } else {
        ends.get(number - 1).copied().unwrap_or(0)
    };
    let end = ends.get(number).copied().unwrap_or(start);
    bytes.get(start as usize..end as usize).unwrap_or(&[])
}

/// Finds the slot of a string, or the free slot where it would go; `slots` are not empty.
fn slot(text: &[u8], bytes: &[u8], ends: &[u64], slots: &[u32]) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash(text) as usize & mask;
    // A free slot ends the walk; the table of a broken snapshot may have none.
    for _ in 0..slots.len() {
        if slots[at] == FREE || slice(bytes, ends, slots[at]) == text {
            break;
        }
        at = (at + 1) & mask;
    }
    at
}

impl Texts {
    /// Gives the number of a string that is kept.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let found = self.slots[slot(text.as_bytes(), &self.bytes, &self.ends, &self.slots)];
        (found != FREE).then_some(found)
    }

    /// Counts the strings.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives the string of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        std::str::from_utf8(slice(&self.bytes, &self.ends, number)).unwrap_or("")
    }
}

impl Default for TextsBuilder {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            ends: Vec::new(),
            slots: vec![FREE; 64],
        }
    }
}

impl TextsBuilder {
    /// Gives the number of a string, keeping it at first sight.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        let at = slot(text.as_bytes(), &self.bytes, &self.ends, &self.slots);
        if self.slots[at] != FREE {
            return self.slots[at];
        }
        let number = self.ends.len() as u32;
        self.slots[at] = number;
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len() as u64);
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Gives the string of a number.
    pub(super) fn get(&self, number: u32) -> &str {
        std::str::from_utf8(slice(&self.bytes, &self.ends, number)).unwrap_or("")
    }

    /// Counts the strings.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Lists the strings by number.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.get(number))
    }

    pub(super) fn finish(mut self) -> Texts {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        Texts {
            bytes: self.bytes.into(),
            ends: self.ends.into(),
            slots: self.slots.into(),
        }
    }

    fn grow(&mut self) {
        let mut slots = vec![FREE; self.slots.len() * 2];
        let mask = slots.len() - 1;
        for number in 0..self.ends.len() as u32 {
            let mut at = hash(slice(&self.bytes, &self.ends, number)) as usize & mask;
            while slots[at] != FREE {
                at = (at + 1) & mask;
            }
            slots[at] = number;
        }
        self.slots = slots;
    }
}
