//! Values to ends of edges: the resources in a value, and honest ends outside for what it names else.

use super::endpoint::{End, Found};
use super::finder::Finder;
use super::outside;
use super::path::Hit;
use super::resource::ResourceId;
use super::schema::{EndRule, Read, Role};
use super::tree::At;
use super::value::{Data, Val};
use std::sync::Arc;

impl Finder<'_> {
    /// Gives the ends that a value names, read as a rule says. `stub` allows ends outside.
    pub(crate) fn ends(&self, hit: &Hit<'_>, rule: &EndRule, stack: u32, stub: bool) -> Vec<Found> {
        let mut ends = Vec::new();
        self.each_end(hit, rule, stack, stub, &mut |found| ends.push(found));
        ends
    }

    /// Calls `see` with the ends that `ends` gives.
    pub(crate) fn each_end(
        &self,
        hit: &Hit<'_>,
        rule: &EndRule,
        stack: u32,
        stub: bool,
        see: &mut dyn FnMut(Found),
    ) {
        let mut search = Search {
            finder: self,
            rule,
            stack,
            stub,
            see,
        };
        search.step(&hit.value, hit.condition.as_ref());
    }
}

/// A search for the ends that one value names.
struct Search<'s> {
    finder: &'s Finder<'s>,
    rule: &'s EndRule,
    stack: u32,
    /// Ends outside are found too.
    stub: bool,
    see: &'s mut dyn FnMut(Found),
}

impl Search<'_> {
    /// Searches a value under a condition, the innermost one.
    fn step(&mut self, value: &Val, condition: Option<&Arc<str>>) {
        match &value.data {
            Data::Either(own) => {
                self.step(&own.yes, Some(&own.condition));
                self.step(&own.no, Some(&own.condition));
            }
            Data::List(items) => items.iter().for_each(|item| self.step(item, condition)),
            Data::Map(entries) if self.rule.read == Read::Every => {
                let values = entries.iter().map(|(_, value)| value);
                values.for_each(|value| self.step(value, condition));
            }
            Data::Null | Data::Map(_) => {}
            _ => self.scalar(value, condition),
        }
    }

    fn scalar(&mut self, value: &Val, condition: Option<&Arc<str>>) {
        let (finder, read) = (self.finder, self.rule.read);
        let mut ids = finder.resources(value, &self.rule.types, self.stack);
        if ids.is_empty() && read == Read::LogicalId {
            let id = value.as_text();
            ids.extend(id.and_then(|id| finder.model.find(self.stack, id)));
        }
        if read == Read::Address {
            ids.retain(|id| self.has_address(*id));
        }
        for id in &ids {
            self.found(End::Resource(*id), value.at, condition);
        }
        if ids.is_empty() && self.stub && !self.is_looked_through() {
            self.outside(value, condition);
        }
    }

    fn outside(&mut self, value: &Val, condition: Option<&Arc<str>>) {
        let text = value.written();
        let end = text.and_then(|text| outside::named_by(self.finder.types, &text, self.rule));
        if let Some(end) = end {
            self.found(end, value.at, condition);
        }
    }

    fn found(&mut self, end: End, at: At, condition: Option<&Arc<str>>) {
        (self.see)(self.finder.found(end, at, condition.cloned()));
    }

    /// Tells whether an address can lead to a thing: what only says which Region is meant has none.
    fn has_address(&self, id: ResourceId) -> bool {
        let row = self.finder.row(id);
        row.is_none_or(|row| row.role != Role::Glue || row.passes || !row.stands_for.is_empty())
    }

    /// Tells whether what is expected would be looked through, and nothing would be seen past it: a
    /// stage that nobody knows is no end of an edge.
    fn is_looked_through(&self) -> bool {
        let seen_past = |name: &String| {
            let row = self.finder.types.row(name);
            row.is_some_and(|row| matches!(row.role, Role::Glue | Role::Part) && !row.passes)
        };
        let expected = &self.rule.types;
        !expected.is_empty() && expected.iter().all(seen_past)
    }
}
