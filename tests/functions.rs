//! Every function does what its own example says, and what `tests/functions/*.txt` say.
//!
//! A case is two lines, `expression` and `  = expression` (or `  ! ErrorType detail`); both sides
//! are worked out and must be the same value of the same type. Blank lines and `#` are for people.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "functions/calculator.rs"]
mod calculator;
#[path = "manual/runner.rs"]
mod runner;

use archq::diag::Diagnostic;
use archq::model::Graph;
use archq::model::GraphView;
use archq::model::Path;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query::functions::Clock;
use archq::query::functions::Context;
use archq::query::functions::FUNCTIONS;
use archq::query::functions::Function;
use archq::query::functions::Kind;
use archq::query::ops;
use calculator::Calculator;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

/// Two nodes, `a` and `b`, the relationship `r` between them, and the path `p` over it.
struct World {
    graph: Graph,
    clock: Clock,
    variables: HashMap<String, Value>,
}

impl World {
    fn new() -> Self {
        let mut graph = Graph::new();
        let [queue, function, triggers, name] =
            ["Queue", "Function", "TRIGGERS", "name"].map(|word| graph.intern(word));
        let a = graph.add_node(&[queue], vec![(name, Value::text("orders"))]);
        let b = graph.add_node(&[function], vec![(name, Value::text("pack"))]);
        let r = graph
            .add_edge(triggers, a, b, Vec::new())
            .expect("two nodes");
        let path = Path {
            nodes: vec![a, b],
            edges: vec![r],
        };
        let variables = [
            ("a", Value::Node(a)),
            ("b", Value::Node(b)),
            ("r", Value::Edge(r)),
            ("p", Value::Path(Arc::new(path))),
        ];
        Self {
            graph,
            clock: Clock::at(SystemTime::now()),
            variables: variables
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
        }
    }

    fn context(&self) -> Context<'_> {
        Context {
            graph: &self.graph as &dyn GraphView,
            clock: &self.clock,
        }
    }

    fn work_out(&self, text: &str) -> Result<Value, Diagnostic> {
        Calculator::work_out(self.context(), &self.variables, text)
    }

    /// Runs the example of an aggregate: its arguments are worked out once per value of `x`.
    fn aggregate(&self, function: &Function) -> Result<Value, Diagnostic> {
        let Kind::Aggregate(start) = function.kind else {
            panic!("`{}` is no aggregate", function.name);
        };
        let rows = function
            .example
            .rows
            .expect("an aggregate's example has rows");
        let arguments = function.example.call.split_once('(').expect("a call").1;
        let arguments = format!("[{}]", arguments.trim_end_matches(')'));
        let mut gathered = start();
        for x in self.work_out(rows)?.as_list().expect("rows are a list") {
            let mut variables = self.variables.clone();
            variables.insert("x".to_owned(), x.clone());
            let row = Calculator::work_out(self.context(), &variables, &arguments)?;
            gathered.add(row.as_list().expect("a list"))?;
        }
        gathered.finish()
    }
}

/// Tells whether two values are the same and of one type: 1 is not 1.0 here.
fn alike(left: &Value, right: &Value) -> bool {
    let nan =
        matches!((left, right), (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan());
    left == right || nan
}

#[test]
fn every_function_does_what_its_example_says() {
    let world = World::new();
    let mut wrong = Vec::new();
    for function in FUNCTIONS.iter() {
        let example = function.example;
        let found = match function.is_aggregate() {
            true => world.aggregate(function),
            false => world.work_out(example.call),
        };
        let expected = world.work_out(example.result);
        match (found, expected) {
            (Ok(found), Ok(expected)) if alike(&found, &expected) => {}
            (found, expected) => {
                wrong.push(format!("{}: {found:?} is not {expected:?}", example.call))
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_can_be_looked_up() {
    let names = FUNCTIONS.iter().map(|f| f.name.to_lowercase());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "a name is there twice");
    for function in FUNCTIONS.iter() {
        assert!(!function.help.is_empty(), "`{}` has no help", function.name);
        assert!(function.help.chars().next().is_some_and(char::is_lowercase));
        let call = function.example.call.to_lowercase();
        assert!(
            call.contains(&function.name.to_lowercase()),
            "the example of `{}` does not call it",
            function.name
        );
    }
}

/// The cases of the folder: where one stands, its question, its answer.
fn cases() -> Vec<(String, String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/functions");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        while let (Some((number, question)), Some((_, answer))) = (lines.next(), lines.next()) {
            let place = format!("{}:{}", path.display(), number + 1);
            cases.push((place, question.to_owned(), answer.trim().to_owned()));
        }
    }
    cases
}

#[test]
fn cases_of_the_folder_hold() {
    let world = World::new();
    let wrong = cases().into_iter().filter_map(|(place, question, answer)| {
        let cause = judge(&world, &question, &answer).err()?;
        Some(format!("{place}: {question}\n  {cause}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The same cases through grammar, plan and execution. Which error it is may differ: some are found
/// before the run.
#[test]
fn cases_of_the_folder_hold_in_the_language() {
    let mut world = World::new();
    let none = ValueMap::new();
    let mut wrong = Vec::new();
    for (place, question, answer) in cases() {
        let expected = answer.strip_prefix("= ");
        let query = format!(
            "MATCH p = (a:Queue)-[r]->(b) RETURN {question} AS found, {} AS expected",
            expected.unwrap_or("null")
        );
        let found = runner::run(&mut world.graph, &query, &none).map(|a| runner::rows(&a));
        match (&found, expected) {
            (Ok(rows), Some(_)) if rows.len() == 1 && rows[0][0] == rows[0][1] => {}
            (Err(_), None) => {}
            _ => wrong.push(format!("{place}: {question}\n  {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

fn judge(world: &World, question: &str, answer: &str) -> Result<(), String> {
    let found = world.work_out(question);
    if let Some(error) = answer.strip_prefix("! ") {
        let error = error.trim();
        return match found {
            Err(found) if format!("{} {}", found.code.error, found.code.detail) == error => Ok(()),
            found => Err(format!("{found:?} is not the error {error}")),
        };
    }
    let expected = answer
        .strip_prefix("= ")
        .ok_or("an answer begins with `= `")?;
    let expected = world.work_out(expected).map_err(|error| error.message)?;
    match found {
        Ok(found) if alike(&found, &expected) => Ok(()),
        Ok(found) => Err(format!("{} is not {}", shown(&found), shown(&expected))),
        Err(error) => Err(error.render(None)),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Temporal(temporal) => temporal.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_same_values_have_one_hash() {
    let world = World::new();
    let pairs = [
        "1",
        "1.0",
        "-0.0",
        "0",
        "0.0 / 0.0",
        "null",
        "[1, null]",
        "[1.0, null]",
        "'a'",
    ];
    let values: Vec<ops::HashKey> = pairs
        .iter()
        .map(|text| ops::HashKey(world.work_out(text).expect("a value")))
        .collect();
    let set: std::collections::HashSet<&ops::HashKey> = values.iter().collect();
    // 1 = 1.0, -0.0 = 0 and the two lists are the same; NaN and null are the same as themselves.
    assert_eq!(set.len(), 6);
}
