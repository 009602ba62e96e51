//! What grants rights: documents, policies known by name, and resources that hold such, as the rows of
//! `data/types` say where they stand and to whom they are attached.

use super::finder::Finder;
use super::meaning::Meaning;
use super::path;
use super::policy::{self, Statement};
use super::resource::{Resource, ResourceId};
use super::schema::{GrantRule, PolicyRow, Role};
use super::types;
use super::value::{Data, Val};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Something that grants rights.
#[derive(Clone, Debug)]
pub(crate) enum Grant {
    /// The statements of a document.
    Document(Rc<[Allowed]>),
    /// A policy known by name, with its parameters.
    Known(&'static PolicyRow, Val),
    /// Another resource that holds documents.
    Policy(ResourceId),
}

/// What is granted to each resource.
pub(crate) type Grants = FxHashMap<ResourceId, Vec<Grant>>;

/// A statement and what its actions mean, those that mean something.
#[derive(Debug)]
pub(crate) struct Allowed {
    pub(crate) statement: Statement,
    pub(crate) meanings: Vec<(Arc<str>, Meaning)>,
}

/// Gives what is granted to each resource.
pub(crate) fn collect(finder: &Finder<'_>) -> Grants {
    let mut reader = Reader {
        finder,
        meanings: FxHashMap::default(),
        policies: ["AWS::IAM::ManagedPolicy".to_owned()],
    };
    let mut all = Grants::default();
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

/// What the ARNs of AWS's own policies hold; no template declares one.
const OF_AWS: &str = ":iam::aws:policy/";

/// Reads what grants rights; every action is looked up once.
struct Reader<'a> {
    finder: &'a Finder<'a>,
    meanings: FxHashMap<Arc<str>, Option<Meaning>>,
    /// The types that a named policy can have.
    policies: [String; 1],
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
            Data::Either(own) => {
                self.read(&own.yes, stack, grants);
                self.read(&own.no, stack, grants);
            }
            Data::Map(entries) => {
                let known = match &**entries {
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
        let text = value.written().unwrap_or_default();
        if text.trim_start().starts_with('{') {
            // A document as text names resources too, but none of them is the policy.
            grants.push(self.document(value));
            return;
        }
        let ids = match text.contains(OF_AWS) {
            true => Vec::new(),
            false => self.finder.resources(value, &self.policies, stack),
        };
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
