//! What a row cannot say: documents that hold many edges, and texts that name an action.
//!
//! A row names a hook by its `read`; this is the list of them.

use super::action;
use super::bounds::Bounds;
use super::candidate::{Candidate, Subject};
use super::endpoint::Finder;
use super::neighbours::Neighbours;
use super::openapi;
use super::path::Hit;
use super::policy;
use super::schema::EndRule;
use super::states;
use super::value::Val;

/// What hooks need beside the model: files next to the template, and bounds.
pub(crate) struct Hooks<'a> {
    pub(crate) neighbours: &'a Neighbours<'a>,
    pub(crate) bounds: &'a Bounds,
}

impl Hooks<'_> {
    /// Reads `principals`: who a policy document lets in.
    pub(crate) fn principals(
        &self,
        finder: &Finder<'_>,
        hit: &Hit<'_>,
        stack: u32,
    ) -> Vec<Candidate> {
        policy::principals(finder, &hit.value, stack)
    }

    /// Reads the document that a property holds or names; nothing where there is none.
    fn in_document(
        &self,
        finder: &Finder<'_>,
        subject: Subject<'_>,
        hit: &Hit<'_>,
        read: fn(&Finder<'_>, &Val, u32) -> Vec<Candidate>,
    ) -> Vec<Candidate> {
        let document = self.neighbours.document(finder.model, subject, hit);
        document.map_or_else(Vec::new, |document| {
            read(finder, &document, subject.resource.stack)
        })
    }

    /// Reads `openapi`: what an API document integrates with.
    pub(crate) fn integrations(
        &self,
        finder: &Finder<'_>,
        subject: Subject<'_>,
        hit: &Hit<'_>,
    ) -> Vec<Candidate> {
        self.in_document(finder, subject, hit, openapi::integrations)
    }

    /// Reads `openapi-authorizers`: who decides about calls of an API document.
    pub(crate) fn authorizers(
        &self,
        finder: &Finder<'_>,
        subject: Subject<'_>,
        hit: &Hit<'_>,
    ) -> Vec<Candidate> {
        self.in_document(finder, subject, hit, openapi::authorizers)
    }

    /// Reads `states`: what the tasks of a state machine call.
    pub(crate) fn states(
        &self,
        finder: &Finder<'_>,
        subject: Subject<'_>,
        hit: &Hit<'_>,
    ) -> Vec<Candidate> {
        self.in_document(finder, subject, hit, states::tasks)
    }

    /// Reads `action`: an action of a service in a URI.
    pub(crate) fn action(
        &self,
        finder: &Finder<'_>,
        hit: &Hit<'_>,
        rule: &EndRule,
        around: Option<&Hit<'_>>,
        stack: u32,
    ) -> Vec<Candidate> {
        let around = around.map(|hit| hit.value.as_ref());
        action::targets(finder, hit, rule, around, stack)
    }
}
