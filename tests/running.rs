//! What a running question may use, how it is stopped, and the piece of graph it touched.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::diag::Diagnostic;
use archq::model::Answer;
use archq::model::Graph;
use archq::model::GraphView;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query;
use archq::query::Clock;
use archq::query::Completeness;
use archq::query::Environment;
use archq::query::Limits;
use archq::query::Procedures;
use archq::query::completeness;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;
use std::time::SystemTime;

fn ask_with(
    graph: &mut Graph,
    text: &str,
    limits: &Limits,
    cancel: &AtomicBool,
) -> Result<Answer, Diagnostic> {
    let (parameters, procedures) = (ValueMap::new(), Procedures::new());
    let clock = Clock::at(SystemTime::UNIX_EPOCH);
    let env = Environment::new(&parameters, &procedures, limits, cancel, clock).with_piece(true);
    query::parse_core(text)?.run(graph, &env)
}

fn ask(graph: &mut Graph, text: &str) -> Result<Answer, Diagnostic> {
    ask_with(graph, text, &Limits::default(), &AtomicBool::new(false))
}

/// A full graph of twelve nodes: too many trails to walk them all.
fn tangle() -> Graph {
    let mut graph = Graph::new();
    let text = "UNWIND range(1, 12) AS i CREATE (:N {i: i}) WITH count(*) AS c
        MATCH (a:N), (b:N) WHERE a.i <> b.i CREATE (a)-[:R]->(b)";
    ask(&mut graph, text).expect("a graph");
    graph
}

const ENDLESS: &[&str] = &[
    "MATCH p = (a)-[*]->(b) RETURN count(p)",
    "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN sum(a.i * h.i)",
    "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b WITH a, b WHERE a = -b RETURN a",
    "RETURN reduce(t = 0, x IN range(1, 5000) | t + size([y IN range(1, 5000) WHERE y = x]))",
    "MATCH p = ((a)-[r]->(b)){1,} RETURN count(*)",
    "MATCH p = SHORTEST 100000 (a {i: 1})-[*]->(b {i: 2}) RETURN count(p)",
    "MATCH (a) WHERE COUNT { (a)-[*]->() } > 0 RETURN a",
    "UNWIND range(1, 5000) AS i UNWIND range(1, 5000) AS j CREATE (:X {i: i, j: j})",
];

#[test]
fn a_question_is_stopped_at_once() {
    for text in ENDLESS {
        let mut graph = tangle();
        let before = graph.node_count();
        let cancel = AtomicBool::new(false);
        let limits = Limits {
            paths: usize::MAX,
            ..Limits::default()
        };
        let (result, late) = std::thread::scope(|scope| {
            let running = scope.spawn(|| {
                let result = ask_with(&mut graph, text, &limits, &cancel);
                (result, Instant::now())
            });
            std::thread::sleep(Duration::from_millis(150));
            let asked = Instant::now();
            cancel.store(true, Ordering::Relaxed);
            let (result, ended) = running.join().expect("a thread");
            (result, ended.saturating_duration_since(asked))
        });
        let error = result.expect_err(text);
        assert_eq!(error.code.detail, "Interrupted", "{text}");
        // The bound is 100 ms on a machine at rest; tests run on busy ones.
        assert!(late < Duration::from_millis(1000), "{text}: {late:?}");
        assert_eq!(graph.node_count(), before, "{text}: left something behind");
    }
}

#[test]
fn time_and_memory_are_bounded() {
    let cancel = AtomicBool::new(false);
    let limits = Limits {
        time: Some(Duration::from_millis(100)),
        paths: usize::MAX,
        ..Limits::default()
    };
    let error = ask_with(&mut tangle(), ENDLESS[0], &limits, &cancel).expect_err("too long");
    assert_eq!(error.code.detail, "TimeLimit");
    let limits = Limits {
        memory: 1 << 20,
        ..Limits::default()
    };
    let text = "UNWIND range(1, 1000) AS a UNWIND range(1, 1000) AS b RETURN collect([a, b])";
    let error = ask_with(&mut Graph::new(), text, &limits, &cancel).expect_err("too much");
    assert_eq!(error.code.detail, "MemoryLimit");
}

/// The rows and whether they were cut, or the code of the error.
fn outcome(limits: &Limits, stopped: bool) -> Result<(Vec<Vec<Value>>, bool), String> {
    let text = "MATCH (a:N)-[*1..3]->(b) RETURN a.i, count(*), count(DISTINCT b)";
    let (parameters, procedures) = (ValueMap::new(), Procedures::new());
    let (cancel, clock) = (AtomicBool::new(stopped), Clock::at(SystemTime::UNIX_EPOCH));
    let env = Environment::new(&parameters, &procedures, limits, &cancel, clock);
    let query = query::parse_core(text).expect("a question");
    match query.run(&mut tangle(), &env) {
        Ok(answer) => Ok((answer.rows, answer.cut)),
        Err(error) => Err(error.code.detail.to_owned()),
    }
}

#[test]
fn threads_share_the_bounds_of_a_question() {
    let of = |paths: usize, memory: usize, threads: usize| Limits {
        paths,
        memory,
        threads: Some(threads),
        alone: 0,
        ..Limits::default()
    };
    let cases = [
        (usize::MAX, 2 << 30, false),
        (1000, 2 << 30, false),
        (usize::MAX, 1500, false),
        (usize::MAX, 2 << 30, true),
    ];
    for (paths, memory, stopped) in cases {
        let one = outcome(&of(paths, memory, 1), stopped);
        let three = outcome(&of(paths, memory, 3), stopped);
        assert_eq!(three, one, "{paths} paths, {memory} bytes");
    }
    let cut = outcome(&of(1000, 2 << 30, 3), false).expect("an answer");
    assert!(cut.1);
    let error = outcome(&of(usize::MAX, 1500, 3), false).expect_err("too much");
    assert_eq!(error, "MemoryLimit");
}

#[test]
fn a_cut_answer_says_so() {
    let cancel = AtomicBool::new(false);
    let limits = Limits {
        rows: 3,
        ..Limits::default()
    };
    let text = "UNWIND range(1, 10) AS x RETURN x";
    let answer = ask_with(&mut Graph::new(), text, &limits, &cancel).expect("an answer");
    assert!(answer.cut);
    assert_eq!(answer.rows.len(), 3);
    assert_eq!(answer.notes[0].code.detail, "CutAnswer");
    let limits = Limits {
        paths: 100,
        ..Limits::default()
    };
    let answer = ask_with(&mut tangle(), ENDLESS[0], &limits, &cancel).expect("an answer");
    assert!(answer.cut);
}

#[test]
fn long_and_deep_statements_are_answered_or_refused() {
    let many = |part: &str, count: usize| part.repeat(count);
    let texts = [
        format!("{}RETURN 1", many("OPTIONAL MATCH (:X) ", 3000)),
        format!("RETURN {}1", many("1 + ", 20000)),
        format!("RETURN {}1{}", many("[", 5000), many("]", 5000)),
        format!("CREATE (:X){}", many(" CREATE (:X)", 3000)),
        format!("MATCH (){} RETURN 1", many("-->()", 3000)),
        format!("MATCH (){} RETURN 1", many("-->()", 900)),
        format!("MATCH (x) WHERE {}true RETURN x", many("NOT ", 200)),
        format!(
            "RETURN {}1{}",
            many("CASE WHEN true THEN ", 100),
            many(" END", 100)
        ),
        format!(
            "{}RETURN 1{}",
            many("CALL { ", 100),
            many(" AS x } RETURN 1", 100)
        ),
    ];
    for text in &texts {
        let started = Instant::now();
        let _ = ask(&mut Graph::new(), text);
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "{}",
            &text[..40]
        );
    }
}

#[test]
fn the_piece_is_what_the_rows_touched() {
    let mut graph = Graph::new();
    let text =
        "CREATE (a:A {n: 1})-[:X]->(b:B {n: 2})-[:Y]->(c:C {n: 3}), (:A {n: 4})-[:X]->(:B {n: 5})";
    ask(&mut graph, text).expect("a graph");
    let mut piece = |text: &str| {
        let answer = ask(&mut graph, text).expect(text);
        (answer.piece.nodes.len(), answer.piece.edges.len())
    };
    assert_eq!(piece("MATCH (a:A)-[:X]->(b) RETURN a.n"), (4, 2));
    assert_eq!(piece("MATCH (a:A {n: 1})-[:X]->(b) RETURN a.n"), (2, 1));
    assert_eq!(
        piece("MATCH (a:A)-[:X]->(b) WITH a.n AS n WHERE n > 1 RETURN n"),
        (2, 1)
    );
    assert_eq!(piece("MATCH (a:A)-[:X]->(b) RETURN count(*)"), (4, 2));
    assert_eq!(
        piece("MATCH (a {n: 1})-[*]->(x) RETURN count(DISTINCT x)"),
        (3, 2)
    );
    assert_eq!(
        piece("MATCH p = (a {n: 1})-[*2]->() RETURN length(p)"),
        (3, 2)
    );
    assert_eq!(
        piece("MATCH (a:A) OPTIONAL MATCH (a)-[:Z]->(z) RETURN a.n"),
        (2, 0)
    );
    assert_eq!(piece("MATCH (a:A)-[r]->() RETURN r LIMIT 1"), (2, 1));
    assert_eq!(
        piece("MATCH (a:A) RETURN a.n UNION MATCH (c:C)<--(b) RETURN b.n AS `a.n`"),
        (4, 1)
    );
    assert_eq!(
        piece("MATCH (a:A) CALL (a) { MATCH (a)-->(b) RETURN b.n AS m } RETURN m"),
        (4, 2)
    );
    assert_eq!(piece("CREATE (a:New)-[:NEW]->(b) RETURN a"), (2, 1));
    assert_eq!(piece("RETURN 1"), (0, 0));
}

#[test]
fn unknown_names_are_remarked_on() {
    let mut graph = Graph::new();
    ask(
        &mut graph,
        "CREATE (:Lambda {timeout: 3})-[:CALLS]->(:Table)",
    )
    .expect("a graph");
    let mut notes = |text: &str| {
        let notes = ask(&mut graph, text).expect(text).notes;
        notes
            .into_iter()
            .map(|note| (note.code.detail, note.help))
            .collect::<Vec<_>>()
    };
    let found = notes("MATCH (f:Lamda) RETURN f");
    assert_eq!(found[0].0, "UnknownLabel");
    assert_eq!(found[0].1, ["did you mean `Lambda`?"]);
    let found = notes("MATCH (f)-[:CALL]->() RETURN f");
    assert_eq!(found[0].0, "UnknownKind");
    let found = notes("MATCH (f:Lambda) WHERE f.timout > 1 RETURN f");
    assert_eq!(found[0].0, "UnknownProperty");
    assert_eq!(found[0].1, ["did you mean `timeout`?"]);
    assert!(notes("MATCH (f:Lambda) WHERE f.timeout > 1 RETURN f, {a: 1}.b").is_empty());
}

#[test]
fn the_prompt_knows_whether_a_statement_is_whole() {
    let cases = [
        ("MATCH (n) RETURN n", Completeness::Whole),
        ("MATCH (n)", Completeness::Incomplete),
        ("MATCH (n) RETURN", Completeness::Incomplete),
        ("MATCH (n) RETURN n.x,", Completeness::Incomplete),
        ("MATCH (n", Completeness::Incomplete),
        ("RETURN 'abc", Completeness::Incomplete),
        ("RETURN ')' AS x", Completeness::Whole),
        ("RETURN 1)", Completeness::Wrong),
        ("MATCH (n);", Completeness::Whole),
        ("triggers of Lambda", Completeness::Whole),
        (
            "MATCH (a)-->(b) WHERE a.x = 1 AND",
            Completeness::Incomplete,
        ),
        ("", Completeness::Whole),
    ];
    for (text, wanted) in cases {
        assert_eq!(completeness(text), wanted, "{text}");
    }
}
