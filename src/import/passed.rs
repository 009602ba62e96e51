//! Roles that are handed on: one that acts passes a role to the service that the role is for, and no
//! resource here acts with it. What the role allows, the service may do in its runs: a job of Spark, a
//! reading of documents that tells a topic when it is done.
//!
//! Works on the links that rules, policies and references made; whether a run ever starts is not for
//! a template to tell.

use super::access::{self, PASSED};
use super::endpoint::End;
use super::evidence::whole_service;
use super::finder::Finder;
use super::grants::Grants;
use super::link::Link;
use super::resource::ResourceId;
use super::rights::Gathered;
use crate::model::Value;
use rustc_hash::{FxHashMap, FxHashSet};

/// Adds what the services may do with the roles that are passed to them. Goes over all links, and once
/// more over them and over all resources where a role is passed.
pub(crate) fn add(finder: &Finder<'_>, grants: &Grants, links: &mut Vec<Link>) {
    let passed = passed(finder, links);
    if passed.is_empty() {
        return;
    }
    let takers = takers(finder);
    let mut made = Vec::new();
    for link in links.iter() {
        let role = link.to.resource().filter(|role| passed.contains(role));
        let (Some(role), Some(service)) = (role, whole_service(&link.from)) else {
            continue;
        };
        let stack = finder.model.resource(role).stack;
        let takers = takers.get(&(stack, service)).map(Vec::as_slice);
        for actor in takers.unwrap_or(std::slice::from_ref(&link.from)) {
            made.extend(rights(finder, grants, role, actor));
        }
    }
    links.extend(made);
}

/// Gives the roles that are passed on and that nobody acts with.
fn passed(finder: &Finder<'_>, links: &[Link]) -> FxHashSet<ResourceId> {
    let (mut passed, mut taken) = (FxHashSet::default(), FxHashSet::default());
    for link in links.iter().filter(|link| &*link.kind == "ASSUMES") {
        let (Some(from), Some(role)) = (link.from.resource(), link.to.resource()) else {
            continue;
        };
        match use_of(finder, link, from, role) {
            Use::ActsWith => drop(taken.insert(role)),
            Use::Passes => drop(passed.insert(role)),
            Use::Names => {}
        }
    }
    passed.retain(|role| !taken.contains(role));
    passed
}

/// What one does with a role that it is joined to.
enum Use {
    /// Acts with it.
    ActsWith,
    /// Passes it on: has the right to, or acts with another and is given this one.
    Passes,
    /// Only names it: a policy that belongs to it.
    Names,
}

fn use_of(finder: &Finder<'_>, link: &Link, from: ResourceId, role: ResourceId) -> Use {
    let acts = finder.row(from).is_some_and(|row| !row.acts_as.is_empty());
    let may_pass = || link.keep.iter().any(|(_, value)| holds_pass_role(value));
    match &*link.rule {
        "reference" if !acts => Use::Names,
        "reference" | "iam.access" if access::roles_of(finder, from).contains(&role) => {
            Use::ActsWith
        }
        "reference" => Use::Passes,
        "iam.access" if may_pass() => Use::Passes,
        _ => Use::ActsWith,
    }
}

fn holds_pass_role(actions: &Value) -> bool {
    let Value::List(actions) = actions else {
        return false;
    };
    let mut texts = actions.iter().filter_map(Value::as_str);
    texts.any(|action| action.eq_ignore_ascii_case("iam:PassRole"))
}

/// Gives the resources that take the roles which are passed to their service, by stack and service; a
/// role whose service has none here is the service's as a whole.
fn takers<'a>(finder: &'a Finder<'_>) -> FxHashMap<(u32, &'a str), Vec<End>> {
    let mut takers: FxHashMap<(u32, &str), Vec<End>> = FxHashMap::default();
    for (id, resource, row) in finder.known() {
        if row.acts_as.iter().any(|path| path == PASSED) {
            let known = takers.entry((resource.stack, &row.service)).or_default();
            known.push(End::Resource(id));
        }
    }
    takers
}

/// Gives what a role allows one that it is passed to; of a service as a whole, on resources only: all
/// queues that there are say nothing.
fn rights(finder: &Finder<'_>, grants: &Grants, role: ResourceId, actor: &End) -> Vec<Link> {
    let mut gathered = Gathered::new(finder, grants);
    gathered.add_holder(role, actor.resource());
    let under = &finder.model.resource(role).condition;
    let mut links = gathered.into_links(actor, under.as_ref());
    links.retain(|link| link.to.resource().is_some());
    links
}
