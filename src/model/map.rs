//! The map of a value: keeps the order of its keys, and is a plain list as long as it is short.
//!
//! Configurations of resources are small maps by the hundred thousand; a list of pairs is one
//! piece of memory, and to search a few keys costs less than to hash one.

use super::value::Value;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Entries up to which a map is searched from its start.
const SHORT: usize = 16;

/// A map value; keeps the order in which its keys were written.
///
/// Keys are found by search up to a few entries, by an index beyond. Two maps are equal where they
/// hold the same entries in any order.
#[derive(Clone, Debug, Default)]
pub struct ValueMap {
    entries: Vec<(Arc<str>, Value)>,
    /// Where each key is, as soon as there are more than `SHORT`.
    index: Option<Box<FxHashMap<Arc<str>, usize>>>,
}

impl ValueMap {
    /// Makes an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an empty map with room for a number of entries.
    #[must_use]
    pub fn with_capacity(entries: usize) -> Self {
        Self {
            entries: Vec::with_capacity(entries),
            index: None,
        }
    }

    /// Counts the entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Gives the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        let entry = self.entries.get(self.position(key)?)?;
        Some(&entry.1)
    }

    /// Tells whether there is a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Sets a key; gives the value it had. A new key goes to the end, a known one keeps its place.
    pub fn insert(&mut self, key: Arc<str>, value: Value) -> Option<Value> {
        let known = self.position(&key);
        if let Some((_, there)) = known.and_then(|at| self.entries.get_mut(at)) {
            return Some(std::mem::replace(there, value));
        }
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() > SHORT {
            self.number();
        }
        None
    }

    /// Takes a key out; those behind it move up, which costs a walk.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let (_, value) = self.entries.remove(self.position(key)?);
        match self.entries.len() > SHORT {
            true => self.number(),
            false => self.index = None,
        }
        Some(value)
    }

    /// Gives the entries in order.
    pub fn iter(&self) -> Iter<'_> {
        self.into_iter()
    }

    /// Gives the keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Gives the values in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Takes entries that are mostly of different keys as they are.
    fn settled(entries: Vec<(Arc<str>, Value)>) -> Self {
        let known =
            |at: usize, key: &Arc<str>| entries.iter().take(at).any(|(before, _)| before == key);
        let mut keys = entries.iter().enumerate();
        if entries.len() <= SHORT && !keys.any(|(at, (key, _))| known(at, key)) {
            let index = None;
            return Self { entries, index };
        }
        let mut map = Self::with_capacity(entries.len());
        map.extend(entries);
        map
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(own, _)| **own == *key),
        }
    }

    /// Notes where each key is.
    fn number(&mut self) {
        let keys = self.entries.iter().map(|(key, _)| key.clone());
        self.index = Some(Box::new(keys.zip(0..).collect()));
    }
}

/// The entries of a map in order.
type Iter<'a> = std::iter::Map<
    std::slice::Iter<'a, (Arc<str>, Value)>,
    fn(&'a (Arc<str>, Value)) -> (&'a Arc<str>, &'a Value),
>;

impl<'a> IntoIterator for &'a ValueMap {
    type Item = (&'a Arc<str>, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl IntoIterator for ValueMap {
    type Item = (Arc<str>, Value);
    type IntoIter = std::vec::IntoIter<(Arc<str>, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl Extend<(Arc<str>, Value)> for ValueMap {
    fn extend<I: IntoIterator<Item = (Arc<str>, Value)>>(&mut self, entries: I) {
        let entries = entries.into_iter();
        self.entries.reserve(entries.size_hint().0);
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl FromIterator<(Arc<str>, Value)> for ValueMap {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Value)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        // Collected in place they would keep the room that they had.
        let mut own = Vec::with_capacity(entries.size_hint().0);
        own.extend(entries);
        Self::settled(own)
    }
}

impl PartialEq for ValueMap {
    fn eq(&self, other: &Self) -> bool {
        let within = |(key, value): (&Arc<str>, &Value)| other.get(key) == Some(value);
        self.len() == other.len() && self.iter().all(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: i64) -> ValueMap {
        (0..count)
            .map(|i| (i.to_string().into(), Value::Int(i)))
            .collect()
    }

    #[test]
    fn finds_keys_on_both_sides_of_the_index() {
        for count in [0, 1, 16, 17, 100] {
            let map = numbered(count);
            assert!((0..count).all(|i| map.get(&i.to_string()) == Some(&Value::Int(i))));
            assert_eq!(map.get("none"), None);
        }
    }

    #[test]
    fn keeps_its_order_over_changes() {
        for count in [3, 17, 18, 40] {
            let mut map = numbered(count);
            assert_eq!(map.remove("1"), Some(Value::Int(1)));
            assert_eq!(map.insert("2".into(), Value::Null), Some(Value::Int(2)));
            assert_eq!(map.insert("1".into(), Value::Int(1)), None);
            assert_eq!(map.keys().last().map(|key| &**key), Some("1"));
            assert_eq!(map.keys().nth(1).map(|key| &**key), Some("2"));
            assert_eq!(map.len() as i64, count);
        }
    }
}
