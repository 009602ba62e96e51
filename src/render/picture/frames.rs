//! Boxes: what each node lies in, by the group that was chosen.

use super::super::Job;
use super::super::options::Group;
use super::super::schema::StyleTable;
use super::super::text::harmless;
use super::super::value::name_of;
use super::Frame;
use super::Picture;
use super::choose::is_container;
use super::choose::is_glue;
use crate::model::Direction;
use crate::model::GraphView;
use crate::model::KindFilter;
use crate::model::NodeId;
use crate::model::Piece;
use crate::model::Value;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Deepest nesting of boxes; what lies deeper is drawn in the deepest one.
const NESTING: usize = 16;

/// Most containers of one node that are looked at.
const HOLDERS: usize = 64;

/// One step of the way from the outermost box inwards: what tells it from others, and its title.
type Step = (String, String);

/// Puts every node of the picture into its box.
pub(super) fn frame(job: &Job<'_>, picture: &mut Picture) {
    let mut known: FxHashMap<(Option<usize>, String), usize> = FxHashMap::default();
    for at in 0..picture.nodes.len() {
        let mut parent = None;
        for (key, title) in way_to(job, picture, at) {
            let next = picture.frames.len();
            let frame = *known.entry((parent, key)).or_insert(next);
            if frame == next {
                picture.frames.push(Frame {
                    title: harmless(&title).into_owned(),
                    parent,
                });
            }
            parent = Some(frame);
        }
        if let Some(node) = picture.nodes.get_mut(at) {
            node.frame = parent;
        }
    }
}

fn way_to(job: &Job<'_>, picture: &Picture, at: usize) -> Vec<Step> {
    let Some(node) = picture.nodes.get(at) else {
        return Vec::new();
    };
    let Some(id) = node.ids.first().copied() else {
        return Vec::new();
    };
    match &job.options.picture.group {
        Group::Construct => constructs(job.view, id),
        Group::Tag(key) => tag(job.view, id, key).into_iter().map(named).collect(),
        Group::Category => StyleTable::built_in()
            .categories
            .get(node.look)
            .map(|row| (row.id.clone(), row.title.clone()))
            .into_iter()
            .collect(),
        other => containers(job.view, id, labels(other))
            .into_iter()
            .map(|holder| {
                let title = name_of(holder, job.view).unwrap_or_default();
                (holder.index().to_string(), title)
            })
            .collect(),
    }
}

/// Labels of the containers that a group makes boxes of.
fn labels(group: &Group) -> &'static [&'static str] {
    match group {
        Group::Stack => &["Stack", "Module"],
        Group::Module => &["Module"],
        Group::Vpc => &["Vpc", "Subnet"],
        Group::Region => &["Account", "Region"],
        Group::Construct | Group::Category | Group::Tag(_) | Group::None => &[],
    }
}

/// Counts the networks that are neither drawn nor boxes of the group.
pub(super) fn unseen(job: &Job<'_>, all: &Piece, nodes: &[NodeId]) -> usize {
    let wanted = labels(&job.options.picture.group);
    let networks = labels(&Group::Vpc);
    let drawn: BTreeSet<NodeId> = nodes.iter().copied().collect();
    let is_unseen = |node: &&NodeId| {
        is_one_of(job.view, **node, networks)
            && !is_one_of(job.view, **node, wanted)
            && !drawn.contains(node)
    };
    all.nodes.iter().filter(is_unseen).count()
}

/// Tells whether a box already says what an edge would: one end is drawn as a box around the other.
pub(super) fn says_box(job: &Job<'_>, from: NodeId, to: NodeId) -> bool {
    let wanted = labels(&job.options.picture.group);
    let holds = |holder: NodeId, node: NodeId| {
        is_one_of(job.view, holder, wanted) && containers(job.view, node, wanted).contains(&holder)
    };
    holds(from, to) || holds(to, from)
}

fn named(title: String) -> Step {
    (title.clone(), title)
}

/// Walks up to the containers of the wanted labels, outermost first. What lies in several at once
/// (a function in two subnets) is put into what holds all of them.
fn containers(view: &dyn GraphView, node: NodeId, wanted: &[&str]) -> Vec<NodeId> {
    let mut way = Vec::new();
    let mut at = BTreeSet::from([node]);
    for _ in 0..NESTING {
        let held = at.iter().flat_map(|node| holders(view, *node, wanted));
        let next = held.filter(|holder| !way.contains(holder)).collect();
        let next = innermost(view, next, wanted);
        match (next.first(), next.len()) {
            (None, _) => break,
            (Some(only), 1) if is_one_of(view, *only, wanted) => way.push(*only),
            _ => {}
        }
        at = next;
    }
    way.reverse();
    way
}

/// Leaves out what holds another of them: a thing in a subnetwork lies in its network, too, and says
/// so by its security group.
fn innermost(view: &dyn GraphView, held: BTreeSet<NodeId>, wanted: &[&str]) -> BTreeSet<NodeId> {
    if held.len() < 2 {
        return held;
    }
    let holders = held.iter().flat_map(|node| holders(view, *node, wanted));
    let outer: BTreeSet<NodeId> = holders.collect();
    match held.is_subset(&outer) {
        true => held,
        false => held.difference(&outer).copied().collect(),
    }
}

fn is_one_of(view: &dyn GraphView, node: NodeId, wanted: &[&str]) -> bool {
    view.node_labels(node)
        .iter()
        .any(|label| wanted.contains(&view.name(*label)))
}

/// Gives what holds a node: containers of wanted labels before any other; glue that it is placed in
/// (a group of subnets) leads on to what that is placed in.
fn holders(view: &dyn GraphView, node: NodeId, wanted: &[&str]) -> Vec<NodeId> {
    let mut all = ends(view, node, "PLACED_IN", Direction::Out);
    all.retain(|holder| is_container(view, *holder) || is_glue(view, *holder));
    all.extend(ends(view, node, "CONTAINS", Direction::In));
    all.retain(|holder| *holder != node);
    let best: Vec<NodeId> = all
        .iter()
        .copied()
        .filter(|holder| is_one_of(view, *holder, wanted))
        .collect();
    match best.is_empty() {
        true => all.into_iter().take(HOLDERS).collect(),
        false => best.into_iter().take(HOLDERS).collect(),
    }
}

fn ends(view: &dyn GraphView, node: NodeId, kind: &str, direction: Direction) -> Vec<NodeId> {
    let Some(kind) = view.symbol(kind) else {
        return Vec::new();
    };
    view.hops(node, direction, KindFilter::Only(&[kind]))
        .map(|hop| hop.node)
        .collect()
}

/// What a construct calls the one resource that it is made for.
const MADE_FOR: [&str; 2] = ["Resource", "Default"];

/// Reads the path of constructs that a program left in the template, without the resource's own name
/// and without a construct that only stands for that resource.
fn constructs(view: &dyn GraphView, node: NodeId) -> Vec<Step> {
    let Value::Text(path) = view.get(node, "construct") else {
        return Vec::new();
    };
    let mut names: Vec<&str> = path.split('/').collect();
    if names.pop().is_some_and(|last| MADE_FOR.contains(&last)) {
        names.pop();
    }
    let names = names.into_iter().take(NESTING);
    names.map(|name| named(name.to_owned())).collect()
}

/// Finds the value of a tag: tags are a list of `Key` and `Value`, or a map.
fn tag(view: &dyn GraphView, node: NodeId, key: &str) -> Option<String> {
    let config = view.get(node, "config");
    let config = config.as_map()?;
    let tags = ["Tags", "tags"].iter().find_map(|name| config.get(name))?;
    let found = match tags {
        Value::Map(map) => map.get(key).cloned(),
        Value::List(items) => items
            .iter()
            .filter_map(Value::as_map)
            .find(|item| item.get("Key").and_then(Value::as_str) == Some(key))
            .and_then(|item| item.get("Value").cloned()),
        _ => None,
    };
    found?.as_str().map(str::to_owned)
}

/// Leaves out boxes that hold nothing any more.
pub(super) fn drop_empty(picture: &mut Picture) {
    let mut used = vec![false; picture.frames.len()];
    for node in &picture.nodes {
        let mut at = node.frame;
        while let Some(frame) = at.filter(|frame| !used.get(*frame).copied().unwrap_or(true)) {
            if let Some(place) = used.get_mut(frame) {
                *place = true;
            }
            at = picture.frames.get(frame).and_then(|frame| frame.parent);
        }
    }
    let mut moved = Vec::with_capacity(used.len());
    let mut next = 0;
    for keep in &used {
        moved.push(next);
        next += usize::from(*keep);
    }
    let place = |frame: Option<usize>| frame.and_then(|frame| moved.get(frame).copied());
    for node in &mut picture.nodes {
        node.frame = place(node.frame);
    }
    for frame in &mut picture.frames {
        frame.parent = place(frame.parent);
    }
    let mut keep = used.into_iter();
    picture.frames.retain(|_| keep.next().unwrap_or(false));
}
