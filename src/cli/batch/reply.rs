//! Replies as the page on `batch` describes them.

use crate::diag::Diagnostic;
use crate::diag::Phase;
use crate::model::Answer;
use crate::model::Changes;
use crate::model::GraphView;
use crate::model::Value;
use crate::render::json;
use serde_json::value::RawValue;
use std::io::Write;
use std::time::Duration;

type Id<'a> = Option<&'a RawValue>;

/// Writes the reply of a question that was answered.
pub(super) fn answer(
    out: &mut Vec<u8>,
    id: Id<'_>,
    answer: &Answer,
    graph: &dyn GraphView,
    elapsed: Duration,
) {
    begin(out, id, true);
    out.extend_from_slice(b",\"columns\":[");
    for (at, column) in answer.columns.iter().enumerate() {
        separate(out, at);
        text(out, column);
    }
    out.extend_from_slice(b"],\"rows\":[");
    for (at, row) in answer.rows.iter().enumerate() {
        separate(out, at);
        list(out, row, graph);
    }
    out.push(b']');
    changes(out, &answer.changes);
    let _ = write!(out, ",\"elapsed_us\":{}}}", elapsed.as_micros());
}

/// Writes the reply of a request that has nothing to tell.
pub(super) fn done(out: &mut Vec<u8>, id: Id<'_>) {
    begin(out, id, true);
    out.push(b'}');
}

/// Writes the reply of a request that failed; `source` is the question its span is in.
pub(super) fn error(out: &mut Vec<u8>, id: Id<'_>, error: &Diagnostic, source: &str) {
    begin(out, id, false);
    out.extend_from_slice(b",\"error\":{\"type\":");
    text(out, error.code.error);
    out.extend_from_slice(match error.code.phase {
        Phase::Compile => b",\"phase\":\"compile\",\"detail\":",
        Phase::Runtime => b",\"phase\":\"runtime\",\"detail\":",
    });
    text(out, error.code.detail);
    let _ = write!(out, ",\"code\":\"{}\"", error.code.id);
    out.extend_from_slice(b",\"message\":");
    text(out, &error.message);
    match error.span.map(|span| span.line_column(source)) {
        Some((line, column)) => {
            let _ = write!(out, ",\"line\":{line},\"column\":{column}");
        }
        None => out.extend_from_slice(b",\"line\":null,\"column\":null"),
    }
    advice(out, error);
    out.extend_from_slice(b"}}");
}

/// What was expected and what may have been meant, where there is something to say.
fn advice(out: &mut Vec<u8>, error: &Diagnostic) {
    if let Some(expected) = &error.expected {
        out.extend_from_slice(b",\"expected\":");
        text(out, expected);
    }
    if error.help.is_empty() {
        return;
    }
    out.extend_from_slice(b",\"help\":[");
    for (at, help) in error.help.iter().enumerate() {
        separate(out, at);
        text(out, help);
    }
    out.push(b']');
}

fn begin(out: &mut Vec<u8>, id: Id<'_>, ok: bool) {
    let id = id.map_or("null", RawValue::get);
    let _ = write!(out, "{{\"id\":{id},\"ok\":{ok}");
}

fn separate(out: &mut Vec<u8>, at: usize) {
    if at > 0 {
        out.push(b',');
    }
}

fn changes(out: &mut Vec<u8>, changes: &Changes) {
    let counts = [
        ("nodes_added", changes.nodes_added),
        ("nodes_removed", changes.nodes_removed),
        ("relationships_added", changes.relationships_added),
        ("relationships_removed", changes.relationships_removed),
        ("properties_added", changes.properties_added),
        ("properties_removed", changes.properties_removed),
        ("labels_added", changes.labels_added),
        ("labels_removed", changes.labels_removed),
    ];
    if changes.is_empty() {
        return;
    }
    out.extend_from_slice(b",\"changes\":{");
    let seen = counts.iter().filter(|(_, count)| *count > 0);
    for (at, (name, count)) in seen.enumerate() {
        separate(out, at);
        let _ = write!(out, "\"{name}\":{count}");
    }
    out.push(b'}');
}

fn text(out: &mut Vec<u8>, text: &str) {
    // A list of bytes takes all that is written.
    let _ = json::write_text(text, out);
}

fn list(out: &mut Vec<u8>, row: &[Value], graph: &dyn GraphView) {
    out.push(b'[');
    for (at, value) in row.iter().enumerate() {
        separate(out, at);
        let _ = json::write_value(value, graph, out);
    }
    out.push(b']');
}
