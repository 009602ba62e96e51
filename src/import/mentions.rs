//! References that no rule explains: an edge all the same, so that nothing disappears.

use super::endpoint::{End, Finder};
use super::link::Link;
use super::resource::{Model, Resource, ResourceId};
use super::schema::Named;
use super::tree::At;
use crate::diag::Code;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Adds an edge for every reference between two resources that no link joins yet, and for what each
/// is made after.
pub(crate) fn add(finder: &Finder<'_>, links: &mut Vec<Link>) {
    let mut joined: FxHashSet<(ResourceId, ResourceId)> = FxHashSet::default();
    for link in links.iter() {
        let ends = [&link.from, &link.to]
            .into_iter()
            .filter_map(|end| match end {
                End::Resource(id) => Some(*id),
                End::Outside(_) => None,
            });
        let all: Vec<ResourceId> = ends.chain(link.via.iter().copied()).collect();
        for a in &all {
            joined.extend(all.iter().map(|b| (*a, *b)));
        }
    }
    for (id, resource) in finder.model.each().filter(|(_, r)| r.made_by.is_none()) {
        let mut named = Vec::new();
        for properties in resource.instances() {
            properties.each_reference(&mut |reference, at, condition| {
                let target = finder.model.target(reference);
                named.extend(target.map(|target| (target, at, condition.map(Arc::from))));
            });
        }
        for (target, at, condition) in named {
            if target != id && joined.insert((id, target)) {
                links.push(mention(finder, id, target, at, condition));
            }
        }
        links.extend(waits_for(finder.model, id, resource));
    }
}

fn mention(
    finder: &Finder<'_>,
    id: ResourceId,
    target: ResourceId,
    at: At,
    condition: Option<Arc<str>>,
) -> Link {
    let named = finder.row(target).and_then(|row| row.named.as_ref());
    let (from, to) = match named {
        Some(Named {
            backwards: true, ..
        }) => (target, id),
        _ => (id, target),
    };
    Link {
        from: End::Resource(from),
        to: End::Resource(to),
        kind: named.map_or("REFERENCES", |named| &named.kind).into(),
        mechanism: "reference".into(),
        mode: None,
        assume: None,
        rule: "reference".into(),
        at,
        via: Vec::new(),
        condition,
        keep: Vec::new(),
    }
}

fn waits_for(model: &Model, id: ResourceId, resource: &Resource) -> Vec<Link> {
    let targets = resource
        .depends_on
        .iter()
        .filter_map(|name| model.find(resource.stack, name));
    targets
        .filter(|target| *target != id)
        .map(|target| Link {
            from: End::Resource(id),
            to: End::Resource(target),
            kind: "DEPENDS_ON".into(),
            mechanism: "depends on".into(),
            mode: None,
            assume: None,
            rule: "depends-on".into(),
            at: resource.at,
            via: Vec::new(),
            condition: resource.condition.clone(),
            keep: Vec::new(),
        })
        .collect()
}

/// Notes references that lead to nothing that was loaded.
pub(crate) fn note_dangling(model: &mut Model) {
    let mut dangling = Vec::new();
    for (_, resource) in model.each() {
        resource.properties.each_reference(&mut |reference, at, _| {
            if model.target(reference).is_none() {
                dangling.push((at, reference.id.clone()));
            }
        });
    }
    for (at, id) in dangling {
        model.note(
            &Code::UNRESOLVED_REFERENCE,
            at,
            format!("`{id}` is not declared here"),
        );
    }
}
