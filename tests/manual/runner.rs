//! Runs core queries on a graph of a test's own, and writes values as the language does.

use archq::diag::Diagnostic;
use archq::model::Answer;
use archq::model::Graph;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query;
use archq::query::Clock;
use archq::query::Environment;
use archq::query::Limits;
use archq::query::Procedures;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

/// Runs one statement.
pub(crate) fn run(
    graph: &mut Graph,
    text: &str,
    parameters: &ValueMap,
) -> Result<Answer, Diagnostic> {
    let (limits, procedures) = (Limits::default(), Procedures::new());
    let cancel = AtomicBool::new(false);
    let now = Clock::at(SystemTime::now());
    let environment = Environment::new(parameters, &procedures, &limits, &cancel, now);
    query::parse_core(text)?.run(graph, &environment)
}

/// Gives the rows of an answer as literals; nodes and relationships are none.
pub(crate) fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let row = |row: &Vec<Value>| row.iter().map(literal).collect();
    answer.rows.iter().map(row).collect()
}

/// Writes a value as a literal of the language.
pub(crate) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(int) => int.to_string(),
        Value::Float(float) => format!("{float:?}"),
        Value::Text(text) if text.contains('\'') => format!("\"{text}\""),
        Value::Text(text) => format!("'{text}'"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entry = |(key, value): (&_, &_)| format!("{key}: {}", literal(value));
            let entries: Vec<String> = map.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Temporal(temporal) => temporal.to_string(),
        other => format!("{other:?}"),
    }
}
