//! Values to resources: the ones that a property names, by reference, by ARN or by name.

use super::endpoint::{End, Found};
use super::names::{Asked, Names};
use super::path;
use super::resource::{Model, Resource, ResourceId};
use super::schema::{Role, TypeRow};
use super::tree::At;
use super::types::{self, Types};
use super::value::{Data, Ref, Val};
use std::rc::Rc;
use std::sync::Arc;

/// Finds ends in a model.
pub(crate) struct Finder<'a> {
    pub(crate) model: &'a Model,
    pub(crate) types: &'a Types,
    pub(crate) names: &'a Names,
    /// The rows of the types of all resources, in the order of the resources.
    pub(crate) rows: &'a [Option<Rc<TypeRow>>],
}

/// Ends of attributes of CloudFormation that mean the resource itself.
const ITSELF: [&str; 9] = [
    "Arn", "ARN", "Id", "Name", "Url", "URL", "Endpoint", "URI", "Address",
];

/// Attributes of Terraform that do.
const ITSELF_IN_TERRAFORM: [&str; 12] = [
    "arn",
    "id",
    "name",
    "url",
    "invoke_arn",
    "qualified_arn",
    "execution_arn",
    "stream_arn",
    "function_url",
    "invoke_url",
    "dns_name",
    "domain_name",
];

/// How often one thing may stand for another before we stop.
const STEPS: usize = 8;

impl Finder<'_> {
    /// Gives the row of the type of a resource.
    pub(crate) fn row(&self, id: ResourceId) -> Option<&TypeRow> {
        self.rows.get(id.0 as usize)?.as_deref()
    }

    /// Gives the resources that are made and whose types have rows, in their order.
    pub(crate) fn known(&self) -> impl Iterator<Item = (ResourceId, &Resource, &TypeRow)> {
        let made = self.model.each().filter(|(_, resource)| !resource.left_out);
        made.filter_map(|(id, resource)| Some((id, resource, self.row(id)?)))
    }

    /// Gives the type that stands for an end in the tables.
    pub(crate) fn stem(&self, end: &End) -> &str {
        match end {
            End::Resource(id) => {
                let like = self.row(*id).and_then(|row| row.like.as_deref());
                like.unwrap_or(&self.model.resource(*id).type_name)
            }
            End::Outside(outside) => {
                let main = types::service(&outside.service).and_then(|row| row.main.as_deref());
                main.unwrap_or("")
            }
        }
    }

    /// Gives the resources that a value names: by reference, by ARN, by name.
    pub(crate) fn resources(
        &self,
        value: &Val,
        expected: &[String],
        stack: u32,
    ) -> Vec<ResourceId> {
        if let Data::Ref(reference) = &value.data {
            return self.referred(reference, expected).into_iter().collect();
        }
        let Some(text) = value.written() else {
            return Vec::new();
        };
        let asked = Asked {
            model: self.model,
            types: self.types,
            stack,
            expected,
        };
        let known = self.names.find(&asked, &text);
        if !known.is_empty() {
            return known;
        }
        match &value.data {
            Data::Concat(parts) => self.named_inside(parts, expected),
            _ => Vec::new(),
        }
    }

    /// Gives the resource that a reference means; one to an argument means what the argument names:
    /// the function of an alias.
    fn referred(&self, reference: &Ref, expected: &[String]) -> Option<ResourceId> {
        let mut reference = reference;
        for _ in 0..STEPS {
            let id = self.model.target(reference)?;
            if self.means_itself(id, reference, expected) {
                return Some(id);
            }
            let argument = reference.attribute.as_deref()?;
            match &self.model.resource(id).properties.get(argument)?.data {
                Data::Ref(next) => reference = next,
                _ => return None,
            }
        }
        None
    }

    /// Tells whether a reference means the resource, and not something of another type that belongs to
    /// it: a network's own security group.
    fn means_itself(&self, id: ResourceId, reference: &Ref, expected: &[String]) -> bool {
        let Some(attribute) = &reference.attribute else {
            return true;
        };
        ITSELF.iter().any(|end| attribute.ends_with(end))
            || ITSELF_IN_TERRAFORM.contains(&&**attribute)
            || self.is_right(id, expected)
    }

    /// Gives the resources referred to inside a text, those of the expected types if there are any.
    fn named_inside(&self, parts: &[Val], expected: &[String]) -> Vec<ResourceId> {
        let mut ids: Vec<ResourceId> = whole_references(parts)
            .into_iter()
            .filter_map(|reference| self.model.target(reference))
            .chain(self.named_with_slash(parts))
            .collect();
        let right = |id: &ResourceId| {
            self.is_right(*id, expected) || {
                let found = self.found(End::Resource(*id), At::default(), None);
                let seen = found.end.resource();
                seen.is_some_and(|id| self.is_right(id, expected))
            }
        };
        if !expected.is_empty() && ids.iter().any(right) {
            ids.retain(right);
        }
        ids.dedup();
        ids
    }

    /// Gives the resource that ends an ARN right behind the word for its type: `…:parameter${Path}`,
    /// where the name brings the slash.
    fn named_with_slash(&self, parts: &[Val]) -> Option<ResourceId> {
        let [before @ .., last] = parts else {
            return None;
        };
        let Data::Ref(reference) = &last.data else {
            return None;
        };
        let word = before.last()?.as_text()?.rsplit(':').next()?;
        let id = self.model.target(reference)?;
        let pattern = self.row(id)?.arn.as_deref()?;
        let (_, pattern) = pattern.split_once(':')?;
        let stem = pattern.strip_suffix("/${name}")?;
        (stem == word).then_some(id)
    }

    fn is_right(&self, id: ResourceId, expected: &[String]) -> bool {
        let own = &self.model.resource(id).type_name;
        self.types.is_one_of(own, expected)
    }

    /// Makes what a value at a place names: an end, or what that stands for.
    pub(crate) fn found(&self, end: End, at: At, condition: Option<Arc<str>>) -> Found {
        let mut found = Found {
            end,
            at,
            condition,
            via: Vec::new(),
        };
        self.look_through(&mut found);
        found
    }

    /// Replaces an end that stands for another by that other: an alias by its function.
    fn look_through(&self, found: &mut Found) {
        for _ in 0..STEPS {
            let End::Resource(id) = found.end else {
                return;
            };
            let Some(next) = self.stands_for(id) else {
                return;
            };
            found.via.push(id);
            found.end = End::Resource(next);
        }
    }

    fn stands_for(&self, id: ResourceId) -> Option<ResourceId> {
        let resource = self.model.resource(id);
        let row = self.row(id)?;
        if row.role == Role::Node || row.stands_for.is_empty() {
            return None;
        }
        let hits = row
            .stands_for
            .iter()
            .flat_map(|path| path::walk(&resource.properties, None, path));
        let mut ids = hits.flat_map(|hit| self.resources(&hit.value, &[], resource.stack));
        ids.find(|next| *next != id)
    }
}

/// Colons before the part of an ARN that names something: what stands before is Region or account.
const ARN_COLONS: usize = 5;

fn colons_of(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b':').count()
}

/// Lists the references of a text that are whole words of it: `…:${Queue}/*`, and not
/// `${Bucket}-copy`, which is the name of something else, nor the account in an ARN.
fn whole_references(parts: &[Val]) -> Vec<&Ref> {
    let text_of = |i: Option<usize>| i.and_then(|i| parts.get(i)).and_then(Val::as_text);
    let is_arn = text_of(Some(0)).is_some_and(|text| text.starts_with("arn:"));
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_".contains(c));
    let mut colons = 0;
    let mut found = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        colons += part.as_text().map_or(0, colons_of);
        let Data::Ref(reference) = &part.data else {
            continue;
        };
        let before = text_of(i.checked_sub(1)).and_then(|text| text.chars().next_back());
        let after = text_of(Some(i + 1)).and_then(|text| text.chars().next());
        let names = !is_arn || colons >= ARN_COLONS;
        if names && !joined(before) && !joined(after) {
            found.push(&**reference);
        }
    }
    found
}
