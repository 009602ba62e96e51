//! The rights of one actor: what statements and policies allow it, gathered end by end.
//!
//! Rights on one end become one link, whatever the number of statements they come from.

use super::endpoint::{End, Found};
use super::finder::Finder;
use super::grants::{Allowed, Grant, Grants};
use super::link::Link;
use super::meaning::Meaning;
use super::policy::Statement;
use super::resource::ResourceId;
use super::schema::PolicyRow;
use super::tree::At;
use super::value::Val;
use crate::model::Value;
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::sync::Arc;

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

/// How many policies one actor's rights are followed through.
const POLICIES: usize = 200;

/// How a right comes to an actor: the stack whose names count, and the role or policy on the way.
#[derive(Clone, Copy)]
struct Through {
    stack: u32,
    via: Option<ResourceId>,
}

/// The rights of one actor, over all that is granted to it.
pub(crate) struct Gathered<'a> {
    finder: &'a Finder<'a>,
    grants: &'a Grants,
    rights: IndexMap<(End, Option<&'static str>), Rights, FxBuildHasher>,
    denied: Vec<(End, Arc<str>)>,
    seen: FxHashSet<ResourceId>,
}

impl<'a> Gathered<'a> {
    /// Starts without any.
    pub(crate) fn new(finder: &'a Finder<'a>, grants: &'a Grants) -> Self {
        Self {
            finder,
            grants,
            rights: IndexMap::default(),
            denied: Vec::new(),
            seen: FxHashSet::default(),
        }
    }

    /// Adds what is granted to one that the actor acts with, and to the policies it names. The actor
    /// is none where it was not loaded.
    pub(crate) fn add_holder(&mut self, holder: ResourceId, actor: Option<ResourceId>) {
        if self.seen.len() > POLICIES || !self.seen.insert(holder) {
            return;
        }
        let own = self.finder.model.resource(holder);
        let through = Through {
            stack: own.stack,
            via: (Some(holder) != actor).then_some(holder),
        };
        for grant in self.grants.get(&holder).into_iter().flatten() {
            match grant {
                Grant::Policy(policy) => self.add_holder(*policy, actor),
                Grant::Document(statements) => {
                    let statements = statements.iter();
                    statements.for_each(|allowed| self.add_statement(allowed, through));
                }
                Grant::Known(row, parameters) => self.add_known(row, parameters, through),
            }
        }
    }

    fn add_statement(&mut self, allowed: &Allowed, through: Through) {
        let (finder, stack) = (self.finder, through.stack);
        let statement = &allowed.statement;
        for value in &statement.resources {
            // Actions of one service mostly find the same ends.
            let mut known: Vec<(&Meaning, Vec<Found>)> = Vec::new();
            for (action, meaning) in &allowed.meanings {
                let asked = known.iter().position(|(other, _)| other.asks_as(meaning));
                if asked.is_none() {
                    known.push((meaning, meaning.ends(finder, value, stack)));
                }
                let asked = asked.map_or(known.last(), |place| known.get(place));
                let ends = asked.map_or(&[][..], |(_, ends)| ends);
                self.add_ends(ends, meaning, action, statement, through.via);
            }
            // To send a command to an instance is no action of the instance's own service.
            let explained = known.iter().any(|(_, ends)| !ends.is_empty());
            if let Some((action, meaning)) = allowed.meanings.first().filter(|_| !explained) {
                let ends = meaning.foreign(finder, value, stack);
                self.add_ends(&ends, meaning, action, statement, through.via);
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

    fn add_known(&mut self, row: &'static PolicyRow, parameters: &Val, through: Through) {
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
                ends.extend(meaning.named(self.finder, value, type_name, through.stack));
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
                    via: through.via,
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

    /// Gives one link from the actor, which is under a condition, for each end and kind of right.
    pub(crate) fn into_links(self, actor: &End, under: Option<&Arc<str>>) -> Vec<Link> {
        let denied = self.denied;
        self.rights
            .into_iter()
            .filter(|((end, _), _)| end != actor)
            .map(|((end, _), rights)| {
                let denied = denied.iter().filter(|(other, _)| *other == end);
                let denied = denied
                    .map(|(_, action)| Value::Text(action.clone()))
                    .collect();
                rights.into_link(actor.clone(), end, denied, under)
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
    fn into_link(self, from: End, to: End, denied: Vec<Value>, under: Option<&Arc<str>>) -> Link {
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
            condition: self.condition.or_else(|| under.cloned()),
            keep,
        }
    }
}
