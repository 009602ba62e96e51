//! What a reader gives to the rules: an end with what it knows of the edge beside it.

use super::endpoint::Found;
use super::resource::{Resource, ResourceId};
use super::schema::Mode;
use super::value::Val;
use crate::model::Value;
use std::sync::Arc;

/// One end with what its reader knows of the edge beside it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) found: Found,
    pub(crate) kind: Option<Arc<str>>,
    pub(crate) mechanism: Option<Arc<str>>,
    pub(crate) mode: Option<Mode>,
    pub(crate) keep: Vec<(Arc<str>, Value)>,
}

impl From<Found> for Candidate {
    fn from(found: Found) -> Self {
        Self {
            found,
            kind: None,
            mechanism: None,
            mode: None,
            keep: Vec::new(),
        }
    }
}

/// A resource while its rules run.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) id: ResourceId,
    pub(crate) resource: &'a Resource,
    /// Its properties, or those of one of its instances.
    pub(crate) properties: &'a Val,
}
