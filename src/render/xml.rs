//! Text in XML that other programs read.

use super::text::is_steering;
use std::fmt::Write as _;

/// Escapes text for an attribute or an element: markup as entities, what could steer a terminal or
/// hide something as numbers, and what XML has no place for written out visibly.
pub(super) fn attribute(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    for c in text.chars() {
        let _ = match c {
            '&' => write!(own, "&amp;"),
            '<' => write!(own, "&lt;"),
            '>' => write!(own, "&gt;"),
            '"' => write!(own, "&quot;"),
            '\'' => write!(own, "&#39;"),
            '\n' | '\r' | '\t' => write!(own, "&#{};", u32::from(c)),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => write!(own, "\\u{{{:x}}}", u32::from(c)),
            c if is_steering(c) => write!(own, "&#{};", u32::from(c)),
            c => write!(own, "{c}"),
        };
    }
    own
}
