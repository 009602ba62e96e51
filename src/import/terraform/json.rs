//! `*.tf.json`: the same blocks written as JSON, turned into HCL blocks.
//!
//! Whether a nested object is a block or a map cannot be told without the provider's schema; it is
//! read as a map, and a rule's path reads both alike.

use super::module::{Declaration, SourceFile, Written};
use hcl_edit::Decorated;
use hcl_edit::Ident;
use hcl_edit::expr::{Array, Expression, Object, ObjectKey, ObjectValue};
use hcl_edit::structure::{Attribute, Block, Body};
use hcl_edit::template::{StringTemplate, Template};
use serde_json::{Map, Value};
use std::sync::Arc;

/// How many labels stand behind the name of a top-level block.
const LABELS: &[(&str, usize)] = &[
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("module", 1),
    ("variable", 1),
    ("output", 1),
    ("provider", 1),
    ("locals", 0),
    ("terraform", 0),
];

/// Adds what a JSON file declares.
///
/// # Errors
/// Where the text is not JSON, or no object.
pub(crate) fn add_file(
    written: &mut Written,
    name: &str,
    text: &str,
) -> Result<(), serde_json::Error> {
    let root: Map<String, Value> = serde_json::from_str(text)?;
    let file = Arc::new(SourceFile::new(name, text));
    for (word, value) in &root {
        let Some((_, labels)) = LABELS.iter().find(|(own, _)| own == word) else {
            continue;
        };
        let mut found = Vec::new();
        descend(value, *labels, &mut Vec::new(), &mut found);
        for (labels, body) in found {
            // Serde tells no places: the names are looked for as keys, one after the other.
            let at = labels.iter().try_fold(0, |from, label| {
                let found = text.get(from..)?.find(&format!("\"{label}\""))?;
                Some(from + found)
            });
            let line = at.map_or(1, |at| file.line(at));
            let Ok(ident) = Ident::try_new(word.as_str()) else {
                continue;
            };
            let mut block = Block::new(Decorated::new(ident));
            block.labels = labels.iter().map(|label| label.as_str().into()).collect();
            block.body = to_body(body);
            written.add_block(Declaration {
                block,
                file: file.clone(),
                line,
            });
        }
    }
    Ok(())
}

/// Goes down as many levels of names as the block has labels; a list means several blocks.
fn descend<'v>(
    value: &'v Value,
    labels: usize,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, &'v Map<String, Value>)>,
) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| descend(item, labels, path, found)),
        Value::Object(map) if labels == 0 => found.push((path.clone(), map)),
        Value::Object(map) => {
            for (name, inner) in map {
                path.push(name.clone());
                descend(inner, labels - 1, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn to_body(map: &Map<String, Value>) -> Body {
    let mut body = Body::new();
    for (key, value) in map {
        // `//` is a comment in this form.
        if let Ok(ident) = Ident::try_new(key.as_str()) {
            body.push(Attribute::new(Decorated::new(ident), to_expression(value)));
        }
    }
    body
}

pub(super) fn to_expression(value: &Value) -> Expression {
    match value {
        Value::Null => Expression::null(),
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => match number.as_f64().and_then(hcl_edit::Number::from_f64) {
            Some(number) => number.into(),
            None => Expression::null(),
        },
        Value::String(text) => to_template(text),
        Value::Array(items) => {
            let mut array = Array::with_capacity(items.len());
            items
                .iter()
                .for_each(|item| array.push(to_expression(item)));
            array.into()
        }
        Value::Object(map) => {
            let mut object = Object::with_capacity(map.len());
            for (key, value) in map {
                let key = ObjectKey::Expression(Expression::from(key.as_str()));
                object.insert(key, ObjectValue::new(to_expression(value)));
            }
            object.into()
        }
    }
}

fn to_template(text: &str) -> Expression {
    if !text.contains("${") && !text.contains("%{") {
        return Expression::from(text);
    }
    match text.parse::<Template>() {
        Ok(template) => {
            Expression::StringTemplate(template.into_iter().collect::<StringTemplate>())
        }
        Err(_) => Expression::from(text),
    }
}
