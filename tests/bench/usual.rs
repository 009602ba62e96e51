//! What the usual things cost: `cargo bench`.
//!
//! Times here are for comparing two states of the code on one machine; no test asserts one.
//! `tests/bench/ratio.py` compares two programs, which leaves the machine out of it.

#![allow(clippy::expect_used, reason = "a bench may fail")]

mod estate;

use archq::query;
use archq::session::CatalogSource;
use archq::session::Opening;
use archq::session::Session;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use std::fs;
use std::hint::black_box;
use std::path::Path;

const NODES: usize = 20_000;

/// Questions over the graph of `estate`, by what they exercise.
const QUESTIONS: &[(&str, &str)] = &[
    (
        "step",
        "MATCH (s)-[t:TRIGGERS]->(f {id: 'n8'}) RETURN s.id, t.via",
    ),
    (
        "reach",
        "MATCH (b {id: 'n3'})-[:TRIGGERS|ROUTES_TO*1..6]->(x) RETURN count(DISTINCT x)",
    ),
    (
        "shortest",
        "MATCH p = shortestPath((a {id: 'n0'})-[:TRIGGERS*]->(b {id: 'n19000'})) RETURN length(p)",
    ),
    (
        "paths",
        "MATCH p = (a {id: 'n0'})-[:TRIGGERS|WRITES_TO*1..5]->(b {id: 'n90'}) RETURN count(p)",
    ),
    (
        "groups",
        "MATCH ()-[t:TRIGGERS]->(f:Function) RETURN t.via, count(DISTINCT f)",
    ),
    (
        "degree",
        "MATCH (n)-[r]-() RETURN n.id AS id, count(r) AS n ORDER BY n DESC, id LIMIT 20",
    ),
    (
        "missing",
        "MATCH (q:Queue)-[:TRIGGERS]->(f:Function) WHERE f.timeout > 800 AND NOT (q)-[:USES_ROLE]->(q) RETURN count(DISTINCT f)",
    ),
];

fn opened(path: &Path) -> Session {
    let mut session = Session::open(Opening {
        catalog: CatalogSource::None,
        paths: vec![path.display().to_string()],
        ..Opening::default()
    });
    session.want_rows_alone();
    session
}

fn written(name: &str, text: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("archq-bench-{}-{name}", std::process::id()));
    fs::write(&path, text).expect("a temporary file");
    path
}

fn parse(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("parse");
    for (name, text) in QUESTIONS {
        group.bench_function(*name, |bench| {
            bench.iter(|| query::parse_core(black_box(text)).expect("a question"));
        });
    }
}

fn ask(bench: &mut Criterion) {
    let path = written("graph.jsonl", &estate::graph(NODES));
    let mut session = opened(&path);
    let mut group = bench.benchmark_group("ask");
    for (name, text) in QUESTIONS {
        group.bench_function(*name, |bench| {
            bench.iter(|| session.ask(black_box(text)).expect("an answer"));
        });
    }
    let mut at = 0;
    group.bench_function("first", |bench| {
        bench.iter(|| {
            at = (at + 1) % NODES;
            let text = format!("MATCH (s)-[t:TRIGGERS]->(f {{id: 'n{at}'}}) RETURN s.id, t.via");
            session.ask(&text).expect("an answer")
        });
    });
    let _ = fs::remove_file(path);
}

fn load(bench: &mut Criterion) {
    let graph = written("load.jsonl", &estate::graph(NODES));
    let template = written("load.yaml", &estate::template(200));
    let mut group = bench.benchmark_group("load");
    group.sample_size(10);
    group.bench_function("graph", |bench| bench.iter(|| opened(&graph)));
    group.bench_function("template", |bench| bench.iter(|| opened(&template)));
    let _ = fs::remove_file(graph);
    let _ = fs::remove_file(template);
}

criterion_group!(benches, parse, ask, load);
criterion_main!(benches);
