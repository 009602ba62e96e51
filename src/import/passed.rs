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
use rustc_hash::FxHashSet;

/// Adds what the services may do with the roles that are passed to them. Goes over all links, once
/// more for every role that is passed.
pub(crate) fn add(finder: &Finder<'_>, grants: &Grants, links: &mut Vec<Link>) {
    let mut made = Vec::new();
    for role in passed(finder, links) {
        for actor in actors(finder, role, links) {
            made.extend(rights(finder, grants, role, &actor));
        }
    }
    links.extend(made);
}

/// Gives the roles that are passed on and that nobody acts with, in the order of the links.
fn passed(finder: &Finder<'_>, links: &[Link]) -> Vec<ResourceId> {
    let (mut passed, mut taken) = (Vec::new(), FxHashSet::default());
    for link in links.iter().filter(|link| &*link.kind == "ASSUMES") {
        let (Some(from), Some(role)) = (link.from.resource(), link.to.resource()) else {
            continue;
        };
        match use_of(finder, link, from, role) {
            Use::ActsWith => drop(taken.insert(role)),
            Use::Passes if !passed.contains(&role) => passed.push(role),
            Use::Passes | Use::Names => {}
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

/// Gives who acts with a role that is passed: of each service that it trusts the resources of its own
/// stack that take such roles, else the service as a whole.
fn actors(finder: &Finder<'_>, role: ResourceId, links: &[Link]) -> Vec<End> {
    let mut actors = Vec::new();
    for link in links.iter().filter(|link| link.to == End::Resource(role)) {
        let Some(service) = whole_service(&link.from) else {
            continue;
        };
        let before = actors.len();
        actors.extend(takers(finder, service, finder.model.resource(role).stack));
        if actors.len() == before {
            actors.push(link.from.clone());
        }
    }
    actors
}

fn takers(finder: &Finder<'_>, service: &str, stack: u32) -> Vec<End> {
    let takes = finder.known().filter(|(_, resource, row)| {
        resource.stack == stack
            && *row.service == *service
            && row.acts_as.iter().any(|path| path == PASSED)
    });
    takes.map(|(id, ..)| End::Resource(id)).collect()
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
