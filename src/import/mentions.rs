//! References that no rule explains: an edge all the same, so that nothing disappears.

use super::endpoint::End;
use super::finder::Finder;
use super::link::Link;
use super::resource::{Model, Resource, ResourceId};
use super::schema::Named;
use super::tree::At;
use super::value::Ref;
use crate::diag::Code;
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::sync::Arc;

/// One resource referring to another.
pub(crate) struct Mention {
    by: ResourceId,
    of: ResourceId,
    at: At,
    condition: Option<Arc<str>>,
}

/// Adds an edge for every reference between two resources that no link joins yet, and for what each
/// is made after.
pub(crate) fn add(finder: &Finder<'_>, mentions: &[Mention], links: &mut Vec<Link>) {
    let mut joined = joined(links);
    let mut mentions = mentions.iter().peekable();
    for (id, resource) in finder.model.each().filter(|(_, r)| r.made_by.is_none()) {
        while let Some(mention) = mentions.next_if(|mention| mention.by == id) {
            if mention.of != id && joined.insert((id, mention.of)) {
                links.push(link(finder, mention));
            }
        }
        links.extend(waits_for(finder.model, id, resource));
    }
}

/// Gives the pairs of resources that links join, each in both orders.
fn joined(links: &[Link]) -> FxHashSet<(ResourceId, ResourceId)> {
    let mut joined = FxHashSet::with_capacity_and_hasher(4 * links.len(), FxBuildHasher);
    for link in links {
        for (place, a) in joined_by(link).enumerate() {
            for b in joined_by(link).skip(place + 1) {
                joined.insert((a, b));
                joined.insert((b, a));
            }
        }
    }
    joined
}

/// Gives the resources at the ends of a link and those that it looks through.
fn joined_by(link: &Link) -> impl Iterator<Item = ResourceId> {
    let ends = [&link.from, &link.to].into_iter().filter_map(End::resource);
    ends.chain(link.via.iter().copied())
}

fn link(finder: &Finder<'_>, mention: &Mention) -> Link {
    let (id, target) = (mention.by, mention.of);
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
        at: mention.at,
        via: Vec::new(),
        condition: mention.condition.clone(),
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

/// Collects what the declared resources refer to, in their order, and notes references of all
/// resources that lead to nothing that was loaded. Walks all properties.
pub(crate) fn collect(model: &mut Model) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut dangling = Vec::new();
    for (by, resource) in model.each() {
        let mut see = |reference: &Ref, at, condition: Option<&str>, noted: bool| match model
            .target(reference)
        {
            None if noted => dangling.push((at, reference.id.clone())),
            Some(of) if resource.made_by.is_none() => mentions.push(Mention {
                by,
                of,
                at,
                condition: condition.map(Arc::from),
            }),
            _ => {}
        };
        let own = &resource.properties;
        own.each_reference(&mut |reference, at, condition| see(reference, at, condition, true));
        for own in &resource.others {
            own.each_reference(&mut |reference, at, name| see(reference, at, name, false));
        }
    }
    for (at, id) in dangling {
        model.note(
            &Code::UNRESOLVED_REFERENCE,
            at,
            format!("`{id}` is not declared here"),
        );
    }
    mentions
}
