//! How large one value may grow: a query of one line could else double a string until memory ends.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;

/// Bytes of the longest string that an operator or a function makes.
pub const LONGEST_TEXT: usize = 64 << 20;
/// Items of the longest list that an operator or a function makes.
pub const LONGEST_LIST: usize = 16 << 20;
/// How deep lists and maps may stand in one another.
pub const DEEPEST_VALUE: usize = 1_000;

/// Refuses to make a string of so many bytes.
pub(crate) fn text_fits(bytes: usize) -> Result<(), Diagnostic> {
    match bytes <= LONGEST_TEXT {
        true => Ok(()),
        false => Err(too_large(format!("a string of {} MiB", bytes >> 20))
            .expected(format!("at most {} MiB", LONGEST_TEXT >> 20))),
    }
}

/// Refuses to make a list of so many items.
pub(crate) fn list_fits(items: usize) -> Result<(), Diagnostic> {
    match items <= LONGEST_LIST {
        true => Ok(()),
        false => Err(too_large(format!("a list of {items} items"))
            .expected(format!("at most {LONGEST_LIST} items"))),
    }
}

/// Refuses a value that is nested deeper than `DEEPEST_VALUE`; for loops that wrap a value again
/// and again (`reduce`). Walks the value.
pub fn depth_fits(value: &Value) -> Result<(), Diagnostic> {
    match is_within(value, DEEPEST_VALUE) {
        true => Ok(()),
        false => Err(
            too_large("a value nested so deeply".to_owned()).expected(format!(
                "at most {DEEPEST_VALUE} lists or maps within one another"
            )),
        ),
    }
}

/// Recurses at most `depth` times.
fn is_within(value: &Value, depth: usize) -> bool {
    let deeper = |inner: &Value| depth > 0 && is_within(inner, depth - 1);
    match value {
        Value::List(items) => items.iter().all(deeper),
        Value::Map(map) => map.values().all(deeper),
        _ => true,
    }
}

fn too_large(what: String) -> Diagnostic {
    Diagnostic::error(
        &Code::MEMORY_LIMIT,
        format!("{what} is more than a value may hold"),
    )
}
