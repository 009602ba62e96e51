//! Who may do what: roles and policies as access edges from the ones that act to what they may touch.
//!
//! Language-independent: `data/types` says which property names a role, which holds a document and
//! to whom it is attached.

use super::endpoint::{End, Finder, Found};
use super::link::Link;
use super::meaning::Meaning;
use super::path;
use super::policy::{self, Statement};
use super::resource::{Resource, ResourceId};
use super::schema::{EndRule, GrantRule, PolicyRow, Role};
use super::tree::At;
use super::types;
use super::value::{Data, Val};
use crate::model::Value;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Something that grants rights.
#[derive(Clone, Debug)]
enum Grant {
    /// The statements of a document.
    Document(Rc<[Allowed]>),
    /// A policy known by name, with its parameters.
    Known(&'static PolicyRow, Val),
    /// Another resource that holds documents.
    Policy(ResourceId),
}

/// A statement and what its actions mean, those that mean something.
#[derive(Debug)]
struct Allowed {
    statement: Statement,
    meanings: Vec<(Arc<str>, Meaning)>,
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
    for (id, resource, _) in finder.known().filter(|(.., row)| !row.acts_as.is_empty()) {
        let mut gathered = Gathered::default();
        for holder in holders(finder, id) {
            gathered.add_holder(finder, &grants, holder, resource);
        }
        links.extend(gathered.into_links(finder, id, resource));
    }
    links
}

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
fn roles_of(finder: &Finder<'_>, id: ResourceId) -> Vec<ResourceId> {
    let resource = finder.model.resource(id);
    let Some(row) = finder.row(id).filter(|row| !row.acts_as.is_empty()) else {
        return Vec::new();
    };
    let rule = EndRule {
        types: vec!["AWS::IAM::Role".into(), "AWS::IAM::InstanceProfile".into()],
        ..EndRule::default()
    };
    let mut roles = Vec::new();
    for path in &row.acts_as {
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

/// Gives what is granted to each resource.
fn collect(finder: &Finder<'_>) -> FxHashMap<ResourceId, Vec<Grant>> {
    let mut reader = Reader {
        finder,
        meanings: FxHashMap::default(),
    };
    let mut all: FxHashMap<ResourceId, Vec<Grant>> = FxHashMap::default();
    for (id, resource, row) in finder.known() {
        for rule in &row.grants {
            let receivers = match &rule.to {
                None => vec![id],
                Some(path) => named(finder, resource, path),
            };
            let grants = reader.granted_by(resource, rule);
            for receiver in receivers {
                all.entry(receiver)
                    .or_default()
                    .extend(grants.iter().cloned());
            }
        }
    }
    all
}

fn named(finder: &Finder<'_>, resource: &Resource, path: &str) -> Vec<ResourceId> {
    let expected = ["AWS::IAM::Role".to_owned()];
    path::walk(&resource.properties, None, path)
        .iter()
        .flat_map(|hit| finder.resources(&hit.value, &expected, resource.stack))
        .collect()
}

/// Reads what grants rights; every action is looked up once.
struct Reader<'a> {
    finder: &'a Finder<'a>,
    meanings: FxHashMap<Arc<str>, Option<Meaning>>,
}

impl Reader<'_> {
    fn granted_by(&mut self, resource: &Resource, rule: &GrantRule) -> Vec<Grant> {
        let mut grants = Vec::new();
        for own in resource.instances() {
            for path in rule.document.iter().chain(&rule.policy) {
                path::each(own, None, path, &mut |hit| {
                    self.read(&hit.value, resource.stack, &mut grants);
                });
            }
        }
        grants
    }

    /// Reads a document, a policy's name, or a list of both.
    fn read(&mut self, value: &Val, stack: u32, grants: &mut Vec<Grant>) {
        match &value.data {
            Data::List(items) => {
                items.iter().for_each(|item| self.read(item, stack, grants));
            }
            Data::Either(_, both) => {
                self.read(&both.0, stack, grants);
                self.read(&both.1, stack, grants);
            }
            Data::Map(entries) => {
                let known = match entries.as_slice() {
                    [(name, parameters)] => types::policy(name).map(|row| (row, parameters)),
                    _ => None,
                };
                grants.push(match known {
                    Some((row, parameters)) => Grant::Known(row, parameters.clone()),
                    None => self.document(value),
                });
            }
            Data::Null => {}
            _ => self.read_name(value, stack, grants),
        }
    }

    fn read_name(&mut self, value: &Val, stack: u32, grants: &mut Vec<Grant>) {
        let text = value.rendered().unwrap_or_default();
        if text.trim_start().starts_with('{') {
            // A document as text names resources too, but none of them is the policy.
            grants.push(self.document(value));
            return;
        }
        let expected = ["AWS::IAM::ManagedPolicy".to_owned()];
        let ids = self.finder.resources(value, &expected, stack);
        if !ids.is_empty() {
            grants.extend(ids.into_iter().map(|id| self.policy_or_subject(id, value)));
            return;
        }
        let name = text.rsplit('/').next().unwrap_or(&text);
        let nothing = Val::new(value.at, Data::Null);
        grants.extend(types::policy(name).map(|row| Grant::Known(row, nothing)));
    }

    /// A policy that is named; or, of a document that is known only after apply, what it names.
    fn policy_or_subject(&mut self, id: ResourceId, value: &Val) -> Grant {
        let row = self.finder.row(id);
        match row.is_some_and(|row| row.role == Role::Node) {
            true => self.allowed(vec![Statement::of_unknown_actions(value)]),
            false => Grant::Policy(id),
        }
    }

    fn document(&mut self, value: &Val) -> Grant {
        self.allowed(policy::statements(value))
    }

    fn allowed(&mut self, statements: Vec<Statement>) -> Grant {
        let statements = statements.into_iter();
        let allowed = statements.map(|statement| Allowed {
            meanings: self.meanings(&statement.actions),
            statement,
        });
        Grant::Document(allowed.collect())
    }

    fn meanings(&mut self, actions: &[Arc<str>]) -> Vec<(Arc<str>, Meaning)> {
        let known = &mut self.meanings;
        let mut meaning = |action: &Arc<str>| match known.get(action) {
            Some(meaning) => *meaning,
            None => *known.entry(action.clone()).or_insert(Meaning::of(action)),
        };
        let meant = |action: &Arc<str>| Some((action.clone(), meaning(action)?));
        actions.iter().filter_map(meant).collect()
    }
}

/// How many policies one actor's rights are followed through.
const POLICIES: usize = 200;

#[derive(Default)]
struct Gathered {
    rights: indexmap::IndexMap<(End, Option<&'static str>), Rights, FxBuildHasher>,
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
                Grant::Document(statements) => {
                    for allowed in &**statements {
                        self.add_statement(finder, allowed, stack, via);
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
        allowed: &Allowed,
        stack: u32,
        via: Option<ResourceId>,
    ) {
        let statement = &allowed.statement;
        for value in &statement.resources {
            // Actions of one service mostly find the same ends.
            let mut known: Vec<(&Meaning, Vec<Found>)> = Vec::new();
            for (action, meaning) in &allowed.meanings {
                if !known.iter().any(|(other, _)| other.asks_as(meaning)) {
                    known.push((meaning, meaning.ends(finder, value, stack)));
                }
                let asked = known.iter().find(|(other, _)| other.asks_as(meaning));
                let ends = asked.map_or(&[][..], |(_, ends)| ends);
                self.add_ends(ends, meaning, action, statement, via);
            }
            // To send a command to an instance is no action of the instance's own service.
            let explained = known.iter().any(|(_, ends)| !ends.is_empty());
            if let Some((action, meaning)) = allowed.meanings.first().filter(|_| !explained) {
                let ends = meaning.foreign(finder, value, stack);
                self.add_ends(&ends, meaning, action, statement, via);
            }
        }
    }

    fn add_ends(
        &mut self,
        ends: &[Found],
        meaning: &Meaning,
        action: &Arc<str>,
        statement: &Statement,
        via: Option<ResourceId>,
    ) {
        for end in ends {
            if !statement.allows {
                self.denied.push((end.end.clone(), action.clone()));
                continue;
            }
            let under = || statement.under.clone();
            let granted = Granted {
                action,
                mechanism: "iam policy",
                at: statement.at,
                condition: end.condition.clone().or_else(under),
                conditional: statement.conditional,
                via,
            };
            self.add(end, meaning, granted);
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
        let mechanism = format!("policy {}", row.name);
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
            for end in &ends {
                let place = Granted {
                    action: &action,
                    mechanism: &mechanism,
                    at: parameters.at,
                    condition: end.condition.clone(),
                    conditional: false,
                    via,
                };
                self.add(end, &meaning, place);
            }
        }
    }

    fn add(&mut self, found: &Found, meaning: &Meaning, granted: Granted<'_>) {
        let key = (found.end.clone(), meaning.other);
        let rights = self.rights.entry(key).or_insert_with(|| Rights {
            reads: false,
            writes: false,
            both: false,
            other: meaning.other,
            actions: Vec::new(),
            at: granted.at,
            mechanism: granted.mechanism.into(),
            condition: granted.condition,
            conditional: granted.conditional,
            via: found.via.clone(),
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
    mechanism: &'a str,
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
