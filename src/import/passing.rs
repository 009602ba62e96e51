//! Glue that traffic passes: an edge into a target group and one out of it are one edge past it.

use super::finder::Finder;
use super::link::Link;
use super::resource::ResourceId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// How much glue one edge may pass in a row.
const STEPS: usize = 4;

/// Adds the edges past glue to those that lead to and from it.
pub(crate) fn add(finder: &Finder<'_>, links: &mut Vec<Link>) {
    let passed: FxHashSet<ResourceId> = finder
        .model
        .each()
        .filter(|(_, resource)| {
            finder
                .types
                .row(&resource.type_name)
                .is_some_and(|row| row.passes)
        })
        .map(|(id, _)| id)
        .collect();
    if passed.is_empty() {
        return;
    }
    let mut out: FxHashMap<ResourceId, Vec<Link>> = FxHashMap::default();
    for link in links.iter() {
        if let Some(glue) = link.from.resource().filter(|id| passed.contains(id)) {
            out.entry(glue).or_default().push(link.clone());
        }
    }
    let starts = links.iter().filter(|link| {
        !link.from.resource().is_some_and(|id| passed.contains(&id))
            && link.to.resource().is_some_and(|id| passed.contains(&id))
    });
    let mut made = Vec::new();
    for start in starts {
        let mut open = vec![start.clone()];
        for _ in 0..STEPS {
            let grown = open
                .drain(..)
                .flat_map(|link| past(&link, &out))
                .collect::<Vec<_>>();
            for link in grown {
                match link.to.resource().is_some_and(|id| passed.contains(&id)) {
                    true => open.push(link),
                    false => made.push(link),
                }
            }
        }
    }
    links.extend(made);
}

fn past(link: &Link, out: &FxHashMap<ResourceId, Vec<Link>>) -> Vec<Link> {
    let Some(glue) = link.to.resource() else {
        return Vec::new();
    };
    let onwards = out.get(&glue).into_iter().flatten();
    onwards
        .filter(|onward| onward.to != link.from)
        .map(|onward| {
            let mut joined = onward.clone();
            joined.from = link.from.clone();
            joined.via = link.via.clone();
            joined.via.push(glue);
            joined.via.extend(onward.via.iter().copied());
            joined.mechanism = mechanism(link, onward);
            joined.condition = onward.condition.clone().or_else(|| link.condition.clone());
            joined
        })
        .collect()
}

fn mechanism(link: &Link, onward: &Link) -> Arc<str> {
    match link.mechanism == onward.mechanism {
        true => link.mechanism.clone(),
        false => format!("{}, {}", link.mechanism, onward.mechanism).into(),
    }
}
