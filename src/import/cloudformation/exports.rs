//! Outputs that templates export, by the names under which others import them.

use crate::import::tree::Node;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

/// What an export that is named after its stack starts with; nobody knows here what it means.
const OWN_STACK: &str = "${AWS::StackName}";

/// The template of an export, and its value.
pub(super) type Export = (usize, Node);

/// All exports of a load.
#[derive(Debug, Default)]
pub(super) struct Exports {
    known: FxHashMap<Arc<str>, Export>,
    /// Names that start with that of their stack, by what comes behind it.
    by_end: FxHashMap<Arc<str>, Arc<str>>,
    /// How long these ends are, sorted: few lengths, so that a name need not be held against all
    /// exports.
    lengths: Vec<usize>,
    /// Names that were looked for under the end of an export, with the export of each: most are
    /// imported again and again.
    sought: RefCell<FxHashMap<Arc<str>, Option<Arc<str>>>>,
}

impl Exports {
    /// Adds an export; the first of a name counts.
    pub(super) fn add(&mut self, name: Arc<str>, template: usize, value: &Node) {
        if self.known.contains_key(&name) {
            return;
        }
        let end = name.strip_prefix(OWN_STACK);
        if let Some(end) = end.filter(|end| !end.is_empty()) {
            if let Err(place) = self.lengths.binary_search(&end.len()) {
                self.lengths.insert(place, end.len());
            }
            self.by_end.insert(end.into(), name.clone());
        }
        self.known.insert(name, (template, value.clone()));
    }

    /// Finds the export of a name.
    pub(super) fn find(&self, name: &Arc<str>) -> Option<&Export> {
        if let Some(known) = self.known.get(name) {
            return Some(known);
        }
        let mut sought = self.sought.borrow_mut();
        let found = sought.entry(name.clone());
        let found = found.or_insert_with(|| self.of_some_stack(name).cloned());
        self.known.get(found.as_ref()?)
    }

    /// Finds the only export whose name is that of its stack and the end of the name that is
    /// imported: `${AWS::StackName}-Topic`.
    fn of_some_stack(&self, name: &str) -> Option<&Arc<str>> {
        let shorter = self
            .lengths
            .iter()
            .take_while(|length| **length < name.len());
        let ends = shorter.filter_map(|length| name.get(name.len() - length..));
        let mut fitting = ends.filter_map(|end| self.by_end.get(end));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tree::{At, Tree};

    fn exported(names: &[&str]) -> Exports {
        let mut exports = Exports::default();
        for (template, name) in names.iter().enumerate() {
            let (at, data) = (At::default(), Tree::Null);
            exports.add((*name).into(), template, &Node { at, data });
        }
        exports
    }

    #[test]
    fn finds_an_export_by_its_name_or_by_the_end_that_no_other_has() {
        let exports = exported(&[
            "Bus",
            "${AWS::StackName}-Topic",
            "${AWS::StackName}-Old-Topic",
        ]);
        let found = |name: &str| exports.find(&name.into()).map(|export| export.0);
        assert_eq!(found("Bus"), Some(0));
        assert_eq!(found("shared-Topic"), Some(1));
        assert_eq!(found("shared-Old-Topic"), None);
        assert_eq!(found("-Topic"), None);
        assert_eq!(found("shared-Queue"), None);
    }

    #[test]
    fn takes_the_first_export_of_a_name() {
        let exports = exported(&["${AWS::StackName}-Topic", "${AWS::StackName}-Topic"]);
        let found = exports.find(&"shared-Topic".into()).map(|export| export.0);
        assert_eq!(found, Some(0));
    }
}
