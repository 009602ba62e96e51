//! Conditions of rows: whether what a row says is so of a resource.

use super::path::{self, Hit};
use super::schema::When;
use super::types::fits;
use super::value::Val;

/// Tells whether a condition holds; what is open fulfils it.
pub(crate) fn holds(properties: &Val, item: Option<&Hit<'_>>, when: &When) -> bool {
    let (mut there, mut fulfilled) = (false, false);
    path::each(properties, item, &when.path, &mut |hit| {
        there = true;
        fulfilled = fulfilled || is_fulfilled_by(&hit.value, when);
    });
    match when.exists {
        Some(exists) => exists == there,
        None if there => fulfilled,
        None => when.is.iter().any(String::is_empty),
    }
}

fn is_fulfilled_by(value: &Val, when: &When) -> bool {
    let one_of = |patterns: &[String], text: &str| patterns.iter().any(|one| fits(one, text));
    match value.plain_text() {
        Some(text) if when.is.is_empty() => !one_of(&when.is_not, &text),
        Some(text) => one_of(&when.is, &text) && !one_of(&when.is_not, &text),
        None => value.is_open(),
    }
}
