//! Arrows: all edges between the same ends become one, worded by the kind that weighs most.

use super::super::Job;
use super::super::text::harmless;
use super::super::value::phrase_of;
use super::Link;
use super::Picture;
use super::choose::Chosen;
use super::choose::is_glue;
use super::choose::kind_of;
use crate::model::Class;
use crate::model::EdgeId;
use crate::model::GraphView;
use crate::model::Value;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where an arrow starts and ends, and what keeps it apart from others between the same nodes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ends {
    from: usize,
    to: usize,
    /// Only walked when something went wrong.
    failure: bool,
    /// Leads to glue, which leads on.
    through: bool,
}

/// Adds the arrows of the chosen edges; where the glue of an edge is drawn, the arrow goes through it.
pub(super) fn link(job: &Job<'_>, chosen: &Chosen, picture: &mut Picture) {
    let glue = glue_by_id(job.view, picture);
    let mut places = FxHashMap::default();
    for (place, node) in picture.nodes.iter().enumerate() {
        places.extend(node.ids.iter().map(|id| (*id, place)));
    }
    let mut bundles: BTreeMap<Ends, Vec<EdgeId>> = BTreeMap::new();
    for edge in &chosen.edges {
        let ends = job.view.ends(*edge);
        if let (Some(from), Some(to)) = (places.get(&ends.from), places.get(&ends.to)) {
            for ends in ways(job.view, *edge, (*from, *to), &glue) {
                bundles.entry(ends).or_default().push(*edge);
            }
        }
    }
    picture.links = bundles
        .into_iter()
        .map(|(ends, edges)| make_link(job.view, ends, edges, chosen))
        .collect();
}

/// Lists the glue that is drawn, by the id that edges name it with.
fn glue_by_id(view: &dyn GraphView, picture: &Picture) -> FxHashMap<Arc<str>, usize> {
    let nodes = picture.nodes.iter().enumerate();
    nodes
        .flat_map(|(place, node)| node.ids.iter().map(move |id| (place, *id)))
        .filter(|(_, id)| is_glue(view, *id))
        .filter_map(|(place, id)| match view.get(id, "id") {
            Value::Text(text) => Some((text, place)),
            _ => None,
        })
        .collect()
}

/// Gives the arrows of an edge: one from end to end, or two for each piece of glue between them.
fn ways(
    view: &dyn GraphView,
    edge: EdgeId,
    (from, to): (usize, usize),
    glue: &FxHashMap<Arc<str>, usize>,
) -> Vec<Ends> {
    let failure = kind_of(view, edge).is_some_and(|kind| kind.failure);
    let direct = Ends {
        from,
        to,
        failure,
        through: false,
    };
    if glue.is_empty() {
        return vec![direct];
    }
    let via = view.get_edge(edge, "via");
    let names = via.as_list().into_iter().flatten();
    let between: BTreeSet<usize> = names
        .filter_map(|name| glue.get(name.as_str()?).copied())
        .filter(|at| *at != from && *at != to)
        .collect();
    let halves = |at| {
        let (through, first) = (true, Ends { to: at, ..direct });
        [Ends { through, ..first }, Ends { from: at, ..direct }]
    };
    match between.is_empty() {
        true => vec![direct],
        false => between.into_iter().flat_map(halves).collect(),
    }
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
    let mut link = Link {
        from: ends.from,
        to: ends.to,
        kind: harmless(kind).into_owned(),
        phrase: String::new(),
        failure: ends.failure,
        through: ends.through,
        edges,
        pale,
    };
    word(view, &mut link);
    link
}

/// What an arrow to glue says; the arrow from there tells the rest.
const THROUGH: &str = "via";

/// Words an arrow anew, after its edges changed.
pub(super) fn word(view: &dyn GraphView, link: &mut Link) {
    link.phrase = match link.through {
        true => THROUGH.to_owned(),
        false => harmless(&wording(view, &link.kind, &link.edges)).into_owned(),
    };
}

/// Words the edges of an arrow: the phrase of the heaviest kind, how often it is there, and how many
/// others are.
fn wording(view: &dyn GraphView, kind: &str, edges: &[EdgeId]) -> String {
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
