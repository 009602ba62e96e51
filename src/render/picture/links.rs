//! Arrows: all edges between the same ends become one, worded by the kind that weighs most.

use super::super::Job;
use super::super::text::harmless;
use super::super::value::phrase_of;
use super::Link;
use super::Picture;
use super::choose::Chosen;
use super::choose::kind_of;
use crate::model::Class;
use crate::model::EdgeId;
use crate::model::GraphView;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where an arrow starts and ends, and whether it tells of a failure: those are never merged with
/// others.
type Ends = (usize, usize, bool);

/// Adds the arrows of the chosen edges.
pub(super) fn link(job: &Job<'_>, chosen: &Chosen, picture: &mut Picture) {
    let mut places = FxHashMap::default();
    for (place, node) in picture.nodes.iter().enumerate() {
        places.extend(node.ids.iter().map(|id| (*id, place)));
    }
    let mut bundles: BTreeMap<Ends, Vec<EdgeId>> = BTreeMap::new();
    for edge in &chosen.edges {
        let ends = job.view.ends(*edge);
        if let (Some(from), Some(to)) = (places.get(&ends.from), places.get(&ends.to)) {
            let failure = kind_of(job.view, *edge).is_some_and(|kind| kind.failure);
            bundles
                .entry((*from, *to, failure))
                .or_default()
                .push(*edge);
        }
    }
    picture.links = bundles
        .into_iter()
        .map(|(ends, edges)| make_link(job.view, ends, edges, chosen))
        .collect();
}

fn make_link(view: &dyn GraphView, ends: Ends, mut edges: Vec<EdgeId>, chosen: &Chosen) -> Link {
    edges.sort_by_key(|edge| {
        (
            Reverse(kind_of(view, *edge).map_or(0, |kind| kind.weight)),
            *edge,
        )
    });
    let pale = edges.iter().all(|edge| chosen.pale_edges.contains(edge));
    let kind = edges
        .first()
        .map_or("", |edge| view.name(view.ends(*edge).kind));
    Link {
        from: ends.0,
        to: ends.1,
        kind: harmless(kind).into_owned(),
        phrase: harmless(&wording(view, kind, &edges)).into_owned(),
        failure: ends.2,
        edges,
        pale,
    }
}

/// Words an arrow: the phrase of the heaviest kind, how often it is there, and how many others are.
pub(super) fn wording(view: &dyn GraphView, kind: &str, edges: &[EdgeId]) -> String {
    let is_same = |edge: &&EdgeId| view.name(view.ends(**edge).kind) == kind;
    let same = edges.iter().filter(is_same).count();
    let mut words = phrase_of(kind);
    if same > 1 {
        words.push_str(&format!(" ×{same}"));
    }
    // A permission beside what it permits says nothing more.
    let is_other = |edge: &&EdgeId| {
        !is_same(edge) && kind_of(view, **edge).is_none_or(|other| other.class != Class::Permission)
    };
    match edges.iter().filter(is_other).count() {
        0 => {}
        others => words.push_str(&format!(" +{others}")),
    }
    words
}

/// Properties of an edge that say why it is there.
const REASONS: [&str; 3] = ["mechanism", "mode", "condition"];

/// Most edges of one arrow whose reasons are told.
const TOLD: usize = 12;

/// Tells why an arrow is there, an edge a line: kind, mechanism, mode, file and line or source.
pub(in super::super) fn remarks(view: &dyn GraphView, link: &Link) -> Vec<String> {
    let mut lines: Vec<String> = link
        .edges
        .iter()
        .take(TOLD)
        .map(|edge| remark(view, *edge))
        .collect();
    if link.edges.len() > TOLD {
        lines.push(format!("and {} more", link.edges.len() - TOLD));
    }
    lines
}

fn remark(view: &dyn GraphView, edge: EdgeId) -> String {
    let mut words = vec![phrase_of(view.name(view.ends(edge).kind))];
    for key in REASONS {
        words.extend(view.get_edge(edge, key).as_str().map(str::to_owned));
    }
    let line = view.get_edge(edge, "line").as_int();
    if let (Some(file), Some(line)) = (view.get_edge(edge, "file").as_str(), line) {
        words.push(format!("{file}:{line}"));
    }
    harmless(&words.join(" · ")).into_owned()
}
