//! `for` expressions, over what is known and over what is not.

use super::body::push;
use super::eval::{Evaluator, Frame, key_text};
use super::value::{Map, Val};
use hcl_edit::expr::ForExpr;
use std::sync::Arc;

impl Evaluator<'_> {
    /// Works out a `for`.
    pub(super) fn for_each(&self, module: usize, each: &ForExpr, frame: Option<&Frame<'_>>) -> Val {
        let collection = self.eval(module, &each.intro.collection_expr, frame);
        let Some(pairs) = entries(&collection) else {
            return self.for_unknown(module, each, &collection, frame);
        };
        let (mut list, mut map) = (Vec::new(), Map::new());
        for (key, item) in self.cost().items(pairs) {
            let outer = Frame::one(each.intro.value_var.as_str(), &item, frame);
            let inner = each.intro.key_var.as_ref();
            let inner = inner.map(|name| Frame::one(name.as_str(), &key, Some(&outer)));
            let frame = Some(inner.as_ref().unwrap_or(&outer));
            if let Some(condition) = &each.cond
                && self.eval(module, &condition.expr, frame) == Val::Bool(false)
            {
                continue;
            }
            let value = self.eval(module, &each.value_expr, frame);
            match &each.key_expr {
                None => list.push(value),
                Some(key) => {
                    if let Some(key) = key_text(&self.eval(module, key, frame)) {
                        insert(&mut map, key, value, each.grouping);
                    }
                }
            }
        }
        if each.key_expr.is_some() {
            Val::map(map)
        } else {
            Val::list(list)
        }
    }

    /// A loop over items that are not known: what it makes of any of them is made of what the loop
    /// itself names, too.
    fn for_unknown(
        &self,
        module: usize,
        each: &ForExpr,
        collection: &Val,
        frame: Option<&Frame<'_>>,
    ) -> Val {
        let item = self
            .cost()
            .open(each.intro.value_var.as_str(), [collection]);
        let outer = Frame::one(each.intro.value_var.as_str(), &item, frame);
        let inner = each.intro.key_var.as_ref();
        let inner = inner.map(|name| Frame::one(name.as_str(), &item, Some(&outer)));
        let frame = Some(inner.as_ref().unwrap_or(&outer));
        let made = self.eval(module, &each.value_expr, frame);
        self.cost().open("for", [collection, &made])
    }
}

fn insert(map: &mut Map, key: Arc<str>, value: Val, grouping: bool) {
    match grouping {
        true => push(map, &key, value),
        false => drop(map.insert(key, value)),
    }
}

/// Gives keys and values of a list or a map; `None` where they are not known.
pub(crate) fn entries(collection: &Val) -> Option<Vec<(Val, Val)>> {
    match collection {
        Val::List(items) => Some(
            items
                .iter()
                .enumerate()
                .map(|(i, v)| (Val::Number(i as f64), v.clone()))
                .collect(),
        ),
        Val::Map(map) => Some(
            map.iter()
                .map(|(k, v)| (Val::Text(k.clone()), v.clone()))
                .collect(),
        ),
        _ => None,
    }
}
