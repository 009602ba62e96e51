//! Resources that a resource makes without the template naming them: `make` rows of its type.

use super::hash::short_hash;
use super::path::{self, Hit};
use super::resource::{Model, Resource, ResourceId};
use super::schema::{MakeRule, TypeRow};
use super::tree::edit;
use super::types::Types;
use super::value::{Data, Ref, Val};
use super::when::holds;
use std::sync::Arc;

/// Adds what the resources of a model make. Does not follow what is made itself.
pub(crate) fn run(model: &mut Model, types: &Types) {
    let declared = model.resources.len();
    for number in 0..declared {
        let Some(row) = model
            .resources
            .get(number)
            .and_then(|r| types.row(&r.type_name))
        else {
            continue;
        };
        if !row.makes.is_empty() {
            for made in made_by(model, ResourceId(number as u32), &row) {
                add_or_extend(model, made);
            }
        }
    }
}

/// Adds what was made; lists of what another has made under the same id grow.
fn add_or_extend(model: &mut Model, made: Resource) {
    let known = model.find(made.stack, &made.local);
    let known = known.and_then(|id| model.resources.get_mut(id.0 as usize));
    match known {
        Some(known) if known.made_by.is_some() => extend(&mut known.properties, made.properties),
        Some(_) => {}
        None => {
            model.add(made);
        }
    }
}

fn extend(there: &mut Val, more: Val) {
    let (Data::Map(there), Data::Map(more)) = (&mut there.data, more.data) else {
        return;
    };
    for (key, value) in more {
        let known = there.iter_mut().find(|(known, _)| *known == key);
        if let (
            Some((
                _,
                Val {
                    data: Data::List(items),
                    ..
                },
            )),
            Data::List(new),
        ) = (known, value.data)
        {
            *items = [std::mem::take(items), new].concat().into();
        }
    }
}

fn made_by(model: &Model, maker: ResourceId, row: &TypeRow) -> Vec<Resource> {
    let resource = model.resource(maker);
    let mut made = Vec::new();
    for rule in &row.makes {
        let items: Vec<Option<Hit<'_>>> = match &rule.each {
            Some(each) => path::walk(&resource.properties, None, each)
                .into_iter()
                .map(Some)
                .collect(),
            None => vec![None],
        };
        for item in &items {
            let item = item.as_ref();
            if rule
                .when
                .iter()
                .all(|when| holds(&resource.properties, item, when))
            {
                made.push(one(resource, maker, rule, item));
            }
        }
    }
    made
}

fn one(maker: &Resource, id: ResourceId, rule: &MakeRule, item: Option<&Hit<'_>>) -> Resource {
    let at = item.map_or(maker.at, |item| item.value.at);
    let mut properties = Val::new(at, Data::Map(Box::default()));
    for (path, source) in &rule.properties {
        if let Some(value) = value_of(maker, source, item) {
            put(&mut properties, path, value);
        }
    }
    let condition = item.and_then(|item| item.condition.clone());
    Resource {
        stack: maker.stack,
        local: filled(&rule.id, maker, item).into(),
        type_name: rule.type_name.as_str().into(),
        properties,
        others: Vec::new(),
        at,
        condition: condition.or_else(|| maker.condition.clone()),
        left_out: maker.left_out,
        depends_on: Vec::new(),
        made_by: Some(id),
        path: None,
        construct: None,
    }
}

/// Works out one source: `$self`, `$id:PATTERN`, `=TEXT`, or a path.
fn value_of(maker: &Resource, source: &str, item: Option<&Hit<'_>>) -> Option<Val> {
    let at = item.map_or(maker.at, |item| item.value.at);
    let reference = |id: Arc<str>| {
        let reference = Ref {
            stack: maker.stack,
            id,
            attribute: None,
        };
        Some(Val::refers(at, reference))
    };
    if source == "$self" {
        return reference(maker.local.clone());
    }
    if let Some(pattern) = source.strip_prefix("$id:") {
        return reference(filled(pattern, maker, item).into());
    }
    if let Some(text) = source.strip_prefix('=') {
        return Some(Val::text(at, text));
    }
    let hits = path::walk(&maker.properties, item, source);
    hits.into_iter().next().map(|hit| hit.value.into_owned())
}

fn put(map: &mut Val, path: &str, value: Val) {
    let Data::Map(entries) = &mut map.data else {
        return;
    };
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, listed) = match name.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let at = value.at;
    let place = match entries.iter().position(|(key, _)| &**key == name) {
        Some(place) => place,
        None => {
            let empty = Val::new(at, Data::Map(Box::default()));
            let first = match listed {
                true => Val::new(at, Data::List([empty].into())),
                false => empty,
            };
            edit(entries, |entries| entries.push((name.into(), first)));
            entries.len() - 1
        }
    };
    let Some((_, there)) = entries.get_mut(place) else {
        return;
    };
    let inner = match &mut there.data {
        Data::List(items) if listed => items.first_mut(),
        _ => Some(there),
    };
    match (inner, rest) {
        (Some(inner), "") => *inner = value,
        (Some(inner), rest) => put(inner, rest, value),
        (None, _) => {}
    }
}

/// Gives what SAM takes the hash of: a reference or a text with references as it was written.
fn as_sam_hashes(text: &str) -> String {
    let name = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    match name.filter(|name| name.chars().all(char::is_alphanumeric)) {
        Some(name) => format!("{{\"Ref\":\"{name}\"}}"),
        None if text.contains("${") => format!("{{\"Fn::Sub\":\"{text}\"}}"),
        None => text.to_owned(),
    }
}

/// Fills `${id}`, `${key}`, `${Property}` and `${hash:Property}` in.
fn filled(pattern: &str, maker: &Resource, item: Option<&Hit<'_>>) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        let text = match name {
            "id" => Some(maker.local.clone()),
            "key" => item.and_then(|item| item.key.clone()),
            property => match property.strip_prefix("hash:") {
                Some(property) => path::text(&maker.properties, item, property)
                    .map(|text| short_hash(&as_sam_hashes(&text)).into()),
                None => path::text(&maker.properties, item, property),
            },
        };
        out.push_str(text.as_deref().unwrap_or_default());
        rest = behind;
    }
    out + rest
}
