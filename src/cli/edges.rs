//! `archq edges`: the integration edges of templates, each path an architecture of its own.
//!
//! Knows no catalog, so that a script can call it for every file of many.

use super::args::Edges;
use super::args::Shared;
use super::exit::Exit;
use super::loaded;
use super::paint::Console;
use super::show;
use super::show::Looks;
use crate::diag::Severity;
use crate::model::Answer;
use crate::model::Value;
use crate::session;
use crate::session::EdgeRow;
use crate::session::Session;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::mem;

/// Findings that are written out for one path; the rest is counted.
const FINDINGS_SHOWN: usize = 20;

/// Lists the edges of every path.
pub(super) fn run(edges: &Edges, shared: &Shared, console: &Console) -> io::Result<Exit> {
    let format = match shared.format.as_deref().map(show::format).transpose() {
        Ok(format) => format,
        Err(error) => {
            console.show(&error, None);
            return Ok(Exit::Wrong);
        }
    };
    let lines = format.is_some_and(|format| matches!(format.name, "json" | "jsonl"));
    let opening = shared.opening(&[]);
    let mut exit = Exit::Answered;
    let mut all = Vec::new();
    let mut last = Vec::new();
    let mut out = BufWriter::new(io::stdout().lock());
    for path in &edges.paths {
        let listed = session::edges(path, &opening);
        exit = exit.or(remark(&listed.remarks, path, console));
        if let Some(found) = listed.loaded.filter(|_| console.wants_progress()) {
            console.say(&loaded(&found));
        }
        if lines {
            let mut rows = listed.rows.iter();
            rows.try_for_each(|row| json_line(row, &mut out))?;
        } else {
            all.extend(listed.rows);
        }
        last = listed.graphs;
    }
    // The command is as good as over: what it read is left to the system.
    mem::forget(last);
    out.flush()?;
    drop(out);
    if !lines {
        let looks = Looks::new(format);
        looks.tell(&Session::default(), &table(&all), console)?;
    }
    Ok(exit)
}

/// Says what could not be read, one line each, and the first of what was odd.
fn remark(remarks: &[crate::diag::Diagnostic], path: &str, console: &Console) -> Exit {
    let mut exit = Exit::Answered;
    let mut shown = 0;
    for remark in remarks {
        if remark.severity == Severity::Error {
            console.show_line(remark);
            exit = Exit::Unreadable;
        } else if shown < FINDINGS_SHOWN {
            shown += 1;
            console.show_line(remark);
        }
    }
    let findings = remarks.iter().filter(|r| r.severity != Severity::Error);
    let more = findings.count() - shown;
    if more > 0 {
        console.say(&format!("{path}: {more} more findings"));
    }
    exit
}

fn json_line(row: &EdgeRow, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.write_all(b"\n")
}

fn table(rows: &[EdgeRow]) -> Answer {
    let columns = ["from", "kind", "to", "mechanism", "file", "line"];
    let cells = |row: &EdgeRow| -> Vec<Value> {
        let texts = [
            &row.from.id,
            &row.kind,
            &row.to.id,
            &row.mechanism,
            &row.file,
        ];
        let mut cells: Vec<Value> = texts.into_iter().map(Value::text).collect();
        cells.push(row.line.into());
        cells
    };
    Answer {
        columns: columns.map(str::to_owned).into(),
        rows: rows.iter().map(cells).collect(),
        ..Answer::default()
    }
}
