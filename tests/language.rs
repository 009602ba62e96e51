//! The core language, clause by clause, in transcripts: statements and what they give.
//!
//! Each file of `tests/language/` starts with an empty graph. `> ` begins a statement (further lines
//! of it are indented), `plan> ` prints its plan instead of running it, `profile> ` is not offered
//! because times differ. Below stands the answer: a table, what changed, remarks, or the error. A
//! line `---` empties the graph. `ARCHQ_BLESS=1 cargo test --test language` writes the answers anew;
//! read the difference before you keep it.

#![allow(clippy::expect_used, reason = "a test may fail")]

#[path = "language/literal.rs"]
mod literal;

use archq::diag::Diagnostic;
use archq::diag::Phase;
use archq::model::Answer;
use archq::model::Changes;
use archq::model::Graph;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query;
use archq::query::Clock;
use archq::query::Environment;
use archq::query::Field;
use archq::query::Limits;
use archq::query::Procedure;
use archq::query::Procedures;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

const BLESS: &str = "ARCHQ_BLESS";

#[test]
fn transcripts_hold() {
    let mut wrong = Vec::new();
    for path in transcripts() {
        let kept = fs::read_to_string(&path).expect("a transcript");
        let now = replay(&kept);
        if std::env::var_os(BLESS).is_some() {
            fs::write(&path, &now).expect("a transcript can be written");
        } else if let Some(line) = first_difference(&kept, &now) {
            wrong.push(format!("{}:{line}", path.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "other answers than kept:\n{}",
        wrong.join("\n")
    );
}

fn transcripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let entries = fs::read_dir(folder).expect("the folder of transcripts");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn first_difference(kept: &str, now: &str) -> Option<String> {
    let differs = kept.lines().zip(now.lines()).position(|(a, b)| a != b);
    let at = differs.or_else(|| {
        let (kept, now) = (kept.lines().count(), now.lines().count());
        (kept != now).then(|| kept.min(now))
    })?;
    let line = |text: &str| text.lines().nth(at).unwrap_or("(end)").to_owned();
    Some(format!(
        "{}\n  kept {}\n  now  {}",
        at + 1,
        line(kept),
        line(now)
    ))
}

/// Runs the statements of a transcript and writes it with the answers of now.
fn replay(text: &str) -> String {
    let mut out = String::new();
    let mut graph = Graph::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "---" {
            graph = Graph::new();
        }
        let (plan, first) = match (line.strip_prefix("> "), line.strip_prefix("plan> ")) {
            (Some(first), _) => (false, first),
            (_, Some(first)) => (true, first),
            _ => {
                // Comments and blank lines stay; old answers go.
                if line.starts_with('#') || line.is_empty() || line == "---" {
                    let _ = writeln!(out, "{line}");
                }
                continue;
            }
        };
        let _ = writeln!(out, "{line}");
        let mut statement = first.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("  ")) {
            let _ = writeln!(out, "{more}");
            statement = format!("{statement}\n{more}");
        }
        let _ = write!(out, "{}", answer(&mut graph, &statement, plan));
    }
    out
}

fn answer(graph: &mut Graph, statement: &str, plan: bool) -> String {
    let parameters = parameters();
    let (limits, procedures) = (Limits::default(), procedures());
    let cancel = AtomicBool::new(false);
    let clock = Clock::at(SystemTime::UNIX_EPOCH);
    let env = Environment::new(&parameters, &procedures, &limits, &cancel, clock);
    let result = match query::parse_core(statement) {
        Ok(query) if plan => query.plan(graph, &env),
        Ok(query) => query.run(graph, &env).map(|answer| show(&answer, graph)),
        Err(error) => Err(error),
    };
    match result {
        Ok(text) if plan => text
            .lines()
            .fold(String::new(), |out, line| out + ". " + line + "\n"),
        Ok(text) => text,
        Err(error) => refusal(&error, statement),
    }
}

fn parameters() -> ValueMap {
    ValueMap::from_iter([
        (Arc::from("one"), Value::Int(1)),
        (Arc::from("name"), Value::text("Ada")),
        (
            Arc::from("list"),
            Value::list(vec![Value::Int(1), Value::Int(2)]),
        ),
    ])
}

/// A look-up table that every transcript may call.
fn procedures() -> Procedures {
    let row = |city: &str, country: &str, code: i64| {
        vec![Value::text(city), Value::text(country), Value::Int(code)]
    };
    let mut procedures = Procedures::new();
    procedures.declare(Procedure {
        name: "geo.country".to_owned(),
        inputs: vec![Field::new("city", "STRING?")],
        outputs: vec![
            Field::new("country", "STRING?"),
            Field::new("code", "INTEGER?"),
        ],
        rows: vec![
            row("Seoul", "Korea", 82),
            row("Lund", "Sweden", 46),
            row("Lund", "Denmark", 45),
        ],
    });
    procedures
}

fn refusal(error: &Diagnostic, statement: &str) -> String {
    let phase = match error.code.phase {
        Phase::Compile => "before",
        Phase::Runtime => "while",
    };
    let place = error.span.map_or(String::new(), |span| {
        let (line, column) = span.line_column(statement);
        format!(" at {line}:{column}")
    });
    let (kind, detail) = (error.code.error, error.code.detail);
    // How it is worded is for the transcripts of errors.
    format!("! {kind} {detail}, {phase} running{place}\n")
}

fn show(answer: &Answer, graph: &Graph) -> String {
    let mut out = String::new();
    if !answer.columns.is_empty() {
        let _ = writeln!(out, "| {} |", answer.columns.join(" | "));
    }
    for row in &answer.rows {
        let cells: Vec<String> = row.iter().map(|value| literal::of(value, graph)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    let changes = changes(&answer.changes);
    if !changes.is_empty() {
        let _ = writeln!(out, "= {changes}");
    }
    for note in &answer.notes {
        let _ = writeln!(out, "* {}", note.message);
    }
    if out.is_empty() {
        out = "= nothing\n".to_owned();
    }
    out
}

fn changes(changes: &Changes) -> String {
    let counts = [
        ("+", changes.nodes_added, "node"),
        ("-", changes.nodes_removed, "node"),
        ("+", changes.relationships_added, "relationship"),
        ("-", changes.relationships_removed, "relationship"),
        ("+", changes.properties_added, "property"),
        ("-", changes.properties_removed, "property"),
        ("+", changes.labels_added, "label"),
        ("-", changes.labels_removed, "label"),
    ];
    let counts = counts.iter().filter(|(_, count, _)| *count > 0);
    let counts = counts.map(|(sign, count, word)| format!("{sign}{count} {word}"));
    counts.collect::<Vec<_>>().join(", ")
}
