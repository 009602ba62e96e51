//! One copy of a short text that is there many times: keys, types, the names that references use.
//!
//! A table of fixed size in which a newer text takes the place of an older one, so that it costs
//! the same whatever a document holds. What is forgotten is merely copied once more.

use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::sync::Arc;

/// The longest text that is shared, in bytes; longer ones are rarely there twice.
const LONGEST: usize = 64;

/// Most texts that are remembered; a power of two.
const PLACES: usize = 1024;

/// Bytes of a document for which one place is made, so that small documents have small tables.
const BYTES_A_PLACE: usize = 32;

/// The texts seen last.
pub(super) struct Shared {
    places: Vec<Option<Arc<str>>>,
}

impl Shared {
    /// Makes a table for a document of some size in bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let places = (bytes / BYTES_A_PLACE).clamp(1, PLACES).next_power_of_two();
        Self {
            places: vec![None; places],
        }
    }

    /// Gives a text, as the copy that is there already if it is remembered.
    pub(super) fn get(&mut self, text: &str) -> Arc<str> {
        if text.len() > LONGEST {
            return text.into();
        }
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        let at = hasher.finish() as usize & (self.places.len() - 1);
        let Some(place) = self.places.get_mut(at) else {
            return text.into();
        };
        match place {
            Some(known) if **known == *text => known.clone(),
            _ => place.insert(text.into()).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_text_that_was_asked_for_whatever_it_remembers() {
        let mut shared = Shared::new(100);
        for round in 0..2 {
            for number in 0..3000 {
                let text = format!("{number}").repeat(1 + number % 30);
                assert_eq!(*shared.get(&text), *text, "round {round}");
            }
        }
    }

    #[test]
    fn gives_one_copy_of_a_text_that_comes_again() {
        let mut shared = Shared::new(4096);
        let (first, second) = (shared.get("Resources"), shared.get("Resources"));
        assert!(Arc::ptr_eq(&first, &second));
    }
}
