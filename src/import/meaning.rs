//! What an action of a policy means: access of which kind, and to which of the resources of a statement.

use super::arn;
use super::endpoint::{End, Found};
use super::finder::Finder;
use super::path::Hit;
use super::schema::{EndRule, Read, Role};
use super::tree::At;
use super::types;
use super::value::Val;
use crate::model::{Class, Kinds};

/// What an action means for the architecture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaning {
    service: &'static str,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    /// A kind that is no access to data: the use of a key, a role.
    pub(crate) other: Option<&'static str>,
}

/// The kind of actions that operate a service: to change what it does is to write to it.
const OPERATES: &str = "PERMITS";

impl Meaning {
    /// Every action of every service: what it is done to is all that is known.
    const ANYTHING: Self = Self {
        service: "",
        reads: true,
        writes: true,
        other: None,
    };

    /// Reads an action; none where it says nothing about the architecture.
    pub(crate) fn of(action: &str) -> Option<Self> {
        if action == "*" {
            return Some(Self::ANYTHING);
        }
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

    /// Tells whether two actions find the same ends in a statement.
    pub(crate) fn asks_as(&self, other: &Self) -> bool {
        self.service == other.service && self.other.is_none() == other.other.is_none()
    }

    /// Gives what a resource of a statement is, as far as it is of this action's service.
    pub(crate) fn ends(&self, finder: &Finder<'_>, value: &Val, stack: u32) -> Vec<Found> {
        if self.service.is_empty() {
            return Vec::new();
        }
        let text = value.written().unwrap_or_default();
        let arn = arn::arn(&text);
        let everything = text.starts_with('*') || arn.as_ref().is_some_and(|arn| arn.rest == "*");
        if everything {
            return self.everything(value.at).into_iter().collect();
        }
        let rule = EndRule {
            service: Some(self.service.into()),
            ..EndRule::default()
        };
        let stub = self.other.is_none() && arn.as_ref().is_none_or(|arn| self.is_own(arn.service));
        self.concerned(finder, value, &rule, stack, stub)
    }

    /// Gives the ends that a value names, as far as they are of this action's service.
    fn concerned(
        &self,
        finder: &Finder<'_>,
        value: &Val,
        rule: &EndRule,
        stack: u32,
        stub: bool,
    ) -> Vec<Found> {
        let mut ends = Vec::new();
        finder.each_end(&Hit::whole(value), rule, stack, stub, &mut |found| {
            if self.concerns(finder, &found) {
                ends.push(found);
            }
        });
        ends
    }

    /// Gives the things of their own that a resource of a statement is, whatever their service.
    pub(crate) fn foreign(&self, finder: &Finder<'_>, value: &Val, stack: u32) -> Vec<Found> {
        let found = match self.other {
            Some(_) => Vec::new(),
            None => finder.ends(&Hit::whole(value), &EndRule::default(), stack, false),
        };
        let is_node = |found: &Found| match &found.end {
            End::Resource(id) => finder.row(*id).is_none_or(|row| row.role == Role::Node),
            End::Outside(_) => false,
        };
        found.into_iter().filter(is_node).collect()
    }

    fn is_own(&self, prefix: &str) -> bool {
        types::service_of_prefix(prefix) == Some(self.service)
    }

    fn concerns(&self, finder: &Finder<'_>, found: &Found) -> bool {
        let End::Resource(id) = &found.end else {
            return true;
        };
        match finder.row(*id) {
            Some(row) => {
                let mut services = row.variants.iter().map(|variant| &variant.service);
                let prefix = || row.arn.as_deref()?.split(':').next();
                *row.service == *self.service
                    || services.any(|service| **service == *self.service)
                    || prefix().is_some_and(|prefix| self.is_own(prefix))
            }
            None => {
                let type_name = &finder.model.resource(*id).type_name;
                types::service_of_unknown(type_name) == self.service
            }
        }
    }

    /// Gives what the parameter of a known policy names; `*` is all of the service.
    pub(crate) fn named(
        &self,
        finder: &Finder<'_>,
        value: &Val,
        type_name: &str,
        stack: u32,
    ) -> Vec<Found> {
        if value.as_text() == Some("*") {
            return self.everything(value.at).into_iter().collect();
        }
        let rule = EndRule {
            types: vec![type_name.to_owned()],
            service: Some(self.service.into()),
            read: Read::Plain,
            ..EndRule::default()
        };
        let stub = self.other.is_none();
        self.concerned(finder, value, &rule, stack, stub)
    }

    /// Gives the end for "all resources of the service"; none where that says nothing.
    pub(crate) fn everything(&self, at: At) -> Option<Found> {
        self.other.is_none().then(|| Found {
            end: End::service(self.service),
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
