//! What a row cannot say: documents that hold many edges, and texts that name an action.
//!
//! A row names a hook by its `read`; this is the list of them.

use super::action;
use super::bounds::Bounds;
use super::candidate::{Candidate, Subject};
use super::finder::Finder;
use super::neighbours::Neighbours;
use super::openapi;
use super::path::Hit;
use super::policy;
use super::schema::{EndRule, Read};
use super::states;
use super::value::Val;

/// What hooks need beside the model: files next to the template, and bounds.
pub(crate) struct Hooks<'a> {
    pub(crate) neighbours: &'a Neighbours<'a>,
    pub(crate) bounds: &'a Bounds,
}

/// Gives the ends that a document of a stack names.
type Reader = fn(&Finder<'_>, &Val, u32) -> Vec<Candidate>;

impl Hooks<'_> {
    /// Reads the document that a property holds or names: whom a policy lets in, what an API
    /// integrates with and who decides about its calls, what the tasks of a state machine call.
    /// Gives nothing where there is none.
    pub(crate) fn in_document(
        &self,
        read: Read,
        finder: &Finder<'_>,
        subject: Subject<'_>,
        hit: &Hit<'_>,
    ) -> Vec<Candidate> {
        let stack = subject.resource.stack;
        let reader: Reader = match read {
            Read::Principals => return policy::principals(finder, &hit.value, stack),
            Read::Openapi => openapi::integrations,
            Read::OpenapiAuthorizers => openapi::authorizers,
            Read::States => states::tasks,
            _ => return Vec::new(),
        };
        let document = self.neighbours.document(finder.model, subject, hit);
        document.map_or_else(Vec::new, |document| reader(finder, &document, stack))
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
