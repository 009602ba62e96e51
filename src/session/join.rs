//! Joining what was read with what is there: a resource is an instance of its service.

use super::Session;
use crate::model::Graph;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;

impl Session {
    /// Puts a graph beside the others, and joins its resources to the services of the catalog.
    pub(super) fn join(&mut self, other: Graph) {
        if self.graph.node_count() == 0 {
            // Nothing to join it to; a graph at rest stays one.
            self.graph = other;
            return;
        }
        let moved = self.graph.absorb(&other);
        if self.catalog.is_some() {
            link_services(&mut self.graph, moved.into_iter().flatten());
        }
    }
}

/// Draws `INSTANCE_OF` from every resource, and from every end outside whose service is known, to
/// the service that it names by id.
fn link_services(graph: &mut Graph, nodes: impl Iterator<Item = NodeId>) {
    let Some(key) = graph.symbol("service") else {
        return;
    };
    let labels = ["Resource", "External"].map(|label| graph.symbol(label));
    let is_one = |node: &NodeId| {
        labels
            .iter()
            .flatten()
            .any(|own| graph.has_label(*node, *own))
    };
    let found: Vec<(NodeId, NodeId)> = nodes
        .filter(is_one)
        .filter_map(|node| {
            let service = graph.node_property(node, key);
            Some((node, service_of(graph, &service)?))
        })
        .collect();
    let kind = graph.intern("INSTANCE_OF");
    for (node, service) in found {
        graph.add_edge(kind, node, service, Vec::new());
    }
}

fn service_of(graph: &Graph, id: &Value) -> Option<NodeId> {
    let key = graph.symbol("id")?;
    let labels = ["Service", "Feature"].map(|label| graph.symbol(label));
    let found = graph.nodes_with_property(key, id)?;
    let is_service = |node: &NodeId| {
        let labels = labels.iter().flatten();
        labels
            .into_iter()
            .any(|label| graph.has_label(*node, *label))
    };
    found.into_iter().find(is_service)
}
