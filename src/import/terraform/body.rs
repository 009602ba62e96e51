//! Bodies of blocks: attributes, nested blocks and `dynamic` blocks become one map.
//!
//! Nested blocks of one name become a list, also when there is only one; a rule's path descends
//! into lists without saying so.

use super::eval::{Evaluator, Frame};
use super::loops::entries;
use super::module::attribute;
use super::value::{Map, Val};
use hcl_edit::structure::{Block, Body};
use std::sync::Arc;

/// Arguments of a declaration that say how it is made, not what it is. In a nested block such a name is
/// one as any other: the `provider` of a pipeline's action.
pub(crate) const META: &[&str] = &["count", "for_each", "provider", "lifecycle", "depends_on"];

/// Works out the body of a declaration.
pub(crate) fn eval(
    evaluator: &Evaluator<'_>,
    module: usize,
    body: &Body,
    frame: Option<&Frame<'_>>,
) -> Val {
    but(META, evaluator, module, body, frame)
}

/// Works out a body but what has one of some names.
fn but(
    left_out: &[&str],
    evaluator: &Evaluator<'_>,
    module: usize,
    body: &Body,
    frame: Option<&Frame<'_>>,
) -> Val {
    let mut map = Map::new();
    for own in body
        .attributes()
        .filter(|own| !left_out.contains(&own.key.as_str()))
    {
        map.insert(
            own.key.as_str().into(),
            evaluator.eval(module, &own.value, frame),
        );
    }
    for block in body
        .blocks()
        .filter(|block| !left_out.contains(&block.ident.as_str()))
    {
        match (block.ident.as_str(), block.labels.first()) {
            ("dynamic", Some(name)) => {
                let made = dynamic(evaluator, module, block, name.as_str(), frame);
                made.into_iter()
                    .for_each(|value| push(&mut map, name.as_str(), value));
            }
            (name, label) => {
                let mut value = but(&[], evaluator, module, &block.body, frame);
                if let Some(label) = label {
                    value = Val::map(Map::from_iter([(label.as_str().into(), value)]));
                }
                push(&mut map, name, value);
            }
        }
    }
    Val::map(map)
}

/// Adds a value to the list under a name.
pub(super) fn push(map: &mut Map, name: &str, value: Val) {
    let own = map.entry(name.into()).or_default();
    match own {
        Val::List(items) => Arc::make_mut(items).push(value),
        own => {
            let mut items = own.items().to_vec();
            items.push(value);
            *own = Val::list(items);
        }
    }
}

/// The blocks that a `dynamic` block makes; one, with an open iterator, where that is not known.
fn dynamic(
    evaluator: &Evaluator<'_>,
    module: usize,
    block: &Block,
    name: &str,
    frame: Option<&Frame<'_>>,
) -> Vec<Val> {
    let Some(content) = block
        .body
        .blocks()
        .find(|inner| inner.ident.as_str() == "content")
    else {
        return Vec::new();
    };
    let collection = attribute(&block.body, "for_each")
        .map_or_else(Val::default, |expr| evaluator.eval(module, expr, frame));
    let iterator = attribute(&block.body, "iterator").map(|expr| expr.to_string());
    let iterator = iterator.as_deref().map_or(name, str::trim);
    let pairs = entries(&collection).unwrap_or_else(|| {
        vec![(
            evaluator.cost().open("key", [&collection]),
            evaluator.cost().open("value", [&collection]),
        )]
    });
    let make = |(key, value): (Val, Val)| {
        let each = each_value(key, value);
        let frame = Frame::one(iterator, &each, frame);
        but(&[], evaluator, module, &content.body, Some(&frame))
    };
    evaluator.cost().items(pairs).map(make).collect()
}

/// `each`, or the iterator of a `dynamic` block.
pub(crate) fn each_value(key: Val, value: Val) -> Val {
    // The key of a set is its value.
    let key = if matches!(key, Val::Number(_)) && value.as_text().is_some() {
        value.clone()
    } else {
        key
    };
    Val::map(Map::from_iter([
        (Arc::from("key"), key),
        (Arc::from("value"), value),
    ]))
}
