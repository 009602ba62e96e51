//! `=~`: patterns in linear time, compiled once and kept for the next row.

use crate::diag::Code;
use crate::diag::Diagnostic;
use regex::Regex;
use regex::RegexBuilder;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

/// Bytes that a compiled pattern may take.
const PATTERN_SIZE: usize = 1 << 20;
/// Compiled patterns that a thread keeps; all are dropped when there is one more.
const KEPT: usize = 32;

thread_local! {
    static COMPILED: RefCell<FxHashMap<Arc<str>, Regex>> = RefCell::default();
}

/// Tells whether a pattern matches the whole of a text, as in openCypher.
pub(super) fn matches(text: &str, pattern: &Arc<str>) -> Result<bool, Diagnostic> {
    COMPILED.with_borrow_mut(|kept| {
        if let Some(regex) = kept.get(pattern) {
            return Ok(regex.is_match(text));
        }
        let regex = compile(pattern)?;
        let answer = regex.is_match(text);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(Arc::clone(pattern), regex);
        Ok(answer)
    })
}

fn compile(pattern: &str) -> Result<Regex, Diagnostic> {
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .size_limit(PATTERN_SIZE)
        .build()
        .map_err(|error| {
            let cause = match error {
                regex::Error::CompiledTooBig(_) => "it is too large once worked out".to_owned(),
                other => last_line(&other.to_string()),
            };
            let message = format!("`{pattern}` is not a pattern: {cause}");
            Diagnostic::error(&Code::INVALID_ARGUMENT_VALUE, message)
                .help("look-around and back-references are not offered")
        })
}

/// The crate draws the pattern over several lines; the cause is in the last one.
fn last_line(text: &str) -> String {
    let line = text.lines().last().unwrap_or("");
    line.trim_start_matches("error: ").to_owned()
}
