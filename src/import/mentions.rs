//! References that no rule explains: an edge all the same, so that nothing disappears.

use super::access;
use super::endpoint::End;
use super::finder::Finder;
use super::link::Link;
use super::resource::{Model, Resource, ResourceId};
use super::schema::{Mode, Named, Role, TypeRow};
use super::tree::At;
use super::types::fits;
use super::value::Ref;
use crate::diag::Code;
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::sync::Arc;

/// One resource referring to another.
pub(crate) struct Mention {
    by: ResourceId,
    of: ResourceId,
    attribute: Option<Arc<str>>,
    at: At,
    condition: Option<Arc<str>>,
}

impl Mention {
    /// Gives what the type of the resource says about being named like this.
    fn named<'a>(&self, finder: &'a Finder<'_>) -> Option<&'a Named> {
        let named = finder.row(self.of)?.named.as_ref()?;
        (named.addresses.is_empty() || self.gives_address(finder, named)).then_some(named)
    }

    /// Tells whether one that acts with rights is given an address to connect to.
    fn gives_address(&self, finder: &Finder<'_>, named: &Named) -> bool {
        let Some(attribute) = &self.attribute else {
            return false;
        };
        let acts = |row: &TypeRow| !row.acts_as.is_empty();
        let mut addresses = named.addresses.iter();
        addresses.any(|pattern| fits(pattern, attribute)) && finder.row(self.by).is_some_and(acts)
    }

    /// Tells whether the kind of the mention is told by the attribute; such goes before others.
    fn tells_more(&self, finder: &Finder<'_>) -> bool {
        self.attribute.is_some()
            && self
                .named(finder)
                .is_some_and(|named| !named.addresses.is_empty())
    }
}

/// Adds an edge for every reference between two resources that no link joins yet, and for what each
/// is made after.
pub(crate) fn add(finder: &Finder<'_>, mentions: &[Mention], links: &mut Vec<Link>) {
    let mut joined = joined(links);
    let mut rest = mentions;
    for (id, resource) in finder.model.each().filter(|(_, r)| r.made_by.is_none()) {
        let count = rest.iter().take_while(|mention| mention.by == id).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        for first in [true, false] {
            let own = own.iter().filter(|own| own.tells_more(finder) == first);
            for mention in own {
                if mention.of != id && joined.insert(pair(id, mention.of)) {
                    let link = link(finder, mention);
                    links.extend(for_users(finder, mention, &link));
                    links.push(link);
                }
            }
        }
        links.extend(waits_for(finder.model, id, resource));
    }
}

/// Gives the pairs of resources that links join.
fn joined(links: &[Link]) -> FxHashSet<(ResourceId, ResourceId)> {
    let mut joined = FxHashSet::with_capacity_and_hasher(2 * links.len(), FxBuildHasher);
    for link in links {
        for (place, a) in joined_by(link).enumerate() {
            for b in joined_by(link).skip(place + 1) {
                joined.insert(pair(a, b));
            }
        }
    }
    joined
}

/// Gives two resources in the order that stands for both.
fn pair(a: ResourceId, b: ResourceId) -> (ResourceId, ResourceId) {
    (a.min(b), a.max(b))
}

/// Gives the resources at the ends of a link and those that it looks through.
fn joined_by(link: &Link) -> impl Iterator<Item = ResourceId> {
    let ends = [&link.from, &link.to].into_iter().filter_map(End::resource);
    ends.chain(link.via.iter().copied())
}

fn link(finder: &Finder<'_>, mention: &Mention) -> Link {
    let (id, target) = (mention.by, mention.of);
    let named = mention.named(finder);
    let is_address = mention.tells_more(finder);
    let (from, to) = match named {
        Some(Named {
            backwards: true, ..
        }) => (target, id),
        _ => (id, target),
    };
    let (to, via) = match is_address {
        true => {
            let seen = finder.found(End::Resource(to), mention.at, None);
            (seen.end, seen.via)
        }
        false => (End::Resource(to), Vec::new()),
    };
    let how = if is_address { "address" } else { "reference" };
    Link {
        from: End::Resource(from),
        to,
        kind: named.map_or("REFERENCES", |named| &named.kind).into(),
        mechanism: how.into(),
        mode: is_address.then_some(Mode::Sync),
        assume: None,
        rule: how.into(),
        at: mention.at,
        via,
        condition: mention.condition.clone(),
        keep: Vec::new(),
    }
}

/// Gives a link to an address that stands in glue to those who act with the glue: the instances that a
/// template starts.
fn for_users(finder: &Finder<'_>, mention: &Mention, link: &Link) -> Vec<Link> {
    let glue = mention.by;
    let is_glue = finder.row(glue).is_some_and(|row| row.role == Role::Glue);
    if !is_glue || !mention.tells_more(finder) {
        return Vec::new();
    }
    let acts = finder.known().filter(|(.., row)| !row.acts_as.is_empty());
    let users = acts.filter(|(id, ..)| access::roles_of(finder, *id).contains(&glue));
    let as_user = |(id, ..): (ResourceId, &Resource, &TypeRow)| {
        let mut link = link.clone();
        link.from = End::Resource(id);
        link.via.insert(0, glue);
        link
    };
    users.map(as_user).collect()
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
                attribute: reference.attribute.clone(),
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
