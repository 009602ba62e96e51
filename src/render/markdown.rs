//! A table for documents and pull requests.
//!
//! Whatever Markdown or HTML would read as markup is escaped, so that a name stays a name.

use super::Job;
use super::cells::cells;
use super::text::Role;
use super::text::Text;
use std::io;
use std::io::Write;

/// Writes the rows as a pipe table.
pub(super) fn write_markdown(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(text) = &job.answer.text {
        return write_block(text, out);
    }
    if job.answer.columns.is_empty() {
        return Ok(());
    }
    let head: Vec<Text> = job
        .answer
        .columns
        .iter()
        .map(|name| Text::new(Role::Head, name))
        .collect();
    write_row(&head, out)?;
    writeln!(out, "|{}", " --- |".repeat(head.len()))?;
    for row in cells(job) {
        write_row(&row, out)?;
    }
    Ok(())
}

/// Writes text as an indented block, in which nothing is markup.
fn write_block(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.lines() {
        writeln!(out, "    {}", Text::new(Role::Plain, line).plain())?;
    }
    Ok(())
}

fn write_row(row: &[Text], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"|")?;
    for cell in row {
        write!(out, " {} |", escaped(&cell.plain()))?;
    }
    out.write_all(b"\n")
}

/// Escapes what is markup; underscores inside of a word are none.
fn escaped(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => own.push_str("&amp;"),
            '<' => own.push_str("&lt;"),
            '>' => own.push_str("&gt;"),
            '@' => own.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                own.push('\\');
                own.push(c);
            }
            c => own.push(c),
        }
    }
    own
}
