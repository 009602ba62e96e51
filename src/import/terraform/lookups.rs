//! What data sources look up, where it was loaded too: a resource of another folder by its name, the
//! outputs of another root module by the place of its state.
//!
//! Works on the model when all is loaded. A reference to a data source becomes one to what it finds,
//! so that everything behind sees one estate; what is not found, or found twice, stays as it is.

use super::load::join;
use super::state::State;
use crate::import::path;
use crate::import::resource::{Model, Resource, ResourceId};
use crate::import::schema::TypeRow;
use crate::import::tree::At;
use crate::import::types::Types;
use crate::import::value::{Data, Ref, Val};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a data source finds.
enum Found<'s> {
    /// A resource.
    Resource(ResourceId),
    /// A state, with its outputs.
    State(&'s State),
}

/// The data source that reads another root module's state.
pub(crate) const REMOTE_STATE: &str = "terraform_remote_state";

/// Puts what data sources find in the place of references to them. Goes over all resources once, and
/// over their values where something is found.
pub(crate) fn resolve(model: &mut Model, states: &[State]) {
    let lookups: Vec<ResourceId> = match states.is_empty() {
        true => Vec::new(),
        false => model
            .each()
            .filter(|(_, own)| is_lookup(own))
            .map(|(id, _)| id)
            .collect(),
    };
    if lookups.is_empty() {
        return;
    }
    let named = Named::of(model);
    let finds = |id: &ResourceId| Some((*id, found(model, states, &named, *id)?));
    let found: FxHashMap<ResourceId, Found<'_>> = lookups.iter().filter_map(finds).collect();
    if found.is_empty() {
        return;
    }
    for number in 0..model.resources.len() {
        let Some(own) = model.resources.get_mut(number) else {
            break;
        };
        let mut properties = own.take_properties();
        let mut others = std::mem::take(&mut own.others);
        for value in std::iter::once(&mut properties).chain(&mut others) {
            replace(model, &found, value);
        }
        if let Some(own) = model.resources.get_mut(number) {
            own.properties = properties;
            own.others = others;
        }
    }
}

/// Tells a data source by its address: `data.TYPE.NAME`, also inside of a module.
fn is_lookup(resource: &Resource) -> bool {
    resource.local.starts_with("data.") || resource.local.contains(".data.")
}

fn found<'s>(
    model: &Model,
    states: &'s [State],
    named: &Named,
    id: ResourceId,
) -> Option<Found<'s>> {
    let own = model.resource(id);
    if &*own.type_name != REMOTE_STATE {
        return named.only(own).map(Found::Resource);
    }
    let file = model.file(own.at);
    let folder = join(file.rsplit_once('/').map_or(".", |(folder, _)| folder), "");
    let mut meant = states
        .iter()
        .filter(|state| state.is_meant_by(&own.properties, &folder));
    match (meant.next(), meant.next()) {
        (Some(state), None) => Some(Found::State(state)),
        _ => None,
    }
}

/// The declared resources by type and name.
struct Named {
    types: Types,
    known: FxHashMap<(Arc<str>, Arc<str>), Vec<ResourceId>>,
}

impl Named {
    fn of(model: &Model) -> Self {
        let mut named = Self {
            types: Types::default(),
            known: FxHashMap::default(),
        };
        for (id, own) in model.each().filter(|(_, own)| !is_lookup(own)) {
            let naming = |row: &TypeRow| row.naming.clone();
            if let Some(key) = named.key(own, naming) {
                named.known.entry(key).or_default().push(id);
            }
        }
        named
    }

    /// Gives the type that stands for a resource, and the name that an argument holds.
    fn key(
        &self,
        resource: &Resource,
        argument: impl Fn(&TypeRow) -> Option<String>,
    ) -> Option<(Arc<str>, Arc<str>)> {
        let row = self.types.row(&resource.type_name)?;
        let name = path::text(&resource.properties, None, &argument(&row)?)?;
        let is_known = !name.is_empty() && !name.contains("${");
        is_known.then(|| (self.types.stem(&resource.type_name), name))
    }

    /// Gives the resource of the name that a data source asks for, if there is one only.
    fn only(&self, lookup: &Resource) -> Option<ResourceId> {
        let asked = |row: &TypeRow| row.asked_by.clone().or_else(|| row.naming.clone());
        match self.known.get(&self.key(lookup, asked)?)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// Replaces references in a value. Recursion is bounded by the nesting of documents.
fn replace(model: &Model, found: &FxHashMap<ResourceId, Found<'_>>, value: &mut Val) {
    match &mut value.data {
        Data::Ref(reference) => {
            if let Some(next) = instead(model, found, reference) {
                *value = placed(next, value.at);
            }
        }
        Data::List(items) => items
            .iter_mut()
            .for_each(|item| replace(model, found, item)),
        Data::Map(entries) => {
            let values = entries.iter_mut().map(|(_, value)| value);
            values.for_each(|value| replace(model, found, value));
        }
        Data::Either(own) => {
            replace(model, found, &mut own.yes);
            replace(model, found, &mut own.no);
        }
        Data::Concat(parts) => {
            parts
                .iter_mut()
                .for_each(|part| replace(model, found, part));
            *value = Val::concat(value.at, std::mem::take(parts).into());
        }
        _ => {}
    }
}

fn instead(
    model: &Model,
    found: &FxHashMap<ResourceId, Found<'_>>,
    reference: &Ref,
) -> Option<Val> {
    match found.get(&model.target(reference)?)? {
        Found::State(state) => state.output(reference.attribute.as_deref()?).cloned(),
        Found::Resource(id) => {
            let own = model.resource(*id);
            // A parameter's value is what was put into it.
            let argument = reference.attribute.as_deref();
            let argument = argument.and_then(|name| own.properties.get_any_case(name));
            if let Some(value) = argument.filter(|value| value.is_open()) {
                return Some(value.clone());
            }
            let reference = Ref {
                stack: own.stack,
                id: own.local.clone(),
                attribute: reference.attribute.clone(),
            };
            Some(Val::refers(At::default(), reference))
        }
    }
}

/// Gives a value as if it were written at a place. Recursion is bounded as above.
fn placed(mut value: Val, at: At) -> Val {
    value.at = at;
    let again = |inner: &mut Val| {
        let own = std::mem::replace(inner, Val::new(at, Data::Null));
        *inner = placed(own, at);
    };
    match &mut value.data {
        Data::List(items) | Data::Concat(items) => items.iter_mut().for_each(again),
        Data::Map(entries) => entries.iter_mut().map(|(_, inner)| inner).for_each(again),
        Data::Either(own) => {
            again(&mut own.yes);
            again(&mut own.no);
        }
        _ => {}
    }
    value
}
