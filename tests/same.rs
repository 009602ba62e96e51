//! An optimised plan answers as the plain one.
//!
//! Small random graphs, random queries over all clauses that read; each is run with all passes, with
//! none, and with each one left out, on a graph that can be written and on the same graph at rest,
//! whose columns and edges are read in place. Rows are compared without regard to their order, but for
//! ORDER BY over all columns. `same/spelled.rs` asks each question in other words as well,
//! `same/worked_out.rs` expressions over literals, parameters and variables.

#![allow(clippy::expect_used, reason = "a test may fail")]

#[path = "same/spelled.rs"]
mod spelled;

#[path = "same/worked_out.rs"]
mod worked_out;

use archq::model::Bytes;
use archq::model::Graph;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query;
use archq::query::Clock;
use archq::query::Environment;
use archq::query::Limits;
use archq::query::Procedures;
use proptest::prelude::*;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

/// Nodes as (label, x), edges as (kind, from, to, w).
#[derive(Clone, Debug)]
struct Shape {
    nodes: Vec<(usize, i64)>,
    edges: Vec<(usize, usize, usize, i64)>,
}

const LABELS: [&[&str]; 4] = [&["A"], &["B"], &["A", "B"], &[]];
const KINDS: [&str; 3] = ["R", "S", "T"];
/// Texts by number; a node with another number has none.
const TEXTS: [&str; 2] = ["u", "v"];

impl Shape {
    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        let (x, w, id) = (graph.intern("x"), graph.intern("w"), graph.intern("id"));
        let (t, k, v) = (graph.intern("t"), graph.intern("k"), graph.intern("v"));
        let mut nodes = Vec::new();
        for (at, (label, number)) in self.nodes.iter().enumerate() {
            let labels: Vec<_> = LABELS[*label].iter().map(|l| graph.intern(l)).collect();
            let mut values = vec![(x, Value::Int(*number)), (id, Value::Int(at as i64))];
            values.push((k, Value::from(format!("k{at}"))));
            let text = TEXTS.get(*number as usize).map(|text| Value::from(*text));
            values.extend(text.map(|text| (t, text)));
            nodes.push(graph.add_node(&labels, values));
        }
        for (kind, from, to, number) in &self.edges {
            let kind = graph.intern(KINDS[*kind]);
            let (from, to) = (nodes[from % nodes.len()], nodes[to % nodes.len()]);
            let text = Value::from(TEXTS[*number as usize]);
            graph.add_edge(kind, from, to, vec![(w, Value::Int(*number)), (v, text)]);
        }
        graph
    }

    /// The same graph at rest, as a snapshot is read.
    fn at_rest(&self) -> Graph {
        let mut bytes = Vec::new();
        self.graph()
            .write_snapshot(&mut bytes)
            .expect("a list of bytes takes all");
        let bytes = Bytes::filled(bytes.len(), |room| {
            room.copy_from_slice(&bytes);
            Ok(())
        });
        Graph::open_snapshot(bytes.expect("room")).expect("it was written just now")
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    let nodes = prop::collection::vec((0..4usize, 0..3i64), 1..7);
    let edges = prop::collection::vec((0..3usize, 0..7usize, 0..7usize, 0..2i64), 0..8);
    (nodes, edges).prop_map(|(nodes, edges)| Shape { nodes, edges })
}

fn pick(options: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(options).prop_map(str::to_owned)
}

/// `(a:A {x: 1})`, with one of the variables a to d.
fn node() -> impl Strategy<Value = String> {
    let name = pick(&["a", "b", "c", "d", ""]);
    let label = pick(&["", "", "", "", "", ":A", ":B", ":A|B", ":!A"]);
    let map = pick(&["", "", "", "", "", "", " {x: 1}"]);
    (name, label, map).prop_map(|(name, label, map)| format!("({name}{label}{map})"))
}

/// `-[:R*1..2]->` and its kin; relationships have no variables, so that none is bound twice.
fn edge() -> impl Strategy<Value = String> {
    let kind = pick(&["", "", ":R", ":S", ":R|S"]);
    let length = pick(&["", "", "", "*1..2", "*0..1", "*", "*..3", "*2..2"]);
    let map = pick(&["", "", "", "", "", " {w: 1}"]);
    let ends = prop::sample::select(&[("-", "->"), ("<-", "-"), ("-", "-")][..]);
    (kind, length, map, ends).prop_map(|(kind, length, map, (left, right))| {
        format!("{left}[{kind}{length}{map}]{right}")
    })
}

fn path() -> impl Strategy<Value = String> {
    let steps = prop::collection::vec((edge(), node()), 0..3);
    (node(), steps).prop_map(|(first, steps)| {
        let steps = steps.into_iter().map(|(edge, node)| edge + &node);
        steps.fold(first, |path, step| path + &step)
    })
}

fn condition() -> impl Strategy<Value = String> {
    pick(&[
        "a.x = 1",
        "a.x = b.x",
        "b.x + 1 = c.x + 1",
        "a <> b",
        "b:B",
        "a:A OR b.x > 0",
        "(a)-[:R]->()",
        "NOT (b)-[:S]->()",
        "NOT (a)-[:R*]->(b)",
        "EXISTS { (b)-[:T]->(z) WHERE z.x = a.x }",
        "COUNT { (a)--() } > 1",
        "a.x IN [0, 2]",
        "c.x IS NULL",
        "id(a) < id(b)",
        "size([(a)-[:R]->(z) | z.x]) > 0",
        "a.t = 'u'",
        "b.t <> 'u'",
        "a.t <> b.t",
        "b.t < 'v'",
        "b.t IN ['v', 'w', null]",
        "b.x IN [1, 'u']",
        "a.k <> c.k",
        "NOT (a)--()",
    ])
}

/// A MATCH: its word, its paths, its conditions.
type Clause = (String, Vec<String>, Vec<String>);

fn clause() -> impl Strategy<Value = Clause> {
    let word = pick(&["MATCH", "MATCH", "MATCH", "OPTIONAL MATCH"]);
    let paths = prop::collection::vec(path(), 1..3);
    let conditions = prop::collection::vec(condition(), 0..3);
    (word, paths, conditions)
}

fn ending() -> impl Strategy<Value = String> {
    pick(&[
        "RETURN a.id, b.id, c.id, d.id",
        "RETURN DISTINCT b.id",
        "RETURN DISTINCT a, b",
        "RETURN count(*)",
        "RETURN count(b)",
        "RETURN count(DISTINCT b)",
        "RETURN a.id, count(DISTINCT c)",
        "RETURN a.x, count(*), min(b.id), max(c.x)",
        "RETURN max(c.id)",
        "RETURN a.id AS i, b.id AS j, c.id AS k ORDER BY i, j, k SKIP 1 LIMIT 3",
        "RETURN DISTINCT a.id AS i, c.id AS j ORDER BY j DESC, i LIMIT 2",
        "WITH a, count(*) AS n MATCH (a)-[r]-(e) RETURN a.id, n, count(r)",
        "WITH DISTINCT a, b WHERE a.x = 1 RETURN a.id, b.id",
        "WITH a, b ORDER BY a.id, b.id, c.id, d.id LIMIT 3 RETURN a.id, b.id",
        "RETURN EXISTS { (a)-[*]->(b) }, count(*)",
        "RETURN a.id, COUNT { (a)-->() }",
        "RETURN a.t, count(DISTINCT b), count(*)",
        "RETURN b.k, count(DISTINCT a)",
        "RETURN a.k, a.t, count(b)",
        "RETURN a.k AS i, count(*) AS j ORDER BY j DESC, i LIMIT 2",
        "RETURN a.t AS i, count(DISTINCT b) AS j ORDER BY j, i SKIP 1 LIMIT 2",
        "MATCH (a)-[r]-(e) RETURN r.v, count(DISTINCT a)",
        "MATCH (e)-[r]-() RETURN e.k AS i, count(r) AS j ORDER BY j DESC, i LIMIT 3",
        "MATCH (e)-->(f) MATCH (e)-[r]->() RETURN f.k AS i, count(r) AS j ORDER BY j DESC, i LIMIT 3",
        "MATCH (e)-[r]->(f) RETURN r.v, count(DISTINCT f), count(r), count(*)",
        "MATCH (e)-[r]-(f) RETURN f.t, count(DISTINCT e), count(DISTINCT f)",
        "MATCH (e)<-[r:R]-(f) RETURN f.k, count(DISTINCT e), count(r.v)",
        "MATCH (e)-[r]->(f) RETURN r.w, count(DISTINCT e)",
        "MATCH (e)-[r]->(f) WHERE f.x > 0 RETURN count(DISTINCT e), count(DISTINCT r)",
    ])
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

fn question() -> impl Strategy<Value = String> {
    let clauses = prop::collection::vec(clause(), 1..3);
    (clauses, ending(), any::<bool>()).prop_map(|(clauses, ending, first)| {
        let mut text = String::new();
        if first {
            text += "MATCH (a) OPTIONAL MATCH (b {x: 1}) WITH a, b ";
        }
        for (word, paths, conditions) in clauses {
            text += &format!("{word} {} ", paths.join(", "));
            let known = |condition: &String| {
                let unknown = |name: &&str| mentions(condition, name) && !binds(&text, name);
                !NAMES.iter().any(unknown)
            };
            let conditions: Vec<String> = conditions.into_iter().filter(known).collect();
            if !conditions.is_empty() {
                text += &format!("WHERE {} ", conditions.join(" AND "));
            }
        }
        // The ending reads all four.
        for name in NAMES
            .iter()
            .filter(|name| !binds(&text, name))
            .collect::<Vec<_>>()
        {
            text += &format!("OPTIONAL MATCH ({name} {{id: 0}}) ");
        }
        text + &ending
    })
}

fn mentions(condition: &str, name: &str) -> bool {
    let mut words = condition.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word == name)
}

fn binds(text: &str, name: &str) -> bool {
    [')', ':', ' ']
        .iter()
        .any(|end| text.contains(&format!("({name}{end}")))
}

fn answer(graph: Graph, text: &str, without: &[&str]) -> Result<Vec<String>, String> {
    answer_to(graph, text, without, &ValueMap::new())
}

fn answer_to(
    graph: Graph,
    text: &str,
    without: &[&str],
    parameters: &ValueMap,
) -> Result<Vec<String>, String> {
    let mut rows = rows(graph, text, without, 1, parameters)?;
    if !text.contains("ORDER BY i") {
        rows.sort();
    }
    Ok(rows)
}

/// The rows in the order they come; a scan is shared by so many threads, however small it is.
fn rows(
    mut graph: Graph,
    text: &str,
    without: &[&str],
    threads: usize,
    parameters: &ValueMap,
) -> Result<Vec<String>, String> {
    let procedures = Procedures::new();
    let limits = Limits {
        time: Some(std::time::Duration::from_secs(10)),
        threads: Some(threads),
        alone: 0,
        ..Limits::default()
    };
    let cancel = AtomicBool::new(false);
    let clock = Clock::at(SystemTime::UNIX_EPOCH);
    let mut env = Environment::new(parameters, &procedures, &limits, &cancel, clock);
    env.without = without;
    let query = query::parse_core(text).map_err(|error| error.message)?;
    let answer = query.run(&mut graph, &env).map_err(|error| error.message)?;
    Ok(answer.rows.iter().map(|row| format!("{row:?}")).collect())
}

/// A question whose rows are grouped right behind a scan and a step.
fn grouped() -> impl Strategy<Value = String> {
    let start = pick(&["(a)", "(a:A)", "(a:B)", "(a:A|B)"]);
    let condition = pick(&[
        "",
        "WHERE a.x > 0",
        "WHERE e.t = 'u'",
        "WHERE a <> e AND NOT (e)-[:S]->()",
    ]);
    let step = pick(&["-[r]->(e)", "-[r]-(e)", "<-[r:R]-(e:B)", "-->()-[r]-(e)"]);
    let of_step = pick(&[
        "r.v, count(DISTINCT a)",
        "e.t, count(r), count(DISTINCT e), count(*)",
        "r.w, count(DISTINCT e)",
        "a.k AS i, count(r) AS j ORDER BY j DESC, i LIMIT 2",
        "a.x, e.t, count(*)",
        "e, count(r.v)",
        "count(DISTINCT a), count(DISTINCT r)",
        "sum(r.w), collect(e.k)",
    ]);
    let walk = pick(&["-[:R*0..2]->(e)", "-[*]->(e)", "-[:R|S*1..3]-(e)"]);
    let of_walk = pick(&["a.k, count(DISTINCT e)", "e.t, count(*)", "count(e)"]);
    let pair = prop_oneof![(step, of_step), (walk, of_walk)];
    (start, pair, condition).prop_map(|(start, (step, ending), condition)| {
        format!("MATCH {start}{step} {condition} RETURN {ending}")
    })
}

fn config() -> ProptestConfig {
    let cases = std::env::var("CASES").ok();
    ProptestConfig {
        cases: cases.and_then(|n| n.parse().ok()).unwrap_or(96),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_pass_keeps_the_answers(shape in shape(), text in question()) {
        let passes: Vec<&str> = query::passes().map(|(name, _)| name).collect();
        let plain = answer(shape.graph(), &text, &passes);
        // The plain plan may walk more trails than a busy machine has time for.
        prop_assume!(plain.as_ref().err().is_none_or(|error| !error.contains("no answer within")));
        prop_assert!(plain.is_ok(), "{:?}: {}", plain, text);
        prop_assert_eq!(&answer(shape.graph(), &text, &[]), &plain, "all passes: {}", text);
        prop_assert_eq!(&answer(shape.at_rest(), &text, &[]), &plain, "at rest: {}", text);
        prop_assert_eq!(&answer(shape.at_rest(), &text, &passes), &plain, "at rest, plain: {}", text);
        for pass in &passes {
            let others = answer(shape.at_rest(), &text, &[pass]);
            prop_assert_eq!(&others, &plain, "without {}: {}", pass, text);
        }
    }

    #[test]
    fn threads_keep_the_rows_and_their_order(shape in shape(), text in grouped()) {
        let rows = |graph, threads| rows(graph, &text, &[], threads, &ValueMap::new());
        for threads in 2..4 {
            let one = rows(shape.at_rest(), 1);
            let more = rows(shape.at_rest(), threads);
            prop_assert!(one.is_ok(), "{:?}: {}", one, text);
            prop_assert_eq!(more, one, "at rest, {} threads: {}", threads, text);
            let one = rows(shape.graph(), 1);
            prop_assert_eq!(rows(shape.graph(), threads), one, "{}", text);
        }
    }
}
