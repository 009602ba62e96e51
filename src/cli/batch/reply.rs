//! Replies as the page on `batch` describes them.

use super::value;
use crate::diag::Diagnostic;
use crate::diag::Phase;
use crate::model::Answer;
use crate::model::Changes;
use crate::model::GraphView;
use serde_json::value::RawValue;
use std::fmt::Write as _;
use std::time::Duration;

type Id<'a> = Option<&'a RawValue>;

/// Writes the reply of a question that was answered.
pub(super) fn answer(
    out: &mut String,
    id: Id<'_>,
    answer: &Answer,
    graph: &dyn GraphView,
    elapsed: Duration,
) {
    begin(out, id, true);
    out.push_str(",\"columns\":[");
    for (at, column) in answer.columns.iter().enumerate() {
        separate(out, at);
        value::text(out, column);
    }
    out.push_str("],\"rows\":[");
    for (at, row) in answer.rows.iter().enumerate() {
        separate(out, at);
        value::list(out, row, graph);
    }
    out.push(']');
    changes(out, &answer.changes);
    let _ = write!(out, ",\"elapsed_us\":{}}}", elapsed.as_micros());
}

/// Writes the reply of a request that has nothing to tell.
pub(super) fn done(out: &mut String, id: Id<'_>) {
    begin(out, id, true);
    out.push('}');
}

/// Writes the reply of a request that failed; `source` is the question its span is in.
pub(super) fn error(out: &mut String, id: Id<'_>, error: &Diagnostic, source: &str) {
    begin(out, id, false);
    out.push_str(",\"error\":{\"type\":");
    value::text(out, error.code.error);
    out.push_str(match error.code.phase {
        Phase::Compile => ",\"phase\":\"compile\",\"detail\":",
        Phase::Runtime => ",\"phase\":\"runtime\",\"detail\":",
    });
    value::text(out, error.code.detail);
    out.push_str(",\"message\":");
    value::text(out, &error.message);
    match error.span.map(|span| span.line_column(source)) {
        Some((line, column)) => {
            let _ = write!(out, ",\"line\":{line},\"column\":{column}}}}}");
        }
        None => out.push_str(",\"line\":null,\"column\":null}}"),
    }
}

fn begin(out: &mut String, id: Id<'_>, ok: bool) {
    let id = id.map_or("null", RawValue::get);
    let _ = write!(out, "{{\"id\":{id},\"ok\":{ok}");
}

fn separate(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

fn changes(out: &mut String, changes: &Changes) {
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
    out.push_str(",\"changes\":{");
    let seen = counts.iter().filter(|(_, count)| *count > 0);
    for (at, (name, count)) in seen.enumerate() {
        separate(out, at);
        let _ = write!(out, "\"{name}\":{count}");
    }
    out.push('}');
}
