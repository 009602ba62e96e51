//! Fewer nodes for the same story: boxes below a depth become one node, and alike nodes become one
//! with a number.
//!
//! Alike are nodes of one look and kind, in one box, with the same arrows to the same others.

use super::super::Job;
use super::super::schema::StyleTable;
use super::Link;
use super::Node;
use super::Picture;
use super::counted;
use super::links::word;
use crate::model::EdgeId;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Gathers as the options ask.
pub(super) fn gather(job: &Job<'_>, picture: &mut Picture) {
    if let Some(depth) = job.options.picture.depth {
        collapse(job, picture, depth);
    }
    if let Some(from) = job.options.picture.gather.filter(|from| *from > 1) {
        join_alike(job, picture, from);
    }
}

/// Replaces every box that lies deeper than `depth` by one node.
fn collapse(job: &Job<'_>, picture: &mut Picture, depth: usize) {
    let outer: Vec<Option<usize>> = picture
        .nodes
        .iter()
        .map(|node| {
            let way = way_out(picture, node.frame);
            way.len()
                .checked_sub(depth + 1)
                .and_then(|at| way.get(at).copied())
        })
        .collect();
    let mut first: FxHashMap<usize, usize> = FxHashMap::default();
    let target: Vec<usize> = outer
        .iter()
        .enumerate()
        .map(|(at, frame)| frame.map_or(at, |frame| *first.entry(frame).or_insert(at)))
        .collect();
    for (frame, at) in &first {
        if let (Some(frame), Some(node)) = (picture.frames.get(*frame), picture.nodes.get_mut(*at))
        {
            node.name = frame.title.clone();
            node.frame = frame.parent;
            node.look = StyleTable::built_in().shut_box();
            node.icon = None;
            node.what.clear();
        }
    }
    merge(job, picture, &target, |_| {});
    for node in picture.nodes.iter_mut().filter(|node| node.what.is_empty()) {
        node.what = counted(node.ids.len(), "resource");
    }
}

/// Lists a box and those around it, innermost first.
fn way_out(picture: &Picture, frame: Option<usize>) -> Vec<usize> {
    let mut way = Vec::new();
    let mut at = frame;
    while let Some(frame) = at {
        way.push(frame);
        at = picture.frames.get(frame).and_then(|frame| frame.parent);
    }
    way
}

/// Joins alike nodes where there are at least `from` of them.
fn join_alike(job: &Job<'_>, picture: &mut Picture, from: usize) {
    let mut arrows: Vec<Vec<(bool, usize, &str)>> = vec![Vec::new(); picture.nodes.len()];
    for link in &picture.links {
        if let Some(out) = arrows.get_mut(link.from) {
            out.push((true, link.to, &link.kind));
        }
        if let Some(into) = arrows.get_mut(link.to) {
            into.push((false, link.from, &link.kind));
        }
    }
    let mut alike = BTreeMap::new();
    for (at, (node, mut arrows)) in picture.nodes.iter().zip(arrows).enumerate() {
        arrows.sort_unstable();
        let key = (node.look, node.what.as_str(), node.frame, node.pale, arrows);
        alike.entry(key).or_insert_with(Vec::new).push(at);
    }
    let mut target: Vec<usize> = (0..picture.nodes.len()).collect();
    for group in alike.values().filter(|group| group.len() >= from) {
        for at in group {
            if let (Some(place), Some(first)) = (target.get_mut(*at), group.first()) {
                *place = *first;
            }
        }
    }
    drop(alike);
    merge(job, picture, &target, |node| {
        node.name = format!("{} and {} more", node.name, node.ids.len() - 1);
        node.what = format!("{} × {}", node.ids.len(), node.what);
    });
}

/// Merges each node into its target, which stands before it, and arrows with them.
fn merge(job: &Job<'_>, picture: &mut Picture, target: &[usize], rename: impl Fn(&mut Node)) {
    let mut place = Vec::with_capacity(target.len());
    let mut kept: Vec<Node> = Vec::new();
    for (at, (node, to)) in std::mem::take(&mut picture.nodes)
        .into_iter()
        .zip(target)
        .enumerate()
    {
        if *to == at {
            place.push(kept.len());
            kept.push(node);
        } else {
            let into = place.get(*to).copied().unwrap_or(0);
            place.push(into);
            if let Some(own) = kept.get_mut(into) {
                own.ids.extend(node.ids);
                own.pale &= node.pale;
            }
        }
    }
    kept.iter_mut()
        .filter(|node| node.ids.len() > 1)
        .for_each(rename);
    picture.nodes = kept;
    merge_links(job, picture, &place);
}

fn merge_links(job: &Job<'_>, picture: &mut Picture, place: &[usize]) {
    let mut merged: BTreeMap<(usize, usize, bool, bool), Link> = BTreeMap::new();
    let moved = |at: usize| place.get(at).copied().unwrap_or(0);
    for mut link in std::mem::take(&mut picture.links) {
        let inside = link.from != link.to && moved(link.from) == moved(link.to);
        if inside {
            continue;
        }
        (link.from, link.to) = (moved(link.from), moved(link.to));
        let ends = (link.from, link.to, link.failure, link.through);
        match merged.get_mut(&ends) {
            Some(own) => join(own, link.edges, link.pale),
            None => drop(merged.insert(ends, link)),
        }
    }
    for link in merged.values_mut() {
        word(job.view, link);
    }
    picture.links = merged.into_values().collect();
}

fn join(own: &mut Link, edges: Vec<EdgeId>, pale: bool) {
    own.edges.extend(edges);
    own.pale &= pale;
}
