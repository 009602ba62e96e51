//! Texts that name an action of a service: integration URIs of an API, universal targets of a
//! schedule, service integrations of a state machine.

use super::arn;
use super::candidate::Candidate;
use super::endpoint::End;
use super::finder::Finder;
use super::outside;
use super::path::Hit;
use super::schema::{EndRule, Read};
use super::tree::At;
use super::types;
use super::value::{Data, Val};
use std::borrow::Cow;
use std::sync::Arc;

/// Gives the ends that an action's text names; `around` is the map it stands in, which may hold the
/// resource when the text does not.
pub(crate) fn targets(
    finder: &Finder<'_>,
    hit: &Hit<'_>,
    rule: &EndRule,
    around: Option<&Val>,
    stack: u32,
) -> Vec<Candidate> {
    if let Data::Either(..) = hit.value.data {
        return Vec::new();
    }
    let text = hit.value.written().unwrap_or_default();
    let Some(action) = action_of(&text) else {
        let read = match text.contains("://") {
            true => Read::Address,
            false => Read::Plain,
        };
        let rule = EndRule {
            read,
            ..rule.clone()
        };
        let found = finder.ends(hit, &rule, stack, true);
        return found.into_iter().map(Candidate::from).collect();
    };
    let service = types::service_of_prefix(&action.prefix).unwrap_or(&action.prefix);
    let mut ends = resources_of(finder, &hit.value, service, stack);
    if ends.is_empty() {
        ends = function_inside(finder, &action, stack)
            .into_iter()
            .collect();
    }
    if ends.is_empty() {
        ends = named_in_path(finder, &action, service, stack);
    }
    if ends.is_empty() {
        let inside = around.map(|value| inside(finder, value, service, stack));
        ends = inside.unwrap_or_default();
    }
    if ends.is_empty() {
        ends.push(End::service(service));
    }
    let kind = action.kind.map(Arc::from);
    ends.into_iter()
        .map(|end| {
            let found = finder.found(end, hit.value.at, hit.condition.clone());
            let mut candidate = Candidate::from(found);
            candidate.kind = kind.clone();
            candidate
        })
        .collect()
}

struct Action<'a> {
    prefix: Cow<'a, str>,
    rest: &'a str,
    kind: Option<&'a str>,
}

/// Takes `arn:P:apigateway:R:SERVICE:path/…`, `arn:P:scheduler:::aws-sdk:SERVICE:ACTION` and the
/// `SERVICE-ACTION` of an HTTP API apart.
fn action_of(text: &str) -> Option<Action<'_>> {
    let Some(arn) = arn::arn(text) else {
        return subtype(text);
    };
    if let Some(rest) = arn.rest.strip_prefix("aws-sdk:") {
        let (prefix, name) = rest.split_once(':')?;
        return Some(Action {
            prefix: prefix.into(),
            rest: name,
            kind: Some(kind_of_call(prefix, name)),
        });
    }
    let is_uri = arn.service == "apigateway"
        && (arn.rest.starts_with("path/") || arn.rest.starts_with("action/"));
    if !is_uri {
        return None;
    }
    // The account's place in the ARN holds the service.
    let prefix = text.strip_suffix(arn.rest)?.trim_end_matches(':');
    let prefix = prefix.rsplit(':').next()?;
    let prefix = prefix.rsplit('.').next().unwrap_or(prefix);
    Some(Action {
        prefix: prefix.into(),
        rest: arn.rest,
        kind: None,
    })
}

/// Reads `SQS-SendMessage`.
fn subtype(text: &str) -> Option<Action<'_>> {
    let (service, verb) = text.split_once('-')?;
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
    let named = is_word(service) && is_word(verb) && verb.starts_with(char::is_uppercase);
    named.then(|| Action {
        prefix: service.to_lowercase().into(),
        rest: verb,
        kind: None,
    })
}

/// Gives the resources of a service that a map refers to or, in its own words, names.
fn inside(finder: &Finder<'_>, value: &Val, service: &str, stack: u32) -> Vec<End> {
    let ends = every_resource(finder, value, service, stack);
    match ends.is_empty() {
        true => super::spoken::ends(finder, value, service, stack),
        false => ends,
    }
}

/// Gives the kind of a call by its name: what the tables say, `CALLS` otherwise.
pub(crate) fn kind_of_call(prefix: &str, name: &str) -> &'static str {
    if let Some(row) = types::call(&format!("{prefix}:{name}")) {
        return known_kind(&row.kind);
    }
    let prefix = match prefix {
        "sfn" => "states",
        "eventbridge" => "events",
        "cloudwatchlogs" => "logs",
        other => other,
    };
    let action = types::action(&format!("{prefix}:{name}"));
    let kind = action.and_then(|row| row.kind.as_deref());
    kind.map_or("CALLS", known_kind)
}

/// Gives the kind itself where something flows, `CALLS` for what only operates another.
fn known_kind(kind: &'static str) -> &'static str {
    match crate::model::Kinds::built_in().get(kind) {
        Some(kind) if kind.class == crate::model::Class::Flow => match kind.name.as_str() {
            "READS" | "WRITES" | "READS_WRITES" => "CALLS",
            _ => &kind.name,
        },
        _ => "CALLS",
    }
}

fn function_inside(finder: &Finder<'_>, action: &Action<'_>, stack: u32) -> Option<End> {
    let inside = action.rest.split("functions/").nth(1)?;
    let inside = inside.strip_suffix("/invocations").unwrap_or(inside);
    let value = Val::text(Default::default(), inside);
    let ids = finder.resources(&value, &[], stack);
    match ids.first() {
        Some(id) => Some(End::Resource(*id)),
        None => {
            let rule = EndRule::default();
            let end = outside::named_by(finder.types, inside, &rule)?;
            Some(in_service(end, &action.prefix))
        }
    }
}

/// Reads the name of a queue or a bucket in `path/123456789012/orders`.
fn named_in_path(finder: &Finder<'_>, action: &Action<'_>, service: &str, stack: u32) -> Vec<End> {
    let path = action.rest.strip_prefix("path/").unwrap_or_default();
    let named = path.split('/').filter(|name| !name.is_empty()).map(|name| {
        let arn = format!("arn:aws:{}:::{name}", action.prefix);
        resources_of(finder, &Val::text(At::default(), &arn), service, stack)
    });
    named.flatten().collect()
}

pub(crate) fn in_service(end: End, prefix: &str) -> End {
    match end {
        End::Outside(outside) if outside.service.is_empty() => {
            let service = types::service_of_prefix(prefix).unwrap_or(prefix);
            End::outside(outside.id.clone(), service, outside.why)
        }
        end => end,
    }
}

/// Gives the resources of a service that a value refers to.
fn resources_of(finder: &Finder<'_>, value: &Val, service: &str, stack: u32) -> Vec<End> {
    let ids = finder.resources(value, &[], stack);
    let ends = ids.into_iter().map(End::Resource);
    ends.filter(|end| is_of(finder, end, service)).collect()
}

/// Gives the resources of a service that anything inside a value refers to.
pub(crate) fn every_resource(
    finder: &Finder<'_>,
    value: &Val,
    service: &str,
    stack: u32,
) -> Vec<End> {
    let mut ends = Vec::new();
    collect(finder, value, service, stack, &mut ends);
    ends.dedup();
    ends
}

fn collect(finder: &Finder<'_>, value: &Val, service: &str, stack: u32, ends: &mut Vec<End>) {
    match &value.data {
        Data::List(items) => {
            items
                .iter()
                .for_each(|item| collect(finder, item, service, stack, ends));
        }
        Data::Map(entries) => {
            for (key, value) in entries {
                // Requests to several tables are kept under the names of the tables.
                let key = Val::named(value.at, stack, key);
                collect(finder, &key, service, stack, ends);
                collect(finder, value, service, stack, ends);
            }
        }
        Data::Either(own) => {
            collect(finder, &own.yes, service, stack, ends);
            collect(finder, &own.no, service, stack, ends);
        }
        Data::Text(_) | Data::Concat(_) | Data::Ref(_) => {
            for end in resources_of(finder, value, service, stack) {
                if !ends.contains(&end) {
                    ends.push(end);
                }
            }
        }
        _ => {}
    }
}

/// Tells whether an end is of a service, an alias or a stage counting as what it stands for.
fn is_of(finder: &Finder<'_>, end: &End, service: &str) -> bool {
    let End::Resource(id) = end else {
        return false;
    };
    let own = match finder.row(*id) {
        Some(row) => row.service.share(),
        None => types::service_of_unknown(&finder.model.resource(*id).type_name).into(),
    };
    *own == *service || finder.stem(end).contains(&format!("::{service}::"))
}
