//! The manual is true: its list of functions is that of the program, and its examples give what it
//! says they give.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "manual/runner.rs"]
mod runner;

use archq::diag::Diagnostic;
use archq::model::Graph;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query::functions::FUNCTIONS;
use archq::query::manual;
use archq::query::manual::Topic;

/// Writes the list of functions anew when it is set: `ARCHQ_BLESS=1 cargo test --test manual`.
const BLESS: &str = "ARCHQ_BLESS";

#[test]
fn the_list_of_functions_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/query/manual/functions.md");
    let page = manual::functions_page();
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(path).expect("the page");
    assert!(
        kept == page,
        "run `{BLESS}=1 cargo test --test manual` and look at the difference"
    );
}

#[test]
fn every_section_has_an_example_and_its_result() {
    assert!(
        manual::TOPICS.len() > 50,
        "{} sections",
        manual::TOPICS.len()
    );
    let sections = manual::LANGUAGE.matches("\n## ").count();
    assert_eq!(
        manual::TOPICS.len(),
        sections,
        "a section lacks its example"
    );
    for topic in manual::TOPICS.iter() {
        assert!(!topic.text.is_empty(), "{:?} says nothing", topic.names);
        assert!(
            topic.result.starts_with("| "),
            "{:?} gives nothing",
            topic.names
        );
    }
}

#[test]
fn help_is_found_by_word() {
    let help = |word: &str| manual::help(word).unwrap_or_else(|| panic!("no help on `{word}`"));
    assert!(help("match").starts_with("MATCH\n"));
    assert!(help("toupper").contains("toUpper('sqs')  =  'SQS'"));
    assert!(help("Percentilecont()").contains("UNWIND [10, 20, 30, 40] AS x"));
    // A clause and a function of one name are both shown; a word within a section leads there.
    assert!(help("count").contains("COUNT { … }") && help("count").contains("count(x)"));
    assert!(help("YIELD").contains("CALL name(…) YIELD"));
    assert!(help("xor").contains("AND, OR, XOR, NOT"));
    assert_eq!(manual::help("frobnicate"), None);
    assert_eq!(manual::nearest_word("toUper"), Some("toUpper"));
    for function in FUNCTIONS.iter() {
        assert!(help(function.name).contains(&function.signature()));
    }
}

/// Splits a table in Markdown into its rows; the first are the names of the columns.
fn table(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        inner
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let lines = text.lines().enumerate().filter(|(at, _)| *at != 1);
    lines.map(|(_, line)| cells(line)).collect()
}

/// Runs the example of a section, and tells what is different from what the page says.
fn judge(topic: &Topic) -> Result<(), String> {
    let shown = |error: Diagnostic| error.render(Some(topic.example));
    let none = ValueMap::new();
    let parameters: ValueMap = [("least".into(), Value::Int(10))].into_iter().collect();
    let mut graph = Graph::new();
    runner::run(&mut graph, manual::example_graph(), &none).map_err(shown)?;
    let answer = runner::run(&mut graph, topic.example, &parameters).map_err(shown)?;
    let mut expected = table(topic.result);
    let columns = expected.remove(0);
    let mut found = runner::rows(&answer);
    if !topic.example.contains("ORDER BY") {
        expected.sort();
        found.sort();
    }
    match answer.columns == columns && found == expected {
        true => Ok(()),
        false => Err(format!(
            "  {columns:?} {expected:?}\n  {:?} {found:?}",
            answer.columns
        )),
    }
}

#[test]
fn every_section_gives_what_it_says() {
    let wrong = manual::TOPICS.iter().filter_map(|topic| {
        let error = judge(topic).err()?;
        Some(format!("{}\n{error}", topic.names.join(", ")))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_function_gives_what_it_says() {
    let mut graph = Graph::new();
    let none = ValueMap::new();
    let little = "CREATE (:Queue {name: 'orders'})-[:TRIGGERS]->(:Function {name: 'pack'})";
    runner::run(&mut graph, little, &none).expect("the little graph");
    let mut wrong = Vec::new();
    for function in FUNCTIONS.iter() {
        let (call, result) = (function.example.call, function.example.result);
        let query = match function.example.rows {
            Some(rows) => format!("UNWIND {rows} AS x WITH {call} AS found RETURN found, {result}"),
            None => format!("MATCH p = (a)-[r]->(b) RETURN {call}, {result}"),
        };
        match runner::run(&mut graph, &query, &none).map(|answer| runner::rows(&answer)) {
            Ok(rows) if rows.len() == 1 && rows[0][0] == rows[0][1] => {}
            other => wrong.push(format!("{call}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
