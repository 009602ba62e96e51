//! Strings kept once each: one run of bytes, and where each string ends.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A pool of strings; a string is known by its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<usize>,
    known: HashTable<u32>,
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Texts {
    /// Gives the number of a string, keeping it at first sight.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let Self { bytes, ends, known } = self;
        let hash_of = |number: &u32| hash(slice(bytes, ends, *number));
        let entry = known.entry(hash(text), |own| slice(bytes, ends, *own) == text, hash_of);
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => *entry.get(),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let number = ends.len() as u32;
                entry.insert(number);
                bytes.push_str(text);
                ends.push(bytes.len());
                number
            }
        }
    }

    /// Gives the number of a string that is kept.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.known
            .find(hash(text), |own| self.get(*own) == text)
            .copied()
    }

    /// Gives the string of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        slice(&self.bytes, &self.ends, number)
    }
}

fn slice<'b>(bytes: &'b str, ends: &[usize], number: u32) -> &'b str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &bytes[start..ends[number]]
}
