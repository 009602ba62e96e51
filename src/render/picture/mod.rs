//! What a picture shows, before anybody draws it: nodes, links between them, boxes around them and
//! a caption that says what is not shown.
//!
//! Takes the piece of an answer (or the whole architecture) and the choices of a picture; gives the
//! same picture for the same input. Does not know how a format draws, nor where anything is placed.

mod choose;
mod frames;
mod gather;
mod links;

use super::Job;
use super::options::Group;
use super::schema::StyleTable;
use super::text::harmless;
use super::value::label_of;
use super::value::name_of;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;
use std::sync::Arc;

pub use choose::architecture;
pub(super) use links::remarks;

/// Everything that is drawn.
pub(super) struct Picture {
    /// The nodes, in the order of their ids.
    pub(super) nodes: Vec<Node>,
    /// The links, in the order of their ends.
    pub(super) links: Vec<Link>,
    /// The boxes; a parent stands before its children.
    pub(super) frames: Vec<Frame>,
    /// Icons of the nodes, as addresses of their own data.
    pub(super) icons: Vec<Arc<str>>,
    /// What stands above.
    pub(super) title: Option<String>,
    /// What stands below, line by line.
    pub(super) caption: Vec<String>,
}

/// One node of a picture: one of the graph, or several that are alike.
pub(super) struct Node {
    /// Those of the graph, never empty.
    pub(super) ids: Vec<NodeId>,
    /// What it is called.
    pub(super) name: String,
    /// What it is: its service or label.
    pub(super) what: String,
    /// Row of the style table.
    pub(super) look: usize,
    /// Its icon, by place among those of the picture.
    pub(super) icon: Option<usize>,
    /// The box around it.
    pub(super) frame: Option<usize>,
    /// Not part of the answer, only around it.
    pub(super) pale: bool,
}

/// One arrow of a picture: all edges between the same ends.
pub(super) struct Link {
    /// Where it starts, by place among the nodes.
    pub(super) from: usize,
    /// Where it ends, by place among the nodes.
    pub(super) to: usize,
    /// The kind that weighs most.
    pub(super) kind: String,
    /// What the arrow says.
    pub(super) phrase: String,
    /// Only walked when something went wrong.
    pub(super) failure: bool,
    /// Leads to glue, which leads on.
    pub(super) through: bool,
    /// Those of the graph, heaviest first.
    pub(super) edges: Vec<EdgeId>,
    /// Not part of the answer, only around it.
    pub(super) pale: bool,
}

/// One box of a picture.
pub(super) struct Frame {
    /// What it is called.
    pub(super) title: String,
    /// The box around it.
    pub(super) parent: Option<usize>,
}

impl Picture {
    /// Makes the picture of an answer; walks the piece and the edges at its nodes.
    pub(super) fn new(job: &Job<'_>) -> Picture {
        let chosen = choose::choose(job);
        let mut icons = Vec::new();
        let nodes = chosen.nodes.iter();
        let mut picture = Picture {
            nodes: nodes
                .map(|node| make_node(job, *node, &chosen, &mut icons))
                .collect(),
            icons,
            links: Vec::new(),
            frames: Vec::new(),
            title: job
                .options
                .picture
                .title
                .as_deref()
                .map(|t| harmless(t).into_owned()),
            caption: caption(job, &chosen),
        };
        frames::frame(job, &mut picture);
        links::link(job, &chosen, &mut picture);
        gather::gather(job, &mut picture);
        frames::drop_empty(&mut picture);
        picture
    }
}

fn make_node(
    job: &Job<'_>,
    node: NodeId,
    chosen: &choose::Chosen,
    icons: &mut Vec<Arc<str>>,
) -> Node {
    let view = job.view;
    let label = label_of(node, view).unwrap_or("");
    let name = name_of(node, view).unwrap_or_else(|| format!(":{label}"));
    let category = category_of(node, view);
    let style = StyleTable::built_in();
    let labels = view.node_labels(node).iter().map(|label| view.name(*label));
    Node {
        ids: vec![node],
        name: harmless(&name).into_owned(),
        what: harmless(what(label, category.as_deref(), view.get(node, "service"))).into_owned(),
        look: style.look(labels, category.as_deref()),
        icon: icon(job, node, category.as_deref()).map(|icon| place_of(icon, icons)),
        frame: None,
        pale: chosen.pale_nodes.contains(&node),
    }
}

/// Says what a node is: a service says its category, anything else its label.
fn what<'a>(label: &'a str, category: Option<&'a str>, service: Value) -> &'a str {
    match (label, category) {
        ("Service" | "Feature", Some(category)) => category,
        ("External", Some(category)) if service.is_null() => category,
        _ => label,
    }
}

/// Finds the icon of a node: by its type, its service or its own id, its category from narrow to wide.
fn icon(job: &Job<'_>, node: NodeId, category: Option<&str>) -> Option<Arc<str>> {
    let icons = &job.options.picture.icons;
    if icons.is_empty() {
        return None;
    }
    let own = ["type", "service", "id"].map(|key| job.view.get(node, key));
    let mut names: Vec<&str> = own.iter().filter_map(Value::as_str).collect();
    let mut category = category;
    while let Some(name) = category {
        names.push(name);
        category = name.rsplit_once('.').map(|(wider, _)| wider);
    }
    icons.first(names.into_iter())
}

fn place_of(icon: Arc<str>, icons: &mut Vec<Arc<str>>) -> usize {
    icons
        .iter()
        .position(|own| *own == icon)
        .unwrap_or_else(|| {
            icons.push(icon);
            icons.len() - 1
        })
}

/// Finds the category of a node: its own, else that of the service or feature it is an instance of.
fn category_of(node: NodeId, view: &dyn GraphView) -> Option<String> {
    if let Value::Text(text) = view.get(node, "category") {
        return Some(text.to_string());
    }
    let service = view.get(node, "service");
    let known = ["Service", "Feature"].map(|name| view.symbol(name));
    view.nodes_with_property(view.symbol("id")?, &service)?
        .into_iter()
        .find(|found| {
            let mut labels = known.iter().flatten();
            labels.any(|label| view.has_label(*found, *label))
        })
        .and_then(|found| view.get(found, "category").as_str().map(str::to_owned))
}

fn caption(job: &Job<'_>, chosen: &choose::Chosen) -> Vec<String> {
    let options = &job.options.picture;
    let mut lines = Vec::new();
    let glue = chosen.glue + options.hidden;
    if glue > 0 {
        lines.push(format!(
            "{} of glue looked through",
            counted(glue, "resource")
        ));
    }
    let asked = [(chosen.hidden_nodes, "node"), (chosen.hidden_edges, "edge")];
    let asked = asked.iter().filter(|(count, _)| *count > 0);
    let asked: Vec<String> = asked.map(|(count, what)| counted(*count, what)).collect();
    if !asked.is_empty() {
        lines.push(format!("{} hidden as asked", asked.join(" and ")));
    }
    if options.not_understood > 0 {
        let count = counted(options.not_understood, "resource");
        lines.push(format!("{count} not understood"));
    }
    if job.answer.cut {
        lines.push("the answer was cut at a bound".to_owned());
    }
    lines
}

/// Writes a count and what is counted: `1 node`, `2 nodes`.
pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// Tells whether a picture is asked for without boxes.
fn has_boxes(job: &Job<'_>) -> bool {
    job.options.picture.group != Group::None
}
