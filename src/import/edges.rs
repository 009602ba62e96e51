//! The integration edges of a graph as rows for other programs.

use super::types;
use crate::model::{Class, EdgeId, Ends, GraphView, Kinds, NodeId, Symbol, Value};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::Arc;

/// One integration edge, as `archq edges --format json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EdgeRow {
    /// Where it starts.
    pub from: EndRow,
    /// Where it ends.
    pub to: EndRow,
    /// The kind in lower case.
    pub kind: String,
    /// How.
    pub mechanism: String,
    /// The file that declares it.
    pub file: String,
    /// The line that declares it.
    pub line: i64,
}

/// One end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndRow {
    /// The logical id or address; what is known of an end outside.
    pub id: String,
    /// The type as written, empty for an end outside.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The short name of the service.
    pub service: String,
}

/// The lightest kind that is an integration, that of file systems in use: below are roles, keys,
/// networks and logs.
const LIGHTEST: u32 = 42;

/// Lists the integration edges of a graph: requests, events, data and who decides about them, between
/// things of their own. Walks the edges once.
pub fn edges<'a>(graph: &'a dyn GraphView) -> impl Iterator<Item = EdgeRow> + 'a {
    let mut reader = Reader::new(graph);
    graph
        .edges()
        .into_iter()
        .filter_map(move |edge| reader.row(edge))
}

/// Counts what `edges` lists. Walks the edges once.
pub(super) fn count(graph: &dyn GraphView) -> usize {
    let mut reader = Reader::new(graph);
    let edges = graph.edges().into_iter();
    edges.filter(|edge| reader.listed(*edge).is_some()).count()
}

/// Reads edges of one graph; knows its symbols, so that none is looked up for every edge.
struct Reader<'a> {
    graph: &'a dyn GraphView,
    keys: Keys,
    /// Short names of the services met so far.
    services: FxHashMap<Arc<str>, String>,
    /// How the nodes met so far stand to edges, by their index.
    standings: Vec<Option<Standing>>,
    /// The kinds met so far, by their symbols.
    kinds: Vec<Option<Listed>>,
}

/// How a kind is written where it is an integration, and its class.
type Listed = Option<(String, Class)>;

/// What of a node decides whether an edge at it is listed.
#[derive(Clone, Copy)]
struct Standing {
    /// It is there for others.
    looked_through: bool,
    /// Others lie in it.
    contains: bool,
    /// It is of a service.
    served: bool,
}

/// The properties that are read; one that no node and no edge has is none.
struct Keys {
    role: Option<Symbol>,
    service: Option<Symbol>,
    logical_id: Option<Symbol>,
    id: Option<Symbol>,
    type_name: Option<Symbol>,
    mechanism: Option<Symbol>,
    file: Option<Symbol>,
    line: Option<Symbol>,
}

impl<'a> Reader<'a> {
    fn new(graph: &'a dyn GraphView) -> Self {
        let keys = Keys {
            role: graph.symbol("role"),
            service: graph.symbol("service"),
            logical_id: graph.symbol("logical_id"),
            id: graph.symbol("id"),
            type_name: graph.symbol("type"),
            mechanism: graph.symbol("mechanism"),
            file: graph.symbol("file"),
            line: graph.symbol("line"),
        };
        Self {
            graph,
            keys,
            services: FxHashMap::default(),
            standings: vec![None; graph.node_bound()],
            kinds: Vec::new(),
        }
    }

    fn row(&mut self, edge: EdgeId) -> Option<EdgeRow> {
        let ends = self.listed(edge)?;
        let kind = self.kind(ends.kind)?.0.clone();
        Some(EdgeRow {
            from: self.end(ends.from)?,
            to: self.end(ends.to)?,
            kind,
            mechanism: text(self.of_edge(edge, self.keys.mechanism)),
            file: text(self.of_edge(edge, self.keys.file)),
            line: self.of_edge(edge, self.keys.line).as_int().unwrap_or(0),
        })
    }

    /// Gives the ends and the kind of an edge that is an integration.
    fn listed(&mut self, edge: EdgeId) -> Option<Ends> {
        let ends = self.graph.ends(edge);
        let class = self.kind(ends.kind)?.1;
        let (from, to) = (self.standing(ends.from), self.standing(ends.to));
        if from.looked_through || to.looked_through {
            return None;
        }
        // A network keeps strangers from all that lies in it; that is where a thing is, not what it is for.
        if class == Class::Access && from.contains {
            return None;
        }
        // Who reads the mail of a topic, or what nobody can tell, is no service to integrate with.
        (from.served && to.served).then_some(ends)
    }

    /// Gives how a node stands to its edges; reads its properties once.
    fn standing(&mut self, node: NodeId) -> Standing {
        if let Some(Some(known)) = self.standings.get(node.index()) {
            return *known;
        }
        let role = self.of_node(node, self.keys.role);
        let standing = Standing {
            looked_through: matches!(role.as_str(), Some("glue" | "part")),
            contains: role.as_str() == Some("container"),
            served: !self.of_node(node, self.keys.service).is_null(),
        };
        if let Some(place) = self.standings.get_mut(node.index()) {
            *place = Some(standing);
        }
        standing
    }

    /// Gives how a kind is written, and its class; none where it is no integration.
    fn kind(&mut self, symbol: Symbol) -> Option<&(String, Class)> {
        if self.kinds.len() <= symbol.index() {
            self.kinds.resize(symbol.index() + 1, None);
        }
        let known = self.kinds.get_mut(symbol.index())?;
        let name = self.graph.name(symbol);
        known.get_or_insert_with(|| listed(name)).as_ref()
    }

    fn end(&mut self, node: NodeId) -> Option<EndRow> {
        let id = match self.of_node(node, self.keys.logical_id) {
            Value::Null => self.of_node(node, self.keys.id),
            id => id,
        };
        Some(EndRow {
            id: id.as_str()?.to_owned(),
            type_name: text(self.of_node(node, self.keys.type_name)),
            service: self.service(node),
        })
    }

    fn service(&mut self, node: NodeId) -> String {
        let Value::Text(service) = self.of_node(node, self.keys.service) else {
            return types::contract_name("");
        };
        let known = self.services.entry(service);
        let name = known.or_insert_with_key(|service| types::contract_name(service));
        name.clone()
    }

    fn of_node(&self, node: NodeId, key: Option<Symbol>) -> Value {
        key.map_or(Value::Null, |key| self.graph.node_property(node, key))
    }

    fn of_edge(&self, edge: EdgeId, key: Option<Symbol>) -> Value {
        key.map_or(Value::Null, |key| self.graph.edge_property(edge, key))
    }
}

/// Gives how a kind is written, and its class, where it is an integration.
fn listed(name: &str) -> Listed {
    let kind = Kinds::built_in().get(name)?;
    let listed = !kind.structural && kind.weight >= LIGHTEST;
    listed.then(|| (name.to_lowercase(), kind.class))
}

fn text(value: Value) -> String {
    value.as_str().map_or_else(String::new, str::to_owned)
}
