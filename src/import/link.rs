//! What the rules find, before it becomes a graph: one edge and everything that is known of it.

use super::endpoint::End;
use super::resource::ResourceId;
use super::schema::Mode;
use super::tree::At;
use crate::model::Value;
use std::sync::Arc;

/// An edge that a rule found.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Where it starts.
    pub(crate) from: End,
    /// Where it ends.
    pub(crate) to: End,
    /// Its kind.
    pub(crate) kind: Arc<str>,
    /// How: `event source mapping`.
    pub(crate) mechanism: Arc<str>,
    /// The kind to assume where nothing else joins the ends.
    pub(crate) assume: Option<Arc<str>>,
    /// Whether the source waits.
    pub(crate) mode: Option<Mode>,
    /// The row that made it.
    pub(crate) rule: Arc<str>,
    /// The place that declares it.
    pub(crate) at: At,
    /// Glue that it looks through.
    pub(crate) via: Vec<ResourceId>,
    /// The condition it depends on.
    pub(crate) condition: Option<Arc<str>>,
    /// Further properties.
    pub(crate) keep: Vec<(Arc<str>, Value)>,
}
