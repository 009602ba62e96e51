//! Rows × resources → links: runs every edge rule of every resource.
//!
//! Knows how a rule is read, and no type: what a property means is said in `data/types`. A rule whose
//! `read` names a document or an action hands over to `hooks`.

use super::candidate::{Candidate, Subject};
use super::connector::{self, CONNECTOR};
use super::endpoint::{End, Found};
use super::finder::Finder;
use super::hooks;
use super::link::Link;
use super::needs;
use super::path::{self, Hit};
use super::policy;
use super::schema::{ConnectorRow, EdgeRule, EndRule, Name, Read};
use super::types;
use super::when::holds;
use crate::model::{Class, Kinds, Value};
use std::sync::Arc;

/// About how many links there are in the end for every resource; a long list that has to grow is
/// copied whole.
const LINKS: usize = 2;

/// Gives the links that the rules find, with room for those that are added later.
pub(crate) fn run(finder: &Finder<'_>, hooks: &hooks::Hooks<'_>) -> Vec<Link> {
    let mut links = Vec::with_capacity(finder.model.resources.len() * LINKS);
    for (id, resource, row) in finder.known() {
        if hooks.bounds.stop.is_set() {
            break;
        }
        let from = links.len();
        for properties in resource.instances() {
            let there = needs::bits_of(properties);
            let subject = Subject {
                id,
                resource,
                properties,
            };
            let bit = |rule: &EdgeRule| *rule.needs.get_or_init(|| needs::bit_of(rule));
            for rule in row.edges.iter().filter(|rule| there & bit(rule) != 0) {
                let run = Run {
                    finder,
                    hooks,
                    subject,
                    rule,
                    item: None,
                };
                apply(run, &mut links);
            }
        }
        links.truncate(from + hooks.bounds.edges_per_resource);
    }
    links
}

fn apply(run: Run<'_>, links: &mut Vec<Link>) {
    let Some(each) = &run.rule.each else {
        return run.add_links(links);
    };
    path::each(run.subject.properties, None, each, &mut |item| {
        let item = Some(&item);
        Run { item, ..run }.add_links(links);
    });
}

/// One run of one rule over one item.
#[derive(Clone, Copy)]
struct Run<'a> {
    finder: &'a Finder<'a>,
    hooks: &'a hooks::Hooks<'a>,
    subject: Subject<'a>,
    rule: &'a EdgeRule,
    item: Option<&'a Hit<'a>>,
}

impl Run<'_> {
    fn add_links(&self, links: &mut Vec<Link>) {
        let properties = self.subject.properties;
        let holds = |when| holds(properties, self.item, when);
        if !self.rule.when.iter().all(holds) {
            return;
        }
        // Where a side is the resource itself, it is asked of last: most rules find nothing.
        match (&self.rule.from, &self.rule.to) {
            (Some(from), Some(to)) => {
                let sources = self.side(from);
                if !sources.is_empty() {
                    self.join(&sources, &self.side(to), links);
                }
            }
            (Some(from), None) => {
                let sources = self.side(from);
                if !sources.is_empty() {
                    self.join(&sources, &[self.itself()], links);
                }
            }
            (None, Some(to)) => {
                let targets = self.side(to);
                if !targets.is_empty() {
                    self.join(&[self.itself()], &targets, links);
                }
            }
            (None, None) => {}
        }
    }

    fn join(&self, sources: &[Candidate], targets: &[Candidate], links: &mut Vec<Link>) {
        for from in sources {
            links.extend(targets.iter().filter_map(|to| self.link(from, to)));
        }
    }

    /// Gives the ends of one side.
    fn side(&self, end: &EndRule) -> Vec<Candidate> {
        let Some(path) = &end.path else {
            let service = end.service.iter().map(|id| End::service(id));
            return service.map(|end| self.at_item(end)).collect();
        };
        let (mut ends, mut there) = (Vec::new(), false);
        path::each(self.subject.properties, self.item, path, &mut |hit| {
            there = true;
            self.read(&hit, end, path, &mut ends);
        });
        if !there {
            ends.extend(self.default_end(end));
        }
        ends
    }

    /// Adds the ends that a value names.
    fn read(&self, hit: &Hit<'_>, end: &EndRule, path: &str, ends: &mut Vec<Candidate>) {
        let (finder, hooks, subject) = (self.finder, self.hooks, self.subject);
        let stack = subject.resource.stack;
        match end.read {
            Read::ServiceName => ends.extend(service_name(hit)),
            Read::Principals | Read::Openapi | Read::OpenapiAuthorizers | Read::States => {
                ends.extend(hooks.in_document(end.read, finder, subject, hit));
            }
            Read::Action => {
                let around = self.around(path);
                ends.extend(hooks.action(finder, hit, end, around.as_ref(), stack));
            }
            _ => {
                let mut see = |found| ends.push(Candidate::from(found));
                finder.each_end(hit, end, stack, self.may_stub(), &mut see);
            }
        }
    }

    /// Gives the map that holds the property of a path.
    fn around(&self, path: &str) -> Option<Hit<'_>> {
        let (parent, _) = path.rsplit_once('.').unwrap_or(("", path));
        let properties = self.subject.properties;
        match (parent, path.starts_with('@')) {
            ("", true) => None,
            _ => path::walk(properties, self.item, parent).into_iter().next(),
        }
    }

    /// Tells whether an end that is not found is worth a stub: where something moves or is decided.
    fn may_stub(&self) -> bool {
        let worth = || {
            let kind = Kinds::built_in().get(&self.rule.kind);
            !self.rule.hint
                && kind.is_none_or(|kind| kind.class == Class::Flow || kind.name == "AUTHORIZES")
        };
        *self.rule.stubs.get_or_init(worth)
    }

    fn itself(&self) -> Candidate {
        self.at_item(End::Resource(self.subject.id))
    }

    fn at_item(&self, end: End) -> Candidate {
        let at = self
            .item
            .map_or(self.subject.resource.at, |item| item.value.at);
        let condition = self.item.and_then(|item| item.condition.clone());
        Candidate::from(self.finder.found(end, at, condition))
    }

    fn default_end(&self, end: &EndRule) -> Option<Candidate> {
        let id = end.default.as_deref()?;
        let id = self.finder.model.find(self.subject.resource.stack, id)?;
        Some(self.at_item(End::Resource(id)))
    }

    fn link(&self, from: &Candidate, to: &Candidate) -> Option<Link> {
        if from.found.end == to.found.end {
            return None;
        }
        let other = match self.rule.to {
            Some(_) => to,
            None => from,
        };
        let mut via = from.found.via.clone();
        let itself = End::Resource(self.subject.id);
        if from.found.end != itself && to.found.end != itself && !via.contains(&self.subject.id) {
            via.push(self.subject.id);
        }
        via.extend(
            to.found
                .via
                .iter()
                .filter(|id| !from.found.via.contains(id)),
        );
        via.dedup();
        Some(Link {
            kind: self.kind(from, to)?,
            mechanism: other
                .mechanism
                .clone()
                .unwrap_or_else(|| self.rule.mechanism.share()),
            mode: other.mode.or(self.rule.mode),
            assume: self.assumed(from, to),
            rule: self.rule.id.share(),
            at: other.found.at,
            condition: self.condition(from, to),
            keep: self.kept(other),
            from: from.found.end.clone(),
            to: to.found.end.clone(),
            via,
        })
    }

    fn condition(&self, from: &Candidate, to: &Candidate) -> Option<Arc<str>> {
        let own = &self.subject.resource.condition;
        to.found
            .condition
            .clone()
            .or_else(|| from.found.condition.clone())
            .or_else(|| own.clone())
    }

    fn kind(&self, from: &Candidate, to: &Candidate) -> Option<Arc<str>> {
        if let Some(kind) = to.kind.clone().or_else(|| from.kind.clone()) {
            return Some(kind);
        }
        if &*self.rule.kind == CONNECTOR {
            return connector::kind(&self.connectors(from, to));
        }
        match self.rule.kind.strip_prefix("by ") {
            None => Some(self.rule.kind.share()),
            Some(table) => {
                let stem = self.finder.stem(&to.found.end);
                types::kind_by_target(table, stem).map(Into::into)
            }
        }
    }

    /// Gives the rows of what a connector grants between the two types.
    fn connectors(&self, from: &Candidate, to: &Candidate) -> Vec<&'static ConnectorRow> {
        let properties = self.subject.properties;
        connector::rows(self.finder, properties, &from.found.end, &to.found.end)
    }

    /// Gives the kind to assume where nothing else joins the ends.
    fn assumed(&self, from: &Candidate, to: &Candidate) -> Option<Arc<str>> {
        match &*self.rule.kind {
            CONNECTOR => connector::assumed(&self.connectors(from, to)),
            _ => self.rule.assume.as_ref().map(Name::share),
        }
    }

    fn kept(&self, other: &Candidate) -> Vec<(Arc<str>, Value)> {
        let mut kept = other.keep.clone();
        for (name, path) in &self.rule.keep {
            let mut values = Vec::new();
            path::each(self.subject.properties, self.item, path, &mut |hit| {
                values.push(hit.value.to_value());
            });
            let value = match values.len() {
                0 => continue,
                1 => values.swap_remove(0),
                _ => Value::list(values),
            };
            kept.push((name.share(), value));
        }
        kept
    }
}

/// Gives what a principal or the source of an event pattern stands for.
fn service_name(hit: &Hit<'_>) -> Option<Candidate> {
    let text = hit.value.written()?;
    Some(Candidate::from(Found {
        end: policy::outside_principal(&text)?,
        at: hit.value.at,
        condition: hit.condition.clone(),
        via: Vec::new(),
    }))
}
