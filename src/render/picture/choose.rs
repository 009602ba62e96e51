//! Which nodes and edges of a piece are drawn.
//!
//! Glue is looked through, containers become boxes, the graph's own bones stay out unless the
//! question was about them.

use super::super::Job;
use super::has_boxes;
use crate::model::Direction;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::Kind;
use crate::model::KindFilter;
use crate::model::Kinds;
use crate::model::NodeId;
use crate::model::Piece;
use std::collections::BTreeSet;

/// Labels of what a template declares: the architecture, without the catalog.
const DECLARED: [&str; 7] = [
    "Resource", "Stack", "Module", "Account", "Region", "Vpc", "Subnet",
];

/// The label of ends outside; drawn where something that was loaded has to do with them.
const OUTSIDE: &str = "External";

/// Labels of what holds other things.
pub(super) const CONTAINERS: [&str; 6] = ["Stack", "Module", "Account", "Region", "Vpc", "Subnet"];

/// Values of `role` that stand between others and are looked through.
const GLUE: [&str; 2] = ["glue", "part"];

/// What was chosen.
pub(super) struct Chosen {
    pub(super) nodes: Vec<NodeId>,
    pub(super) edges: Vec<EdgeId>,
    pub(super) pale_nodes: BTreeSet<NodeId>,
    pub(super) pale_edges: BTreeSet<EdgeId>,
    pub(super) hidden: usize,
}

/// Gives everything that was loaded, without the catalog; walks the nodes of the architecture and
/// their edges.
#[must_use]
pub fn architecture(view: &dyn GraphView) -> Piece {
    let labels = DECLARED.iter().filter_map(|name| view.symbol(name));
    let declared: BTreeSet<NodeId> = labels
        .flat_map(|label| view.nodes_with_label(label))
        .collect();
    let outside = view
        .symbol(OUTSIDE)
        .map(|label| view.nodes_with_label(label));
    let touched = outside.into_iter().flatten().filter(|node| {
        [Direction::Out, Direction::In]
            .into_iter()
            .flat_map(|side| view.hops(*node, side, KindFilter::Any))
            .any(|hop| declared.contains(&hop.node))
    });
    let nodes: BTreeSet<NodeId> = touched.chain(declared.iter().copied()).collect();
    let edges = view
        .edges()
        .into_iter()
        .filter(|edge| {
            let ends = view.ends(*edge);
            nodes.contains(&ends.from) && nodes.contains(&ends.to)
        })
        .collect();
    Piece { nodes, edges }
}

/// Chooses what is drawn of an answer.
pub(super) fn choose(job: &Job<'_>) -> Chosen {
    let piece = &job.answer.piece;
    let whole = job.options.picture.context.then(|| architecture(job.view));
    let mut nodes = piece.nodes.clone();
    let mut edges = piece.edges.clone();
    if let Some(whole) = &whole {
        nodes.extend(&whole.nodes);
        edges.extend(&whole.edges);
    }
    let (edges, touched) = choose_edges(job, &nodes, &edges);
    let glue = nodes
        .iter()
        .filter(|node| is_hidden_glue(job, **node))
        .count();
    let kept: Vec<NodeId> = nodes
        .iter()
        .copied()
        .filter(|node| is_drawn(job, *node, &touched))
        .collect();
    Chosen {
        pale_nodes: kept
            .iter()
            .copied()
            .filter(|node| !piece.nodes.contains(node))
            .collect(),
        pale_edges: edges
            .iter()
            .copied()
            .filter(|edge| !piece.edges.contains(edge))
            .collect(),
        nodes: kept,
        edges,
        hidden: glue,
    }
}

fn is_drawn(job: &Job<'_>, node: NodeId, touched: &BTreeSet<NodeId>) -> bool {
    job.view.has_node(node)
        && !is_hidden_glue(job, node)
        && !is_hidden_by_label(job, node)
        && (!is_container(job.view, node) || touched.contains(&node) || !has_boxes(job))
}

fn is_hidden_glue(job: &Job<'_>, node: NodeId) -> bool {
    let role = job.view.get(node, "role");
    let is_glue = role.as_str().is_some_and(|role| GLUE.contains(&role));
    is_glue && !job.options.picture.glue && !is_shown_by_label(job, node)
}

/// Tells whether a node holds others.
pub(super) fn is_container(view: &dyn GraphView, node: NodeId) -> bool {
    view.get(node, "role").as_str() == Some("container")
        || view
            .node_labels(node)
            .iter()
            .any(|label| CONTAINERS.contains(&view.name(*label)))
}

fn names_one_of(job: &Job<'_>, names: &[String], node: NodeId) -> bool {
    let labels = job.view.node_labels(node);
    labels
        .iter()
        .any(|label| is_among(names, job.view.name(*label)))
}

fn is_among(names: &[String], name: &str) -> bool {
    names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn is_hidden_by_label(job: &Job<'_>, node: NodeId) -> bool {
    names_one_of(job, &job.options.picture.hide, node)
}

fn is_shown_by_label(job: &Job<'_>, node: NodeId) -> bool {
    names_one_of(job, &job.options.picture.show, node)
}

/// Chooses the edges, and gives the nodes at their ends: the graph's own bones only where a piece
/// has nothing else, or they are asked for.
fn choose_edges(
    job: &Job<'_>,
    nodes: &BTreeSet<NodeId>,
    edges: &BTreeSet<EdgeId>,
) -> (Vec<EdgeId>, BTreeSet<NodeId>) {
    let view = job.view;
    let drawable = |edge: &EdgeId| {
        let ends = view.ends(*edge);
        view.has_edge(*edge) && nodes.contains(&ends.from) && nodes.contains(&ends.to)
    };
    let all: Vec<EdgeId> = edges.iter().copied().filter(drawable).collect();
    let bones_only = all.iter().all(|edge| is_bone(view, *edge));
    let kept: Vec<EdgeId> = all
        .into_iter()
        .filter(|edge| is_drawn_edge(job, *edge, bones_only))
        .collect();
    let touched = kept
        .iter()
        .map(|edge| view.ends(*edge))
        .flat_map(|ends| [ends.from, ends.to])
        .collect();
    (kept, touched)
}

fn is_drawn_edge(job: &Job<'_>, edge: EdgeId, bones_only: bool) -> bool {
    let kind = job.view.name(job.view.ends(edge).kind);
    let options = &job.options.picture;
    if is_among(&options.hide, kind) {
        return false;
    }
    let boxed = has_boxes(job) && kind == "CONTAINS" && !bones_only;
    is_among(&options.show, kind) || !is_bone(job.view, edge) || (bones_only && !boxed)
}

fn is_bone(view: &dyn GraphView, edge: EdgeId) -> bool {
    kind_of(view, edge).is_some_and(|kind| kind.structural)
}

/// Gives the row of the table of kinds for an edge, if its kind is one of ours.
pub(super) fn kind_of(view: &dyn GraphView, edge: EdgeId) -> Option<&'static Kind> {
    Kinds::built_in().get(view.name(view.ends(edge).kind))
}
