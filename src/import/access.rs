//! Who may do what: roles and policies as access edges from the ones that act to what they may touch.
//!
//! Language-independent: `data/types` says which property names a role, which holds a document and
//! to whom it is attached.

use super::endpoint::End;
use super::finder::Finder;
use super::grants::Grants;
use super::link::Link;
use super::path;
use super::resource::ResourceId;
use super::rights::Gathered;
use super::schema::EndRule;

/// Gives the access edges of all resources that act with rights.
pub(crate) fn links(finder: &Finder<'_>, grants: &Grants) -> Vec<Link> {
    let mut links = Vec::new();
    for (id, resource, _) in finder.known().filter(|(.., row)| !row.acts_as.is_empty()) {
        let mut gathered = Gathered::new(finder, grants);
        for holder in holders(finder, id) {
            gathered.add_holder(holder, Some(id));
        }
        let actor = finder.found(End::Resource(id), resource.at, None).end;
        links.extend(gathered.into_links(&actor, resource.condition.as_ref()));
    }
    links
}

/// Where a row says `acts_as`: the roles that others pass to its service.
pub(crate) const PASSED: &str = "*";

/// How many of those one acts with are followed to those they act with: a group of instances by its
/// template, the template by its profile.
const ACTORS: usize = 20;

/// Gives the resource itself and the roles it acts with.
fn holders(finder: &Finder<'_>, id: ResourceId) -> Vec<ResourceId> {
    let mut holders = vec![id];
    let mut next = 0;
    while let Some(actor) = holders.get(next).copied().filter(|_| next < ACTORS) {
        for role in roles_of(finder, actor) {
            if !holders.contains(&role) {
                holders.push(role);
            }
        }
        next += 1;
    }
    holders
}

/// Gives the roles that a resource's own properties name.
pub(crate) fn roles_of(finder: &Finder<'_>, id: ResourceId) -> Vec<ResourceId> {
    let resource = finder.model.resource(id);
    let Some(row) = finder.row(id).filter(|row| !row.acts_as.is_empty()) else {
        return Vec::new();
    };
    let rule = EndRule {
        types: vec!["AWS::IAM::Role".into(), "AWS::IAM::InstanceProfile".into()],
        ..EndRule::default()
    };
    let mut roles = Vec::new();
    for path in row.acts_as.iter().filter(|path| *path != PASSED) {
        if let Some(pattern) = path.strip_prefix('=') {
            let local = pattern.replace("${id}", &resource.local);
            roles.extend(finder.model.find(resource.stack, &local));
            continue;
        }
        for own in resource.instances() {
            path::each(own, None, path, &mut |hit| {
                finder.each_end(&hit, &rule, resource.stack, false, &mut |found| {
                    roles.extend(found.end.resource());
                });
            });
        }
    }
    roles
}
