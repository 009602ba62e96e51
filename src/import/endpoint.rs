//! Ends of edges: resources that were loaded, and what is known of those that were not.

use super::resource::ResourceId;
use super::tree::At;
use std::rc::Rc;
use std::sync::Arc;

/// One end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum End {
    /// Something loaded.
    Resource(ResourceId),
    /// Something that is not.
    Outside(Rc<Outside>),
}

impl End {
    /// Gives the resource, if it is one.
    pub(crate) fn resource(&self) -> Option<ResourceId> {
        match self {
            Self::Resource(id) => Some(*id),
            Self::Outside(_) => None,
        }
    }

    /// Makes an end outside.
    pub(crate) fn outside(
        id: impl Into<Arc<str>>,
        service: impl Into<Arc<str>>,
        why: &'static str,
    ) -> Self {
        Self::Outside(Rc::new(Outside {
            id: id.into(),
            service: service.into(),
            why,
        }))
    }

    /// Makes the end that stands for a service as a whole.
    pub(crate) fn service(id: &str) -> Self {
        Self::outside(id, id, "a service without a resource here")
    }
}

/// An end outside of what was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Outside {
    /// What is known of it: an ARN, a host, a parameter, the name of a service.
    pub(crate) id: Arc<str>,
    /// The id of its service, empty where it is not known.
    pub(crate) service: Arc<str>,
    /// Why it is outside.
    pub(crate) why: &'static str,
}

/// An end as a value named it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) end: End,
    pub(crate) at: At,
    pub(crate) condition: Option<Arc<str>>,
    /// Glue that was looked through on the way.
    pub(crate) via: Vec<ResourceId>,
}
