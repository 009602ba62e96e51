//! Who may do what: roles and policies as access edges from the ones that act to what they may touch.
//!
//! Language-independent: `data/types` says which property names a role, which holds a document and
//! to whom it is attached.

use super::arn;
use super::endpoint::{End, Finder, Found, Outside};
use super::link::Link;
use super::path::{self, Hit};
use super::policy::{self, Statement};
use super::resource::{Resource, ResourceId};
use super::schema::{EndRule, GrantRule, PolicyRow, Read};
use super::tree::At;
use super::types;
use super::value::{Data, Val};
use crate::model::{Class, Kinds, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Something that grants rights.
#[derive(Clone, Debug)]
enum Grant {
    /// A document, as it stands.
    Document(Val),
    /// A policy known by name, with its parameters.
    Known(&'static PolicyRow, Val),
    /// Another resource that holds documents.
    Policy(ResourceId),
}

/// Rights on one end, gathered over all statements.
#[derive(Debug)]
struct Rights {
    reads: bool,
    writes: bool,
    both: bool,
    other: Option<&'static str>,
    actions: Vec<Arc<str>>,
    at: At,
    mechanism: Arc<str>,
    condition: Option<Arc<str>>,
    conditional: bool,
    via: Vec<ResourceId>,
}

/// Gives the access edges of all resources that act with rights.
pub(crate) fn links(finder: &Finder<'_>) -> Vec<Link> {
    let grants = collect(finder);
    let mut links = Vec::new();
    for (id, resource) in finder
        .model
        .each()
        .filter(|(_, resource)| !resource.left_out)
    {
        let Some(row) = finder.types.row(&resource.type_name) else {
            continue;
        };
        if row.acts_as.is_empty() {
            continue;
        }
        let mut gathered = Gathered::default();
        for holder in holders(finder, id, resource, &row.acts_as) {
            gathered.add_holder(finder, &grants, holder, resource);
        }
        links.extend(gathered.into_links(finder, id, resource));
    }
    links
}

/// Gives the resource itself and the roles it acts with.
fn holders(
    finder: &Finder<'_>,
    id: ResourceId,
    resource: &Resource,
    acts_as: &[String],
) -> Vec<ResourceId> {
    let mut holders = vec![id];
    for path in acts_as {
        if let Some(pattern) = path.strip_prefix('=') {
            let local = pattern.replace("${id}", &resource.local);
            holders.extend(finder.model.find(resource.stack, &local));
            continue;
        }
        for hit in path::walk(&resource.properties, None, path) {
            let rule = EndRule {
                types: vec!["AWS::IAM::Role".into(), "AWS::IAM::InstanceProfile".into()],
                ..EndRule::default()
            };
            let found = finder.ends(&hit, &rule, resource.stack, false);
            holders.extend(found.into_iter().filter_map(|found| match found.end {
                End::Resource(role) => Some(role),
                End::Outside(_) => None,
            }));
        }
    }
    holders
}

/// Gives what is granted to each resource.
fn collect(finder: &Finder<'_>) -> FxHashMap<ResourceId, Vec<Grant>> {
    let mut all: FxHashMap<ResourceId, Vec<Grant>> = FxHashMap::default();
    for (id, resource) in finder
        .model
        .each()
        .filter(|(_, resource)| !resource.left_out)
    {
        let Some(row) = finder.types.row(&resource.type_name) else {
            continue;
        };
        for rule in &row.grants {
            let receivers = match &rule.to {
                None => vec![id],
                Some(path) => named(finder, resource, path),
            };
            let grants = granted_by(finder, resource, rule);
            for receiver in receivers {
                all.entry(receiver)
                    .or_default()
                    .extend(grants.iter().cloned());
            }
        }
    }
    all
}

fn granted_by(finder: &Finder<'_>, resource: &Resource, rule: &GrantRule) -> Vec<Grant> {
    let paths = rule.document.iter().chain(&rule.policy);
    let hits = paths.flat_map(|path| path::walk(&resource.properties, None, path));
    let mut grants = Vec::new();
    hits.for_each(|hit| read_grant(finder, &hit.value, resource.stack, &mut grants));
    grants
}

fn named(finder: &Finder<'_>, resource: &Resource, path: &str) -> Vec<ResourceId> {
    let expected = ["AWS::IAM::Role".to_owned()];
    path::walk(&resource.properties, None, path)
        .iter()
        .flat_map(|hit| finder.resources(&hit.value, &expected, resource.stack))
        .collect()
}

/// Reads a document, a policy's name, or a list of both.
fn read_grant(finder: &Finder<'_>, value: &Val, stack: u32, grants: &mut Vec<Grant>) {
    match &value.data {
        Data::List(items) => {
            items
                .iter()
                .for_each(|item| read_grant(finder, item, stack, grants));
        }
        Data::Either(_, both) => {
            read_grant(finder, &both.0, stack, grants);
            read_grant(finder, &both.1, stack, grants);
        }
        Data::Map(entries) => match entries.as_slice() {
            [(name, parameters)] if types::policy(name).is_some() => {
                grants.extend(types::policy(name).map(|row| Grant::Known(row, parameters.clone())));
            }
            _ => grants.push(Grant::Document(value.clone())),
        },
        Data::Null => {}
        _ => read_policy_name(finder, value, stack, grants),
    }
}

fn read_policy_name(finder: &Finder<'_>, value: &Val, stack: u32, grants: &mut Vec<Grant>) {
    let text = value.rendered().unwrap_or_default();
    if text.trim_start().starts_with('{') {
        // A document as text names resources too, but none of them is the policy.
        grants.push(Grant::Document(value.clone()));
        return;
    }
    let expected = ["AWS::IAM::ManagedPolicy".to_owned()];
    let ids = finder.resources(value, &expected, stack);
    if !ids.is_empty() {
        grants.extend(ids.into_iter().map(Grant::Policy));
        return;
    }
    let name = text.rsplit('/').next().unwrap_or(&text);
    let nothing = Val::new(value.at, Data::Null);
    grants.extend(types::policy(name).map(|row| Grant::Known(row, nothing)));
}

/// How many policies one actor's rights are followed through.
const POLICIES: usize = 200;

#[derive(Default)]
struct Gathered {
    rights: indexmap::IndexMap<(End, Option<&'static str>), Rights>,
    denied: Vec<(End, Arc<str>)>,
    seen: FxHashSet<ResourceId>,
}

impl Gathered {
    fn add_holder(
        &mut self,
        finder: &Finder<'_>,
        grants: &FxHashMap<ResourceId, Vec<Grant>>,
        holder: ResourceId,
        actor: &Resource,
    ) {
        if self.seen.len() > POLICIES || !self.seen.insert(holder) {
            return;
        }
        let stack = finder.model.resource(holder).stack;
        let via = match finder.model.resource(holder).local == actor.local {
            true => None,
            false => Some(holder),
        };
        for grant in grants.get(&holder).into_iter().flatten() {
            match grant {
                Grant::Policy(policy) => self.add_holder(finder, grants, *policy, actor),
                Grant::Document(document) => {
                    for statement in policy::statements(document) {
                        self.add_statement(finder, &statement, stack, via);
                    }
                }
                Grant::Known(row, parameters) => {
                    self.add_known(finder, row, parameters, stack, via);
                }
            }
        }
    }

    fn add_statement(
        &mut self,
        finder: &Finder<'_>,
        statement: &Statement,
        stack: u32,
        via: Option<ResourceId>,
    ) {
        for action in &statement.actions {
            let Some(meaning) = Meaning::of(action) else {
                continue;
            };
            for value in &statement.resources {
                for end in meaning.ends(finder, value, stack) {
                    if !statement.allows {
                        self.denied.push((end.end, action.clone()));
                        continue;
                    }
                    let place = Granted {
                        action,
                        mechanism: "iam policy".into(),
                        at: statement.at,
                        condition: end.condition.clone().or_else(|| statement.under.clone()),
                        conditional: statement.conditional,
                        via,
                    };
                    self.add(end, &meaning, place);
                }
            }
        }
    }

    fn add_known(
        &mut self,
        finder: &Finder<'_>,
        row: &'static PolicyRow,
        parameters: &Val,
        stack: u32,
        via: Option<ResourceId>,
    ) {
        let named: Vec<(&Val, &String)> = row
            .parameters
            .iter()
            .filter_map(|(name, type_name)| Some((parameters.get(name)?, type_name)))
            .collect();
        for action in &row.actions {
            let Some(meaning) = Meaning::of(action) else {
                continue;
            };
            let mut ends = Vec::new();
            for (value, type_name) in &named {
                ends.extend(meaning.named(finder, value, type_name, stack));
            }
            if named.is_empty() {
                ends.extend(meaning.everything(parameters.at));
            }
            let action: Arc<str> = action.as_str().into();
            for end in ends {
                let place = Granted {
                    action: &action,
                    mechanism: format!("policy {}", row.name).into(),
                    at: parameters.at,
                    condition: end.condition.clone(),
                    conditional: false,
                    via,
                };
                self.add(end, &meaning, place);
            }
        }
    }

    fn add(&mut self, found: Found, meaning: &Meaning, granted: Granted<'_>) {
        let key = (found.end, meaning.other);
        let rights = self.rights.entry(key).or_insert_with(|| Rights {
            reads: false,
            writes: false,
            both: false,
            other: meaning.other,
            actions: Vec::new(),
            at: granted.at,
            mechanism: granted.mechanism,
            condition: granted.condition,
            conditional: granted.conditional,
            via: found.via,
        });
        rights.reads |= meaning.reads;
        rights.writes |= meaning.writes;
        rights.both |= !meaning.reads && !meaning.writes;
        rights.conditional &= granted.conditional;
        if !rights.actions.contains(granted.action) {
            rights.actions.push(granted.action.clone());
        }
        if let Some(via) = granted.via
            && !rights.via.contains(&via)
        {
            rights.via.push(via);
        }
    }

    fn into_links(self, finder: &Finder<'_>, id: ResourceId, resource: &Resource) -> Vec<Link> {
        let mut actor = Found {
            end: End::Resource(id),
            at: resource.at,
            condition: None,
            via: Vec::new(),
        };
        finder.look_through(&mut actor);
        let denied = self.denied;
        self.rights
            .into_iter()
            .filter(|((end, _), _)| *end != actor.end)
            .map(|((end, _), rights)| {
                let denied = denied.iter().filter(|(other, _)| *other == end);
                let denied = denied
                    .map(|(_, action)| Value::Text(action.clone()))
                    .collect();
                rights.into_link(actor.end.clone(), end, denied, resource)
            })
            .collect()
    }
}

/// How one action came to be granted.
struct Granted<'a> {
    action: &'a Arc<str>,
    mechanism: Arc<str>,
    at: At,
    condition: Option<Arc<str>>,
    conditional: bool,
    via: Option<ResourceId>,
}

impl Rights {
    fn into_link(self, from: End, to: End, denied: Vec<Value>, actor: &Resource) -> Link {
        let kind = match (self.other, self.reads, self.writes, self.both) {
            (Some(other), ..) => other,
            (None, true, false, false) => "READS",
            (None, false, true, false) => "WRITES",
            _ => "READS_WRITES",
        };
        let backwards = kind == "ENCRYPTS";
        let (from, to) = match backwards {
            true => (to, from),
            false => (from, to),
        };
        let actions = self.actions.into_iter().map(Value::Text).collect();
        let mut keep: Vec<(Arc<str>, Value)> = vec![
            ("basis".into(), Value::text("policy")),
            ("actions".into(), Value::list(actions)),
        ];
        if self.conditional {
            keep.push(("conditional".into(), Value::Bool(true)));
        }
        if !denied.is_empty() {
            keep.push(("denied".into(), Value::list(denied)));
        }
        Link {
            from,
            to,
            kind: kind.into(),
            mechanism: self.mechanism,
            mode: None,
            assume: None,
            rule: "iam.access".into(),
            at: self.at,
            via: self.via,
            condition: self.condition.or_else(|| actor.condition.clone()),
            keep,
        }
    }
}

/// What an action means for the architecture.
struct Meaning {
    service: &'static str,
    reads: bool,
    writes: bool,
    /// A kind that is no access to data: the use of a key, a role.
    other: Option<&'static str>,
}

/// The kind of actions that operate a service: to change what it does is to write to it.
const OPERATES: &str = "PERMITS";

impl Meaning {
    fn of(action: &str) -> Option<Self> {
        let (prefix, verb) = action.split_once(':')?;
        let prefix_key = prefix.to_ascii_lowercase();
        let service = types::service_of_prefix(&prefix_key)?;
        let kind = match types::action(action) {
            Some(row) => row.kind.as_deref()?,
            None => kind_of_verb(verb),
        };
        let flows = Kinds::built_in()
            .get(kind)
            .is_some_and(|kind| kind.class == Class::Flow);
        Some(Self {
            service,
            reads: kind == "READS",
            writes: matches!(kind, "WRITES" | "DELIVERS_TO" | OPERATES),
            other: (!flows && kind != OPERATES).then_some(kind),
        })
    }

    /// Gives what a resource of a statement is, as far as it is of this action's service.
    fn ends(&self, finder: &Finder<'_>, value: &Val, stack: u32) -> Vec<Found> {
        let text = value.rendered().unwrap_or_default();
        let arn = arn::arn(&text);
        let everything = text.starts_with('*') || arn.as_ref().is_some_and(|arn| arn.rest == "*");
        if everything {
            return self.everything(value.at).into_iter().collect();
        }
        let rule = EndRule {
            service: Some(self.service.to_owned()),
            ..EndRule::default()
        };
        let stub = self.other.is_none() && arn.as_ref().is_none_or(|arn| self.is_own(arn.service));
        let found = finder.ends(&Hit::whole(value), &rule, stack, stub);
        found
            .into_iter()
            .filter(|found| self.concerns(finder, found))
            .collect()
    }

    fn is_own(&self, prefix: &str) -> bool {
        types::service_of_prefix(prefix) == Some(self.service)
    }

    fn concerns(&self, finder: &Finder<'_>, found: &Found) -> bool {
        let End::Resource(id) = &found.end else {
            return true;
        };
        let type_name = &finder.model.resource(*id).type_name;
        match finder.types.row(type_name) {
            Some(row) => {
                row.service == self.service
                    || row
                        .variants
                        .iter()
                        .any(|variant| variant.service == self.service)
                    || self.is_own(
                        row.arn
                            .as_deref()
                            .unwrap_or("")
                            .split(':')
                            .next()
                            .unwrap_or(""),
                    )
            }
            None => types::service_of_unknown(type_name) == self.service,
        }
    }

    /// Gives what the parameter of a known policy names.
    fn named(&self, finder: &Finder<'_>, value: &Val, type_name: &str, stack: u32) -> Vec<Found> {
        let rule = EndRule {
            types: vec![type_name.to_owned()],
            service: Some(self.service.to_owned()),
            read: Read::Plain,
            ..EndRule::default()
        };
        let stub = self.other.is_none();
        let found = finder.ends(&Hit::whole(value), &rule, stack, stub);
        found
            .into_iter()
            .filter(|found| self.concerns(finder, found))
            .collect()
    }

    /// Gives the end for "all resources of the service"; none where that says nothing.
    fn everything(&self, at: At) -> Option<Found> {
        self.other.is_none().then(|| Found {
            end: Outside::service(self.service),
            at,
            condition: None,
            via: Vec::new(),
        })
    }
}

/// Reads the verb of an action that no row knows, as the published access levels do.
fn kind_of_verb(verb: &str) -> &'static str {
    const READING: [&str; 12] = [
        "get", "list", "describe", "query", "scan", "batchget", "select", "search", "read", "view",
        "lookup", "head",
    ];
    let verb = verb.to_ascii_lowercase();
    match verb.as_str() {
        "*" => "READS_WRITES",
        _ if READING.iter().any(|word| verb.starts_with(word)) => "READS",
        _ => "WRITES",
    }
}
