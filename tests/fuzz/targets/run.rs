//! Any text that parses is planned and run on a small graph, within bounds, and takes back what it
//! did when it fails.
#![no_main]

use archq::model::{Graph, GraphView, Value, ValueMap};
use archq::query::{Clock, Environment, Limits, Procedures, parse_core};
use libfuzzer_sys::fuzz_target;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

fn small() -> Graph {
    let mut graph = Graph::new();
    let (a, b) = (graph.intern("A"), graph.intern("B"));
    let (kind, key) = (graph.intern("K"), graph.intern("x"));
    let nodes: Vec<_> = (0..5)
        .map(|i| {
            let label = if i % 2 == 0 { a } else { b };
            graph.add_node(&[label], vec![(key, Value::Int(i))])
        })
        .collect();
    for (from, to) in [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 4)] {
        graph.add_edge(kind, nodes[from], nodes[to], Vec::new());
    }
    graph
}

fuzz_target!(|text: &str| {
    let Ok(query) = parse_core(text) else { return };
    let mut graph = small();
    let limits = Limits { time: Some(Duration::from_millis(200)), ..Limits::default() };
    let (parameters, procedures) = (ValueMap::new(), Procedures::default());
    let (cancel, now) = (AtomicBool::new(false), Clock::at(SystemTime::UNIX_EPOCH));
    let environment =
        Environment::new(&parameters, &procedures, &limits, &cancel, now).with_piece(true);
    if query.run(&mut graph, &environment).is_err() {
        assert_eq!((graph.node_count(), graph.edge_count()), (5, 6));
    }
});
