//! Three questions worth typing, made of what is loaded.

use super::Session;
use crate::model::Class;
use crate::model::Direction;
use crate::model::GraphView;
use crate::model::KindFilter;
use crate::model::Kinds;
use crate::model::NodeId;
use crate::model::Symbol;
use std::collections::VecDeque;

/// Questions to the catalog alone.
const CATALOG: [&str; 3] = [
    "which services can trigger a Lambda?",
    "paths from Cognito to DynamoDB",
    "compare SQS, SNS, Kinesis Data Streams",
];

/// Questions where nothing is loaded.
const NOTHING: [&str; 3] = [
    ":load example:fanout",
    "CREATE (:Queue {name: 'orders'})-[:TRIGGERS]->(:Function {name: 'work'})",
    "MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name",
];

/// Questions to a graph whose nodes are of no kind we know.
const GRAPH: [&str; 3] = [
    ":schema",
    "MATCH (n) RETURN labels(n), count(*) ORDER BY count(*) DESC",
    "MATCH ()-[r]->() RETURN type(r), count(*) ORDER BY count(*) DESC",
];

/// Most nodes that are looked at.
const LOOKED_AT: usize = 2_000;

impl Session {
    /// Gives three questions that have an answer here; looks at a part of the graph only.
    #[must_use]
    pub fn questions(&self) -> Vec<String> {
        let own = Own::new(&self.graph).questions();
        let few: &[&str] = match () {
            () if self.graph.node_count() == 0 => &NOTHING,
            () if self.catalog.is_some() => &CATALOG,
            () => &GRAPH,
        };
        let mut all = own;
        all.extend(few.iter().map(|question| (*question).to_owned()));
        all.truncate(3);
        all
    }
}

/// The user's own resources and the flow between them.
struct Own<'a> {
    graph: &'a dyn GraphView,
    resources: Vec<NodeId>,
    flow: Vec<Symbol>,
}

impl<'a> Own<'a> {
    fn new(graph: &'a dyn GraphView) -> Self {
        let label = graph.symbol("Resource");
        let resources = label.map(|label| graph.nodes_with_label(label).take(LOOKED_AT).collect());
        let kinds = Kinds::built_in().of_class(Class::Flow);
        Self {
            graph,
            resources: resources.unwrap_or_default(),
            flow: kinds.filter_map(|kind| graph.symbol(&kind.name)).collect(),
        }
    }

    fn questions(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Some((from, to)) = self.longest_way() {
            let (from, to) = (self.name(from), self.name(to));
            found.push(format!("paths from {from} to {to}"));
        }
        if let Some(node) = self.busiest() {
            found.push(format!("what breaks if {} fails", self.name(node)));
            found.push("draw as tree".to_owned());
        }
        found
    }

    /// The resource that most others lead to.
    fn busiest(&self) -> Option<NodeId> {
        let degree = |node: &NodeId| {
            let kinds = KindFilter::Only(&self.flow);
            self.graph.degree(*node, Direction::In, kinds)
        };
        let best = self.resources.iter().copied().rev().max_by_key(degree);
        best.filter(|node| degree(node) > 0)
    }

    /// The way with most steps from a node that nothing leads to.
    fn longest_way(&self) -> Option<(NodeId, NodeId)> {
        let starts = self.resources.iter().copied().filter(|node| {
            let kinds = KindFilter::Only(&self.flow);
            self.graph.degree(*node, Direction::In, kinds) == 0
        });
        let ways = starts.take(LOOKED_AT / 10).filter_map(|start| {
            let (end, steps) = self.farthest(start)?;
            Some((start, end, steps))
        });
        let best = ways.reduce(|best, way| if way.2 > best.2 { way } else { best });
        best.map(|(start, end, _)| (start, end))
    }

    fn farthest(&self, start: NodeId) -> Option<(NodeId, usize)> {
        let mut seen = vec![start];
        let mut open = VecDeque::from([(start, 0)]);
        let mut last = None;
        while let Some((node, steps)) = open.pop_front() {
            if steps > 0 {
                last = Some((node, steps));
            }
            let hops = self
                .graph
                .hops(node, Direction::Out, KindFilter::Only(&self.flow));
            for hop in hops {
                if seen.len() < LOOKED_AT && !seen.contains(&hop.node) {
                    seen.push(hop.node);
                    open.push_back((hop.node, steps + 1));
                }
            }
        }
        last
    }

    fn name(&self, node: NodeId) -> String {
        let named = ["name", "id"].map(|key| self.graph.get(node, key));
        let name = named.iter().find_map(|value| value.as_str());
        name.unwrap_or_default().to_owned()
    }
}
