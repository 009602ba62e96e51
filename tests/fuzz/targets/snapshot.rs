//! Any bytes are a snapshot, or are refused; what opens can be read to the end.
#![no_main]

use archq::model::{Bytes, Graph, GraphView};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(graph) = Graph::open_snapshot(Bytes::from(bytes)) {
        for node in graph.nodes().take(1_000) {
            let _ = (graph.node_labels(node), graph.node_properties(node));
        }
        for edge in graph.edges().into_iter().take(1_000) {
            let _ = (graph.ends(edge), graph.edge_properties(edge));
        }
    }
});
