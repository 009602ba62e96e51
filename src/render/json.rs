//! Values for machines: the one JSON encoding, for answers and for `archq batch` alike.
//!
//! Plain JSON wherever JSON suffices, otherwise an object whose key `$` names the kind. Integers
//! and floats are told apart by their text. Nesting of values is bounded by whoever made them; the
//! query room lets none through that is deeper than it can print.

use super::Job;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::ValueMap;
use std::io;
use std::io::Write;

/// Writes one JSON array with an object for each row.
pub(super) fn write_array(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if job.answer.rows.is_empty() {
        return writeln!(out, "[]");
    }
    for (at, row) in job.answer.rows.iter().enumerate() {
        out.write_all(if at == 0 { b"[\n  " } else { b",\n  " })?;
        write_row(job, row, out)?;
    }
    out.write_all(b"\n]\n")
}

/// Writes one JSON object a line for each row.
pub(super) fn write_lines(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    for row in &job.answer.rows {
        write_row(job, row, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn write_row(job: &Job<'_>, row: &[Value], out: &mut dyn Write) -> io::Result<()> {
    let entries = job.answer.columns.iter().map(String::as_str).zip(row);
    write_object(entries, job.view, out)
}

/// Writes a value in the machine encoding; `view` is the graph that was asked.
///
/// # Errors
/// Where `out` fails.
pub fn write_value(value: &Value, view: &dyn GraphView, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Null => out.write_all(b"null"),
        Value::Bool(truth) => write!(out, "{truth}"),
        Value::Int(number) => write!(out, "{number}"),
        Value::Float(number) => write_float(*number, out),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            write_list(items.iter(), out, |item, out| write_value(item, view, out))
        }
        Value::Map(map) => write_map(map, view, out),
        Value::Node(node) => write_node(*node, view, out),
        Value::Edge(edge) => write_edge(*edge, view, out),
        Value::Path(path) => {
            out.write_all(b"{\"$\":\"path\",\"nodes\":")?;
            write_list(path.nodes.iter(), out, |node, out| {
                write_node(*node, view, out)
            })?;
            out.write_all(b",\"relationships\":")?;
            write_list(path.edges.iter(), out, |edge, out| {
                write_edge(*edge, view, out)
            })?;
            out.write_all(b"}")
        }
        Value::Temporal(temporal) => write_temporal(temporal, out),
    }
}

/// Gives a value in the machine encoding as a string.
#[must_use]
pub fn value_to_string(value: &Value, view: &dyn GraphView) -> String {
    let mut bytes = Vec::new();
    // A vector takes whatever is written.
    let _ = write_value(value, view, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes a string with what JSON asks to be escaped, escaped.
///
/// # Errors
/// Where `out` fails.
pub fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

fn write_float(number: f64, out: &mut dyn Write) -> io::Result<()> {
    if number.is_finite() {
        return write!(out, "{number:?}");
    }
    let name = match number {
        n if n.is_nan() => "NaN",
        n if n > 0.0 => "Infinity",
        _ => "-Infinity",
    };
    write!(out, "{{\"$\":\"float\",\"value\":\"{name}\"}}")
}

fn write_list<T>(
    items: impl Iterator<Item = T>,
    out: &mut dyn Write,
    write_item: impl Fn(T, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        write_item(item, out)?;
    }
    out.write_all(b"]")
}

fn write_map(map: &ValueMap, view: &dyn GraphView, out: &mut dyn Write) -> io::Result<()> {
    if !map.contains_key("$") {
        return write_object(map.iter().map(|(key, value)| (&**key, value)), view, out);
    }
    out.write_all(b"{\"$\":\"map\",\"entries\":")?;
    write_list(map.iter(), out, |(key, value), out| {
        out.write_all(b"[")?;
        write_text(key, out)?;
        out.write_all(b",")?;
        write_value(value, view, out)?;
        out.write_all(b"]")
    })?;
    out.write_all(b"}")
}

fn write_object<'a>(
    entries: impl Iterator<Item = (&'a str, &'a Value)>,
    view: &dyn GraphView,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{")?;
    for (at, (key, value)) in entries.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        write_text(key, out)?;
        out.write_all(b":")?;
        write_value(value, view, out)?;
    }
    out.write_all(b"}")
}

fn write_node(node: NodeId, view: &dyn GraphView, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "{{\"$\":\"node\",\"id\":\"n{}\",\"labels\":",
        view.node_serial(node)
    )?;
    write_list(view.node_labels(node).iter(), out, |label, out| {
        write_text(view.name(*label), out)
    })?;
    write_properties(&view.node_properties(node), view, out)
}

fn write_edge(edge: EdgeId, view: &dyn GraphView, out: &mut dyn Write) -> io::Result<()> {
    let ends = view.ends(edge);
    write!(
        out,
        "{{\"$\":\"relationship\",\"id\":\"r{}\",\"type\":",
        view.edge_serial(edge)
    )?;
    write_text(view.name(ends.kind), out)?;
    write!(
        out,
        ",\"start\":\"n{}\",\"end\":\"n{}\"",
        view.node_serial(ends.from),
        view.node_serial(ends.to)
    )?;
    write_properties(&view.edge_properties(edge), view, out)
}

fn write_properties(
    properties: &[(Symbol, Value)],
    view: &dyn GraphView,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b",\"properties\":")?;
    let entries = properties
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (view.name(*key), value));
    write_object(entries, view, out)?;
    out.write_all(b"}")
}

fn write_temporal(temporal: &Temporal, out: &mut dyn Write) -> io::Result<()> {
    let kind = match temporal {
        Temporal::Date(_) => "date",
        Temporal::LocalTime(_) => "localtime",
        Temporal::Time(_) => "time",
        Temporal::LocalDateTime(_) => "localdatetime",
        Temporal::DateTime(_) => "datetime",
        Temporal::Duration(_) => "duration",
    };
    write!(out, "{{\"$\":\"{kind}\",\"value\":")?;
    write_text(&temporal.to_string(), out)?;
    out.write_all(b"}")
}
