//! What a statement leaves behind: all of it, or nothing.

use super::*;
use crate::model::{Batch, Bytes, FrozenBuilder, Given, Hop, SnapshotError};

fn triangle() -> (Graph, [NodeId; 3], Symbol) {
    let mut graph = Graph::new();
    let label = graph.intern("L");
    let kind = graph.intern("K");
    let key = graph.intern("name");
    let mut node = |name: &str| graph.add_node(&[label], vec![(key, Value::text(name))]);
    let ids = [node("a"), node("b"), node("c")];
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        graph.add_edge(kind, ids[from], ids[to], Vec::new());
    }
    (graph, ids, kind)
}

#[test]
fn rollback_gives_back_what_was() {
    let (mut graph, [a, b, _], kind) = triangle();
    let key = graph.intern("name");
    let other = graph.intern("Other");
    let before = format!(
        "{:?}",
        graph
            .nodes()
            .map(|n| graph.node_properties(n))
            .collect::<Vec<_>>()
    );
    graph.begin();
    graph.detach_node(a);
    graph.set_node_property(b, key, Value::Int(1));
    graph.add_label(b, other);
    let d = graph.add_node(&[other], Vec::new());
    graph.add_edge(kind, d, b, Vec::new());
    assert_eq!(graph.counts(), GraphCounts { nodes: 3, edges: 2 });
    graph.rollback();
    let after = format!(
        "{:?}",
        graph
            .nodes()
            .map(|n| graph.node_properties(n))
            .collect::<Vec<_>>()
    );
    assert_eq!(before, after);
    assert_eq!(graph.counts(), GraphCounts { nodes: 3, edges: 3 });
    assert_eq!(graph.label_count(other), 0);
    assert_eq!(graph.hops(a, Direction::Out, KindFilter::Any).count(), 1);
}

#[test]
fn hops_agree_with_and_without_adjacency() {
    let (graph, ids, kind) = triangle();
    let see = |graph: &Graph| {
        let mut seen = Vec::new();
        for node in ids {
            for side in [Direction::Out, Direction::In] {
                seen.extend(graph.hops(node, side, KindFilter::Only(&[kind])));
                seen.extend(graph.hops(node, side, KindFilter::Only(&[])));
                seen.extend(graph.hops(node, side, KindFilter::Any));
            }
        }
        seen
    };
    let linked = see(&graph);
    graph.prepare();
    assert_eq!(linked, see(&graph));
}

#[test]
fn changes_count_what_can_be_seen() {
    let (mut graph, [a, b, _], _) = triangle();
    let key = graph.intern("name");
    let other = graph.intern("Other");
    graph.begin();
    graph.set_node_property(a, key, Value::text("z"));
    graph.add_label(b, other);
    let gone = graph.add_node(&[other], vec![(key, Value::Int(1))]);
    graph.remove_node(gone);
    let changes = graph.commit();
    let want = Changes {
        properties_added: 1,
        properties_removed: 1,
        labels_added: 1,
        ..Changes::default()
    };
    assert_eq!(changes, want);
}

#[test]
fn a_serial_is_never_given_twice() {
    let (mut graph, [a, ..], _) = triangle();
    let serial = graph.node_serial(a);
    graph.detach_node(a);
    let next = graph.add_node(&[], Vec::new());
    assert_ne!(serial, graph.node_serial(next));
}

#[test]
fn one_and_one_point_nought_are_one_index_key() {
    let mut graph = Graph::new();
    let key = graph.intern("n");
    let node = graph.add_node(&[], vec![(key, Value::Int(1))]);
    assert_eq!(
        graph.nodes_with_property(key, &Value::Float(1.0)),
        Some(vec![node])
    );
    graph.set_node_property(node, key, Value::Int(2));
    assert_eq!(graph.nodes_with_property(key, &Value::Int(1)), Some(vec![]));
}

#[test]
fn an_index_follows_every_write() {
    let mut graph = Graph::new();
    let key = graph.intern("n");
    let ask = |graph: &Graph, n: i64| graph.nodes_with_property(key, &Value::Int(n));
    assert_eq!(
        ask(&graph, 1),
        Some(vec![]),
        "the index is there from now on"
    );
    let a = graph.add_node(&[], vec![(key, Value::Int(1))]);
    let b = graph.add_node(&[], vec![(key, Value::Int(1))]);
    let c = graph.add_node(&[], Vec::new());
    assert_eq!(ask(&graph, 1), Some(vec![a, b]));
    graph.set_node_property(c, key, Value::Int(1));
    graph.set_node_property(a, key, Value::Int(2));
    assert_eq!(ask(&graph, 1), Some(vec![b, c]));
    assert_eq!(ask(&graph, 2), Some(vec![a]));
    graph.begin();
    graph.remove_node(b);
    graph.set_node_property(a, key, Value::Null);
    assert_eq!(
        (ask(&graph, 1), ask(&graph, 2)),
        (Some(vec![c]), Some(vec![]))
    );
    graph.rollback();
    assert_eq!(
        (ask(&graph, 1), ask(&graph, 2)),
        (Some(vec![b, c]), Some(vec![a]))
    );
    graph.remove_node(b);
    assert_eq!(ask(&graph, 1), Some(vec![c]));
}

/// All there is to see of a graph.
fn see(graph: &Graph) -> String {
    let nodes: Vec<_> = graph
        .nodes()
        .map(|n| (n, graph.node_labels(n).to_vec(), graph.node_properties(n)))
        .collect();
    let edges: Vec<_> = graph
        .edges()
        .into_iter()
        .map(|e| (graph.ends(e), graph.edge_properties(e)))
        .collect();
    let hops: Vec<Hop> = graph
        .nodes()
        .flat_map(|n| graph.hops(n, Direction::In, KindFilter::Any))
        .collect();
    format!(
        "{nodes:?}{edges:?}{hops:?}{:?}{:?}{:?}",
        graph.labels(),
        graph.kinds(),
        graph.counts()
    )
}

fn packed() -> Graph {
    let mut part = Batch::default();
    let list = Value::list(vec![Value::Int(1), Value::Null, Value::text("x")]);
    for (id, size) in [
        ("a", Value::Int(1)),
        ("b", Value::text("big")),
        ("c", list),
        ("d", Value::Null),
        ("a", Value::Int(2)),
    ] {
        part.add_node(id, ["L", "L", id]);
        part.set_node("size", Given::from(&size));
    }
    part.add_edge("K", "a", "b");
    part.set_edge("w", Given::Float(0.5));
    part.add_edge("K", "b", "nobody");
    let mut builder = FrozenBuilder::new();
    let twice = builder.absorb(part);
    assert_eq!(twice.iter().map(|node| node.at).collect::<Vec<_>>(), [4]);
    let (graph, dangling) = builder.finish();
    assert_eq!(dangling.len(), 1);
    graph
}

fn with_id(graph: &Graph, id: &str) -> Option<Vec<NodeId>> {
    graph.nodes_with_property(graph.symbol("id")?, &Value::text(id))
}

#[test]
fn a_packed_graph_thaws_as_the_same_graph() {
    let mut graph = packed();
    let before = see(&graph);
    let found = with_id(&graph, "b");
    assert_eq!(found.as_ref().map(Vec::len), Some(1));
    graph.begin();
    let extra = graph.add_node(&[], Vec::new());
    graph.rollback();
    assert!(!graph.has_node(extra));
    assert_eq!(before, see(&graph));
    assert_eq!(found, with_id(&graph, "b"));
}

#[test]
fn a_snapshot_opens_as_the_same_graph() -> Result<(), Box<dyn std::error::Error>> {
    let mut graph = packed();
    let before = see(&graph);
    let mut file = Vec::new();
    graph.write_snapshot(&mut file)?;
    let opened = Graph::open_snapshot(Bytes::from(&file[..]))?;
    assert_eq!(before, see(&opened));
    assert_eq!(with_id(&graph, "c"), with_id(&opened, "c"));
    graph.intern("new");
    graph.thaw();
    let mut again = Vec::new();
    graph.write_snapshot(&mut again)?;
    assert_eq!(before, see(&Graph::open_snapshot(Bytes::from(&again[..]))?));
    Ok(())
}

#[test]
fn a_torn_or_foreign_file_is_no_snapshot() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    packed().write_snapshot(&mut file)?;
    let open = |bytes: &[u8]| Graph::open_snapshot(Bytes::from(bytes)).map(drop);
    assert_eq!(open(b"{}"), Err(SnapshotError::Foreign));
    for length in 0..file.len() {
        assert!(
            open(&file[..length]).is_err(),
            "{length} bytes of {}",
            file.len()
        );
    }
    let mut other = file.clone();
    other[8] = 9;
    assert_eq!(open(&other), Err(SnapshotError::Version(9)));
    other = file.clone();
    other[30] ^= 1;
    assert!(open(&other).is_err());
    Ok(())
}

/// Reads all there is to read of a graph, as questions do.
fn read_all(graph: &Graph) {
    let seen = see(graph);
    let labels: Vec<Symbol> = graph.labels().into_iter().map(|(label, _)| label).collect();
    for label in labels {
        let of_label: Vec<NodeId> = graph.nodes_with_label(label).collect();
        assert!(of_label.iter().all(|node| graph.has_node(*node)));
    }
    for node in graph.nodes() {
        for side in [Direction::Out, Direction::In] {
            for hop in graph.hops(node, side, KindFilter::Any) {
                assert!(graph.has_node(hop.node) && graph.has_edge(hop.edge));
                assert!(!graph.name(hop.kind).is_empty());
            }
        }
    }
    with_id(graph, "a");
    assert!(!seen.is_empty());
}

/// Bytes that stay, at the address that arrays want.
fn aligned(bytes: Vec<u8>) -> &'static [u8] {
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(&bytes);
    let words: &'static [u64] = Box::leak(words.into_boxed_slice());
    &bytemuck::cast_slice(words)[..bytes.len()]
}

#[test]
fn a_broken_array_leads_nowhere() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    packed().write_snapshot(&mut file)?;
    for at in 0..file.len() {
        for value in [0x00, 0x7f, 0xff] {
            let mut other = file.clone();
            other[at] = value;
            // Taken for part of the program, it is opened without being summed up.
            if let Ok(graph) = Graph::open_snapshot(Bytes::built_in(aligned(other))) {
                read_all(&graph);
            }
        }
    }
    Ok(())
}
