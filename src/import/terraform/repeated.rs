//! Blocks that stand for many: calls of modules and data sources with `for_each` or `count`.
//!
//! Gives what `each` and `count` are inside one of them; resources are worked out one by one in
//! `declared`.

use super::body;
use super::cost::Cost;
use super::eval::{Evaluator, Frame};
use super::loops::entries;
use super::module::{Declaration, attribute};
use super::value::{Map, Val};
use hcl_edit::expr::TraversalOperator;
use hcl_edit::structure::Body;

impl Evaluator<'_> {
    /// What a call gives for a variable. Of a call that stands for many, one module is worked out:
    /// what differs between them stays open and names what any of them is given.
    pub(super) fn given(&self, caller: usize, call: &Declaration, name: &str) -> Option<Val> {
        let body = &call.block.body;
        let expr = attribute(body, name)?;
        let bound = self.repetition(caller, body, None);
        let frame = bound
            .as_ref()
            .map(|(word, value)| Frame::one(word, value, None));
        Some(self.eval(caller, expr, frame.as_ref()))
    }

    /// What `each` or `count` is in a block that stands for many: in the one that a key names, or in
    /// all of them.
    pub(super) fn repetition(
        &self,
        module: usize,
        body: &Body,
        key: Option<&Val>,
    ) -> Option<(&'static str, Val)> {
        if let Some(over) = attribute(body, "for_each") {
            let items = self.eval(module, over, None);
            return Some(("each", each_of(self.cost(), &items, key)));
        }
        attribute(body, "count")?;
        let index = key.cloned();
        let index = index.unwrap_or_else(|| Val::unknown("count.index"));
        Some(("count", Val::map(Map::from_iter([("index".into(), index)]))))
    }

    /// The key behind the name of a data source that stands for many.
    pub(super) fn instance(
        &self,
        module: usize,
        name: &str,
        operator: Option<&TraversalOperator>,
        frame: Option<&Frame<'_>>,
    ) -> Option<Val> {
        let body = &self.modules[module].written.data(name)?.block.body;
        attribute(body, "for_each").or_else(|| attribute(body, "count"))?;
        match operator? {
            TraversalOperator::Index(index) => Some(self.eval(module, index, frame)),
            TraversalOperator::LegacyIndex(index) => Some(Val::Number(*index.value() as f64)),
            _ => None,
        }
    }
}

/// Gives `each` for the item of a key, or for all items at once.
fn each_of(cost: &Cost<'_>, items: &Val, key: Option<&Val>) -> Val {
    let known = entries(items).unwrap_or_default();
    let named = key.and_then(Val::to_plain_text);
    let is_named = |own: &Val, value: &Val| {
        let own = body::each_value(own.clone(), value.clone());
        named.is_some() && own.get("key").and_then(Val::to_plain_text) == named
    };
    let chosen = match known.as_slice() {
        [only] if key.is_none() => Some(only),
        all => all.iter().find(|(own, value)| is_named(own, value)),
    };
    match chosen {
        Some((key, value)) => body::each_value(key.clone(), value.clone()),
        None => body::each_value(
            cost.open("each.key", [items]),
            cost.open("each.value", [items]),
        ),
    }
}
