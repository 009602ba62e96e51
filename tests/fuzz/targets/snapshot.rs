//! A snapshot with bytes of its arrays changed opens or is refused; what opens can be read and
//! asked to the end. Checksums are not looked at, as they are not in a large file.
#![no_main]

use archq::model::{Bytes, Direction, Graph, GraphView, KindFilter, Value, ValueMap};
use archq::query::{Clock, Environment, Limits, Procedures, parse_core};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

const NODES: i64 = 70;

/// Columns of every type, several labels and kinds, more than a word of owners.
fn whole() -> Graph {
    let mut graph = Graph::new();
    let [a, b, k, l] = ["A", "B", "K", "L"].map(|name| graph.intern(name));
    let [id, n, half, even, list] = ["id", "n", "half", "even", "list"].map(|name| graph.intern(name));
    let mut nodes = Vec::new();
    for i in 0..NODES {
        let mut properties = vec![(id, Value::text(&format!("node {i}"))), (n, Value::Int(i))];
        if i % 3 == 0 {
            properties.push((half, Value::Float(0.5)));
            properties.push((list, Value::list(vec![Value::Int(i), Value::text("x")])));
        }
        properties.push((even, Value::Bool(i % 2 == 0)));
        let labels = [a, b];
        let carried = if i % 2 == 0 { 1 } else { 2 };
        nodes.push(graph.add_node(&labels[..carried], properties));
    }
    for (at, pair) in nodes.windows(2).enumerate() {
        graph.add_edge(if at % 2 == 0 { k } else { l }, pair[0], pair[1], vec![(n, Value::Int(1))]);
    }
    graph
}

/// The file, and where its arrays begin.
static FILE: LazyLock<(Vec<u8>, usize)> = LazyLock::new(|| {
    let mut file = Vec::new();
    whole().write_snapshot(&mut file).expect("memory takes it");
    let header = u32::from_le_bytes(file[12..16].try_into().expect("four bytes"));
    (file, 24 + header as usize)
});

fn read(graph: &Graph) {
    for node in graph.nodes() {
        let _ = (graph.node_labels(node), graph.node_properties(node));
        for side in [Direction::Out, Direction::In] {
            for hop in graph.hops(node, side, KindFilter::Any) {
                let _ = (graph.ends(hop.edge), graph.edge_properties(hop.edge));
            }
        }
    }
}

fn ask(graph: &mut Graph, text: &str) {
    let limits = Limits { time: Some(Duration::from_millis(500)), ..Limits::default() };
    let (parameters, procedures) = (ValueMap::new(), Procedures::default());
    let (cancel, now) = (AtomicBool::new(false), Clock::at(SystemTime::UNIX_EPOCH));
    let environment =
        Environment::new(&parameters, &procedures, &limits, &cancel, now).with_piece(true);
    let _ = parse_core(text).map(|query| query.run(graph, &environment));
}

fuzz_target!(|changes: &[u8]| {
    let (file, first) = &*FILE;
    let mut words = vec![0u64; file.len().div_ceil(8)];
    // SAFETY: a `u64` may be written as bytes; the graph that borrows them is gone before they are.
    let bytes: &'static mut [u8] =
        unsafe { std::slice::from_raw_parts_mut(words.as_mut_ptr().cast(), file.len()) };
    bytes.copy_from_slice(file);
    for change in changes.chunks_exact(3) {
        let at = u16::from_le_bytes([change[0], change[1]]) as usize;
        bytes[first + at % (file.len() - first)] = change[2];
    }
    // Taken for part of the program, it is opened without being summed up.
    if let Ok(mut graph) = Graph::open_snapshot(Bytes::built_in(bytes)) {
        read(&graph);
        ask(&mut graph, "MATCH (a:B {n: 3})-[:K|L*1..4]-(b) RETURN DISTINCT b.id, b.list");
        ask(&mut graph, "MATCH (a)-[r]->(b:B) RETURN a.even, count(r), avg(b.half), collect(b.n)");
        ask(&mut graph, "MATCH p = shortestPath((:A {n: 1})-[*]->(:A {n: 60})) SET a.x = 1 RETURN p");
        ask(&mut graph, "MATCH (a:B) SET a.x = a.n RETURN count(a)");
    }
});
