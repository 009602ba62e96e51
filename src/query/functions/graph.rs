//! Functions on nodes, relationships and paths.

use super::Context;
use super::Function;
use super::Types;
use super::function::p;
use crate::diag::Diagnostic;
use crate::model::Direction;
use crate::model::EdgeId;
use crate::model::KindFilter;
use crate::model::NodeId;
use crate::model::Path;
use crate::model::Symbol;
use crate::model::Value;
use crate::model::ValueMap;
use crate::query::ops;

type Outcome = Result<Value, Diagnostic>;

const ENTITY: Types = Types::NODE.or(Types::RELATIONSHIP);

/// The functions of this family. In their examples `a` and `b` are nodes, `r` is the relationship
/// between them and `p` the path over it.
pub(super) const GRAPH: &[Function] = &[
    Function::scalar("id", &[p("entity", ENTITY)], Types::INTEGER, id)
        .help("gives the number of a node or relationship, which no other has in this session")
        .example("id(a) = id(a)", "true"),
    Function::scalar(
        "elementId",
        &[p("entity", ENTITY)],
        Types::STRING,
        element_id,
    )
    .help("gives the id of a node or relationship as a string")
    .example("elementId(a) = elementId(b)", "false"),
    Function::scalar("labels", &[p("node", Types::NODE)], Types::LIST, labels)
        .help("gives the labels of a node")
        .example("labels(a)", "['Queue']"),
    Function::scalar(
        "type",
        &[p("relationship", Types::RELATIONSHIP)],
        Types::STRING,
        kind,
    )
    .help("gives the kind of a relationship")
    .example("type(r)", "'TRIGGERS'"),
    Function::scalar(
        "keys",
        &[p("value", ENTITY.or(Types::MAP))],
        Types::LIST,
        keys,
    )
    .help("gives the keys of a map, or the names of the properties")
    .example("keys({name: 'SQS', id: 1})", "['name', 'id']"),
    Function::scalar(
        "properties",
        &[p("value", ENTITY.or(Types::MAP))],
        Types::MAP,
        properties,
    )
    .help("gives all properties as a map")
    .example("properties(a)", "{name: 'orders'}"),
    Function::scalar(
        "startNode",
        &[p("relationship", Types::RELATIONSHIP)],
        Types::NODE,
        start,
    )
    .help("gives the node that a relationship starts from")
    .example("startNode(r) = a", "true"),
    Function::scalar(
        "endNode",
        &[p("relationship", Types::RELATIONSHIP)],
        Types::NODE,
        end,
    )
    .help("gives the node that a relationship leads to")
    .example("endNode(r) = b", "true"),
    Function::scalar("nodes", &[p("path", Types::PATH)], Types::LIST, nodes)
        .help("gives the nodes of a path, in the order walked")
        .example("nodes(p) = [a, b]", "true"),
    Function::scalar(
        "relationships",
        &[p("path", Types::PATH)],
        Types::LIST,
        relationships,
    )
    .help("gives the relationships of a path, in the order walked")
    .example("relationships(p) = [r]", "true"),
    Function::scalar(
        "rels",
        &[p("path", Types::PATH)],
        Types::LIST,
        relationships,
    )
    .help("gives the relationships of a path, in the order walked")
    .example("rels(p) = [r]", "true"),
    Function::scalar("length", &[p("path", Types::PATH)], Types::INTEGER, length)
        .help("gives the number of relationships of a path")
        .example("length(p)", "1"),
    Function::scalar("degree", &[p("node", Types::NODE)], Types::INTEGER, degree)
        .help("counts the relationships at a node, a loop in both directions; touches each once")
        .example("degree(a)", "1"),
];

fn id(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(serial(context, &arguments[0]).map_or(Value::Null, |serial| Value::Int(serial as i64)))
}

fn element_id(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let letter = if matches!(arguments[0], Value::Node(_)) {
        'n'
    } else {
        'r'
    };
    let serial = serial(context, &arguments[0]);
    Ok(serial.map_or(Value::Null, |serial| format!("{letter}{serial}").into()))
}

fn serial(context: &Context<'_>, value: &Value) -> Option<u64> {
    match value {
        Value::Node(node) => Some(context.graph.node_serial(*node)),
        Value::Edge(edge) => Some(context.graph.edge_serial(*edge)),
        _ => None,
    }
}

fn labels(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let Value::Node(node) = arguments[0] else {
        return Ok(Value::Null);
    };
    ops::alive(node, context.graph)?;
    let labels = context.graph.node_labels(node).iter();
    let names = labels.map(|label| Value::from(context.graph.name(*label)));
    Ok(names.collect::<Vec<_>>().into())
}

/// The kind stays with a relationship that this statement has deleted.
fn kind(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(edge(arguments).map_or(Value::Null, |edge| {
        Value::from(context.graph.name(context.graph.ends(edge).kind))
    }))
}

fn edge(arguments: &[Value]) -> Option<EdgeId> {
    match arguments[0] {
        Value::Edge(edge) => Some(edge),
        _ => None,
    }
}

fn keys(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let names: Vec<Value> = match &arguments[0] {
        Value::Map(map) => map.keys().map(|key| Value::Text(key.clone())).collect(),
        entity => own_properties(context, entity)?
            .iter()
            .map(|(key, _)| Value::from(context.graph.name(*key)))
            .collect(),
    };
    Ok(names.into())
}

fn properties(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    if let Value::Map(_) = &arguments[0] {
        return Ok(arguments[0].clone());
    }
    let own = own_properties(context, &arguments[0])?;
    let named = own.into_iter();
    let map: ValueMap = named
        .map(|(key, value)| (context.graph.name(key).into(), value))
        .collect();
    Ok(Value::map(map))
}

fn own_properties(
    context: &Context<'_>,
    entity: &Value,
) -> Result<Vec<(Symbol, Value)>, Diagnostic> {
    match entity {
        Value::Node(node) => {
            ops::alive(*node, context.graph)?;
            Ok(context.graph.node_properties(*node))
        }
        Value::Edge(edge) => {
            ops::edge_alive(*edge, context.graph)?;
            Ok(context.graph.edge_properties(*edge))
        }
        _ => Ok(Vec::new()),
    }
}

fn start(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let start = |edge| Value::Node(context.graph.ends(edge).from);
    Ok(edge(arguments).map_or(Value::Null, start))
}

fn end(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let end = |edge| Value::Node(context.graph.ends(edge).to);
    Ok(edge(arguments).map_or(Value::Null, end))
}

fn path(arguments: &[Value]) -> Option<&Path> {
    match &arguments[0] {
        Value::Path(path) => Some(path),
        _ => None,
    }
}

fn nodes(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let nodes = |path: &Path| {
        path.nodes
            .iter()
            .copied()
            .map(Value::Node)
            .collect::<Vec<_>>()
    };
    Ok(path(arguments).map_or(Value::Null, |path| nodes(path).into()))
}

fn relationships(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let edges = |path: &Path| {
        path.edges
            .iter()
            .copied()
            .map(Value::Edge)
            .collect::<Vec<_>>()
    };
    Ok(path(arguments).map_or(Value::Null, |path| edges(path).into()))
}

fn length(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(path(arguments).map_or(Value::Null, |path| Value::Int(path.edges.len() as i64)))
}

fn degree(context: &Context<'_>, arguments: &[Value]) -> Outcome {
    let Value::Node(node) = arguments[0] else {
        return Ok(Value::Null);
    };
    ops::alive(node, context.graph)?;
    let side = |node: NodeId, side| context.graph.degree(node, side, KindFilter::Any);
    let degree = side(node, Direction::Out) + side(node, Direction::In);
    Ok(Value::Int(degree as i64))
}
