//! Conditions, in three values: true, false, and not decided by what is known.

use super::template::Templates;
use crate::import::tree::Node;
use std::sync::Arc;

impl Templates {
    /// Works a named condition out; remembers it. One that leads back to itself is not decided.
    pub(super) fn condition(&self, template: usize, name: &Arc<str>, depth: usize) -> Option<bool> {
        let own = self.list.get(template)?;
        if let Some(known) = own.decided.borrow().get(name) {
            return *known;
        }
        own.decided.borrow_mut().insert(name.clone(), None);
        let node = own.section("Conditions")?.get(name)?;
        let decided = self.test(template, node, depth + 1);
        own.decided.borrow_mut().insert(name.clone(), decided);
        decided
    }

    /// Works a condition's expression out.
    fn test(&self, template: usize, node: &Node, depth: usize) -> Option<bool> {
        if !self.step() || depth > self.depth_limit() {
            return None;
        }
        let [only] = node.entries() else {
            return match node.scalar()?.as_ref() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            };
        };
        let items = only.value.items();
        let each = || {
            items
                .iter()
                .map(|item| self.test(template, item, depth + 1))
        };
        match only.key.as_ref() {
            "Condition" => self.condition(template, only.value.text()?, depth),
            "Fn::Condition" => self.condition(template, only.value.text()?, depth),
            "Fn::Not" => self
                .test(template, items.first()?, depth + 1)
                .map(|truth| !truth),
            "Fn::And" => all_of(each()),
            "Fn::Or" => all_of(each().map(|truth| truth.map(|t| !t))).map(|truth| !truth),
            "Fn::Equals" => {
                let [left, right] = items else {
                    return None;
                };
                let left = self.eval(template, left, depth + 1).plain_text()?;
                let right = self.eval(template, right, depth + 1).plain_text()?;
                Some(left == right)
            }
            _ => None,
        }
    }
}

/// False wins over what is not decided, which wins over true.
fn all_of(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut decided = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => decided = None,
        }
    }
    decided
}
