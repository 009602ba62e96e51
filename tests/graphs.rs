//! Graphs as files: JSON Lines in and out, snapshots, and files that are not what they should be.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::model::{Bytes, Graph, GraphView, Value};
use archq::session::{CatalogSource, Opening, Session, save_graph};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file of the test's own that is removed again.
struct Scratch(PathBuf);

impl Scratch {
    fn new(text: &[u8], ending: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("archq-graphs-{}-{number}.{ending}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).expect("a file");
        Self(path)
    }

    fn open(&self) -> Session {
        Session::open(Opening {
            catalog: CatalogSource::None,
            paths: vec![self.0.display().to_string()],
            ..Opening::default()
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn lines(text: &str) -> Session {
    Scratch::new(text.as_bytes(), "jsonl").open()
}

fn written(graph: &Graph) -> String {
    let mut out = Vec::new();
    save_graph(graph, &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn snapshot(graph: &Graph) -> Vec<u8> {
    let mut out = Vec::new();
    graph.write_snapshot(&mut out).expect("a vector takes all");
    out
}

/// Findings as they are shown, without the name of the file.
fn findings(session: &Session) -> Vec<String> {
    let found = session.findings().iter();
    found
        .map(|finding| {
            let line = finding.place.as_ref().map_or(0, |place| place.line);
            let said = finding
                .message
                .split_once(": ")
                .or(finding.message.split_once(" has "));
            format!(
                "{line}: {}",
                said.map_or(&*finding.message, |(_, said)| said)
            )
        })
        .collect()
}

#[test]
fn a_relationship_may_come_before_its_ends() {
    let session = lines(
        r#"{"kind":"relationship","start":"a","end":"b","type":"T","properties":{"w":1}}
{"kind":"node","id":"b","labels":["L"]}

{"properties":{"x":[1,{"$":"date","value":"2026-11-24"}]},"labels":["L","M"],"id":"a","kind":"node","unknown":{}}
"#,
    );
    assert_eq!(findings(&session), Vec::<String>::new());
    let counts = session.graph().counts();
    assert_eq!((counts.nodes, counts.edges), (2, 1));
}

#[test]
fn what_is_wrong_with_a_line_is_told_with_its_number_and_the_rest_is_loaded() {
    let session = lines(
        "{\"kind\":\"node\",\"id\":\"a\"}\n\
         {\"kind\":\"node\",\"id\":\n\
         \n\
         {\"kind\":\"node\",\"id\":\"a\",\"properties\":{\"second\":true}}\n\
         {\"kind\":\"edge\"}\n\
         {\"kind\":\"node\"}\n\
         {\"kind\":\"relationship\",\"start\":\"a\",\"end\":\"z\"}\n\
         {\"kind\":\"relationship\",\"start\":\"a\",\"end\":\"z\",\"type\":\"T\"}\n",
    );
    let problem = session.problems().first().expect("a problem");
    assert_eq!(problem.place.as_ref().map(|place| place.line), Some(2));
    let help = "5 lines were left out, the rest is loaded; `:findings` lists them";
    assert!(
        problem.help.iter().any(|said| said.contains(help)),
        "{problem:?}"
    );
    assert_eq!(
        findings(&session),
        [
            "2: EOF while parsing a value",
            "4: the id `a` is there twice; the first is kept",
            "5: `edge` is neither `node` nor `relationship`",
            "6: a node without `id`",
            "7: a relationship needs `start`, `end` and `type`",
            "0: a relationship to `z`, which no node is",
        ]
        .map(str::to_owned)
    );
    let graph = session.graph();
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
    assert!(
        graph
            .nodes()
            .all(|node| graph.get(node, "second").is_null())
    );
}

/// Writes nodes into a pipe until nobody reads it any more; says stop after some.
#[cfg(unix)]
fn write_without_end(pipe: &std::path::Path, stop: &std::sync::atomic::AtomicBool) {
    use std::io::Write as _;
    let mut pipe = fs::OpenOptions::new()
        .write(true)
        .open(pipe)
        .expect("a reader");
    for number in 0_u64.. {
        let line = format!("{{\"type\":\"node\",\"id\":\"{number}\",\"labels\":[\"N\"]}}\n");
        stop.fetch_or(number == 500_000, Ordering::SeqCst);
        if pipe.write_all(line.as_bytes()).is_err() {
            return;
        }
    }
}

#[test]
#[cfg(unix)]
fn reading_that_is_stopped_ends_where_the_file_does_not() {
    let pipe =
        Scratch(std::env::temp_dir().join(format!("archq-pipe-{}.jsonl", std::process::id())));
    let made = std::process::Command::new("mkfifo").arg(&pipe.0).status();
    assert!(made.expect("mkfifo").success());
    let mut session = Session::open(Opening {
        catalog: CatalogSource::None,
        ..Opening::default()
    });
    let stop = session.cancel();
    let path = pipe.0.clone();
    let writer = std::thread::spawn(move || write_without_end(&path, &stop));
    let problems = session
        .load(&pipe.0.display().to_string())
        .expect_err("it was stopped");
    writer.join().expect("the writer has nobody to write for");
    assert_eq!(problems[0].code.id, "Q0402");
    assert_eq!(session.graph().counts().nodes, 0);
}

#[test]
fn a_file_without_one_good_line_is_a_problem() {
    let session = lines("{\n");
    assert_eq!(session.problems().len(), 1);
    let session = Scratch::new(b"\xff\xfe{}\n", "jsonl").open();
    assert_eq!(session.problems().len(), 1);
    assert!(lines("").problems().is_empty());
}

/// More than one block of lines, so that several threads read it.
#[test]
fn a_large_file_is_the_graph_that_its_lines_say() {
    let mut text = String::new();
    let nodes = 20_000;
    for n in 0..nodes {
        let to = (n * 7 + 1) % nodes;
        let size = if n % 1_000 == 999 {
            "\"big\"".to_owned()
        } else {
            n.to_string()
        };
        writeln!(
            text,
            r#"{{"kind":"relationship","start":"n{n}","end":"n{to}","type":"T{}","properties":{{"of":"n{n}"}}}}
{{"kind":"node","id":"n{n}","labels":["L{}"],"properties":{{"size":{size},"text":"{}"}}}}"#,
            n % 3,
            n % 5,
            "x".repeat(200)
        )
        .expect("a string takes all");
    }
    let bad = nodes * 2 + 1;
    text += "{}\n";
    let session = lines(&text);
    assert_eq!(findings(&session), [format!("{bad}: missing field `kind`")]);
    let graph = session.graph();
    assert_eq!((graph.node_count(), graph.edge_count()), (nodes, nodes));
    for (n, node) in graph.nodes().enumerate() {
        assert_eq!(graph.get(node, "id"), Value::text(format!("n{n}")));
        let size = graph.get(node, "size");
        assert!(
            size == Value::Int(n as i64) || size == Value::text("big"),
            "{size:?}"
        );
    }
    for (n, edge) in graph.edges().into_iter().enumerate() {
        let ends = graph.ends(edge);
        assert_eq!(ends.to.index(), (n * 7 + 1) % nodes);
        assert_eq!(graph.get_edge(edge, "of"), Value::text(format!("n{n}")));
    }
}

#[test]
fn a_snapshot_that_is_torn_foreign_or_changed_is_refused() {
    let whole = snapshot(lines("{\"kind\":\"node\",\"id\":\"a\"}\n").graph());
    let said = |bytes: &[u8]| {
        let session = Scratch::new(bytes, "archq").open();
        let problem = session.problems().first().expect("a problem");
        problem
            .message
            .split_once(": ")
            .expect("a reason")
            .1
            .to_owned()
    };
    assert_eq!(said(b"{}"), "not a snapshot of archq");
    assert_eq!(said(b""), "not a snapshot of archq");
    assert!(said(&whole[..whole.len() - 9]).starts_with("a snapshot that is torn"));
    let mut changed = whole.clone();
    let array = changed
        .iter()
        .rposition(|byte| *byte == b'a')
        .expect("the id");
    let array = changed[..array]
        .iter()
        .rposition(|byte| *byte == b'a')
        .expect("the id");
    changed[array] = b'b';
    assert!(said(&changed).starts_with("a snapshot that is torn"));
    let mut older = whole;
    older[8] = 1;
    assert_eq!(
        said(&older),
        "a snapshot of layout 1, this archq reads layout 2"
    );
}

/// A ring with shortcuts, and a tail that does not come back, at rest.
fn ring() -> Graph {
    let mut text = String::new();
    for n in 0..40 {
        let to = if n < 30 { (n + 1) % 30 } else { n - 1 };
        for (to, weight) in [(to, 3), ((n * 7 + 3) % 30, 10)] {
            writeln!(text, r#"{{"kind":"relationship","start":"{n}","end":"{to}","type":"T","properties":{{"weight":{weight}}}}}"#).expect("text");
        }
        writeln!(text, r#"{{"kind":"node","id":"{n}","labels":["L"]}}"#).expect("text");
    }
    let mut out = Vec::new();
    lines(&text)
        .graph()
        .write_snapshot(&mut out)
        .expect("a vector takes all");
    Graph::open_snapshot(Bytes::from(&out[..])).expect("a snapshot")
}

/// The same graph in the store that can be written to.
fn thawed() -> Graph {
    let mut graph = ring();
    let extra = graph.add_node(&[], Vec::new());
    assert!(graph.remove_node(extra));
    graph
}

#[test]
fn algorithms_of_petgraph_run_on_both_forms_and_agree() {
    use petgraph::algo::{dijkstra, has_path_connecting, is_cyclic_directed, kosaraju_scc};
    use petgraph::visit::{Bfs, EdgeRef, Reversed};
    let seen = |graph: &Graph| {
        let first = graph.nodes().next().expect("a node");
        let last = graph.nodes().last().expect("a node");
        let cost = |edge: archq::model::WalkedEdge| {
            graph
                .get_edge(edge.id(), "weight")
                .as_int()
                .expect("a weight")
        };
        let mut far: Vec<_> = dijkstra(graph, last, None, cost).into_iter().collect();
        far.sort_unstable();
        let mut parts: Vec<Vec<_>> = kosaraju_scc(graph);
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort_unstable();
        let mut walk = Bfs::new(Reversed(graph), first);
        let mut back = Vec::new();
        while let Some(node) = walk.next(Reversed(graph)) {
            back.push(node);
        }
        let there = has_path_connecting(graph, first, last, None);
        (far, parts, back, there, is_cyclic_directed(graph))
    };
    let packed = seen(&ring());
    assert_eq!(packed.0.len(), 40, "the tail leads everywhere");
    assert_eq!(
        packed.1.len(),
        11,
        "the ring, and each of the tail by itself"
    );
    assert_eq!((packed.2.len(), packed.3, packed.4), (40, false, true));
    assert_eq!(packed, seen(&thawed()));
}

/// A value as JSON Lines has them.
fn value() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        Just("true".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>()
            .prop_filter("JSON has none", |n| n.is_finite())
            .prop_map(|n| format!("{n:?}")),
        "[a-z\\\\\"é\n]{0,6}".prop_map(|text| serde_json::to_string(&text).expect("JSON")),
        Just(r#"{"$":"duration","value":"P1DT2H"}"#.to_owned()),
        Just(r#"{"$":"float","value":"NaN"}"#.to_owned()),
    ];
    plain.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(","))),
            inner.prop_map(|item| format!("{{\"k\":{item}}}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Written, read, written: the same text; and a snapshot in between changes nothing.
    #[test]
    fn a_graph_comes_back_as_it_was(
        nodes in prop::collection::vec((prop::collection::vec("[A-C]", 0..3), prop::collection::vec(("[a-d]", value()), 0..4)), 1..6),
        edges in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[S-U]", value()), 0..8),
    ) {
        let mut text = String::new();
        for (at, (labels, properties)) in nodes.iter().enumerate() {
            let labels: Vec<String> = labels.iter().map(|label| format!("\"{label}\"")).collect();
            let properties: Vec<String> = properties.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            writeln!(text, r#"{{"kind":"node","id":"n{at}","labels":[{}],"properties":{{{}}}}}"#, labels.join(","), properties.join(",")).expect("text");
        }
        for (from, to, kind, value) in &edges {
            let (from, to) = (from.index(nodes.len()), to.index(nodes.len()));
            writeln!(text, r#"{{"kind":"relationship","start":"n{from}","end":"n{to}","type":"{kind}","properties":{{"v":{value}}}}}"#).expect("text");
        }
        let first = lines(&text);
        prop_assert_eq!(findings(&first), Vec::<String>::new());
        let once = written(first.graph());
        let second = lines(&once);
        prop_assert_eq!(&once, &written(second.graph()));
        let opened = Graph::open_snapshot(Bytes::from(&snapshot(first.graph())[..])).expect("a snapshot");
        prop_assert_eq!(&once, &written(&opened));
    }
}
