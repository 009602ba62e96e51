//! Which nodes and edges of a piece are drawn.
//!
//! Glue is looked through, containers become boxes, the graph's own bones stay out unless the
//! question was about them.

use super::super::Job;
use super::frames;
use super::has_boxes;
use crate::model::Class;
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
    /// Glue that is looked through.
    pub(super) glue: usize,
    /// What would be drawn had nobody asked to hide it.
    pub(super) hidden_nodes: usize,
    pub(super) hidden_edges: usize,
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
    let mut all = piece.clone();
    if job.options.picture.context {
        let whole = architecture(job.view);
        all.nodes.extend(whole.nodes);
        all.edges.extend(whole.edges);
    }
    all.nodes.retain(|node| job.view.has_node(*node));
    let glue = |node: &&NodeId| is_hidden_glue(job, **node);
    let glue = all.nodes.iter().filter(glue).count();
    all.nodes.retain(|node| !is_hidden_glue(job, *node));
    let watching = watching_ends(job, &all);
    all.nodes.retain(|node| !watching.contains(node));
    let (edges, hidden_edges) = choose_edges(job, &all);
    let touched = ends(job.view, edges.iter().chain(&hidden_edges));
    let (nodes, hidden_nodes) = choose_nodes(job, &all, &touched);
    let pale_nodes = nodes.iter().filter(|node| !piece.nodes.contains(node));
    let pale_edges = edges.iter().filter(|edge| !piece.edges.contains(edge));
    let glue = glue + watching.len() + frames::unseen(job, &all, &nodes);
    Chosen {
        pale_nodes: pale_nodes.copied().collect(),
        pale_edges: pale_edges.copied().collect(),
        nodes,
        edges,
        glue,
        hidden_nodes,
        hidden_edges: hidden_edges.len(),
    }
}

fn ends<'a>(view: &dyn GraphView, edges: impl Iterator<Item = &'a EdgeId>) -> BTreeSet<NodeId> {
    edges
        .filter(|edge| view.has_edge(**edge))
        .map(|edge| view.ends(*edge))
        .flat_map(|ends| [ends.from, ends.to])
        .collect()
}

/// Chooses the nodes, and counts those that somebody asked to hide. What is drawn as a box is no
/// node, nor is an end outside that only has to do with glue.
fn choose_nodes(job: &Job<'_>, all: &Piece, touched: &BTreeSet<NodeId>) -> (Vec<NodeId>, usize) {
    let joined = ends(job.view, all.edges.iter());
    let outside = job.view.symbol(OUTSIDE);
    let is_idle = |node: &NodeId| {
        let is_outside = outside.is_some_and(|label| job.view.has_label(*node, label));
        let is_box = is_container(job.view, *node) && has_boxes(job);
        !touched.contains(node) && (is_box || (is_outside && joined.contains(node)))
    };
    let nodes = all.nodes.iter().copied().filter(|node| !is_idle(node));
    let (hidden, shown): (Vec<_>, Vec<_>) = nodes.partition(|node| is_hidden(job, *node));
    (shown, hidden.len())
}

fn is_hidden_glue(job: &Job<'_>, node: NodeId) -> bool {
    let options = &job.options.picture;
    is_glue(job.view, node)
        && !options.glue
        && !names_one_of(job, &options.show, node)
        && !options.show_piece.nodes.contains(&node)
}

/// Gives the ends outside that everything logs or traces to and nothing else: glue as well, unless
/// the answer is about nothing but who watches whom.
fn watching_ends(job: &Job<'_>, all: &Piece) -> BTreeSet<NodeId> {
    let outside = job.view.symbol(OUTSIDE);
    let is_outside = |node: NodeId| outside.is_some_and(|label| job.view.has_label(node, label));
    let edges = all.edges.iter().filter(|edge| job.view.has_edge(**edge));
    let (mut watching, mut others) = (BTreeSet::new(), BTreeSet::new());
    for edge in edges {
        let Some(kind) = kind_of(job.view, *edge).filter(|kind| !kind.structural) else {
            continue;
        };
        let ends = job.view.ends(*edge);
        match kind.class {
            Class::Observe => watching.extend([ends.from, ends.to]),
            _ => others.extend([ends.from, ends.to]),
        }
    }
    let wanted = &job.options.picture;
    watching.retain(|node| {
        is_outside(*node) && !others.contains(node) && !names_one_of(job, &wanted.show, *node)
    });
    match others.is_empty() || wanted.glue {
        true => BTreeSet::new(),
        false => watching,
    }
}

/// Tells whether a node stands between others.
pub(super) fn is_glue(view: &dyn GraphView, node: NodeId) -> bool {
    let role = view.get(node, "role");
    role.as_str().is_some_and(|role| GLUE.contains(&role))
}

fn is_hidden(job: &Job<'_>, node: NodeId) -> bool {
    let options = &job.options.picture;
    names_one_of(job, &options.hide, node) || options.hide_piece.nodes.contains(&node)
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

/// Chooses the edges, and gives those that somebody asked to hide: the graph's own bones only
/// where a piece has nothing else, or they are asked for.
fn choose_edges(job: &Job<'_>, all: &Piece) -> (Vec<EdgeId>, Vec<EdgeId>) {
    let view = job.view;
    let drawable = |edge: &EdgeId| {
        view.has_edge(*edge) && {
            let ends = view.ends(*edge);
            all.nodes.contains(&ends.from) && all.nodes.contains(&ends.to)
        }
    };
    let edges: Vec<EdgeId> = all.edges.iter().copied().filter(drawable).collect();
    let bones_only = edges.iter().all(|edge| is_bone(view, *edge));
    let is_about_place = |edge: &EdgeId| is_bone(view, *edge) || says_place(job, *edge);
    let places_only = edges.iter().all(is_about_place);
    let (hidden, kept): (Vec<EdgeId>, Vec<EdgeId>) = edges
        .into_iter()
        .filter(|edge| places_only || is_shown(job, *edge) || !says_place(job, *edge))
        .filter(|edge| is_drawn_edge(job, *edge, bones_only))
        .partition(|edge| is_hidden_edge(job, *edge));
    (kept, hidden)
}

fn is_drawn_edge(job: &Job<'_>, edge: EdgeId, bones_only: bool) -> bool {
    let ends = job.view.ends(edge);
    let kind = job.view.name(ends.kind);
    if is_shown(job, edge) {
        return true;
    }
    if frames::says_box(job, ends.from, ends.to) {
        return false;
    }
    let boxed = has_boxes(job) && kind == "CONTAINS" && !bones_only;
    !is_bone(job.view, edge) || (bones_only && !boxed)
}

/// Tells whether somebody asked to see an edge.
fn is_shown(job: &Job<'_>, edge: EdgeId) -> bool {
    let options = &job.options.picture;
    let kind = job.view.name(job.view.ends(edge).kind);
    is_among(&options.show, kind) || options.show_piece.edges.contains(&edge)
}

/// Tells whether an edge says in which network a thing lies, or what keeps strangers from it there: a
/// matter of boxes, and in a picture with other boxes an arrow too many for every thing.
fn says_place(job: &Job<'_>, edge: EdgeId) -> bool {
    let ends = job.view.ends(edge);
    let in_network = [ends.from, ends.to]
        .into_iter()
        .any(|end| is_container(job.view, end));
    let class = kind_of(job.view, edge).map(|kind| kind.class);
    let is_about_place = matches!(class, Some(Class::Network | Class::Access));
    has_boxes(job) && in_network && is_about_place
}

/// Tells whether somebody asked not to see an edge, or one of its ends.
fn is_hidden_edge(job: &Job<'_>, edge: EdgeId) -> bool {
    let ends = job.view.ends(edge);
    let options = &job.options.picture;
    is_among(&options.hide, job.view.name(ends.kind))
        || options.hide_piece.edges.contains(&edge)
        || is_hidden(job, ends.from)
        || is_hidden(job, ends.to)
}

fn is_bone(view: &dyn GraphView, edge: EdgeId) -> bool {
    kind_of(view, edge).is_some_and(|kind| kind.structural)
}

/// Gives the row of the table of kinds for an edge, if its kind is one of ours.
pub(super) fn kind_of(view: &dyn GraphView, edge: EdgeId) -> Option<&'static Kind> {
    Kinds::built_in().get(view.name(view.ends(edge).kind))
}
