//! Rows with separators: CSV and TSV for programs, plain text for a pipe.
//!
//! In CSV and TSV a scalar is itself, anything with an inside is its JSON; null is an empty field
//! and an empty string is a quoted one where quotes exist. Plain text is what a person reads, a row
//! a line, and as harmless as a table.

use super::Job;
use super::cells::cells;
use super::json;
use super::table::write_text;
use super::text::Role;
use super::text::Text;
use crate::model::GraphView;
use crate::model::Value;
use std::borrow::Cow;
use std::io;
use std::io::Write;

/// Writes CSV as RFC 4180 has it: a header, quotes where they are needed, CR LF.
pub(super) fn write_csv(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if job.answer.columns.is_empty() {
        return Ok(());
    }
    let header = job.answer.columns.iter().map(|name| csv_field(name));
    write_fields(header, ",", "\r\n", out)?;
    for row in &job.answer.rows {
        let fields = row.iter().map(|value| match field(value, job.view) {
            Some(text) => csv_field(&text),
            None => String::new(),
        });
        write_fields(fields, ",", "\r\n", out)?;
    }
    Ok(())
}

/// Writes TSV: a header, tabs and line breaks and backslashes escaped with a backslash.
pub(super) fn write_tsv(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if job.answer.columns.is_empty() {
        return Ok(());
    }
    let header = job.answer.columns.iter().map(|name| tsv_field(name));
    write_fields(header, "\t", "\n", out)?;
    for row in &job.answer.rows {
        let fields = row
            .iter()
            .map(|value| tsv_field(&field(value, job.view).unwrap_or_default()));
        write_fields(fields, "\t", "\n", out)?;
    }
    Ok(())
}

/// Writes what a table says without its decoration: a header and rows, separated by tabs.
pub(super) fn write_plain(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(text) = &job.answer.text {
        return write_text(job, text, out);
    }
    if job.answer.columns.is_empty() {
        return Ok(());
    }
    let header = job
        .answer
        .columns
        .iter()
        .map(|name| Text::new(Role::Head, name).plain());
    write_fields(header, "\t", "\n", out)?;
    for row in cells(job) {
        write_fields(row.iter().map(Text::plain), "\t", "\n", out)?;
    }
    Ok(())
}

fn write_fields(
    fields: impl Iterator<Item = String>,
    separator: &str,
    end: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.write_all(separator.as_bytes())?;
        }
        out.write_all(field.as_bytes())?;
    }
    out.write_all(end.as_bytes())
}

/// Gives the text of a value as a field before escaping; nothing for null.
fn field<'a>(value: &'a Value, view: &dyn GraphView) -> Option<Cow<'a, str>> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Temporal(temporal) => Some(Cow::Owned(temporal.to_string())),
        Value::Float(number) if !number.is_finite() => Some(Cow::Owned(number.to_string())),
        other => Some(Cow::Owned(json::value_to_string(other, view))),
    }
}

fn csv_field(text: &str) -> String {
    if text.is_empty() || text.contains([',', '"', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

fn tsv_field(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}
