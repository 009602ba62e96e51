//! What a question sees of the petgraph store.

use super::adjacency::Adjacency;
use super::graph::{Graph, Properties, edge_index, node_index};
use super::index::{IndexKey, ValueIndex};
use super::node_set::NodeSet;
use super::packed::{ColumnView, PackedSide, Token};
use super::shortcuts::NarrowSide;
use super::symbol::Symbol;
use super::value::Value;
use super::view::{
    Direction, EdgeId, Ends, GraphView, Hop, Hops, HopsFrom, KindFilter, NodeId, Nodes,
};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use std::collections::BTreeSet;
use std::sync::Arc;

fn find(properties: &Properties, key: Symbol) -> Value {
    properties
        .iter()
        .find(|(k, _)| *k == key)
        .map_or(Value::Null, |(_, value)| value.clone())
}

/// An edge of another graph has no ends here; nothing has these ids.
const NOWHERE: Ends = Ends {
    kind: Symbol(u32::MAX),
    from: NodeId(u32::MAX),
    to: NodeId(u32::MAX),
};

impl GraphView for Graph {
    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.names.get(name)
    }

    fn name(&self, symbol: Symbol) -> &str {
        self.names.name(symbol)
    }

    fn node_count(&self) -> usize {
        if let Some(rest) = &self.rest {
            return rest.node_count();
        }
        self.live.len()
    }

    fn edge_count(&self) -> usize {
        if let Some(rest) = &self.rest {
            return rest.edge_count();
        }
        self.live_edges
    }

    fn node_bound(&self) -> usize {
        if let Some(rest) = &self.rest {
            return rest.node_count();
        }
        self.store
            .node_indices()
            .next_back()
            .map_or(0, |index| index.index() + 1)
    }

    fn edge_bound(&self) -> usize {
        if let Some(rest) = &self.rest {
            return rest.edge_count();
        }
        self.store
            .edge_indices()
            .next_back()
            .map_or(0, |index| index.index() + 1)
    }

    fn nodes(&self) -> Nodes<'_> {
        if let Some(rest) = &self.rest {
            return Nodes::Range(rest.nodes());
        }
        Nodes::Set(self.live.iter())
    }

    fn edges(&self) -> Vec<EdgeId> {
        if let Some(rest) = &self.rest {
            return rest.edges().collect();
        }
        let edges = self
            .store
            .edge_references()
            .filter(|edge| !edge.weight().dead);
        edges.map(|edge| EdgeId(edge.id().index() as u32)).collect()
    }

    fn nodes_with_label(&self, label: Symbol) -> Nodes<'_> {
        if let Some(rest) = &self.rest {
            return Nodes::Slice(rest.with_label(label).iter());
        }
        self.by_label
            .get(&label)
            .map_or(Nodes::None, |nodes| Nodes::Set(nodes.iter()))
    }

    fn nodes_with_property(&self, key: Symbol, value: &Value) -> Option<Vec<NodeId>> {
        if let Some(rest) = &self.rest {
            return rest.with_property(key, value);
        }
        let wanted = IndexKey::of(value)?;
        if let Ok(indexes) = self.indexes.read()
            && let Some(index) = indexes.get(&key)
        {
            return Some(index.find(&wanted));
        }
        let mut index = ValueIndex::default();
        for node in self.live.iter() {
            let properties = &self.store[node_index(node)].properties;
            if let Some((_, own)) = properties.iter().find(|(k, _)| *k == key) {
                index.add(own, node);
            }
        }
        let nodes = index.find(&wanted);
        if let Ok(mut indexes) = self.indexes.write() {
            indexes.insert(key, index);
        }
        Some(nodes)
    }

    fn count_with_property(&self, key: Symbol, value: &Value) -> Option<usize> {
        match &self.rest {
            Some(rest) => rest.count_with_property(key, value),
            None => self
                .nodes_with_property(key, value)
                .map(|nodes| nodes.len()),
        }
    }

    fn labels(&self) -> Vec<(Symbol, usize)> {
        if let Some(rest) = &self.rest {
            return rest.labels();
        }
        let mut labels: Vec<_> = self
            .by_label
            .iter()
            .map(|(label, nodes)| (*label, nodes.len()))
            .filter(|(_, count)| *count > 0)
            .collect();
        labels.sort_unstable();
        labels
    }

    fn kinds(&self) -> Vec<(Symbol, usize)> {
        if let Some(rest) = &self.rest {
            return rest.kinds();
        }
        let kinds = self.by_kind.iter().filter(|(_, count)| **count > 0);
        let mut kinds: Vec<_> = kinds.map(|(kind, count)| (*kind, *count)).collect();
        kinds.sort_unstable();
        kinds
    }

    fn label_count(&self, label: Symbol) -> usize {
        if let Some(rest) = &self.rest {
            return rest.label_count(label);
        }
        self.by_label.get(&label).map_or(0, NodeSet::len)
    }

    fn kind_count(&self, kind: Symbol) -> usize {
        if let Some(rest) = &self.rest {
            return rest.kind_count(kind);
        }
        self.by_kind.get(&kind).copied().unwrap_or(0)
    }

    fn has_node(&self, node: NodeId) -> bool {
        if let Some(rest) = &self.rest {
            return node.index() < rest.node_count();
        }
        self.store
            .node_weight(node_index(node))
            .is_some_and(|data| !data.dead)
    }

    fn has_edge(&self, edge: EdgeId) -> bool {
        if let Some(rest) = &self.rest {
            return edge.index() < rest.edge_count();
        }
        self.store
            .edge_weight(edge_index(edge))
            .is_some_and(|data| !data.dead)
    }

    fn node_serial(&self, node: NodeId) -> u64 {
        if self.rest.is_some() {
            return node.index() as u64;
        }
        self.store
            .node_weight(node_index(node))
            .map_or(u64::MAX, |data| data.serial)
    }

    fn edge_serial(&self, edge: EdgeId) -> u64 {
        if let Some(rest) = &self.rest {
            return rest.node_count() as u64 + edge.index() as u64;
        }
        self.store
            .edge_weight(edge_index(edge))
            .map_or(u64::MAX, |data| data.serial)
    }

    fn node_labels(&self, node: NodeId) -> &[Symbol] {
        if let Some(rest) = &self.rest {
            return rest.node_labels(node);
        }
        self.store
            .node_weight(node_index(node))
            .map_or(&[], |data| &data.labels)
    }

    fn node_property(&self, node: NodeId, key: Symbol) -> Value {
        if let Some(rest) = &self.rest {
            return rest.node_property(node, key);
        }
        self.store
            .node_weight(node_index(node))
            .map_or(Value::Null, |data| find(&data.properties, key))
    }

    fn node_properties(&self, node: NodeId) -> Vec<(Symbol, Value)> {
        if let Some(rest) = &self.rest {
            return rest.node_properties(node);
        }
        self.store
            .node_weight(node_index(node))
            .map_or_else(Vec::new, |data| data.properties.clone())
    }

    fn node_keys(&self, most: usize) -> Vec<Symbol> {
        if let Some(rest) = &self.rest {
            return rest.node_keys();
        }
        let nodes = self.live.iter().take(most);
        let cells = nodes.flat_map(|node| &self.store[node_index(node)].properties);
        let keys: BTreeSet<Symbol> = cells.map(|(key, _)| *key).collect();
        keys.into_iter().collect()
    }

    fn ends(&self, edge: EdgeId) -> Ends {
        if let Some(rest) = &self.rest {
            return rest.ends(edge).unwrap_or(NOWHERE);
        }
        let index = edge_index(edge);
        match (
            self.store.edge_weight(index),
            self.store.edge_endpoints(index),
        ) {
            (Some(data), Some((from, to))) => Ends {
                kind: data.kind,
                from: NodeId(from.index() as u32),
                to: NodeId(to.index() as u32),
            },
            _ => NOWHERE,
        }
    }

    fn edge_property(&self, edge: EdgeId, key: Symbol) -> Value {
        if let Some(rest) = &self.rest {
            return rest.edge_property(edge, key);
        }
        self.store
            .edge_weight(edge_index(edge))
            .map_or(Value::Null, |data| find(&data.properties, key))
    }

    fn edge_properties(&self, edge: EdgeId) -> Vec<(Symbol, Value)> {
        if let Some(rest) = &self.rest {
            return rest.edge_properties(edge);
        }
        self.store
            .edge_weight(edge_index(edge))
            .map_or_else(Vec::new, |data| data.properties.clone())
    }

    fn hops<'a>(&'a self, node: NodeId, direction: Direction, kinds: KindFilter<'a>) -> Hops<'a> {
        if let Some(rest) = &self.rest {
            return Hops(rest.hops(node, direction, kinds));
        }
        if let Some(adjacency) = self.adjacency.get() {
            return Hops(adjacency.hops(node, direction, kinds));
        }
        let side = match direction {
            Direction::Out => petgraph::Direction::Outgoing,
            Direction::In => petgraph::Direction::Incoming,
        };
        let wanted = |kind: &Symbol| match kinds {
            KindFilter::Any => true,
            KindFilter::Only(kinds) => kinds.contains(kind),
        };
        let mut hops: Vec<Hop> = self
            .store
            .edges_directed(node_index(node), side)
            .filter(|edge| !edge.weight().dead && wanted(&edge.weight().kind))
            .map(|edge| Hop {
                kind: edge.weight().kind,
                edge: EdgeId(edge.id().index() as u32),
                node: NodeId(match direction {
                    Direction::Out => edge.target().index() as u32,
                    Direction::In => edge.source().index() as u32,
                }),
            })
            .collect();
        hops.sort_unstable_by_key(|hop| (hop.kind, hop.edge));
        Hops(HopsFrom::Owned(hops.into_iter()))
    }

    fn packed(&self, direction: Direction) -> Option<PackedSide<'_>> {
        if let Some(rest) = &self.rest {
            return Some(rest.side(direction));
        }
        let adjacency = self.adjacency.get()?;
        Some(adjacency.side(direction))
    }

    fn narrow(
        &self,
        direction: Direction,
        kinds: &[Symbol],
        make: bool,
    ) -> Option<Arc<NarrowSide>> {
        let side = self.packed(direction)?;
        let known = self.shortcuts.narrow(direction, kinds);
        known.or_else(|| {
            let made = || {
                let bound = self.node_bound();
                self.shortcuts.make_narrow(direction, kinds, &side, bound)
            };
            make.then(made)
        })
    }

    fn is_unique(&self, key: Symbol) -> bool {
        let column = self.node_column(key);
        column.is_some_and(|column| {
            let bound = self.node_count();
            self.shortcuts.is_unique(key, &column, bound)
        })
    }

    fn has_loops(&self) -> bool {
        match (&self.rest, self.adjacency.get()) {
            (Some(rest), _) => rest.has_loops(),
            (None, Some(adjacency)) => adjacency.has_loops(),
            (None, None) => true,
        }
    }

    fn node_column(&self, key: Symbol) -> Option<ColumnView<'_>> {
        self.rest.as_ref().map(|rest| rest.node_column(key))
    }

    fn edge_column(&self, key: Symbol) -> Option<ColumnView<'_>> {
        self.rest.as_ref().map(|rest| rest.edge_column(key))
    }

    fn label_sets(&self) -> Option<(&[u16], &[Vec<Symbol>])> {
        self.rest.as_ref().map(|rest| rest.label_sets())
    }

    fn token(&self, text: &str) -> Option<Token> {
        self.rest.as_ref()?.token(text)
    }

    fn token_text(&self, token: Token) -> &str {
        let rest = self.rest.as_ref();
        rest.map_or("", |rest| rest.token_text(token))
    }

    fn prepare(&self) {
        if self.rest.is_some() {
            return;
        }
        self.adjacency.get_or_init(|| {
            let edges = self.edges().into_iter().map(|edge| (edge, self.ends(edge)));
            // Packing goes over them several times.
            let edges: Vec<_> = edges.collect();
            Adjacency::packed(self.node_bound(), edges.iter().copied())
        });
    }
}
