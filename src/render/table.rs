//! Aligned columns for a terminal.
//!
//! Numbers stand right, everything else left; widths are those of the characters as a terminal
//! shows them. Cells are broken into lines only where a width is given, and then never silently.

use super::Job;
use super::cells::cells;
use super::text::Role;
use super::text::Text;
use crate::model::Value;
use std::io;
use std::io::Write;

/// Columns between two columns.
const GAP: usize = 2;

/// Narrowest that a column is made to save room.
const NARROWEST: usize = 8;

/// Most lines that one cell takes; what is longer ends in an ellipsis.
const CELL_LINES: usize = 12;

/// Writes the rows as a table with a footer that counts them.
pub(super) fn write_table(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let Some(text) = &job.answer.text {
        return write_text(job, text, out);
    }
    let columns = &job.answer.columns;
    if columns.is_empty() {
        return Ok(());
    }
    let mut cells = cells(job);
    let (kept, without) = fitting(job, columns, &cells);
    let columns: Vec<String> = kept
        .iter()
        .filter_map(|at| columns.get(*at).cloned())
        .collect();
    for row in &mut cells {
        *row = kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
    }
    let widths = widths(job, &columns, &cells);
    let right: Vec<bool> = kept.iter().map(|at| is_numeric(job, *at)).collect();
    let head = columns.iter().map(|name| Text::new(Role::Head, name));
    write_row(job, &head.collect::<Vec<_>>(), &widths, &right, out)?;
    let total = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
    write_line(job, &Text::new(Role::Dim, &"─".repeat(total)), out)?;
    for row in &cells {
        write_row(job, row, &widths, &right, out)?;
    }
    write_footer(job, cells.len(), &without, out)
}

/// Chooses the columns that are shown. Where a row does not fit, columns without any value are left
/// out, then addresses, which say least and take most; the second are named.
fn fitting(job: &Job<'_>, columns: &[String], cells: &[Vec<Text>]) -> (Vec<usize>, Vec<String>) {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let mut without = Vec::new();
    let Some(room) = job.options.width else {
        return (kept, without);
    };
    let natural = natural_widths(columns, cells);
    let fits = |kept: &[usize]| {
        let total: usize = kept
            .iter()
            .filter_map(|at| natural.get(*at))
            .map(|w| w + GAP)
            .sum();
        total <= room + GAP
    };
    let texts = |at: usize| {
        cells
            .iter()
            .filter_map(move |row| row.get(at))
            .map(Text::plain)
    };
    if !fits(&kept) {
        kept.retain(|at| cells.is_empty() || texts(*at).any(|text| !text.is_empty()));
    }
    let is_address = |at: usize| texts(at).all(|text| text.is_empty() || text.contains("://"));
    while !fits(&kept) {
        let Some(place) = kept.iter().rposition(|at| is_address(*at)) else {
            break;
        };
        without.extend(columns.get(kept.remove(place)).cloned());
    }
    (kept, without)
}

/// Writes text that stands instead of rows, line by line.
pub(super) fn write_text(job: &Job<'_>, text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.lines() {
        write_line(job, &Text::new(Role::Plain, line), out)?;
    }
    Ok(())
}

fn write_line(job: &Job<'_>, line: &Text, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", line.painted(job.options.painter))
}

fn write_footer(
    job: &Job<'_>,
    rows: usize,
    without: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let word = if rows == 1 { "row" } else { "rows" };
    let cut = if job.answer.cut {
        ", cut at a bound"
    } else {
        ""
    };
    let left_out = match without {
        [] => String::new(),
        names => format!(", without `{}` (too wide here)", names.join("`, `")),
    };
    let footer = format!("{rows} {word}{cut}{left_out}");
    write_line(job, &Text::new(Role::Dim, &footer), out)
}

/// Tells whether all values of a column that are there are numbers.
fn is_numeric(job: &Job<'_>, column: usize) -> bool {
    let mut values = job.answer.rows.iter().filter_map(|row| row.get(column));
    let is_number = |value: &Value| matches!(value, Value::Int(_) | Value::Float(_) | Value::Null);
    values.clone().any(|value| !value.is_null()) && values.all(is_number)
}

fn widths(job: &Job<'_>, columns: &[String], cells: &[Vec<Text>]) -> Vec<usize> {
    let mut widths = natural_widths(columns, cells);
    if let Some(room) = job.options.width {
        shrink(
            &mut widths,
            room.saturating_sub(GAP * columns.len().saturating_sub(1)),
        );
    }
    widths
}

/// Gives the width of each column when nothing is broken.
fn natural_widths(columns: &[String], cells: &[Vec<Text>]) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .map(|name| Text::new(Role::Head, name).width())
        .collect();
    for row in cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    widths
}

/// Takes columns from the widest until the row fits or nothing can be taken any more.
fn shrink(widths: &mut [usize], room: usize) {
    let mut over = widths.iter().sum::<usize>().saturating_sub(room);
    while over > 0 {
        let widest = widths.iter().copied().max().unwrap_or(0);
        let next = widths.iter().copied().filter(|width| *width < widest).max();
        let floor = next.unwrap_or(0).max(NARROWEST);
        let count = widths.iter().filter(|width| **width == widest).count();
        if widest <= NARROWEST {
            return;
        }
        let step = (widest - floor).max(1).min(over.div_ceil(count));
        for width in widths.iter_mut().filter(|width| **width == widest) {
            let taken = step.min(over);
            *width -= taken;
            over -= taken;
        }
    }
}

fn write_row(
    job: &Job<'_>,
    row: &[Text],
    widths: &[usize],
    right: &[bool],
    out: &mut dyn Write,
) -> io::Result<()> {
    let broken: Vec<Vec<Text>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| cell.wrap((*width).max(cell.width().min(2)), CELL_LINES))
        .collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = Text::default();
        for (at, (cell, width)) in broken.iter().zip(widths).enumerate() {
            let piece = cell.get(line).cloned().unwrap_or_default();
            let pad = width.saturating_sub(piece.width());
            let is_last = at + 1 == widths.len();
            push_cell(&mut text, piece, pad, right.get(at) == Some(&true), is_last);
        }
        text.trim_end();
        write_line(job, &text, out)?;
    }
    Ok(())
}

fn push_cell(text: &mut Text, piece: Text, pad: usize, right: bool, is_last: bool) {
    let (before, after) = if right { (pad, 0) } else { (0, pad) };
    text.push(Role::Plain, &" ".repeat(before));
    text.append(piece);
    if !is_last {
        text.push(Role::Plain, &" ".repeat(after + GAP));
    }
}
