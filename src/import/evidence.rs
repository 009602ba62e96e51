//! What follows from the links together: a permission that nothing explains, a hint that something
//! better has replaced.

use super::endpoint::End;
use super::finder::Finder;
use super::link::Link;
use crate::model::{Class, Kinds, Value};
use rustc_hash::FxHashSet;

/// Draws the conclusions.
pub(crate) fn add(finder: &Finder<'_>, links: &mut Vec<Link>) {
    drop_replaced(finder, links);
    assume_permitted(links);
}

/// Drops a service as the source of an end that a resource of this service leads to already.
fn drop_replaced(finder: &Finder<'_>, links: &mut Vec<Link>) {
    let services = links.iter().flat_map(|link| [&link.from, &link.to]);
    let services: FxHashSet<&str> = services.filter_map(whole_service).collect();
    if services.is_empty() {
        return;
    }
    let known: FxHashSet<(&str, &End)> = links
        .iter()
        .filter_map(|link| Some((service_of(finder, &link.from)?, &link.to)))
        .filter(|(service, _)| services.contains(service))
        .collect();
    let stays = links.iter().map(|link| !is_replaced(link, &known));
    let mut stays = stays.collect::<Vec<bool>>().into_iter();
    links.retain(|_| stays.next().unwrap_or(true));
}

/// Gives the service that an end stands for as a whole.
pub(crate) fn whole_service(end: &End) -> Option<&str> {
    match end {
        End::Outside(outside) if outside.id == outside.service => Some(&outside.service),
        _ => None,
    }
}

/// Gives the service of a resource whose type has a row.
fn service_of<'a>(finder: &'a Finder<'_>, end: &End) -> Option<&'a str> {
    match end {
        End::Resource(id) => finder.row(*id).map(|row| &*row.service),
        End::Outside(_) => None,
    }
}

fn is_replaced(link: &Link, known: &FxHashSet<(&str, &End)>) -> bool {
    match (whole_service(&link.from), whole_service(&link.to)) {
        (Some(service), _) => known.contains(&(service, &link.to)),
        // What feeds a function is what the function may read.
        (None, Some(service)) => &*link.kind == "READS" && known.contains(&(service, &link.from)),
        (None, None) => false,
    }
}

/// Takes a permission for the integration where nothing else joins its two ends: the definition that
/// would say so is somewhere else.
fn assume_permitted(links: &mut Vec<Link>) {
    let permits = |link: &&Link| link.assume.is_some() && matches!(link.from, End::Resource(_));
    let permissions = links.iter().filter(permits);
    let mut open: FxHashSet<(&End, &End)> =
        permissions.map(|link| (&link.from, &link.to)).collect();
    for link in links.iter() {
        let (there, back) = ((&link.from, &link.to), (&link.to, &link.from));
        let asked = open.contains(&there) || open.contains(&back);
        if asked && is_integration(&link.kind) {
            open.remove(&there);
            open.remove(&back);
        }
    }
    let permissions = links.iter().filter(permits);
    let assumed = permissions.filter(|link| open.contains(&(&link.from, &link.to)));
    let assumed: Vec<Link> = assumed.filter_map(assumed_of).collect();
    links.extend(assumed);
}

/// Makes the integration that a permission serves.
fn assumed_of(link: &Link) -> Option<Link> {
    let mut assumed = link.clone();
    assumed.kind = link.assume.clone()?;
    let basis = ("basis".into(), Value::text("permission"));
    assumed.keep.push(basis);
    Some(assumed)
}

fn is_integration(kind: &str) -> bool {
    let kind = Kinds::built_in().get(kind);
    kind.is_some_and(|kind| kind.class == Class::Flow || kind.name == "AUTHORIZES")
}
