//! What follows from the links together: a permission that nothing explains, a hint that something
//! better has replaced.

use super::endpoint::{End, Finder};
use super::link::Link;
use crate::model::{Class, Kinds, Value};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Draws the conclusions.
pub(crate) fn add(finder: &Finder<'_>, links: &mut Vec<Link>) {
    drop_replaced(finder, links);
    assume_permitted(links);
}

/// Drops a service as the source of an end that a resource of this service leads to already.
fn drop_replaced(finder: &Finder<'_>, links: &mut Vec<Link>) {
    let known: FxHashSet<(Arc<str>, End)> = links
        .iter()
        .filter_map(|link| match &link.from {
            End::Resource(id) => {
                let row = finder.row(*id)?;
                Some((row.service.share(), link.to.clone()))
            }
            End::Outside(_) => None,
        })
        .collect();
    links.retain(|link| match (&link.from, &link.to) {
        (End::Outside(outside), to) if outside.id == outside.service => {
            !known.contains(&(outside.service.clone(), to.clone()))
        }
        // What feeds a function is what the function may read.
        (from, End::Outside(outside))
            if outside.id == outside.service && &*link.kind == "READS" =>
        {
            !known.contains(&(outside.service.clone(), from.clone()))
        }
        _ => true,
    });
}

/// Takes a permission for the integration where nothing else joins its two ends: the definition that
/// would say so is somewhere else.
fn assume_permitted(links: &mut Vec<Link>) {
    let joined: FxHashSet<(End, End)> = links
        .iter()
        .filter(|link| is_integration(&link.kind))
        .map(|link| (link.from.clone(), link.to.clone()))
        .collect();
    let assumed: Vec<Link> = links
        .iter()
        .filter(|link| {
            let there = (link.from.clone(), link.to.clone());
            let back = (link.to.clone(), link.from.clone());
            let loaded = matches!(link.from, End::Resource(_));
            link.assume.is_some() && loaded && !joined.contains(&there) && !joined.contains(&back)
        })
        .filter_map(|link| {
            let mut assumed = link.clone();
            assumed.kind = link.assume.clone()?;
            assumed
                .keep
                .push(("basis".into(), Value::text("permission")));
            Some(assumed)
        })
        .collect();
    links.extend(assumed);
}

fn is_integration(kind: &str) -> bool {
    let kind = Kinds::built_in().get(kind);
    kind.is_some_and(|kind| kind.class == Class::Flow || kind.name == "AUTHORIZES")
}
